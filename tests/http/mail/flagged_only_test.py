"""GroupwareMailFlagging flaggedOnly: colours that other programs set are not shown, and none is stored."""

MAIL = True
DIRECTIVES = "GroupwareMailFlagging flaggedOnly\n"
INBOX = "default0/INBOX"


def test_mails_have_a_flag_and_no_colours(api):
    client = api.user(1)
    assert client.put("jslob", ["io.ox/mail"], action="list").data[0]["tree"]["features"]["flag"] == {"color": False, "star": True}
    assert "ATTACHMENT_MARKER" not in client.get("folders", action="get", id=INBOX).data["supported_capabilities"]
    api.save_mail("user1", b"From: a@x.test\r\nTo: b@x.test\r\nSubject: a\r\n\r\ntext\r\n")
    [[id]] = client.get("mail", action="all", folder=INBOX, columns="600").data
    client.put("mail", {"color_label": 11}, action="update", folder=INBOX, id=id).expect_error("MSG-0010")
    client.put("mail", {"set_user_flags": ["$cl_4"]}, action="update", folder=INBOX, id=id).data
    client.put("mail", {"color_label": 3, "set_flags": 8}, action="update", folder=INBOX, id=id).data
    [[color, flags, attachment]] = client.get("mail", action="all", folder=INBOX, columns="102,611,602").data
    assert (color, flags & 8, attachment) == (0, 8, False)
    shown = client.get("mail", action="get", folder=INBOX, id=id, unseen=True).data
    assert shown["color_label"] == 0 and shown["user"] == []
