"""Paths that try to get out, in, or through: 4xx, and nothing is told or made."""

import base64
import http.client

from support import dav
from support.groupware import PASSWORD


def raw(api, method: str, target: str, headers: dict | None = None) -> tuple[int, bytes]:
    """Sends the target byte for byte."""
    login = base64.b64encode(f"{api.login_name('user1')}:{PASSWORD}".encode()).decode()
    connection = http.client.HTTPConnection("127.0.0.1", api.server.port, timeout=30)
    connection.putrequest(method, target, skip_accept_encoding=True)
    for name, value in {"Authorization": f"Basic {login}", "Content-Length": "0", **(headers or {})}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    result = answer.status, answer.read()
    connection.close()
    return result


HOME = dav.ROOT + "/Userstore/User1%20Test"
PATHS = (
    HOME + "/../../Userstore/User2%20Test/secret.txt",
    HOME + "/%2e%2e/User2%20Test/secret.txt",
    HOME + "/..%2fUser2%20Test/secret.txt",
    HOME + "/%2e%2e%2fUser2%20Test%2fsecret.txt",
    HOME + "/secret.txt%00.png",
    HOME + "/%00",
    HOME + "/%ff%fe",
    dav.ROOT + "/../../../../etc/passwd",
    dav.ROOT + "/Userstore/User2%20Test/secret.txt",
    dav.ROOT + "/Userstore/./../Userstore/User2%20Test/secret.txt",
    dav.ROOT + "//Userstore//User2%20Test//secret.txt",
)


def test_tricks_with_paths_open_nothing(api):
    dav.client(api)
    owner = dav.client(api, 2)
    assert owner.put(dav.home(api, 2) + "/secret.txt", b"secret").status == 201
    api.announce("AH10244: invalid URI path")
    for path in PATHS:
        for method in ("GET", "PUT", "DELETE", "PROPFIND", "MKCOL", "LOCK"):
            status, body = raw(api, method, path, {"Depth": "0"} if method == "PROPFIND" else None)
            assert 400 <= status < 500, f"{method} {path}: {status}"
            assert body.find(b"secret</") < 0 and body != b"secret", f"{method} {path}"
    assert owner.send("GET", dav.home(api, 2) + "/secret.txt").body == b"secret"
    assert owner.list(dav.home(api, 2)) == ["secret.txt"]
    assert dav.client(api).list(dav.home(api)) == []


def test_destinations_elsewhere_are_refused(api):
    client = dav.client(api)
    client.put(dav.home(api) + "/a.txt", b"1")
    port = api.server.port
    for target in (f"http://127.0.0.1:{port}/ready.txt", f"http://elsewhere.test{HOME}/b.txt", "nonsense",
                   f"http://127.0.0.1:{port}{HOME}/%00", f"http://127.0.0.1:{port}{HOME}/x/../../../../a",
                   f"http://127.0.0.1:{port}{dav.ROOT}/Userstore/User2%20Test/b.txt"):
        for method in ("COPY", "MOVE"):
            status, _ = raw(api, method, HOME + "/a.txt", {"Destination": target})
            assert 400 <= status < 500 or status == 502, f"{method} to {target}: {status}"
    assert client.list(dav.home(api)) == ["a.txt"]


def test_other_tenants_are_strangers(api):
    other = api.server.tenant()
    try:
        dav.client(other).put(dav.home(other) + "/theirs.txt", b"secret")
        client = dav.client(api)
        assert client.list("/Userstore") == ["User1 Test/"]
        assert client.list(dav.home(api)) == []
    finally:
        other.close()


def test_a_wrong_password_is_refused_and_throttled_like_a_login(api):
    dav.client(api)
    wrong = dav.DavClient(api.server.port, api.login_name("user1"), "wrong")
    answer = wrong.send("PROPFIND", "/", Depth="0")
    assert answer.status == 401 and answer.headers["WWW-Authenticate"].startswith("Basic realm=")
    for name in ("", "nobody@nowhere", api.login_name("user1") + "\u0000", "user1"):
        assert dav.DavClient(api.server.port, name, PASSWORD).send("GET", "/").status == 401, name
