"""A session belongs to the address of its login. Source: conventions, section 9.5."""

import http.client
import json

from support.groupware import PASSWORD


def get_from(address: str, client, **parameters) -> dict:
    """As `client`, but from another address of this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30, source_address=(address, 0))
    try:
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        connection.request("GET", client.target("config/identifier", parameters),
                           headers={"User-Agent": client.user_agent, "Cookie": cookies})
        answer = connection.getresponse()
        assert answer.status == 200
        return json.loads(answer.read())
    finally:
        connection.close()


def test_another_address_may_not_use_the_session(api):
    client = api.user(1)
    error = get_from("127.0.0.2", client)
    assert error["code"] == "SES-0205" and error["category"] == 3 and "data" not in error
    assert error["error"] == "Your network address changed. Please sign in again."
    assert client.get("config/identifier").data == client.user_id, "the session itself goes on"


def test_clients_of_the_white_list_may_move(api):
    api.user(1)
    client = api.anonymous()
    client.login(api.login_name("user1"), PASSWORD, client="open-xchange-mailapp")
    assert get_from("127.0.0.2", client)["data"] == client.user_id
    assert get_from("127.0.0.1", client)["data"] == client.user_id


def test_sessions_that_the_administrator_ended_are_gone_at_once(api):
    killed, deleted = api.user(1), api.user(2)
    api.ctl("session", "kill", "--context", api.context_id, "--name", "user1")
    api.ctl("user", "delete", "--context", api.context_id, "--name", "user2")
    assert killed.get("config/identifier").code == "SES-0203"
    assert deleted.get("config/identifier").code == "SES-0203"
    killed.login(api.login_name("user1"), PASSWORD)
    api.anonymous().try_login(api.login_name("user2"), PASSWORD).expect_error("LGI-0006")


def test_nobody_of_a_locked_context_gets_in(api):
    client = api.user(1)
    api.ctl("context", "disable", "--id", api.context_id)
    assert client.get("config/identifier").code == "SES-0204"
    refused = api.anonymous().try_login(api.login_name("user1"), PASSWORD)
    assert refused.code in ("LGI-0001", "LGI-0006"), refused.text
    api.ctl("context", "enable", "--id", api.context_id)
    api.anonymous().login(api.login_name("user1"), PASSWORD)
