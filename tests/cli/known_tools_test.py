#!/usr/bin/env python3
"""Tests the known tool names as scripts use them: through symbolic links, with their options, CSV and exit codes.
Usage: known_tools_test.py PATH_OF_THE_BINARY"""
import csv
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

USERS = int(os.environ.get("GW_PROVISIONED_USERS", "200"))
MASTER = ("-A", "oxadminmaster", "-P", "secret")
ADMIN = ("-A", "boss", "-P", "secret")
DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / "docs" / "provisioning.md"
PERSON = ("-g", "Given", "-s", "Sur", "-p", "secret")
#: Of "secret", as groupwarectl stores it at the lowest cost.
HASH = "$y$j75$abcdefghijklmnop$vZlXu1XtxOBWRxjOpQqONp1WYfMO0dN.H4xeSMU2ZvC"


class Tools:
    """Each tool is a link to the one program."""

    def __init__(self, binary: str, folder: str):
        self.binary, self.folder, self.url = binary, folder, f"sqlite:{folder}/test.db"
        self.config = os.path.join(folder, "httpd.conf")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(f"GroupwareDatabase {self.url}\nGroupwarePasswordCost 1\n")
        #: Tools that were called, and whose options were understood.
        self.seen: set[str] = set()

    def __call__(self, name: str, *words, code: int = 0, stdin: str | None = None, **environment) -> str:
        link = os.path.join(self.folder, name)
        if not os.path.islink(link):
            os.symlink(self.binary, link)
        done = subprocess.run([link, *map(str, words)], input=stdin, text=True, capture_output=True, timeout=300,
                              env={**os.environ, "GROUPWARE_DATABASE": self.url, **environment}, check=False)
        assert done.returncode == code, (name, words, done.returncode, done.stdout, done.stderr)
        if code not in (104, 107, 109, 111):
            self.seen.add(name)
        assert code in (0, 1) or (done.stderr.strip() and not done.stdout), (name, words, done.stderr)
        return done.stdout


def rows(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text)))


def test_contexts(tool):
    text = tool("createcontext", *MASTER, "-c", 1, "-N", "acme", "-q", 100, "-u", "boss", "-d", "The Boss", *PERSON,
                "-e", "boss@example.test", "-L", "acme.test,acme.example", "--access-combination-name", "groupware_standard")
    assert text == "context 1 created\n", text
    tool("createcontext", *MASTER, "-c", 1, "-u", "boss", "-d", "Boss", *PERSON, "-e", "boss@example.test", code=110)
    tool("createcontext", *MASTER, "-c", 2, "-u", "boss", code=104)
    tool("createcontext", *MASTER, "-c", 2, "--no-such-option", "x", code=111)
    tool("createcontext", *MASTER, "-c", code=109)
    tool("createcontext", *MASTER, "-c", 2, "-u", "boss", "-d", "Boss", *PERSON, "-e", "boss@example.test", "--gabMode", "global", code=109)
    tool("listcontext", "-A", "oxadminmaster", "-P", "wrong", code=101)
    tool("deletecontext", *MASTER, "-c", 9, code=102)
    listed = rows(tool("listcontext", *MASTER, "--csv", "-s", "ac*"))
    assert len(listed) == 1 and listed[0]["name"] == "acme" and listed[0]["maxQuota"] == "100", listed
    assert tool("getaccesscombinationnameforcontext", *MASTER, "-c", 1) == "groupware_standard\n"
    assert tool("getadminid", *MASTER, "-N", "acme.test") == "2\n"
    tool("changecontext", *MASTER, "-c", 1, "-q", -1, "--quota-module", "contact", "--quota-value", 50,
         "--capabilities-to-remove", "tasks")
    assert "contact\t50" in tool("listquota", *MASTER, "-c", 1)
    tool("disablecontext", *MASTER, "-c", 1)
    tool("listuser", *ADMIN, "-c", 1, code=101)
    tool("enablecontext", *MASTER, "-c", 1)
    assert tool("existscontext", *MASTER, "-c", 1).strip() == "context 1 exists"
    tool("existscontext", *MASTER, "-c", 2, code=1)
    assert "tasks" not in tool("getcontextcapabilities", *MASTER, "-c", 1).strip().lstrip("-").split(",")
    assert "calendar: true" in tool("getmoduleaccessforcontext", *MASTER, "-c", 1)
    for switch, shown in (("disable", "false"), ("enable", "true")):
        tool(f"{switch}allcontexts", *MASTER)
        assert [row["enabled"] for row in rows(tool("listcontext", *MASTER, "--csv"))] == [shown]
    assert tool("checkcountsconsistency", *MASTER) == "counts are right\n"


def test_users(tool):
    assert tool("createuser", *ADMIN, "-c", 1, "-u", "anna", "-d", "Anna", *PERSON, "-e", "anna@example.test",
                "-a", "a@example.test", "--access-tasks", "off", "--access-calendar", "on", "--userfield01", "=1+1",
                "--language", "de_DE") == "user 3 in context 1 created\n"
    tool("createuser", *ADMIN, "-c", 1, "-u", "berta", "-d", "Berta", *PERSON, code=104)
    tool("createuser", *ADMIN, "-c", 1, "-u", "anna", "-d", "Other", *PERSON, "-e", "x@example.test", code=103)
    tool("createuser", *ADMIN, "-c", 1, "-u", "bare", "-d", "Bare", *PERSON, "-e", "bare@example.test", "--default-folder-mode",
         "no-default-folders", code=109)
    anna = rows(tool("listuser", *ADMIN, "-c", 1, "--csv", "-s", "anna"))[0]
    assert anna["language"] == "de_DE" and anna["aliases"] == "a@example.test,anna@example.test", anna
    assert anna["userfield01"] == "'=1+1" and "password" not in anna, anna
    tool("changeuser", *ADMIN, "-c", 1, "-u", "anna", "-z", "Acme", "--access-combination-name", "pim")
    assert tool("getaccesscombinationnameforuser", *ADMIN, "-c", 1, "-u", "anna") == "pim\n"
    tool("changeuser", *ADMIN, "-c", 1, "-u", "nobody", "-z", "x", code=108)
    tool("changeuser", *ADMIN, "-c", 1, "-u", "anna", "--mailenabled", "perhaps", code=109)
    assert tool("existsuser", "-A", "boss", "-P", "-", "-c", 1, "-u", "anna", stdin="secret\n").startswith("user anna")
    assert tool("existsuser", "-A", "boss", "-c", 1, "-i", 3, GROUPWARE_ADMIN_PASSWORD="secret")
    tool("existsuser", "-A", "boss", "-c", 1, "-i", 3, code=104)
    tool("existsuser", *ADMIN, "-c", 1, "-u", "nobody", code=1)
    assert "calendar" in tool("getusercapabilities", *ADMIN, "-c", 1, "-u", "anna").strip().split(",")
    tool("getusercapabilities", *ADMIN, "-c", 1, "-u", "nobody", code=108)
    for domain, found in (("example.test", ["anna", "boss"]), ("EXAMPLE.test", ["anna", "boss"]), ("other.test", [])):
        listed = rows(tool("listusersbyaliasdomain", *ADMIN, "-c", 1, "-d", domain, "--csv"))
        assert sorted(row["name"] for row in listed) == found, (domain, listed)
    for words, combination in ((("-f", "webmail", "--access-infostore", "on"), "pim"),
                               (("-f", "pim", "--access-infostore", "on"), ""), (("--access-infostore", "off"), "pim")):
        tool("changeaccessglobal", *MASTER, *words)
        assert tool("getaccesscombinationnameforuser", *ADMIN, "-c", 1, "-u", "anna").strip() == combination, words
    tool("changeaccessglobal", *MASTER, "-f", "nonsense", "--access-tasks", "on", code=103)
    tool("changeaccessglobal", *ADMIN, "--access-tasks", "on", code=101)
    assert tool("deleteuser", *ADMIN, "-c", 1, "-i", 3, "--nonl") == "user 3 in context 1 deleted"


def test_groups_and_resources(tool):
    tool("creategroup", *ADMIN, "-c", 1, "-n", "team", "-d", "Team", "-a", 2)
    tool("changegroup", *ADMIN, "-c", 1, "-n", "team", "-a", "boss")
    assert rows(tool("listgroup", *ADMIN, "-c", 1, "--csv", "-s", "team"))[0]["members"] == "2"
    tool("changegroup", *ADMIN, "-c", 1, "-n", "team", "--removemembers", "boss")
    assert rows(tool("listgroup", *ADMIN, "-c", 1, "--csv", "-s", "team"))[0]["members"] == ""
    tool("deletegroup", *ADMIN, "-c", 1, "-n", "nobody", code=112)
    tool("deletegroup", *ADMIN, "-c", 1, "-n", "team")
    tool("createresource", *ADMIN, "-c", 1, "-n", "room", "-d", "Room", "-e", "room@example.test")
    tool("changeresource", *ADMIN, "-c", 1, "-n", "room", "-a", "off", "-D", "closed")
    assert rows(tool("listresource", *ADMIN, "-c", 1, "--csv"))[0]["description"] == "closed"
    tool("deleteresource", *ADMIN, "-c", 1, "-n", "room")
    tool("deleteresource", *ADMIN, "-c", 1, "-n", "room", code=113)


def test_registry(tool):
    assert tool("registerserver", *MASTER, "-n", "local") == "server 1 registered\n"
    assert rows(tool("listserver", *MASTER, "--csv")) == [{"id": "1", "name": "local"}]
    tool("unregisterserver", *MASTER, "-n", "local")
    tool("unregisterserver", *MASTER, "-n", "local", code=103)
    assert rows(tool("listserver", *MASTER, "--csv")) == []
    tool("registerfilestore", *MASTER, "-t", f"file:{tool.folder}", "-s", 1000)
    tool("changefilestore", *MASTER, "-i", 1, "-s", 2000, "-x", 3)
    store = rows(tool("listfilestore", *MASTER, "--csv"))[0]
    assert (store["size"], store["maxContexts"], store["currentContexts"]) == ("2000", "3", "0"), store
    tool("changefilestore", *MASTER, "-i", 2, "-s", 2000, code=103)
    tool("unregisterfilestore", *MASTER, "-i", 1)
    assert tool("createreason", *MASTER, "-t", "Update") == "reason 1 created\n"
    assert rows(tool("listreason", *MASTER, "--csv")) == [{"id": "1", "text": "Update"}]
    tool("deletereason", *MASTER, "-i", 1)
    tool("deletereason", *MASTER, "-i", 1, code=103)
    tool("listcontextsbydatabase", *MASTER, "-i", 999, code=103)
    assert "--contextid" in tool("createuser", "--help")
    tool("listuser", *ADMIN, "-c", 1, "--no-such-option", code=111)


def test_databases(tool):
    east = ("-n", "east", "-H", f"sqlite:{tool.folder}/east.db", "-d", "any.driver", "-l", "true", "-o", 0)
    assert tool("registerdatabase", *MASTER, *east, "-x", 5) == "database 1 registered\n"
    tool("registerdatabase", *MASTER, *east, code=103)
    tool("registerdatabase", *MASTER, "-n", "west", code=104)
    tool("changedatabase", *MASTER, "-i", 1, "-x", 1)
    tool("createcontext", *MASTER, "-c", 50, "-N", "eastern", "-D", 1, "-u", "boss", "-d", "The Boss", *PERSON,
         "-e", "boss@east.test", "--access-combination-name", "all")
    tool("createcontext", *MASTER, "-c", 51, "-D", 1, "-u", "boss", "-d", "The Boss", *PERSON, "-e", "boss@east.test", code=103)
    tool("createuser", *ADMIN, "-c", 50, "-u", "anna", "-d", "Anna East", *PERSON, "-e", "anna@east.test")
    assert [row["id"] for row in rows(tool("listcontextsbydatabase", *MASTER, "-n", "east", "--csv"))] == ["50"]
    shown = rows(tool("listdatabase", *MASTER, "--csv"))[0]
    assert (shown["name"], shown["maxUnits"], shown["currentUnits"]) == ("east", "1", "1"), shown
    tool("unregisterdatabase", *MASTER, "-i", 1, code=103)
    tool("deletecontext", *MASTER, "-c", 50)
    tool("unregisterdatabase", *MASTER, "-n", "east")
    tool("unregisterdatabase", *MASTER, "-n", "east", code=103)


def job(tool, number: int) -> dict:
    return dict(line.split(": ", 1) for line in tool("jobcontrol", *MASTER, "-t", number).splitlines())


def test_jobs(tool):
    """Where no server runs `groupwarectl jobs run` does them."""
    places = [os.path.join(tool.folder, name) for name in ("own", "second")]
    for place in places:
        os.mkdir(place)
    with open(tool.config, "a", encoding="utf-8") as file:
        file.write(f"GroupwareFileStore file:{places[0]}\n")
    number = tool("registerfilestore", *MASTER, "-t", f"file:{places[1]}", "-x", 1).split()[1]
    move = ("movecontextfilestore", *MASTER, "-c", 1, "-f")
    assert tool(*move, number) == f"files of context 1 move to filestore {number}: job 1\n"
    tool(*move, number, code=103)  # there is one already
    for words, code in (((*move, 99), 103), ((*move[:-1],), 104), (("movecontextfilestore", *ADMIN, "-c", 1, "-f", number), 101),
                        (("movecontextfilestore", *MASTER, "-c", 99, "-f", number), 102), ((*move, "x"), 103),
                        (("jobcontrol", *ADMIN, "-l"), 101), (("jobcontrol", *MASTER, "-t", 9), 103),
                        (("jobcontrol", *MASTER, "-d", 9), 103), (("jobcontrol", *MASTER, "-c", 99), 102)):
        tool(*words, code=code)
    assert job(tool, 1)["state"] == "waiting" and job(tool, 1)["operation"] == "moveContextFilestore"
    run_jobs(tool)
    done = job(tool, 1)
    assert done["state"] == "done" and done["contextId"] == "1" and done["targetId"] == number, done
    assert [row["id"] for row in rows(tool("listcontextsbyfilestore", *MASTER, "-i", number, "--csv"))] == ["1"]
    # Back, to the server's own; deleted before anybody did it.
    assert tool(*move, 0).endswith("job 2\n")
    tool("jobcontrol", *MASTER, "-d", 2)
    run_jobs(tool)
    assert [row["id"] for row in rows(tool("jobcontrol", *MASTER, "-l", "--csv"))] == ["1"]
    assert tool(*move, 0).endswith("job 3\n"), "numbers are used once"
    os.rename(places[0], places[0] + ".gone")
    with open(places[0], "w", encoding="utf-8"):
        pass
    run_jobs(tool)
    assert job(tool, 3)["state"] == "failed" and job(tool, 3)["problem"] == "store_failed", job(tool, 3)
    os.remove(places[0])
    os.rename(places[0] + ".gone", places[0])
    tool(*move, 0)
    run_jobs(tool)
    assert rows(tool("listcontextsbyfilestore", *MASTER, "-i", number, "--csv")) == []
    assert [row["state"] for row in rows(tool("jobcontrol", *MASTER, "-c", 1, "--csv"))] == ["done", "failed", "done"]
    tool("jobcontrol", *MASTER, "-f")
    assert rows(tool("jobcontrol", *MASTER, "--csv")) == []
    tool("unregisterfilestore", *MASTER, "-i", number)


def run_jobs(tool) -> None:
    subprocess.run([tool.binary, "--config", tool.config, "jobs", "run", "--name", "single-jobs"], check=True, capture_output=True,
                   timeout=60)


def test_resellers(tool):
    own = ("-A", "telco", "-P", "secret")
    assert tool("createadmin", *MASTER, "-u", "telco", "-d", "Telco", "-p", "secret", "-a", "Subadmin.MaxContext=1",
                "-a", "Subadmin.CanCreateSubadmin=true") == "admin 1 created\n"
    tool("createadmin", *MASTER, "-u", "x", "-p", "secret", "-a", "Subadmin.Nonsense=1", code=103)
    tool("createadmin", *MASTER, "-u", "telco", "-p", "secret", code=103)
    assert tool("listcontext", *own).strip() == "id\tname\tenabled\tmaxQuota\tloginMappings"
    tool("existscontext", *own, "-c", 1, code=1)
    tool("listfilestore", *own, code=101)
    person = ("-u", "boss", "-d", "Boss", *PERSON, "-e", "boss@example.test")
    tool("createcontext", *own, "-c", 71, "-N", "telco_71", *person)
    tool("createcontext", *own, "-c", 72, "-N", "telco_72", *person, code=103)
    tool("changeadmin", *MASTER, "-u", "telco", "-e", "Subadmin.MaxContext=2", "-r", "Subadmin.CanCreateSubadmin")
    tool("createcontext", *own, "-c", 72, "-N", "telco_72", *person)
    shown = tool("getadmin", *own, "-u", "telco")
    assert "Subadmin.MaxContext" in shown and "CanCreateSubadmin" not in shown and "password" not in shown, shown
    assert [row["name"] for row in rows(tool("listadmin", *MASTER, "--csv"))] == ["telco"]
    assert "Context.MaxUser" in tool("listrestrictions", *own)
    tool("deleteadmin", *MASTER, "-u", "telco", code=103)
    for number in (71, 72):
        tool("deletecontext", *own, "-c", number)
    tool("deleteadmin", *MASTER, "-u", "telco")
    tool("listcontext", *own, code=101)
    tool("initrestrictions", *MASTER)
    tool("updaterestrictions", *MASTER)
    tool("updaterestrictions", *own, code=101)


def test_import(tool):
    path = os.path.join(tool.folder, "users.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["adminuser", "adminpass", "contextid", "username", "displayname", "givenname", "surname", "password",
                      "email"])
        for number in range(USERS):
            name = f"cli{number}"
            out.writerow(["boss", "secret", 1, name, f"{name} Test", name, "Test", "secret", f"{name}@example.test"])
        out.writerow(["boss", "secret", 1, "cli0", "Again", "a", "b", "secret", "again@example.test"])
    began = time.monotonic()
    text = run_import(tool, path)
    seconds = time.monotonic() - began
    print(f"      command line: {USERS} users in {seconds:.1f} s, {USERS / seconds:.0f}/s")
    assert text.count("created") == USERS, text[-200:]
    assert len(rows(tool("listuser", *ADMIN, "-c", 1, "--csv", "-s", "cli*"))) == USERS


def run_import(tool, path: str) -> str:
    """The last row is refused, which the exit code tells; the others are made all the same."""
    done = subprocess.run([os.path.join(tool.folder, "createuser"), "--config", tool.config, "--csv-import", path], text=True,
                          capture_output=True, timeout=600, check=False)
    assert done.returncode == 103 and f"row {USERS + 2}" in done.stderr, (done.returncode, done.stderr)
    return done.stdout


def section(title: str) -> str:
    return DOCUMENT.read_text(encoding="utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_documented_tools(tool):
    """The last one: each tool that the document offers was called by a test before; each that it says is not
    offered refuses, and there is no other."""
    table = section("Known tool names").partition("\n| area | tools |")[2].partition("\n\n")[0]
    offered = {name for cell in table.split("|") for name in re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", cell))}
    assert len(offered) > 50, offered
    assert offered <= tool.seen, f"documented, and never called: {sorted(offered - tool.seen)}"
    assert tool.seen <= offered, f"called, and not documented: {sorted(tool.seen - offered)}"
    refused = set(re.findall(r"`([a-z]\w+)`", section("Tools that are not offered")))
    source = (pathlib.Path(__file__).resolve().parents[2] / "groupwarectl" / "known_tools" / "tool_table.cpp").read_text(encoding="utf-8")
    known, _, not_offered = source.partition("const NotOffered kNotOffered[]")
    assert set(re.findall(r"^    \{\"(\w+)\",", known, re.M)) == offered
    assert set(re.findall(r"\"([a-z0-9]+)\"", not_offered)) == {name.lower() for name in refused}
    for name in sorted(refused):
        tool(name.lower(), code=107)


def main():
    binary = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        tool = Tools(binary, folder)
        subprocess.run([binary, "--database", tool.url, "master", "set", "--password-hash", HASH], check=True,
                       capture_output=True)
        tests = (test_contexts, test_users, test_groups_and_resources, test_registry, test_databases, test_jobs, test_resellers,
                 test_import, test_documented_tools)
        for test in tests:
            test(tool)
    print(f"known tools: {len(tests)} tests passed")


if __name__ == "__main__":
    main()
