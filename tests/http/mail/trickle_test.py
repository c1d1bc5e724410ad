"""Mail servers that answer byte by byte: an error within the time-out, which is for all of an answer and not for each byte."""

import json

from support.mail_proxy import Fault

MAIL = "faulty"
DIRECTIVES = "GroupwareMailTimeouts connect=1s read=1s\n"
PACE = 0.1
LITERAL = b"* 1 FETCH (UID 1 BODY[] {5000}\r\n" + b"x" * 300


def plain(subject: str) -> bytes:
    return f"From: ann@example.org\r\nSubject: {subject}\r\nMessage-ID: <{subject}@x.test>\r\n\r\ntext\r\n".encode()


def test_a_mail_that_trickles_in(api):
    api.user(1)
    api.save_mail("user1", plain("a"))
    [[id]] = api.get("mail", action="all", folder="default0/INBOX", columns="600").data
    with api.server.mail.imap.failing(Fault("FETCH", LITERAL, pace=PACE)):
        api.get("mail", action="get", folder="default0/INBOX", id=id, view="text").expect_error("MSG-1014")
    assert api.get("mail", action="get", folder="default0/INBOX", id=id, view="text").data["subject"] == "a"


def test_an_outgoing_server_whose_answers_trickle(api):
    api.user(2)
    mail = {"from": [[None, api.mail("user1")]], "to": [[None, api.mail("user2")]], "subject": "never",
            "attachments": [{"content_type": "text/plain", "content": "text"}]}
    for line, code in (("^MAIL", "MSG-1020"), (r"^\.\r\n$", "MSG-1014")):
        with api.server.mail.smtp.failing(Fault(line, b"250-" + b"x" * 300, pace=PACE)):
            api.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").expect_error(code)


def test_rules_that_trickle_in(api):
    keep = {"test": {"id": "true"}, "actioncmds": [{"id": "keep"}]}
    api.put("mailfilter/v2", keep, action="new").data
    with api.server.mail.sieve.failing(Fault("GETSCRIPT", b"{9000}\r\n" + b"#" * 300, pace=PACE)):
        api.get("mailfilter/v2", action="list").expect_error("MAIL_FILTER-0015")
    assert len(api.get("mailfilter/v2", action="list").data) == 1
