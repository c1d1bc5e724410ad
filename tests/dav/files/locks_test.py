"""Locks: scope, depth, names that nothing bears yet, refreshing, time-outs."""

import re
import threading

from support import dav
from support.files import item, new_folder, upload

LATE = 2**63 - 1


def two_writers(api) -> str:
    """A folder that user1 and user2 may write to; its path."""
    new_folder(api.user(1), api.file_folder(), "Both", [
        {"entity": api.user(number).user_id, "group": False, "bits": 403710016} for number in (1, 2)])
    return dav.home(api) + "/Both"


def test_a_name_is_locked_before_it_is_borne(api):
    one, other, place = dav.client(api), dav.client(api, 2), two_writers(api)
    token = one.lock(f"{place}/new.txt")
    assert one.list(place) == ["new.txt"], "a lock-null resource is seen"
    assert other.put(f"{place}/new.txt", b"2").status == 423
    upload(api.user(2), one_folder(api), "new.txt", b"2").expect_error("IFO-0415")
    assert one.put(f"{place}/new.txt", b"1").status == 423
    assert one.put(f"{place}/new.txt", b"1", If=f"(<{token}>)").status == 201
    file_id = api.get("infostore", action="all", folder=one_folder(api), columns="1").data[0][0]
    assert item(api.user(2), file_id)["locked_until"] > 0
    assert other.put(f"{place}/new.txt", b"2").status == 423
    assert one.unlock(f"{place}/new.txt", token).status == 204
    assert other.put(f"{place}/new.txt", b"2").status == 204


def one_folder(api) -> str:
    rows = api.get("folders", action="list", parent=api.file_folder(), columns="1,300").data
    return next(folder for folder, title in rows if title == "Both")


def test_an_unused_name_vanishes_with_its_lock(api):
    client, home = dav.client(api), dav.home(api)
    token = client.lock(f"{home}/never")
    assert client.send("GET", f"{home}/never").status == 404
    assert client.unlock(f"{home}/never", token).status == 204
    assert client.list(home) == [] and client.send("PROPFIND", f"{home}/never", Depth="0").status == 404
    token = client.lock(f"{home}/Folder")
    assert client.send("MKCOL", f"{home}/Folder", If=f"(<{token}>)").status == 201
    # mod_dav tells of the collection above in a multistatus.
    assert client.put(f"{home}/Folder/a.txt", b"1").status in (207, 423) and client.list(f"{home}/Folder") == []
    assert client.put(f"{home}/Folder/a.txt", b"1", If=f"<{dav.url(api, home + '/Folder')}> (<{token}>)").status == 201


def test_a_deep_lock_covers_what_is_below(api):
    one, other, place = dav.client(api), dav.client(api, 2), two_writers(api)
    one.send("MKCOL", f"{place}/Sub")
    one.put(f"{place}/Sub/a.txt", b"1")
    file_id = upload(api.user(1), one_folder(api), "direct.txt", b"1").data
    token = one.lock(place, Depth="infinity")
    assert other.put(f"{place}/Sub/a.txt", b"2").status == 423
    assert other.put(f"{place}/Sub/new.txt", b"2").status in (207, 423)
    assert other.send("DELETE", f"{place}/Sub").status in (423, 424)
    api.user(2).put("infostore", {"title": "x"}, action="update", id=file_id, timestamp=LATE).expect_error("IFO-0415")
    found = one.propfind(f"{place}/Sub/a.txt", names=["<D:lockdiscovery/>"])[0].properties["lockdiscovery"]
    assert found.findtext(".//D:locktoken/D:href", None, dav.NAMES) == token
    assert found.findtext(".//D:depth", None, dav.NAMES) == "infinity"
    assert one.put(f"{place}/Sub/a.txt", b"2", If=f"(<{token}>)").status == 204
    assert one.unlock(f"{place}/Sub/a.txt", token).status == 204, "any resource below will do"
    assert other.put(f"{place}/Sub/a.txt", b"3").status == 204


def test_shared_locks_are_shared_and_exclude_others(api):
    one, other, place = dav.client(api), dav.client(api, 2), two_writers(api)
    one.put(f"{place}/a.txt", b"1")
    first, second = one.lock(f"{place}/a.txt", "shared"), other.lock(f"{place}/a.txt", "shared")
    body = dav.LOCK_INFO.format(scope="exclusive", owner="").encode()
    assert other.send("LOCK", f"{place}/a.txt", body).status == 423
    assert one.put(f"{place}/a.txt", b"2", If=f"(<{first}>)").status == 204
    assert one.put(f"{place}/a.txt", b"2", If=f"(<{second}>)").status in (403, 412, 423), "somebody else's token"
    assert one.unlock(f"{place}/a.txt", second).status in (403, 409)
    assert other.unlock(f"{place}/a.txt", second).status == 204


def test_locks_are_refreshed_and_bounded(api):
    client, place = dav.client(api), dav.home(api) + "/a.txt"
    client.put(place, b"1")
    answer = client.send("LOCK", place, dav.LOCK_INFO.format(scope="exclusive", owner="").encode(), Timeout="Infinite")
    # What is left of a week; the answer may be some seconds in coming.
    assert 604_740 <= int(re.search(r"Second-(\d+)", answer.text)[1]) <= 604_800
    assert "User1 Test" in answer.text or "User1 Test" in client.send("PROPFIND", place, Depth="0").text
    token = answer.headers["Lock-Token"].strip("<>")
    again = client.send("LOCK", place, If=f"(<{token}>)", Timeout="Second-100")
    assert again.status == 200 and token in again.text and "Second-604" not in again.text
    assert client.send("LOCK", place, If="(<opaquelocktoken:00000000-0000-0000-0000-000000000000>)").status == 412
    assert client.unlock(place, "opaquelocktoken:00000000-0000-0000-0000-000000000000").status == 409
    assert client.unlock(place, token).status == 204


def test_a_lock_of_the_api_ends_by_its_token(api):
    client, place = dav.client(api), dav.home(api) + "/a.txt"
    file_id = upload(api.user(1), api.file_folder(), "a.txt", b"1").data
    api.get("infostore", action="lock", id=file_id, diff=600_000)
    found = client.propfind(place, names=["<D:lockdiscovery/>"])[0].properties["lockdiscovery"]
    assert found.findtext(".//D:owner", None, dav.NAMES) == "User1 Test"
    token = found.findtext(".//D:locktoken/D:href", None, dav.NAMES)
    assert client.put(place, b"2").status == 423
    assert client.unlock(place, token).status == 204
    assert item(api.user(1), file_id).get("locked_until", 0) == 0


def test_locks_end_with_what_they_lock_and_stay_when_nothing_happens(api):
    client, home = dav.client(api), dav.home(api)
    client.put(f"{home}/a.txt", b"1")
    client.put(f"{home}/b.txt", b"1")
    token = client.lock(f"{home}/a.txt")
    refused = client.transfer("MOVE", f"{home}/a.txt", f"{home}/missing/a.txt",
                              If=f"<{dav.url(api, home + '/a.txt')}> (<{token}>)")
    assert refused.status == 409
    assert client.put(f"{home}/a.txt", b"2").status == 423, "the lock is still there"
    moved = client.transfer("MOVE", f"{home}/a.txt", f"{home}/c.txt", If=f"<{dav.url(api, home + '/a.txt')}> (<{token}>)")
    assert moved.status == 201
    assert client.put(f"{home}/c.txt", b"2").status == 204
    assert client.put(f"{home}/a.txt", b"2").status == 201


def test_of_many_who_lock_at_once_one_wins(api):
    place = two_writers(api)
    dav.client(api).put(f"{place}/a.txt", b"1")
    clients = [dav.client(api, number) for number in (1, 2) for _ in range(3)]
    results = []

    def take(client):
        results.append(client.send("LOCK", f"{place}/a.txt", dav.LOCK_INFO.format(scope="exclusive", owner="").encode()).status)

    threads = [threading.Thread(target=take, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [200] + [423] * 5
