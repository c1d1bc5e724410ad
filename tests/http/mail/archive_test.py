"""Whole folders and many mails at once: archives of both kinds, conversations by their ends, moving and expunging everything."""

import imaplib
import io
import zipfile

MAIL = True
INBOX = "default0/INBOX"


def plain(subject: str, **headers) -> bytes:
    lines = {"From": "ann@example.org", "To": "user1@example.test", "Subject": subject, "Message-ID": f"<{subject}@x.test>",
             "Date": "Mon, 01 Jul 2024 10:00:00 +0200", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode() + b"\r\ntext\r\n"


def with_files(*files: tuple[str, bytes]) -> bytes:
    parts = b"".join(b'--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="%s"\r\n\r\n%s\r\n'
                     % (name.encode(), content) for name, content in files)
    return (b"From: ann@example.org\r\nSubject: files\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            b"--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n" + parts + b"--b--\r\n")


def given(api, *subjects: str, received: str = "") -> list[str]:
    """Ids of mails in the inbox of user1; `received` as IMAP writes it."""
    api.user(1)
    for subject in subjects:
        if not received:
            api.save_mail("user1", plain(subject))
            continue
        with imaplib.IMAP4("127.0.0.1", api.server.mail.mailboxes.ports["imap"]) as line:
            line.login(f"user1.{api.context_id}", "secret")
            assert line.append("INBOX", None, f'"{received}"', plain(subject))[0] == "OK"
    known = {row[1]: row[0] for row in rows(api)}
    return [known[subject] for subject in subjects]


def rows(api, folder: str = INBOX, columns: str = "600,607") -> list:
    return api.get("mail", action="all", folder=folder, columns=columns).data


def subjects(api, folder: str = INBOX) -> list[str]:
    return sorted(row[1] for row in rows(api, folder))


def opened(answer) -> zipfile.ZipFile:
    assert answer.headers["Content-Type"] == "application/zip" and "attachment" in answer.headers["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert archive.testzip() is None
    return archive


def test_mails_are_packed_with_names_of_their_own(api):
    api.user(1)
    for _ in range(2):
        api.save_mail("user1", plain("same/name"))
    api.save_mail("user1", plain("other"))
    ids = [row[0] for row in rows(api)]
    archive = opened(api.get("mail", action="zip_messages", folder=INBOX, id=",".join(ids)))
    names = archive.namelist()
    assert len(set(names)) == 3 and all(name.endswith(".eml") and "/" not in name for name in names)
    assert archive.read("other.eml") == plain("other")
    one = api.get("mail", action="zip_messages", folder=INBOX, id=ids[2])
    assert "other.zip" in one.headers["Content-Disposition"] and opened(one).namelist() == ["other.eml"]
    assert all(row[0] & 32 == 0 for row in rows(api, columns="611"))
    api.get("mail", action="zip_messages", folder=INBOX, id=f"{ids[0]},4711").expect_error("MSG-0032")
    api.get("mail", action="zip_messages", folder=INBOX).expect_error("MSG-0001")
    api.get("mail", action="zip_messages", id="1").expect_error("MSG-0001")
    api.get("mail", action="zip_messages", folder="default0/Nowhere", id="1").expect_error("MSG-1002")


def test_attachments_are_packed_decoded(api):
    api.user(1)
    api.save_mail("user1", with_files(("a.bin", b"first"), ("a.bin", b"second"), ("../c.bin", b"")))
    [[id, _]] = rows(api)
    listed = api.get("mail", action="get", folder=INBOX, id=id, unseen=True).data["attachments"]
    parts = [part["id"] for part in listed if part["disp"] == "attachment"]
    archive = opened(api.get("mail", action="zip_attachments", folder=INBOX, id=id, attachment=",".join(parts)))
    assert len(archive.namelist()) == 3 and not any(".." in name for name in archive.namelist())
    assert sorted(archive.read(name) for name in archive.namelist()) == [b"", b"first", b"second"]
    only = opened(api.get("mail", action="zip_attachments", folder=INBOX, id=id, attachment=f"{parts[0]},{parts[0]}"))
    assert only.namelist() == ["a.bin"]
    api.get("mail", action="zip_attachments", folder=INBOX, id=id, attachment=f"{parts[0]},99").expect_error("MSG-0049")
    api.get("mail", action="zip_attachments", folder=INBOX, id="99", attachment="1").expect_error("MSG-0032")
    api.get("mail", action="zip_attachments", folder=INBOX, id=id).expect_error("MSG-0001")
    api.get("mail", action="zip_attachments", folder=INBOX, id=id, attachment="2", scan=True).expect_error("MSG-0087")


def test_conversations_are_told_by_their_ends(api):
    api.user(1)
    api.save_mail("user1", plain("begin"))
    api.save_mail("user1", plain("other"))
    api.save_mail("user1", plain("Re: begin", Message_ID="<two@x.test>", In_Reply_To="<begin@x.test>"))
    ids = {row[1]: row[0] for row in rows(api)}
    asked = {"action": "thread_references", "folder": INBOX, "columns": "600,607", "sort": 610, "order": "desc"}
    first, second = api.get("mail", **asked).data
    assert (first["rootMailId"], first["latestMailId"]) == (ids["begin"], ids["Re: begin"])
    assert first["rootOriginalMailId"] == ids["begin"] and first["rootOriginalFolderId"] == INBOX
    assert first["latestOriginalMailId"] == ids["Re: begin"] and first["latestOriginalFolderId"] == INBOX
    assert first["latestReceivedDate"] > 0
    assert [mail["subject"] for mail in first["thread"]] == ["Re: begin", "begin"]
    assert second["rootMailId"] == second["latestMailId"] == ids["other"]
    assert len(api.get("mail", **{**asked, "size": 1}).data) == 1
    [found] = api.put("mail", {"filter": ["=", {"field": "subject"}, "other"]}, **asked).data
    assert found["rootMailId"] == ids["other"]
    assert api.put("mail", [], **asked).data == []
    api.put("mail", {"filter": ["near", 1]}, **asked).expect_error("MSG-1011")
    api.get("mail", **{**asked, "order": ""}).expect_error("MSG-0001")


def test_mails_go_into_the_archive_by_the_year_of_their_receipt(api):
    assert "archive_emails" in [entry["id"] for entry in api.user(1).get("capabilities", action="all").data]
    [old, older] = given(api, "old", "older", received="01-Jun-2019 12:00:00 +0000")
    [new] = given(api, "new", received="01-Jan-2024 00:30:00 +0100")
    mails = [{"folder": INBOX, "id": id} for id in (old, new, "4711")]
    places = api.put("mail", mails, action="archive").data
    assert sorted(places, key=lambda place: place["id"]) == [{"id": "default0/Archive/2019", "created": True},
                                                             {"id": "default0/Archive/2023", "created": True}]
    assert subjects(api) == ["older"] and subjects(api, "default0/Archive/2019") == ["old"]
    assert subjects(api, "default0/Archive/2023") == ["new"]
    assert api.put("mail", [{"folder": INBOX, "id": older}], action="archive").data == [
        {"id": "default0/Archive/2019", "created": False}]
    [[id, _]] = rows(api, "default0/Archive/2023")
    assert api.put("mail", [{"folder": "default0/Archive/2023", "id": id}], action="archive").data == []
    assert subjects(api, "default0/Archive/2023") == ["new"]
    api.put("mail", {}, action="archive").expect_error("SVL-0028")


def test_a_folder_is_archived_up_to_an_age(api):
    given(api, "old", received="01-Jun-2019 12:00:00 +0000")
    given(api, "new")
    assert api.put("mail", None, action="archive_folder", folder=INBOX).data == [{"id": "default0/Archive/2019", "created": True}]
    assert subjects(api) == ["new"] and subjects(api, "default0/Archive/2019") == ["old"]
    assert api.put("mail", None, action="archive_folder", folder=INBOX, days=90).data == []
    api.put("mail", None, action="archive_folder", folder=INBOX, days=-1).expect_error("MSG-0046")
    api.put("mail", None, action="archive_folder", folder="default0").expect_error("MSG-0052")


def test_everything_of_a_folder_is_moved_or_expunged(api):
    first, second, third = given(api, "one", "two", "three")
    api.put("mail", {"set_flags": 2}, action="update", folder=INBOX, id=second)
    assert api.put("mail", [INBOX, "default0/Nowhere"], action="expunge").data == ["default0/Nowhere"]
    assert subjects(api) == ["one", "three"] and rows(api, "default0/Trash") == []
    assert api.put("mail", {"source": INBOX, "target": "default0/Trash"}, action="move_all").data is True
    assert rows(api) == [] and subjects(api, "default0/Trash") == ["one", "three"]
    api.put("mail", {"source": INBOX, "target": INBOX}, action="move_all").expect_error("IMAP-2036")
    api.put("mail", {"source": INBOX}, action="move_all").expect_error("MSG-0001")


def test_a_list_by_thread_has_answers_below_what_they_answer(api):
    api.user(1)
    for subject, headers in (("a", {}), ("b", {}), ("a1", {"References": "<a@x.test>"}),
                             ("a11", {"References": "<a@x.test> <a1@x.test>"}), ("a2", {"In-Reply-To": "<a@x.test>"})):
        api.save_mail("user1", plain(subject, **headers))

    def threads(**parameters):
        return api.get("mail", action="all", folder=INBOX, columns="607,604,608", sort="thread", **parameters)

    assert [row[0] for row in threads(order="asc").data] == ["a", "a1", "a11", "a2", "b"]
    assert [row[0] for row in threads(order="desc").data] == ["b", "a", "a1", "a11", "a2"]
    page = threads(order="asc", limit="1,3")
    assert [row[0] for row in page.data] == ["a1", "a11"] and page.json["more"] == 5 and page.data[0][2] > 0
    levels = api.get("mail", action="all", folder=INBOX, columns="607,612", sort="thread", order="asc").data
    assert dict(levels) == {"a": 0, "a1": 1, "a11": 2, "a2": 1, "b": 0}
    assert threads(order="asc", limit="9,12").data == []
    found = api.put("mail", [{"col": 607, "pattern": "a1"}], action="search", folder=INBOX, columns="607", sort="thread", order="asc")
    assert [row[0] for row in found.data] == ["a1", "a11"]
    threads().expect_error("MSG-0001")


def test_a_source_leaves_parts_out(api):
    api.user(1)
    head = b"Subject: invitation\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n"
    event = b"--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n"
    api.save_mail("user1", head + event + b"--b--\r\n")
    [[id, _]] = rows(api)
    wish = {"action": "get", "folder": INBOX, "id": id, "src": True}
    assert "VCALENDAR" in api.get("mail", **wish).data
    assert api.get("mail", ignorable="ics", **wish).data == (head + b"--b--\r\n").decode()
    saved = api.get("mail", ignorable="text/html,text/calendar", save=True, **wish)
    assert saved.body == head + b"--b--\r\n" and "invitation.eml" in saved.headers["Content-Disposition"]
