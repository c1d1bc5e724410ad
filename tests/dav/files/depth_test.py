"""PROPFIND of a whole tree, where the administrator allows it."""

from support import dav

DIRECTIVES = "DavDepthInfinity on\n"


def test_a_whole_tree_is_told_at_once(api):
    client, home = dav.client(api), dav.home(api)
    client.send("MKCOL", home + "/a")
    client.send("MKCOL", home + "/a/b")
    client.put(home + "/a/b/deep.txt", b"1")
    client.put(home + "/top.txt", b"1")
    found = [one.path for one in client.propfind(home, "infinity", ["<D:getetag/>"])]
    assert found == [home + "/", home + "/a/", home + "/a/b/", home + "/a/b/deep.txt", home + "/top.txt"], found
    answer = client.send("PROPFIND", home)
    assert answer.status == 207, "without a header the depth is infinity"
