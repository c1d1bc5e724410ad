"""Uploads: pages, collisions, versions, pieces, limits, broken ones."""

import os
import socket

from support.files import download, item, names, new_version, put_raw, upload
from support.servers import wait_until

DIRECTIVES = "GroupwareUploadLimit 1M\nGroupwareImageLimit 512K"


def stored_files(api) -> list[str]:
    """Every file below the store's root."""
    root = api.server.httpd.folder / "data" / "files"
    return sorted(os.path.join(folder, name) for folder, _, files in os.walk(root) for name in files)


def test_a_form_is_answered_with_the_callback_page(api):
    answer = upload(api.user(1), api.file_folder(), "a.txt", b"a", "text/plain")
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert answer.callback == "callback_new"
    again = new_version(api.user(1), answer.data, "a.txt", b"b", answer.timestamp)
    assert again.callback == "callback_update"
    answer = upload(api.user(1), api.file_folder(), "b.txt", b"b", plainJson=True)
    assert answer.media_type == "text/javascript" and answer.data


def test_errors_of_a_form_stand_in_the_page(api):
    answer = upload(api.user(1), "999999", "a.txt", b"a")
    assert answer.callback == "callback_new" and answer.json["code"] and "data" not in answer.json


def test_the_item_takes_name_and_type_of_the_file(api):
    found = item(api.user(1), upload(api.user(1), api.file_folder(), "a.txt", b"abc", "text/plain").data)
    assert (found["filename"], found["title"], found["file_mimetype"]) == ("a.txt", "a.txt", "text/plain")
    assert found["file_size"] == 3 and found["file_md5sum"] == "900150983cd24fb0d6963f7d28e17f72"
    found = item(api.user(1), upload(api.user(1), api.file_folder(), "a.txt", b"abc",
                                     members={"filename": "other.pdf", "title": "T"}).data)
    assert (found["filename"], found["title"], found["file_mimetype"]) == ("other.pdf", "T", "application/pdf")


def test_members_may_be_wrapped_in_a_form(api):
    folder = api.file_folder()
    answer = upload(api.user(1), folder, "a.txt", b"a", members={"file": {"folder_id": folder, "title": "W"}},
                    extendedResponse=True)
    assert answer.data["title"] == "W" and answer.data["filename"] == "a.txt"


def test_a_taken_name_gets_a_counter(api):
    folder = api.file_folder()
    made = [item(api.user(1), upload(api.user(1), folder, "a.txt", b"x").data) for _ in range(3)]
    assert [one["filename"] for one in made] == ["a.txt", "a (1).txt", "a (2).txt"]
    assert [one["title"] for one in made] == ["a.txt", "a (1).txt", "a (2).txt"]
    again = item(api.user(1), put_raw(api.user(1), folder, "a (1).txt", b"x").data)
    assert again["filename"] == "a (3).txt"
    assert item(api.user(1), put_raw(api.user(1), folder, "A.txt", b"x").data)["filename"] == "A.txt"


def test_try_add_version_adds_a_version_instead(api):
    folder = api.file_folder()
    first = upload(api.user(1), folder, "a.txt", b"one").data
    assert upload(api.user(1), folder, "a.txt", b"two", try_add_version=True).data == first
    assert put_raw(api.user(1), folder, "a.txt", b"three", try_add_version=True).data == first
    assert item(api.user(1), first)["number_of_versions"] == 3
    assert download(api.user(1), first).body == b"three"
    assert names(api.user(1), folder) == ["a.txt"]


def test_a_raw_upload_takes_its_members_from_the_address(api):
    made = put_raw(api.user(1), api.file_folder(), "a.bin", b"x", title="T", description="D", categories="c1,c2",
                   color_label=4, version_comment="V", file_mimetype="text/x-my", pushToken="p")
    found = item(api.user(1), made.data)
    assert [found[name] for name in ("title", "description", "categories", "color_label", "version_comment",
                                     "file_mimetype")] == ["T", "D", "c1,c2", 4, "V", "text/x-my"]


def test_a_raw_upload_with_an_id_is_a_new_version(api):
    first = put_raw(api.user(1), api.file_folder(), "a.bin", b"one")
    second = put_raw(api.user(1), None, "a.bin", b"two", id=first.data, timestamp=first.timestamp)
    assert second.data == first.data
    assert item(api.user(1), first.data)["version"] == "2"
    put_raw(api.user(1), None, "a.bin", b"x", id=first.data, timestamp=first.timestamp).expect_error("IFO-1302")
    assert download(api.user(1), first.data).body == b"two"


def test_what_a_raw_upload_needs(api):
    user = api.user(1)
    for missing in ("folder_id", "filename"):
        parameters = {"folder_id": api.file_folder(), "filename": "a", missing: None}
        assert user.put("infostore", b"x", action="upload", binary=True, **parameters).status == 400
    user.put("infostore", b"x", action="upload", folder_id="1", filename="a").expect_error("SVL-0010")
    put_raw(user, api.file_folder(), "../a", b"x").expect_error("IFO-2101")
    assert names(user, api.file_folder()) == []


def test_pieces_are_joined_in_one_version(api):
    user, folder = api.user(1), api.file_folder()
    made = put_raw(user, folder, "a.bin", b"one ", offset=0)
    more = put_raw(user, None, "a.bin", b"two ", id=made.data, timestamp=made.timestamp, offset=4)
    last = new_version(user, made.data, "blob", b"three", more.timestamp, offset=8)
    assert last.data == made.data
    assert download(user, made.data).body == b"one two three"
    found = item(user, made.data)
    assert (found["number_of_versions"], found["filename"], found["file_size"]) == (1, "a.bin", 13)
    wrong = put_raw(user, None, "a.bin", b"x", id=made.data, timestamp=last.timestamp, offset=5)
    wrong.expect_error("FLS-0019")
    put_raw(user, folder, "b.bin", b"x", offset=5).expect_error("FLS-0019")
    assert download(user, made.data).body == b"one two three"


def test_a_file_above_the_limit_is_refused(api):
    user, folder = api.user(1), api.file_folder()
    put_raw(user, folder, "a.bin", b"x" * (1024 * 1024 + 1)).expect_error("UPL-0005")
    assert put_raw(user, folder, "a.bin", b"x" * (1024 * 1024)).data
    for size in (1024 * 1024 + 1, 8 * 1024 * 1024):
        # The second one is refused by its announced length, before a byte of it is read.
        answer = upload(user, folder, "b.bin", b"x" * size)
        error = answer.expect_error("UPL-0005")
        assert (answer.status, answer.callback) == (200, "callback_new") and "1048576" in error["error"]
        upload(user, folder, "b.bin", b"x" * size, plainJson=True).expect_error("UPL-0005")
    assert names(user, folder) == ["a.bin"]


def test_the_quota_refuses_before_and_while_bytes_come(api):
    user, folder = api.user(1), api.file_folder()
    api.ctl("context", "change", "--id", api.context_id, "--quota", 1_000_000)
    assert put_raw(user, folder, "a.bin", b"x" * 600_000).data
    before = stored_files(api)
    put_raw(user, folder, "b.bin", b"x" * 600_000).expect_error("FLS-0024")
    upload(user, folder, "b.bin", b"x" * 600_000).expect_error("FLS-0024")
    chunked = chunked_upload(api, folder, "c.bin", [b"x" * 100_000] * 6)
    assert b"FLS-0024" in chunked
    assert names(user, folder) == ["a.bin"] and stored_files(api) == before
    assert put_raw(user, folder, "d.bin", b"x" * 100_000).data


def chunked_upload(api, folder, name: str, pieces: list[bytes], ends: bool = True) -> bytes:
    """A raw upload of unknown length; without `ends` the client goes away in the middle."""
    user = api.user(1)
    target = user.target("infostore", {"action": "upload", "binary": "true", "folder_id": folder, "filename": name})
    cookies = "; ".join(f"{key}={value}" for key, value in user.cookies.items())
    with socket.create_connection(("127.0.0.1", user.port), timeout=60) as peer:
        head = (f"PUT {target} HTTP/1.1\r\nHost: x\r\nUser-Agent: {user.user_agent}\r\nCookie: {cookies}\r\n"
                "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
        peer.sendall(head.encode())
        try:
            for piece in pieces:
                peer.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
            if not ends:
                return b""
            peer.sendall(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = b""
        try:
            while block := peer.recv(65536):
                answer += block
        except ConnectionResetError:
            pass
        return answer


def test_a_body_of_unknown_length_is_stored(api):
    assert b'"data"' in chunked_upload(api, api.file_folder(), "c.bin", [b"a" * 70_000, b"b", b"c" * 9])
    rows = api.get("infostore", action="all", folder=api.file_folder(), columns="1,704").data
    assert rows[0][1] == 70_010
    assert download(api.user(1), rows[0][0]).body == b"a" * 70_000 + b"b" + b"c" * 9


def test_an_upload_that_breaks_off_leaves_nothing(api):
    user, folder = api.user(1), api.file_folder()
    kept = put_raw(user, folder, "kept.bin", b"kept").data
    before = stored_files(api)
    for _ in range(3):
        chunked_upload(api, folder, "broken.bin", [b"x" * 100_000] * 3, ends=False)
    wait_until(lambda: stored_files(api) == before, "the removal of the broken uploads")
    assert names(user, folder) == ["kept.bin"]
    assert download(user, kept).body == b"kept"


def test_a_refused_upload_leaves_nothing(api):
    user, folder = api.user(1), api.file_folder()
    before = stored_files(api)
    put_raw(api.user(2), folder, "a.bin", b"x").expect_error("FLD-0003")
    upload(user, folder, "a.bin", b"x", members={"color_label": "red"}).expect_error("SVL-0010")
    put_raw(user, None, "a.bin", b"x", id=f"{folder}/999999", timestamp=1).expect_error("IFO-0300")
    assert stored_files(api) == before and names(user, folder) == []
