"""Requests that no ordinary client sends: bodies of unknown length, expectations, other methods, odd addresses."""

import contextlib
import socket

DIRECTIVES = "GroupwareUploadLimit 100000\nGroupwareBodyLimit 100000\nGroupwareImageLimit 20000\nGroupwareDocumentLimit 65536\nTimeout 10"

CONTINUE = b"HTTP/1.1 100 Continue\r\n"


class Wire:
    """One connection on which bytes are sent as they are."""

    def __init__(self, client):
        self.client = client
        self.socket = socket.create_connection(("127.0.0.1", client.port), timeout=30)

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_) -> None:
        self.socket.close()

    def head(self, method: str, module: str, parameters: dict, headers: str = "") -> None:
        self.line(f"{method} {self.client.target(module, parameters)}", headers)

    def line(self, line: str, headers: str = "") -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        self.send(f"{line} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {self.client.user_agent}\r\n"
                  f"Cookie: {cookies}\r\n{headers}\r\n".encode())

    def send(self, data: bytes) -> None:
        # The server may answer and close before it has read everything.
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            self.socket.sendall(data)

    def until(self, mark: bytes) -> bytes:
        """What comes up to `mark`, or up to the end of the connection."""
        seen = b""
        with contextlib.suppress(ConnectionResetError):
            while mark not in seen:
                piece = self.socket.recv(65536)
                if not piece:
                    break
                seen += piece
        return seen

    def all(self) -> bytes:
        return self.until(b"\0never\0")


CLOSE = "Connection: close\r\n"


def status(answer: bytes) -> int:
    assert answer.startswith(b"HTTP/1.1 "), answer[:200]
    return int(answer.split(b" ", 2)[1])


def exchange(client, method: str, parameters: dict, headers: str, body: bytes = b"") -> bytes:
    with Wire(client) as wire:
        wire.head(method, "contacts", parameters, CLOSE + headers)
        if body:
            wire.send(body)
        return wire.all()


def names(api, folder: str) -> list:
    return [row[0] for row in api.get("contacts", action="all", folder=folder, columns="500").data]


def chunked(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def test_a_body_in_chunks_is_taken(api):
    folder = api.private_folder()
    body = chunked(b'{"folder_id": "%s", ' % folder.encode(), b'"display_name": "Chunks"}')
    answer = exchange(api.user(1), "PUT", {"action": "new"}, "Transfer-Encoding: chunked\r\n", body)
    assert status(answer) == 200 and b'"data"' in answer, answer
    assert names(api, folder) == ["Chunks"]


def test_a_body_in_chunks_ends_at_the_limit_with_413(api):
    folder = api.private_folder()
    with Wire(api.user(1)) as wire:
        wire.head("PUT", "contacts", {"action": "new"}, "Transfer-Encoding: chunked\r\n")
        wire.send(b'5\r\n{"a":\r\n' + b"8000\r\n" + b"x" * 0x8000 + b"\r\n" + b"18000\r\n" + b"x" * 0x18000 + b"\r\n")
        # The last chunk never comes: the answer does not wait for it.
        answer = wire.until(b"</html>")
    assert status(answer) == 413 and b"\r\nConnection: close\r\n" in answer, answer
    assert names(api, folder) == []


def test_broken_chunks_are_refused_and_store_nothing(api):
    folder = api.private_folder()
    answer = exchange(api.user(1), "PUT", {"action": "new"}, "Transfer-Encoding: chunked\r\n", b"zz\r\n{}\r\n0\r\n\r\n")
    assert status(answer) == 400, answer
    assert names(api, folder) == []


def test_an_expectation_is_met_only_for_a_body_that_is_wanted(api):
    client, folder = api.user(1), api.private_folder()
    body = b'{"folder_id": "%s", "display_name": "Expected"}' % folder.encode()
    with Wire(client) as wire:
        wire.head("PUT", "contacts", {"action": "new"}, CLOSE + f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n")
        assert wire.until(b"\r\n\r\n").startswith(CONTINUE)
        wire.send(body)
        assert status(wire.all()) == 200
    assert names(api, folder) == ["Expected"]
    too_large = exchange(client, "PUT", {"action": "new"}, "Expect: 100-continue\r\nContent-Length: 200000\r\n")
    assert status(too_large) == 413, too_large
    for parameters in ({"action": "new", "session": "0" * 32}, {"action": "nonsense"}):
        refused = exchange(client, "PUT", parameters, "Expect: 100-continue\r\nContent-Length: 90000\r\n")
        assert status(refused) == 200 and b'"code":"S' in refused, refused


def test_other_methods_are_told_which_ones_there_are(api):
    client = api.user(1)
    for method, wanted in (("OPTIONS", 200), ("PROPFIND", 405), ("BREW", 405)):
        answer = exchange(client, method, {"action": "all"}, "")
        assert status(answer) == wanted, answer
        assert b"\r\nAllow: GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS\r\n" in answer, answer


def test_addresses_that_cannot_be_are_refused_by_status(api):
    api.announce("AH10244")  # httpd's own line about a malformed path
    client = api.user(1)
    for target, wanted in (("/ajax/contacts%00?action=all", 404), ("/ajax/con%zzacts?action=all", 400),
                           ("/ajax/con%2ftacts?action=all", 404), ("/ajax/" + "x" * 9_000, 414)):
        with Wire(client) as wire:
            wire.line(f"GET {target}", CLOSE)
            assert status(wire.all()) == wanted, target


def test_a_query_of_odd_bytes_gets_an_answer_in_valid_utf8(api):
    client = api.user(1)
    for action in ("%00", "%ff%fe", "%zz", "%", "%c3"):
        with Wire(client) as wire:
            wire.line(f"GET /ajax/contacts?action=a{action}&session={client.session}", CLOSE)
            answer = wire.all()
        assert status(answer) == 200 and b"SVL-0021" in answer, answer
        answer.decode("utf-8")
