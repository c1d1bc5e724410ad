"""The push child listens to the INBOXes of mail servers that tell nobody of new mail: Dovecot without its driver, Cyrus, and servers
that are none."""

import contextlib
import json
import socket
import threading

from support.cyrus import CyrusPair, missing_cyrus
from support.events import EventStream, event_server
from support.mail_servers import MailPair, missing_programs
from support.push import UdpClient, free_udp_port
from support.runner import Skipped
from support.servers import wait_until

UDP = """
OXPushUdp On
OXPushClientBind 127.0.0.1:{udp}
OXPushLimits clients-per-address=1000 registrations=10000 packets=10000
"""


class Listening:
    """A server whose child listens, with a fresh context."""

    def __init__(self, stack: contextlib.ExitStack, mail: MailPair | None, directives: str = ""):
        udp = free_udp_port()
        self.server = stack.enter_context(event_server(directives=UDP.format(udp=udp) + directives, mail=mail))
        self.api = self.server.tenant()
        stack.callback(self.api.close)
        self.udp = ("127.0.0.1", udp)
        self.stack = stack

    def counter(self, name: str) -> int:
        return json.loads(self.server.ctl_with_config("--json", "push", "status"))[name]

    def wait_for(self, name: str, value: int) -> None:
        wait_until(lambda: self.counter(name) == value, f"{name} {value}")

    def stream(self, client) -> EventStream:
        stream = self.stack.enter_context(EventStream(client, topics="ox:mail:new"))
        stream.ready()
        return stream

    def client_of(self, client) -> UdpClient:
        return self.stack.enter_context(UdpClient(self.udp)).register(client.user_id, client.context_id)


def message(subject: str) -> bytes:
    return (f"From: =?utf-8?q?J=C3=B6?= <jo@example.org>\r\nTo: user@example.test\r\nSubject: {subject}\r\n"
            f"Message-ID: <{subject}@x.test>\r\n\r\nHello you\r\n").encode()


def hear_of_new_mail(listening: Listening) -> None:
    api = listening.api
    clients = [api.user(1), api.user(2)]
    streams = [listening.stream(client) for client in clients]
    udp = [listening.client_of(client) for client in clients]
    listening.wait_for("OXPushMailIdle", 2)
    api.save_mail("user1", message("First"))
    event = streams[0].next()
    assert event.name == "ox:mail:new"
    assert (event.data["folder"], event.data["email"], event.data["displayname"], event.data["subject"]) == (
        "default0/INBOX", "jo@example.org", "Jö", "First"), event.data
    assert udp[0].folders(1) == [1]
    mail = clients[0].get("mail", action="get", folder="default0/INBOX", id=event.data["id"], unseen=True).data
    assert mail["subject"] == "First"
    api.save_mail("user2", message("Second"))
    assert streams[1].next().data["subject"] == "Second"
    assert udp[1].folders(1) == [1] and not any(client.waiting() for client in udp)
    # With his last session the child forgets the password, and hangs up.
    clients[0].logout()
    listening.wait_for("OXPushMailListeners", 1)


def test_dovecot_is_listened_to_with_the_users_own_password():
    if missing_programs():
        raise Skipped(f"missing: {missing_programs()}")
    with contextlib.ExitStack() as stack:
        mail = stack.enter_context(MailPair())
        hear_of_new_mail(Listening(stack, mail))


def test_a_master_signs_in_for_whoever_has_only_registered_over_udp():
    if missing_programs():
        raise Skipped(f"missing: {missing_programs()}")
    with contextlib.ExitStack() as stack:
        mail = stack.enter_context(MailPair())
        listening = Listening(stack, mail, "GroupwareMailMaster master msecret\n")
        user = listening.api.user(1)
        client = listening.client_of(user)
        listening.wait_for("OXPushMailIdle", 1)
        listening.api.save_mail("user1", message("First"))
        assert client.folders(1) == [1]
        listening.server.ctl_with_config("push", "drop", "--context", user.context_id)
        assert listening.counter("OXPushMailListeners") == 1, "he may come again"


def test_cyrus_is_listened_to():
    missing = missing_programs() or missing_cyrus()
    if missing:
        raise Skipped(f"missing: {missing}")
    with contextlib.ExitStack() as stack:
        mail = stack.enter_context(CyrusPair())
        hear_of_new_mail(Listening(stack, mail))


class OddServer:
    """Calls itself a mail server: each connection gets the next of `answers`, and stays open; the last one is for all others."""

    def __init__(self, *answers: bytes):
        self.answers, self.taken, self.open = list(answers), 0, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                answer = self.answers[min(self.taken, len(self.answers) - 1)]
                self.taken += 1
                self.open.append(connection)
                with contextlib.suppress(OSError):
                    if answer:
                        connection.sendall(answer)
                    else:
                        self.open.pop().close()

    def __enter__(self) -> "OddServer":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.open:
            connection.close()
        self.thread.join()


def test_a_server_that_is_none_keeps_nobody_waiting():
    answers = (b"* OK half a greet", b"", b"\x16\x03\x01\xff\xfe garbage \x00\r\n" * 1000, b"* OK [CAPABILITY " + b"X" * 200_000,
               b"* 1 FETCH (BODY[] {99999999999999999999}\r\n", b"* OK {5}\r\n* BYE\r\n")
    with contextlib.ExitStack() as stack:
        odd = stack.enter_context(OddServer(*answers))
        listening = Listening(stack, None, f"GroupwareMailServer imap://127.0.0.1:{odd.port} tls=none\n")
        users = [listening.api.user(number) for number in range(1, len(answers) + 1)]
        for user in users:
            listening.stream(user)
        wait_until(lambda: odd.taken >= len(answers), "a connection for each user")
        # One waits for the rest of its greeting; the others have ended.
        wait_until(lambda: listening.counter("OXPushMailFailures") >= len(answers) - 1, "the ends of the connections")
        listening.client_of(users[0])
        assert listening.counter("OXPushMailListeners") == len(answers)


def test_a_wrong_password_is_tried_once_and_a_server_without_idle_left():
    for refusal in (b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE] hi\r\nW1 NO [AUTHENTICATIONFAILED] no\r\n",
                    b"* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n"):
        with contextlib.ExitStack() as stack:
            odd = stack.enter_context(OddServer(refusal))
            listening = Listening(stack, None, f"GroupwareMailServer imap://127.0.0.1:{odd.port} tls=none\n")
            user = listening.api.user(1)
            listening.stream(user)
            listening.wait_for("OXPushMailFailures", 1)
            # The same again asks nobody.
            listening.stream(user)
            listening.wait_for("OXPushMailListeners", 1)
            assert odd.taken == 1


def test_where_nobody_is_to_listen_no_password_leaves_the_workers():
    with contextlib.ExitStack() as stack:
        odd = stack.enter_context(OddServer(b"* OK hi\r\n"))
        server = f"GroupwareMailServer imap://127.0.0.1:{odd.port} tls=none\n"
        for directives in ("OXPushMailListeners 0\n", "GroupwareMailNotify dovecot news-secret\n"):
            listening = Listening(stack, None, server + directives)
            listening.stream(listening.api.user(1))
            listening.client_of(listening.api.user(1))
            assert listening.counter("OXPushMailListeners") == listening.counter("OXPushMailListenersRefused") == 0
        assert odd.taken == 0
