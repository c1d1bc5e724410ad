"""Mail servers that fail in the middle of something: the API says so within the time-out, the next request works, no mail is
lost, and none goes out twice."""

import imaplib
import json

from support.mail_proxy import CUT, GO_ON, Fault
from support.servers import wait_until

MAIL = "faulty"
DIRECTIVES = "GroupwareMailTimeouts connect=1s read=1s\n"
INBOX, SENT, DRAFTS, TRASH = "default0/INBOX", "default0/Sent", "default0/Drafts", "default0/Trash"
GARBAGE = bytes(range(1, 256)) + b"\r\n" + b"* 3 FETCH ((((\r\n"
TRUNCATED = b"* 1 FETCH (UID 1 BODY[] {5000}\r\nFrom: a"


def plain(subject: str, body: str = "text", head: str = "") -> bytes:
    return (f"From: ann@example.org\r\nTo: user1@example.test\r\nSubject: {subject}\r\nDate: Mon, 01 Jul 2024 10:00:00 +0200\r\n"
            f"Message-ID: <{subject}@x.test>\r\n{head}\r\n{body}\r\n").encode()


def given(api, *subjects: str) -> list[str]:
    api.user(1)
    for subject in subjects:
        api.save_mail("user1", plain(subject))
    return [row[0] for row in rows(api)]


def rows(api, folder: str = INBOX, columns: str = "600,607") -> list:
    return api.get("mail", action="all", folder=folder, columns=columns).data


def subjects(api, *folders: str) -> list[str]:
    return sorted(row[1] for folder in folders for row in rows(api, folder))


def contacts_answer(api) -> None:
    assert api.get("contacts", action="all", folder=api.private_folder(), columns="1").data == []


def compose(api, subject: str, **members):
    mail = {"from": [[None, api.mail("user1")]], "to": [[None, api.mail("user2")]], "subject": subject,
            "attachments": [{"content_type": "text/plain", "content": "hello", "raw": True}], **members}
    return api.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new")


def code_with(api, proxy, *faults: Fault, act) -> str | None:
    with proxy.failing(*faults):
        code = act().code
        contacts_answer(api)
    return code


def test_a_server_that_fails_while_one_signs_in(api):
    given(api, "a")
    imap = api.server.mail.imap

    def list_inbox():
        return api.get("mail", action="all", folder=INBOX, columns="600")

    expected = [(Fault(), "MSG-1014"), (Fault(then=CUT), "MSG-1014"), (Fault(answer=GARBAGE), "MSG-1027"),
                (Fault(answer=b"220 here is SMTP\r\n"), "MSG-1027"), (Fault(answer=b"* BYE too many\r\n", then=CUT), "MSG-1016"),
                (Fault("AUTHENTICATE"), "MSG-1014"), (Fault("AUTHENTICATE", then=CUT), "MSG-1014"),
                (Fault("AUTHENTICATE", b"%TAG% NO [UNAVAILABLE] later\r\n"), "MSG-1016"),
                (Fault("AUTHENTICATE", b"%TAG% NO [AUTHENTICATIONFAILED] no\r\n"), "MSG-1000")]
    for fault, code in expected:
        assert code_with(api, imap, fault, act=list_inbox) == code, fault
    with imap.refusing():
        list_inbox().expect_error("MSG-1016")
        contacts_answer(api)
    assert subjects(api, INBOX) == ["a"]


def test_a_server_that_fails_while_one_reads(api):
    [id] = given(api, "a")
    imap = api.server.mail.imap

    def read():
        return api.get("mail", action="get", folder=INBOX, id=id, view="text")

    expected = [(Fault("FETCH", TRUNCATED), "MSG-1014"), (Fault("FETCH", TRUNCATED, CUT), "MSG-1014"), (Fault("FETCH"), "MSG-1014"),
                (Fault("FETCH", GARBAGE), "MSG-1027"), (Fault("FETCH", b"* 1 FETCH (UID 1 BODY[] {99999999999999}\r\n"), "MSG-1027"),
                (Fault("FETCH", b"%TAG% NO [SERVERBUG] oops\r\n", GO_ON), "MSG-1025"),
                (Fault("FETCH", b"%TAG% BAD what\r\n", GO_ON), "MSG-1026"),
                (Fault("EXAMINE|SELECT", b"%TAG% NO [NONEXISTENT] gone\r\n", GO_ON), "MSG-1002")]
    for fault, code in expected:
        assert code_with(api, imap, fault, act=read) == code, fault
    # A connection that was kept and is gone meanwhile costs a new one, and no error.
    imap.drop_connections()
    assert read().data["subject"] == "a"


def test_a_picture_and_a_source_that_break_off(api):
    [id] = given(api, "a")
    for parameters in ({"action": "get", "src": 1}, {"action": "attachment", "attachment": "1"}, {"action": "zip_messages"}):
        with api.server.mail.imap.failing(Fault(r"FETCH.*BODY", TRUNCATED, CUT)):
            answer = api.get("mail", folder=INBOX, id=id, **parameters)
            # What is streamed has no envelope any more.
            assert answer.status == 503 if parameters["action"] == "zip_messages" else answer.code == "MSG-1014", answer.text
            contacts_answer(api)


def plans_made_anew(api) -> tuple[str, list[str]]:
    """A folder that was looked at, removed and made again with another mail in it; and the ids of its old mails."""
    client = api.user(1)
    folder = client.put("folders", {"title": "Plans", "module": "mail"}, action="new", folder_id="default0").data
    for subject in ("a", "b"):
        api.save_mail("user1", plain(subject, head="X-Old: 1\r\n"), "Plans")
    old = [row[0] for row in rows(api, folder)]
    heads = client.get("mail", action="threadedAll", folder=folder, columns="600,607", sort=610, order="desc").data
    assert len(heads) == 2
    with imaplib.IMAP4("127.0.0.1", api.server.mail.mailboxes.ports["imap"]) as line:
        line.login(f"user1.{api.context_id}", "secret")
        assert line.delete("Plans")[0] == line.create("Plans")[0] == line.append("Plans", None, None, plain("c"))[0] == "OK"
    return folder, old


def only_the_new_is_shown(api, folder: str, old: list[str]) -> None:
    client = api.user(1)
    [[id, subject]] = rows(api, folder)
    assert subject == "c" and id in old, "the number was given again"
    shown = client.get("mail", action="get", folder=folder, id=id).data
    assert shown["subject"] == "c" and "X-Old" not in shown["headers"]
    heads = client.get("mail", action="threadedAll", folder=folder, columns="600,607", sort=610, order="desc").data
    assert [head["subject"] for head in heads] == ["c"]
    client.get("mail", action="get", folder=folder, id=old[1]).expect_error("MSG-0032")


def test_a_folder_that_was_made_anew_shows_what_is_in_it_now(api):
    folder, old = plans_made_anew(api)
    # What we remember of it outlives the connection.
    api.server.mail.imap.drop_connections()
    only_the_new_is_shown(api, folder, old)


def test_a_folder_that_was_made_anew_is_noticed_on_an_open_connection(api):
    folder, old = plans_made_anew(api)
    # Dovecot goes on showing the old mailbox to who has it open, as long as it remembers what it is asked for.
    wait_until(lambda: subjects(api, folder) == ["c"], "the new mail")
    only_the_new_is_shown(api, folder, old)


def move(api, id: str):
    return api.put("mail", {"folder_id": TRASH}, action="update", folder=INBOX, id=id)


def test_a_mail_is_never_lost_while_it_moves(api):
    imap = api.server.mail.imap
    for is_done in (False, True):
        for then in (CUT,):
            [id] = given(api, "a")
            with imap.failing(Fault("UID MOVE", then=then, is_done=is_done)):
                assert move(api, id).code == "MSG-1014"
                assert imap.count("UID MOVE") == 1, "a move is not repeated"
            assert subjects(api, INBOX, TRASH) == ["a"], (is_done, then)
            api.put("mail", [INBOX, TRASH], action="clear", harddelete=True)


def test_a_mail_is_never_lost_while_it_moves_in_steps(api):
    imap = api.server.mail.imap
    for line in ("UID COPY", "UID STORE", "UID EXPUNGE"):
        for is_done in (False, True):
            [id] = given(api, "a")
            with imap.saying(rb" MOVE\b", b" XXXX"), imap.failing(Fault(line, then=CUT, is_done=is_done)):
                code = move(api, id).code
                assert code in ("MSG-1014", None) and imap.count("UID COPY") == 1 and imap.count("UID MOVE") == 0, (line, code)
            found = subjects(api, INBOX, TRASH)
            assert found in (["a"], ["a", "a"]), (line, is_done, found)
            api.put("mail", [INBOX, TRASH], action="clear", harddelete=True)


def test_a_draft_is_never_lost_while_it_is_replaced(api):
    imap = api.server.mail.imap
    api.user(2)
    for line, is_done in (("APPEND", False), ("APPEND", True), ("UID STORE", False), ("UID EXPUNGE", False), ("UID EXPUNGE", True)):
        draft = compose(api, "old", flags=4).data
        with imap.failing(Fault(line, then=CUT, is_done=is_done)):
            answer = compose(api, "new", flags=4, sendtype=3, msgref=draft)
            assert imap.count("APPEND") == 1
        kept = subjects(api, DRAFTS)
        assert ("old" in kept) if answer.code else ("new" in kept), (line, is_done, answer.code, kept)
        api.put("mail", [DRAFTS], action="clear", harddelete=True)


def test_an_outgoing_server_that_fails_before_it_has_the_mail(api):
    api.user(2)
    smtp = api.server.mail.smtp
    expected = [(Fault(), "MSG-1016"), (Fault(then=CUT), "MSG-1016"), (Fault(answer=b"* OK IMAP here\r\n"), "MSG-1016"),
                (Fault(answer=b"421 4.3.2 go away\r\n", then=CUT), "MSG-1016"), (Fault("^EHLO"), "MSG-1016"),
                (Fault("^AUTH", b"535 5.7.8 no\r\n"), "MSG-1030"), (Fault("^MAIL"), "MSG-1020"), (Fault("^MAIL", then=CUT), "MSG-1020"),
                (Fault("^MAIL", b"451 later\r\n"), "MSG-1028"), (Fault("^RCPT", then=CUT), "MSG-1020"),
                (Fault("^RCPT", b"550 5.1.1 no such user\r\n"), "MSG-1013"), (Fault("^DATA", then=CUT), "MSG-1020"),
                (Fault("^DATA", b"554 no\r\n"), "MSG-1028"), (Fault(r"^\.\r\n$", b"554 5.7.1 spam\r\n"), "MSG-1028"),
                (Fault(r"^\.\r\n$", b"552 too large\r\n"), "MSG-1012")]
    for fault, code in expected:
        assert code_with(api, smtp, fault, act=lambda: compose(api, "never")) == code, fault
    with smtp.refusing():
        compose(api, "never").expect_error("MSG-1016")
        contacts_answer(api)
    compose(api, "at last").data
    wait_until(lambda: subjects(api.user(2), INBOX) == ["at last"], "the mail")
    assert subjects(api, SENT) == ["at last"]


def test_a_mail_whose_acceptance_is_not_known_is_not_sent_again(api):
    other = api.user(2)
    smtp = api.server.mail.smtp
    draft = compose(api, "draft", flags=4).data
    for number, then in enumerate((CUT,)):
        with smtp.failing(Fault(r"^\.\r\n$", then=then, is_done=True)):
            told = compose(api, f"mail {number}", sendtype=6, msgref=draft).expect_error("MSG-1014")
            assert "not known" in told["error"] and smtp.count(r"^\.\r\n$") == 1
        wait_until(lambda: len(rows(other)) == number + 1, "the mail that was accepted")
        assert subjects(api, DRAFTS) == ["draft"]
    compose(api, "last").data
    wait_until(lambda: "last" in subjects(other, INBOX), "the last mail")
    assert subjects(other, INBOX) == ["last", "mail 0"]


def test_a_sent_mail_without_a_copy_is_sent_all_the_same(api):
    other = api.user(2)
    with api.server.mail.imap.failing(Fault("APPEND", then=CUT)):
        answer = compose(api, "sent")
        assert answer.json.get("code") in (None, "MSG-0043") and "MSG-0043" in answer.text
    wait_until(lambda: subjects(other, INBOX) == ["sent"], "the mail")


def space_call(api, method: str, path: str, body=None):
    data = None if body is None else json.dumps(body).encode()
    return api.call(method, "mail/compose" + path, {}, data, {"Content-Type": "application/json"})


def finish_space(api, id: str, what: str):
    return api.multipart(f"mail/compose/{id}/{what}", {"JSON": "{}"}, {}, plainJson=True)


def test_the_files_of_a_drive_mail_stay_only_when_the_mail_may_have_gone(api):
    other = api.user(2)
    smtp = api.server.mail.smtp
    id = space_call(api, "POST", "", []).data["id"]
    space_call(api, "PATCH", f"/{id}", {"to": [[None, api.mail("user2")]], "subject": "files", "sharedAttachments": {"enabled": True}})
    api.multipart(f"mail/compose/{id}/attachments", {"contentDisposition": "ATTACHMENT"}, {"file": ("a.txt", "text/plain", b"x")}, plainJson=True)

    def titles(parent: str) -> dict:
        return {row[1]: row[0] for row in api.get("folders", action="list", parent=parent, columns="1,300", tree=0).data}

    def folders() -> list[str]:
        return sorted(titles(titles(api.file_folder())["Drive Mail"]))

    for fault, code in ((Fault("^MAIL", b"451 later\r\n"), "MSG-1028"), (Fault("^DATA", then=CUT), "MSG-1020")):
        assert code_with(api, smtp, fault, act=lambda: finish_space(api, id, "send")) == code
        assert folders() == []
    with smtp.failing(Fault(r"^\.\r\n$", then=CUT, is_done=True)):
        finish_space(api, id, "send").expect_error("MSG-1014")
    wait_until(lambda: subjects(other, INBOX) == ["files"], "the mail that was accepted")
    assert folders() == ["files"]


def test_a_composition_space_outlives_failing_servers_and_is_sent_once(api):
    other = api.user(2)
    smtp = api.server.mail.smtp
    id = space_call(api, "POST", "", []).data["id"]
    space_call(api, "PATCH", f"/{id}", {"to": [[None, api.mail("user2")]], "subject": "space", "content": "text"}).data

    for fault, code in ((Fault("^DATA", then=CUT), "MSG-1020"), (Fault(r"^\.\r\n$", b"451 later\r\n"), "MSG-1028")):
        assert code_with(api, smtp, fault, act=lambda: finish_space(api, id, "send")) == code
        assert space_call(api, "GET", f"/{id}").data["subject"] == "space"
    finish_space(api, id, "send").data
    space_call(api, "GET", f"/{id}").expect_error("MSGCS-0007")
    wait_until(lambda: subjects(other, INBOX) == ["space"], "the mail")


def test_a_draft_of_a_space_is_not_lost(api):
    api.user(2)
    id = space_call(api, "POST", "", []).data["id"]
    space_call(api, "PATCH", f"/{id}", {"to": [[None, api.mail("user2")]], "subject": "space", "content": "text"}).data
    with api.server.mail.imap.failing(Fault("APPEND", then=CUT)):
        finish_space(api, id, "save").expect_error("MSG-1014")
        assert space_call(api, "GET", f"/{id}").data["subject"] == "space"
    assert rows(api, DRAFTS) == []


def rule(name: str) -> dict:
    return {"rulename": name, "active": True, "flags": [], "test": {"id": "true"}, "actioncmds": [{"id": "keep"}]}


def test_a_filter_server_that_fails_leaves_the_rules_as_they_were(api):
    sieve = api.server.mail.sieve
    api.put("mailfilter/v2", rule("kept"), action="new").data

    def change():
        return api.put("mailfilter/v2", rule("added"), action="new")

    def names() -> list[str]:
        return [each["rulename"] for each in api.get("mailfilter/v2", action="list").data]

    expected = [(Fault(), "MAIL_FILTER-0015"), (Fault(answer=GARBAGE), "MAIL_FILTER-0015"), (Fault(then=CUT), "MAIL_FILTER-0015"),
                (Fault("AUTHENTICATE", b'NO "wrong"\r\n'), "MAIL_FILTER-0002"), (Fault("LISTSCRIPTS"), "MAIL_FILTER-0015"),
                (Fault("GETSCRIPT", b"{9000}\r\nrequire", CUT), "MAIL_FILTER-0015"), (Fault("PUTSCRIPT", then=CUT), "MAIL_FILTER-0015"),
                (Fault("GETSCRIPT", b"{99999999999}\r\n"), "MAIL_FILTER-0015")]
    for fault, code in expected:
        found = code_with(api, sieve, fault, act=change)
        assert found == code, (fault, found)
        # The turn of the request that failed was given back: nobody waits for it.
        assert names() == ["kept"], fault
    with sieve.refusing():
        change().expect_error("MAIL_FILTER-0014")
    change().data
    assert names() == ["kept", "added"]


def test_an_archive_that_holds_no_folders_is_told(api):
    [id] = given(api, "a")
    client = api.user(1)
    with api.server.mail.imap.saying(rb"\\HasNoChildren([^)\r\n]*\) \S+ \"?Archive)", rb"\\NoInferiors\1"):
        client.put("mail", [{"folder": INBOX, "id": id}], action="archive").expect_error("MSG-0100")
        client.put("mail", None, action="archive_folder", folder=INBOX, days=0).expect_error("MSG-0100")
    assert subjects(api, INBOX) == ["a"]


def test_a_full_mailbox_is_told_in_the_words_of_what_was_wanted(api):
    api.user(1), api.user(2)
    raw = {"headers": {"Content-Type": "message/rfc822"}, "action": "new"}
    with api.server.mail.imap.saying(rb"OK \[APPENDUID [^\r]*", b"NO [OVERQUOTA] full"):
        api.user(1).put("mail", plain("stored"), folder=INBOX, **raw).expect_error("MSG-0117")
        api.user(1).multipart("mail", {}, {"file": ("a.eml", "message/rfc822", plain("imported"))}, action="import",
                              folder=INBOX, force=True).expect_error("MSG-0117")
        compose(api, "draft", flags=4).expect_error("MSG-0116")
        sent = compose(api, "sent")
        assert sent.json["data"] is None and sent.json["warnings"]["code"] == "MSG-0042"
    wait_until(lambda: [row[1] for row in rows(api.user(2))] == ["sent"], "the mail")
