"""WebDAV without its database, and with modules in the wrong order or missing."""

import shutil

from support import dav
from support.groupware import Groupware, module_path
from support.servers import Apache, MariaDB, modules_folder, wait_until

DATABASE_LINES = r"GW\d{4}: .*(database|MySQL|MariaDB|connect)"


def test_webdav_says_503_while_the_database_is_away():
    with MariaDB(is_durable=True) as mariadb, Groupware(
            mariadb, dav.DIRECTIVES + "GroupwareDatabaseTimeouts connect=2s statement=2s\n"
            "GroupwareDatabasePool size=4 wait=500ms", dav.MODULES, always_fine=(DATABASE_LINES,)) as server:
        api = server.tenant()
        known, place = dav.client(api), dav.home(api) + "/a.txt"
        assert known.put(place, b"1").status == 201
        mariadb.kill_group()
        # The first one comes from the cache of passwords, the second one has to ask the database.
        stranger = dav.DavClient(server.port, api.login_name("user1"), "another password")
        for client in (known, stranger):
            for method in ("PROPFIND", "GET", "PUT"):
                answer = client.send(method, place, Depth="0")
                assert answer.status == 503 and answer.headers.get("Retry-After", "").isdigit(), (method, answer.status)
        assert mariadb.start_again()
        wait_until(lambda: known.send("GET", place).status == 200, "recovery", 10)
        assert known.send("GET", place).body == b"1"
        stranger.close()
        api.close()


def check(loads: tuple, config: str = "") -> tuple[int, str]:
    httpd = Apache(config, loads=loads)
    try:
        done = httpd.check_config()
        return done.returncode, done.stderr
    finally:
        shutil.rmtree(httpd.folder)


def test_the_order_of_modules_is_explained():
    own = ("groupware_module", str(module_path("mod_groupware")))
    stock = ("dav_module", str(modules_folder() / "mod_dav.so"))
    wanted = "<Location /files>\n  DAV groupware\n</Location>"
    code, text = check((own, stock), wanted)
    assert code != 0 and "Unknown DAV provider" in text and "LoadModule dav_module before LoadModule groupware_module" in text, text
    assert check((stock, own), wanted)[0] == 0
    assert check((own, stock))[0] == 0
    assert check((own,))[0] == 0
