#!/usr/bin/env python3
"""Tests the known tool names as scripts use them: through symbolic links, with their options, CSV and exit codes.
Usage: known_tools_test.py PATH_OF_THE_BINARY"""
import csv
import io
import os
import subprocess
import sys
import tempfile
import time

USERS = int(os.environ.get("GW_PROVISIONED_USERS", "200"))
MASTER = ("-A", "oxadminmaster", "-P", "secret")
ADMIN = ("-A", "boss", "-P", "secret")
PERSON = ("-g", "Given", "-s", "Sur", "-p", "secret")
#: Of "secret", as groupwarectl stores it at the lowest cost.
HASH = "$y$j75$abcdefghijklmnop$vZlXu1XtxOBWRxjOpQqONp1WYfMO0dN.H4xeSMU2ZvC"


class Tools:
    """Each tool is a link to the one program."""

    def __init__(self, binary: str, folder: str):
        self.binary, self.folder, self.url = binary, folder, f"sqlite:{folder}/test.db"

    def __call__(self, name: str, *words, code: int = 0, stdin: str | None = None, **environment) -> str:
        link = os.path.join(self.folder, name)
        if not os.path.islink(link):
            os.symlink(self.binary, link)
        done = subprocess.run([link, *map(str, words)], input=stdin, text=True, capture_output=True, timeout=300,
                              env={**os.environ, "GROUPWARE_DATABASE": self.url, **environment}, check=False)
        assert done.returncode == code, (name, words, done.returncode, done.stdout, done.stderr)
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


def test_users(tool):
    assert tool("createuser", *ADMIN, "-c", 1, "-u", "anna", "-d", "Anna", *PERSON, "-e", "anna@example.test",
                "-a", "a@example.test", "--access-tasks", "off", "--access-calendar", "on", "--userfield01", "=1+1",
                "--language", "de_DE") == "user 3 in context 1 created\n"
    tool("createuser", *ADMIN, "-c", 1, "-u", "berta", "-d", "Berta", *PERSON, code=104)
    tool("createuser", *ADMIN, "-c", 1, "-u", "anna", "-d", "Other", *PERSON, "-e", "x@example.test", code=103)
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
    tool("registerfilestore", *MASTER, "-t", f"file:{tool.folder}", "-s", 1000)
    assert rows(tool("listfilestore", *MASTER, "--csv"))[0]["size"] == "1000"
    tool("unregisterfilestore", *MASTER, "-i", 1)
    assert tool("createreason", *MASTER, "-t", "Update") == "reason 1 created\n"
    tool("deletereason", *MASTER, "-i", 1)
    tool("initconfigdb", code=107)
    tool("movecontextdatabase", code=107)
    assert "--contextid" in tool("createuser", "--help")


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
    tool("removerestrictions", code=107)


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
    config = os.path.join(tool.folder, "httpd.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write(f"GroupwareDatabase {tool.url}\nGroupwarePasswordCost 1\n")
    done = subprocess.run([os.path.join(tool.folder, "createuser"), "--config", config, "--csv-import", path], text=True,
                          capture_output=True, timeout=600, check=False)
    assert done.returncode == 103 and f"row {USERS + 2}" in done.stderr, (done.returncode, done.stderr)
    return done.stdout


def main():
    binary = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        tool = Tools(binary, folder)
        subprocess.run([binary, "--database", tool.url, "master", "set", "--password-hash", HASH], check=True,
                       capture_output=True)
        tests = (test_contexts, test_users, test_groups_and_resources, test_registry, test_resellers, test_import)
        for test in tests:
            test(tool)
    print(f"known tools: {len(tests)} tests passed")


if __name__ == "__main__":
    main()
