"""The way of a mail: sent by one user, listed, read, flagged, moved and deleted by another, on real servers."""

import base64
import email
import email.policy
import json

from support.pictures import png
from support.servers import wait_until

MAIL = True
INBOX = "default0/INBOX"


def compose(api, to: list[str], subject: str, html: str = "<p>Hello</p>", **members) -> dict:
    me = api.mail("user1")
    return {"from": [["User One", me]], "to": [[None, api.mail(name)] for name in to], "subject": subject,
            "attachments": [{"content_type": "ALTERNATIVE", "content": html}], **members}


def send(api, mail: dict, files: dict | None = None, user: int = 1):
    return api.user(user).multipart("mail", {"json_0": json.dumps(mail)}, files or {}, action="new")


def rows(client, folder: str = INBOX, columns: str = "600,607,611", **parameters) -> list:
    return client.get("mail", action="all", folder=folder, columns=columns, **parameters).data


def wait_for(client, count: int = 1, folder: str = INBOX) -> list:
    """Delivery takes its moment."""
    wait_until(lambda: len(rows(client, folder)) >= count, f"{count} mails in {folder}")
    return rows(client, folder)


def plain(subject: str, text: str = "text", **headers: str) -> bytes:
    lines = {"From": "Ann <ann@example.org>", "To": "user1@example.test", "Subject": subject,
             "Date": "Mon, 01 Jul 2024 10:00:00 +0200", "Message-ID": f"<{subject.replace(' ', '.')}@x.test>"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    return ("".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n" + text + "\r\n").encode()


def get(client, id: str, folder: str = INBOX, **parameters) -> dict:
    return client.get("mail", action="get", folder=folder, id=id, **parameters).data


def test_a_sent_mail_arrives_with_its_attachment_and_its_inline_image(api):
    api.user(2)
    picture = png(3, 2)
    data = "data:image/png;base64," + base64.b64encode(picture).decode()
    mail = compose(api, ["user2"], "Grüße", f'<p>Look: <img src="{data}"></p>')
    answer = send(api, mail, {"file_0": ("Bericht ä.txt", "text/plain", b"numbers")})
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8" and answer.callback == "callback_new"
    folder, _, copy = answer.data.rpartition("/")
    assert folder == "default0/Sent"
    assert get(api.user(1), copy, folder)["subject"] == "Grüße"

    [[id, subject, flags]] = wait_for(api.user(2))
    assert subject == "Grüße" and flags & 32 == 0
    shown = get(api.user(2), id, view="html", unseen=True)
    assert shown["from"] == [["User One", api.mail("user1")]] and shown["to"] == [[None, api.mail("user2")]]
    text, *files = shown["attachments"]
    assert text["content_type"].startswith("text/html") and "/image/mail/picture?" in text["content"]
    assert [file["filename"] for file in files if file["disp"] == "attachment"] == ["Bericht ä.txt"]
    assert shown["attachment"] is True and shown["flags"] & 32 == 0
    document = next(file for file in files if file["disp"] == "attachment")
    part = api.user(2).get("mail", action="attachment", folder=INBOX, id=id, attachment=document["id"], save=1)
    assert part.body == b"numbers" and "attachment" in part.headers["Content-Disposition"]
    drive = api.file_folder(api.user(2))
    saved = api.user(2).put("mail", {"filename": "copy.txt"}, action="attachment", folder=INBOX, id=id,
                            attachment=document["id"], dest_folder=drive).data
    assert saved["filename"] == "copy.txt"
    assert api.user(2).get("infostore", action="document", id=saved["id"], folder=drive).body == b"numbers"
    image = next(file for file in files if file["disp"] == "inline")
    seen = api.user(2).get("image/mail/picture", folder=INBOX, id=id, uid=image["cid"].strip("<>"))
    assert seen.body == picture and seen.headers["Content-Type"] == "image/png"


def test_the_views_of_a_mail(api):
    source = (b"From: Ann <ann@example.org>\r\nTo: user1@example.test\r\nSubject: =?utf-8?q?Hall=C3=B6chen?=\r\n"
              b"Date: Mon, 01 Jul 2024 10:00:00 +0200\r\nX-Odd: 1\r\nMIME-Version: 1.0\r\n"
              b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
              b"plain & simple\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
              b"<p onclick='x()'>rich <img src='http://x.test/a.png'></p><script>bad()</script>\r\n--b--\r\n")
    api.user(1)
    api.save_mail("user1", source)
    [[id, subject, _]] = rows(api.user(1))
    assert subject == "Hallöchen"
    html = get(api.user(1), id, view="html", unseen=True)
    assert "http://x.test/a.png" in html["attachments"][0]["content"] and html["modified"] == 0
    assert "script" not in html["attachments"][0]["content"] and "onclick" not in html["attachments"][0]["content"]
    blocked = get(api.user(1), id, view="noimg", unseen=True)
    assert "x.test/a.png" not in blocked["attachments"][0]["content"] and blocked["modified"] == 1
    text = get(api.user(1), id, view="text", unseen=True)
    assert text["attachments"][0]["content"].startswith("plain &amp; simple") and text["attachments"][1]["virtual"] is True
    raw = get(api.user(1), id, view="raw", unseen=True)
    assert "onclick" in raw["attachments"][0]["content"]
    assert html["headers"]["X-Odd"] == "1" and "Subject" not in html["headers"]
    assert rows(api.user(1))[0][2] & 32 == 0
    assert get(api.user(1), id)["flags"] & 32 == 32 and rows(api.user(1))[0][2] & 32 == 32
    hdr = api.user(1).get("mail", action="get", folder=INBOX, id=id, hdr=1).data
    assert "X-Odd: 1\r\n" in hdr
    assert api.user(1).get("mail", action="get", folder=INBOX, id=id, src=1).data == source.decode()
    saved = api.user(1).get("mail", action="get", folder=INBOX, id=id, src=1, save=1)
    assert saved.body == source and "Hall" in saved.headers["Content-Disposition"]
    api.user(1).get("mail", action="get", folder=INBOX, id="99999").expect_error("MSG-0032")
    api.user(1).get("mail", action="get", folder=INBOX, id="undefined").expect_error("MSG-0086")
    api.user(1).get("mail", action="get", folder="default0/Nowhere", id=id).expect_error("MSG-1002")
    api.user(1).get("mail", action="get", folder=INBOX, id=id, view="upside").expect_error("MSG-0046")


def test_lists_are_sorted_paged_filtered_and_searched(api):
    client = api.user(1)
    for number in (2, 1, 3):
        api.save_mail("user1", plain(f"mail {number}", text="x" * number * 100))
    assert [row[1] for row in rows(client)] == ["mail 2", "mail 1", "mail 3"]
    assert [row[1] for row in rows(client, sort=607, order="desc")] == ["mail 3", "mail 2", "mail 1"]
    assert [row[1] for row in rows(client, sort=608, order="asc", limit="1,3")] == ["mail 2", "mail 3"]
    assert rows(client, limit="5,2") == [] and rows(client, left_hand_limit=0, right_hand_limit=1, sort=600, order="asc")[0][1] == "mail 2"
    client.get("mail", action="all", folder=INBOX, columns="600", sort="607").expect_error("MSG-0001")
    client.get("mail", action="all", folder=INBOX, columns="600", sort="x", order="asc").expect_error("MSG-0031")
    ids = {row[1]: row[0] for row in rows(client)}
    client.put("mail", {"set_flags": 32}, action="update", folder=INBOX, id=ids["mail 1"])
    assert [row[1] for row in rows(client, unseen=True)] == ["mail 2", "mail 3"]
    listed = client.put("mail", [{"folder": INBOX, "id": ids["mail 3"]}, {"folder": INBOX, "id": "4711"},
                                 {"folder": INBOX, "id": ids["mail 2"]}], action="list", columns="607,601")
    assert listed.data == [["mail 3", INBOX], ["mail 2", INBOX]]
    search = {"filter": ["and", ["=", {"field": "subject"}, "mail"], ["not", ["=", {"field": "subject"}, "2"]]]}
    found = client.put("mail", search, action="search", folder=INBOX, columns="607", sort=607, order="asc").data
    assert found == [["mail 1"], ["mail 3"]]
    assert client.put("mail", [{"col": 603, "pattern": "ann"}], action="search", folder=INBOX, columns="600").data != []
    assert client.put("mail", [], action="search", folder=INBOX, columns="600").data == []
    client.put("mail", {"filter": ["near", 1, 2]}, action="search", folder=INBOX, columns="600").expect_error("MSG-1011")
    assert client.get("mail", action="count", folder=INBOX).data == 3
    examined = client.get("mail", action="examine", folder=INBOX).data
    assert (examined["total"], examined["unread"]) == (3, 2) and examined["next"].isdigit()
    assert client.get("mail", action="all", folder="default0", columns="600").data == []


def test_threads_hold_answers_and_their_originals(api):
    client = api.user(1)
    api.save_mail("user1", plain("begin"))
    api.save_mail("user1", plain("other"))
    api.save_mail("user1", plain("Re: begin", Message_ID="<two@x.test>", In_Reply_To="<begin@x.test>"))
    heads = client.get("mail", action="threadedAll", folder=INBOX, columns="600,607,610", sort=610, order="desc").data
    assert [head["subject"] for head in heads] == ["Re: begin", "other"]
    assert [mail["subject"] for mail in heads[0]["thread"]] == ["Re: begin", "begin"] and heads[0]["unreadCount"] == 2


def test_flags_colours_moves_copies_and_the_trash(api):
    client = api.user(1)
    for name in ("a", "b", "c"):
        api.save_mail("user1", plain(name))
    a, b, c = (row[0] for row in rows(client))
    answer = client.put("mail", {"color_label": 3, "flags": 8, "value": True}, action="update", folder=INBOX, id=a)
    assert answer.data == {"folder_id": INBOX, "id": a}
    assert rows(client, columns="102,611")[0][0] == 3 and rows(client, columns="611")[0][0] & 8
    client.put("mail", {"color_label": 11}, action="update", folder=INBOX, id=a).expect_error("MSG-0010")
    client.put("mail", {"set_user_flags": ["\\Bad"]}, action="update", folder=INBOX, id=a).expect_error("MSG-0104")
    assert client.put("mail", {"set_flags": 32}, action="update", folder=INBOX).data == {"folder_id": INBOX}
    assert all(row[0] & 32 for row in rows(client, columns="611"))

    made = client.put("folders", {"title": "Ärger", "module": "mail"}, action="new", folder_id="default0").data
    assert made == "default0/Ärger"
    moved = client.put("mail", {"folder_id": made}, action="update", folder=INBOX, id=a).data
    assert moved["folder_id"] == made and get(client, moved["id"], made, unseen=True)["subject"] == "a"
    copied = client.put("mail", {"folder_id": made}, action="copy", folder=INBOX, id=b).data
    assert copied["folder_id"] == made and len(rows(client)) == 2 and len(rows(client, made)) == 2
    client.put("mail", {"folder_id": INBOX}, action="update", folder=INBOX, id=b).expect_error("IMAP-2036")

    gone = client.put("mail", [{"folder": INBOX, "id": b}, {"folder": INBOX, "id": "4711"}], action="delete",
                      returnAffectedFolders=True).data
    assert {entry["folder_id"] for entry in gone["folders"]} == {INBOX, "default0/Trash"}
    [[trashed, subject, _]] = rows(client, "default0/Trash")
    assert subject == "b" and [row[1] for row in rows(client)] == ["c"]
    assert client.put("mail", [{"folder": "default0/Trash", "id": trashed}], action="delete").data == []
    assert rows(client, "default0/Trash") == []
    client.put("mail", [{"folder": INBOX, "id": c}], action="delete", harddelete=True)
    assert rows(client) == [] and rows(client, "default0/Trash") == []
    assert client.put("mail", [made], action="clear").data == []
    assert rows(client, made) == [] and len(rows(client, "default0/Trash")) == 2


def test_folders_of_the_account(api):
    client = api.user(1)
    root = client.get("folders", action="list", parent="1", columns="1,300,301", tree=0, all=1).data
    assert ["default0", "E-Mail", "mail"] in root
    children = client.get("folders", action="list", parent="default0", columns="1,300,316,304", all=1).data
    assert children[0][:3] == [INBOX, "Inbox", 7]
    assert {row[2]: row[0] for row in children if row[2]} == {7: INBOX, 9: "default0/Drafts", 10: "default0/Sent",
                                                              11: "default0/Spam", 12: "default0/Trash"}
    flat = client.get("folders", action="list", parent="1", columns="1", tree=1).data
    assert [INBOX] in flat and ["default0"] not in flat
    api.save_mail("user1", plain("one"))
    inbox = client.get("folders", action="get", id=INBOX, tree=1).data
    assert (inbox["folder_id"], inbox["total"], inbox["unread"], inbox["module"]) == ("1", 1, 1, "mail")
    assert [row[0] for row in client.get("folders", action="path", id="default0/Sent", columns="1", tree=0).data] == [
        "default0/Sent", "default0", "1"]
    mail = client.get("folders", action="allVisible", content_type="mail", columns="1").data
    assert [INBOX] in mail["private"] and mail["public"] == []

    made = client.put("folders", {"title": "Work", "module": "mail"}, action="new", folder_id=INBOX).data
    assert made == "default0/INBOX/Work"
    client.put("folders", {"title": "Work"}, action="new", folder_id=INBOX).expect_error("MSG-0063")
    renamed = client.put("folders", {"title": "Job", "folder_id": "default0"}, action="update", id=made).data
    assert renamed == "default0/Job"
    client.put("folders", {"title": "X"}, action="update", id="default0/Sent").expect_error("MSG-0098")
    assert client.put("folders", ["default0/Job"], action="delete").data == []
    below = client.get("folders", action="list", parent="default0/Trash", columns="1", all=1).data
    assert below == [["default0/Trash/Job"]]
    client.get("folders", action="get", id="default0/Job").expect_error("MSG-1002")


def test_drafts_survive_and_answers_mark_their_originals(api):
    client = api.user(1)
    api.user(2)
    draft = send(api, compose(api, ["user2"], "draft 1", bcc=[[None, api.mail("user3")]], flags=4)).data
    folder, _, id = draft.rpartition("/")
    assert folder == "default0/Drafts"
    kept = get(client, id, folder, unseen=True)
    assert kept["flags"] & 4 and kept["bcc"] == [[None, api.mail("user3")]]
    again = send(api, compose(api, ["user2"], "draft 2", flags=4, sendtype=3, msgref=draft)).data
    assert [row[1] for row in rows(client, folder)] == ["draft 2"]
    sent = send(api, compose(api, ["user2"], "final", sendtype=6, msgref=again)).data
    assert sent.startswith("default0/Sent/") and rows(client, folder) == []
    [[arrived, _, _]] = wait_for(api.user(2))

    reply = {"from": [[None, api.mail("user2")]], "to": [[None, api.mail("user1")]], "subject": "Re: final", "sendtype": 1,
             "msgref": f"{INBOX}/{arrived}", "attachments": [{"content_type": "text/plain", "content": "yes", "raw": True}]}
    send(api, reply, user=2)
    [[answer, _, _]] = wait_for(client)
    assert rows(api.user(2))[0][2] & 1
    original = get(client, sent.rpartition("/")[2], "default0/Sent", unseen=True)["headers"]["Message-ID"]
    assert get(client, answer, unseen=True)["headers"]["In-Reply-To"] == original


def test_what_may_not_be_sent_is_refused_and_nothing_is_kept(api):
    client = api.user(1)
    send(api, compose(api, [], "nobody")).expect_error("MSG-0037")
    send(api, compose(api, ["user1"], "forged") | {"from": [[None, "boss@example.test"]]}).expect_error("MSG-0056")
    send(api, compose(api, ["user1"], "bad") | {"to": [["x", "no address"]]}).expect_error("MSG-1008")
    send(api, compose(api, [], "refused") | {"to": [[None, "reject@example.test"]]}).expect_error("MSG-1013")
    client.multipart("mail", {"x": "y"}, {}, action="new").expect_error("MSG-0086")
    assert rows(client, "default0/Sent") == []


def test_finished_mails_are_sent_stored_and_imported(api):
    client = api.user(1)
    source = plain("raw", From=api.mail("user1"), To=api.mail("user1"), Bcc=api.mail("user2"))
    assert client.put("mail", source, action="new").data.startswith("default0/Sent/")
    [[id, subject, _]] = wait_for(client)
    assert subject == "raw" and "Bcc" not in email.message_from_string(
        client.get("mail", action="get", folder=INBOX, id=id, src=1).data, policy=email.policy.default)
    assert [row[1] for row in wait_for(api.user(2))] == ["raw"]
    stored = client.put("mail", plain("kept"), action="new", folder=INBOX, flags=32).data
    assert stored["folder_id"] == INBOX and get(client, stored["id"], unseen=True)["flags"] & 32
    imported = client.multipart("mail", {}, {"file_0": ("a.eml", "message/rfc822", plain("one")),
                                             "file_1": ("b.eml", "message/rfc822", plain("two"))},
                                action="import", folder=INBOX, force=True).data
    assert [get(client, entry["id"], unseen=True)["subject"] for entry in imported] == ["one", "two"]


def test_nobody_reads_the_mails_of_another(api):
    api.user(1)
    api.save_mail("user1", plain("secret"))
    [[id, _, _]] = rows(api.user(1))
    api.user(2).get("mail", action="get", folder=INBOX, id=id).expect_error("MSG-0032")
    answer = api.anonymous().get("mail", action="get", folder=INBOX, id=id, session="0" * 32)
    assert answer.code and answer.code.startswith("SES-")


def test_the_client_learns_that_there_is_mail(api):
    capabilities = [entry["id"] for entry in api.get("capabilities", action="all").data]
    assert "webmail" in capabilities and api.config("modules/mail/module") is True
    features = api.put("jslob", ["io.ox/mail"], action="list").data[0]["tree"]["features"]
    assert features["flag"] == {"color": True, "star": False}


def test_a_mail_is_shown_with_the_mails_in_it(api):
    client = api.user(1)
    inner = plain("inner", text="deep")
    outer = (b"From: a@x.test\r\nTo: b@x.test\r\nSubject: outer\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
             b"--b\r\nContent-Type: text/plain\r\n\r\ntop\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b--\r\n")
    api.save_mail("user1", outer)
    [[id, _, _]] = rows(client)
    shown = get(client, id, view="text", unseen=True)
    assert shown["nested_msgs"][0]["subject"] == "inner" and shown["nested_msgs"][0]["id"] == "2"
    assert shown["nested_msgs"][0]["attachments"][0]["content"].startswith("deep")
    alone = client.get("mail", action="attachment", folder=INBOX, id=id, attachment="2", as_json=True, view="text").data
    assert alone == shown["nested_msgs"][0]
    client.get("mail", action="attachment", folder=INBOX, id=id, attachment="1", as_json=True).expect_error("MSG-0024")
    flat = get(client, id, view="text", unseen=True, no_nested_message=True)
    assert "nested_msgs" not in flat and flat["attachments"][1]["content_type"].startswith("message/rfc822")


def test_the_account_of_the_configuration_is_told(api):
    account = api.get("account", action="get", id=0).data
    assert account["primary_address"] == api.mail("user1") and account["mail_protocol"] == "imap"
    assert account["trash_fullname"] == "default0/Trash" and "password" not in account
    assert api.get("account", action="all", columns="1001,1003,1027,4711").data == [[0, None, "default0/Sent", None]]
    api.get("account", action="get", id=7).expect_error("ACC-0002")
    quota = api.get("quota", action="mail").data
    limit = -1 if "QUOTA" in api.server.mail.lacks else 50 * 1024 * 1024
    assert quota["quota"] == limit and quota["countquota"] == -1
