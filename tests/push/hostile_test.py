"""Strangers: spoofed servers, floods, oversized and cut datagrams. The child neither dies nor stops serving."""

import contextlib
import random

from support.push import CONTACT, PushServer, encode_event, frame

ANNOUNCED = (r"OXP0010: PUSHUDP", r"OXP0011: registration", r"OXP0012: packet of a server")
VALID = (frame("1|3|1|"), frame("2|3|1|192.0.2.10|40000|false|"), frame("3|42|7|1|3,4,5|1325376000000"),
         frame("4|ox2.example.net|44335"), frame("4|127.0.0.1|44335|h1|k|1800000000|0011223344556677|" + "ab" * 16))


def expect_noise(httpd: PushServer) -> None:
    for pattern in ANNOUNCED:
        httpd.log.announce(pattern)


def check_it_serves(httpd: PushServer, child: int) -> None:
    with httpd.client() as client:
        client.register(77, 1)
        httpd.raise_event(1, CONTACT, [(4242, [77])])
        assert client.folders(1) == [4242]
    assert httpd.the_child() == child, "the child was replaced"


def test_cut_changed_and_oversized_datagrams_do_no_harm():
    rng = random.Random(44335)
    with PushServer("OXPushDistribution event\nOXPushPeer 127.0.0.1:9\n") as httpd, httpd.client() as client:
        expect_noise(httpd)
        child = httpd.the_child()
        for datagram in VALID:
            for size in range(len(datagram)):
                client.send(datagram[:size])
            for _ in range(200):
                changed = bytearray(datagram)
                for _ in range(rng.randint(1, 4)):
                    changed[rng.randrange(len(changed))] = rng.randrange(256)
                client.send(bytes(changed))
        for size in (2047, 2048, 2049, 9000, 65507):
            client.send(frame("1|3|1|" + "9" * size)[:size])
            client.send(rng.randbytes(size))
        check_it_serves(httpd, child)


def test_a_flood_of_registrations_from_one_address_is_cut():
    with PushServer("OXPushLimits registrations=20 clients-per-address=5\n") as httpd, httpd.client() as client:
        expect_noise(httpd)
        httpd.the_child()
        for user in range(1, 301):
            client.send(frame(f"1|{user}|1|"))
        client.send(frame("4|192.0.2.1|1"))  # a sentinel: counted after all before it
        while httpd.counter("OXPushPeerPacketsRefused") == 0:
            pass
        counters = httpd.counters()
        assert counters["OXPushClients"] <= 5, counters
        assert counters["OXPushRegistrationsRefused"] >= 280, counters
        assert client.waiting() == [b"OK\x01"] * counters["OXPushRegistrations"]


def test_more_endpoints_than_one_address_may_have_are_not_answered():
    with PushServer("OXPushLimits clients-per-address=3\n") as httpd, contextlib.ExitStack() as stack:
        expect_noise(httpd)
        clients = [stack.enter_context(httpd.client()) for _ in range(5)]
        clients[0].register(1, 1)
        for user, client in enumerate(clients[1:], 2):
            client.send(frame(f"1|{user}|1|"))
        clients[0].register(1, 1)  # known ones are refreshed; its answer comes after those to all before it
        assert httpd.counter("OXPushClients") == 3
        assert [len(client.waiting()) for client in clients[1:]] == [1, 1, 0, 0]


def test_clients_of_other_networks_are_not_answered():
    with PushServer("OXPushClientNetworks 192.0.2.0/24\n") as httpd, httpd.client() as client:
        expect_noise(httpd)
        client.send(frame("1|3|1|"))
        client.send(frame("4|192.0.2.1|1"))
        while httpd.counter("OXPushPeerPacketsRefused") == 0:
            pass
        assert httpd.counter("OXPushClients") == 0 and client.waiting() == []


def test_nobody_becomes_a_peer_by_saying_so():
    with PushServer("OXPushDistribution event\nOXPushMulticast On\nOXPushMulticastGroup 239.192.44.1\n"
                    "OXPushMulticastInterface lo\n") as httpd, httpd.client() as client:
        expect_noise(httpd)
        for host in ("127.0.0.1", "192.0.2.66", "localhost", "victim.example.net"):
            client.send(frame(f"4|{host}|44335"))
        client.send(frame("3|42|7|1|3|0"))
        client.register(3, 1)
        counters = httpd.counters()
        assert counters["OXPushPeers"] == 0 and counters["OXPushPeerPacketsRefused"] == 5, counters
        assert client.waiting() == []


def test_a_peers_flood_is_cut_and_others_are_served():
    with PushServer("OXPushDistribution event\nOXPushPeer 127.0.0.1:9\nOXPushLimits peer-packets=50\n") as httpd, \
            httpd.client() as peer:
        expect_noise(httpd)
        child = httpd.the_child()
        for folder in range(2000):
            peer.send(frame(f"3|{folder}|7|1|3|0"))
        check_it_serves(httpd, child)
        counters = httpd.counters()
        assert counters["OXPushPeerPacketsRefused"] > 0, counters


def test_bad_records_on_the_events_socket_do_no_harm():
    rng = random.Random(1)
    good = encode_event(1, CONTACT, [(42, [3, 4]), (43, [5])], token="t", data="{}")
    with PushServer() as httpd:
        child = httpd.the_child()
        for size in range(len(good)):
            httpd.worker.sendto(good[:size], httpd.events_path)
        for _ in range(500):
            changed = bytearray(good)
            changed[rng.randrange(len(changed))] = rng.randrange(256)
            httpd.worker.sendto(bytes(changed), httpd.events_path)
        httpd.worker.sendto(b"x" * 60000, httpd.events_path)
        check_it_serves(httpd, child)


def test_a_client_that_is_gone_is_forgotten():
    with PushServer() as httpd:
        with httpd.client() as client:
            client.register(3, 1)
        folder = 0
        while httpd.counter("OXPushClients") != 0:
            folder += 1
            httpd.raise_event(1, CONTACT, [(folder, [3])])
        assert httpd.counter("OXPushClientsUnreachable") == 1
