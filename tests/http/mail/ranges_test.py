"""Attachments in pieces, as media players and interrupted downloads want them."""

import base64

MAIL = True
INBOX = "default0/INBOX"
SMALL, LARGE = bytes(range(256)) * 4, bytes(range(256)) * 2_048  # the large one is more than what is held in memory


def given(api) -> str:
    api.user(1)
    parts = "".join(f"--b\r\nContent-Type: video/mp4; name={name}.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                    + base64.encodebytes(content).decode().replace("\n", "\r\n")
                    for name, content in (("small", SMALL), ("large", LARGE)))
    api.save_mail("user1", ("From: ann@example.org\r\nSubject: Film\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                            f"--b\r\n\r\ntext\r\n{parts}--b--\r\n").encode())
    return api.get("mail", action="all", folder=INBOX, columns="600").data[-1][0]


def fetch(api, id: str, part: str, range: str | None = None, method: str = "GET", headers: dict | None = None, **more):
    wanted = dict(headers or {})
    if range:
        wanted["Range"] = range
    parameters = {"action": "attachment", "folder": INBOX, "id": id, "attachment": part, **more}
    return api.call(method, "mail", parameters, None, wanted)


def test_pieces_of_small_and_large_attachments(api):
    id = given(api)
    for part, content in (("2", SMALL), ("3", LARGE)):
        whole = fetch(api, id, part)
        assert whole.status == 200 and whole.body == content and whole.headers["Accept-Ranges"] == "bytes"
        end = len(content)
        for wanted, first, last in (("bytes=0-9", 0, 10), (f"bytes={end - 300}-", end - 300, end), ("bytes=-5", end - 5, end),
                                    (f"bytes=100-{end + 50}", 100, end)):
            piece = fetch(api, id, part, wanted)
            assert (piece.status, piece.body) == (206, content[first:last]), (part, wanted)
            assert piece.headers["Content-Range"] == f"bytes {first}-{last - 1}/{end}"
            assert piece.headers["Content-Length"] == str(last - first)
        several = fetch(api, id, part, "bytes=0-1,5-6")
        assert several.status == 206 and several.headers["Content-Type"].startswith("multipart/byteranges")
        assert several.body.count(b"Content-Range") == 2
        for wrong in (f"bytes={end}-", "bytes=9-3"):
            answer = fetch(api, id, part, wrong)
            assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{end}")


def test_a_piece_of_what_changed_is_the_whole(api):
    id = given(api)
    tag = fetch(api, id, "3").headers["ETag"]
    same = fetch(api, id, "3", "bytes=0-9", headers={"If-Range": tag})
    other = fetch(api, id, "3", "bytes=0-9", headers={"If-Range": '"another"'})
    assert (same.status, other.status, other.body) == (206, 200, LARGE)
    assert fetch(api, id, "3", headers={"If-None-Match": tag}).status == 304


def test_the_length_is_told_without_the_bytes(api):
    id = given(api)
    for part, content in (("2", SMALL), ("3", LARGE)):
        head = fetch(api, id, part, method="HEAD", exact_length=True)
        assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(content)))
        assert head.headers["ETag"] == fetch(api, id, part).headers["ETag"]
    assert fetch(api, id, "3", exact_length=True).headers["Content-Length"] == str(len(LARGE))
