"""Downloads: bytes, ranges, conditions, types, names, errors."""

import datetime
import email.utils
import re

from support.files import download, item, new_version, put_raw, upload

BYTES = bytes(range(256)) * 300


def make(api, content=BYTES, name="data.bin", media_type="application/octet-stream"):
    return upload(api.user(1), api.file_folder(), name, content, media_type).data


def test_a_file_comes_back_byte_for_byte(api):
    for content in (b"", b"x", BYTES, b"\r\n--not a boundary--\r\n\0" * 5000):
        answer = download(api.user(1), make(api, content))
        assert (answer.status, answer.body) == (200, content)
        assert int(answer.headers["Content-Length"]) == len(content)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Pragma" not in answer.headers and "no-store" not in answer.headers["Cache-Control"]


def test_a_raw_upload_comes_back_byte_for_byte(api):
    made = put_raw(api.user(1), api.file_folder(), "raw.bin", BYTES)
    assert download(api.user(1), made.data).body == BYTES
    found = item(api.user(1), made.data)
    assert (found["filename"], found["title"], found["file_size"]) == ("raw.bin", "raw.bin", len(BYTES))
    assert found["version"] == "1" and found["number_of_versions"] == 1 and found["current_version"] is True


def test_head_tells_length_and_tag_without_bytes(api):
    file_id = make(api)
    user = api.user(1)
    target = user.target("infostore", {"action": "document", "id": file_id, "folder": file_id.split("/")[0]})
    answer = user.request("HEAD", target)
    assert (answer.status, answer.body, int(answer.headers["Content-Length"])) == (200, b"", len(BYTES))
    assert answer.headers["ETag"]


def test_single_ranges(api):
    file_id, size = make(api), len(BYTES)
    for text, begin, end in (("0-0", 0, 1), ("10-19", 10, 20), ("70000-", 70000, size), ("-5", size - 5, size),
                             ("0-999999999", 0, size), ("-999999999", 0, size), ("65535-65536", 65535, 65537)):
        answer = download(api.user(1), file_id, {"Range": f"bytes={text}"})
        assert answer.status == 206, text
        assert answer.body == BYTES[begin:end], text
        assert answer.headers["Content-Range"] == f"bytes {begin}-{end - 1}/{size}", text
        assert int(answer.headers["Content-Length"]) == end - begin


def test_several_ranges_come_as_parts(api):
    file_id, size = make(api), len(BYTES)
    answer = download(api.user(1), file_id, {"Range": "bytes=0-9,100-199,-1"})
    assert answer.status == 206
    boundary = re.fullmatch(r"multipart/byteranges; boundary=(\w+)", answer.headers["Content-Type"])[1].encode()
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    head, *parts, tail = answer.body.split(b"\r\n--" + boundary)
    assert (head, tail) == (b"", b"--\r\n")
    expected = [(0, 10), (100, 200), (size - 1, size)]
    assert len(parts) == len(expected)
    for part, (begin, end) in zip(parts, expected):
        headers, _, content = part.partition(b"\r\n\r\n")
        assert content == BYTES[begin:end]
        assert f"Content-Range: bytes {begin}-{end - 1}/{size}".encode() in headers


def test_ranges_outside_of_the_file_are_416(api):
    file_id, size = make(api), len(BYTES)
    for text in (f"bytes={size}-", "bytes=9-3", "bytes=x", "bytes=", "bytes=-0", "bytes=0-1,z"):
        answer = download(api.user(1), file_id, {"Range": text})
        assert answer.status == 416, text
        assert answer.headers["Content-Range"] == f"bytes */{size}", text
    assert download(api.user(1), file_id, {"Range": "lines=1-2"}).status == 200


def test_many_overlapping_ranges_give_the_whole_file(api):
    file_id = make(api)
    answer = download(api.user(1), file_id, {"Range": "bytes=" + ",".join(["0-"] * 150)})
    assert (answer.status, answer.body) == (200, BYTES)


def test_if_range_decides_between_part_and_whole(api):
    file_id = make(api)
    first = download(api.user(1), file_id)
    for condition, status in ((first.headers["ETag"], 206), (first.headers["Last-Modified"], 206), ('"other"', 200),
                              ("Thu, 01 Jan 1970 00:00:00 GMT", 200)):
        answer = download(api.user(1), file_id, {"Range": "bytes=0-3", "If-Range": condition})
        assert answer.status == status, condition
        assert answer.body == (BYTES[:4] if status == 206 else BYTES)


def test_a_known_tag_is_answered_with_304_until_the_bytes_change(api):
    file_id = make(api)
    first = download(api.user(1), file_id)
    tag = first.headers["ETag"]
    for header in ({"If-None-Match": tag}, {"If-None-Match": f'"x", {tag}'}, {"If-None-Match": f"W/{tag}"},
                   {"If-Modified-Since": first.headers["Last-Modified"]}):
        answer = download(api.user(1), file_id, header)
        assert (answer.status, answer.body) == (304, b""), header
    assert download(api.user(1), file_id, {"If-None-Match": '"x"'}).status == 200
    email.utils.parsedate_to_datetime(first.headers["Last-Modified"])
    new_version(api.user(1), file_id, "data.bin", b"new").data
    answer = download(api.user(1), file_id, {"If-None-Match": tag})
    assert (answer.status, answer.body) == (200, b"new")
    assert answer.headers["ETag"] != tag
    assert download(api.user(1), file_id, {"If-None-Match": tag}, version=1).status == 304


def test_a_download_has_no_type_and_no_tag(api):
    file_id = make(api, b"%PDF-1.4", "a.pdf", "application/pdf")
    answer = download(api.user(1), file_id, delivery="download")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "ETag" not in answer.headers
    assert download(api.user(1), file_id, {"If-None-Match": "*"}, delivery="download").status == 200


def test_only_harmless_types_are_shown_in_the_browser(api):
    cases = (("a.png", "image/png", b"\x89PNG\r\n\x1a\n", "image/png", "inline"),
             ("a.pdf", "application/pdf", b"%PDF-1.4", "application/pdf", "inline"),
             ("a.txt", "text/plain", b"plain", "text/plain; charset=UTF-8", "inline"),
             ("a.txt", "text/plain", b"<script>alert(1)</script>", "text/html; charset=UTF-8", "attachment"),
             ("a.html", "text/html", b"<html></html>", "text/html; charset=UTF-8", "attachment"),
             ("a.png", "image/png; x=<script>", b"<svg onload=alert(1)>", "image/png", "inline"),
             ("a.png", "text/plain", b"<svg onload=alert(1)>", "text/html; charset=UTF-8", "attachment"),
             ("a.svg", "image/svg+xml", b"<svg/>", "image/svg+xml", "attachment"),
             ("noname", "", b"\0\1\2", "application/octet-stream", "attachment"))
    for name, stored, content, shown, disposition in cases:
        answer = download(api.user(1), make(api, content, name, stored), delivery="view")
        assert answer.headers["Content-Type"] == shown, (name, stored)
        assert answer.headers["Content-Disposition"].startswith(disposition + ";"), (name, stored)


def test_the_wished_type_must_be_a_relative_of_the_real_one(api):
    picture = make(api, b"\x89PNG\r\n\x1a\n", "a.png", "image/png")
    assert download(api.user(1), picture, content_type="image/jpeg").headers["Content-Type"] == "image/jpeg"
    assert download(api.user(1), picture, content_type="text/html").headers["Content-Type"] == "image/png"
    answer = download(api.user(1), picture, content_type="image/svg+xml")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    answer = download(api.user(1), picture, content_type="image/png\r\nX-Evil: 1")
    assert "X-Evil" not in answer.headers


def test_names_cannot_break_the_header(api):
    name = "Ärger %41 'x'; y=1.txt"
    answer = download(api.user(1), put_raw(api.user(1), api.file_folder(), name, b"x").data)
    value = answer.headers["Content-Disposition"]
    assert value.endswith("filename*=UTF-8''%C3%84rger%20%2541%20%27x%27%3B%20y%3D1.txt"), value
    assert 'filename="' in value and value.count('"') == 2


def test_errors_are_pages_with_a_status(api):
    file_id = make(api)
    folder = file_id.split("/")[0]
    cases = ((f"{folder}/99999999", {}, 404), (file_id, {"version": 7}, 404), ("x/y", {}, 404))
    for wanted, parameters, status in cases:
        answer = download(api.user(1), wanted, **parameters)
        assert answer.status == status, (wanted, answer.text)
        assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
        assert "<h1>" in answer.text and "({" not in answer.text
    assert download(api.user(2), file_id).status in (403, 404)
    empty = api.user(1).put("infostore", {"folder_id": folder, "title": "no file"}, action="new").data
    assert download(api.user(1), empty).status == 404


def test_a_file_name_in_the_path_is_only_a_hint(api):
    file_id = make(api, b"hint", "hint.txt", "text/plain")
    user = api.user(1)
    target = user.target("files/other%20name.txt", {"action": "document", "id": file_id, "folder": file_id.split("/")[0]})
    assert user.request("GET", target).body == b"hint"


def test_a_download_needs_its_session(api):
    file_id = make(api)
    answer = api.anonymous().get("infostore", action="document", id=file_id, folder=file_id.split("/")[0],
                                 session="0" * 32)
    assert answer.code == "SES-0203"


def test_dates_are_compared_to_the_second_in_all_forms(api):
    file_id = make(api)
    first = download(api.user(1), file_id)
    changed = email.utils.parsedate_to_datetime(first.headers["Last-Modified"])
    forms = ("%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y")
    for form in forms:
        later, earlier = changed + datetime.timedelta(seconds=1), changed - datetime.timedelta(seconds=1)
        for moment, status in ((changed, 304), (later, 304), (earlier, 200)):
            answer = download(api.user(1), file_id, {"If-Modified-Since": moment.strftime(form)})
            assert answer.status == status, (form, moment)
        for moment, status in ((changed, 206), (later, 200), (earlier, 200)):
            answer = download(api.user(1), file_id, {"Range": "bytes=0-3", "If-Range": moment.strftime(form)})
            assert answer.status == status, (form, moment)
    for text in ("tomorrow", "0", changed.strftime("%Y-%m-%dT%H:%M:%SZ")):
        assert download(api.user(1), file_id, {"If-Modified-Since": text}).status == 200


def test_the_tag_wins_over_the_date_and_weak_ones_take_no_part(api):
    file_id = make(api)
    first = download(api.user(1), file_id)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    assert download(api.user(1), file_id, {"If-None-Match": '"x"', "If-Modified-Since": date}).status == 200
    assert download(api.user(1), file_id, {"If-None-Match": "*"}).status == 304
    assert download(api.user(1), file_id, {"If-None-Match": f'"a,{tag[1:-1]}", "b"'}).status == 200
    assert download(api.user(1), file_id, {"Range": "bytes=0-3", "If-Range": f"W/{tag}"}).status == 200
