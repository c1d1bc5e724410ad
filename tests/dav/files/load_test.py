"""How many requests of one user run at the same time, and what the status page tells."""

import socket
import time

from support import dav
from support.servers import wait_until

# One process, as the limit is one of each process.
DIRECTIVES = """StartServers 1
MaxRequestWorkers 16
GroupwareUserConcurrency 2
<Location /server-status>
  SetHandler server-status
</Location>
"""


def figures(api) -> dict[str, int]:
    text = api.anonymous().request("GET", "/server-status?auto").text
    return {key: int(value) for key, value in (line.split(": ", 1) for line in text.splitlines() if ": " in line)
            if key.startswith("Groupware") and value.isdigit()}


def test_requests_of_webdav_are_counted(api):
    client = dav.client(api)
    before = figures(api)
    client.put(dav.home(api) + "/a.txt", b"1")
    assert client.send("GET", dav.home(api) + "/none").status == 404
    after = figures(api)
    key = next(name for name in after if "Requests" in name)
    assert after[key] - before.get(key, 0) >= 2, (before, after)


def test_too_many_at_once_are_told_to_wait(api):
    client = dav.client(api)
    client.put(dav.home(api) + "/a.txt", b"1")
    api.announce("GW0200")

    def begin_upload(number: int) -> socket.socket | None:
        link = socket.create_connection(("127.0.0.1", api.server.port))
        link.sendall((f"PUT {dav.ROOT}{dav.quote(dav.home(api))}/{number}.bin HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n"
                      f"Authorization: {client.authorization}\r\nExpect: 100-continue\r\n\r\n").encode())
        if link.recv(100).startswith(b"HTTP/1.1 100"):
            return link
        # The place of a request is free a moment after its answer has come.
        link.close()
        return None

    # Two uploads whose bodies do not come hold both places.
    waiting = [wait_until(lambda: begin_upload(number), "a place for an upload") for number in range(2)]
    assert client.send("PROPFIND", "/", Depth="0").status == 503
    for link in waiting:
        link.close()
    deadline = time.monotonic() + 30
    while client.send("PROPFIND", "/", Depth="0").status == 503:
        assert time.monotonic() < deadline
