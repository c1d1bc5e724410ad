"""Files bound to contacts: what is stored, what the contact tells, what comes back."""

import io
import json
import zipfile

from support.attachments import attach, document, new_contact, rows
from support.files import download, item
from support.pictures import png, size_of_png

TEXT = ("a.txt", "text/plain", b"hello")
PICTURE = ("b.gif", "image/gif", b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")


def contact_of(api, parent: dict, user: int = 1) -> dict:
    return api.user(user).get("contacts", action="get", id=parent["attached"], folder=parent["folder"]).data


def test_several_files_in_one_request(api):
    parent = new_contact(api.user(1), api.private_folder())
    answer = attach(api.user(1), parent, TEXT, PICTURE)
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8" and answer.callback == "callback_attach"
    first, second = answer.data
    assert isinstance(first, int) and answer.timestamp > 0
    assert rows(api.user(1), parent, "1,800,801,802,803,804,805,806,2") == [
        [first, parent["folder"], parent["attached"], 7, "a.txt", 5, "text/plain", False, api.user(1).user_id],
        [second, parent["folder"], parent["attached"], 7, "b.gif", len(PICTURE[2]), "image/gif", False,
         api.user(1).user_id]]
    stored = contact_of(api, parent)
    assert stored["number_of_attachments"] == 2
    assert stored["lastModifiedOfNewestAttachmentUTC"] == answer.timestamp == stored["last_modified_utc"]
    found = api.get("contacts", action="all", folder=parent["folder"], columns="104,105").data
    assert found == [[2, answer.timestamp]]


def test_the_names_of_the_published_contract(api):
    parent = new_contact(api.user(1), api.private_folder())
    answer = api.multipart("attachment", {"json": json.dumps(parent)}, {"file": TEXT}, action="attach")
    assert rows(api.user(1), parent) == [["a.txt"]] and len(answer.data) == 1


def test_what_the_client_says_wins_over_the_file(api):
    parent = new_contact(api.user(1), api.private_folder())
    attach(api.user(1), parent, TEXT, members={"filename": "ü.pdf", "file_mimetype": "application/pdf", "rtf_flag": True})
    attach(api.user(1), parent, ("c.pdf", "application/octet-stream", b"x"))
    assert rows(api.user(1), parent, "803,805,806") == [["ü.pdf", "application/pdf", True],
                                                        ["c.pdf", "application/pdf", False]]


def test_get_list_and_order(api):
    parent = new_contact(api.user(1), api.private_folder())
    ids = attach(api.user(1), parent, ("b", "text/plain", b"1"), ("a", "text/plain", b"333"), ("c", "text/plain", b"22")).data
    got = api.get("attachment", action="get", id=ids[1], **parent)
    assert (got.data["filename"], got.data["file_size"], got.data["module"]) == ("a", 3, 7)
    assert got.data["attached"] == parent["attached"] and got.timestamp > 0
    listed = api.put("attachment", [ids[2], str(ids[0]), 999999], action="list", columns="803", **parent)
    assert listed.data == [["c"], ["b"]]
    assert rows(api.user(1), parent, sort=803, order="asc") == [["a"], ["b"], ["c"]]
    assert rows(api.user(1), parent, sort=804, order="desc") == [["a"], ["c"], ["b"]]
    api.get("attachment", action="get", id=999999, **parent).expect_error("ATT-0405")
    other = new_contact(api.user(1), api.private_folder())
    api.get("attachment", action="get", id=ids[0], **other).expect_error("ATT-0405")


def test_a_document_comes_back_byte_for_byte(api):
    parent = new_contact(api.user(1), api.private_folder())
    data = bytes(range(256)) * 500
    attachment = attach(api.user(1), parent, ("d.bin", "application/octet-stream", data)).data[0]
    answer = document(api.user(1), parent, attachment)
    assert (answer.status, answer.body) == (200, data)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert document(api.user(1), parent, attachment, path="/d.bin").body == data
    part = document(api.user(1), parent, attachment, {"Range": "bytes=10-19"})
    assert (part.status, part.body) == (206, data[10:20])
    assert document(api.user(1), parent, attachment, {"If-None-Match": answer.headers["ETag"]}).status == 304
    assert document(api.user(1), parent, 999999).status == 404


def test_markup_is_never_shown_inline(api):
    parent = new_contact(api.user(1), api.private_folder())
    attachment = attach(api.user(1), parent, ("x.txt", "text/plain", b"<html><script>alert(1)</script>")).data[0]
    answer = document(api.user(1), parent, attachment)
    assert answer.media_type == "text/html" and answer.headers["Content-Disposition"].startswith("attachment;")
    wished = document(api.user(1), parent, attachment, content_type="image/png")
    assert wished.media_type == "text/html"


def test_the_public_cookie_is_enough_for_a_document(api):
    parent = new_contact(api.user(1), api.private_folder())
    attachment = attach(api.user(1), parent, TEXT).data[0]
    assert document(api.user(1), parent, attachment, session=None).body == b"hello"
    assert api.user(1).get("attachment", action="get", id=attachment, session=None, **parent).status == 400
    assert b"hello" not in document(api.anonymous(), parent, attachment).body


def test_detached_files_are_gone(api):
    parent = new_contact(api.user(1), api.private_folder())
    first = attach(api.user(1), parent, TEXT)
    second = attach(api.user(1), parent, PICTURE)
    answer = api.put("attachment", [second.data[0]], action="detach", **parent)
    assert answer.timestamp > second.timestamp
    assert rows(api.user(1), parent) == [["a.txt"]]
    stored = contact_of(api, parent)
    assert (stored["number_of_attachments"], stored["lastModifiedOfNewestAttachmentUTC"]) == (1, first.timestamp)
    assert document(api.user(1), parent, second.data[0]).status == 404
    api.put("attachment", [second.data[0]], action="detach", **parent).expect_error("ATT-0405")
    api.put("attachment", ["x"], action="detach", **parent).expect_error("ATT-0701")
    # The timestamp of an answer is what the next update of the contact needs.
    api.put("contacts", {"note": "n"}, action="update", id=parent["attached"], folder=parent["folder"],
            timestamp=answer.timestamp).data


def test_updates_of_the_files_and_of_the_contact(api):
    folder = api.private_folder()
    parent = new_contact(api.user(1), folder)
    since = api.get("contacts", action="all", folder=folder, columns="1").timestamp
    made = attach(api.user(1), parent, TEXT, PICTURE)
    changed = api.get("contacts", action="updates", folder=folder, columns="1,104", timestamp=since)
    assert [row[1] for row in changed.data] == [2]

    def updates(timestamp, **parameters):
        return api.get("attachment", action="updates", columns="1,803", timestamp=timestamp, **parent, **parameters)

    assert updates(0).data == [[made.data[0], "a.txt"], [made.data[1], "b.gif"]]
    assert updates(0, sort=803, order="desc").data[0][1] == "b.gif"
    assert updates(made.timestamp).data == []
    gone = api.put("attachment", [made.data[0]], action="detach", **parent)
    answer = updates(made.timestamp)
    assert [str(one) for one in answer.data] == [str(made.data[0])] and answer.timestamp == gone.timestamp
    assert updates(made.timestamp, ignore="deleted").data == []
    assert updates(gone.timestamp).data == []


def test_a_zip_of_them(api):
    parent = new_contact(api.user(1), api.private_folder())
    ids = attach(api.user(1), parent, TEXT, ("a.txt", "text/plain", b"other"), PICTURE).data
    answer = api.put("attachment", ids, action="zipDocuments", **parent)
    assert answer.media_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.read(name) for name in archive.namelist()) == sorted([b"hello", b"other", PICTURE[2]])
        assert len(set(archive.namelist())) == 3
    assert api.put("attachment", [999999], action="zipDocuments", **parent).status == 404


def test_an_attachment_is_saved_as_a_file(api):
    user, parent = api.user(1), new_contact(api.user(1), api.private_folder())
    attachment = attach(user, parent, TEXT).data[0]
    made = user.put("infostore", {"folder_id": api.file_folder(), "title": "T"}, action="saveAs", attachment=attachment, **parent)
    found = item(user, made.data)
    assert (found["filename"], found["title"], found["file_mimetype"], found["file_size"]) == ("a.txt", "T", "text/plain", 5)
    assert download(user, made.data).body == b"hello"
    again = user.put("infostore", {"file": {"folder_id": api.file_folder()}}, action="saveAs", attachment=attachment, **parent)
    assert item(user, again.data)["filename"] == "a (1).txt"
    api.user(2).put("infostore", {"folder_id": api.file_folder(api.user(2))}, action="saveAs", attachment=attachment,
                    **parent).expect_error("FLD-0003")
    user.put("infostore", {"folder_id": api.file_folder()}, action="saveAs", attachment=999999, **parent).expect_error("ATT-0405")


def test_what_attach_needs(api):
    user, parent = api.user(1), new_contact(api.user(1), api.private_folder())
    user.multipart("attachment", {"json_0": json.dumps(parent)}, {}, action="attach").expect_error("ATT-0401")
    user.multipart("attachment", {}, {"file_0": TEXT}, action="attach").expect_error("SVL-0002")
    user.multipart("attachment", {"json_0": "{"}, {"file_0": TEXT}, action="attach").expect_error("SVL-0029")
    for name in ("module", "folder", "attached"):
        partial = {key: value for key, value in parent.items() if key != name}
        attach(user, partial, TEXT).expect_error("SVL-0002")
    attach(user, {**parent, "module": 137}, TEXT).expect_error("SVL-0010")
    attach(user, {**parent, "folder": "x"}, TEXT).expect_error("ATT-0701")
    attach(user, {**parent, "attached": 999999}, TEXT).expect_error("CON-0125")
    attach(user, parent, TEXT, members={"filename": "a/b"}).expect_error("ATT-0418")
    assert user.get("attachment", action="all", columns="1", folder=parent["folder"], attached=1).status == 400
    assert rows(user, parent) == [] and contact_of(api, parent)["number_of_attachments"] == 0


def test_a_failing_file_takes_the_others_along(api):
    user, parent = api.user(1), new_contact(api.user(1), api.private_folder())
    fields = {"json_0": json.dumps(parent), "json_1": json.dumps({**parent, "attached": 999999})}
    user.multipart("attachment", fields, {"file_0": TEXT, "file_1": PICTURE}, action="attach").expect_error("CON-0125")
    assert rows(user, parent) == []


def test_files_for_two_objects_in_one_request(api):
    user, folder = api.user(1), api.private_folder()
    one, two = new_contact(user, folder), new_contact(user, folder)
    answer = user.multipart("attachment", {"json_0": json.dumps(one), "json_1": json.dumps(two)},
                            {"file_0": TEXT, "file_1": PICTURE}, action="attach")
    assert len(answer.data) == 2 and rows(user, one) == [["a.txt"]] and rows(user, two) == [["b.gif"]]


def test_they_are_told_in_a_quota(api):
    parent = new_contact(api.user(1), api.private_folder())
    attach(api.user(1), parent, TEXT)
    account = api.get("quota", action="get", module="attachment").data["attachment"]["accounts"][0]
    assert (account["countuse"], account["countquota"]) == (1, 250000)
    assert api.get("quota", action="filestore").data["use"] == 5


def test_a_picture_is_scaled(api):
    parent = new_contact(api.user(1), api.private_folder())
    attachment = attach(api.user(1), parent, ("p.png", "image/png", png(40, 20))).data[0]
    answer = document(api.user(1), parent, attachment, width=10, height=10, scaleType="contain")
    assert answer.media_type == "image/png" and size_of_png(answer.body) == (10, 5)
