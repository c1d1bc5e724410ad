"""Who may come in: passwords, throttling, switches, a database that is away."""

from support import dav
from support.groupware import PASSWORD

DIRECTIVES = "GroupwareFailedLogins 1000000\n"


def test_without_a_password_nothing_is_told(api):
    client = dav.client(api)
    client.authorization = "Basic !"
    for method in ("GET", "PUT", "PROPFIND", "DELETE", "LOCK"):
        answer = client.send(method, dav.home(api))
        assert answer.status == 401 and answer.headers["WWW-Authenticate"] == 'Basic realm="Files"', method


def test_the_server_tells_what_it_can(api):
    client = dav.client(api)
    client.put(dav.home(api) + "/a.txt", b"1")
    answer = client.send("OPTIONS", dav.home(api) + "/a.txt")
    assert answer.status == 200 and answer.headers["MS-Author-Via"] == "DAV"
    assert answer.headers["DAV"].replace(" ", "").startswith("1,2")
    for method in ("PUT", "DELETE", "PROPFIND", "PROPPATCH", "COPY", "MOVE", "LOCK", "UNLOCK"):
        assert method in answer.headers["Allow"], method


def test_a_changed_password_counts_at_once(api):
    client = dav.client(api)
    assert client.send("PROPFIND", "/", Depth="0").status == 207
    api.ctl("user", "change", "--context", api.context_id, "--name", "user1", "--password", "another")
    assert client.send("PROPFIND", "/", Depth="0").status == 401
    again = dav.DavClient(api.server.port, api.login_name("user1"), "another")
    assert again.send("PROPFIND", "/", Depth="0").status == 207
    again.close()


def test_webdav_is_a_right_of_its_own(api):
    client = dav.client(api)
    for module in ("webdav", "infostore"):
        assert client.send("PROPFIND", "/", Depth="0").status == 207
        api.ctl("user", "change", "--context", api.context_id, "--name", "user1", "--module", f"-{module}")
        for method in ("PROPFIND", "GET", "PUT", "LOCK", "MKCOL"):
            api.announce("GW0200: WebDAV look-up: this user may not use files over WebDAV")
            assert client.send(method, dav.home(api) + "/x", Depth="0").status == 403, method
        api.ctl("user", "change", "--context", api.context_id, "--name", "user1", "--module", f"+{module}")


def test_failures_are_counted_as_those_of_the_login(api):
    dav.client(api)
    wrong = dav.DavClient(api.server.port, api.login_name("user1"), "wrong")
    statuses = [wrong.send("PROPFIND", "/", Depth="0").status for _ in range(12)]
    assert statuses[:10] == [401] * 10 and statuses[-1] == 429
    # The counters are those of the HTTP API.
    stranger = api.anonymous()
    assert stranger.form("login", {"name": api.login_name("user1"), "password": PASSWORD}, action="login").code == "LGI-0028"
    wrong.close()


def test_one_file_that_two_spellings_of_a_name_open(api):
    client = dav.client(api)
    client.put(dav.home(api) + "/a.txt", b"1")
    token = client.lock(dav.home(api) + "/a.txt")
    other = dav.DavClient(api.server.port, api.login_name("user1").upper())
    assert other.put(dav.home(api) + "/a.txt", b"2", If=f"(<{token}>)").status == 204
    other.close()
