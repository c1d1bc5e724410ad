"""Pictures among the files: scaled, cropped, described."""

from support.files import download, item, new_version, put_raw, upload
from support.pictures import png, size_of_png


def make(api, content: bytes, name: str = "p.png", media_type: str = "image/png") -> str:
    return upload(api.user(1), api.file_folder(), name, content, media_type).data


def test_a_picture_is_scaled_as_asked(api):
    file_id = make(api, png(40, 20))
    for parameters, size in (({"width": 10, "height": 10}, (10, 5)),
                             ({"width": 10, "height": 10, "scaleType": "containForceDimension"}, (10, 10)),
                             ({"width": 10, "height": 10, "scaleType": "cover"}, (20, 10)),
                             ({"width": 10, "height": 10, "scaleType": "coverAndCrop"}, (10, 10)),
                             ({"width": 80}, (80, 40)), ({"width": 80, "shrinkOnly": True}, (40, 20)),
                             ({"cropX": 5, "cropY": 5, "cropWidth": 10, "cropHeight": 8}, (10, 8))):
        answer = download(api.user(1), file_id, **parameters)
        assert (answer.status, answer.media_type) == (200, "image/png"), parameters
        assert size_of_png(answer.body) == size, parameters
        assert answer.headers["Content-Disposition"].startswith("inline"), parameters
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert download(api.user(1), file_id).body == png(40, 20)
    assert download(api.user(1), file_id, width="x").status == 400
    assert download(api.user(1), file_id, width=5, scaleType="other").status == 400


def test_each_size_has_a_tag_of_its_own(api):
    file_id = make(api, png(40, 20))
    tags = {size: download(api.user(1), file_id, **({"width": size} if size else {})).headers["ETag"] for size in (0, 5, 6)}
    assert len(set(tags.values())) == 3
    for size, tag in tags.items():
        parameters = {"width": size} if size else {}
        assert download(api.user(1), file_id, {"If-None-Match": tag}, **parameters).status == 304
        assert download(api.user(1), file_id, {"If-None-Match": tag}, width=7).status == 200


def test_a_kept_copy_is_not_given_to_those_who_may_not_read(api):
    file_id = make(api, png(40, 20))
    before = download(api.user(1), file_id, width=5)
    assert download(api.user(1), file_id, width=5).body == before.body
    assert download(api.user(2), file_id, width=5).status in (403, 404)
    new_version(api.user(1), file_id, "p.png", png(20, 40), media_type="image/png").data
    assert size_of_png(download(api.user(1), file_id, width=5).body) == (5, 10)
    assert size_of_png(download(api.user(1), file_id, width=5, version=1).body)[0] == 5


def test_what_is_no_picture_comes_as_it_is(api):
    for content, name, media_type in ((b"text", "a.txt", "text/plain"), (b"\x89PNG\r\n\x1a\nbroken", "b.png", "image/png"),
                                      (b"%PDF-1.4" + b"x" * 100_000, "c.pdf", "application/pdf"), (b"", "d.png", "image/png")):
        file_id = make(api, content, name, media_type)
        answer = download(api.user(1), file_id, width=5, height=5)
        assert (answer.status, answer.body) == (200, content), name


def test_a_picture_of_too_many_pixels_is_not_decoded(api):
    # Its head promises 60000 x 60000; decoding it would take 14 GB.
    bomb = png(1, 1)
    bomb = bomb[:16] + (60_000).to_bytes(4, "big") * 2 + bomb[24:]
    file_id = make(api, bomb)
    assert download(api.user(1), file_id, width=5).body == bomb


def test_a_download_is_never_scaled(api):
    file_id = make(api, png(40, 20))
    assert download(api.user(1), file_id, delivery="download", width=5).body == png(40, 20)


def test_the_head_of_a_picture_as_json(api):
    answer = download(api.user(1), make(api, png(40, 20)), format="metadata")
    assert answer.data == {"mimeType": "image/png", "width": 40, "height": 20, "orientation": 1}
    assert download(api.user(1), make(api, b"text", "a.txt", "text/plain"), format="metadata").status == 404


def test_a_raw_upload_is_a_picture_too(api):
    made = put_raw(api.user(1), api.file_folder(), "p.png", png(40, 20))
    assert item(api.user(1), made.data)["file_mimetype"] == "image/png"
    assert size_of_png(download(api.user(1), made.data, width=4).body) == (4, 2)


def test_a_picture_tells_its_size_and_date(api):
    file_id = make(api, png(40, 20))
    seen = item(api.user(1), file_id)
    assert (seen["width"], seen["height"], seen["media_date"]) == (40, 20, seen["sequence_number"])
    new_version(api.user(1), file_id, "p.png", b"no picture any more")
    assert not {"width", "height", "media_date"} & item(api.user(1), file_id).keys()
    assert item(api.user(1), file_id, version=1)["width"] == 40
