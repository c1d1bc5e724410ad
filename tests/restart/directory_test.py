"""Directories over LDAP: sign-in, servers that fail, imports. A private slapd answers, over TLS."""

import base64
import contextlib
import http.client
import json
import os
import pathlib
import re
import socket
import threading
import uuid

from support import dav
from support.directory_intake import Intake, expect
from support.directory_server import (BASE, Slapd, dn_of, group, guid_text, missing_directory_programs, person)
from support.groupware import PASSWORD, PASSWORD_HASH, Groupware
from support.metrics import PAGES, Metrics
from support.pictures import png
from support.runner import Skipped

#: Of the usual run; GW_DIRECTORY_ENTRIES=20000 for the long one.
ENTRIES = int(os.environ.get("GW_DIRECTORY_ENTRIES", "2000"))
DOWN = "LGI-0005"
WRONG = "LGI-0006"


def need_slapd() -> None:
    missing = missing_directory_programs()
    if missing:
        raise Skipped(f"missing: {missing}")


def make_context(server: Groupware) -> None:
    server.ctl("context", "create", "--id", "1", "--name", "defaultcontext", "--admin", "oxadmin", "--password-hash",
               PASSWORD_HASH, "--mapping", "example.test")
    server.ctl("user", "create", "--context", "1", "--name", "local", "--display-name", "Local", "--password-hash",
               PASSWORD_HASH)


def code_of(server: Groupware, name: str, password: str) -> str:
    """Of the answer to a sign-in; "" when it is one."""
    client = server.client()
    try:
        return client.try_login(name, password).json.get("code", "")
    finally:
        client.close()


def show(server: Groupware, login: str) -> dict:
    return json.loads(server.ctl("--json", "user", "show", "--context", "1", "--name", login))


def dav_status(server: Groupware, name: str, password: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        secret = base64.b64encode(f"{name}:{password}".encode()).decode()
        connection.request("PROPFIND", dav.ROOT + "/", headers={"Authorization": f"Basic {secret}", "Depth": "0"})
        return connection.getresponse().status
    finally:
        connection.close()


def test_users_of_a_directory_sign_in_and_are_made_and_changed_at_sign_in():
    need_slapd()
    with Slapd(person("anna", "Anna", "Arnold", title="Engineer") + person("bert") + person("oxadmin")) as slapd:
        lines = slapd.directives(login='"search=(|(uid=%u)(mail=%l))" create=on context=mail')
        with Groupware(directives=lines + PAGES) as server:
            make_context(server)
            client = server.client()
            client.login("anna", "secret-anna")
            assert client.user_id == show(server, "anna")["id"]
            mine = client.get("user", action="get", id=client.user_id).data
            assert (mine["display_name"], mine["email1"], mine["position"]) == ("Anna Arnold", "anna@example.test", "Engineer")
            client.close()
            # By his address, with the context that it names.
            assert code_of(server, "anna@example.test", "secret-anna") == ""
            # Wrong and unknown are the same; what means something in filters means nothing in names.
            for name, password in (("anna", "wrong"), ("nobody", "wrong"), ("an*", "secret-anna"),
                                   ("*", "secret-anna"), ("anna)(uid=*", "secret-anna"), ("x)(|(uid=anna", "secret-anna"),
                                   ("anna\\2a", "secret-anna"), (")(&", "secret-anna"), ("anna*)(objectClass=*", "secret-anna")):
                assert code_of(server, name, password) == WRONG, (name, password)
            # The administrator is nobody's but ours, and local users have their own passwords.
            assert code_of(server, "oxadmin", "secret-oxadmin") == WRONG
            assert code_of(server, "oxadmin", PASSWORD) == "" and code_of(server, "local", PASSWORD) == ""
            # A rename is a change: the same user under another name.
            was = show(server, "anna")["id"]
            slapd.rename(dn_of("anna"), "uid=anna.berg")
            slapd.replace(f"uid=anna.berg,ou=people,{BASE}", displayName="Anna Berg", mail="anna.berg@example.test")
            assert code_of(server, "anna.berg", "secret-anna") == ""
            changed = show(server, "anna.berg")
            assert changed["id"] == was and changed["display_name"] == "Anna Berg"
            assert changed["mail"] == "anna.berg@example.test"
            # Whoever gets the old name does not get what was hers.
            slapd.modify(person("anna", "Another", "Anna"))
            assert code_of(server, "anna", "secret-anna") == ""
            assert show(server, "anna")["id"] != was
            seen = Metrics(server.port)
            for operation, result in (("connect", "ok"), ("search", "ok"), ("bind", "ok"), ("bind", "refused")):
                assert seen.sum("gw_ldap_requests_seconds_count", operation=operation, result=result) >= 1, (operation, result)


def test_a_template_and_the_local_switch_decide_who_may_sign_in():
    need_slapd()
    with Slapd(person("anna") + person("bert")) as slapd:
        lines = slapd.directives(urls=slapd.url("ldap"), login=f"template=uid=%u,ou=people,{BASE} update=off")
        with Groupware(directives=lines + "GroupwareLocalPasswords Off\n" + dav.DIRECTIVES, modules=dav.MODULES) as server:
            make_context(server)
            server.ctl("user", "create", "--context", "1", "--name", "anna", "--display-name", "Anna of here")
            assert code_of(server, "anna", "secret-anna") == ""
            assert show(server, "anna")["display_name"] == "Anna of here"
            # Right, but nobody here has that login, and create=on was not written.
            assert code_of(server, "bert", "secret-bert") == WRONG
            assert code_of(server, "local", PASSWORD) == WRONG
            assert code_of(server, "anna,ou=people", "secret-anna") == WRONG
            assert dav_status(server, "anna@defaultcontext", "secret-anna") == 207
            assert dav_status(server, "anna@defaultcontext", "wrong") == 401
            slapd.kill_group()
            assert dav_status(server, "anna@defaultcontext", "other") == 503


@contextlib.contextmanager
def silent_server():
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        held: list[socket.socket] = []

        def take() -> None:
            with contextlib.suppress(OSError):
                while True:
                    held.append(listener.accept()[0])

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            for each in held:
                each.close()


def test_another_server_answers_when_one_does_not_and_none_keeps_others_out():
    need_slapd()
    with Slapd(person("anna")) as slapd, silent_server() as silent:
        urls = f"ldaps://127.0.0.1:{silent} ldap://127.0.0.1:{silent} {slapd.url()}"
        lines = slapd.directives(urls=urls, words="connect=300ms search=2s request=5s", login="search=(uid=%u) create=on")
        with Groupware(directives=lines) as server:
            make_context(server)
            server.announce("GW0760")
            assert code_of(server, "anna", "secret-anna") == ""
            client = server.client()
            client.login("anna", "secret-anna")
            slapd.kill_group()
            assert code_of(server, "anna", "secret-anna") == DOWN
            assert code_of(server, "nobody", "x") == DOWN
            assert code_of(server, "local", PASSWORD) == ""
            # Who is in works on.
            assert client.get("user", action="get", id=client.user_id).data["email1"] == "anna@example.test"
            client.close()


def test_a_certificate_of_strangers_is_refused():
    need_slapd()
    with Slapd(person("anna")) as slapd:
        lines = slapd.directives(urls=f"{slapd.url()} {slapd.url('ldap')}", login="search=(uid=%u) create=on")
        foreign = lines.replace(f"ca={slapd.ca}", "ca=/etc/ssl/certs/ca-certificates.crt")
        with Groupware(directives=foreign) as server:
            make_context(server)
            assert code_of(server, "anna", "secret-anna") == DOWN
            assert code_of(server, "local", PASSWORD) == ""


ROOMS = """
[resource]
filter = (&(objectClass=inetOrgPerson)(employeeType=room))
base = ou=rooms,{base}
id = entryUUID
modified = modifyTimestamp
name = cn
display_name = displayName
mail = mail
"""


def test_an_import_follows_names_groups_and_removals():
    need_slapd()
    people = "".join(person(login) for login in ("anna", "bert", "cleo", "dora", "taken"))
    groups = group("team", dn_of("anna"), dn_of("bert"), f"cn=inner,ou=groups,{BASE}") + group(
        "inner", dn_of("cleo"), f"cn=team,ou=groups,{BASE}")
    room = (f"dn: cn=blue,ou=rooms,{BASE}\nobjectClass: inetOrgPerson\ncn: blue\nsn: room\ndisplayName: Blue room\n"
            "mail: blue@example.test\nemployeeType: room\n\n")
    with Slapd(people + groups + room) as slapd:
        mapping = slapd.folder / "mapping.conf"
        shipped = pathlib.Path(__file__).resolve().parents[2] / "conf" / "ldap" / "inetorgperson.conf"
        people_only = shipped.read_text().replace("[user]", f"[user]\nbase = ou=people,{BASE}", 1)
        mapping.write_text(people_only + ROOMS.format(base=BASE))
        intake = Intake(slapd, "purge=0s stop=50%,50", mapping).start()

        preview = intake.json("directory", "preview")
        assert preview["outcome"] == "preview" and len(preview["differences"]) == 7, preview
        first = next(each for each in preview["differences"] if each["name"] == "anna")
        assert (first["action"], first["kind"]) == ("create", "user"), first
        assert {"field": "mail", "before": "", "after": "anna@example.test"} in first["fields"]
        assert "anna" not in intake.run("user", "list", "--context", "1")

        report = intake.take()
        expect(report, "users", created=4)
        assert report["users"]["skipped"] == 1 and "taken" in report["problems"][0], report
        expect(report, "groups", created=2)
        expect(report, "resources", created=1)
        assert intake.json("directory", "status") == report
        anna, bert, cleo = (intake.user(login)["id"] for login in ("anna", "bert", "cleo"))
        assert intake.members("team") == sorted((anna, bert, cleo)) == intake.members("inner")
        assert intake.user("taken")["display_name"] == "Made here"

        # Nothing new: nothing is written.
        stamp = intake.json("group", "show", "--context", "1", "--name", "team")["last_modified_utc"]
        report = intake.take()
        for kind in ("users", "groups", "resources"):
            expect(report, kind)
        assert intake.json("group", "show", "--context", "1", "--name", "team")["last_modified_utc"] == stamp

        # Renames, another place, another group.
        slapd.rename(dn_of("anna"), "uid=anna.berg")
        slapd.replace(f"uid=anna.berg,ou=people,{BASE}", sn="Berg", displayName="Anna Berg", title="Head")
        slapd.rename(f"cn=blue,ou=rooms,{BASE}", "cn=azure")
        for name, comes, leaves in (("inner", dn_of("dora"), dn_of("cleo")),
                                    ("team", f"uid=anna.berg,ou=people,{BASE}", dn_of("anna"))):
            slapd.modify(f"dn: cn={name},ou=groups,{BASE}\nchangetype: modify\nadd: member\nmember: {comes}\n-\n"
                         f"delete: member\nmember: {leaves}\n\n")
        differences = {each["name"]: each for each in intake.json("directory", "preview")["differences"]}
        assert {"field": "login", "before": "anna", "after": "anna.berg"} in differences["anna.berg"]["fields"]
        assert {"field": "members", "before": "cleo", "after": "dora"} in differences["inner"]["fields"]
        report = intake.take()
        expect(report, "users", changed=1)
        expect(report, "groups", changed=2)
        expect(report, "resources", changed=1)
        assert intake.user("anna.berg")["id"] == anna and intake.user("anna.berg")["display_name"] == "Anna Berg"
        assert intake.members("inner") == sorted((anna, bert, intake.user("dora")["id"]))

        # Gone: suspended, and back again the same one.
        slapd.delete(dn_of("bert"))
        slapd.delete(f"cn=inner,ou=groups,{BASE}")
        report = intake.take()
        expect(report, "users", suspended=1)
        assert report["groups"]["suspended"] == 1, report
        assert intake.user("bert")["enabled"] is False and intake.members("inner") == []
        report = intake.take()
        expect(report, "users", purged=1)
        expect(report, "groups", purged=1)
        intake.run("user", "show", "--context", "1", "--name", "bert", code=4)


def test_an_import_stops_before_it_suspends_too_many():
    need_slapd()
    logins = [f"p{number:02}" for number in range(20)]
    with Slapd("".join(person(login) for login in logins)) as slapd:
        intake = Intake(slapd).start()
        expect(intake.take(), "users", created=20)
        for login in logins[:3]:
            slapd.delete(dn_of(login))
        slapd.replace(dn_of("p10"), title="Head")
        said = intake.run("directory", "import", code=1)
        assert "3 of 20 users would be suspended" in said, said
        assert intake.user("p00")["enabled"] is True
        assert intake.json("directory", "status")["outcome"] == "stopped"
        expect(intake.take("--force"), "users", suspended=3, changed=1)
        assert intake.user("p00")["enabled"] is False
        slapd.kill_group()
        said = intake.run("directory", "import", code=1)
        assert intake.json("directory", "status")["outcome"] == "failed", said


def contacts_of(client, folder: str) -> list[str]:
    return sorted(row[0] for row in client.get("contacts", action="all", folder=folder, columns="500").data)


def test_address_books_are_read_by_everybody_and_follow_the_directory():
    need_slapd()
    people = person("anna", ou="Sales") + person("bert", ou="Support") + person("cleo", ou="Else", o="Partner")
    with Slapd(people) as slapd:
        books = 'GroupwareDirectoryBook corp Partners filter=(o=Partner)\n' \
            'GroupwareDirectoryBook corp Company folders=ou:Sales,Support\n'
        lines = slapd.directives(intake="context=defaultcontext") + books
        with Groupware(directives=lines) as server:
            make_context(server)
            # Who is no user of this server is in the books all the same.
            first = json.loads(server.ctl_with_config("--json", "directory", "import"))
            expect(first, "contacts", created=3)
            expect(first, "folders", created=4)
            client = server.client()
            client.login("local", PASSWORD)
            folders = {row[1]: row[0] for parent in ("2",) for row in
                       client.get("folders", action="list", parent=parent, columns="1,300").data}
            below = {row[1]: row[0] for row in client.get("folders", action="list", parent=folders["Company"], columns="1,300").data}
            assert contacts_of(client, folders["Partners"]) == ["Cleo Person"]
            assert set(below) == {"Sales", "Support"} and contacts_of(client, below["Sales"]) == ["Anna Person"]
            assert contacts_of(client, folders["Company"]) == []
            client.put("contacts", {"folder_id": below["Sales"], "display_name": "x"}, action="new").expect_error("CON-0112")
            expect(json.loads(server.ctl_with_config("--json", "directory", "import")), "contacts")
            # Another folder, other values, and gone.
            slapd.replace(dn_of("anna"), ou="Support", displayName="Anna Berg")
            slapd.delete(dn_of("cleo"))
            stamp = client.get("contacts", action="all", folder=below["Support"], columns="1").json["timestamp"]
            third = json.loads(server.ctl_with_config("--json", "directory", "import", "--force"))
            expect(third, "contacts", changed=1, purged=1)
            expect(third, "folders", purged=1)
            assert contacts_of(client, below["Support"]) == ["Anna Berg", "Bert Person"]
            assert contacts_of(client, folders["Partners"]) == []
            updates = client.get("contacts", action="updates", folder=below["Support"], timestamp=stamp, columns="500")
            assert updates.data == [["Anna Berg"]], updates.data
            client.close()


def list_of(client, folder: str, name: str) -> list[tuple[str, str]]:
    """Names and addresses of a distribution list."""
    rows = {row[0]: row[1] for row in client.get("contacts", action="all", folder=folder, columns="500,592").data}
    return [(member["display_name"], member["mail"]) for member in rows[name]]


def test_books_have_pictures_and_groups_are_lists():
    need_slapd()
    face = png(3, 2)
    people = (person("anna", **{"thumbnailPhoto:": base64.b64encode(face).decode()})
              .replace("objectClass: inetOrgPerson", "objectClass: inetOrgPerson\nobjectClass: adForms")
              + person("bert") + person("cleo", mail="").replace("mail: \n", "")
              + group("team", dn_of("anna"), dn_of("cleo"), f"cn=inner,ou=groups,{BASE}")
              + group("inner", dn_of("bert"), f"cn=team,ou=groups,{BASE}"))
    with Slapd(people) as slapd:
        shipped = (pathlib.Path(__file__).resolve().parents[2] / "conf" / "ldap" / "inetorgperson.conf").read_text()
        mapping = slapd.folder / "books.conf"
        mapping.write_text(shipped.replace("image1 = jpegPhoto", "image1 = jpegPhoto, thumbnailPhoto"))
        # Bert is in no book: his name and address are asked for.
        lines = slapd.directives(intake="context=defaultcontext", mapping=mapping) + \
            f"GroupwareDirectoryBook corp Company base=ou=people,{BASE} scope=one filter=(!(uid=bert))\n" \
            "GroupwareDirectoryBook corp Teams filter=(objectClass=groupOfNames)\n" \
            f"GroupwareDirectoryBook corp Nobody base={BASE} scope=one\n"
        with Groupware(directives=lines) as server:
            make_context(server)
            expect(json.loads(server.ctl_with_config("--json", "directory", "import")), "contacts", created=4)
            client = server.client()
            client.login("local", PASSWORD)
            folders = {row[1]: row[0] for row in client.get("folders", action="list", parent="2", columns="1,300").data}
            both = [("Anna Person", "anna@example.test"), ("Bert Person", "bert@example.test")]
            assert list_of(client, folders["Teams"], "team") == both and list_of(client, folders["Teams"], "inner") == both
            shown = {row[0]: row[1:] for row in
                     client.get("contacts", action="all", folder=folders["Company"], columns="500,596,606").data}
            assert shown["Cleo Person"][0] == 0 and shown["Anna Person"][0] == 1, shown
            assert client.request("GET", shown["Anna Person"][1] + f"&session={client.session}").body == face
            found = client.get("contacts", action="autocomplete", query="ann", email=True, columns="20,555").data
            assert [int(folders["Company"]), "anna@example.test"] in [[int(row[0]), row[1]] for row in found], found
            # Nothing changed; then a member, and a picture that goes.
            expect(json.loads(server.ctl_with_config("--json", "directory", "import")), "contacts")
            slapd.replace(dn_of("bert"), mail="b@example.test")
            slapd.modify(f"dn: {dn_of('anna')}\nchangetype: modify\ndelete: thumbnailPhoto\n\n")
            expect(json.loads(server.ctl_with_config("--json", "directory", "import")), "contacts", changed=3)
            assert list_of(client, folders["Teams"], "team")[1] == ("Bert Person", "b@example.test")
            again = client.get("contacts", action="all", folder=folders["Company"], columns="500,596").data
            assert sorted(again) == [["Anna Person", 0], ["Cleo Person", 0]], again
            client.close()


def test_the_forms_of_active_directory_are_read():
    need_slapd()
    ids = {login: uuid.uuid4() for login in ("anna", "bert")}
    people = "".join(person(login).replace("objectClass: inetOrgPerson", "objectClass: inetOrgPerson\nobjectClass: adForms")
                     .rstrip() + f"\nobjectGUID:: {guid_text(ids[login])}\nsAMAccountName: {login.upper()}\n"
                     "userAccountControl: 512\nuSNChanged: 7\n\n" for login in ids)
    with Slapd(people) as slapd:
        shipped = (pathlib.Path(__file__).resolve().parents[2] / "conf" / "ldap" / "active-directory.conf").read_text()
        mapping = slapd.folder / "ad.conf"
        mapping.write_text(re.sub(r"filter = \(&\(objectCategory.*", "filter = (objectClass=adForms)", shipped)
                           .split("[group]")[0])
        intake = Intake(slapd, "", mapping).start()
        expect(intake.take(), "users", created=2)
        # Disabled accounts are suspended, and come back.
        slapd.replace(dn_of("bert"), userAccountControl="514", uSNChanged="8")
        expect(intake.take(), "users", suspended=1)
        assert intake.user("bert")["enabled"] is False
        slapd.replace(dn_of("bert"), userAccountControl="512", uSNChanged="9")
        expect(intake.take(), "users", restored=1)
        assert intake.user("bert")["enabled"] is True
        # What changes without its number is found by a full run alone.
        slapd.replace(dn_of("anna"), title="Head")
        expect(intake.take(), "users")
        expect(intake.take("--full"), "users", changed=1)


def test_a_large_directory_comes_in_and_is_looked_through_quickly():
    need_slapd()
    people = "".join(person(f"user{number:05}", "User", f"N{number:05}") for number in range(ENTRIES))
    members = [dn_of(f"user{number:05}") for number in range(0, ENTRIES, 2)]
    with Slapd(people + group("half", *members)) as slapd:
        intake = Intake(slapd).start()
        expect(intake.take(), "users", created=ENTRIES)
        assert len(intake.members("half")) == len(members)
        slapd.rename(dn_of("user00001"), "uid=renamed")
        for number in range(2, 32):
            slapd.replace(dn_of(f"user{number:05}"), title="Head")
        slapd.delete(dn_of("user00040"))
        slapd.delete(dn_of("user00041"))
        report = intake.take()
        expect(report, "users", changed=31, suspended=2)
        assert len(intake.members("half")) == len(members) - 1
        # From one group to another, and then nobody answers.
        moved = members[10:20]
        slapd.modify(f"dn: cn=half,ou=groups,{BASE}\nchangetype: modify\ndelete: member\n"
                     + "".join(f"member: {dn}\n" for dn in moved) + "\n")
        slapd.modify(group("moved", *moved))
        expect(intake.take(), "groups", created=1, changed=1)
        assert (len(intake.members("half")), len(intake.members("moved"))) == (len(members) - 11, 10)
        slapd.kill_group()
        intake.run("directory", "import", code=1)
        assert intake.json("directory", "status")["outcome"] == "failed"
        assert len(intake.members("moved")) == 10 and intake.user("renamed")["enabled"] is True
