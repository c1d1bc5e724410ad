"""Users who reach their mail servers with a token: of the request, or of the session, which got it at sign-in. The filter
server takes it, too, so rules that the administrator wants are made with it."""

import json

from support.mail_servers import make_token
from support.servers import wait_until

MAIL = True
DIRECTIVES = """
SetEnvIf X-Test-Token "(.+)" GW_TOKEN=$1
GroupwareMailOAuth xoauth2 GW_TOKEN
GroupwareMailCategories on
GroupwareMailCategory offers from=Shop@example.org,news@example.org
GroupwareMailCategory social
"""
INBOX = "default0/INBOX"


def bearer(api, name: str = "user1", lifetime: int = 3600) -> dict:
    return {"X-Test-Token": make_token(f"{name}.{api.context_id}", lifetime)}


def count(client, **headers):
    return client.get("mail", action="count", folder=INBOX, **headers)


def sign_in(api, headers: dict):
    """A session whose sign-in came with these headers."""
    api.user(1)
    client = api.anonymous()
    fields = {"name": api.login_name("user1"), "password": "secret"}
    answer = client.form("login", fields, action="login", session=None, headers=headers)
    client.session = answer.json["session"]
    return client


def test_the_token_of_the_request_opens_the_mailbox(api):
    api.need_mail_extension("AUTH=XOAUTH2")
    client = api.user(1)
    count(client).expect_error("MSG-1000")
    assert count(client, headers=bearer(api)).data == 0
    count(client, headers=bearer(api, lifetime=-60)).expect_error("MSG-1000")
    count(client, headers=bearer(api, "user2")).expect_error("MSG-1000")
    count(client, headers={"X-Test-Token": "not a token"}).expect_error("MSG-1000")
    [answer] = client.put("multiple", [{"module": "mail", "action": "count", "folder": INBOX}], headers=bearer(api)).json
    assert answer["data"] == 0


def test_the_token_of_the_sign_in_serves_the_session(api):
    api.need_mail_extension("AUTH=XOAUTH2")
    client = sign_in(api, bearer(api))
    assert count(client).data == 0
    assert count(client, headers=bearer(api)).data == 0
    over = sign_in(api, bearer(api, lifetime=-60))
    count(over).expect_error("MSG-1000")
    assert count(over, headers=bearer(api)).data == 0
    api.user(1).put("passwordchange", {"old_password": "secret", "new_password": "secret2"}, action="update")
    assert count(sign_in_again(api, "secret2")).data == 0


def sign_in_again(api, password: str):
    client = api.anonymous()
    answer = client.form("login", {"name": api.login_name("user1"), "password": password}, action="login", session=None,
                         headers=bearer(api))
    client.session = answer.json["session"]
    return client


def test_mails_are_sent_with_the_token(api):
    api.need_mail_extension("AUTH=XOAUTH2")
    api.user(2)
    client = sign_in(api, bearer(api))
    mail = {"from": [["", api.mail("user1")]], "to": [["", api.mail("user2")]], "subject": "with a token",
            "attachments": [{"content_type": "text/plain", "content": "text"}]}
    assert client.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").data.startswith("default0/Sent/")
    other = bearer(api, "user2")
    wait_until(lambda: count(api.user(2), headers=other).data == 1, "the mail")


def test_the_administrators_senders_become_rules_once(api):
    api.need_mail_extension("AUTH=XOAUTH2")
    client = sign_in(api, bearer(api))
    assert client.get("mailfilter/v2", action="list").data == []
    assert client.get("mail/categories", action="unread").data == {"general": 0, "offers": 0, "social": 0}
    [rule] = client.get("mailfilter/v2", action="list", flag="category").data
    assert (rule["rulename"], sorted(rule["test"]["values"])) == ("offers", ["news@example.org", "shop@example.org"])
    client.put("mailfilter/v2", {"id": rule["id"]}, action="delete")
    client.get("mail/categories", action="unread").data
    assert client.get("mailfilter/v2", action="list").data == []


def test_a_filter_server_that_lets_nobody_in_stops_nothing(api):
    api.need_mail_extension("AUTH=XOAUTH2")
    client = api.user(1)
    told = client.put("jslob", ["io.ox/mail"], action="list").data[0]["tree"]["categories"]
    assert [each["id"] for each in told["list"]] == ["general", "offers", "social"]
    client.get("mail/categories", action="unread").expect_error("MSG-1000")
    # The next try comes later.
    assert client.get("mail/categories", action="unread", headers=bearer(api)).data["general"] == 0
    assert client.get("mailfilter/v2", action="list", headers=bearer(api)).data == []
