"""Mails in backups: a master user reads the mailboxes, and puts back what is not there."""

from support import archives

MAIL = True
DIRECTIVES = "GroupwareMailMaster master msecret\n"


def mail(number: int) -> bytes:
    return (f"From: ann@example.test\r\nTo: user1@example.test\r\nSubject: Number {number}\r\nMessage-ID: <{number}@backup>\r\n"
            f"Date: Mon, 02 Mar 2026 10:00:0{number} +0100\r\n\r\nText {number}\r\n").encode()


def rows(client, folder: str) -> list:
    """Subject, flags, size and when it was received. Not \\Recent, which tells whether somebody has looked before."""
    found = client.get("mail", action="all", folder=folder, columns="607,611,608,610", sort=610, order="asc").data
    return sorted([subject, flags & ~16, size, received] for subject, flags, size, received in found)


def test_mails_come_back_with_flags_and_dates(api):
    api.need_mail_extension("AUTH=PLAIN")  # of the master
    client = api.user(1)
    for number in range(3):
        api.save_mail("user1", mail(number))
    made = client.put("folders", {"title": "Kept", "module": "mail"}, action="new", folder_id="default0/INBOX")
    folder = made.data
    first = client.get("mail", action="all", folder="default0/INBOX", columns="600", sort=610, order="asc").data
    client.put("mail", {"set_flags": 8}, action="update", folder="default0/INBOX", id=first[0][0])
    client.put("mail", {"folder_id": folder}, action="update", folder="default0/INBOX", id=first[0][0])
    before = {name: rows(client, name) for name in ("default0/INBOX", folder)}
    assert [len(found) for found in before.values()] == [2, 1], before
    server, context = api.server, api.context_id
    path = archives.place(server, "mail.tar.zst")
    said = archives.ctl(server, "backup", "--context", context, "--user", "user1", "--mail", "--output", path)
    assert said["mails"] == 3, said

    archives.ctl(server, "user", "delete", "--context", context, "--name", "user1")
    again = archives.ctl(server, "restore", "--mail", path)
    assert again["mails"] == 0, "the mail server has them still"
    api.clients.pop("user1")
    client = api.user(1)
    for name in before:
        ids = client.get("mail", action="all", folder=name, columns="600").data
        client.put("mail", [{"folder": name, "id": row[0]} for row in ids], action="delete", harddelete=1)
    client.put("folders", [folder], action="delete", hardDelete=True)
    archives.ctl(server, "user", "delete", "--context", context, "--name", "user1")
    assert archives.ctl(server, "restore", "--mail", path)["mails"] == 3
    api.clients.pop("user1")
    client = api.user(1)
    assert {name: rows(client, name) for name in before} == before
