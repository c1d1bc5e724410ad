"""Versions, locks, and what a second user may do."""

from support.files import download, item, new_folder, new_version, put_raw, upload

ALL = {"bits": 403710016, "group": False}
READ = {"bits": 257, "group": False}


def three_versions(api) -> tuple[str, int]:
    first = upload(api.user(1), api.file_folder(), "a.txt", b"1", "text/plain", members={"description": "D"})
    new_version(api.user(1), first.data, "a.txt", b"22", members={"version_comment": "second"})
    last = new_version(api.user(1), first.data, "a.txt", b"333")
    return first.data, last.timestamp


def rows(api, file_id: str) -> list:
    return api.get("infostore", action="versions", id=file_id, columns="705,704,710,709").data


def test_every_version_is_kept(api):
    file_id, _ = three_versions(api)
    assert rows(api, file_id) == [["1", 1, False, None], ["2", 2, False, "second"], ["3", 3, True, None]]
    assert [download(api.user(1), file_id, version=n).body for n in (1, 2, 3)] == [b"1", b"22", b"333"]
    assert item(api.user(1), file_id)["description"] == "D"
    assert item(api.user(1), file_id, version=2)["version_comment"] == "second"
    backwards = api.get("infostore", action="versions", id=file_id, columns="705", sort=705, order="desc").data
    assert backwards == [["3"], ["2"], ["1"]]


def test_an_older_version_can_become_the_current_one(api):
    file_id, stamp = three_versions(api)
    assert api.put("infostore", {"version": 1}, action="update", id=file_id, timestamp=stamp).data == file_id
    assert download(api.user(1), file_id).body == b"1"
    assert item(api.user(1), file_id)["version"] == "1"


def test_detached_versions_are_gone_and_their_numbers_are_not_used_again(api):
    file_id, stamp = three_versions(api)
    folder = file_id.split("/")[0]
    answer = api.put("infostore", [3, 1], action="detach", id=file_id, folder=folder, timestamp=stamp)
    assert answer.data == []
    assert rows(api, file_id) == [["2", 2, True, "second"]]
    assert download(api.user(1), file_id, version=3).status == 404
    new_version(api.user(1), file_id, "a.txt", b"4444").data
    assert [row[0] for row in rows(api, file_id)] == ["2", "4"]


def test_revert_leaves_an_item_without_file(api):
    file_id, stamp = three_versions(api)
    folder = file_id.split("/")[0]
    api.put("infostore", None, action="revert", id=file_id, folder=folder, timestamp=stamp).data
    assert rows(api, file_id) == []
    assert item(api.user(1), file_id)["number_of_versions"] == 0
    assert download(api.user(1), file_id).status == 404


def test_a_lock_keeps_others_away(api):
    user, other = api.user(1), api.user(2)
    permissions = [{**ALL, "entity": user.user_id}, {**ALL, "entity": other.user_id}]
    folder = new_folder(user, api.file_folder(), "Shared", permissions)
    made = upload(user, folder, "a.txt", b"1")
    file_id = made.data
    assert item(user, file_id).get("locked_until", 0) == 0
    locked = user.get("infostore", action="lock", id=file_id, diff=600000)
    until = item(other, file_id)["locked_until"]
    assert until > 0
    any_time = 2**63 - 1
    other.put("infostore", {"title": "x"}, action="update", id=file_id, timestamp=any_time).expect_error("IFO-0415")
    new_version(other, file_id, "a.txt", b"2").expect_error("IFO-0415")
    put_raw(other, None, "a.txt", b"2", id=file_id, timestamp=any_time).expect_error("IFO-0415")
    other.put("infostore", [{"id": file_id, "folder": folder}], action="delete",
              timestamp=any_time).expect_error("IFO-0415")
    other.get("infostore", action="move", id=file_id, folder=other.config("folder/infostore"),
              timestamp=any_time).expect_error("IFO-0415")
    other.put("infostore", None, action="revert", id=file_id, folder=folder, timestamp=any_time).expect_error("IFO-0415")
    other.get("infostore", action="lock", id=file_id).expect_error("IFO-0415")
    other.put("infostore", None, action="unlock", id=file_id).expect_error("IFO-0416")
    assert download(other, file_id).body == b"1"
    assert user.put("infostore", {"title": "mine"}, action="update", id=file_id, timestamp=any_time).data == file_id
    assert locked.timestamp
    user.put("infostore", None, action="unlock", id=file_id).data
    assert item(other, file_id).get("locked_until", 0) == 0
    assert other.put("infostore", {"title": "yours"}, action="update", id=file_id, timestamp=any_time).data == file_id


def test_a_reader_reads_and_changes_nothing(api):
    user, other = api.user(1), api.user(2)
    permissions = [{**ALL, "entity": user.user_id}, {**READ, "entity": other.user_id}]
    folder = new_folder(user, api.file_folder(), "Read only", permissions)
    file_id = upload(user, folder, "a.txt", b"1").data
    any_time = 2**63 - 1
    assert download(other, file_id).body == b"1"
    upload(other, folder, "b.txt", b"1").expect_error("IFO-0402")
    other.put("infostore", {"title": "x"}, action="update", id=file_id, timestamp=any_time).expect_error("IFO-0403")
    other.put("infostore", [{"id": file_id, "folder": folder}], action="delete",
              timestamp=any_time).expect_error("IFO-0445")
    other.get("infostore", action="lock", id=file_id).expect_error("IFO-0418")
    other.get("infostore", action="move", id=file_id, folder=other.config("folder/infostore"),
              timestamp=any_time).expect_error("IFO-0421")
    other.put("infostore", None, action="revert", id=file_id, folder=folder, timestamp=any_time).expect_error("IFO-0406")


def test_a_stranger_sees_nothing(api):
    file_id = upload(api.user(1), api.file_folder(), "a.txt", b"1").data
    folder, number = file_id.split("/")
    other = api.user(2)
    mine = other.config("folder/infostore")
    any_time = 2**63 - 1
    # The second part of an id finds the item wherever it lies; a folder of one's own in front of it opens nothing.
    for wanted in (file_id, f"{mine}/{number}", number, f"10/{number}"):
        assert download(other, wanted).status in (403, 404), wanted
        assert other.get("infostore", action="get", id=wanted, folder=mine).code in ("IFO-0300", "IFO-0400"), wanted
        assert other.get("infostore", action="versions", id=wanted, columns="705").code in ("IFO-0300", "IFO-0400")
        changed = other.put("infostore", {"title": "x"}, action="update", id=wanted, timestamp=any_time)
        assert changed.code in ("IFO-0300", "IFO-0400", "IFO-0403"), wanted
        copied = other.put("infostore", {"folder_id": str(mine)}, action="copy", id=wanted)
        assert copied.code in ("IFO-0300", "IFO-0400"), wanted
    assert other.put("infostore", [{"id": file_id, "folder": folder}], action="list", columns="1,702").data == []
    assert download(api.user(1), file_id).body == b"1"


def test_an_object_permission_shows_the_file_among_shared_ones(api):
    user, other = api.user(1), api.user(2)
    file_id = upload(user, api.file_folder(), "a.txt", b"1").data
    number = file_id.split("/")[1]
    any_time = 2**63 - 1
    share = {"object_permissions": [{"entity": other.user_id, "group": False, "bits": 1}]}
    user.put("infostore", share, action="update", id=file_id, timestamp=any_time).data
    assert other.get("infostore", action="all", folder=10, columns="1,702").data == [[f"10/{number}", "a.txt"]]
    assert download(other, f"10/{number}").body == b"1"
    assert user.get("infostore", action="shares", columns="1").data == [[file_id]]
    other.put("infostore", {"title": "x"}, action="update", id=f"10/{number}",
              timestamp=any_time).expect_error("IFO-0403")
    share["object_permissions"][0]["bits"] = 2
    user.put("infostore", share, action="update", id=file_id, timestamp=any_time).data
    assert other.put("infostore", {"title": "x"}, action="update", id=f"10/{number}", timestamp=any_time).data
    user.put("infostore", {"object_permissions": []}, action="update", id=file_id, timestamp=any_time).data
    assert download(other, f"10/{number}").status in (403, 404)


def test_versions_come_in_the_order_asked_for(api):
    file_id, _ = three_versions(api)
    new_version(api.user(1), file_id, "a.txt", b"")

    def order(**parameters):
        return [row[0] for row in api.get("infostore", action="versions", id=file_id, columns="705", **parameters).data]

    assert order() == order(sort=705, order="asc") == ["1", "2", "3", "4"]
    assert order(sort=704, order="asc") == ["4", "1", "2", "3"]
    assert order(sort=704, order="desc") == ["3", "2", "1", "4"]
    assert order(sort=709, order="asc")[0] == "2", "versions without a comment come last"


def test_updates_come_in_the_order_asked_for(api):
    folder = api.file_folder()
    for name in ("b", "a10", "a9"):
        put_raw(api.user(1), folder, name, b"x")

    def order(**parameters):
        return [row[0] for row in api.get("infostore", action="updates", folder=folder, columns="702", timestamp=0, **parameters).data]

    assert order() == ["b", "a10", "a9"]
    assert order(sort=702, order="asc") == ["a9", "a10", "b"]
    assert order(sort=702, order="desc") == ["b", "a10", "a9"]


def test_a_free_file_is_locked_until_0(api):
    folder, user = api.file_folder(), api.user(1)
    file_id = put_raw(user, folder, "a", b"x").data
    assert item(user, file_id)["locked_until"] == 0
    assert api.get("infostore", action="all", folder=folder, columns="707").data == [[0]]
    api.get("infostore", action="lock", id=file_id).data
    assert api.get("infostore", action="all", folder=folder, columns="707").data[0][0] > 0


def test_wildcards_stand_for_a_part_of_the_text(api):
    folder = api.file_folder()
    for name in ("Summer holiday.txt", "winter.txt", "some.txt"):
        put_raw(api.user(1), folder, name, b"x")

    def found(pattern: str) -> list:
        return sorted(row[0] for row in api.put("infostore", {"pattern": pattern}, action="search", folder=folder, columns="702").data)

    assert found("mm*lid") == found("MMER H") == found("?ummer") == ["Summer holiday.txt"]
    assert found("s?m") == ["Summer holiday.txt", "some.txt"]
    assert found("w*r.t") == ["winter.txt"]
    assert found("w*x?t") == []
    assert len(found("*")) == len(found("")) == 3


def test_who_stands_behind_the_permissions(api):
    file_id = put_raw(api.user(1), api.file_folder(), "a", b"x").data
    entries = [{"entity": api.user(2).user_id, "group": False, "bits": 2}, {"entity": 0, "group": True, "bits": 1}]
    api.put("infostore", {"object_permissions": entries}, action="update", id=file_id, timestamp=2**63 - 1).data
    (cell, other, mail), = api.get("infostore", action="all", folder=api.file_folder(), columns="7010,7020,7030").data
    by_type = {entry["type"]: entry for entry in cell}
    assert by_type["user"]["entity"] == api.user(2).user_id and by_type["user"]["bits"] == 2
    assert by_type["user"]["display_name"] and by_type["user"]["contact"]["email1"]
    assert by_type["group"]["entity"] == 0 and other is None and mail is None


def test_files_and_folders_of_one_place_have_different_names(api):
    user, folder = api.user(1), api.file_folder()
    put_raw(user, folder, "docs", b"x")
    taken = user.put("folders", {"folder": {"title": "docs", "module": "infostore"}}, action="new", folder_id=folder)
    taken.expect_error("FLD-0012")
    below = new_folder(user, folder, "other")
    user.put("folders", {"folder": {"title": "docs"}}, action="update", id=below, timestamp=2**63 - 1).expect_error("FLD-0012")
    inner = new_folder(user, below, "docs")
    user.put("folders", {"folder": {"folder_id": folder}}, action="update", id=inner, timestamp=2**63 - 1).expect_error("FLD-0012")
    assert item(user, put_raw(user, folder, "other", b"x").data)["filename"] == "other (1)"
    assert item(user, put_raw(user, below, "docs", b"x").data)["filename"] == "docs (1)"
