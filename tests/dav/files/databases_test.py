"""The drive of a context whose data are in a database beside the home database."""

from support.dav import DavClient
from support.groupware import PASSWORD_HASH

# A server of its own: what is registered here would get the contexts of other tests.
DIRECTIVES = "GroupwareSessionLifetime short=59m\n"


def drive(api, number: int) -> DavClient:
    made = DavClient(api.server.port, f"anna@far{number}")
    api.all_clients.append(made)
    return made


def make_context(api, number: int, place: int) -> None:
    hashed = ("--password-hash", PASSWORD_HASH)
    api.ctl("context", "create", "--id", str(number), "--name", f"far{number}", "--database-id", str(place),
            "--admin-mail", "boss@example.test", "--admin-display-name", "The Boss", *hashed)
    api.ctl("user", "create", "--context", str(number), "--name", "anna", "--mail", "anna@example.test",
            "--display-name", "Anna Test", "--given-name", "Anna", "--surname", "Test", *hashed)


def test_files_of_a_context_elsewhere(api):
    name = f"drive{api.context_id}"
    api.ctl("database", "register", "--name", name, "--url", api.server.further_database(name))
    place = next(line.split("\t")[0] for line in api.ctl("database", "list").splitlines() if line.split("\t")[1] == name)
    number, beside = api.context_id + 500_000, api.context_id + 510_000
    make_context(api, number, int(place))
    make_context(api, beside, 0)
    far, near, path = drive(api, number), drive(api, beside), "/Userstore/Anna Test/a.txt"
    assert far.put(path, b"far bytes").status == 201
    token = far.lock(path)
    assert far.put(path, b"other bytes").status == 423
    assert far.put(path, b"other bytes", If=f"(<{token}>)").status == 204
    far.unlock(path, token)
    assert far.send("GET", path).body == b"other bytes"
    assert far.transfer("COPY", path, "/Userstore/Anna Test/b.txt").status == 201
    assert far.list("/Userstore/Anna Test") == ["a.txt", "b.txt"] and near.list("/Userstore/Anna Test") == []
    assert near.send("GET", path).status == 404
    api.ctl("context", "delete", "--id", str(number))
    assert far.send("GET", path).status == 401
    api.ctl("database", "unregister", "--id", place)
