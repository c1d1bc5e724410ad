"""Who reads what: every way of reading, for every kind of user, on folders with every kind of right. Nobody sees a mail that he
may not read, whatever he asks for."""

import io
import json
import zipfile

MAIL = True
SECRET = "kept-among-us"
MAIL_SOURCE = (b"From: ann@example.org\r\nTo: bob@example.org\r\nSubject: " + SECRET.encode() + b"\r\n"
               b"Date: Mon, 01 Jul 2024 10:00:00 +0200\r\nMessage-ID: <secret@x.test>\r\nMIME-Version: 1.0\r\n"
               b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n" + SECRET.encode() + b"\r\n"
               b"--b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n"
               + SECRET.encode() + b"\r\n--b--\r\n")
OWNER, READER, SEES, STORES = 4 | 2 << 7 | 2 << 14 | 2 << 21 | 1 << 28, 1 | 2 << 7, 1, 2
INBOX = "default0/INBOX"


def search(client, folder, id):
    return client.put("mail", {"filter": ["=", {"field": "subject"}, SECRET]}, action="search", folder=folder, columns="600,607")


def compose(client, folder, id):
    return client.call("POST", "mail/compose", {"type": "reply"}, json.dumps([{"folderId": folder, "id": id}]).encode(),
                       {"Content-Type": "application/json"})


def copied(client, folder, id):
    answer = client.put("mail", {"folder_id": INBOX}, action="copy", folder=folder, id=id)
    if "error" in answer.json:
        return answer
    found = client.get("mail", action="all", folder=INBOX, columns="607")
    client.put("mail", [INBOX], action="clear", harddelete=True)
    return found


def into_drive(client, folder, id):
    drive = str(client.config("folder/infostore"))
    answer = client.put("mail", {}, action="attachment", folder=folder, id=id, attachment="2", dest_folder=drive)
    if "error" in answer.json:
        return answer
    return client.get("infostore", action="document", folder=drive, id=answer.data["id"])


def reading(**parameters):
    return lambda client, folder, id: client.get("mail", folder=folder, id=id, **parameters)


def listing(**parameters):
    return lambda client, folder, id: client.get("mail", folder=folder, **parameters)


WAYS = {
    "all": listing(action="all", columns="600,607"),
    "threads": listing(action="threadedAll", columns="600,607", sort=610, order="desc"),
    "list": lambda client, folder, id: client.put("mail", [{"folder": folder, "id": id}], action="list", columns="600,607"),
    "search": search,
    **{f"get {view}": reading(action="get", view=view, unseen=True) for view in ("raw", "text", "html", "noimg", "document")},
    "source": reading(action="get", src=1), "source as a file": reading(action="get", src=1, save=1),
    "headers": reading(action="get", hdr=1),
    "by Message-ID": lambda client, folder, id: client.get("mail", action="get", folder=folder, message_id="<secret@x.test>", view="text"),
    "attachment": reading(action="attachment", attachment="2"), "attachment as a file": reading(action="attachment", attachment="2", save=1),
    "zip": reading(action="zip_messages"), "zip of attachments": reading(action="zip_attachments", attachment="2"),
    "reply": reading(action="reply"), "forward": reading(action="forward"), "composition": compose,
    "copy": copied, "into drive": into_drive,
}


def text_of(answer) -> str:
    if answer.media_type != "application/zip":
        return answer.body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_nobody_reads_what_he_may_not(api):
    api.need_mail_extension("ACL")
    users = {number: api.user(number).get("config/identifier").data for number in (1, 2, 3, 4)}
    grants = {"Shared": {2: READER, 3: SEES, 4: STORES}, "Own": {}}
    for title, bits_of in grants.items():
        permissions = [{"entity": users[1], "group": False, "bits": OWNER}]
        permissions += [{"entity": users[number], "group": False, "bits": bits} for number, bits in bits_of.items()]
        api.user(1).put("folders", {"title": title, "module": "mail", "permissions": permissions}, action="new",
                        folder_id="default0").data
        api.save_mail("user1", MAIL_SOURCE, title)
    api.save_mail("user1", MAIL_SOURCE)
    home = f"default0/{api.server.mail.others}/user1.{api.context_id}"
    for number in users:
        client = api.user(number)
        for title in ("Shared", "Own", "INBOX"):
            folder = f"default0/{title}" if number == 1 else f"{home}/{title}"
            may_read = number == 1 or grants.get(title, {}).get(number) == READER
            for way, ask in WAYS.items():
                if number == 1 and way == "copy":
                    continue
                answer = ask(client, folder, "1")
                is_shown = SECRET in text_of(answer)
                assert is_shown == may_read, (number, title, way, answer.status, text_of(answer)[:300])
