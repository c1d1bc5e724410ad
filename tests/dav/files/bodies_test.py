"""Bodies: large ones, those that break off, and workers that are killed while one comes in."""

import hashlib
import http.client
import os
import pathlib
import re
import signal
import socket

from support import dav
from support.servers import wait_until

DIRECTIVES = "LimitRequestBody 0\nGroupwareUploadLimit 4G\n"
MIB = 1024 * 1024
SIZE = int(os.environ.get("GW_LARGE_MIB", "200")) * MIB
# Beside one file of any size: buffers of 64 KiB, connections, and what the allocator keeps.
ROOM = 24 * MIB


def stored(api) -> int:
    """Files below the store's root, unfinished ones too."""
    root = api.server.httpd.folder / "data" / "files"
    return sum(len(files) for _, _, files in os.walk(root))


def private_bytes(api) -> int:
    total = 0
    for process in api.server.httpd.children():
        status = pathlib.Path(f"/proc/{process}/status").read_text()
        total += int(re.search(r"RssAnon:\s+(\d+) kB", status)[1]) * 1024
    return total


def begin_put(client: dav.DavClient, path: str, length: int, sent: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", client.port), timeout=30)
    head = (f"PUT {dav.ROOT}{dav.quote(path)} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {client.authorization}\r\n"
            f"Content-Length: {length}\r\n\r\n")
    connection.sendall(head.encode() + sent)
    return connection


def test_memory_does_not_grow_with_the_file(api):
    client, place = dav.client(api), dav.home(api) + "/big.bin"
    client.put(dav.home(api) + "/warm.bin", b"x" * MIB)
    sent, start, highest = hashlib.sha256(), private_bytes(api), 0

    def pieces():
        nonlocal highest
        block = os.urandom(MIB - 8)
        for number in range(SIZE // MIB):
            piece = number.to_bytes(8, "big") + block
            sent.update(piece)
            if number % 16 == 0:
                highest = max(highest, private_bytes(api))
            yield piece

    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=300)
    target = dav.ROOT + dav.quote(place)
    connection.request("PUT", target, pieces(), {"Authorization": client.authorization, "Content-Length": str(SIZE)})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 201
    connection.request("GET", target, None, {"Authorization": client.authorization})
    answer, received, number = connection.getresponse(), hashlib.sha256(), 0
    assert int(answer.headers["Content-Length"]) == SIZE
    while piece := answer.read(MIB):
        received.update(piece)
        number += 1
        if number % 16 == 0:
            highest = max(highest, private_bytes(api))
    connection.close()
    assert received.digest() == sent.digest()
    assert highest - start < ROOM, f"{highest - start} bytes more"


def test_a_put_that_breaks_off_leaves_the_old_version_and_nothing_else(api):
    client, home = dav.client(api), dav.home(api)
    client.put(f"{home}/old.txt", b"old")
    before = stored(api)
    for name in ("old.txt", "new.txt"):
        connection = begin_put(client, f"{home}/{name}", MIB, b"x" * 300_000)
        wait_until(lambda: stored(api) > before, "the first bytes")
        connection.close()
        wait_until(lambda: stored(api) == before, "the end of the broken body")
    assert client.send("GET", f"{home}/old.txt").body == b"old"
    assert client.list(home) == ["old.txt"]


def test_a_body_above_the_limit_leaves_nothing(api):
    client, home = dav.client(api), dav.home(api)
    before = stored(api)
    connection = begin_put(client, f"{home}/huge.bin", 5 * 1024 * MIB, b"")
    assert connection.recv(100).split()[1] == b"413"
    connection.close()
    assert stored(api) == before and client.list(home) == []


def test_a_killed_worker_leaves_the_old_version(api):
    api.server.need_workers()
    client, home = dav.client(api), dav.home(api)
    client.put(f"{home}/old.txt", b"old")
    before = stored(api)
    api.announce("AH00052: child pid .* exit signal Killed")
    connection = begin_put(client, f"{home}/old.txt", MIB, b"x" * 300_000)
    wait_until(lambda: stored(api) > before, "the first bytes")
    workers = api.server.httpd.children_named("apache2")
    for process in workers:
        os.kill(process, signal.SIGKILL)
    wait_until(lambda: not set(workers) & set(api.server.httpd.children()), "the end of the workers")
    connection.close()
    wait_until(api.server.httpd.answers, "new workers")
    fresh = dav.client(api)
    assert fresh.send("GET", f"{home}/old.txt").body == b"old" and fresh.list(home) == ["old.txt"]
    done = api.server.try_ctl("--file-store", f"file:{api.server.httpd.folder}/data/files", "check", "--files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert fresh.put(f"{home}/old.txt", b"new").status == 204
