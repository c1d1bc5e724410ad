"""COPY, MOVE and DELETE of files and trees: overwriting, rights, all or nothing."""

from support import dav
from support.files import item, new_folder, new_version

ALL, READ = 403710016, 257


def make_tree(client, top: str) -> None:
    for place in ("", "/Sub", "/Sub/Deep"):
        assert client.send("MKCOL", top + place).status == 201
        for name in ("a.txt", "b.txt"):
            assert client.put(f"{top}{place}/{name}", f"{place}/{name}".encode()).status == 201


def check_tree(client, top: str) -> None:
    assert client.list(top) == ["Sub/", "a.txt", "b.txt"]
    for place in ("", "/Sub", "/Sub/Deep"):
        for name in ("a.txt", "b.txt"):
            assert client.send("GET", f"{top}{place}/{name}").body == f"{place}/{name}".encode()


def test_trees_are_copied_and_moved_whole(api):
    client, home = dav.client(api), dav.home(api)
    make_tree(client, f"{home}/Tree")
    assert client.transfer("COPY", f"{home}/Tree", f"{home}/Copy").status == 201
    check_tree(client, f"{home}/Copy")
    assert client.transfer("MOVE", f"{home}/Tree", f"{home}/Copy/Sub/Moved").status == 201
    check_tree(client, f"{home}/Copy/Sub/Moved")
    assert client.list(home) == ["Copy/"]
    assert client.transfer("COPY", f"{home}/Copy", f"{home}/Flat", Depth="0").status == 201
    assert client.list(f"{home}/Flat") == []
    assert client.transfer("MOVE", f"{home}/Copy", f"{home}/Copy/Sub/Inside").status == 403


def test_overwriting_puts_the_old_one_into_the_trash(api):
    client, home = dav.client(api), dav.home(api)
    make_tree(client, f"{home}/Tree")
    client.put(f"{home}/old.txt", b"old")
    assert client.transfer("COPY", f"{home}/Tree/a.txt", f"{home}/old.txt", Overwrite="F").status == 412
    assert client.transfer("COPY", f"{home}/Tree/a.txt", f"{home}/old.txt").status == 204
    assert client.send("GET", f"{home}/old.txt").body == b"/a.txt"
    assert client.transfer("MOVE", f"{home}/Tree", f"{home}/old.txt", Overwrite="T").status == 204
    check_tree(client, f"{home}/old.txt")
    assert len(client.list("/Trash")) == 2


def test_a_move_that_is_refused_changes_nothing(api):
    owner, other = dav.client(api), dav.client(api, 2)
    new_folder(api.user(1), api.file_folder(), "Shared", [
        {"entity": api.user(1).user_id, "group": False, "bits": ALL},
        {"entity": api.user(2).user_id, "group": False, "bits": READ}])
    shared = dav.home(api) + "/Shared"
    owner.put(f"{shared}/theirs.txt", b"theirs")
    make_tree(other, dav.home(api, 2) + "/Tree")
    mine = dav.home(api, 2)
    other.put(f"{mine}/mine.txt", b"mine")
    for method in ("COPY", "MOVE"):
        assert other.transfer(method, f"{mine}/mine.txt", f"{shared}/theirs.txt").status == 403
        assert other.transfer(method, f"{mine}/Tree", f"{shared}/theirs.txt").status == 403
        assert other.transfer(method, f"{mine}/Tree", f"{shared}/Tree").status == 403
    assert other.transfer("MOVE", f"{shared}/theirs.txt", f"{mine}/mine.txt").status == 403
    assert other.send("GET", f"{mine}/mine.txt").body == b"mine" and other.list("/Trash") == []
    assert owner.send("GET", f"{shared}/theirs.txt").body == b"theirs" and owner.list(shared) == ["theirs.txt"]
    check_tree(other, f"{mine}/Tree")
    assert other.transfer("COPY", f"{shared}/theirs.txt", f"{mine}/mine.txt").status == 204
    assert other.send("GET", f"{mine}/mine.txt").body == b"theirs"


def test_a_copy_has_one_version_and_a_moved_file_keeps_all(api):
    client, home = dav.client(api), dav.home(api)
    client.put(f"{home}/a.txt", b"1")
    file_id = api.get("infostore", action="all", folder=api.file_folder(), columns="1").data[0][0]
    new_version(api.user(1), file_id, "a.txt", b"2")
    client.transfer("COPY", f"{home}/a.txt", f"{home}/copy.txt")
    client.transfer("MOVE", f"{home}/a.txt", f"{home}/moved.txt")
    rows = dict(api.get("infostore", action="all", folder=api.file_folder(), columns="702,711").data)
    assert rows == {"copy.txt": 1, "moved.txt": 2}
    assert item(api.user(1), file_id)["title"] == "moved.txt"


def test_an_empty_file_is_replaced_by_the_real_one(api):
    client, home = dav.client(api), dav.home(api)
    client.put(f"{home}/a.txt", b"")
    client.put(f"{home}/a.txt", b"real")
    file_id = api.get("infostore", action="all", folder=api.file_folder(), columns="1").data[0][0]
    assert item(api.user(1), file_id)["number_of_versions"] == 1


def test_a_name_that_appears_meanwhile_is_not_lost(api):
    """Of two that are put under one name at the same time, the second becomes a version of the first."""
    first, second, place = dav.client(api), dav.client(api), dav.home(api) + "/a.txt"

    def slow():
        yield b"slow"
        assert second.put(place, b"quick").status == 201
        yield b" and late"

    assert first.send("PUT", place, slow()).status in (201, 204)
    assert first.send("GET", place).body == b"slow and late"
    file_id = api.get("infostore", action="all", folder=api.file_folder(), columns="1").data[0][0]
    assert item(api.user(1), file_id)["number_of_versions"] == 2
