"""OAUTHBEARER on real servers with tokens that say nothing by themselves: Dovecot asks the authorization server about each."""

import json

from support.servers import wait_until

MAIL = True
DIRECTIVES = """
SetEnvIf X-Test-Token "(.+)" GW_TOKEN=$1
GroupwareMailOAuth oauthbearer GW_TOKEN
"""
INBOX = "default0/INBOX"
MAIL_TEXT = b"From: a@x.test\r\nTo: b@x.test\r\nSubject: behind a token\r\n\r\ntext\r\n"


def bearer(api, name: str = "user1", lifetime: int = 3600) -> dict:
    return {"X-Test-Token": api.server.mail.tokens.issue(f"{name}.{api.context_id}", lifetime)}


def subjects(client, headers: dict):
    return client.get("mail", action="all", folder=INBOX, columns="607", headers=headers)


def test_a_token_that_the_authorization_server_knows_opens_the_inbox(api):
    api.need_mail_extension("AUTH=OAUTHBEARER")
    client, mail = api.user(1), api.server.mail
    api.save_mail("user1", MAIL_TEXT)
    good = bearer(api)
    assert subjects(client, good).data == [["behind a token"]]
    assert good["X-Test-Token"] in mail.tokens.asked
    login = f"user=<user1.{api.context_id}>, method=OAUTHBEARER"
    wait_until(lambda: login in mail.dovecot.log_text(), "Dovecot's line about the login")


def test_no_other_token_does(api):
    api.need_mail_extension("AUTH=OAUTHBEARER")
    client, mail = api.user(1), api.server.mail
    for headers in ({}, {"X-Test-Token": "nobody-issued-it"}, bearer(api, "user2"), bearer(api, lifetime=-60)):
        subjects(client, headers).expect_error("MSG-1000")
    assert "nobody-issued-it" in mail.tokens.asked
    assert subjects(client, bearer(api)).data == []


def test_mails_are_sent_and_rules_are_kept_with_it(api):
    api.need_mail_extension("AUTH=OAUTHBEARER")
    api.user(2)
    client, good = api.user(1), bearer(api)
    mail = {"from": [["", api.mail("user1")]], "to": [[None, api.mail("user2")]], "subject": "with a token",
            "attachments": [{"content_type": "text/plain", "content": "text"}]}
    form = {"json_0": json.dumps(mail)}
    assert client.multipart("mail", form, {}, action="new", headers=good).data.startswith("default0/Sent/")
    wait_until(lambda: subjects(api.user(2), bearer(api, "user2")).data == [["with a token"]], "the mail")
    client.multipart("mail", form, {}, action="new", headers={"X-Test-Token": "nobody-issued-it"}).expect_error("MSG-1030")
    assert client.get("mailfilter/v2", action="list", headers=good).data == []
