#!/usr/bin/env python3
"""Tests groupwarectl as a script sees it: exit codes, output, stdin. Usage: groupwarectl_test.py PATH_OF_THE_BINARY"""
import json
import os
import subprocess
import sys
import tempfile

OK, FAILED, USAGE, UNREACHABLE, NOT_FOUND, EXISTS = range(6)


class Tool:
    def __init__(self, binary, url):
        self.binary, self.url = binary, url

    def run(self, *words, stdin=None, url=None, code=OK):
        environment = {key: value for key, value in os.environ.items() if key != "GROUPWARE_DATABASE"}
        if (url or self.url) is not None:
            environment["GROUPWARE_DATABASE"] = url or self.url
        done = subprocess.run([self.binary, *words], input=stdin, env=environment, text=True, capture_output=True,
                              timeout=60, check=False)
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        if code != OK:
            assert done.stderr.strip(), words
        return done

    def json(self, *words, **more):
        return json.loads(self.run("--json", *words, **more).stdout)

    def failure(self, *words, code, **more):
        done = self.run("--json", *words, code=code, **more)
        lines = done.stderr.strip().split("\n")
        assert len(lines) == 1, lines
        error = json.loads(lines[0])["error"]
        assert error["exit"] == code and error["code"] and error["message"], error
        return error


def make_context(tool):
    made = tool.json("context", "create", "--id", "1", "--name", "defaultcontext", "--admin", "oxadmin",
                     "--password", "secret", "--admin-mail", "oxadmin@example.test")
    assert made["id"] == 1 and made["name"] == "defaultcontext" and made["admin"] == 2, made


def test_usage(tool, binary):
    tool.run(code=USAGE)
    tool.run("nonsense", code=USAGE)
    tool.run("context", "create", "--no-such-option", code=USAGE)
    tool.run("context", "show", code=USAGE)
    assert "context" in tool.run("--help").stdout
    nowhere = Tool(binary, None)
    nowhere.run("context", "list", code=USAGE)
    nowhere.run("--database", "oracle:x", "context", "list", code=USAGE)


def test_unreachable(tool):
    tool.run("context", "list", url="sqlite:/nonexistent/folder/file.db", code=UNREACHABLE)
    tool.failure("context", "list", url="mysql://nobody:x@127.0.0.1:1/none", code=UNREACHABLE)


def test_contexts(tool):
    make_context(tool)
    assert tool.failure("context", "create", "--id", "1", "--password", "secret", code=EXISTS)["code"] == "already_exists"
    tool.run("context", "create", "--id", "2", "--name", "defaultcontext", "--password", "secret", code=EXISTS)
    tool.run("context", "create", "--id", "2", "--password", "abc", code=FAILED)
    tool.run("context", "create", "--id", "2", code=USAGE)
    second = tool.json("context", "create", "--mapping", "two.example", "--password-stdin", stdin="secret\n")
    assert second["id"] == 2 and second["mappings"] == ["two.example"], second
    assert tool.json("context", "show", "--name", "TWO.example")["id"] == 2
    tool.run("context", "show", "--name", "nobody", code=NOT_FOUND)
    changed = tool.json("context", "change", "--id", "2", "--new-name", "renamed", "--add-mapping", "zwei.example",
                        "--remove-mapping", "two.example", "--quota", "1000")
    assert changed["name"] == "renamed" and changed["mappings"] == ["zwei.example"] and changed["quota"] == 1000
    assert tool.json("context", "disable", "--id", "2")["enabled"] is False
    assert tool.json("context", "enable", "--id", "2")["enabled"] is True
    assert [context["id"] for context in tool.json("context", "list")] == [1, 2]
    tool.run("context", "delete", "--id", "2")
    tool.run("context", "delete", "--id", "2", code=NOT_FOUND)
    assert [context["id"] for context in tool.json("context", "list")] == [1]


def test_users(tool, folder):
    tool.run("user", "show", "--context", "1", "--name", "user1", code=NOT_FOUND)
    made = tool.json("user", "create", "--context", "1", "--name", "User1", "--password", "secret", "--mail",
                     "user1@example.test", "--given-name", "Ada", "--surname", "Lovelace", "--display-name",
                     "Ada Lovelace", "--field", "company=Engines", "--alias", "ada@example.test", "--module=+edit_group",
                     "--module=-tasks")
    assert made["id"] == 3 and made["name"] == "user1" and made["groups"] == [0, 1], made
    assert made["aliases"] == ["ada@example.test", "user1@example.test"], made
    assert "edit_group" in made["modules"] and "tasks" not in made["modules"], made
    tool.run("user", "create", "--context", "1", "--name", "user1", "--password", "secret", code=EXISTS)
    tool.run("user", "create", "--context", "9", "--name", "user1", "--password", "secret", code=NOT_FOUND)
    tool.run("user", "create", "--context", "1", "--name", "a@b", "--password", "secret", code=FAILED)
    tool.run("user", "create", "--context", "1", "--name", "x", "--field", "nonsense", code=USAGE)
    changed = tool.json("user", "change", "--context", "defaultcontext", "--name", "user1", "--language", "de-de",
                        "--timezone", "Europe/Berlin", "--display-name", "Countess")
    assert changed["language"] == "de_DE" and changed["display_name"] == "Countess", changed
    assert tool.json("user", "disable", "-c", "1", "--id", "3")["enabled"] is False
    assert tool.json("user", "enable", "-c", "1", "--id", "3")["enabled"] is True
    secret = os.path.join(folder, "secret")
    with open(secret, "w", encoding="utf-8") as file:
        file.write("other secret\n")
    tool.run("user", "password", "-c", "1", "--name", "user1", "--password-file", secret)
    tool.run("user", "password", "-c", "1", "--name", "user1", code=USAGE)
    tool.run("user", "password", "-c", "1", "--name", "nobody", "--password", "secret", code=NOT_FOUND)
    assert [user["id"] for user in tool.json("user", "list", "-c", "1")] == [2, 3]
    tool.run("user", "delete", "-c", "1", "--name", "oxadmin", code=FAILED)


def test_groups_and_resources(tool):
    group = tool.json("group", "create", "-c", "1", "--name", "team", "--display-name", "The team", "--member", "user1")
    assert group["members"] == [3], group
    assert tool.failure("group", "create", "-c", "1", "--name", "team", code=EXISTS)["code"] == "GRP-0006"
    assert tool.failure("group", "delete", "-c", "1", "--id", "1", code=FAILED)["code"] == "GRP-0013"
    changed = tool.json("group", "change", "-c", "1", "--name", "team", "--add-member", "2", "--remove-member", "user1")
    assert changed["members"] == [2] and changed["display_name"] == "The team", changed
    assert len(tool.json("group", "list", "-c", "1")) == 3
    tool.run("group", "delete", "-c", "1", "--name", "team")
    tool.run("group", "show", "-c", "1", "--name", "team", code=NOT_FOUND)

    room = tool.json("resource", "create", "-c", "1", "--name", "room", "--mail", "room@example.test")
    assert room["availability"] is True, room
    tool.run("resource", "create", "-c", "1", "--name", "room", "--mail", "r@example.test", code=EXISTS)
    tool.run("resource", "create", "-c", "1", "--name", "r2", code=FAILED)
    assert tool.json("resource", "change", "-c", "1", "--name", "room", "--available", "false")["availability"] is False
    tool.run("resource", "delete", "-c", "1", "--id", str(room["id"]))
    tool.run("resource", "show", "-c", "1", "--id", str(room["id"]), code=NOT_FOUND)


def test_batch(tool):
    lines = "# users\n" + "".join(
        f"user create -c 1 --name batch{i} --password-hash x --display-name 'Batch Number {i}'\n" for i in range(20))
    done = tool.run("--json", "batch", stdin=lines)
    made = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(made) == 20 and made[4]["display_name"] == "Batch Number 4", made
    bad = "user show -c 1 --name nobody\nuser show -c 1 --name batch1\n"
    assert not tool.run("batch", stdin=bad, code=NOT_FOUND).stdout
    assert "batch1" in tool.run("batch", "--keep-going", stdin=bad, code=NOT_FOUND).stdout
    tool.run("batch", stdin="user show 'unclosed\n", code=USAGE)


def test_migrate_check_and_sessions(tool, folder):
    fresh = "sqlite:" + os.path.join(folder, "fresh.db")
    plan = tool.json("migrate", "--dry-run", url=fresh)
    assert plan["steps"] and plan["schema"] == 0, plan
    assert tool.json("check", url=fresh, code=FAILED)[0]["check"] == "schema-old"
    assert tool.json("migrate", "--to", "1", url=fresh)["schema"] == 1
    assert tool.json("migrate", url=fresh)["schema"] == plan["steps"][-1]["number"]
    assert not tool.json("migrate", url=fresh)["steps"]
    tool.run("migrate", "--to", "9999", url=fresh, code=USAGE)
    assert tool.json("check") == [], "everything in order"
    assert tool.json("session", "list", "-c", "1") == []
    assert tool.json("session", "kill", "-c", "1", "--name", "user1") == {"ended": 0}
    tool.run("session", "kill", "-c", "1", "--session", "0" * 32, code=NOT_FOUND)


def test_config_file(tool, folder, binary):
    config = os.path.join(folder, "httpd.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write(f'# GroupwareDatabase sqlite:/wrong\n  groupwaredatabase "{tool.url}"\n')
    nowhere = Tool(binary, None)
    assert nowhere.json("--config", config, "context", "list")[0]["id"] == 1
    nowhere.run("--config", config + ".missing", "context", "list", code=USAGE)


def main():
    binary = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        tool = Tool(binary, "sqlite:" + os.path.join(folder, "test.db"))
        test_usage(tool, binary)
        test_unreachable(tool)
        test_contexts(tool)
        test_users(tool, folder)
        test_groups_and_resources(tool)
        test_batch(tool)
        test_migrate_check_and_sessions(tool, folder)
        test_config_file(tool, folder, binary)
    print("groupwarectl: 8 tests passed")


if __name__ == "__main__":
    main()
