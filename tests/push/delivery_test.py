"""From an event of a worker to the packets of clients and the bus."""

import contextlib
import os
import pwd
import socket
import stat

from support.push import (APPOINTMENT, CONTACT, CREATED, FOLDER, INFOSTORE, MAIL, TASK, UPDATED, PushServer, encode_event,
                          now_ms)
from support.servers import wait_until


def test_everybody_who_may_see_a_folder_is_told_and_nobody_else():
    with PushServer() as httpd, contextlib.ExitStack() as stack:
        clients = {user: stack.enter_context(httpd.client()).register(user, 1) for user in (3, 4, 5)}
        other_context = stack.enter_context(httpd.client()).register(3, 2)
        httpd.raise_event(1, CONTACT, [(42, [3, 4])])
        httpd.raise_event(1, FOLDER, [(43, [4]), (44, [3, 5])])
        # The last one tells that all before it was delivered.
        httpd.raise_event(1, CONTACT, [(99, [3, 4, 5])])
        httpd.raise_event(2, CONTACT, [(98, [3])])
        assert clients[3].folders(3) == [42, 44, 99]
        assert clients[4].folders(3) == [42, 43, 99]
        assert clients[5].folders(2) == [44, 99]
        assert other_context.folders(1) == [98]


def test_a_user_has_up_to_four_clients_and_the_oldest_yields():
    with PushServer() as httpd, contextlib.ExitStack() as stack:
        clients = [stack.enter_context(httpd.client()).register(3, 1) for _ in range(5)]
        httpd.raise_event(1, CONTACT, [(42, [3])])
        for client in clients[1:]:
            assert client.folders(1) == [42]
        assert clients[0].waiting() == []


def test_unknown_users_are_answered_like_everybody():
    with PushServer() as httpd, httpd.client() as client:
        client.register(0, 0)
        client.register(2147483647, 2147483647)
        assert httpd.counter("OXPushClients") == 1


def test_every_module_is_pushed_but_files_and_old_mail():
    with PushServer() as httpd, httpd.client() as client:
        client.register(3, 1)
        for folder, module in ((10, APPOINTMENT), (11, TASK), (12, CONTACT), (13, FOLDER)):
            httpd.raise_event(1, module, [(folder, [3])])
        httpd.raise_event(1, INFOSTORE, [(14, [3])])
        httpd.raise_event(1, MAIL, [(1, [3])], kind=UPDATED)
        httpd.raise_event(1, MAIL, [(77, [3])], kind=CREATED)
        httpd.raise_event(1, MAIL, [(1, [3])], kind=CREATED)
        assert client.folders(5) == [10, 11, 12, 13, 1]
        assert client.waiting() == []


def test_equal_events_are_merged_and_mail_overtakes_them():
    with PushServer("OXPushDelay 400ms\n") as httpd, httpd.client() as client:
        client.register(3, 1)
        for _ in range(20):
            httpd.raise_event(1, CONTACT, [(42, [3, 4])])
        httpd.raise_event(1, CONTACT, [(43, [3])])
        httpd.raise_event(1, MAIL, [(1, [3])], kind=CREATED)
        httpd.raise_event(1, MAIL, [(1, [3])], kind=CREATED)
        assert client.folders(2) == [1, 1], "mail does not wait and is not merged"
        assert sorted(client.folders(2)) == [42, 43]
        counters = httpd.counters()
        assert counters["OXPushEventsMerged"] >= 1 and counters["OXPushEventsWaiting"] == 0, counters
        assert counters["OXPushPushesSent"] + counters["OXPushEventsMerged"] == 4 + 19, counters


def test_a_client_at_its_limit_gets_the_last_change_later_and_others_do_not_wait():
    with PushServer("OXPushLimits packets=2\n") as httpd, httpd.client() as client, httpd.client() as other:
        client.register(3, 1)
        other.register(4, 1)
        for folder in (10, 11, 12, 13):
            httpd.raise_event(1, CONTACT, [(folder, [3])])
        httpd.raise_event(1, CONTACT, [(99, [4])])
        assert other.folders(1) == [99]
        assert client.folders(2) == [10, 11]
        assert client.waiting() == []
        # What was put off goes out at the end, too.
        assert httpd.counter("OXPushPushesLimited") == 2


def test_what_waits_goes_out_early_when_the_server_stops():
    httpd = PushServer("OXPushDelay 1h\n").start()
    with contextlib.ExitStack() as stack:
        stack.callback(httpd.stop)
        client = stack.enter_context(httpd.client()).register(3, 1)
        httpd.raise_event(1, CONTACT, [(42, [3])])
        wait_until(lambda: httpd.counter("OXPushEventsWaiting") == 1, "the event")
        httpd.reload()
        assert client.folders(1) == [42]
        httpd.check_log()


def test_the_bus_gives_every_event_to_every_worker_as_it_was():
    with PushServer("OXPushUdp Off\n") as httpd, httpd.bus() as first, httpd.bus() as second:
        sent = encode_event(1, MAIL, [(77, [3, 4]), (78, [])], kind=UPDATED, obj=9, actor=3, stamp=now_ms(), token="t",
                            data='{"a":1}')
        httpd.worker.sendto(sent, httpd.events_path)
        assert first.next() == sent and second.next() == sent
        httpd.worker.sendto(b"no event", httpd.events_path)
        httpd.worker.sendto(encode_event(1, CONTACT, [(1, [2])], origin=1), httpd.events_path)
        httpd.raise_event(1, CONTACT, [(5, [3])])
        assert first.event()["audiences"] == [(5, [3])], "bad records and pretended remote ones go nowhere"
        assert httpd.counter("OXPushEventsBad") == 2


def test_a_slow_worker_loses_events_is_told_so_and_nobody_waits_for_it():
    with PushServer("OXPushUdp Off\n") as httpd, httpd.bus() as slow, httpd.bus() as quick:
        count = 0
        while httpd.counter("OXPushBusDropped") == 0:
            for _ in range(50):
                count += 1
                httpd.raise_event(1, CONTACT, [(count, [3])], data="x" * 16000)
                assert quick.event()["audiences"] == [(count, [3])]
        folders, record = [], slow.next()
        while record != b"GWE\x01G":
            folders += [int.from_bytes(record[-16:-8], "little")]
            record = slow.next()
        assert folders == list(range(1, len(folders) + 1)), "in order, without a hole before the gap"
        assert len(folders) < count
        httpd.raise_event(1, CONTACT, [(count + 1, [3])])
        assert slow.event()["audiences"] == [(count + 1, [3])]


def test_the_sockets_belong_to_the_workers_alone():
    with PushServer() as httpd:
        for path in (httpd.events_path, httpd.bus_path):
            found = os.stat(path)
            assert stat.S_IMODE(found.st_mode) & 0o077 == 0, oct(found.st_mode)
            if os.geteuid() == 0:
                assert found.st_uid == pwd.getpwnam(httpd.account[0]).pw_uid


def test_without_udp_no_port_is_bound():
    with PushServer("OXPushUdp Off\n") as httpd:
        httpd.the_child()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", httpd.udp))
