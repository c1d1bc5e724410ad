"""Mail servers that send a line in time, and another one behind it, and never come to an end: the whole answer has its time-out."""

import json

from support.mail_proxy import Fault

MAIL = "faulty"
# A whole answer may take 15 of them.
DIRECTIVES = "GroupwareMailTimeouts connect=1s read=100ms\n"


def endless(line: bytes) -> Fault:
    """From the first byte on. When nobody gives it up it ends after half a minute, and then it is an answer of another kind."""
    return Fault(answer=line * 1000 + b"x" * len(line) + b"\r\n", pace=0.03, piece=len(line))


def test_a_mailbox_server_that_is_always_about_to_answer(api):
    api.user(1)
    with api.server.mail.imap.failing(endless(b"* OK still at it\r\n")) as imap:
        api.get("mail", action="all", folder="default0/INBOX", columns="600").expect_error("MSG-1014")
        assert len(imap.connections) == 1, "the next one would be no better"


def test_a_filter_server_that_is_always_about_to_answer(api):
    api.user(1)
    with api.server.mail.sieve.failing(endless(b'"STILL" "at it"\r\n')):
        api.get("mailfilter/v2", action="list").expect_error("MAIL_FILTER-0015")


def test_an_outgoing_server_that_is_always_about_to_answer(api):
    api.user(2)
    mail = {"from": [[None, api.mail("user1")]], "to": [[None, api.mail("user2")]], "subject": "never",
            "attachments": [{"content_type": "text/plain", "content": "text"}]}
    with api.server.mail.smtp.failing(endless(b"220-still at it\r\n")):
        api.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").expect_error("MSG-1016")
