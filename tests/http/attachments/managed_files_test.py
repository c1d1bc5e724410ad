"""Modules file and image/mfile/picture: files parked for a few minutes; covers of music files."""

from support.files import upload
from support.pictures import png


def park(client, *files, kind: str = "file", **parameters):
    return client.multipart("file", {}, {f"file_{i}": file for i, file in enumerate(files)}, action="new", module="mail",
                            type=kind, **parameters)


def fetch(client, file_id: str, headers: dict | None = None, **parameters):
    return client.get("file", headers, action="get", id=file_id, **parameters)


def test_parked_files_come_back(api):
    user = api.user(1)
    answer = park(user, ("a.txt", "text/plain", b"hello"), ("p.png", "image/png", png(4, 4)))
    assert answer.callback == "callback_new" and len(answer.data) == 2
    text, picture = answer.data
    assert fetch(user, text).body == b"hello" and fetch(user, text).media_type == "text/plain"
    assert fetch(user, text, session=None).body == b"hello"
    shown = user.get("image/mfile/picture", uid=picture)
    assert (shown.status, shown.media_type, shown.body) == (200, "image/png", png(4, 4))
    assert user.get("image/mfile/picture", {"If-None-Match": shown.headers["ETag"]}, uid=picture).status == 304
    assert user.get("image/mfile/picture", uid=text).status == 404
    assert "error" not in user.get("file", action="keepalive", id=text).json


def test_nobody_else_sees_them(api):
    file_id = park(api.user(1), ("a.txt", "text/plain", b"hello")).data[0]
    assert fetch(api.user(2), file_id).status == 404
    api.user(2).get("file", action="keepalive", id=file_id).expect_error("ATT-0405")
    for broken in ("0" * 32, "x", "../../etc/passwd", "%00"):
        assert fetch(api.user(1), broken).status == 404, broken


def test_what_is_asked_for_must_be_sent(api):
    user = api.user(1)
    park(user, ("a.txt", "text/plain", b"x"), kind="image").expect_error("SVL-0022")
    park(user, ("a.txt", "text/plain", b"x"), kind="media").expect_error("SVL-0010")
    park(user, ("a.txt", "text/plain", b"x"), kind="nonsense").expect_error("SVL-0010")
    park(user).expect_error("ATT-0401")
    assert len(park(user, ("p.png", "image/png", png()), kind="media").data) == 1


def test_their_number_is_limited_and_all_or_none_are_kept(api):
    user = api.user(1)
    many = [("a.txt", "text/plain", b"x")] * 90
    assert len(park(user, *many).data) == 90
    park(user, *many[:20]).expect_error("QUOTA-0003")
    assert len(park(user, *many[:10]).data) == 10
    assert api.get("quota", action="filestore").data["use"] == 100


def cover_tag(picture: bytes, media_type: bytes = b"image/png") -> bytes:
    body = b"\0" + media_type + b"\0\3\0" + picture
    frame = b"APIC" + len(body).to_bytes(4, "big") + b"\0\0" + body
    size = bytes(len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + frame + b"\xff\xfb sound"


def test_the_cover_of_a_music_file(api):
    user, folder = api.user(1), api.file_folder()
    music = upload(user, folder, "a.mp3", cover_tag(png(3, 3)), "audio/mpeg").data
    cover = user.get("image/file/mp3cover", id=music)
    assert (cover.status, cover.media_type, cover.body) == (200, "image/png", png(3, 3))
    assert user.get("image/file/mp3cover", {"If-None-Match": cover.headers["ETag"]}, id=music).status == 304
    assert api.user(2).get("image/file/mp3cover", id=music).status in (403, 404)
    for content in (b"\xff\xfb sound", cover_tag(b"<html><script>"), b""):
        other = upload(user, folder, "b.mp3", content, "audio/mpeg").data
        assert user.get("image/file/mp3cover", id=other).status == 404
