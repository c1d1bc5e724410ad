"""What clients choose by parameters and settings: spam, images, categories, the sender's card, where a mail goes."""

import json

MAIL = True
INBOX, SPAM = "default0/INBOX", "default0/Spam"


def plain(subject: str, sender: str = "ann@example.org", text: str = "text", kind: str = "text/plain") -> bytes:
    return (f"From: {sender}\r\nTo: user1@example.test\r\nSubject: {subject}\r\nDate: Mon, 01 Jul 2024 10:00:00 +0200\r\n"
            f"Message-ID: <{subject}@x.test>\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{text}\r\n").encode()


def given(api, *subjects: str, **options) -> list[str]:
    """Ids of mails in the inbox of user1."""
    api.user(1)
    for subject in subjects:
        api.save_mail("user1", plain(subject, **options))
    return [row[0] for row in rows(api)]


def rows(api, folder: str = INBOX, columns: str = "600,607", **parameters) -> list:
    return api.get("mail", action="all", folder=folder, columns=columns, **parameters).data


def subjects(api, folder: str) -> list[str]:
    return [row[1] for row in rows(api, folder)]


def compose(api, subject: str, **members) -> dict:
    api.user(1)
    return {"from": [["User One", api.mail("user1")]], "to": [[None, api.mail("user1")]], "subject": subject,
            "attachments": [{"content_type": "text/plain", "content": "Hello", "raw": True}], **members}


def create(api, mail: dict, **parameters):
    return api.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new", **parameters)


def test_spam_goes_to_its_folder_and_comes_back(api):
    first, second = given(api, "offer", "letter")
    assert api.config("mail/spambutton") is True
    moved = api.put("mail", {"flags": 128, "value": True}, action="update", folder=INBOX, id=first).data
    assert moved["folder_id"] == SPAM and subjects(api, SPAM) == ["offer"] and subjects(api, INBOX) == ["letter"]
    again = api.put("mail", {"set_flags": 128 | 32}, action="update", folder=SPAM, id=moved["id"]).data
    assert again == moved and rows(api, SPAM, "611")[0][0] & 32
    back = api.put("mail", {"clear_flags": 128}, action="update", folder=SPAM, id=moved["id"]).data
    assert back["folder_id"] == INBOX and sorted(subjects(api, INBOX)) == ["letter", "offer"]
    assert api.put("mail", {"clear_flags": 128}, action="update", folder=INBOX, id=second).data == {
        "folder_id": INBOX, "id": second}


def test_a_whole_folder_can_be_spam(api):
    given(api, "one", "two", "three")
    assert api.put("mail", {"set_flags": 128}, action="update", folder=INBOX).data == {"folder_id": INBOX}
    assert rows(api) == [] and sorted(subjects(api, SPAM)) == ["one", "three", "two"]


def test_spam_can_be_moved_on_in_the_same_request(api):
    [id] = given(api, "offer")
    moved = api.put("mail", {"set_flags": 128, "folder_id": "default0/Trash"}, action="update", folder=INBOX, id=id).data
    assert moved["folder_id"] == "default0/Trash" and subjects(api, "default0/Trash") == ["offer"]
    assert rows(api, SPAM) == []


def test_remote_images_are_shown_to_those_who_want_them(api):
    [id] = given(api, "picture", text="<p>rich <img src='http://x.test/a.png'></p>", kind="text/html")

    def shows(**parameters) -> bool:
        answer = api.get("mail", action="get", folder=INBOX, id=id, unseen=True, **parameters)
        return "x.test/a.png" in answer.text

    assert not shows() and not shows(view="document") and not shows(view="noimg") and shows(view="html")
    assert shows(view="document", forceImages=True) and shows(forceImages=True)
    api.put("config/modules/mail/allowhtmlimages", True)
    assert shows() and shows(view="document") and not shows(view="noimg")
    api.put("config/mail/htmlinline", False)
    shown = api.get("mail", action="get", folder=INBOX, id=id, unseen=True).data["attachments"][0]
    assert shown["content"].startswith("rich") and not shows()


def test_a_page_tells_how_many_mails_there_are(api):
    given(api, "one", "two", "three")
    page = api.get("mail", action="all", folder=INBOX, columns="607", limit="0,2")
    assert len(page.data) == 2 and page.json["more"] == 3
    heads = api.get("mail", action="threadedAll", folder=INBOX, columns="607", left_hand_limit=1, right_hand_limit=2)
    assert len(heads.data) == 1 and heads.json["more"] == 3
    assert "more" not in api.get("mail", action="all", folder=INBOX, columns="607").json


def test_there_are_no_categories(api):
    given(api, "one")
    for none in ("general", "none", ""):
        assert subjects(api, INBOX) == [row[1] for row in rows(api, categoryid=none)]
    for action, extra in (("all", {}), ("threadedAll", {})):
        api.get("mail", action=action, folder=INBOX, columns="600", categoryid="promotion", **extra).expect_error("MSG-0103")


def test_the_senders_card_goes_with_the_mail(api):
    sent = create(api, compose(api, "card", vcard=1)).data
    folder, _, id = sent.rpartition("/")
    shown = api.get("mail", action="get", folder=folder, id=id).data
    [card] = shown["attachments"][1:]
    assert card["content_type"].startswith("text/vcard") and card["filename"].endswith(".vcf")
    text = api.get("mail", action="attachment", folder=folder, id=id, attachment=card["id"], save=1).body
    assert text.startswith(b"BEGIN:VCARD") and api.mail("user1").encode() in text

    draft = create(api, compose(api, "draft", vcard=1, flags=4)).data
    folder, _, id = draft.rpartition("/")
    kept = api.get("mail", action="get", folder=folder, id=id, edit=1).data
    assert kept["vcard"] == 1 and len(kept["attachments"]) == 1


def test_a_mail_can_be_built_into_a_folder_instead_of_being_sent(api):
    stored = create(api, compose(api, "kept"), folder="default0/Archive mails")
    stored.expect_error("MSG-1002")
    made = api.put("folders", {"title": "Later", "module": "mail"}, action="new", folder_id="default0").data
    stored = create(api, compose(api, "kept"), folder=made).data
    [[id, subject, flags]] = rows(api, made, "600,607,611")
    assert stored == {"folder_id": made, "id": id} and subject == "kept" and flags & 32
    assert rows(api) == [] and rows(api, "default0/Sent") == []


def test_a_sent_mail_leaves_no_copy_where_none_is_wanted(api):
    assert create(api, compose(api, "one"), copy2Sent=False).data is None
    api.put("config/mail/nocopytosent", True)
    assert create(api, compose(api, "two")).data is None
    assert create(api, compose(api, "three", copy2Sent=True)).data.startswith("default0/Sent/")
    assert subjects(api, "default0/Sent") == ["three"]


def test_only_ones_own_mails_are_imported_unless_that_does_not_matter(api):
    api.user(1)
    own = ("a.eml", "message/rfc822", plain("own", sender=api.mail("user1")))
    foreign = ("b.eml", "message/rfc822", plain("foreign"))
    nobody = ("c.eml", "message/rfc822", b"Subject: nobody\r\n\r\ntext\r\n")
    refused = api.multipart("mail", {}, {"file_0": own, "file_1": foreign}, action="import", folder=INBOX)
    refused.expect_error("MSG-0056")
    api.multipart("mail", {}, {"file_0": nobody}, action="import", folder=INBOX).expect_error("MSG-0037")
    assert rows(api) == []
    taken = api.multipart("mail", {}, {"file_0": own, "file_1": foreign}, action="import", folder=INBOX, force=True).data
    assert [entry["folder_id"] for entry in taken] == [INBOX, INBOX] and subjects(api, INBOX) == ["own", "foreign"]
    assert len(api.multipart("mail", {}, {"file_0": own}, action="import", folder=INBOX).data) == 1


def test_deleted_mails_are_gone_for_those_who_chose_so(api):
    [id] = given(api, "one")
    api.put("config/modules/mail/deletemail", True)
    api.put("mail", [{"folder": INBOX, "id": id}], action="delete")
    assert rows(api) == [] and rows(api, "default0/Trash") == []


def test_texts_are_wrapped_where_the_user_likes_it(api):
    long = {"attachments": [{"content_type": "text/plain", "content": "word " * 40}]}

    def lines(**parameters) -> list[str]:
        folder, _, id = create(api, compose(api, "long", **long), **parameters).data.rpartition("/")
        body = api.get("mail", action="get", folder=folder, id=id, view="raw").data["attachments"][0]["content"]
        return body.strip().splitlines()

    assert len(lines()) == 1 and max(map(len, lines(lineWrapAfter=60))) <= 60
    api.put("config/modules/mail/linewrap", 40)
    assert max(map(len, lines())) <= 40 and len(lines(lineWrapAfter=0)) == 1


def test_forwards_go_as_the_user_likes_it(api):
    [id] = given(api, "one")
    assert len(api.get("mail", action="forward", folder=INBOX, id=id).data["attachments"]) == 1
    api.put("config/modules/mail/forwardmessage", "Attachment")
    [_, whole] = api.get("mail", action="forward", folder=INBOX, id=id).data["attachments"]
    assert whole["content_type"] == "message/rfc822"


def test_what_needs_another_service_is_refused(api):
    [id] = given(api, "one")
    for wish in ("decrypt", "scan"):
        api.get("mail", action="get", folder=INBOX, id=id, **{wish: True}).expect_error("MSG-0087")
        assert api.get("mail", action="get", folder=INBOX, id=id, **{wish: False}).data["subject"] == "one"
