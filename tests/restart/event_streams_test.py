"""Live events for browsers: who hears what, resuming, limits, ends. Source: docs/events.md, spec push-modern 7."""

import contextlib
import http.client
import json
import os
import signal
import ssl
import subprocess
import tempfile
import time

from support.events import EventStream, event_server, raise_file_limit
from support.groupware import PASSWORD
from support.load import fresh_get
from support.runner import Skipped
from support.ports import free_port
from support.servers import modules_folder, wait_until

VIEWER = 257
OWNER = 403710016


@contextlib.contextmanager
def running(directives: str = "", **options):
    """The API of a fresh server whose processes all hear of events."""
    with event_server(directives=directives, **options) as server:
        api = server.tenant()
        wait_for_bus(api)
        yield api
        api.close()


def wait_for_bus(api) -> None:
    """Until a change comes back to a stream. Both of its changes are told before the test begins, so that none of them is
    merged with a change of the test."""
    client = api.user(1)
    folder = api.private_folder(client)

    def hears() -> bool:
        with EventStream(client, connection="probe") as stream:
            stream.ready()
            stream.socket.settimeout(2)
            made = add_contact(client, folder, "probe")
            try:
                stream.until("ox:contacts:changed", id=made)
                client.put("contacts", [{"id": made, "folder": folder}], action="delete", timestamp=2**62).data
                return stream.until("ox:contacts:changed").name != ""
            except (TimeoutError, AssertionError):
                return False

    wait_until(hears, "the first event")


def add_contact(client, folder: str, name: str, **parameters) -> str:
    made = client.put("contacts", {"folder_id": folder, "display_name": name}, action="new", **parameters)
    return made.data["id"]


def share(client, folder: str, *users) -> None:
    entries = [{"entity": client.user_id, "group": False, "bits": OWNER}]
    entries += [{"entity": user.user_id, "group": False, "bits": VIEWER} for user in users]
    client.put("folders", {"permissions": entries}, action="update", id=folder, timestamp=2**62).data


def new_folder(client, name: str) -> str:
    return client.put("folders", {"title": name, "module": "contacts"}, action="new", folder_id="1", tree=0).data


def second_login(api, user: str):
    client = api.anonymous()
    client.login(api.login_name(user), PASSWORD)
    return client


def test_a_contact_in_a_shared_folder_reaches_those_who_see_it_and_nobody_else():
    with running() as api:
        first, second, third = api.user(1), api.user(2), api.user(3)
        shared, closed = new_folder(first, "Shared"), new_folder(first, "Closed")
        share(first, shared, second)
        with EventStream(second) as reader, EventStream(third) as stranger, EventStream(first) as owner:
            greeting = reader.ready()
            assert reader.headers["content-type"] == "text/event-stream; charset=utf-8"
            assert reader.headers["cache-control"] == "no-store" and reader.headers["x-accel-buffering"] == "no"
            assert "content-length" not in reader.headers and reader.retry == 5000
            assert set(greeting.data) == {"connection", "server", "heartbeat"}, greeting
            stranger.ready()
            owner.ready()
            hidden, made = add_contact(first, closed, "hidden"), add_contact(first, shared, "shown")
            event = reader.next()
            while event.data.get("folder") != shared or event.name != "ox:contacts:changed":
                assert event.data.get("folder") != closed, event
                event = reader.next()
            assert event.data["id"] == made and event.data["kind"] == "created" and event.id, event
            owner.until("ox:contacts:changed", folder=closed, id=hidden)
            owner.until("ox:contacts:changed", folder=shared, id=made)
            # What the stranger hears next is his own.
            own = add_contact(third, api.private_folder(third), "own")
            event = stranger.next()
            while event.data.get("id") != own:
                assert event.data.get("folder") not in (shared, closed), event
                event = stranger.next()


def test_files_and_folders_are_told_under_their_topics():
    with running() as api:
        client = api.user(1)
        files = api.file_folder(client)
        with EventStream(client, topics="ox:files:*") as stream, EventStream(client, topics="ox:folders:changed") as tree:
            stream.ready()
            tree.ready()
            made = new_folder(client, "New")
            tree.until("ox:folders:changed", folder=made, kind="created")
            stored = client.multipart("infostore", {"json": json.dumps({"folder_id": files, "title": "a"})},
                                      {"file": ("a.txt", "text/plain", b"1")}, action="new").data
            event = stream.next()
            assert event.name == "ox:files:changed" and event.data["folder"] == files, event
            assert stored.endswith(event.data["id"])


def test_a_client_does_not_hear_of_its_own_changes():
    with running() as api:
        client = api.user(1)
        folder = api.private_folder(client)
        with EventStream(client, connection="mine") as own, EventStream(client, connection="other") as other:
            assert own.ready().data["connection"] == "mine"
            other.ready()
            add_contact(client, folder, "own", pushToken="mine")
            other.until("ox:contacts:changed", folder=folder)
            made = add_contact(client, folder, "theirs", pushToken="other")
            assert own.until("ox:contacts:changed", folder=folder).data["id"] == made


def test_a_client_that_comes_back_gets_what_it_missed():
    with running() as api:
        client = api.user(1)
        folder, other = api.private_folder(client), new_folder(client, "Other")
        with EventStream(client, connection="tab") as stream:
            stream.ready()
            add_contact(client, folder, "seen")
            last_id = stream.until("ox:contacts:changed", folder=folder).id
        missed = add_contact(client, other, "missed")
        with EventStream(client, last_id, connection="tab") as stream:
            stream.ready()
            event = stream.next()
            assert event.name == "ox:contacts:changed" and event.data["id"] == missed, event
        with EventStream(client, "00000000-00000000000000ff", connection="tab") as stream:
            stream.ready()
            assert stream.next().name == "resync"


def test_the_ninth_stream_of_a_user_replaces_the_oldest_in_whichever_process_it_is():
    with running("ServerLimit 4\nStartServers 4\n") as api:
        client, bystander = api.user(1), api.user(2)
        with contextlib.ExitStack() as stack:
            other = stack.enter_context(EventStream(bystander))
            other.ready()
            streams = []
            for _ in range(8):  # one after the other: the server decides by age
                streams.append(stack.enter_context(EventStream(client)))
                streams[-1].ready()
            ninth = stack.enter_context(EventStream(client))
            ninth.ready()
            assert streams[0].rest()[-1].name == "replaced"
            folder = api.private_folder(client)
            add_contact(client, folder, "x")
            for stream in (*streams[1:], ninth):
                stream.until("ox:contacts:changed", folder=folder)


def test_logging_out_ends_the_stream_of_that_session_only():
    with running() as api:
        client = api.user(1)
        second = second_login(api, "user1")
        with EventStream(client) as stays, EventStream(second) as goes:
            stays.ready()
            goes.ready()
            second.get("login", action="logout")
            assert goes.rest()[-1].name == "session:invalid"
            add_contact(client, api.private_folder(client), "x")
            stays.until("ox:contacts:changed")


def test_a_session_killed_from_outside_ends_its_stream_at_the_next_heartbeat():
    with running("GroupwareEventLimits heartbeat=1s\n") as api:
        client = api.user(1)
        with EventStream(client) as stream:
            stream.ready()
            api.ctl("session", "kill", "-c", api.context_id, "--session", client.session)
            assert stream.rest()[-1].name == "session:invalid"


def test_refusals_have_a_status_that_ends_the_browsers_attempts():
    with running("OXPush On\n") as api:
        client = api.user(1)
        for parameters, status in (({"session": "0" * 32}, 401), ({"session": None}, 401), ({"topics": "a b"}, 400),
                                   ({"connection": "a b"}, 400)):
            with EventStream(client, **parameters) as stream:
                assert stream.open().status == status, (parameters, stream.status)
                assert "text/html" in stream.headers["content-type"]
        thief = api.anonymous()
        thief.session = client.session
        with EventStream(thief) as stream:
            assert stream.open().status == 401


def test_heartbeats_and_the_end_of_a_streams_life():
    with running("GroupwareEventLimits heartbeat=1s\n") as api:
        client = api.user(1)
        with EventStream(client) as stream:
            stream.ready()
            wait_until(lambda: beat(stream) >= 2, "two heartbeats")


def beat(stream: EventStream) -> int:
    stream._receive(time.monotonic() + 30)
    while "\n\n" in stream.text:
        block, stream.text = stream.text.split("\n\n", 1)
        stream._parse(block)
    return stream.comments


def test_a_graceful_restart_sends_clients_away_and_they_continue_or_reload():
    with running() as api:
        client = api.user(1)
        folder = api.private_folder(client)
        workers = set(api.server.httpd.children_named("apache2"))
        with EventStream(client, connection="tab") as stream:
            stream.ready()
            add_contact(client, folder, "before")
            last_id = stream.until("ox:contacts:changed", folder=folder).id
            api.server.httpd.reload()
            stream.rest()
            assert 1_000 <= stream.retry <= 10_000, stream.retry
        # Nothing holds the old processes.
        wait_until(lambda: not workers & set(api.server.httpd.children()), "the end of the old processes")
        made = add_contact(client, folder, "between")
        with EventStream(client, last_id, connection="tab") as stream:
            stream.ready()
            event = stream.next()
            assert event.name == "resync" or event.data.get("id") == made, event
            wait_for_bus(api)


def test_a_client_that_does_not_read_holds_up_nobody():
    with running("GroupwareEventLimits user=4\n") as api:
        client, other = api.user(1), api.user(2)
        folder = api.private_folder(client)
        with EventStream(client, connection="stuck", receive_buffer=4096) as stuck, EventStream(client) as stream:
            stream.ready()
            stuck.open()
            entries = [{"module": "contacts", "action": "new",
                        "data": {"folder_id": folder, "display_name": f"c{i}"}} for i in range(100)]
            for _ in range(5):
                client.multiple(entries)
            last = add_contact(client, folder, "last")
            wait_until(lambda: stream.until("ox:contacts:changed").data.get("timestamp", 0) > 0, "events")
            with EventStream(other) as bystander:
                bystander.ready()
                add_contact(other, api.private_folder(other), "x")
                bystander.until("ox:contacts:changed")
            assert last


def test_a_killed_push_child_is_told_as_a_loss_and_taken_up_again():
    with running() as api:
        api.server.need_workers()
        api.announce(r"OXP0007: push child \d+ died")
        client = api.user(1)
        folder = api.private_folder(client)
        with EventStream(client) as stream:
            stream.ready()
            for child in push_children(api.server.httpd.pid):
                os.kill(child, signal.SIGKILL)
            stream.until("resync")
            add_contact(client, folder, "after")
            stream.until("ox:contacts:changed", folder=folder)


def push_children(parent: int) -> list[int]:
    """Below the parent, at any depth."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,comm="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    family, found = {str(parent)}, []
    for pid, above, name in rows:
        if above in family:
            family.add(pid)
            if name == "oxpush":
                found.append(int(pid))
    return found


def test_a_thousand_idle_streams_leave_the_threads_to_other_requests():
    directives = ("ServerLimit 2\nStartServers 2\nThreadsPerChild 25\nThreadLimit 25\nMaxRequestWorkers 50\n"
                  "AsyncRequestWorkerFactor 100\nGroupwareEventLimits user=1000\n")
    if raise_file_limit() < 4_096:
        raise Skipped("too few open files are allowed")
    # While the thousand arrive all threads may be at work for a moment.
    with running(directives, always_fine=("AH00484",)) as api:
        client = api.user(1)
        folder = api.private_folder(client)
        with contextlib.ExitStack() as stack:
            streams = [stack.enter_context(EventStream(client)) for _ in range(1_000)]
            for stream in streams:
                stream.ready()
            for _ in range(100):
                fresh_get(api.server.port, "/ready.txt", b"ready\n")
                client.close()
                assert client.get("config/identifier").data
            made = add_contact(client, folder, "all")
            for stream in streams:
                stream.until("ox:contacts:changed", id=made)


def poll(client, **parameters) -> dict:
    answer = client.request("GET", client.target("events", {"action": "poll", **parameters}))
    assert answer.status == 200, answer.text
    return answer.json


def test_the_long_poll_gives_the_same_events():
    with running() as api:
        client = api.user(1)
        folder = api.private_folder(client)
        first = poll(client, connection="p")
        assert [element["topic"] for element in first["data"]] == ["ready"], first
        since = first["data"][-1]["id"]
        assert poll(client, connection="p", since=since, timeout=0)["data"] == []
        made = add_contact(client, folder, "x")
        news = poll(client, connection="p", since=since, timeout=20)
        while not any(element["data"].get("id") == made for element in news["data"]):
            assert news["data"], "nothing came"
            news = poll(client, connection="p", since=news["data"][-1]["id"] or since, timeout=20)
        assert news["timestamp"] > 0
        assert [element["topic"] for element in poll(client, since="x-1", timeout=20)["data"]] == ["resync"]
        assert client.get("events", action="poll", topics="a b").code == "SVL-0010"


@contextlib.contextmanager
def running_http2():
    probe = subprocess.run(["curl", "--version"], capture_output=True, text=True)
    if probe.returncode != 0 or "HTTP2" not in probe.stdout:
        raise Skipped("curl without HTTP/2")
    with running("Protocols h2c http/1.1\n", modules=("http2",)) as api:
        yield api


def http2_command(client, url: str, *options: str) -> list[str]:
    """curl as this client; the last line of what it writes is the version of HTTP and the status."""
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return ["curl", "-sS", *options, "--http2-prior-knowledge", "-A", client.user_agent, "-b", cookies,
            "-w", "\n%{http_version} %{http_code}", url]


def test_http2_is_served_by_bounded_answers():
    with running_http2() as api:
        client = api.user(1)
        folder = api.private_folder(client)
        since = poll(client)["data"][-1]["id"]
        url = f"http://127.0.0.1:{client.port}" + client.target("events", {"action": "poll", "since": since,
                                                                           "timeout": 20})
        waiting = subprocess.Popen(http2_command(client, url), stdout=subprocess.PIPE, text=True)
        add_contact(client, folder, "x")
        output, _ = waiting.communicate(timeout=60)
        body, result = output.rsplit("\n", 1)
        assert result == "2 200", output
        # Without the id where a change that the fixture made is told together with it.
        assert [element["data"]["folder"] for element in json.loads(body)["data"]] == [folder], body


def test_a_stream_over_http2_ends_early_and_tells_events():
    with running_http2() as api:
        client = api.user(1)
        url = f"http://127.0.0.1:{client.port}" + client.target("events", {"connection": "h2"})
        with subprocess.Popen(http2_command(client, url, "-N"), stdout=subprocess.PIPE, text=True) as waiting:
            try:
                seen = line_with(waiting, "event: ready")
                made = add_contact(client, new_folder(client, "HTTP/2"), "x")
                seen = line_with(waiting, f'"id":"{made}"')
                output, _ = waiting.communicate(timeout=60)
            finally:
                waiting.kill()
        assert output.endswith("\n2 200") and "retry: " in output, seen + output


def line_with(program: subprocess.Popen, text: str) -> str:
    while (line := program.stdout.readline()) and text not in line:
        pass
    assert line, f"it ended without {text}"
    return line


def held_by_threads(mpm: str) -> None:
    """An MPM that cannot suspend: streams and polls hold a thread for a short time, at most half of them."""
    if not (modules_folder() / f"mod_mpm_{mpm}.so").exists():
        raise Skipped(f"no mpm_{mpm} here")
    with running(mpm=mpm) as api:
        client = api.user(1)
        folder = api.private_folder(client)
        with EventStream(client, connection="one") as stream:
            stream.ready()
            made = add_contact(client, folder, "x")
            last_id = stream.until("ox:contacts:changed", id=made).id
            assert stream.rest() == [] and stream.retry > 0, "25 s at most"
        missed = add_contact(client, folder, "missed")
        with EventStream(client, last_id, connection="one") as stream:
            stream.ready()
            event = stream.next()
            assert event.name == "resync" or event.data.get("id") == missed, "another process knows other ids"
        since = poll(client, connection="p")["data"][-1]["id"]
        made = add_contact(client, folder, "y")
        news = poll(client, connection="p", since=since, timeout=20)
        assert any(element["topic"] == "resync" or element["data"].get("id") == made for element in news["data"]), news
        if api.server.httpd.single_process:
            return
        api.server.httpd.reload()
        wait_for_bus(api)


def test_the_worker_mpm_serves_streams_by_threads():
    held_by_threads("worker")


def test_the_prefork_mpm_serves_streams_by_processes():
    held_by_threads("prefork")


def test_a_stream_over_tls():
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                               "/CN=localhost", "-addext", "basicConstraints=CA:FALSE", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"],
                              capture_output=True, text=True)
        if made.returncode != 0:
            raise Skipped("no openssl to make a certificate")
        port = free_port()
        directives = (f"Listen 127.0.0.1:{port}\n<VirtualHost *:{port}>\nServerName localhost\nSSLEngine On\n"
                      f"SSLCertificateFile {folder}/cert.pem\nSSLCertificateKeyFile {folder}/key.pem\n"
                      f"GroupwareApiRoot /ajax\n</VirtualHost>\n")
        # The machine's OpenSSL may be older than the one mod_ssl was built with.
        with running(directives, modules=("ssl",), always_fine=("AH01882", "AH01873")) as api:
            client = api.user(1)
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            with EventStream(client, port=port, tls=context) as stream:
                stream.ready()
                for number in range(3):
                    made = add_contact(client, api.private_folder(client), f"c{number}")
                    stream.until("ox:contacts:changed", id=made)
                client.get("login", action="logout")
                assert stream.rest()[-1].name == "session:invalid"


def test_without_the_push_child_there_are_no_events_and_a_clear_answer():
    with event_server(directives="OXPush Off\n") as server:
        api = server.tenant()
        client = api.user(1)
        assert client.get("events", action="poll").code == "SVL-0015"
        with EventStream(client) as stream:
            assert stream.open().status == 403
        add_contact(client, api.private_folder(client), "still works")
        api.close()


def test_the_status_page_counts():
    with running("<Location /status>\nSetHandler server-status\n</Location>\n") as api:
        client = api.user(1)
        with EventStream(client) as stream:
            stream.ready()
            add_contact(client, api.private_folder(client), "x")
            stream.until("ox:contacts:changed")

            def figures() -> dict:
                connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
                connection.request("GET", "/status?auto")
                text = connection.getresponse().read().decode()
                connection.close()
                return dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)

            wait_until(lambda: int(figures()["GroupwareEventStreams"]) == 1 and
                       int(figures()["GroupwareEventsPublished"]) > 0 and
                       int(figures()["GroupwareEventMessages"]) > 0, "figures of this stream")
