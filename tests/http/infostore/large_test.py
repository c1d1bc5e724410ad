"""A large file goes in and out without being held. GW_LARGE_MIB chooses its size (default 192)."""

import hashlib
import http.client
import os
import pathlib
import re

from support.files import item

DIRECTIVES = "LimitRequestBody 0\nGroupwareUploadLimit 4G"
MIB = 1024 * 1024
SIZE = int(os.environ.get("GW_LARGE_MIB", "192")) * MIB
# Beside one file of any size: buffers of 64 KiB, connections, and what the allocator keeps.
ROOM = 24 * MIB


def pieces():
    """Bytes that repeat in no short distance, and cost little to make."""
    block = hashlib.sha256(b"seed").digest() * 2048
    for number in range(SIZE // MIB):
        head = number.to_bytes(8, "big") * 8
        yield head + (block * 16)[64:]


def private_bytes(api) -> int:
    """Of all processes of the server: memory that belongs to one of them alone; pages of files do not count."""
    total = 0
    for process in api.server.httpd.children():
        status = pathlib.Path(f"/proc/{process}/status").read_text()
        total += int(re.search(r"RssAnon:\s+(\d+) kB", status)[1]) * 1024
    return total


class Peak:
    """The greatest use of memory seen while `watch` was called."""

    def __init__(self, api):
        self.api, self.start, self.highest = api, private_bytes(api), 0

    def watch(self, value):
        self.highest = max(self.highest, private_bytes(self.api))
        return value

    def growth(self) -> int:
        return max(0, self.highest - self.start)


def send(api, target: str, body) -> http.client.HTTPResponse:
    user = api.user(1)
    connection = http.client.HTTPConnection("127.0.0.1", user.port, timeout=300)
    headers = {"User-Agent": user.user_agent, "Cookie": "; ".join(f"{k}={v}" for k, v in user.cookies.items())}
    if body is not None:
        headers["Content-Length"] = str(SIZE)
    connection.request("GET" if body is None else "PUT", target, body, headers)
    return connection.getresponse()


def test_memory_does_not_grow_with_the_file(api):
    user, folder = api.user(1), api.file_folder()
    digest, peak = hashlib.sha256(), Peak(api)

    def body():
        for piece in pieces():
            digest.update(piece)
            yield peak.watch(piece)

    target = user.target("infostore", {"action": "upload", "binary": "true", "folder_id": folder, "filename": "big"})
    answer = send(api, target, body())
    text = answer.read().decode()
    file_id = re.search(r'"data":"([^"]+)"', text)
    assert file_id, text
    assert item(user, file_id[1])["file_size"] == SIZE
    received = hashlib.sha256()
    target = user.target("infostore", {"action": "document", "id": file_id[1], "folder": folder})
    answer = send(api, target, None)
    assert int(answer.headers["Content-Length"]) == SIZE
    while piece := answer.read(MIB):
        received.update(piece)
        peak.watch(None)
    assert received.digest() == digest.digest()
    assert peak.growth() < ROOM, f"{peak.growth()} bytes more"
