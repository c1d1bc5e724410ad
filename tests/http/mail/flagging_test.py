"""What an administrator may choose of flags, markers and the pace of sending: GroupwareMailFlagging, -AttachmentMarker, -Interval."""

import json

from support.groupware import PASSWORD

MAIL = True
DIRECTIVES = "GroupwareMailFlagging flaggedImplicit color=5\nGroupwareMailAttachmentMarker On\nGroupwareMailInterval 1h\n"
INBOX = "default0/INBOX"
PLAIN = b"Content-Type: text/plain\r\n\r\ntext\r\n"
WITH_FILE = (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\ntext\r\n"
             b"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\npdf\r\n--b--\r\n")


def given(api, **bodies: bytes) -> dict[str, str]:
    """Ids of new mails by subject."""
    api.user(1)
    for subject, body in bodies.items():
        api.save_mail("user1", f"From: a@x.test\r\nTo: b@x.test\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n".encode() + body)
    return {row[0]: row[1] for row in rows(api.user(1), "607,600")}


def rows(client, columns: str, **parameters) -> list:
    return client.get("mail", action="all", folder=INBOX, columns=columns, **parameters).data


def change(client, id: str, **body) -> None:
    assert client.put("mail", body, action="update", folder=INBOX, id=id).data["id"] == id


def flagging(client) -> list[tuple]:
    """Subject, colour, and whether it is flagged."""
    return [(subject, color, bool(flags & 8)) for subject, color, flags in rows(client, "607,102,611")]


def test_clients_learn_what_to_offer(api):
    client = api.user(1)
    assert client.put("jslob", ["io.ox/mail"], action="list").data[0]["tree"]["features"]["flag"] == {"color": True, "star": False}
    assert client.config("modules/mail/features/flag/star") is False
    assert "ATTACHMENT_MARKER" in client.get("folders", action="get", id=INBOX).data["supported_capabilities"]


def test_a_colour_is_flagged_and_what_is_flagged_has_a_colour(api):
    client = api.user(1)
    ids = given(api, a=PLAIN, b=PLAIN, c=PLAIN)
    change(client, ids["a"], set_flags=8)
    change(client, ids["b"], color_label=3)
    assert flagging(client) == [("a", 5, True), ("b", 3, True), ("c", 0, False)]
    assert [row[0] for row in rows(client, "607", sort=102, order="desc")] == ["a", "b", "c"]
    assert client.get("mail", action="get", folder=INBOX, id=ids["a"], unseen=True).data["color_label"] == 5
    flagged = client.put("mail", {"filter": ["=", {"field": "flags"}, "8"]}, action="search", folder=INBOX, columns="607").data
    assert flagged == [["a"], ["b"]]
    change(client, ids["a"], color_label=0)
    change(client, ids["b"], clear_flags=8)
    assert flagging(client) == [("a", 0, False), ("b", 0, False), ("c", 0, False)]
    change(client, ids["c"], flags=8, value=True, color_label=7)
    assert flagging(client)[2] == ("c", 7, True)


def test_markers_decide_where_there_are_some(api):
    client = api.user(1)
    ids = given(api, a=WITH_FILE, b=PLAIN, c=WITH_FILE, d=PLAIN)
    assert rows(client, "607,602") == [["a", True], ["b", False], ["c", True], ["d", False]]
    change(client, ids["a"], set_user_flags=["$HasNoAttachment"])
    change(client, ids["b"], set_user_flags=["$HasAttachment"])
    assert rows(client, "607,602") == [["a", False], ["b", True], ["c", True], ["d", False]]
    assert [row[0] for row in rows(client, "607", sort=602, order="asc")] == ["a", "d", "b", "c"]
    assert [row[0] for row in rows(client, "607", sort=602, order="desc", limit="0,2")] == ["c", "b"]
    assert client.get("mail", action="get", folder=INBOX, id=ids["b"], unseen=True).data["attachment"] is True


def send(client, to: str, **members):
    mail = {"from": [[None, client.get("account", action="get", id=0).data["primary_address"]]], "to": [[None, to]],
            "subject": "again", "attachments": [{"content_type": "text/plain", "content": "x"}], **members}
    return client.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new")


def test_a_session_sends_no_faster_than_allowed(api):
    client, to = api.user(1), api.mail("user2")
    api.user(2)
    # What was refused is no mail, and a draft neither.
    send(client, "reject@example.test").expect_error("MSG-1013")
    assert send(client, to, flags=4).data.startswith("default0/Drafts/")
    sent = send(client, to).data
    assert sent.startswith("default0/Sent/")
    answer = send(client, to)
    answer.expect_error("MSG-0075")
    assert "3600" in answer.json["error"]
    source = f"From: {api.mail('user1')}\r\nTo: {to}\r\nSubject: raw\r\n\r\nx\r\n".encode()
    client.put("mail", source, action="new").expect_error("MSG-0075")
    client.put("mail", {"to": [[None, to]]}, action="bounce", folder="default0/Sent", id=sent.rpartition("/")[2]).expect_error("MSG-0075")
    space = client.call("POST", "mail/compose", {}, b"[]", {"Content-Type": "application/json"}).data["id"]
    model = {"JSON": json.dumps({"to": [[None, to]], "subject": "space"})}
    client.multipart(f"mail/compose/{space}/send", model, {}, plainJson=True).expect_error("MSG-0075")
    assert [each["id"] for each in client.get("mail/compose").data] == [space]
    other = api.anonymous()
    other.login(api.login_name("user1"), PASSWORD)
    assert send(other, to).data.startswith("default0/Sent/")
    assert len(client.get("mail", action="all", folder="default0/Sent", columns="600").data) == 2
