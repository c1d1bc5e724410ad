"""Mails that go out once more as they are, the trash as an action of its own, and the tree of a mail's parts."""

import json

from support.servers import wait_until

MAIL = True
INBOX = "default0/INBOX"
SENT = "default0/Sent"
TRASH = "default0/Trash"
PARTS = (b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
         b"hello\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: bob@example.org\r\nSubject: inner\r\n\r\ndeep\r\n"
         b"--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-ID: <c1>\r\n"
         b"Content-Transfer-Encoding: base64\r\n\r\naGk=\r\n--b--\r\n")


def given(api, subject: str = "Plan", extra: str = "", body: bytes = b"\r\ntext\r\n", **members) -> str:
    """The id of a mail in the inbox of user1."""
    api.user(1)
    head = (f"Return-Path: <list@example.org>\r\nDelivered-To: somebody\r\nFrom: Ann <ann@example.org>\r\nTo: {api.mail('user1')}\r\n"
            f"Subject: {subject}\r\nDate: Mon, 01 Jul 2024 10:00:00 +0200\r\nMessage-ID: <{subject}@x.test>\r\n{extra}")
    api.save_mail("user1", head.encode() + body)
    return {row[1]: row[0] for row in rows(api.user(1))}[subject]


def rows(client, folder: str = INBOX, columns: str = "600,607") -> list:
    return client.get("mail", action="all", folder=folder, columns=columns).data


def arrived(client, count: int = 1) -> list[str]:
    """The sources of the mails in the inbox."""
    wait_until(lambda: len(rows(client)) >= count, f"{count} mails")
    return [client.get("mail", action="get", folder=INBOX, id=row[0], src=True).data for row in rows(client)]


def send(api, **members) -> str:
    mail = {"from": [["", api.mail("user1")]], "to": [["Two", api.mail("user2")]], "subject": "First",
            "attachments": [{"content_type": "text/plain", "content": "text"}], **members}
    path = api.user(1).multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").data
    return path.rpartition("/")[2]


def test_a_bounced_mail_is_that_of_its_first_sender(api):
    other = api.user(2)
    id = given(api, extra="Bcc: hidden@example.org\r\n")
    body = {"to": [["Zwö", api.mail("user2")]], "bcc": [api.mail("user2")]}
    path = api.user(1).put("mail", body, action="bounce", folder=INBOX, id=id).data
    [source] = arrived(other)
    head, _, text = source.partition("\r\n\r\n")
    assert "From: Ann <ann@example.org>" in head and "Message-ID: <Plan@x.test>" in head and text.startswith("text")
    [by] = [line for line in head.split("\r\n") if line.startswith("Resent-From: ")]
    assert api.mail("user1") in by
    assert "Resent-Date: " in head and "Resent-Message-ID: <" in head and f"<{api.mail('user2')}>" in head
    assert "Resent-Bcc" not in head and "hidden@example.org" not in head and "list@example.org" not in head
    assert head.count("Delivered-To: somebody") == 0
    kept = api.user(1).get("mail", action="get", folder=SENT, id=path.rpartition("/")[2], src=True).data
    assert path.startswith(SENT) and f"Resent-Bcc: {api.mail('user2')}" in kept and kept.startswith("Resent-Date: ")
    assert api.user(1).put("mail", body, action="bounce", folder=INBOX, id=id, copy2Sent=False).data is None
    assert len(arrived(other, 2)) == 2


def test_a_sent_mail_is_sent_again(api):
    other, third = api.user(2), api.user(3)
    id = send(api, bcc=[["", api.mail("user3")]])
    arrived(other), arrived(third)
    api.user(1).put("mail", {}, action="resend", folder=SENT, id=id).data
    first, again = sorted(arrived(other, 2), key=len)
    assert "Resent-" not in first and f"Resent-To: Two <{api.mail('user2')}>" in again and len(arrived(third, 2)) == 2
    assert all("Bcc" not in source for source in arrived(third, 2))
    assert len(rows(api.user(1), SENT)) == 2
    api.user(1).put("mail", {"to": [["", api.mail("user3")]]}, action="resend", folder=SENT, message_id=message_id(first)).data
    assert len(arrived(third, 3)) == 3 and len(rows(other)) == 2


def message_id(source: str) -> str:
    return next(line for line in source.split("\r\n") if line.lower().startswith("message-id:")).partition(":")[2].strip()


def test_what_cannot_be_sent_again_is_refused(api):
    id = given(api)
    client = api.user(1)
    to = {"to": [["", api.mail("user1")]]}
    client.put("mail", to, action="resend", folder=INBOX, id=id).expect_error("MSG-0089")
    draft = send(api, flags=4)
    for action in ("resend", "bounce"):
        client.put("mail", to, action=action, folder="default0/Drafts", id=draft).expect_error("MSG-0089")
        client.put("mail", [], action=action, folder=SENT, id=id).expect_error("SVL-0028")
    for body, code in (({}, "MSG-0037"), ({**to, "from": [["", "ann@example.org"]]}, "MSG-0056"), ({"to": [["", "a b"]]}, "MSG-1008")):
        client.put("mail", body, action="bounce", folder=INBOX, id=id).expect_error(code)
    client.put("mail", to, action="bounce", folder=INBOX, id="4711").expect_error("MSG-0032")
    client.put("mail", to, action="bounce", folder="default0", id=id).expect_error("MSG-0050")
    assert len(rows(client, SENT)) == 0 and len(rows(client)) == 1


def test_the_trash_takes_mails_whatever_the_setting_says(api):
    first, second = given(api, "a"), given(api, "b")
    client = api.user(1)
    client.put("config/mail/harddelete", True)
    answer = client.put("mail", [{"folder": INBOX, "id": first}], action="trash", withFolders=True).data
    assert {entry["folder_id"]: entry["total"] for entry in answer["folders"]} == {INBOX: 1, TRASH: 1}
    [[there, subject]] = rows(client, TRASH)
    body = [{"folder": TRASH, "id": there}, {"folder": INBOX, "id": second}]
    assert subject == "a" and client.put("mail", body, action="trash").data == []
    assert sorted(row[1] for row in rows(client, TRASH)) == ["a", "b"] and rows(client) == []


def test_the_parts_of_a_mail_are_a_tree(api):
    id = given(api, "tree", body=PARTS)
    client = api.user(1)
    mail = client.get("mail", action="structure", folder=INBOX, id=id).data
    assert (mail["id"], mail["subject"], mail["flags"] & 32) == (id, "tree", 0) and mail["headers"]["Message-ID"] == "<tree@x.test>"
    root = mail["body"]
    assert root["content_type"] == "multipart/mixed" and root["parameters"]["boundary"] == "b"
    text, inner, image = root["body"]
    assert (text["id"], text["content_type"], text["parameters"]) == ("1", "text/plain", {"charset": "utf-8"})
    assert inner["content_type"] == "message/rfc822" and inner["body"][0]["content_type"] == "text/plain"
    assert (image["id"], image["filename"], image["disp"], image["cid"]) == ("3", "a.png", "attachment", "<c1>")
    assert image["encoding"] == "base64" and image["size"] > 0 and "body" not in image
    assert client.get("mail", action="structure", folder=INBOX, message_id="<tree@x.test>").data["id"] == id
    client.get("mail", action="structure", folder=INBOX, id="4711").expect_error("MSG-0032")
    client.get("mail", action="structure", folder=INBOX).expect_error("MSG-0001")
