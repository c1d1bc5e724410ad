"""Files that somebody shares one by one: beside the collections of Userstore, with the rights of each."""

from support import dav
from support.files import item, new_folder, upload

LATE = 2**63 - 1
READ, WRITE, DELETE = 1, 2, 4


def share(api, name: str, bits: int, content: bytes = b"one", folder=None) -> str:
    """A file of user1 that user2 may use; its id."""
    file_id = upload(api.user(1), folder or api.file_folder(), name, content).data
    entry = {"entity": api.user(2).user_id, "group": False, "bits": bits}
    api.put("infostore", {"object_permissions": [entry]}, action="update", id=file_id, timestamp=LATE)
    return file_id


def test_a_shared_file_is_listed_and_read(api):
    other = dav.client(api, 2)
    assert other.list("/Userstore") == ["User2 Test/"]
    file_id = share(api, "plan.txt", READ)
    upload(api.user(1), api.file_folder(), "private.txt", b"1")
    assert other.list("/Userstore") == ["User2 Test/", "plan.txt"]
    answer = other.send("GET", "/Userstore/plan.txt")
    assert answer.status == 200 and answer.body == b"one"
    assert other.send("GET", "/Userstore/private.txt").status == 404
    found = other.propfind("/Userstore/plan.txt")[0]
    assert found.text("getcontentlength") == "3" and found.text("getetag") == answer.headers["ETag"]
    assert item(api.user(1), file_id)["filename"] == "plan.txt"
    assert dav.client(api).list("/Userstore") == ["User1 Test/"], "the owner finds it where it lies"


def test_a_reader_changes_nothing(api):
    other = dav.client(api, 2)
    share(api, "read.txt", READ)
    place = "/Userstore/read.txt"
    assert other.put(place, b"two").status == 403
    assert other.send("DELETE", place).status == 403
    assert other.proppatch(place, "<x:note xmlns:x='u:x'>1</x:note>").status == 403
    assert other.send("LOCK", place, dav.LOCK_INFO.format(scope="exclusive", owner="").encode()).status == 403
    assert other.transfer("MOVE", place, dav.home(api, 2) + "/mine.txt").status == 403
    assert other.transfer("COPY", place, dav.home(api, 2) + "/copy.txt").status == 201
    assert other.send("GET", dav.home(api, 2) + "/copy.txt").body == b"one"
    assert other.put("/Userstore/new.txt", b"1").status in (403, 409)
    assert dav.client(api).send("GET", dav.home(api) + "/read.txt").body == b"one"


def test_a_writer_makes_versions_and_locks(api):
    one, other = dav.client(api), dav.client(api, 2)
    file_id = share(api, "write.txt", WRITE)
    place = "/Userstore/write.txt"
    assert other.put(place, b"two").status == 204
    assert one.send("GET", dav.home(api) + "/write.txt").body == b"two"
    assert item(api.user(1), file_id)["number_of_versions"] == 2
    token = other.lock(place)
    assert one.put(dav.home(api) + "/write.txt", b"three").status == 423
    assert other.put(place, b"three", If=f"(<{token}>)").status == 204
    assert other.unlock(place, token).status == 204
    assert other.proppatch(place, "<x:note xmlns:x='u:x'>kept</x:note>").status == 207
    listed = {one.path: one for one in other.propfind("/Userstore", "1")}
    assert listed["/Userstore/write.txt"].text("{u:x}note") == "kept"
    assert other.transfer("MOVE", place, "/Userstore/renamed.txt").status == 201
    assert item(api.user(1), file_id)["filename"] == "renamed.txt"
    assert other.send("DELETE", "/Userstore/renamed.txt").status == 403


def test_who_may_delete_deletes(api):
    other = dav.client(api, 2)
    share(api, "gone.txt", DELETE)
    assert other.send("DELETE", "/Userstore/gone.txt").status == 204
    assert other.list("/Userstore") == ["User2 Test/"]
    assert "gone.txt" not in dav.client(api).list(dav.home(api))


def test_equal_names_are_told_apart(api):
    other = dav.client(api, 2)
    share(api, "same.txt", READ, b"first")
    second = share(api, "same.txt", READ, b"second", new_folder(api.user(1), api.file_folder(), "Place"))
    number = second.split("/")[1]
    assert other.list("/Userstore") == ["User2 Test/", f"same ({number}).txt", "same.txt"]
    assert other.send("GET", "/Userstore/same.txt").body == b"first"
    assert other.send("GET", f"/Userstore/same ({number}).txt").body == b"second"
