"""Drive mail on real servers: files go into a folder of the sender, and whoever gets the mail follows its link."""

import json
import pathlib
import re
import sys
import time

from support import files as stored
from support.groupware import PASSWORD
from support.pictures import png
from support.servers import wait_until

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "shares")]
import compose_test as compose  # noqa: E402
import sharing  # noqa: E402

MAIL = True
DAY = 86_400_000
URL, REFERENCE = "X-Open-Xchange-Share-URL", "X-Open-Xchange-Share-Reference"


def now() -> int:
    return int(time.time() * 1000)


def send(client, to: str | None, subject: str, wish: dict, uploads: dict[str, bytes], **model):
    space = compose.new_space(client)["id"]
    for name, content in uploads.items():
        assert compose.upload(client, f"{space}/attachments", name, content).data
    return compose.finish(client, space, to=[[None, to]], subject=subject, sharedAttachments={"enabled": True, **wish}, **model)


def drive_folders(api, client) -> dict[str, str]:
    """Title and id of each mail's folder."""
    def below(parent: str) -> dict[str, str]:
        return {row[1]: row[0] for row in client.get("folders", action="list", parent=parent, columns="1,300", tree=0).data}

    root = below(api.file_folder(client)).get("Drive Mail")
    return below(root) if root else {}


def received(client, subject: str | None) -> dict:
    wait_until(lambda: subject in [row[1] for row in compose.rows(client)], f"the mail {subject}")
    [id] = [row[0] for row in compose.rows(client) if row[1] == subject]
    return compose.get(client, f"{compose.INBOX}/{id}", view="text")


def resolve(client, reference: str):
    return client.put("mail", {"reference": reference}, action="resolve_share_reference")


def test_files_go_as_a_link_that_receivers_follow(api):
    client, other = api.user(1), api.user(2)
    sent = send(client, api.mail("user2"), "Plans: a/b", {"language": "de_DE"}, {"a ä.txt": b"first file", "b.bin": b"x" * 300_000},
                content="the text").data
    assert sent.startswith(compose.SENT)
    mail = received(other, "Plans: a/b")
    [text] = mail["attachments"]
    url = mail["headers"][URL]
    assert url in text["content"] and "Dateien" in text["content"] and text["content"].endswith("the text<br>\n")
    assert "a ä.txt (10 B)" in text["content"] and "b.bin (293,0 KB)" in text["content"]
    copy = compose.get(client, sent)
    assert [copy["headers"][name] for name in (URL, REFERENCE)] == [url, mail["headers"][REFERENCE]] and len(copy["attachments"]) == 1

    [(title, folder)] = drive_folders(api, client).items()
    assert title == "Plans_ a_b" and sorted(stored.names(client, folder)) == ["a ä.txt", "b.bin"]
    other.get("folders", action="get", id=folder, tree=0).expect_error("FLD-0003")
    guest = sharing.open_link(api, url)
    assert guest.start["f"] == folder
    rows = guest.get("infostore", action="all", folder=folder, columns="1,702,704").data
    assert sorted(row[1:] for row in rows) == [["a ä.txt", 10], ["b.bin", 300_000]]
    assert sharing.download(guest, next(row[0] for row in rows if row[2] == 10)).body == b"first file"

    for reader in (client, other):
        found = resolve(reader, mail["headers"][REFERENCE]).data
        assert (found["shareToken"], found["contextId"], found["userId"]) == (sharing.token_of(url), api.context_id, client.user_id)
        assert {(each["filename"], each["file_size"]) for each in found["files"]} == {("a ä.txt", 10), ("b.bin", 300_000)}
        assert "password" not in found and "expiration" not in found


def test_images_of_the_text_stay_in_the_mail(api):
    client = api.user(1)
    space = compose.new_space(client, contentType="text/html")["id"]
    image = compose.upload(client, f"{space}/attachments", "i.png", png(3, 2), "image/png", "INLINE").data
    model = {"to": [[None, api.mail("user2")]], "sharedAttachments": {"enabled": True},
             "content": f'<p>Look: <img src="/ajax/mail/compose/{space}/attachments/{image["id"]}"></p>'}
    files = {"file_0": ("late.txt", "text/plain", b"came with send")}
    assert compose.finish(client, space, files=files, **model).data
    mail = received(api.user(2), None)
    names = [each.get("filename") for each in compose.get(api.user(2), f"{compose.INBOX}/{mail['id']}")["attachments"]]
    assert "i.png" in names and "late.txt" not in names
    [(title, folder)] = drive_folders(api, client).items()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", title) and stored.names(client, folder) == ["late.txt"]
    # Nothing to share: no folder, no link.
    assert send(client, api.mail("user2"), "plain", {}, {}).data
    assert URL not in received(api.user(2), "plain")["headers"] and len(drive_folders(api, client)) == 1


def test_a_link_can_have_a_password_and_an_end(api):
    client, other = api.user(1), api.user(2)
    ends = now() + 5 * DAY
    assert send(client, api.mail("user2"), "closed", {"password": "pass word", "expiryDate": ends}, {"a.txt": b"secret"}).data
    mail = received(other, "closed")
    content = mail["attachments"][0]["content"]
    assert "pass word" not in content and "password" in content and re.search(r"works until \d{4}-\d\d-\d\d\.", content)
    url = mail["headers"][URL]
    assert sharing.fragment_of(api.anonymous().request("GET", sharing.path_of(url)))["login_type"] == "anonymous_password"
    sharing.sign_in(api.anonymous(), url, "wrong").expect_error("LGI-0025")
    assert sharing.sign_in(api.anonymous(), url, "pass word").json["session"]
    found = resolve(other, mail["headers"][REFERENCE]).data
    assert found["password"] == "********" and found["expiration"] == ends and len(found["files"]) == 1


def test_what_may_not_be_shared_is_refused_and_leaves_nothing(api):
    client = api.user(1)
    for wish, code in (({"autodelete": True}, "MSG-0107"), ({"expiryDate": now() - DAY}, "SHR-0004"), ({"password": "x" * 600}, "SHR-0005")):
        send(client, api.mail("user2"), "no", wish, {"a.txt": b"x"}).expect_error(code)
    send(client, "reject@example.test", "no", {}, {"a.txt": b"x"}).expect_error("MSG-1013")
    send(client, api.mail("user2"), "no", {}, {"a.txt": b"x"}, **{"from": [None, api.mail("user2")]}).expect_error("MSG-0056")
    assert drive_folders(api, client) == {} and compose.rows(client, compose.SENT) == []
    assert client.get("quota", action="get").data["share_links"]["accounts"][0]["countuse"] == 0
    api.add_user("closed", "--module", "webmail", "--module", "infostore", "--module", "contacts")
    closed = api.named("closed")
    send(closed, api.mail("user2"), "no", {}, {"a.txt": b"x"}).expect_error("MSG-0106")
    assert "share_mail_attachments" in [each["id"] for each in client.get("capabilities", action="all").data]
    assert "share_mail_attachments" not in [each["id"] for each in closed.get("capabilities", action="all").data]
    for user, is_offered in ((client, True), (closed, False)):
        [settings] = user.put("jslob", ["io.ox/mail"], action="list").data
        assert settings["tree"]["compose"]["shareAttachments"]["enabled"] is is_offered


def test_files_count_for_the_quota_of_their_owner(api):
    api.add_user("small", "--quota", "1000000")
    small = api.named("small")
    uploads = {"a.bin": b"x" * 600_000, "b.bin": b"x" * 600_000}
    send(small, api.mail("small"), "large", {}, uploads).expect_error("FLS-0024")
    assert drive_folders(api, small) == {}
    assert small.get("quota", action="filestore").data["use"] == 0
    assert send(small, api.mail("small"), "smaller", {}, {"a.bin": b"x" * 600_000}).data


def test_a_reference_is_nothing_to_strangers(api):
    client, other = api.user(1), api.user(2)
    assert send(client, api.mail("user2"), "mine", {}, {"a.txt": b"x"}).data
    reference = received(other, "mine")["headers"][REFERENCE]
    forged = reference[:10] + ("B" if reference[10] == "A" else "A") + reference[11:]
    for text in (forged, "", "x" * 5_000, f"{api.context_id}/3/4/5"):
        resolve(client, text).expect_error("MSG-0046")
    client.put("mail", {}, action="resolve_share_reference").expect_error("MSG-0001")
    client.put("mail", [], action="resolve_share_reference").expect_error("SVL-0028")
    stranger = api.server.tenant()
    try:
        resolve(stranger.user(1), reference).expect_error("MSG-0046")
    finally:
        stranger.close()
    [folder] = drive_folders(api, client).values()
    link = sharing.get_link(client, sharing.target(folder))
    assert link["is_new"] is False
    client.put("share/management", sharing.target(folder), action="deleteLink", timestamp=sharing.LATE).data
    resolve(client, reference).expect_error("MSGCS-0023")
    resolve(other, reference).expect_error("MSGCS-0022")


def test_files_whose_time_is_over_go_at_the_next_sign_in(api):
    client = api.user(1)
    assert send(client, api.mail("user2"), "for a while", {"autodelete": True, "expiryDate": now() + DAY}, {"a.txt": b"x"}).data
    assert send(client, api.mail("user2"), "for ever", {}, {"b.txt": b"x"}).data
    folders = drive_folders(api, client)
    meta = client.get("folders", action="get", id=folders["for a while"], tree=0).data["meta"]
    assert meta["driveMailEnds"] > now() and not client.get("folders", action="get", id=folders["for ever"], tree=0).data.get("meta")
    api.anonymous().login(api.login_name("user1"), PASSWORD)
    assert len(drive_folders(api, client)) == 2
    # As if a day had passed.
    client.put("folders", {"folder": {"meta": {"driveMailEnds": now() - 1}}}, action="update", id=folders["for a while"], tree=0).data
    api.anonymous().login(api.login_name("user1"), PASSWORD)
    assert list(drive_folders(api, client)) == ["for ever"]
    gone = client.get("folders", action="get", id=folders["for a while"], tree=0)
    assert gone.code == "FLD-0008", json.dumps(gone.json)
