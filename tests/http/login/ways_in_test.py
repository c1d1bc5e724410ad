"""The other ways to sign in and what happens to a session afterwards. Source: conventions, sections 9 and 10."""

import re
import urllib.parse

from support.client import ApiClient
from support.groupware import PASSWORD

DIRECTIVES = "GroupwareTokenSecret known-secret"


def credentials(api, **more) -> dict:
    api.user(1)
    return {"login": api.login_name("user1"), "password": PASSWORD, "client": "form", "version": "1", **more}


def fragment(location: str) -> dict:
    return dict(urllib.parse.parse_qsl(location.split("#", 1)[1]))


def is_in(client: ApiClient, api, session: str) -> bool:
    return client.get("config/identifier", session=session).json.get("data") == api.user(1).user_id


def set_cookies(answer) -> dict:
    """Name without its hash to (value, attributes)."""
    found = {}
    for line in answer.headers.get_all("Set-Cookie") or []:
        pair, *attributes = line.split("; ")
        name, _, value = pair.partition("=")
        found[re.sub(r"-[A-Za-z0-9_]+$", "", name)] = (value, attributes)
    return found


def test_a_user_signs_in_with_the_name_and_a_mapping_of_his_context(api):
    api.user(1)
    api.ctl("context", "change", "--id", api.context_id, "--add-mapping", f"mapped{api.context_id}.test")
    for name in (api.login_name("user1"), f"user1@mapped{api.context_id}.test", f"  {api.login_name('user1')} "):
        client = api.anonymous()
        client.login(name, PASSWORD)
        assert client.user_id == api.user(1).user_id and client.context_id == api.context_id, name
    api.anonymous().try_login("user1", PASSWORD).expect_error("LGI-0006")  # there is no default context here


def test_cookies_are_for_this_browser_only_and_never_for_scripts(api):
    api.user(1)
    answer = api.anonymous().login(api.login_name("user1"), PASSWORD)
    cookies = set_cookies(answer)
    assert set(cookies) == {"open-xchange-session", "open-xchange-secret", "open-xchange-public-session"}
    assert cookies["open-xchange-session"][0] == answer.json["session"]
    for name, (value, attributes) in cookies.items():
        assert re.fullmatch(r"[0-9a-f]{32}", value), name
        assert attributes == ["Path=/", "HttpOnly", "SameSite=Lax"], name
    assert len({value for value, _ in cookies.values()}) == 3


def test_store_makes_the_cookies_last_and_logout_ends_them(api):
    client = api.user(1)
    stored = client.get("login", action="store")
    assert stored.data == "1"
    for name, (_, attributes) in set_cookies(stored).items():
        assert "Max-Age=604800" in attributes and any(a.startswith("Expires=") for a in attributes), name
    answer = client.get("login", action="logout")
    assert answer.status == 200 and answer.body == b""
    gone = set_cookies(answer)
    assert set(gone) == {"open-xchange-session", "open-xchange-secret", "open-xchange-public-session"}
    for name, (value, attributes) in gone.items():
        assert value == "" and any("1970" in a for a in attributes), name
    assert client.cookies == {}


def test_autologin_resumes_the_session_of_the_cookies_and_only_that(api):
    client = api.user(1)
    again = client.get("login", action="autologin", session=None)
    assert again.json["session"] == client.session and again.json["user_id"] == client.user_id
    other_client = client.get("login", action="autologin", session=None, client="another")
    other_client.expect_error("SVL-0003")
    assert "session" not in other_client.json and client.cookies, "cookies of the first client must stay"
    stranger = api.anonymous()
    stranger.get("login", action="autologin").expect_error("SVL-0003")
    stranger.cookies = {name: value for name, value in client.cookies.items() if "secret" not in name}
    stranger.user_agent = client.user_agent
    stranger.get("login", action="autologin").expect_error("SVL-0003")
    assert not any("session-" in name and "public" not in name for name in stranger.cookies), "a failure clears cookies"
    client.logout()
    client.get("login", action="autologin").expect_error("SVL-0003")


def test_another_user_agent_does_not_find_its_secret(api):
    client = api.user(1)
    client.user_agent += " changed"
    client.get("config/identifier").expect_error("SES-0206")


def test_formlogin_sends_the_browser_to_the_ui_with_the_session_in_the_fragment(api):
    client = api.anonymous()
    answer = client.form("login", credentials(api, autologin=True, uiWebPath="/ui/index.html"), action="formlogin",
                         authId="form1")
    assert answer.status == 302 and answer.body == b""
    location = answer.headers["Location"]
    assert location.startswith("/ui/index.html#session="), location
    found = fragment(location)
    assert found == {"session": found["session"], "user": api.login_name("user1"), "user_id": str(api.user(1).user_id),
                     "language": "en_US", "store": "true"}
    assert is_in(client, api, found["session"])


def test_formlogin_never_leaves_this_server(api):
    for number, path in enumerate(("https://evil.test/", "//evil.test/", "/\\evil.test/", "javascript:alert(1)")):
        answer = api.anonymous().form("login", credentials(api, autologin=False, uiWebPath=path), action="formlogin",
                                      authId=f"far{number}")
        assert answer.status == 302 and "evil" not in answer.headers["Location"].split("#")[0], path
        assert answer.headers["Location"].startswith("/"), path


def test_a_failed_formlogin_is_a_page_that_goes_back(api):
    answer = api.anonymous().form("login", credentials(api, autologin=False, password="wrong"), action="formlogin",
                                  authId="form2", headers={"Referer": "http://localhost/login.html?x=1#y"})
    assert answer.status == 200 and answer.media_type == "text/html"
    assert "The user name or password is incorrect." in answer.text
    assert '5; url=http://localhost/login.html?x=1&amp;login=failed#y"' in answer.text


def test_token_login_gives_a_session_once_to_who_has_both_tokens(api):
    client = api.anonymous()
    answer = client.form("login", credentials(api, autologin=False, clientToken="mine", jsonResponse=True),
                         action="tokenLogin", authId="token1")
    first = answer.json
    assert set(first) == {"serverToken", "jsessionid", "user", "user_id", "url"} and not set_cookies(answer)
    tokens = {"serverToken": first["serverToken"], "clientToken": "mine", "client": "form"}
    opened = client.form("login", tokens, action="tokens")
    assert set(opened.data) == {"session", "user", "user_id", "context_id", "locale"}
    assert is_in(client, api, opened.data["session"])
    client.form("login", tokens, action="tokens").expect_error("SES-0210")


def test_a_wrong_client_token_opens_nothing(api):
    client = api.anonymous()
    first = client.form("login", credentials(api, autologin=False, clientToken="mine", jsonResponse=True),
                        action="tokenLogin", authId="token2").json
    client.form("login", {"serverToken": first["serverToken"], "clientToken": "other", "client": "form"},
                action="tokens").expect_error("SES-0211")
    client.form("login", {"serverToken": "0" * 32, "clientToken": "mine", "client": "form"},
                action="tokens").expect_error("SES-0210")


def test_a_token_is_redeemed_once_for_a_session_of_its_own(api):
    token = api.get("token", action="acquireToken").data["token"]
    client = api.anonymous()
    client.form("login", {"token": token, "secret": "wrong-secret", "client": "other"},
                action="redeemToken").expect_error("LGI-0026")
    answer = client.form("login", {"token": token, "secret": "known-secret", "client": "other"}, action="redeemToken")
    assert answer.json["session"] != api.user(1).session and "password" not in answer.json
    assert is_in(client, api, answer.json["session"]) and is_in(api.user(1), api, api.user(1).session)
    client.form("login", {"token": token, "secret": "known-secret", "client": "other"},
                action="redeemToken").expect_error("LGI-0026")


def test_changeip_needs_the_secret_and_moves_the_session(api):
    client = api.user(1)
    api.anonymous().form("login", {"session": client.session, "clientIP": "127.0.0.1"},
                         action="changeip").expect_error("SES-0203")
    client.form("login", {"session": client.session, "clientIP": "nowhere"}, action="changeip",
                session=None).expect_error("SVL-0010")
    assert client.form("login", {"session": client.session, "clientIP": "192.0.2.7"}, action="changeip",
                       session=None).data == "1"
    answer = client.get("config/identifier")
    error = answer.expect_error("SES-0205")
    assert error["error"] == "Your network address changed. Please sign in again." and error["category"] == 3
    # Whoever has the secret may move it back.
    assert client.form("login", {"session": client.session, "clientIP": "127.0.0.1"}, action="changeip",
                       session=None).data == "1"
    assert is_in(client, api, client.session)
