"""Sessions that an administrator ends from outside the server. Source: design, section 5; docs/groupwarectl.md."""

from support.groupware import PASSWORD


def is_in(client) -> bool:
    return "data" in client.get("config/identifier").json


def second_login(api, user: str):
    client = api.anonymous()
    client.login(api.login_name(user), PASSWORD)
    return client


def test_a_killed_session_is_gone_at_its_next_request_and_no_other(api):
    first, bystander = api.user(1), api.user(2)
    second = second_login(api, "user1")
    for client in (first, second, bystander) * 3:  # held by the cache of the server now
        assert is_in(client)
    api.ctl("session", "kill", "-c", api.context_id, "--session", first.session)
    assert is_in(second)  # whoever comes first must not vouch for the others
    first.get("login", action="autologin").expect_error("SVL-0003")
    first.get("config/identifier").expect_error("SES-0203")
    assert is_in(second) and is_in(bystander)


def test_all_sessions_of_a_user_end_at_once(api):
    first, bystander = api.user(1), api.user(2)
    second = second_login(api, "user1")
    for client in (first, second, bystander) * 2:
        assert is_in(client)
    api.ctl("session", "kill", "-c", api.context_id, "--name", "user1")
    for client in (first, second):
        client.get("config/identifier").expect_error("SES-0203")
    assert is_in(bystander)
    assert is_in(second_login(api, "user1"))
