"""Answers and forwards as clients get them to be edited, and read receipts."""

MAIL = True
INBOX = "default0/INBOX"


def given(api, extra: str = "", body: str = "one\r\ntwo\r\n", to: str | None = None) -> str:
    source = (f"From: Ann <ann@example.org>\r\nTo: {to or api.mail('user1')}, Bob <bob@example.org>\r\nCc: carl@example.org\r\n"
              f"Subject: Plan\r\nDate: Mon, 01 Jul 2024 10:00:00 +0200\r\nMessage-ID: <plan@x.test>\r\n{extra}\r\n{body}")
    api.user(1)
    api.save_mail("user1", source.encode())
    return api.get("mail", action="all", folder=INBOX, columns="600").data[-1][0]


def addresses(list: list) -> list:
    return [address for _, address in list]


def test_an_answer_goes_to_the_sender_and_quotes_the_text(api):
    id = given(api)
    reply = api.get("mail", action="reply", folder=INBOX, id=id, view="text", setFrom=True).data
    assert reply["subject"] == "Re: Plan" and reply["msgref"] == f"{INBOX}/{id}" and "id" not in reply
    assert addresses(reply["to"]) == ["ann@example.org"] and reply["cc"] == []
    assert addresses(reply["from"]) == [api.mail("user1")]
    [text] = reply["attachments"]
    assert text["content_type"] == "text/plain" and "> one\n> two" in text["content"] and "Ann" in text["content"]


def test_an_answer_to_all_leaves_oneself_out(api):
    reply = api.get("mail", action="replyall", folder=INBOX, id=given(api)).data
    assert addresses(reply["to"]) == ["ann@example.org", "bob@example.org"] and addresses(reply["cc"]) == ["carl@example.org"]


def test_a_forward_has_the_text_and_the_files(api):
    id = given(api, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n",
               "--b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\n"
               "Content-Disposition: attachment; filename=a.pdf\r\n\r\nPDF\r\n--b--\r\n")
    forward = api.get("mail", action="forward", folder=INBOX, id=id, view="html").data
    assert forward["subject"] == "Fwd: Plan" and forward["to"] == []
    text, file = forward["attachments"]
    assert "rich" in text["content"] and "ann@example.org" in text["content"]
    assert (file["id"], file["filename"]) == ("2", "a.pdf")
    both = api.put("mail", [{"folder": INBOX, "id": id}, {"folder": INBOX, "id": given(api)}], action="forward").data
    assert [element["content_type"] for element in both["attachments"][1:]] == ["message/rfc822"] * 2
    api.get("mail", action="reply", folder=INBOX, id="4711").expect_error("MSG-0067")


def test_a_receipt_is_sent_once_it_is_asked_for(api):
    api.user(2)
    id = given(api, f"Disposition-Notification-To: {api.mail('user2')}\r\n")
    shown = api.get("mail", action="get", folder=INBOX, id=id, unseen=True).data
    assert shown["disp_notification_to"] == api.mail("user2")
    assert api.put("mail", {"folder": INBOX, "id": id, "from": ""}, action="receipt_ack").data == {}
    assert api.get("mail", action="all", folder=INBOX, columns="611").data[0][0] & 512
    api.put("mail", {"folder": INBOX, "id": given(api)}, action="receipt_ack").expect_error("MSG-0037")
