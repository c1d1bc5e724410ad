"""A DNS server for tests: answers over UDP what it was told, and NXDOMAIN for all else."""

import socket
import struct
import threading

A, MX, TXT, AAAA, SRV = 1, 15, 16, 28, 33


def encode_name(name: str) -> bytes:
    return b"".join(bytes([len(part)]) + part.encode() for part in name.split(".") if part) + b"\0"


def address(text: str) -> tuple[int, bytes]:
    return A, socket.inet_aton(text)


def service(port: int, target: str) -> tuple[int, bytes]:
    return SRV, struct.pack(">3H", 0, 1, port) + encode_name(target)


def exchange(target: str) -> tuple[int, bytes]:
    return MX, struct.pack(">H", 10) + encode_name(target)


class DnsServer:
    """`records`: (kind, data) pairs by name."""

    def __init__(self, records: dict[str, list[tuple[int, bytes]]]):
        self.records = records
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "DnsServer":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", self.port))
        self.thread.join()
        self.socket.close()

    def _serve(self) -> None:
        while True:
            question, client = self.socket.recvfrom(4096)
            if not question:
                return
            self.socket.sendto(self.answer(question), client)

    def answer(self, question: bytes) -> bytes:
        parts, at = [], 12
        while question[at]:
            parts.append(question[at + 1:at + 1 + question[at]].decode())
            at += 1 + question[at]
        kind = struct.unpack(">H", question[at + 1:at + 3])[0]
        asked = question[12:at + 5]
        known = self.records.get(".".join(parts).lower())
        found = [data for own, data in known or [] if own == kind]
        flags = 0x8180 if known is not None else 0x8183
        records = b"".join(b"\xc0\x0c" + struct.pack(">2HIH", kind, 1, 60, len(data)) + data for data in found)
        return question[:2] + struct.pack(">5H", flags, 1, len(found), 0, 0) + asked + records
