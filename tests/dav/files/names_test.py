"""Names in every script, and those that other servers stumble over."""

from support import dav
from support.files import names

ODD = ("plain.txt", "100%.txt", "a%20b", "a#b?c=d&e.txt", "a+b", "trailing...", ".hidden", "blank inside  twice", "~x;y=z,!$'()*@",
       "Straße.txt", "e\u0301 decomposed", "日本語.txt", "العربية.txt", "हिन्दी.txt", "😀.png", "<tag>&amp;.xml", '"quoted"', "back\\slash",
       "a:b|c", "n" * 255, "ü" * 127, "CON", "desktop.ini")
FOLDERS = ("Ordner ä", "100% #1 + more", "フォルダ", "dots...", "n" * 255, "a&b;c=d")


def test_files_with_odd_names_go_in_out_and_away(api):
    client, home = dav.client(api), dav.home(api)
    for name in ODD:
        assert client.put(f"{home}/{name}", name.encode()).status == 201, name
    assert client.list(home) == sorted(ODD)
    assert names(api.user(1), api.file_folder()) == sorted(ODD)
    for name in ODD:
        assert client.send("GET", f"{home}/{name}").body == name.encode(), name
        assert client.send("DELETE", f"{home}/{name}").status == 204, name
    assert client.list(home) == []


def test_files_with_odd_names_move_and_copy(api):
    client, home = dav.client(api), dav.home(api)
    client.send("MKCOL", f"{home}/to")
    for name in ODD:
        client.put(f"{home}/{name}", name.encode())
        assert client.transfer("COPY", f"{home}/{name}", f"{home}/to/{name}").status == 201, name
        assert client.transfer("MOVE", f"{home}/{name}", f"{home}/to/{name}", Overwrite="T").status == 204, name
    assert client.list(f"{home}/to") == sorted(ODD) and client.list(home) == ["to/"]


def test_collections_with_odd_names(api):
    client, home = dav.client(api), dav.home(api)
    for name in FOLDERS:
        assert client.send("MKCOL", f"{home}/{name}").status == 201, name
        assert client.put(f"{home}/{name}/in it.txt", b"1").status == 201, name
        assert client.transfer("MOVE", f"{home}/{name}", f"{home}/{name[:200]} moved").status == 201, name
        assert client.list(f"{home}/{name[:200]} moved") == ["in it.txt"]
    assert client.list(home) == sorted(f"{name[:200]} moved/" for name in FOLDERS)


def test_names_that_cannot_be_are_refused(api):
    client, home = dav.client(api), dav.home(api)
    assert client.put(f"{home}/{'n' * 256}", b"1").status == 403
    for name in ("a\tb", "a\nb", "\x7f"):
        assert client.put(f"{home}/{name}", b"1").status == 400, name
    # The HTTP API allows these in no folder, and trims titles.
    for name in ("a:b", "a*b", "blank at the end "):
        assert client.send("MKCOL", f"{home}/{name}").status == 403, name
    assert client.list(home) == []


def test_file_and_folder_share_one_name_space(api):
    client, home = dav.client(api), dav.home(api)
    client.put(f"{home}/taken", b"1")
    assert client.send("MKCOL", f"{home}/taken").status == 405
    client.send("MKCOL", f"{home}/folder")
    assert client.put(f"{home}/folder", b"1").status == 409
    assert client.put(f"{home}/taken/below", b"1").status == 409
    assert client.send("MKCOL", f"{home}/missing/below").status == 409
    assert client.put(f"{home}/missing/below", b"1").status == 409
    assert client.put(f"{home}/FOLDER", b"1").status == 201, "names that differ in case are two"


def test_the_top_of_the_tree_is_fixed(api):
    client = dav.client(api)
    assert client.list("/") == ["Public files/", "Trash/", "Userstore/"]
    for path in ("/", "/Userstore", "/Public files", "/Trash", dav.home(api)):
        assert client.send("DELETE", path).status == 403, path
        assert client.send("PROPFIND", path, Depth="0").status == 207
    assert client.transfer("MOVE", dav.home(api), "/Userstore/elsewhere").status == 403
    assert client.put("/new.txt", b"1").status == 403
    assert client.put("/Userstore/new.txt", b"1").status == 403
    assert client.put("/Public files/new.txt", b"1").status == 403
    assert client.send("MKCOL", "/new").status == 403
    assert client.send("MKCOL", "/Public files/For all").status == 201
    assert client.put("/Public files/For all/new.txt", b"1").status == 201


def test_what_is_deleted_lies_in_the_trash(api):
    client, home = dav.client(api), dav.home(api)
    client.put(f"{home}/gone.txt", b"1")
    client.send("MKCOL", f"{home}/Folder")
    client.put(f"{home}/Folder/inside.txt", b"2")
    assert client.send("DELETE", f"{home}/gone.txt").status == 204
    assert client.send("DELETE", f"{home}/Folder").status == 204
    assert client.list("/Trash") == ["Folder/", "gone.txt"]
    assert client.transfer("MOVE", "/Trash/gone.txt", f"{home}/back.txt").status == 201
    assert client.send("GET", f"{home}/back.txt").body == b"1"
    assert client.send("DELETE", "/Trash/Folder").status == 204
    assert client.list("/Trash") == []
