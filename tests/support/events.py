"""A browser's event stream, and a server with everything that feeds it."""

import json
import resource
import select
import socket
import ssl
import time
import urllib.parse
from dataclasses import dataclass, field

from support.groupware import Groupware, module_path
from support.servers import ServerFailure

LIMIT = 30.0


def event_server(database: str = "sqlite", directives: str = "", modules: tuple[str, ...] = (), **options) -> Groupware:
    """httpd with both modules; the push child runs, without UDP."""
    return Groupware(database, "OXPush On\n" + directives, modules,
                     loads=(("oxpush_module", str(module_path("mod_oxpush"))),), **options)


def raise_file_limit() -> int:
    """As many open files as the machine allows, for this process and the servers that it starts."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


@dataclass
class Event:
    name: str
    id: str = ""
    data: dict = field(default_factory=dict)


class EventStream:
    """`GET /ajax/events` of a logged-in client. Reads as a browser does; `last_id` is what it would come back with."""

    def __init__(self, client, last_id: str = "", port: int | None = None, receive_buffer: int = 0,
                 tls: ssl.SSLContext | None = None, **parameters):
        parameters = {"session": client.session, **parameters}
        query = urllib.parse.urlencode({name: value for name, value in parameters.items() if value is not None})
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(LIMIT)
        self.socket.connect(("127.0.0.1", port or client.port))
        if tls:
            self.socket = tls.wrap_socket(self.socket)
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        lines = [f"GET {client.root}/events?{query} HTTP/1.1", "Host: localhost", f"User-Agent: {client.user_agent}",
                 f"Cookie: {cookies}"]
        if last_id:
            lines.append(f"Last-Event-ID: {last_id}")
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.raw, self.text = b"", ""
        self.last_id, self.retry, self.is_over, self.comments = last_id, 0, False, 0
        self.status, self.headers = 0, {}

    def __enter__(self) -> "EventStream":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        self.socket.close()

    def fileno(self) -> int:
        return self.socket.fileno()

    def _wait(self, deadline: float) -> bool:
        """poll, as select knows no descriptor above 1023."""
        waiting = select.poll()
        waiting.register(self.socket, select.POLLIN)
        return bool(waiting.poll(max(0.0, deadline - time.monotonic()) * 1_000))

    def _receive(self, deadline: float) -> bool:
        """False at the end of the answer."""
        if self.is_over:
            return False
        is_decrypted = isinstance(self.socket, ssl.SSLSocket) and self.socket.pending()
        if not is_decrypted and not self._wait(deadline):
            raise ServerFailure(f"no more events within {LIMIT:.0f} s; so far: {self.text[-500:]!r}")
        try:
            data = self.socket.recv(65_536)
        except ConnectionResetError:
            data = b""
        self.raw += data
        self.is_over = not data
        if self.status:
            self._unchunk()
        return not self.is_over

    def open(self) -> "EventStream":
        """Reads the head of the answer."""
        deadline = time.monotonic() + LIMIT
        while b"\r\n\r\n" not in self.raw:
            if not self._receive(deadline):
                raise ServerFailure(f"no answer: {self.raw!r}")
        head, self.raw = self.raw.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        self.status = int(first.split()[1])
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self._unchunk()
        return self

    def _unchunk(self) -> None:
        if self.headers.get("transfer-encoding") != "chunked":
            self.text += self.raw.decode("utf-8", "replace")
            self.raw = b""
            return
        while b"\r\n" in self.raw:
            length, rest = self.raw.split(b"\r\n", 1)
            size = int(length, 16)
            if len(rest) < size + 2:
                return
            self.text += rest[:size].decode()
            self.raw = rest[size + 2:]
            if size == 0:
                self.is_over = True
                return

    def next(self) -> Event | None:
        """The next event; None at the end of the stream."""
        if not self.status:
            self.open()
        deadline = time.monotonic() + LIMIT
        while True:
            while "\n\n" in self.text:
                block, self.text = self.text.split("\n\n", 1)
                event = self._parse(block)
                if event:
                    return event
            if not self._receive(deadline) and "\n\n" not in self.text:
                return None

    def _parse(self, block: str) -> Event | None:
        name, data = "", []
        for line in block.split("\n"):
            key, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if not key:
                self.comments += 1
            elif key == "id":
                self.last_id = value
            elif key == "event":
                name = value
            elif key == "data":
                data.append(value)
            elif key == "retry":
                self.retry = int(value)
        return Event(name, self.last_id, json.loads("\n".join(data))) if data else None

    def ready(self) -> Event:
        event = self.next()
        assert event and event.name == "ready", event
        return event

    def until(self, name: str, **data) -> Event:
        """Skips to the event of that name with these members."""
        seen = []
        while (event := self.next()) is not None:
            if event.name == name and all(event.data.get(key) == value for key, value in data.items()):
                return event
            seen.append((event.name, event.data))
        raise ServerFailure(f"the stream ended without {name} {data}; it had {seen[-20:]}")

    def rest(self) -> list[Event]:
        """Everything up to the end of the stream."""
        events = []
        while (event := self.next()) is not None:
            events.append(event)
        return events
