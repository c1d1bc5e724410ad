"""The push child's peers for tests: clients of the UDP protocol, workers that send events, workers on the bus.

The event form is lib/push/event_record.hpp, the datagrams are the push protocol's.
"""

import http.client
import os
import select
import socket
import struct
import time

from support.groupware import module_path, sanitizer_environment
from support.servers import Apache, ServerFailure, wait_until

SEPARATOR = "\x01"
APPOINTMENT, TASK, CONTACT, MAIL, FOLDER, INFOSTORE = 1, 4, 7, 19, 20, 137
CREATED, UPDATED, MOVED, DELETED, UNKNOWN = 0, 1, 2, 3, 255
LIMIT = 15.0


def free_udp_port(address: str = "127.0.0.1") -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


def frame(payload: str) -> bytes:
    """`payload` with bars for separators."""
    text = payload.replace("|", SEPARATOR)
    return f"1337{SEPARATOR}{len(text)}{SEPARATOR}{text}".encode()


def encode_event(context: int, module: int, audiences, kind: int = UPDATED, origin: int = 0, obj: int = 0, actor: int = 0,
                 stamp: int = 0, token: str = "", data: str = "") -> bytes:
    """`audiences`: (folder, users) pairs."""
    out = b"GWE\x01E" + struct.pack("<BBqiqiqB", kind, origin, context, module, obj, actor, stamp, len(token))
    out += token.encode() + struct.pack("<H", len(data)) + data.encode()
    for folder, users in audiences:
        out += struct.pack("<qI", folder, len(users)) + b"".join(struct.pack("<i", user) for user in users)
    return out


def decode_event(record: bytes) -> dict:
    assert record[:5] == b"GWE\x01E", record[:16]
    kind, origin, context, module, obj, actor, stamp, size = struct.unpack_from("<BBqiqiqB", record, 5)
    at = 5 + struct.calcsize("<BBqiqiqB")
    token = record[at:at + size].decode()
    (length,) = struct.unpack_from("<H", record, at + size)
    at += size + 2
    data, at = record[at:at + length].decode(), at + length
    audiences = []
    while at < len(record):
        folder, count = struct.unpack_from("<qI", record, at)
        audiences.append((folder, list(struct.unpack_from(f"<{count}i", record, at + 12))))
        at += 12 + 4 * count
    return {"kind": kind, "origin": origin, "context": context, "module": module, "object": obj, "actor": actor,
            "stamp": stamp, "token": token, "data": data, "audiences": audiences}


class UdpClient:
    """A client program: registers, then receives on the same socket."""

    def __init__(self, server: tuple[str, int], address: str = "127.0.0.1", port: int = 0):
        family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.bind((address, port))
        self.server = server

    @property
    def port(self) -> int:
        return self.socket.getsockname()[1]

    def send(self, datagram: bytes) -> None:
        self.socket.sendto(datagram, self.server)

    def receive(self, limit: float = LIMIT) -> bytes:
        self.socket.settimeout(limit)
        try:
            return self.socket.recv(65536)
        except TimeoutError as error:
            raise ServerFailure("no datagram came") from error

    def register(self, user: int, context: int) -> "UdpClient":
        self.send(frame(f"1|{user}|{context}|"))
        answer = self.receive()
        assert answer == b"OK\x01", answer
        return self

    def waiting(self) -> list[bytes]:
        """What lies in the socket now."""
        found = []
        while select.select([self.socket], [], [], 0)[0]:
            found.append(self.socket.recv(65536))
        return found

    def folders(self, count: int) -> list[int]:
        """The next `count` push packets."""
        return [int(self.receive().decode().removesuffix(SEPARATOR)) for _ in range(count)]

    def close(self) -> None:
        self.socket.close()

    def __enter__(self) -> "UdpClient":
        return self

    def __exit__(self, *_) -> None:
        self.close()


class Bus:
    """A worker on the bus."""

    def __init__(self, path: str):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.settimeout(LIMIT)
        self.socket.connect(path)

    def next(self) -> bytes:
        """The next record; the child's questions for users, which a worker would answer, are passed over."""
        while True:
            record = self.socket.recv(65536)
            if record[4:5] != b"Q":
                return record

    def event(self) -> dict:
        return decode_event(self.next())

    def close(self) -> None:
        self.socket.close()

    def __enter__(self) -> "Bus":
        return self

    def __exit__(self, *_) -> None:
        self.close()


def forked_environment() -> dict:
    """Sanitizers without the search for leaks: workers that end at a graceful restart never destroy the configuration, so
    all of it looks leaked (craft 2.11). The unit tests of the push child search for leaks."""
    environment = sanitizer_environment()
    if environment:
        environment = {**environment, "ASAN_OPTIONS": environment["ASAN_OPTIONS"].replace("detect_leaks=1", "detect_leaks=0")}
    return environment


class PushServer(Apache):
    """An httpd with the push child only: clients on 127.0.0.1, nothing waits, limits that tests do not meet."""

    BASE = ("OXPush On\nOXPushUdp On\nOXPushDelay 0\nOXPushClientBind 127.0.0.1:{udp}\n"
            "OXPushLimits clients-per-address=100000 registrations=1000000 packets=65535\n"
            "<Location /server-status>\nSetHandler server-status\n</Location>\nExtendedStatus Off\n")

    def __init__(self, directives: str = "", base: str | None = None, **options):
        super().__init__(loads=(("oxpush_module", str(module_path("mod_oxpush"))),), environment=forked_environment(),
                         **options)
        self.udp = free_udp_port()
        self.config = (self.BASE if base is None else base).format(udp=self.udp) + directives
        self.worker = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.worker.settimeout(LIMIT)

    @property
    def events_path(self) -> str:
        return str(self.folder / "run" / "oxpush-events.sock")

    @property
    def bus_path(self) -> str:
        return str(self.folder / "run" / "oxpush-bus.sock")

    def client(self) -> UdpClient:
        return UdpClient(("127.0.0.1", self.udp))

    def bus(self) -> Bus:
        """Connected and accepted: the child knows it."""
        before = self.counter("OXPushBusConnections")
        bus = Bus(self.bus_path)
        wait_until(lambda: self.counter("OXPushBusConnections") > before, "the bus connection")
        return bus

    def raise_event(self, context: int, module: int, audiences, **options) -> None:
        """As a worker would; waits while the kernel's queue is full."""
        self.worker.sendto(encode_event(context, module, audiences, **options), self.events_path)

    def counters(self) -> dict[str, int]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LIMIT)
        connection.request("GET", "/server-status?auto")
        lines = connection.getresponse().read().decode().splitlines()
        connection.close()
        return {line.split(": ")[0]: int(line.split(": ")[1]) for line in lines if line.startswith("OXPush")}

    def counter(self, name: str) -> int:
        return self.counters()[name]

    def the_child(self) -> int:
        """Waits for the child to have its name; there must never be two."""

        def one() -> int:
            found = self.children_named("oxpush")
            assert len(found) <= 1, f"{len(found)} push children"
            return found[0] if found else 0

        return wait_until(one, "the push child")

    def stop(self) -> None:
        self.worker.close()
        super().stop()


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return True
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
        return stat.read().rsplit(")", 1)[1].split()[0] == "Z"


def now_ms() -> int:
    return int(time.time() * 1000)
