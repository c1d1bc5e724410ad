"""Whose registrations count: keys of sessions, users that do not exist, ends of sessions, and groupwarectl.
Source: spec udp-push sections 7 and 11, docs/oxpush-directives.md."""

import contextlib
import hashlib
import hmac
import json
import os
import signal
import time

from support.events import EventStream
from support.groupware import Groupware, module_path
from support.push import SEPARATOR, UdpClient, frame, free_udp_port
from support.servers import wait_until

KEYS = "2026 0123456789abcdefghijklmnopqrstuvwxyz\n"
REFUSED = r"OXP0011: registration from"


class PushApi:
    """The API with the push child, both with UDP, and a fresh context."""

    def __init__(self, directives: str):
        self.udp = ("127.0.0.1", free_udp_port())
        self.server = Groupware("sqlite", f"OXPush On\nOXPushUdp On\nOXPushClientBind 127.0.0.1:{self.udp[1]}\n"
                                "OXPushDelay 0\n<Location /server-status>\nSetHandler server-status\n</Location>\n" + directives,
                                loads=(("oxpush_module", str(module_path("mod_oxpush"))),))
        (self.server.httpd.folder / "push.keys").write_text(KEYS)

    def __enter__(self):
        self.server.__enter__()
        self.api = self.server.tenant()
        return self

    def __exit__(self, *error) -> None:
        self.server.__exit__(*error)

    def status(self) -> dict:
        return json.loads(self.server.ctl_with_config("--json", "push", "status"))

    def clients(self, *choice) -> list[dict]:
        return json.loads(self.server.ctl_with_config("--json", "push", "list", *choice))

    def client(self) -> UdpClient:
        return UdpClient(self.udp)

    def wait_for_workers(self) -> None:
        """Somebody who can be asked for users."""
        wait_until(lambda: self.status()["OXPushBusConnections"] > 1, "a worker on the bus")


def signed(payload: str, key: dict, at: int | None = None, nonce: str | None = None) -> bytes:
    text = f"{payload}|h1|{key['keyId']}|{at or int(time.time())}|{nonce or os.urandom(8).hex()}|".replace("|", SEPARATOR)
    text += hmac.new(bytes.fromhex(key["key"]), text.encode(), hashlib.sha256).hexdigest()[:32]
    return frame(text)


def is_from(packet: bytes, key: dict) -> bool:
    text, mac = packet.decode().rsplit(SEPARATOR, 1)
    wanted = hmac.new(bytes.fromhex(key["key"]), (text + SEPARATOR).encode(), hashlib.sha256).hexdigest()[:32]
    return mac == wanted


def add_contact(client, folder: str) -> str:
    return client.put("contacts", {"folder_id": folder, "display_name": "Pushed"}, action="new").data["id"]


def test_the_key_of_a_session_signs_registrations_and_packets():
    with PushApi("OXPushClientSignatures require\nOXPushKeyFile push.keys\n") as push, push.client() as udp:
        user = push.api.user(1)
        key = user.get("pns", action="key").data
        assert (key["context"], key["user"]) == (push.api.context_id, user.user_id)
        assert key["expires"] > time.time() * 1000
        register = f"1|{key['user']}|{key['context']}"
        push.server.announce(REFUSED)
        udp.send(frame(register))
        udp.send(signed(f"1|{key['user'] + 1}|{key['context']}", key))
        udp.send(signed(register, key, at=int(time.time()) - 60))
        good = signed(register, key)
        udp.send(good)
        assert udp.receive() == b"OK\x01"
        udp.send(good)
        (known,) = push.clients("-c", push.api.context_id)
        assert 0 < known.pop("seconds_left") <= 3600
        assert known == {"context": key["context"], "user": key["user"], "endpoint": f"127.0.0.1:{udp.port}",
                         "signed": True, "from": "local"}
        folder = push.api.private_folder(user)
        add_contact(user, folder)
        packet = udp.receive()
        assert packet.decode().split(SEPARATOR)[:3] == [folder, "h1", key["keyId"]] and is_from(packet, key), packet
        assert push.status()["OXPushSignaturesRefused"] == 4
        user.get("login", action="logout")
        wait_until(lambda: push.clients() == [], "the end of the session's registration")
        udp.send(signed(register, key))
        wait_until(lambda: push.status()["OXPushSignaturesRefused"] == 5, "the refusal of a spent key")
        assert udp.waiting() == []


def test_without_signatures_no_key_is_handed_out():
    with PushApi("") as push:
        assert push.api.user(1).get("pns", action="key").code == "SVL-0015"


def test_a_registration_for_nobody_is_answered_and_not_kept():
    with PushApi("") as push, push.client() as udp:
        user = push.api.user(1)
        push.wait_for_workers()
        udp.register(user.user_id, push.api.context_id)
        udp.register(9999, push.api.context_id)
        udp.register(user.user_id, 9999)
        wait_until(lambda: push.status()["OXPushClientsUnknown"] == 2, "two answers")
        assert [client["user"] for client in push.clients()] == [user.user_id]
        udp.register(9999, push.api.context_id)
        assert len(push.clients()) == 1


def test_registrations_end_with_the_last_session_where_that_is_wanted():
    with PushApi("OXPushEndWithSession On\n") as push, push.client() as udp:
        user, other = push.api.user(1), push.api.anonymous()
        other.login(push.api.login_name("user1"), "secret")
        udp.register(user.user_id, push.api.context_id)
        ended = push.status()["OXPushClientsEnded"]
        other.get("login", action="logout")
        # The order of the records is kept: an event behind the first end shows that it changed nothing.
        add_contact(user, push.api.private_folder(user))
        udp.folders(1)
        assert push.status()["OXPushClientsEnded"] == ended and len(push.clients()) == 1
        push.server.ctl_with_config("session", "kill", "-c", push.api.context_id, "--name", "user1")
        wait_until(lambda: push.clients() == [], "the end")


def test_groupwarectl_lists_and_drops():
    with PushApi("") as push, contextlib.ExitStack() as stack:
        first, second = push.api.user(1), push.api.user(2)
        for user in (first, second):
            stack.enter_context(push.client()).register(user.user_id, push.api.context_id)
        assert len(push.clients()) == 2
        assert [row["user"] for row in push.clients("-c", push.api.context_name, "--name", "user2")] == [second.user_id]
        dropped = push.server.ctl_with_config("push", "drop", "-c", push.api.context_id, "--id", first.user_id)
        assert dropped == "dropped: 1\n"
        assert [row["user"] for row in push.clients()] == [second.user_id]
        said = push.server.try_ctl("push", "status")
        assert said.returncode == 2 and "--sockets PREFIX" in said.stderr, said
        said = push.server.try_ctl("push", "status", "--sockets", str(push.server.httpd.folder / "run" / "nothing"))
        assert said.returncode == 1 and "cannot be reached" in said.stderr, said
        assert "OXPushClients: 1" in push.server.ctl("push", "status", "--sockets",
                                                     push.server.httpd.folder / "run" / "oxpush")


def test_what_groupwarectl_writes_is_told_to_listeners_and_nothing_fails_without_a_server():
    with PushApi("") as push:
        user = push.api.user(1)
        create = ("user", "create", "-c", push.api.context_id, "--password", "secret", "--surname", "S", "--given-name", "G")
        with EventStream(user, topics="ox:contacts:*,ox:folders:*") as stream:
            stream.ready()
            push.wait_for_workers()
            push.server.ctl_with_config(*create, "--name", "new", "--display-name", "new", "--mail", "new@x.test")
            assert stream.until("ox:contacts:changed", kind="created").data["folder"] == "6"
        push.server.httpd.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not push.server.httpd.is_running(), "the stop")
        push.server.ctl_with_config(*create, "--name", "later", "--display-name", "later", "--mail", "later@x.test")
