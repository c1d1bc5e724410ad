"""Graceful restarts under load: no request fails, and sessions go on."""

from support.groupware import Groupware
from support.load import Load, fresh_get
from support.servers import Apache, MariaDB, wait_until


def test_a_static_file_is_served_through_five_graceful_restarts():
    """The harness itself: httpd alone."""
    with Apache() as httpd:
        with Load(lambda: fresh_get(httpd.port, "/ready.txt", b"ready\n")) as load:
            for _ in range(5):
                served = load.done
                httpd.reload()
                load.wait_for(served + 20)
        assert not load.failures, load.failures[:5]


def restart_under_load(server: Groupware) -> None:
    server.need_workers()
    api = server.tenant()
    folder = api.private_folder()
    made = api.put("contacts", {"folder_id": folder, "display_name": "Before"}, action="new").data["id"]
    names = [f"user{number}" for number in range(1, 5)]
    clients = iter([api.named(name) for name in names])

    def make_request():
        client = next(clients)
        own = api.private_folder(client)

        def request() -> None:
            # A write and a read, each on a connection of its own: a kept one may be closed at any time.
            client.close()
            contact = client.put("contacts", {"folder_id": own, "display_name": "Load"}, action="new").data["id"]
            client.close()
            found = client.get("contacts", action="get", id=contact, folder=own).data
            assert found["display_name"] == "Load"

        return request

    first_workers = set(server.httpd.children_named("apache2"))
    with Load(make_request) as load:
        for _ in range(5):
            served = load.done
            server.httpd.reload()
            load.wait_for(served + 10)
    assert not load.failures, load.failures[:5]
    wait_until(lambda: not first_workers & set(server.httpd.children()), "the end of the first workers")
    assert api.get("contacts", action="get", id=made, folder=folder).data["display_name"] == "Before"
    api.close()


def test_the_api_goes_on_through_five_graceful_restarts(database):
    if database == "mysql":
        with MariaDB() as mariadb, Groupware(mariadb) as server:
            restart_under_load(server)
    else:
        with Groupware() as server:
            restart_under_load(server)


def test_a_hard_restart_keeps_sessions():
    with Groupware() as server:
        api = server.tenant()
        folder = api.private_folder()
        server.httpd.terminate()
        server.httpd.start_again()
        assert api.private_folder() == folder
        api.close()


def test_a_folder_that_vanished_does_not_end_the_server_at_its_graceful_restart():
    with Groupware() as server:
        server.need_workers()
        (server.httpd.folder / "data" / "uploads").rmdir()
        server.announce(r"GW0211: GroupwareUploadFolder: .*make it: install -d")
        server.httpd.reload()
        api = server.tenant()
        assert api.config("identifier") == api.user(1).user_id
        assert "GW0211" in server.httpd.log_text()
        api.close()
