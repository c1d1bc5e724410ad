"""One file, seen and edited through WebDAV and through the HTTP API."""

import re

from support import dav
from support.files import download, item, new_version, upload

LATE = 2**63 - 1
EXCLUSIVE = (b'<?xml version="1.0"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope>'
             b'<D:locktype><D:write/></D:locktype><D:owner>me</D:owner></D:lockinfo>')


def api_id(api, name: str) -> str:
    rows = api.get("infostore", action="all", folder=api.file_folder(), columns="1,702").data
    return next(file_id for file_id, filename in rows if filename == name)


def entity_tag(answer) -> str:
    return answer.headers["ETag"]


def test_what_was_put_is_an_item_of_the_api(api):
    client, place = dav.client(api), dav.home(api) + "/report.txt"
    assert client.put(place, b"one").status == 201
    file_id = api_id(api, "report.txt")
    seen = item(api.user(1), file_id)
    assert (seen["title"], seen["file_size"], seen["number_of_versions"]) == ("report.txt", 3, 1)
    assert seen["file_mimetype"] == "text/plain"
    assert download(api.user(1), file_id).body == b"one"
    assert client.put(place, b"three").status == 204
    assert item(api.user(1), file_id)["number_of_versions"] == 2
    assert download(api.user(1), file_id, version=1).body == b"one"


def test_entity_tags_are_the_same_on_both_sides(api):
    client = dav.client(api)
    file_id = upload(api.user(1), api.file_folder(), "tag.txt", b"one").data
    first = entity_tag(client.send("GET", dav.home(api) + "/tag.txt"))
    assert entity_tag(download(api.user(1), file_id)) == first
    assert client.propfind(dav.home(api) + "/tag.txt", names=["<D:getetag/>"])[0].text("getetag") == first
    assert download(api.user(1), file_id, {"If-None-Match": first}).status == 304
    new_version(api.user(1), file_id, "tag.txt", b"two")
    second = entity_tag(client.send("GET", dav.home(api) + "/tag.txt"))
    assert second != first
    assert client.put(dav.home(api) + "/tag.txt", b"mine", If_Match=first).status == 412
    assert client.put(dav.home(api) + "/tag.txt", b"mine", If_Match=second).status == 204
    assert download(api.user(1), file_id).body == b"mine"


def test_updates_tells_each_change_once(api):
    client, folder = dav.client(api), api.file_folder()
    since = api.get("infostore", action="all", folder=folder, columns="1").timestamp

    def changes() -> list:
        nonlocal since
        answer = api.get("infostore", action="updates", folder=folder, columns="1,702", timestamp=since)
        since = answer.timestamp
        return answer.data

    client.put(dav.home(api) + "/a.txt", b"1")
    file_id = api_id(api, "a.txt")
    assert changes() == [[file_id, "a.txt"]]
    assert changes() == []
    client.put(dav.home(api) + "/a.txt", b"2")
    assert changes() == [[file_id, "a.txt"]]
    token = client.lock(dav.home(api) + "/a.txt")
    assert changes() == [[file_id, "a.txt"]]
    assert client.unlock(dav.home(api) + "/a.txt", token).status == 204
    assert changes() == [[file_id, "a.txt"]]
    client.transfer("MOVE", dav.home(api) + "/a.txt", dav.home(api) + "/b.txt")
    assert changes() == [[file_id, "b.txt"]]
    client.transfer("COPY", dav.home(api) + "/b.txt", dav.home(api) + "/c.txt")
    assert changes() == [[api_id(api, "c.txt"), "c.txt"]]
    client.send("DELETE", dav.home(api) + "/b.txt")
    assert changes() == [file_id]
    assert changes() == []


def test_a_lock_of_webdav_keeps_users_of_the_api_away(api):
    client, other = dav.client(api), api.user(2)
    permissions = [{"entity": api.user(1).user_id, "group": False, "bits": 403710016},
                   {"entity": other.user_id, "group": False, "bits": 403710016}]
    folder = api.put("folders", {"folder": {"title": "Shared", "module": "infostore", "permissions": permissions}},
                     action="new", folder_id=api.file_folder()).data
    place = dav.home(api) + "/Shared/locked.txt"
    client.put(place, b"one")
    file_id = api.get("infostore", action="all", folder=folder, columns="1").data[0][0]
    locked = client.send("LOCK", place, EXCLUSIVE, Timeout="Second-600")
    assert locked.status == 200
    token = re.search(r"<(.*)>", locked.headers["Lock-Token"])[1]
    assert item(other, file_id)["locked_until"] > 0
    other.put("infostore", {"title": "x"}, action="update", id=file_id, timestamp=LATE).expect_error("IFO-0415")
    new_version(other, file_id, "locked.txt", b"two").expect_error("IFO-0415")
    assert dav.client(api, 2).put(f"/Userstore/User1 Test/Shared/locked.txt", b"two").status == 423
    assert client.put(place, b"two").status == 423, "without the token the owner is refused as well"
    assert client.put(place, b"two", If=f"(<{token}>)").status == 204
    assert client.send("UNLOCK", place, Lock_Token=f"<{token}>").status == 204
    assert item(other, file_id).get("locked_until", 0) == 0
    assert other.put("infostore", {"title": "x"}, action="update", id=file_id, timestamp=LATE).code is None


def test_a_lock_of_the_api_keeps_webdav_away(api):
    client = dav.client(api)
    other = api.user(2)
    permissions = [{"entity": api.user(1).user_id, "group": False, "bits": 403710016},
                   {"entity": other.user_id, "group": False, "bits": 403710016}]
    folder = api.put("folders", {"folder": {"title": "Shared", "module": "infostore", "permissions": permissions}},
                     action="new", folder_id=api.file_folder()).data
    file_id = upload(other, folder, "theirs.txt", b"one").data
    assert other.get("infostore", action="lock", id=file_id, diff=600_000).code is None
    place = dav.home(api) + "/Shared/theirs.txt"
    assert client.put(place, b"two").status == 423
    assert client.send("DELETE", place).status == 423
    assert client.transfer("MOVE", place, dav.home(api) + "/taken.txt").status == 423
    assert client.propfind(place)[0].properties["lockdiscovery"].find("D:activelock", dav.NAMES) is not None
    other.put("infostore", None, action="unlock", id=file_id).data
    assert client.put(place, b"two").status == 204


def test_what_was_shared_and_nothing_else_is_in_the_tree(api):
    owner, other = dav.client(api), dav.client(api, 2)
    permissions = [{"entity": api.user(1).user_id, "group": False, "bits": 403710016},
                   {"entity": api.user(2).user_id, "group": False, "bits": 257}]
    api.put("folders", {"folder": {"title": "For two", "module": "infostore", "permissions": permissions}}, action="new",
            folder_id=api.file_folder()).data
    owner.put(dav.home(api) + "/For two/seen.txt", b"1")
    owner.put(dav.home(api) + "/private.txt", b"1")
    assert other.list("/Userstore") == ["User1 Test/", "User2 Test/"]
    assert other.list("/Userstore/User1 Test") == ["For two/"]
    assert other.send("GET", "/Userstore/User1 Test/For two/seen.txt").body == b"1"
    assert other.send("GET", "/Userstore/User1 Test/private.txt").status == 404
    assert other.put("/Userstore/User1 Test/For two/seen.txt", b"2").status == 403
    assert other.put("/Userstore/User1 Test/For two/new.txt", b"2").status == 403
    assert other.send("DELETE", "/Userstore/User1 Test/For two/seen.txt").status == 403
    assert other.send("DELETE", "/Userstore/User1 Test/For two").status == 403
    assert other.send("MKCOL", "/Userstore/User1 Test/For two/Sub").status == 403
    assert other.transfer("MOVE", "/Userstore/User1 Test/For two/seen.txt", "/Userstore/User2 Test/taken.txt").status == 403
    assert owner.list(dav.home(api) + "/For two") == ["seen.txt"]
