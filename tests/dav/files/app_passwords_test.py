"""App passwords, and what a second factor means for programs that know none. docs/sign-in.md"""

from support import dav
from support.second_factor import App


def make(api, scope: str = "webdav") -> str:
    fields = {"appScope": scope, "appName": "Laptop"}
    return api.user(1).form("appPasswords", fields, action="add").data["password"]


def mount(api, password: str, name: str | None = None) -> dav.DavClient:
    client = dav.DavClient(api.server.port, name or api.login_name("user1"), password)
    api.all_clients.append(client)
    return client


def status(client: dav.DavClient) -> int:
    return client.send("PROPFIND", "/", Depth="0").status


def test_an_app_password_opens_its_protocol_and_no_other(api):
    owner = api.user(1)
    assert {"webdav", "api"} <= {each["name"] for each in owner.get("appPasswords", action="getApps").data}
    files, program = make(api), make(api, "api")
    client = mount(api, files)
    for _ in range(2):  # the second one is remembered
        assert status(client) == 207
    assert client.put(dav.home(api) + "/a.txt", b"1").status == 201
    assert status(mount(api, program)) == 401
    api.anonymous().try_login(api.login_name("user1"), files).expect_error("LGI-0006")
    assert api.anonymous().login(api.login_name("user1"), program).json["user_id"] == owner.user_id
    api.user(2)
    assert status(mount(api, files, api.login_name("user2"))) == 401


def test_a_revoked_one_ends_at_once_and_the_list_tells_the_last_use(api):
    owner, password = api.user(1), make(api)
    client = mount(api, password)
    assert status(client) == 207
    entry = owner.get("appPasswords", action="list").data[0]
    assert (entry["Scope"], entry["Name"], entry["IP"]) == ("webdav", "Laptop", "127.0.0.1")
    assert entry["LastDevice"] == client.user_agent and entry["LastLogin"]
    assert owner.form("appPasswords", {"uuid": entry["UUID"]}, action="remove").data == {"result": "OK"}
    assert status(client) == 401
    second = mount(api, make(api))
    assert status(second) == 207
    chosen = ("--context", api.context_id, "--name", "user1")
    assert "Laptop" in api.ctl("app-password", "list", *chosen)
    assert api.ctl("app-password", "revoke", "--all", *chosen) == "revoked: 1\n"
    assert status(second) == 401


def test_with_a_second_factor_the_refusal_points_to_app_passwords(api):
    own = dav.client(api)
    assert status(own) == 207
    App(api.user(1))
    refused = own.send("PROPFIND", "/", Depth="0")
    assert refused.status == 401 and "app password" in refused.text, refused.text
    assert refused.headers["WWW-Authenticate"] == 'Basic realm="Files"'
    wrong = mount(api, "wrong").send("PROPFIND", "/", Depth="0")
    assert wrong.status == 401 and "app password" not in wrong.text
    assert status(mount(api, make(api))) == 207
