"""Mails that tell of shares: who gets one, in which language, and what happens when none can go out."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import sharing  # noqa: E402
from sharing import LATE  # noqa: E402
from support.servers import wait_until  # noqa: E402

MAIL = True
INBOX = "default0/INBOX"


def mails(client) -> list:
    return client.get("mail", action="all", folder=INBOX, columns="600,607", sort="600", order="asc").data


def read_mails(client, count: int = 1) -> list:
    """Those that came, whole."""
    wait_until(lambda: len(mails(client)) >= count, f"{count} mails")
    assert len(mails(client)) == count
    return [client.get("mail", action="get", folder=INBOX, id=id, view="text", unseen=True).data for id, _ in mails(client)]


def entry(client, bits=sharing.VIEW) -> dict:
    return {"entity": client.user_id, "group": False, "bits": bits}


def share_folder(api, title: str, *entries, notification=None):
    body = {"folder": {"title": title, "module": "infostore", "permissions": [sharing.owner_entry(api.user(1)), *entries]}}
    if notification is not None:
        body["notification"] = notification
    return api.user(1).put("folders", body, action="new", folder_id=api.file_folder(), tree=0)


def test_who_gets_a_folder_hears_of_it_when_that_is_wanted(api):
    other = api.user(2)
    folder = share_folder(api, "Plans", entry(other), notification={"transport": "mail", "message": "Have a look"}).data
    [mail] = read_mails(other)
    assert mail["subject"] == 'User1 Test has shared the folder "Plans" with you'
    assert mail["from"] == [["User1 Test", api.mail("user1")]] and mail["to"] == [["User2 Test", api.mail("user2")]]
    text = mail["attachments"][0]["content"]
    assert "Have a look" in text and f"app=io.ox/files&amp;folder={folder}" in text
    # A change tells only those who are new, and without a wish nobody.
    body = {"folder": {"permissions": [sharing.owner_entry(api.user(1)), entry(other, sharing.AUTHOR)]}, "notification": {"transport": "mail"}}
    api.user(1).put("folders", body, action="update", id=folder, tree=0).data
    share_folder(api, "Silent", entry(other)).data
    share_folder(api, "Loud", entry(other), notification={"transport": "mail"}).data
    assert [mail["subject"].split('"')[1] for mail in read_mails(other, 2)] == ["Plans", "Loud"]
    # Nothing is kept in the sender's own folders.
    assert api.user(1).get("mail", action="all", folder="default0/Sent", columns="600").data == []


def test_another_transport_is_refused_before_anything_is_written(api):
    answer = share_folder(api, "Plans", entry(api.user(2)), notification={"transport": "pigeon"})
    answer.expect_error("SVL-0010")
    share_folder(api, "Plans", entry(api.user(2)), notification={"message": "x" * 16_385}).expect_error("SVL-0010")
    rows = api.user(1).get("folders", action="list", parent=api.file_folder(), columns="300", tree=0).data
    assert ["Plans"] not in rows


def test_members_of_a_group_are_told_each_in_his_language(api):
    api.user(1)
    api.add_user("hans", "--language", "de_DE")
    hans, other = api.named("hans"), api.user(2)
    group = {"entity": 0, "group": True, "bits": sharing.VIEW}
    share_folder(api, "Pläne", group, entry(other), notification={"transport": "mail"})
    [german], [english] = read_mails(hans), read_mails(other)
    assert german["subject"] == 'User1 Test hat den Ordner "Pläne" für Sie freigegeben'
    assert english["subject"] == 'User1 Test has shared the folder "Pläne" with you'
    assert mails(api.user(1)) == []


def test_a_guest_gets_the_address_of_his_share(api):
    name = f"visitor.{api.context_id}"
    api.user(1)
    api.server.mail.add_login(name)
    folder = share_folder(api, "Plans", {"type": "guest", "email_address": f"{name}@example.test", "bits": sharing.VIEW}).data
    entries = [one for one in sharing.extended(api.user(1), folder) if one["type"] == "guest"]
    fetched = lambda: api.server.mail.mailboxes.doveadm("fetch", "-u", name, "body", "mailbox", "INBOX")  # noqa: E731
    wait_until(fetched, "the mail to the guest")
    assert entries[0]["share_url"].split("/share/")[1] in fetched().replace("=\n", "").replace("=\r\n", "")


def test_a_file_that_is_shared_tells_of_itself(api):
    other = api.user(2)
    file_id = sharing.make_file(api)
    body = {"file": {"object_permissions": [entry(other, 1)]}, "notification": {"transport": "mail", "message": "Read it"}}
    api.user(1).put("infostore", body, action="update", id=file_id, timestamp=LATE).data
    [mail] = read_mails(other)
    assert mail["subject"] == 'User1 Test has shared the file "note.txt" with you'
    body = {"entities": [str(other.user_id)], "notification": {"transport": "mail", "message": "Again"}}
    where = {"action": "notify", "id": file_id, "folder": file_id.split("/")[0]}
    assert api.user(1).put("infostore", body, **where).data == {}
    assert "Again" in read_mails(other, 2)[1]["attachments"][0]["content"]
    api.user(1).put("infostore", {"entities": ["4711"]}, **where).expect_error("IFO-2100")
    api.user(1).put("infostore", {}, **where).expect_error("SVL-0002")
    other.put("infostore", body, action="notify", id=f"10/{file_id.split('/')[1]}").expect_error("IFO-0403")
    api.user(3).put("infostore", body, **where).expect_error("IFO-0300")


def test_notify_tells_those_who_are_in_the_folder(api):
    other = api.user(2)
    folder = share_folder(api, "Plans", entry(other)).data
    body = {"entities": [str(other.user_id)], "notification": {"transport": "mail"}}
    assert api.user(1).put("folders", body, action="notify", id=folder, tree=0).data == {}
    assert read_mails(other)[0]["subject"].endswith('"Plans" with you')
    # Only who administers the folder may do so.
    other.put("folders", body, action="notify", id=folder, tree=0).expect_error("FLD-0010")


def test_a_link_is_sent_to_whom_one_names(api):
    client, other = api.user(1), api.user(2)
    what = sharing.target(api.file_folder(), sharing.make_file(api))
    body = {**what, "recipients": [["Bert\r\nBcc: x@example.org", api.mail("user2")]], "message": "For you"}
    client.put("share/management", body, action="sendLink").expect_error("SHR-0001")
    link = sharing.get_link(client, what)
    assert client.put("share/management", body, action="sendLink").data is None
    [mail] = read_mails(other)
    text = mail["attachments"][0]["content"]
    assert link["url"] in text and "For you" in text and "password" not in text
    [[name, address]] = mail["to"]
    assert address == api.mail("user2") and name.startswith('"Bert') and (mail["cc"], mail["bcc"]) == ([], [])
    sharing.update_link(client, what, {"password": "pin"}).data
    client.put("share/management", {**body, "recipients": [[api.mail("user2")]]}, action="sendLink").data
    assert "password" in read_mails(other, 2)[1]["attachments"][0]["content"]
    for wrong, code in (([], "SVL-0002"), ([["a", "b", "c"]], "SVL-0010"), ([["a", "nobody"]], "MSG-1008"),
                        ([["", "a@example.test"]] * 101, "MSG-0076")):
        client.put("share/management", {**body, "recipients": wrong}, action="sendLink").expect_error(code)
    other.put("share/management", body, action="sendLink").expect_error("IFO-0300")


def test_a_refused_recipient_is_a_warning_and_the_others_are_told(api):
    other = api.user(2)
    what = sharing.target(api.file_folder(), sharing.make_file(api))
    sharing.get_link(api.user(1), what)
    body = {**what, "recipients": [["", "reject@example.test"], ["", api.mail("user2")]]}
    warning = api.user(1).put("share/management", body, action="sendLink").json
    assert (warning["code"], warning["category"]) == ("MSG-1013", 13) and warning["warnings"]["code"] == "MSG-1013"
    read_mails(other)
