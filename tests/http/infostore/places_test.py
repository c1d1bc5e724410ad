"""Moving, copying, deleting, restoring, listing, searching, archives."""

import io
import json
import zipfile

from support.files import download, item, names, new_folder, new_version, upload

ANY_TIME = 2**63 - 1


def updates(api, folder, since) -> list:
    return api.get("infostore", action="updates", folder=folder, columns="1,702", timestamp=since).data


def test_a_moved_file_keeps_its_number_and_leaves_a_trace(api):
    user, home = api.user(1), api.file_folder()
    target = new_folder(user, home, "Target")
    made = upload(user, home, "a.txt", b"1")
    number = made.data.split("/")[1]
    since = made.timestamp
    moved = user.get("infostore", action="move", id=made.data, folder=target, timestamp=since)
    assert moved.data == []
    assert names(user, home) == [] and names(user, target) == ["a.txt"]
    assert updates(api, home, since) == [made.data]
    assert updates(api, target, since) == [[f"{target}/{number}", "a.txt"]]
    answer = user.get("infostore", action="updates", folder=home, columns="1", timestamp=since, ignore="deleted")
    assert answer.data == []
    # The old id still finds the file.
    assert download(user, made.data).body == b"1"


def test_many_files_move_at_once_and_get_counters(api):
    user, home = api.user(1), api.file_folder()
    target = new_folder(user, home, "Target")
    upload(user, target, "a.txt", b"0")
    refs = [{"id": upload(user, home, name, b"1").data, "folder": home} for name in ("a.txt", "b.txt")]
    refs.append({"id": f"{home}/99999999", "folder": home})
    answer = user.put("infostore", refs, action="move", folder=target, timestamp=ANY_TIME)
    assert answer.data == [f"{home}/99999999"]
    assert names(user, target) == ["a (1).txt", "a.txt", "b.txt"]


def test_files_cannot_move_into_a_view(api):
    user, home = api.user(1), api.file_folder()
    file_id = upload(user, home, "a.txt", b"1").data
    user.get("infostore", action="move", id=file_id, folder=10, timestamp=ANY_TIME).expect_error("IFO-1700")
    assert names(user, home) == ["a.txt"]


def test_an_update_with_another_folder_moves(api):
    user, home = api.user(1), api.file_folder()
    target = new_folder(user, home, "Target")
    file_id = upload(user, home, "a.txt", b"1").data
    answer = user.put("infostore", {"folder_id": target}, action="update", id=file_id, timestamp=ANY_TIME)
    assert answer.data == f"{target}/{file_id.split('/')[1]}"


def test_a_copy_has_the_current_version_only(api):
    user, home = api.user(1), api.file_folder()
    file_id = upload(user, home, "a.txt", b"1", members={"description": "D"}).data
    new_version(user, file_id, "a.txt", b"22")
    copied = user.put("infostore", {"folder_id": home}, action="copy", id=file_id).data
    found = item(user, copied)
    assert (found["filename"], found["number_of_versions"], found["description"]) == ("a (1).txt", 1, "D")
    assert download(user, copied).body == b"22"
    other = user.multipart("infostore", {"json": json.dumps({"folder_id": home, "title": "T"})},
                           {"file": ("c.txt", "text/plain", b"own")}, action="copy", id=file_id).data
    assert download(user, other).body == b"own" and item(user, other)["title"] == "T"
    user.put("infostore", {"folder_id": home}, action="copy", id=f"{home}/99999999").expect_error("IFO-0300")


def test_a_deleted_file_goes_to_the_trash_and_comes_back(api):
    user, home = api.user(1), api.file_folder()
    folder = new_folder(user, home, "Place")
    file_id = upload(user, folder, "a.txt", b"1").data
    trash = user.config("modules/infostore/folder/trash")
    answer = user.put("infostore", [{"id": file_id, "folder": folder}], action="delete", timestamp=ANY_TIME)
    assert answer.data == []
    assert names(user, folder) == [] and names(user, trash) == ["a.txt"]
    trashed = user.get("infostore", action="all", folder=trash, columns="1").data[0][0]
    restored = user.put("infostore", [{"id": trashed, "folder": str(trash)}], action="restore").data
    assert restored[0]["id"] == file_id
    assert restored[0]["path"][-1]["title"] == "Place"
    assert names(user, folder) == ["a.txt"] and names(user, trash) == []


def test_a_hard_delete_is_final_and_frees_the_quota(api):
    user, home = api.user(1), api.file_folder()
    used = user.get("quota", action="filestore").data["use"]
    file_id = upload(user, home, "a.txt", b"x" * 1000).data
    assert user.get("quota", action="filestore").data["use"] == used + 1000
    answer = user.put("infostore", [{"id": file_id, "folder": home}], action="delete", timestamp=ANY_TIME,
                      hardDelete=True)
    assert answer.data == []
    assert download(user, file_id).status == 404
    assert names(user, user.config("modules/infostore/folder/trash")) == []
    assert user.get("quota", action="filestore").data["use"] == used


def test_ids_that_could_not_be_deleted_come_back(api):
    user, home = api.user(1), api.file_folder()
    first = upload(user, home, "a.txt", b"1")
    second = upload(user, home, "b.txt", b"1")
    refs = [{"id": first.data, "folder": home}, {"id": second.data, "folder": home},
            {"id": f"{home}/99999999", "folder": home}]
    answer = user.put("infostore", refs, action="delete", timestamp=first.timestamp)
    assert answer.data == [second.data, f"{home}/99999999"]
    assert names(user, home) == ["b.txt"]


def test_lists_are_sorted_naturally_and_cut(api):
    user, home = api.user(1), api.file_folder()
    for name in ("file10.txt", "file9.txt", "File1.txt", "ähre.txt"):
        upload(user, home, name, b"1")
    wanted = {"action": "all", "folder": home, "columns": "702", "sort": 702}
    flat = [row[0] for row in user.get("infostore", **wanted, order="asc").data]
    assert flat == ["ähre.txt", "File1.txt", "file9.txt", "file10.txt"]
    cut = user.get("infostore", **wanted, order="desc", left_hand_limit=1, right_hand_limit=3).data
    assert [row[0] for row in cut] == ["file9.txt", "File1.txt"]
    assert [row[0] for row in user.get("infostore", **wanted, order="asc", limit=2).data] == flat[:2]
    user.get("infostore", **wanted, order="sideways").expect_error("SVL-0010")
    assert user.get("infostore", action="all", folder=home, columns="702,99999,702").data[0][1] is None


def test_a_list_answers_in_the_order_asked(api):
    user, home = api.user(1), api.file_folder()
    ids = [upload(user, home, f"{n}.txt", b"1").data for n in range(3)]
    refs = [{"id": one, "folder": home} for one in (ids[2], ids[0])] + [{"id": f"{home}/99999999", "folder": home}]
    assert user.put("infostore", refs, action="list", columns="1").data == [[ids[2]], [ids[0]]]
    user.put("infostore", {"id": None}, action="list", columns="1").expect_error("SVL-0002")


def test_search_finds_parts_and_patterns(api):
    user, home = api.user(1), api.file_folder()
    below = new_folder(user, home, "Below")
    upload(user, home, "Report 2026.txt", b"1")
    upload(user, below, "summary.txt", b"1", members={"description": "the REPORT of May"})

    def found(pattern, **parameters):
        rows = user.put("infostore", {"pattern": pattern}, action="search", columns="702", sort=702, order="asc",
                        **parameters).data
        return [row[0] for row in rows]

    assert found("report") == ["Report 2026.txt", "summary.txt"]
    assert found("rep*2?26*") == ["Report 2026.txt"]
    assert found("report", folder=home) == ["Report 2026.txt"]
    assert found("report", folder=home, includeSubfolders=True) == ["Report 2026.txt", "summary.txt"]
    assert found("report", start=1, end=1) == ["summary.txt"]
    assert found("nothing like it") == []
    assert api.user(2).put("infostore", {"pattern": "report"}, action="search", columns="702").data == []


def archive(answer) -> dict[str, bytes]:
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_folder_comes_as_an_archive(api):
    user, home = api.user(1), api.file_folder()
    top = new_folder(user, home, "Top")
    below = new_folder(user, top, "Unter ä")
    new_folder(user, top, "Empty")
    big = b"0123456789" * 50_000
    upload(user, top, "a.txt", b"a")
    upload(user, below, "größe.bin", big)
    assert archive(user.get("infostore", action="zipfolder", folder=top)) == {"a.txt": b"a"}
    whole = archive(user.get("infostore", action="zipfolder", folder=top, recursive=True))
    assert whole == {"a.txt": b"a", "Unter ä/": b"", "Unter ä/größe.bin": big, "Empty/": b""}
    answer = api.user(2).get("infostore", action="zipfolder", folder=top, recursive=True)
    assert answer.status in (403, 404) and answer.media_type == "text/html"


def test_chosen_documents_come_as_an_archive(api):
    user, home = api.user(1), api.file_folder()
    below = new_folder(user, home, "Below")
    first = upload(user, home, "a.txt", b"one").data
    new_version(user, first, "a.txt", b"two")
    second = upload(user, below, "a.txt", b"three").data
    refs = [{"id": first, "folder": home}, {"id": second, "folder": below}, {"id": first, "folder": home, "version": "1"}]
    expected = {"a.txt": b"two", "a (1).txt": b"three", "a (2).txt": b"one"}
    assert archive(user.put("infostore", refs, action="zipdocuments")) == expected
    form = user.form("infostore", {"body": json.dumps(refs)}, action="zipdocuments")
    assert archive(form) == expected
    missing = user.put("infostore", [{"id": f"{home}/99999999", "folder": home}], action="zipdocuments")
    assert missing.status == 404
    assert user.put("infostore", b"[", action="zipdocuments").status == 400
    assert api.user(2).put("infostore", refs, action="zipdocuments").status in (403, 404)


def test_several_calls_in_one_request(api):
    user, home = api.user(1), api.file_folder()
    file_id = upload(user, home, "a.txt", b"1").data
    target = new_folder(user, home, "Target")
    answers = user.multiple([
        {"module": "files", "action": "get", "id": file_id, "folder": home},
        {"module": "files", "action": "update", "id": file_id, "timestamp": ANY_TIME, "data": {"title": "T"}},
        {"module": "infostore", "action": "move", "id": file_id, "folder": target, "timestamp": ANY_TIME},
        {"module": "infostore", "action": "document", "id": file_id, "folder": home},
        {"module": "infostore", "action": "all", "folder": target, "columns": "700"}])
    assert answers[0]["data"]["id"] == file_id and answers[1]["data"] == file_id and answers[2]["data"] == []
    assert answers[3]["code"] == "SVL-0006" and answers[4]["data"] == [["T"]]
