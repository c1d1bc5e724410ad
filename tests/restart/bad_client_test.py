"""Clients that break off or stop reading: the server keeps its threads, its log and its data."""

import socket
import struct

from support.groupware import Groupware
from support.servers import wait_until

SHORT_TIMEOUT = "Timeout 1\n"


def raw_request(api, method: str, module: str, parameters: dict, headers: str) -> bytes:
    client = api.user(1)
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return (f"{method} {client.target(module, parameters)} HTTP/1.1\r\nHost: localhost\r\n"
            f"User-Agent: {client.user_agent}\r\nCookie: {cookies}\r\n{headers}\r\n").encode()


def busy_workers(server: Groupware) -> int:
    """Threads that work on a request, by mod_status; one of them is the one that answers."""
    text = server.client().request("GET", "/server-status?auto").text
    fields = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    return int(fields["BusyWorkers"]) - 1


STATUS = "<Location /server-status>\nSetHandler server-status\n</Location>\n"


def test_a_body_cut_in_half_stores_nothing():
    with Groupware(directives=SHORT_TIMEOUT + STATUS) as server:
        api = server.tenant()
        folder = api.private_folder()
        body = b'{"folder_id": "%s", "display_name": "Half"}' % folder.encode()
        head = raw_request(api, "PUT", "contacts", {"action": "new"}, f"Content-Length: {len(body)}\r\n")
        for is_reset in (False, True):
            with socket.create_connection(("127.0.0.1", server.port)) as connection:
                connection.sendall(head + body[: len(body) // 2])
                if is_reset:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    connection.shutdown(socket.SHUT_WR)
                    connection.recv(65536)
        wait_until(lambda: busy_workers(server) == 0, "free threads")
        assert api.get("contacts", action="all", folder=folder, columns="1").data == []
        api.close()


def test_an_upload_cut_in_half_leaves_no_file():
    with Groupware(directives=SHORT_TIMEOUT + STATUS) as server:
        api = server.tenant()
        folder = api.private_folder()
        spool = server.httpd.folder / "data" / "uploads"
        head = raw_request(api, "POST", "import", {"action": "VCARD", "folder": folder},
                           "Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: 1000000\r\n")
        part = (b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.vcf"\r\n'
                b"Content-Type: text/x-vcard\r\n\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Half\r\nEND:VCARD\r\n" + b" " * 200_000)
        for breaks_off in (True, False):  # the other one just stops sending
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
                connection.sendall(head + part)
                wait_until(lambda: list(spool.iterdir()), "the file of the upload")
                if not breaks_off:
                    assert connection.recv(65536).startswith(b"HTTP/1.1 408")
            wait_until(lambda: not list(spool.iterdir()), "the end of the file")
        wait_until(lambda: busy_workers(server) == 0, "free threads")
        assert api.get("contacts", action="all", folder=folder, columns="1").data == []
        api.close()


def test_a_body_that_never_comes_gives_its_thread_back():
    with Groupware(directives=SHORT_TIMEOUT + STATUS) as server:
        api = server.tenant()
        folder = api.private_folder()
        head = raw_request(api, "PUT", "contacts", {"action": "new"}, "Content-Length: 1000\r\n")
        connections = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
        try:
            for connection in connections:
                connection.sendall(head + b'{"folder_id":')
            wait_until(lambda: busy_workers(server) == 0, "free threads")
        finally:
            for connection in connections:
                connection.close()
        assert api.get("contacts", action="all", folder=folder, columns="1").data == []
        api.close()


def test_a_client_that_stops_reading_holds_neither_thread_nor_connection():
    # Who held a connection until its client is given up would let the others wait for longer than they may.
    with Groupware(directives="Timeout 12\n" + STATUS + "GroupwareDatabasePool size=2 wait=10s\n") as server:
        api = server.tenant()
        folder = api.private_folder()
        note = "x" * 60_000
        ids = [api.put("contacts", {"folder_id": folder, "display_name": f"C{number}", "note": note}, action="new").data["id"]
               for number in range(20)]
        request = raw_request(api, "GET", "contacts",
                              {"action": "all", "folder": folder, "columns": ",".join(["1"] + ["518"] * 10)}, "")
        connections = []
        try:
            for _ in range(6):
                connection = socket.socket()
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connection.connect(("127.0.0.1", server.port))
                connection.sendall(request)
                connections.append(connection)
            # More stalled answers than database connections: others must not wait for them.
            found = api.get("contacts", action="get", id=ids[0], folder=folder)
            assert found.status == 200, found.text
            wait_until(lambda: busy_workers(server) == 0, "free threads")
        finally:
            for connection in connections:
                connection.close()
        api.close()
