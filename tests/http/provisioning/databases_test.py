"""Contexts in databases beside the home database: made there, used over every way in, and one that is away keeps
nobody else from working."""

import http.client
import json
import re

from support import provisioning
from support.provisioning import MASTER, PASSWORD, Rest, credentials, soap, user_data
from support.servers import MariaDB, wait_until

# A server of its own: what is registered here would get the contexts of other tests.
DIRECTIVES = f"""{provisioning.DIRECTIVES}
GroupwareHealth budget=8s cached=0s
<Location /status>
  SetHandler groupware-health
</Location>
<Location /ready>
  SetHandler groupware-ready
</Location>
"""


def register(api, url: str, name: str, **more) -> int:
    provisioning.need_master(api)
    made = Rest(api, MASTER)("POST", "databases", {"name": name, "url": url, "maxUnits": 100, **more})
    assert made.status == 201 and "password" not in made.data, made
    assert "secret" not in made.body, made
    return made.data["id"]


def make_context(api, offset: int, place: int) -> int:
    number = api.context_id + offset
    made = Rest(api, MASTER)("POST", "contexts", {
        "id": number, "name": f"far{number}", "maxQuota": 50, "writeDatabase": {"id": place}, "admin_user": user_data("boss"),
        "access_combination_name": "all"})
    assert made.status == 201, made
    assert made.data.get("writeDatabase", {"id": 0})["id"] == place, made
    assert Rest(api, "boss")("POST", f"contexts/{number}/users", user_data("anna")).status == 201
    return number


def sign_in(api, number: int, user: str = "anna"):
    client = api.server.client()
    client.login(f"{user}@far{number}", PASSWORD)
    return client


def add_contact(client, name: str) -> str:
    return client.put("contacts", {"folder_id": client.config("folder/contacts"), "display_name": name},
                      action="new").data["id"]


def names_of(client) -> list:
    rows = client.get("contacts", action="all", folder=client.config("folder/contacts"), columns="500").data
    return sorted(row[0] for row in rows)


def page(api, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", api.server.port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_a_context_elsewhere_works_as_one_at_home(api):
    place = register(api, api.server.further_database(f"shard{api.context_id}"), f"shard{api.context_id}")
    number = make_context(api, 400_000, place)
    beside = make_context(api, 410_000, 0)
    client, other = sign_in(api, number), sign_in(api, beside)
    assert client.session.endswith(f"{place:04x}") and other.session.endswith("0000"), (client.session, other.session)
    add_contact(client, "Far Away")
    add_contact(other, "At Home")
    assert names_of(client) == ["Far Away"] and names_of(other) == ["At Home"]
    assert client.get("user", action="get", id=client.user_id).data["login_info"] == "anna"

    # A second browser, a token, the end of the sessions.
    second = sign_in(api, number)
    assert len(client.get("sessionmanagement", action="all").data) == 2
    told = json.loads(api.ctl("--json", "session", "list", "--context", f"far{number}"))
    assert {each["id"] for each in told} == {client.session, second.session}, told
    api.ctl("session", "kill", "--context", f"far{number}", "--session", second.session)
    second.get("contacts", action="all", folder="6", columns="1").expect_error("SES-0203")
    client.put("passwordchange", {"old_password": PASSWORD, "new_password": "another secret"}, action="update").data
    again = api.server.client()
    again.try_login(f"anna@far{number}", PASSWORD).expect_error("LGI-0006")
    again.login(f"anna@far{number}", "another secret")
    assert names_of(again) == ["Far Away"]

    # Administration: names, locking out, deletion.
    master = Rest(api, MASTER)
    assert master("PUT", f"contexts/{number}", {"loginMappings": [f"far{number}.test"]}).status == 204
    mapped = api.server.client()
    mapped.login(f"anna@far{number}.test", "another secret")
    assert master("PUT", f"contexts/{beside}", {"loginMappings": [f"far{number}.test"]}).status == 400
    assert master("PUT", f"contexts/{number}", {"enabled": False}).status == 204
    assert again.get("contacts", action="all", folder="6", columns="1").code == "SES-0204"
    assert master("PUT", f"contexts/{number}", {"enabled": True}).status == 204
    assert master("DELETE", f"databases/{place}").status == 400, "contexts lie there"
    api.ctl("check", "--context", f"far{number}")
    assert master("DELETE", f"contexts/{number}").status == 204
    again.try_login(f"anna@far{number}", "another secret").expect_error("LGI-0006")
    assert names_of(other) == ["At Home"]
    assert master("DELETE", f"databases/{place}").status == 204
    for session in (client, other, second, again, mapped):
        session.close()


def refused(call, **arguments) -> None:
    try:
        call(**arguments)
    except provisioning.zeep_module().exceptions.Fault:
        return
    raise AssertionError("done, although it must not be")


def test_soap_registers_and_tells(api):
    provisioning.need_master(api)
    util, contexts, auth = soap(api, "OXUtilService"), soap(api, "OXContextService"), credentials(MASTER)
    name = f"soap{api.context_id}"
    made = util.registerDatabase(db={"name": name, "url": api.server.further_database(name), "maxUnits": 1}, auth=auth)
    assert made.maxUnits == 1 and made.currentUnits == 0 and made.password is None, made
    number = make_context(api, 420_000, made.id)
    assert [each.id for each in contexts.listByDatabase(db={"name": name}, auth=auth)] == [number]
    listed = util.listDatabase(search_pattern=name, auth=auth)
    assert listed[0].currentUnits == 1 and "secret" not in listed[0].url, listed
    util.changeDatabase(db={"id": made.id, "maxUnits": 2}, auth=auth)
    assert util.listAllDatabase(auth=auth)[0].password is None
    refused(util.unregisterDatabase, database={"id": made.id}, auth=auth)
    contexts.delete(ctx={"id": number}, auth=auth)
    util.unregisterDatabase(database={"name": name}, auth=auth)
    refused(util.unregisterDatabase, database={"name": name}, auth=auth)
    assert json.loads(api.ctl("--json", "migrate", "--dry-run"))["steps"] == []


def test_one_that_is_away_takes_its_own_contexts_only(api):
    api.server.need_workers()
    with MariaDB() as far:
        place = register(api, far.fresh_database(), f"away{api.context_id}")
        number, beside = make_context(api, 430_000, place), make_context(api, 440_000, 0)
        client, other = sign_in(api, number), sign_in(api, beside)
        add_contact(client, "Far Away")
        wait_until(lambda: page(api, "/status")[0] == 200, "a page that finds nothing wrong", 30)
        api.announce("GW0102|GW0002|GW0003|GW0100")
        far.kill_group()
        assert client.request("GET", client.target("contacts", {"action": "all", "folder": "6", "columns": "1"})).status == 503
        assert add_contact(other, "At Home") and names_of(other) == ["At Home"]
        assert api.server.client().try_login(f"anna@far{beside}", PASSWORD).json["session"]
        assert page(api, "/ready")[0] == 200
        wait_until(lambda: f"away{api.context_id}" in page(api, "/status")[1], "a page that names the one that is away", 30)
        done = api.server.try_ctl("check", "--context", f"far{beside}")
        assert done.returncode == 1 and f"away{api.context_id}" in done.stdout, done
        assert far.start_again()
        wait_until(lambda: client.request("GET", client.target("contacts", {
            "action": "all", "folder": "6", "columns": "1"})).status == 200, "the database that came back", 30)
        assert names_of(client) == ["Far Away"]
        # Another process of the server may look a second later.
        wait_until(lambda: Rest(api, MASTER)("DELETE", f"contexts/{number}").status == 204, "the deletion", 30)
        assert Rest(api, MASTER)("DELETE", f"databases/{place}").status == 204
        client.close()
        other.close()


def test_guests_and_tokens_find_their_database(api):
    place = register(api, api.server.further_database(f"links{api.context_id}"), f"links{api.context_id}")
    number = make_context(api, 450_000, place)
    client = sign_in(api, number)
    folder = client.config("folder/infostore")
    file_id = client.multipart("infostore", {"json": json.dumps({"folder_id": str(folder), "title": "a.txt"})},
                               {"file": ("a.txt", "text/plain", b"shared far")}, action="new").data
    link = client.put("share/management", {"folder": str(folder), "item": file_id, "module": "infostore"}, action="getLink").data
    path = re.sub(r"^https?://[^/]+", "", link["url"])
    answer = api.server.client().request("GET", f"{path}?dl=1")
    assert answer.status == 200 and answer.body == b"shared far", answer
    token = client.get("token", action="acquireToken").data["token"]
    assert token.endswith(f"{place:04x}"), token
    client.logout()
    client.close()
    assert Rest(api, MASTER)("DELETE", f"contexts/{number}").status == 204
    assert Rest(api, MASTER)("DELETE", f"databases/{place}").status == 204
