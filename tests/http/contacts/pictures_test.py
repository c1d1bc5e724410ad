"""Contacts with pictures: uploads with their answer page, and the picture as browsers ask for it."""

from support.pictures import png, size_of_png


def upload(api, body: str, data: bytes = png(), media_type: str = "image/png", **parameters):
    return api.multipart("contacts", {"json": body}, {"file": ("me.png", media_type, data)}, **parameters)


def made(api, **parameters) -> tuple[str, str]:
    folder = api.private_folder()
    return folder, upload(api, f'{{"folder_id": "{folder}", "display_name": "Seen"}}', action="new", **parameters).data["id"]


def test_an_upload_answers_with_a_page_that_calls_the_window(api):
    folder = api.private_folder()
    answer = upload(api, f'{{"folder_id": "{folder}", "display_name": "</script><b>"}}', action="new")
    assert answer.status == 200 and answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"
    assert answer.callback == "callback_new" and set(answer.data) == {"id"}
    failed = upload(api, '{"folder_id": "6", "display_name": "</script><b>"}', action="new")
    assert failed.status == 200 and failed.media_type == "text/html" and failed.callback == "callback_new"
    failed.expect_error("CON-0112")
    plain = upload(api, f'{{"folder_id": "{folder}", "display_name": "Plain"}}', action="new", plainJson=True)
    assert plain.media_type in ("text/javascript", "application/json") and "id" in plain.data


def test_markup_in_an_error_cannot_close_the_script(api):
    folder = api.private_folder()
    answer = upload(api, f'{{"folder_id": "{folder}", "email1": "</script><script>x"}}', action="new")
    answer.expect_error("CON-0100")
    assert answer.text.count("</script>") == 1 and "<script>x" not in answer.text


def test_a_picture_is_delivered_with_an_entity_tag_and_not_sent_twice(api):
    folder, contact = made(api)
    read = api.get("contacts", action="get", folder=folder, id=contact)
    assert read.data["number_of_images"] == 1 and read.data["image1_content_type"] == "image/png"
    url = read.data["image1_url"]
    assert url.startswith("/ajax/image/contact/picture?") and "session" not in url
    client = api.user(1)
    first = client.request("GET", url)
    assert first.status == 200 and first.body == png() and first.media_type == "image/png"
    assert first.headers["X-Content-Type-Options"] == "nosniff" and "private" in first.headers["Cache-Control"]
    tag = first.headers["ETag"]
    again = client.request("GET", url, None, {"If-None-Match": tag})
    assert again.status == 304 and again.body == b"" and again.headers["ETag"] == tag
    assert client.request("GET", url, None, {"If-None-Match": '"other"'}).status == 200
    head = client.request("HEAD", url)
    assert head.status == 200 and head.body == b"" and head.headers["Content-Length"] == str(len(png()))
    upload(api, "{}", png(2, 2), action="update", folder=folder, id=contact, timestamp=read.timestamp).data
    changed = client.request("GET", url, None, {"If-None-Match": tag})
    assert changed.status == 200 and changed.body == png(2, 2) and changed.headers["ETag"] != tag


def test_a_picture_needs_the_cookies_of_somebody_who_may_read_it(api):
    folder, contact = made(api)
    url = f"/ajax/image/contact/picture?folder={folder}&id={contact}"
    assert api.anonymous().request("GET", url).status == 400
    assert api.user(2).request("GET", url).status == 404
    stranger = api.anonymous()
    stranger.user_agent = api.user(1).user_agent
    stranger.cookies = {name: value for name, value in api.user(1).cookies.items() if "public" in name}
    assert b"PNG" not in stranger.request("GET", url).body, "the public cookie alone is not enough"


def test_null_removes_the_picture_and_other_changes_keep_it(api):
    folder, contact = made(api)
    place = {"folder": folder, "id": contact}
    stamp = api.put("contacts", {"note": "x"}, action="update", timestamp=2**63 - 1, **place).timestamp
    assert api.get("image/contact/picture", **place).body == png()
    api.put("contacts", {"image1": None}, action="update", timestamp=stamp, **place).data
    assert api.get("contacts", action="get", **place).data["number_of_images"] == 0
    gone = api.get("image/contact/picture", **place)
    assert gone.status == 404 and gone.media_type == "text/html"


def test_a_picture_is_scaled_on_request(api):
    folder = api.private_folder()
    contact = upload(api, f'{{"folder_id": "{folder}", "display_name": "Big"}}', png(64, 32), action="new").data["id"]
    answer = api.get("image/contact/picture", folder=folder, id=contact, width=16, height=16, scaleType="contain")
    assert answer.status == 200 and size_of_png(answer.body) == (16, 8)


def test_what_is_no_picture_is_refused(api):
    folder = api.private_folder()
    body = f'{{"folder_id": "{folder}", "display_name": "Broken"}}'
    for data, media_type, codes in ((b"text", "text/plain", ("CON-0101", "CON-0158")), (b"broken", "image/png", ("CON-0136", "CON-0158", "CON-0101"))):
        answer = upload(api, body, data, media_type, action="new")
        assert answer.code in codes, answer.text
    assert api.get("contacts", action="all", folder=folder, columns="1").data == []
