"""Composition spaces on real servers: opened, changed, saved, sent once; with their attachments and images."""

import contextlib
import json
import re
import sqlite3
import threading

from support.pictures import png
from support.servers import wait_until

MAIL = True
INBOX, SENT, DRAFTS = "default0/INBOX", "default0/Sent", "default0/Drafts"
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"


def call(client, method: str, path: str = "", body=None, **parameters):
    data = None if body is None else json.dumps(body).encode()
    return client.call(method, "mail/compose" + path, parameters, data, {"Content-Type": "application/json"})


def new_space(client, *mails: str, **parameters) -> dict:
    return call(client, "POST", "", [{"folderId": INBOX, "id": id} for id in mails], **parameters).data


def upload(client, path: str, name: str, content: bytes, media_type: str = "text/plain", disposition: str = "ATTACHMENT"):
    return client.multipart(f"mail/compose/{path}", {"contentDisposition": disposition}, {"file": (name, media_type, content)},
                            plainJson=True)


def finish(client, space: str, what: str = "send", files: dict | None = None, parameters: dict | None = None, **model):
    return client.multipart(f"mail/compose/{space}/{what}", {"JSON": json.dumps(model)}, files or {}, plainJson=True,
                            **(parameters or {}))


def download(client, space: str, attachment: str, **more):
    return call(client, "GET", f"/{space}/attachments/{attachment}", **more)


def rows(client, folder: str = INBOX) -> list:
    return client.get("mail", action="all", folder=folder, columns="600,607,611").data


def wait_for(client, count: int = 1, folder: str = INBOX) -> list:
    wait_until(lambda: len(rows(client, folder)) >= count, f"{count} mails in {folder}")
    return rows(client, folder)


def get(client, path: str, **parameters) -> dict:
    folder, _, id = path.rpartition("/")
    return client.get("mail", action="get", folder=folder, id=id, **{"unseen": True, "view": "html", **parameters}).data


def mail(subject: str, body: bytes = PLAIN + b"the text", **headers: str) -> bytes:
    lines = {"From": "Ann <ann@example.org>", "To": "user1@example.test", "Subject": subject, "MIME-Version": "1.0",
             "Date": "Mon, 01 Jul 2024 10:00:00 +0200", "Message-ID": f"<{subject.replace(' ', '.')}@x.test>"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode() + body + b"\r\n"


def with_files(subject: str) -> bytes:
    """HTML with an image, and a file."""
    image = png(2, 2).hex()
    return mail(subject, b"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n"
                b"--r\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>rich <img src='cid:one@x'></p>\r\n"
                b"--r\r\nContent-Type: image/png; name=a.png\r\nContent-ID: <one@x>\r\nContent-Disposition: inline\r\n"
                b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                + "".join(f"={image[i:i + 2].upper()}" for i in range(0, len(image), 2)).encode() + b"\r\n--r--\r\n"
                b"--m\r\nContent-Type: application/pdf; name=b.pdf\r\nContent-Disposition: attachment; filename=b.pdf\r\n\r\npdf\r\n--m--")


def given(api, *messages: bytes) -> list[str]:
    api.user(1)
    for message in messages:
        api.save_mail("user1", message)
    return [row[0] for row in rows(api.user(1))]


def stored_files(api) -> list:
    store = api.server.httpd.folder / "data" / "files" / f"{api.context_id}_ctx_compose_store"
    return [path for path in store.rglob("*") if path.is_file()]


def test_a_mail_with_a_file_and_an_inline_image_is_written_and_sent(api):
    client, other = api.user(1), api.user(2)
    space = new_space(client, contentType="text/html", priority="high", requestReadReceipt=True)
    assert re.fullmatch("[0-9a-f]{32}", space["id"]) and space["meta"] == {"type": "NEW"}
    assert space["from"][1] == api.mail("user1") and space["priority"] == "high" and space["attachments"] == []
    file = upload(client, f"{space['id']}/attachments", "Bericht ä.txt", b"numbers").data
    assert (file["name"], file["size"], file["mimeType"], file["origin"]) == ("Bericht ä.txt", 7, "text/plain", "upload")
    picture = png(3, 2)
    image = upload(client, f"{space['id']}/attachments", "a.png", picture, "image/png", "INLINE").data
    unused = upload(client, f"{space['id']}/attachments", "b.png", png(), "image/png", "inline").data
    assert image["contentDisposition"] == unused["contentDisposition"] == "inline" and image["cid"] != unused["cid"]
    address = f"/ajax/mail/compose/{space['id']}/attachments/{image['id']}"
    changed = call(client, "PATCH", f"/{space['id']}", {
        "to": [["User Two", api.mail("user2")]], "bcc": [[None, api.mail("user2")]], "subject": "Grüße",
        "content": f'<p>Look: <img src="{address}?session={client.session}"><img src="{address}"></p>'}).data
    assert changed["to"] == [["User Two", api.mail("user2")]] and len(changed["attachments"]) == 3
    sent = finish(client, space["id"], subject="Grüße 2", customHeaders={"X-Mine": "yes", "Subject": "no"}).data
    assert sent.startswith(SENT + "/")
    call(client, "GET", f"/{space['id']}").expect_error("MSGCS-0007")

    [[id, subject, _]] = wait_for(other)
    shown = get(other, f"{INBOX}/{id}")
    text, *files = shown["attachments"]
    assert subject == "Grüße 2" and shown["priority"] == 1 and shown["headers"]["X-Mine"] == "yes"
    assert api.mail("user1") in shown["disp_notification_to"] and shown["bcc"] == []
    assert "compose" not in text["content"] and text["content"].count("/image/mail/picture?") == 2
    assert sorted((each["filename"], each["disp"]) for each in files) == [("Bericht ä.txt", "attachment"), ("a.png", "inline")]
    seen = other.get("image/mail/picture", folder=INBOX, id=id, uid=next(each["cid"] for each in files if each.get("cid")).strip("<>"))
    assert seen.body == picture
    assert get(client, sent)["bcc"] == [[None, api.mail("user2")]]


def test_a_space_belongs_to_its_owner_and_changes_in_parts(api):
    client, other = api.user(1), api.user(2)
    id = new_space(client)["id"]
    dashed = f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}".upper()
    call(client, "PUT", f"/{dashed}", {"subject": "one", "content": "text", "cc": [["a", "a@x.test"]], "id": "x", "meta": {}})
    space = call(client, "PATCH", f"/{id}", {"cc": None, "content": None, "attachments": [], "unknown": 1}).data
    assert (space["id"], space["subject"], space["content"], space["cc"]) == (id, "one", "", []) and space["meta"]["type"] == "NEW"
    assert call(client, "GET").data == [{"id": id}]
    client.call("POST", f"mail/compose/{id}", {}, b'{"replyTo": ["R", "r@x.test"]}', {"X-HTTP-Method-Override": "PATCH"}).data
    assert call(client, "GET", f"/{id}").data["replyTo"] == ["R", "r@x.test"]
    assert call(client, "GET", columns="id,subject, priority,none").data == [{"id": id, "subject": "one", "priority": "normal"}]
    assert call(other, "GET").data == []
    for method, path, body in (("GET", "", None), ("PATCH", "", {}), ("GET", "/attachments/" + "0" * 32, None), ("DELETE", "/attachments/x", None)):
        call(other, method, f"/{id}{path}", body).expect_error("MSGCS-0007")
    finish(other, id).expect_error("MSGCS-0007")
    assert call(other, "DELETE", f"/{id}").data == {"success": False}
    assert call(client, "DELETE", f"/{id}").data == {"success": True}
    assert call(client, "DELETE", f"/{id}").data == {"success": False}
    call(client, "GET", "/undefined").expect_error("MSGCS-0007")
    call(client, "POST", f"/{id}/nothing", {}).expect_error("SVL-0021")
    assert call(client, "GET", session=None).status == 400


def test_what_is_no_message_is_refused_and_changes_nothing(api):
    client = api.user(1)
    id = new_space(client)["id"]
    long = [["x", "y" * 2_000 + "@x.test"]]
    many = [["x" * 300, f"a{number}@x.test"] for number in range(1_000)]
    for change, code in (({"priority": "higher"}, "MSG-0046"), ({"contentType": "text/xml"}, "MSG-0046"), ({"to": [["x", ""]]}, "MSG-1008"),
                         ({"subject": "x" * 5_000}, "MSGCS-0015"), ({"from": long[0]}, "MSGCS-0016"), ({"sender": long}, "MSGCS-0017"),
                         ({"to": many}, "MSGCS-0018"), ({"cc": many}, "MSGCS-0019"), ({"bcc": many}, "MSGCS-0020"),
                         ({"replyTo": long[0]}, "MSGCS-0021"), ({"content": "x" * 4_194_305}, "MSG-0102"),
                         ({"security": {"encrypt": True}}, "MSG-0087"), (["x"], "SVL-0028")):
        body = change if isinstance(change, list) else {"subject": "no", **change}
        call(client, "PATCH", f"/{id}", body).expect_error(code)
    kept = call(client, "PATCH", f"/{id}", {"security": {"encrypt": False}, "priority": "HIGH"}).data
    assert kept["subject"] == "" and kept["priority"] == "high" and "security" not in kept
    call(client, "POST", "", [], type="sideways").expect_error("MSG-0046")
    call(client, "POST", "", [], type="reply").expect_error("MSG-0001")
    call(client, "POST", "", [{"folderId": INBOX, "id": "77"}], type="reply").expect_error("MSG-0067")
    call(client, "POST", "", [{"folderId": INBOX, "id": "1"}] * 2, type="reply").expect_error("MSG-0047")
    call(client, "POST", "", [], originalAttachments=True).expect_error("MSGCS-0008")
    call(client, "POST", f"/{id}/attachments/original").expect_error("MSGCS-0008")
    finish(client, id, to=[]).expect_error("MSG-0037")
    finish(client, id, to=[[None, api.mail("user1")]], **{"from": [None, api.mail("user2")]}).expect_error("MSG-0056")
    client.multipart(f"mail/compose/{id}/send", {}, {}, plainJson=True).expect_error("MSG-0001")
    assert rows(client, SENT) == [] and call(client, "GET").data == [{"id": id}]


def test_a_user_has_a_number_of_spaces(api):
    client = api.user(1)
    ids = [new_space(client)["id"] for _ in range(20)]
    call(client, "POST", "", []).expect_error("MSGCS-0011")
    call(client, "DELETE", f"/{ids[0]}")
    assert new_space(client)["id"] and len(call(client, "GET").data) == 20
    assert new_space(api.user(2))["id"]


def test_attachments_are_added_replaced_read_and_removed(api):
    client = api.user(1)
    id = new_space(client, vcard=True)["id"]
    folder = api.file_folder(client)
    drive = client.multipart("infostore", {"json": json.dumps({"folder_id": folder, "filename": "d.txt"})},
                             {"file": ("d.txt", "text/plain", b"drive")}, action="new").data
    contact = client.put("contacts", {"folder_id": api.private_folder(), "display_name": "Jo"}, action="new").data["id"]

    def named(**members):
        return client.multipart(f"mail/compose/{id}/attachments", {"JSON": json.dumps(members)}, {}, plainJson=True)

    first = upload(client, f"{id}/attachments", "a.bin", b"%PDF-1.4 x", "application/octet-stream").data
    assert first["mimeType"] == "application/pdf"
    assert named(origin="drive", id=drive, folderId=folder).data["origin"] == "drive"
    assert named(origin="contact", id=contact, folderId=api.private_folder()).data["name"] == "Jo.vcf"
    named(origin="moon", id="1").expect_error("MSG-0046")
    assert call(client, "POST", f"/{id}/attachments/vcard").data["origin"] == "vcard"
    names = [each["name"] for each in call(client, "GET", f"/{id}").data["attachments"]]
    assert names[1:4] == ["a.bin", "d.txt", "Jo.vcf"] and names[0] == names[4]
    page = client.multipart(f"mail/compose/{id}/attachments", {"contentDisposition": "ATTACHMENT"}, {"file": ("e", "text/plain", b"e")})
    assert page.media_type == "text/html" and page.data["name"] == "e"

    answer = download(client, id, first["id"])
    assert answer.body == b"%PDF-1.4 x" and answer.headers["ETag"]
    assert download(client, id, first["id"]).status == 200
    other = upload(client, f"{id}/attachments/{first['id']}", "b.txt", b"second").data
    assert other["id"] != first["id"]
    assert [each["name"] for each in call(client, "GET", f"/{id}").data["attachments"]][1] == "b.txt"
    download(client, id, first["id"]).expect_error("MSGCS-0009")
    # As a browser fetches the image of a text: without the parameter.
    assert client.request("GET", f"/ajax/mail/compose/{id}/attachments/{other['id']}").body == b"second"
    assert call(client, "DELETE", f"/{id}/attachments/{other['id']}").data == {"success": True}
    call(client, "DELETE", f"/{id}/attachments/{other['id']}").expect_error("MSGCS-0009")
    upload(client, f"{id}/attachments/{other['id']}", "b.txt", b"x").expect_error("MSGCS-0009")
    assert len(call(client, "GET", f"/{id}").data["attachments"]) == 5 == len(stored_files(api))
    call(client, "DELETE", f"/{id}")
    assert stored_files(api) == []


def test_parallel_uploads_are_all_there(api):
    client = api.user(1)
    id = new_space(client)["id"]
    problems = []

    def work(number: int) -> None:
        try:
            mine = api.anonymous()
            mine.session, mine.cookies, mine.user_agent = client.session, dict(client.cookies), client.user_agent
            upload(mine, f"{id}/attachments", f"{number}.txt", b"x" * number).data
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first = [each["name"] for each in call(client, "GET", f"/{id}").data["attachments"]]
    assert not problems and sorted(first) == sorted(f"{number}.txt" for number in range(10))
    assert first == [each["name"] for each in call(client, "GET", f"/{id}").data["attachments"]]


def test_an_answer_knows_its_original_and_marks_it(api):
    client = api.user(1)
    [id] = given(api, mail("question", To="user1@example.test, bob@x.test", Cc="carl@x.test"))
    reply = new_space(client, id, type="reply")
    assert reply["to"] == [["Ann", "ann@example.org"]] and reply["cc"] == [] and reply["subject"] == "Re: question"
    assert reply["content"].strip() == "the text" and reply["contentType"] == "text/plain"
    assert reply["meta"] == {"type": "REPLY", "originalFolderId": INBOX, "originalId": id, "date": 1719820800000}
    everybody = new_space(client, id, type="replyAll", contentType="text/html")
    assert {pair[1] for pair in everybody["to"]} >= {"ann@example.org", "bob@x.test"} and everybody["cc"] == [[None, "carl@x.test"]]
    assert everybody["meta"]["type"] == "REPLY_ALL" and "the text" in everybody["content"]
    sent = finish(client, reply["id"], to=[[None, api.mail("user1")]], content="answer").data
    headers = get(client, sent)["headers"]
    assert headers["In-Reply-To"] == "<question@x.test>" and headers["References"] == "<question@x.test>"
    assert next(row[2] for row in wait_for(client, 2) if row[0] == id) & 1
    client.put("mail", [{"folder": INBOX, "id": id}], action="delete", harddelete=True)
    finish(client, everybody["id"], to=[[None, api.mail("user1")]], cc=None).expect_error("MSG-0032")
    assert len(rows(client, SENT)) == 1 and call(client, "GET").data == [{"id": everybody["id"]}]
    assert finish(client, everybody["id"], "save").data.startswith(DRAFTS)


def test_an_answer_can_take_the_files_of_its_original(api):
    client = api.user(1)
    [id] = given(api, with_files("files"))
    reply = new_space(client, id, type="reply")
    [image] = reply["attachments"]
    assert image["contentDisposition"] == "inline" and image["origin"] == "mail"
    assert f"/ajax/mail/compose/{reply['id']}/attachments/{image['id']}" in reply["content"]
    assert download(client, reply["id"], image["id"]).body == png(2, 2)
    [file] = call(client, "POST", f"/{reply['id']}/attachments/original").data
    assert (file["name"], file["mimeType"]) == ("b.pdf", "application/pdf")
    assert call(client, "POST", f"/{reply['id']}/attachments/original").data == []
    both = new_space(client, id, type="reply", originalAttachments=True)
    assert sorted(each["name"] for each in both["attachments"]) == ["a.png", "b.pdf"]


def test_a_forwarded_mail_keeps_its_files_and_images(api):
    client, other = api.user(1), api.user(2)
    [id] = given(api, with_files("files"))
    forward = new_space(client, id, type="forward")
    assert forward["subject"] == "Fwd: files" and forward["meta"]["type"] == "FORWARD_INLINE" and forward["to"] == []
    assert sorted(each["name"] for each in forward["attachments"]) == ["a.png", "b.pdf"]
    sent = finish(client, forward["id"], to=[[None, api.mail("user2")]], contentType="multipart/alternative").data
    assert rows(client)[0][2] & 256
    [[arrived, _, _]] = wait_for(other)
    text, *files = get(other, f"{INBOX}/{arrived}")["attachments"]
    assert "rich" in text["content"] and "/image/mail/picture?" in text["content"]
    assert sorted(each["filename"] for each in files if each["disp"] != "alternative") == ["a.png", "b.pdf"]
    assert get(other, f"{INBOX}/{arrived}", view="text")["attachments"][0]["content"].startswith("rich")
    assert get(client, sent)["headers"]["References"] == "<files@x.test>"


def test_several_mails_are_forwarded_as_they_are(api):
    client = api.user(1)
    ids = given(api, mail("one"), mail("two / ä"), mail(""))
    forward = new_space(client, *ids, type="forward")
    assert forward["meta"]["type"] == "FORWARD_ATTACHMENT" and forward["subject"] == "Fwd: one" and forward["content"] == ""
    assert [each["mimeType"] for each in forward["attachments"]] == ["message/rfc822"] * 3
    assert forward["attachments"][0]["name"] == "one.eml"
    sent = finish(client, forward["id"], to=[[None, api.mail("user1")]]).data
    assert [nested["subject"] for nested in get(client, sent)["nested_msgs"]][:1] == ["one"]
    assert all(row[2] & 256 for row in wait_for(client, 4) if row[0] in ids)


def test_a_draft_is_gone_on_with_until_it_is_sent(api):
    client = api.user(1)
    first = new_space(client)["id"]
    upload(client, f"{first}/attachments", "a.txt", b"kept")
    draft = finish(client, first, "save", to=[[None, api.mail("user2")]], bcc=[[None, "b@x.test"]], subject="draft", content="one",
                   priority="low", requestReadReceipt=True).data
    assert draft.startswith(DRAFTS + "/") and call(client, "GET").data == []
    edit = call(client, "POST", "", [{"folderId": DRAFTS, "id": draft.rpartition("/")[2]}], type="edit").data
    assert (edit["subject"], edit["content"].strip(), edit["priority"]) == ("draft", "one", "low")
    assert edit["bcc"] == [[None, "b@x.test"]] and edit["requestReadReceipt"] is True and edit["meta"]["type"] == "EDIT"
    assert [each["name"] for each in edit["attachments"]] == ["a.txt"]
    call(client, "DELETE", f"/{edit['id']}")
    assert [row[1] for row in rows(client, DRAFTS)] == ["draft"]
    edit = call(client, "POST", "", [{"folderId": DRAFTS, "id": draft.rpartition("/")[2]}], type="edit").data
    again = finish(client, edit["id"], "save", subject="draft 2").data
    assert [row[1] for row in rows(client, DRAFTS)] == ["draft 2"]
    copy = call(client, "POST", "", [{"folderId": DRAFTS, "id": again.rpartition("/")[2]}], type="copy").data
    finish(client, copy["id"], bcc=None)
    assert [row[1] for row in rows(client, DRAFTS)] == ["draft 2"] and len(rows(client, SENT)) == 1
    edit = call(client, "POST", "", [{"folderId": DRAFTS, "id": again.rpartition("/")[2]}], type="edit").data
    finish(client, edit["id"], bcc=None)
    assert rows(client, DRAFTS) == [] and [row[1] for row in rows(client, SENT)] == ["draft 2", "draft 2"]


def test_a_mail_can_be_sent_again(api):
    client = api.user(1)
    first = new_space(client)["id"]
    sent = finish(client, first, to=[["Two", api.mail("user2")]], subject="again", content="text").data
    space = call(client, "POST", "", [{"folderId": SENT, "id": sent.rpartition("/")[2]}], type="resend").data
    assert space["meta"]["type"] == "RESEND" and space["to"] == [["Two", api.mail("user2")]] and space["subject"] == "again"
    second = finish(client, space["id"]).data
    assert get(client, sent)["headers"]["Message-ID"] != get(client, second)["headers"]["Message-ID"]
    assert len(wait_for(api.user(2), 2)) == 2


def test_a_space_is_sent_once(api):
    client, other = api.user(1), api.user(2)
    id = new_space(client)["id"]
    answers = []

    def work() -> None:
        mine = api.anonymous()
        mine.session, mine.cookies, mine.user_agent = client.session, dict(client.cookies), client.user_agent
        answers.append(finish(mine, id, to=[[None, api.mail("user2")]], subject="once", content="text"))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.code or "" for answer in answers) == ["", "MSGCS-0007", "MSGCS-0007", "MSGCS-0007"]
    wait_for(other)
    assert [row[1] for row in rows(client, SENT)] == ["once"] and len(rows(other)) == 1


def test_a_send_that_was_cut_off_behind_the_acceptance_is_not_repeated(api):
    if api.is_mysql:
        api.skip("looks into the file of the database")
    client = api.user(1)
    id = new_space(client)["id"]
    finish(client, id, to=[[None, "reject@example.test"]], subject="cut").expect_error("MSG-1013")
    with contextlib.closing(sqlite3.connect(api.server.url.removeprefix("sqlite:"))) as database:
        [[message_id]] = database.execute("SELECT message_id FROM composition_spaces WHERE cid=? AND id=?", (api.context_id, id))
    # As if the first try had been taken, and its server killed then.
    api.save_mail("user1", mail("cut", Message_ID=message_id), "Sent")
    answer = finish(client, id, to=[[None, api.mail("user2")]])
    assert answer.data == f"{SENT}/{rows(client, SENT)[0][0]}" and len(rows(client, SENT)) == 1
    assert call(client, "GET").data == [] and rows(api.user(2)) == []


def test_what_a_server_refuses_leaves_the_space_as_it_was(api):
    client = api.user(1)
    [original] = given(api, mail("question"))
    space = new_space(client, original, type="reply")
    upload(client, f"{space['id']}/attachments", "a.txt", b"kept")
    finish(client, space["id"], to=[[None, "reject@example.test"]]).expect_error("MSG-1013")
    kept = call(client, "GET", f"/{space['id']}").data
    assert kept["to"] == [[None, "reject@example.test"]] and len(kept["attachments"]) == 1
    assert rows(client, SENT) == [] and rows(client)[0][2] & 1 == 0
    files = {"file_0": ("b.txt", "text/plain", b"more")}
    sent = finish(client, space["id"], files=files, to=[[None, api.mail("user1")]], parameters={"lineWrapAfter": 20}, content="word " * 20).data
    assert [each["filename"] for each in get(client, sent)["attachments"][1:]] == ["a.txt", "b.txt"]
    assert max(map(len, get(client, sent, view="raw")["attachments"][0]["content"].splitlines())) <= 21


def test_a_mail_without_a_copy_says_that_it_is_out(api):
    client = api.user(1)
    id = new_space(client)["id"]
    answer = finish(client, id, to=[[None, api.mail("user1")]], subject="x", parameters={"copy2Sent": False})
    assert answer.data == {"success": True} and rows(client, SENT) == []
    wait_for(client)


def test_spaces_go_with_their_user(api):
    id = new_space(api.user(2))["id"]
    upload(api.user(2), f"{id}/attachments", "a.txt", b"x")
    assert len(stored_files(api)) == 1
    api.server.ctl_with_config("user", "delete", "--context", api.context_id, "--name", "user2")
    assert stored_files(api) == []


def test_clients_store_a_draft_from_time_to_time(api):
    client = api.user(1)
    [original] = given(api, mail("question"))

    def autosave(**members):
        body = {"from": [[None, api.mail("user1")]], "to": [[None, "x@x.test"]], "subject": "s",
                "attachments": [{"content_type": "text/plain", "content": "a", "raw": True}], **members}
        return client.put("mail", body, action="autosave", csid="7")

    first = autosave(sendtype=1, msgref=f"{INBOX}/{original}").data
    assert first.startswith(DRAFTS + "/") and len(rows(client)) == 1
    assert get(client, first)["headers"]["In-Reply-To"] == "<question@x.test>" and get(client, first)["flags"] & 4
    second = autosave(sendtype=3, msgref=first, subject="t").data
    assert second != first and [row[1] for row in rows(client, DRAFTS)] == ["t"]
    assert get(client, second)["headers"]["In-Reply-To"] == "<question@x.test>"
    # A client that mistakes the original for a draft must not lose it.
    autosave(sendtype=3, msgref=f"{INBOX}/{original}")
    assert len(rows(client)) == 1 and len(rows(client, DRAFTS)) == 2
    client.put("mail", [], action="autosave").expect_error("MSG-0086")
