"""A master signs in at the mail server for every user, who has his own mails and rights there."""

MAIL = True
DIRECTIVES = "GroupwareMailMaster master msecret\n"
INBOX = "default0/INBOX"


def plain(subject: str) -> bytes:
    return f"From: ann@example.org\r\nSubject: {subject}\r\nMessage-ID: <{subject}@x.test>\r\n\r\ntext\r\n".encode()


def subjects(client, folder: str = INBOX) -> list[str]:
    return [row[0] for row in client.get("mail", action="all", folder=folder, columns="607").data]


def test_everybody_has_his_own_mailbox(api):
    api.need_mail_extension("AUTH=PLAIN")  # by LOGIN nobody signs in for somebody else
    for number in (1, 2):
        api.user(number)
        api.save_mail(f"user{number}", plain(f"mail {number}"))
        assert subjects(api.user(number)) == [f"mail {number}"]
    [[id]] = api.get("mail", action="all", folder=INBOX, columns="600").data
    api.put("mail", {"folder_id": "default0/Trash"}, action="update", folder=INBOX, id=id).data
    assert subjects(api.user(1)) == [] and subjects(api.user(1), "default0/Trash") == ["mail 1"]


def test_a_master_opens_no_mailbox_of_others(api):
    api.need_mail_extension("ACL")
    api.need_mail_extension("AUTH=PLAIN")
    made = api.put("folders", {"title": "Plans", "module": "mail"}, action="new", folder_id="default0").data
    api.user(2)
    others = f"default0/{api.server.mail.others}/user1.{api.context_id}"
    for folder in (f"{others}/Plans", f"{others}/INBOX", others):
        assert "error" in api.user(2).get("mail", action="all", folder=folder, columns="600").json, folder
    assert [row for row in api.user(2).get("folders", action="list", parent="default0", columns="1", all=1).data
            if "user1" in row[0]] == []
    assert api.get("folders", action="get", id=made).data["own_rights"] & 0x7f, "the owner's rights are his"
