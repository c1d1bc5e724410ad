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
    reported = tool.run("batch", "--keep-going", "--report", stdin=f"{bad}user show 'unclosed\n", code=NOT_FOUND).stdout
    assert [line for line in reported.splitlines() if line.startswith("exit ")] == [
        f"exit {code}" for code in (NOT_FOUND, 0, USAGE)], reported


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


def test_check_of_files(tool, folder):
    os.makedirs(os.path.join(folder, "files"))
    store = ("--file-store", "file:" + os.path.join(folder, "files"))
    tool.run("check", "--files", code=FAILED)  # no store is named
    tool.run(*store, "check", "--files")
    name = "0123456789abcdef0123456789abcdef"
    stray = write(folder, "files/1_ctx_store/hashed/95/b4/bd/" + name, "left over")
    assert tool.json(*store, "check", "--files") == [], "too young to be judged"
    os.utime(stray, (1_000_000_000, 1_000_000_000))
    found = tool.json(*store, "check", "--files", code=FAILED)
    assert [(row["check"], name in row["text"]) for row in found] == [("file-without-row", True)], found
    assert tool.json(*store, "check", "--files", "--repair")[0]["check"] == "file-without-row"
    assert not os.path.exists(stray)
    assert tool.json(*store, "check", "--files") == []


def test_filestore(tool, folder):
    for name in ("files", "second"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    store = ("--file-store", "file:" + os.path.join(folder, "files"))
    second = "file:" + os.path.join(folder, "second")
    assert tool.json("filestore", "list", "-c", "1") == [
        {"store": 0, "uri": "server", "takes_new": True, "files": 0, "bytes": 0, "leftovers": 0}]
    moved = tool.json(*store, "filestore", "move", "-c", "1", "--to", second, "--keep", "0")
    number = moved.pop("store")
    assert number > 0 and moved == {"context": 1, "files": 0, "bytes": 0, "removed": 0, "missing": []}, moved
    assert [(row["uri"], row["takes_new"]) for row in tool.json("filestore", "list", "-c", "1")] == [
        ("server", False), (second, True)]
    # Another spelling of the same place keeps its number.
    again = tool.json(*store, "filestore", "move", "-c", "1", "--to", "file:" + os.path.join(folder, "files/../second"))
    assert again["store"] == number
    tool.failure("filestore", "move", "-c", "1", "--to", "server", code=USAGE)  # which one is that?
    assert tool.json(*store, "filestore", "move", "-c", "1", "--to", "server")["store"] == 0
    tool.failure(*store, "filestore", "move", "-c", "1", "--to", "nonsense", code=USAGE)
    tool.failure(*store, "filestore", "move", "-c", "1", code=USAGE)
    tool.failure(*store, "filestore", "move", "-c", "1", "--to", second, "--keep", "-1", code=USAGE)
    tool.failure(*store, "filestore", "move", "-c", "none", "--to", second, code=NOT_FOUND)
    tool.failure(*store, "filestore", "move", "-c", "1", "--to", "file:" + os.path.join(folder, "missing"), code=FAILED)
    assert tool.json("filestore", "list", "-c", "1")[0]["takes_new"], "nothing is switched to a store that is not there"
    if os.geteuid() == 0:
        os.chown(os.path.join(folder, "second"), 65534, -1)
        error = tool.failure(*store, "filestore", "move", "-c", "1", "--to", second, code=USAGE)
        assert "65534" in error["message"], error
        os.chown(os.path.join(folder, "second"), 0, -1)


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def test_config_file(tool, folder, binary):
    """The same forms as the server reads: quotes, continued lines, files, variables, includes, sections."""
    nowhere = Tool(binary, None)
    url_file = write(folder, "conf/database.url", tool.url + "\nsecond line\n")
    write(folder, "conf/parts/10-other.conf", "GroupwareDatabase sqlite:/overwritten\n")
    write(folder, "conf/parts/20-database.conf", f"GroupwareDatabase file:{url_file}\n")
    half = len(tool.url) // 2
    good = {
        "quotes": f'# GroupwareDatabase sqlite:/wrong\n  groupwaredatabase "{tool.url}"\n',
        "single quotes": f"GroupwareDatabase '{tool.url}'\n",
        "continued": f"GroupwareDatabase \\\n  {tool.url[:half]}\\\n{tool.url[half:]}\n",
        "continued comment": f"GroupwareDatabase {tool.url}\n# comment \\\nGroupwareDatabase sqlite:/wrong\n",
        "file": f"GroupwareDatabase file:{url_file}\n",
        "quoted file": f'GroupwareDatabase "file:{url_file}"\n',
        "last one counts": f"GroupwareDatabase sqlite:/wrong\nGroupwareDatabase {tool.url}\n",
        "module section": f"<IfModule mod_groupware.c>\n  GroupwareDatabase {tool.url}\n</IfModule>\n",
        "other sections": f"GroupwareDatabase {tool.url}\n<VirtualHost *:80>\nGroupwareDatabase sqlite:/wrong\n"
                          "<IfModule x>\nGroupwareDatabase sqlite:/wrong\n</IfModule>\n</VirtualHost>\n"
                          "<IfModule !mod_groupware.c>\nGroupwareDatabase sqlite:/wrong\n</IfModule>\n"
                          "<IfDefine NEVER>\nGroupwareDatabase sqlite:/wrong\n</IfDefine>\n",
        "variables": f"Define url {tool.url}\n<IfDefine url>\nGroupwareDatabase ${{url}}\n</IfDefine>\n",
        "include beside the file": "Include parts/*.conf\n",
        "include of a folder": f"Include {folder}/conf/parts\n",
        "optional include": f"IncludeOptional nothing/*.conf\nGroupwareDatabase {tool.url}\n",
        "server root": f'ServerRoot "{folder}/conf"\nInclude parts/20-database.conf\n',
        "windows lines": f"GroupwareDatabase {tool.url}\r\n",
    }
    for name, text in good.items():
        below = "other/httpd.conf" if name == "server root" else "conf/httpd.conf"
        config = write(folder, below, text)
        assert nowhere.json("--config", config, "context", "list")[0]["id"] == 1, name
    bad = {
        "no line": "Listen 80\n",
        "missing include": "Include missing.conf\n",
        "endless include": "Include httpd.conf\n",
        "missing file": "GroupwareDatabase file:/nonexistent/url\n",
        "relative file": "GroupwareDatabase file:database.url\n",
        "program": "GroupwareDatabase exec:/bin/true\n",
        "unknown kind": "GroupwareDatabase oracle:x\n",
    }
    for name, text in bad.items():
        config = write(folder, "conf/httpd.conf", text)
        message = nowhere.failure("--config", config, "context", "list", code=USAGE)["message"]
        assert message, name
    nowhere.run("--config", config + ".missing", "context", "list", code=USAGE)
    # The option wins: what the file says of the database is not even opened.
    config = write(folder, "conf/httpd.conf", "GroupwareDatabase file:/nonexistent/url\nGroupwareDefaultLocale de_DE\n")
    made = nowhere.json("--config", config, "--database", tool.url, "user", "create", "-c", "1", "--name", "german")
    assert made["language"] == "de_DE", made


def test_bad_input(tool):
    """One clear line and the right code, never half a change."""
    before = [tool.json(kind, "list", "-c", "1") for kind in ("user", "group", "resource")]
    long = "x" * 255
    usage = [
        ("context", "create", "--name", "", "--password", "secret"), ("context", "change", "--id", "1", "--new-name", " "),
        ("context", "show", "--id", "abc"), ("context", "show", "--id", "1", "--name", "x"), ("context", "show", "--name", ""),
        ("user", "create", "-c", "1", "--name", ""), ("user", "create", "-c", "", "--name", "x"), ("user", "create", "-c", "1"),
        ("user", "change", "-c", "1", "--name", "user1", "--new-name", ""), ("user", "show", "-c", "1"),
        ("user", "change", "-c", "1", "--name", "user1", "--quota", "many"), ("user", "create", "--name", "x"),
        ("user", "create", "-c", "1", "--name", "x", "--module", "nonsense"),
        ("group", "create", "-c", "1", "--name", ""), ("group", "show", "-c", "1"), ("resource", "create", "-c", "1", "--name", ""),
        ("resource", "change", "-c", "1", "--name", "x", "--available", "perhaps"), ("session", "kill", "-c", "1", "--session", ""),
    ]
    for words in usage:
        assert tool.failure(*words, code=USAGE)["code"] == "usage", words
    invalid = [
        ("context", "create", "--name", "two words", "--password", "secret"), ("context", "create", "--name", long, "--password", "secret"),
        ("context", "create", "--id", "0", "--password", "secret"), ("context", "change", "--id", "1", "--quota", "-2"),
        ("user", "create", "-c", "1", "--name", long), ("user", "create", "-c", "1", "--name", "two words"),
        ("user", "create", "-c", "1", "--name", "x", "--quota", "-2"), ("user", "create", "-c", "1", "--name", "x", "--mail", "nonsense"),
        ("user", "create", "-c", "1", "--name", "x", "--surname", long + "x"), ("user", "create", "-c", "1", "--name", "x", "--language", "xx_YY"),
        ("user", "change", "-c", "1", "--name", "user1", "--given-name", "a\x01b"), ("user", "create", "-c", "1", "--name", "x", "--display-name", " "),
        ("user", "create", "-c", "1", "--name", "x", "--field", "company=" + long * 3), ("user", "create", "-c", "1", "--name", "x", "--password", "abc"),
        ("group", "create", "-c", "1", "--name", long), ("group", "create", "-c", "1", "--name", "a/b"),
        ("group", "create", "-c", "1", "--name", "ok", "--display-name", long + "x"), ("group", "create", "-c", "1", "--name", "users"),
        ("resource", "create", "-c", "1", "--name", long, "--mail", "x@x.test"), ("resource", "create", "-c", "1", "--name", "x", "--mail", "nonsense"),
        ("resource", "create", "-c", "1", "--name", "x", "--mail", "x@x.test", "--display-name", "a\x1b[2Jb"),
    ]
    for words in invalid:
        message = tool.failure(*words, code=FAILED)["message"]
        assert all(ord(c) >= 0x20 for c in message), message
    for words in (("user", "create", "-c", "1", "--name", "USER1"), ("user", "change", "-c", "1", "--name", "oxadmin", "--new-name", "User1"),
                  ("user", "create", "-c", "1", "--name", "x", "--display-name", "Countess"),
                  ("context", "create", "--name", "DefaultContext", "--password", "secret")):
        tool.failure(*words, code=EXISTS)
    missing = [("user", "list", "-c", "nowhere"), ("user", "show", "-c", "1", "--id", "99"), ("group", "show", "-c", "1", "--id", "99"),
               ("group", "create", "-c", "1", "--name", "x", "--member", "nobody"), ("resource", "show", "-c", "1", "--name", "x"),
               ("session", "list", "-c", "nowhere"), ("check", "--context", "nowhere"),
               ("context", "change", "--id", "1", "--remove-mapping", "nothing")]
    for words in missing:
        tool.failure(*words, code=NOT_FOUND)
    # Text that is not UTF-8 ends in a message too.
    done = subprocess.run([tool.binary, "--database", tool.url, "--json", "context", "show", "--name", b"\xff\xfe"],
                          capture_output=True, timeout=60, check=False)
    assert done.returncode == NOT_FOUND and json.loads(done.stderr)["error"]["exit"] == NOT_FOUND, done
    assert [tool.json(kind, "list", "-c", "1") for kind in ("user", "group", "resource")] == before


def test_help(tool):
    """Every command explains itself and its options, and says nothing on stderr."""
    for words in ([], ["context"], ["user"], ["group"], ["resource"], ["session"], ["migrate"], ["check"], ["batch"],
                  *(["context", verb] for verb in ("create", "change", "delete", "show", "enable", "disable", "list")),
                  *(["user", verb] for verb in ("create", "change", "password", "delete", "show", "enable", "disable", "list")),
                  *([kind, verb] for kind in ("group", "resource") for verb in ("create", "change", "delete", "show", "list")),
                  ["session", "list"], ["session", "kill"]):
        done = tool.run(*words, "--help", url="sqlite:/nonexistent/x")
        assert "Usage:" in done.stdout and not done.stderr, words
        if len(words) == 2:
            assert words[1] in done.stdout.split("Usage:")[1].split("\n")[0], done.stdout


def test_text_output(tool):
    """One object per line in lists, `name: value` lines for one object, whatever people wrote."""
    tool.run("resource", "create", "-c", "1", "--name", "hall", "--mail", "hall@x.test", "--description", "first\nsecond")
    lines = tool.run("resource", "list", "-c", "1").stdout.splitlines()
    assert len(lines) == 1 and "first second" in lines[0], lines
    shown = dict(line.split(": ", 1) for line in tool.run("resource", "show", "-c", "1", "--name", "hall").stdout.splitlines())
    assert shown["name"] == "hall" and shown["description"] == "first second" and shown["availability"] == "true", shown
    assert tool.json("resource", "show", "-c", "1", "--name", "hall")["description"] == "first\nsecond"
    tool.run("resource", "delete", "-c", "1", "--name", "hall")


def test_deleted_user_leaves_nothing_behind(tool):
    gone = tool.json("user", "create", "-c", "1", "--name", "gone", "--password", "secret", "--display-name", "Gone")
    tool.run("group", "create", "-c", "1", "--name", "kept", "--member", "gone", "--member", "user1")
    tool.run("user", "delete", "-c", "1", "--name", "gone")
    assert tool.json("group", "show", "-c", "1", "--name", "kept")["members"] == [3]
    assert tool.json("check") == []
    tool.run("group", "delete", "-c", "1", "--name", "kept")
    again = tool.json("user", "create", "-c", "1", "--name", "gone", "--display-name", "Gone")
    assert again["id"] > gone["id"], again
    tool.run("user", "delete", "-c", "1", "--id", str(again["id"]))


def test_app_passwords_and_second_factor(tool):
    chosen = ("--context", "1", "--name", "oxadmin")
    assert tool.json("app-password", "list", *chosen) == []
    assert tool.json("app-password", "revoke", "--all", *chosen) == {"revoked": 0}
    assert tool.failure("app-password", "revoke", "--password-id", "none", *chosen, code=NOT_FOUND)["code"] == "APP_PASSWORD-0004"
    tool.run("app-password", "revoke", *chosen, code=USAGE)
    tool.run("app-password", "revoke", "--all", "--password-id", "x", *chosen, code=USAGE)
    tool.run("app-password", "list", "--context", "1", "--name", "nobody", code=NOT_FOUND)
    assert tool.json("user", "multifactor", *chosen) == []
    assert tool.json("user", "multifactor", "--delete", *chosen) == {"removed": 0}
    tool.run("user", "multifactor", "--context", "1", code=USAGE)


def test_jobs(tool, folder, binary):
    """Those that need no mail server by themselves, the others with the configuration of a server."""
    done = tool.json("jobs", "run")
    assert [(job["job"], job["outcome"]) for job in done] == [("alarm-ledger", "done"), ("drive-mail", "done"), ("zones", "done"), ("tombstones", "done"),
                                                             ("single-jobs", "done")], done
    listed = tool.json("jobs", "list")
    assert [(job["job"], job["running"]) for job in listed] == [("alarm-ledger", False), ("drive-mail", False), ("single-jobs", False),
                                                                 ("tombstones", False), ("zones", False)], listed
    assert tool.json("jobs", "run", "--name", "zones")[0]["count"] == 0
    tool.failure("jobs", "run", "--name", "mail-alarms", code=NOT_FOUND)
    secret = write(folder, "conf/secret", "abc\n")
    config = f"GroupwareDatabase {tool.url}\nGroupwareTransportServer smtp://127.0.0.1:1\n"
    good = write(folder, "conf/jobs.conf", config + f"GroupwareNoReply no-reply@x.test login=a secret=file:{secret}\n")
    nowhere = Tool(binary, None)
    assert nowhere.json("--config", good, "jobs", "run", "--name", "mail-alarms")[0]["outcome"] == "done"
    bad = write(folder, "conf/jobs.conf", config + "GroupwareNoReply no-reply\n")
    assert "GroupwareNoReply" in nowhere.failure("--config", bad, "jobs", "run", code=USAGE)["message"]


def test_backups(tool, folder):
    file = os.path.join(folder, "user.tar.zst")
    tool.json("user", "create", "-c", "1", "--name", "saved", "--password", "secret", "--display-name", "Saved")
    assert tool.json("backup", "-c", "1", "--user", "saved", "-o", file)["rows"] > 10
    assert tool.json("verify-backup", file)["login"] == "saved"
    assert tool.failure("restore", file, code=EXISTS)["code"] == "already_exists"
    tool.run("user", "delete", "-c", "1", "--name", "saved")
    assert tool.json("restore", file)["login"] == "saved"
    assert tool.json("user", "show", "-c", "1", "--name", "saved")["display_name"] == "Saved"
    tool.run("backup", "-c", "1", "--user", "nobody", "-o", file + "2", code=NOT_FOUND)
    tool.run("backup", "-c", "9", "-o", file + "2", code=NOT_FOUND)
    tool.run("backup", "-c", "1", code=USAGE)
    tool.run("backup", "-c", "1", "-o", file, "--compress", "lzh", code=USAGE)
    tool.run("backup", "-c", "1", "-o", file, "--mail", code=USAGE)
    tool.run("backup", "-c", "1", "-o", "/nonexistent/file", code=FAILED)
    tool.run("verify-backup", __file__, code=FAILED)
    tool.run("restore", "/nonexistent", code=FAILED)
    assert not [name for name in os.listdir(folder) if name.endswith((".part", "2"))], os.listdir(folder)
    tool.run("user", "delete", "-c", "1", "--name", "saved")


def test_resellers(tool):
    create = ("reseller", "create", "--password", "secret", "--name")
    made = tool.json(*create, "Telco", "--restriction", "Subadmin.MaxContext=1", "--restriction", "Subadmin.CanCreateSubadmin=True")
    assert made["name"] == "telco" and made["displayname"] == "Telco" and made["parentId"] == 0, made
    assert restrictions(made) == {"Subadmin.MaxContext": "1", "Subadmin.CanCreateSubadmin": "true"}, made
    below = tool.json(*create, "shop", "--parent", "telco", "--display-name", "The shop")
    assert below["parentId"] == made["id"] and below["parentName"] == "telco" and below["restrictions"] == [], below
    for words, code in (((*create, "telco"), EXISTS), ((*create, "no spaces"), FAILED), ((*create, "x", "--parent", "nobody"), NOT_FOUND),
                        ((*create, "x", "--parent", "shop"), FAILED), (create[:-3] + ("--name", "x"), USAGE),
                        ((*create, "x", "--restriction", "Subadmin.MaxContext"), USAGE), ((*create, "x", "--password-hash", "y"), USAGE),
                        ((*create, "x", "--restriction", "Subadmin.MaxContext=many"), FAILED),
                        ((*create, "x", "--restriction", "Subadmin.MaxContext=-1"), FAILED),
                        ((*create, "x", "--restriction", "Subadmin.CanCreateSubadmin=1"), FAILED),
                        ((*create, "x", "--restriction", "Subadmin.Nonsense=1"), FAILED),
                        ((*create, "x", "--restriction", "Context.MaxUser=1"), FAILED),
                        ((*create, "x", "--restriction", "Subadmin.MaxOverallUserByModuleaccess_nonsense=1"), FAILED),
                        (("reseller", "change", "--name", "nobody", "--display-name", "x"), NOT_FOUND),
                        (("reseller", "show", "--name", "nobody"), NOT_FOUND), (("reseller", "delete", "--name", ""), USAGE),
                        (("reseller", "assign", "--context", "1", "--name", "nobody"), NOT_FOUND),
                        (("reseller", "assign", "--context", "99", "--name", "telco"), NOT_FOUND)):
        tool.run(*words, code=code)
    assert [each["name"] for each in tool.json("reseller", "list")] == ["telco", "shop"], "nothing of what was refused is there"

    changed = tool.json("reseller", "change", "--name", "TELCO", "--display-name", "Telco & Co", "--restriction",
                        "Subadmin.CanCreateSubadmin=", "--restriction", "Subadmin.MaxOverallUserByModuleaccess_pim=7")
    assert changed["displayname"] == "Telco & Co", changed
    assert restrictions(changed) == {"Subadmin.MaxContext": "1", "Subadmin.MaxOverallUserByModuleaccess_pim": "7"}, changed
    assert tool.json("reseller", "show", "--name", "telco") == changed

    numbers = [str(tool.json("context", "create", "--name", f"sold{number}", "--password", "secret")["id"]) for number in range(2)]
    assert tool.json("reseller", "assign", "--context", "sold0", "--name", "telco") == {"context": int(numbers[0]), "reseller": "telco"}
    # What is below a reseller counts for him.
    for name in ("telco", "shop"):
        assert "Subadmin.MaxContext" in tool.failure("reseller", "assign", "--context", "sold1", "--name", name, code=FAILED)["message"]
    for name in ("telco", "shop"):
        tool.run("reseller", "assign", "--context", "sold0", "--name", name)
        tool.run("reseller", "delete", "--name", "telco", code=FAILED)
    tool.run("reseller", "assign", "--context", "sold0")
    tool.run("reseller", "assign", "--context", "sold1", "--name", "telco")
    tool.run("context", "delete", "--id", numbers[1])
    tool.run("reseller", "delete", "--name", "telco", code=FAILED)
    assert tool.json("reseller", "delete", "--name", "shop") == {"name": "shop"}
    tool.run("reseller", "delete", "--name", "telco")
    assert tool.json("reseller", "list") == []
    tool.run("context", "delete", "--id", numbers[0])


def restrictions(reseller: dict) -> dict:
    return {each["name"]: each["value"] for each in reseller["restrictions"]}


def main():
    binary = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        tool = Tool(binary, "sqlite:" + os.path.join(folder, "test.db"))
        tests = ((test_usage, binary), (test_unreachable,), (test_contexts,), (test_users, folder), (test_groups_and_resources,),
                 (test_batch,), (test_migrate_check_and_sessions, folder), (test_check_of_files, folder), (test_filestore, folder),
                 (test_bad_input,), (test_help,), (test_text_output,), (test_deleted_user_leaves_nothing_behind,),
                 (test_config_file, folder, binary), (test_jobs, folder, binary), (test_app_passwords_and_second_factor,),
                 (test_backups, folder), (test_resellers,))
        for test, *more in tests:
            test(tool, *more)
    print(f"groupwarectl: {len(tests)} tests passed")


if __name__ == "__main__":
    main()
