"""Limits of uploads and bodies, told before anything is stored."""

DIRECTIVES = "GroupwareUploadLimit 100000\nGroupwareBodyLimit 100000\nGroupwareImageLimit 20000\nGroupwareDocumentLimit 65536"


def test_a_too_large_upload_is_refused_in_the_page(api):
    folder = api.private_folder()
    answer = api.multipart("import", {}, {"file": ("a.vcf", "text/x-vcard", b"BEGIN:VCARD\r\n" + b"x" * 200_000)},
                           action="VCARD", folder=folder)
    answer.expect_error("UPL-0005")
    assert answer.callback == "callback_import"
    assert api.get("contacts", action="all", folder=folder, columns="1").data == []
    assert api.get("config/identifier").data == api.user(1).user_id, "the session goes on"


def test_a_too_large_body_is_refused(api):
    folder = api.private_folder()
    answer = api.put("contacts", {"folder_id": folder, "display_name": "x", "note": "x" * 200_000}, action="new")
    assert answer.status in (413, 500), answer.status
    assert api.get("contacts", action="all", folder=folder, columns="1").data == []


def test_a_too_large_picture_is_told_with_both_sizes(api):
    folder = api.private_folder()
    answer = api.multipart("contacts", {"json": f'{{"folder_id": "{folder}", "display_name": "Big"}}'},
                           {"file": ("big.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50_000)}, action="new")
    error = answer.expect_error("CON-0172")
    assert "20000" in error["error"], error
