"""The push child with many registered clients: from the event to the last packet, and its memory."""

import os
import pathlib
import selectors
import socket
import statistics
import time

from bench.figures import line
from support.push import CONTACT, PushServer, UdpClient, frame

CLIENTS = 5000
SOCKETS = 50
ROUNDS = 20
LIMITS = "OXPushLimits clients-per-address=100000 registrations=1000000 packets=65535\n"


def private_megabytes(pid: int) -> float:
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(row.split()[1]) for row in text.splitlines() if row.startswith("Private_")) / 1024


def cpu_seconds(pid: int) -> float:
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def bench() -> None:
    with PushServer(LIMITS) as httpd:
        clients = [UdpClient(("127.0.0.1", httpd.udp)) for _ in range(SOCKETS)]
        for client in clients:
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        for user in range(1, CLIENTS + 1):
            client = clients[user % SOCKETS]
            client.send(frame(f"1|{user}|1|"))
            client.receive()
        users = list(range(1, CLIENTS + 1))
        child = httpd.the_child()
        spent = cpu_seconds(child)
        delays = [to_last_packet(clients, CLIENTS, lambda: httpd.raise_event(1, CONTACT, [(folder, users)]))
                  for folder in range(1, ROUNDS + 1)]
        spent = cpu_seconds(child) - spent
        line(f"push: event to last packet, {CLIENTS} clients, p50", statistics.median(delays), None, "ms", "bar: < 50")
        line("push: event to last packet, worst", max(delays), None, "ms", "bar: < 50")
        line("push: CPU of the child a packet", spent * 1e6 / CLIENTS / ROUNDS, None, "us")
        line("push: private memory of the child", private_megabytes(child), None, "MB", "bar: < 30")
        for client in clients:
            client.close()


def to_last_packet(clients: list[UdpClient], count: int, raise_event) -> float:
    """Milliseconds from the event until each registration had its packet."""
    with selectors.DefaultSelector() as selector:
        for client in clients:
            client.socket.setblocking(False)
            selector.register(client.socket, selectors.EVENT_READ)
        begin, came = time.monotonic(), 0
        raise_event()
        while came < count:
            ready = selector.select(10)
            if not ready:
                raise SystemExit(f"only {came} of {count} packets came")
            for key, _ in ready:
                came += drained(key.fileobj)
        return (time.monotonic() - begin) * 1000


def drained(receiver) -> int:
    count = 0
    try:
        while True:
            receiver.recv(64)
            count += 1
    except BlockingIOError:
        return count
