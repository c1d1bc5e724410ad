"""Export and import of a folder, and what is wrong with files. Source: export-import."""

import csv
import io


def import_file(api, action: str, folder: str, data: bytes, **parameters):
    return api.multipart("import", {}, {"file": ("a.txt", "text/plain", data)}, action=action, folder=folder, **parameters)


def second_folder(api) -> str:
    return api.put("folders", {"folder": {"title": "Second", "module": "contacts"}}, action="new", folder_id="1", tree=0).data


def cells(api, folder: str) -> list:
    text = api.get("export", action="CSV", folder=folder, columns="500,501,502,518,511,555,592").text
    return sorted(csv.reader(io.StringIO(text)))


def test_what_was_exported_comes_back_the_same(api):
    folder, second = api.private_folder(), second_folder(api)
    for body in ({"first_name": "Ada", "last_name": "O\"Brien, \u00e9", "note": "a\nb;c", "birthday": 86400000},
                 {"display_name": "List", "mark_as_distributionlist": True, "distribution_list": [
                     {"mail_field": 0, "mail": "m@example.test", "display_name": "M"}]},
                 {"display_name": "=1+1", "email1": "x@example.test"}):
        api.put("contacts", {"folder_id": folder, **body}, action="new").data
    wanted = cells(api, folder)
    assert len(wanted) >= 3
    for action in ("VCARD", "CSV"):
        exported = api.get("export", action=action, folder=folder)
        assert exported.headers["Content-Disposition"].startswith("attachment; filename="), exported.headers
        answer = import_file(api, action, second, exported.body)
        assert answer.callback == "callback_import" and answer.media_type == "text/html"
        assert [row for row in wanted if row not in cells(api, second)] == [], action
        api.put("folders", [second], action="clear", tree=0).data


def test_a_batch_is_exported_in_the_order_of_the_request(api):
    folder = api.private_folder()
    ids = [api.put("contacts", {"folder_id": folder, "display_name": name}, action="new").data["id"] for name in "abc"]
    answer = api.put("export", [{"id": i, "folder_id": folder} for i in (ids[2], ids[0])], action="CSV", columns="500")
    assert answer.text.splitlines()[1:] == ['"c"', '"a"']


def test_files_that_cannot_be_read_are_told_in_the_page(api):
    folder = api.private_folder()
    for action, data, code in (("VCARD", b"no card", "I_E-0608"), ("CSV", b"", "I_E-1303"), ("CSV", b"\"First Name\"\n", "I_E-1315"),
                               ("CSV", b"foo,bar\n1,2\n", "I_E-0804"), ("CSV", b"City\nx\n", "I_E-0804"),
                               ("CSV", b"City business\nx\n", "I_E-0807"), ("NONSENSE", b"x", "I_E-1301")):
        answer = import_file(api, action, folder, data)
        assert answer.status == 200 and answer.media_type == "text/html", (action, data, answer.status)
        assert answer.code == code, (action, data, answer.text)
        assert answer.callback == "callback_import"
    api.multipart("import", {"x": "y"}, {}, action="CSV", folder=folder).expect_error("I_E-1304")
    import_file(api, "CSV", "6", b"First Name\nx\n").expect_error("I_E-0500")
    import_file(api, "CSV", f"{folder},6", b"First Name\nx\n").expect_error("I_E-0800")
    assert api.get("contacts", action="all", folder=folder, columns="1").data == []


def test_good_and_bad_rows_are_told_one_by_one(api):
    folder = api.private_folder()
    answer = import_file(api, "CSV", folder, b"Given name,Sur name,Company,Whatever\nAda,L,,1\n,,,2\n")
    first, second = answer.data
    assert {"id", "folder_id", "last_modified", "code", "warnings"} <= set(first) and first["code"] == "I_E-0803"
    assert second["code"] == "I_E-0805" and "id" not in second
