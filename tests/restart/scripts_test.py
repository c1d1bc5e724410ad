"""quickstart.sh and apxs-build.sh as people call them."""

import imaplib
import os
import pathlib
import random
import re
import shutil
import smtplib
import socket
import subprocess
import time

from support import dav
from support.client import ApiClient
from support.events import EventStream
from support.runner import Skipped
from support.mail_servers import missing_programs
from support.servers import PROJECT, build_folder, state_folder, wait_until


def need_plain_build() -> None:
    if os.environ.get("GW_SANITIZER"):
        raise Skipped("what the scripts start has no sanitizer's library")


def port_with_neighbours() -> int:
    """A port that is free together with the derived ones. Below the range that the kernel gives to outgoing connections:
    only one of them could be held by bind(0)."""
    for port in random.sample(range(20_000, 32_000), 50):
        if all(is_free(port + offset) for offset in range(6)):
            return port
    raise AssertionError("no free ports")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Quickstart:
    def __init__(self, name: str = "state"):
        self.parent = state_folder("gwq")
        self.state = self.parent / name

    def run(self, *arguments) -> subprocess.CompletedProcess:
        return subprocess.run([str(PROJECT / "quickstart.sh"), "--state", str(self.state), *map(str, arguments)],
                              capture_output=True, text=True, timeout=600, stdin=subprocess.DEVNULL)

    def __enter__(self) -> "Quickstart":
        return self

    def __exit__(self, *_) -> None:
        self.run("--stop")
        shutil.rmtree(self.parent, ignore_errors=True)


def processes_of(state: pathlib.Path) -> list[str]:
    """Command lines of living processes that name the state folder."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue
            if f"{state}/" in line:
                found.append(line)
    return found


def succeed(done: subprocess.CompletedProcess) -> str:
    assert done.returncode == 0, f"exit code {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_quickstart_starts_keeps_data_and_stops(database):
    need_plain_build()
    # Folders may have blanks in their names; MariaDB's own set-up cannot bear that.
    with Quickstart("the state" if database == "sqlite" else "state") as quickstart:
        port = port_with_neighbours()
        assert quickstart.run("--status").returncode == 3
        said = succeed(quickstart.run("--port", port, "--database", database))
        assert f"http://127.0.0.1:{port}/" in said and "--stop" in said
        client = ApiClient(port)
        client.login("user1@defaultcontext", "secret")
        folder = str(client.config("folder/contacts"))
        rows = client.get("contacts", action="all", folder=folder, columns="1,500").data
        assert "Ada Lovelace" in [row[1] for row in rows]
        other = ApiClient(port, "/appsuite/api")
        other.login("user2", "secret")
        shared = other.get("folders", action="allVisible", content_type="contacts", tree=0, columns="1,300").data["shared"]
        assert "Team contacts" in [row[1] for row in shared]
        client.put("contacts", {"folder_id": folder, "display_name": "Mine"}, action="new").data
        soon, later = (time.strftime("%Y%m%d", time.gmtime(time.time() + days * 86_400)) for days in (-2, 10))
        events = other.get("chronos", action="all", rangeStart=soon, rangeEnd=later, fields="summary,attendees").data
        assert {one["summary"] for one in events} == {"Team meeting", "Lunch with user2"}
        assert {one["cuType"] for event in events for one in event["attendees"]} == {"INDIVIDUAL", "GROUP", "RESOURCE"}
        tasks = client.get("tasks", action="all", folder=client.config("folder/tasks"), columns="200").data
        assert sorted(tasks) == [["Prepare the team meeting"], ["Water the plants"]]
        assert f"http://127.0.0.1:{port}{dav.ROOT}/" in said
        files = dav.DavClient(port, "user1", "secret")
        assert files.list("/Userstore/User 1") == ["Contacts.vcf"]
        files.close()

        succeed(quickstart.run("--status"))
        succeed(quickstart.run())
        succeed(quickstart.run("--stop"))
        assert not processes_of(quickstart.state)
        assert quickstart.run("--status").returncode == 3
        succeed(quickstart.run())
        client.close()
        client.login("user1", "secret")
        again = client.get("contacts", action="all", folder=folder, columns="1,500").data
        assert len(again) == len(rows) + 1
        client.close()
        other.close()


def subjects(port: int, user: str) -> list[str]:
    with imaplib.IMAP4("127.0.0.1", port) as mailbox:
        mailbox.login(user, "secret")
        mailbox.select("INBOX", readonly=True)
        found = mailbox.search(None, "UNSEEN")[1][0].split()
        return [mailbox.fetch(number, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1][0][1].decode().strip() for number in found]


def test_quickstart_has_mail_servers_that_keep_their_mails():
    need_plain_build()
    if missing_programs():
        raise Skipped("no mail servers on this machine")
    with Quickstart("the state") as quickstart:
        port = port_with_neighbours()
        assert f"IMAP 127.0.0.1:{port + 1}" in succeed(quickstart.run("--port", port))
        assert subjects(port + 1, "user1") == ["Subject: =?utf-8?b?w5xiZXJzaWNodCBmw7xyIE3DpHJ6?=", "Subject: Welcome"]
        with smtplib.SMTP("127.0.0.1", port + 2) as sender:
            sender.login("user1", "secret")
            sender.sendmail("user1@example.test", ["user2@example.test"], "Subject: Sent\r\n\r\nHello\r\n")
        wait_until(lambda: "Subject: Sent" in subjects(port + 1, "user2"), "the mail that was sent")
        with socket.create_connection(("127.0.0.1", port + 3), timeout=10) as sieve:
            assert sieve.makefile().readline().startswith('"IMPLEMENTATION"')
        away = {"test": {"id": "true"}, "flags": ["vacation"], "actioncmds": [{"id": "vacation", "subject": "Away", "text": "x"}]}
        api = ApiClient(port, "/ajax")
        api.login("user2", "secret")
        api.put("mailfilter/v2", away, action="new").data
        api.get("mail", action="count", folder="default0/INBOX").data
        with EventStream(api, topics="ox:mail:new") as news, smtplib.SMTP("127.0.0.1", port + 2) as sender:
            news.ready()
            sender.login("user1", "secret")
            sender.sendmail("user1@example.test", ["user2@example.test"],
                            "From: user1@example.test\r\nTo: user2@example.test\r\nSubject: There?\r\n\r\nHello\r\n")
            assert news.next().data["subject"] == "There?"
        wait_until(lambda: "Subject: Away" in subjects(port + 1, "user1"), "the vacation notice")
        succeed(quickstart.run("--stop"))
        assert not processes_of(quickstart.state)
        succeed(quickstart.run())
        assert len(subjects(port + 1, "user1")) == 3 and "Subject: Sent" in subjects(port + 1, "user2")


def test_quickstart_says_that_mariadb_bears_no_blank():
    with Quickstart("the state") as quickstart:
        done = quickstart.run("--database", "mysql")
        assert done.returncode == 1 and "choose a --state without blanks" in done.stderr, done.stderr


def test_quickstart_names_a_port_that_is_taken():
    need_plain_build()
    with Quickstart() as quickstart, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = quickstart.run("--port", port)
        assert done.returncode == 1
        assert f"port {port} (HTTP) is in use" in done.stderr, done.stderr
        assert not processes_of(quickstart.state)


def test_quickstart_refuses_wrong_options():
    with Quickstart() as quickstart:
        for arguments, code in ((["--prt", "1"], 2), (["--port", "x"], 1), (["--port", "70000"], 1), (["--database", "oracle"], 1)):
            done = quickstart.run(*arguments)
            assert done.returncode == code and done.stderr.startswith("quickstart: "), (arguments, done.stderr)


# Folders whose files need the headers of a library that is not where the compiler looks by itself, or httpd's.
APXS_COMPILES = ("lib/core", "lib/sql/mysql", "lib/model/contacts", "lib/mail/mime", "mod_groupware/apache", "mod_groupware/dav", "mod_oxpush")


def folders_of(unit: pathlib.Path) -> list[pathlib.Path]:
    """Whose files CMake compiles together in this one."""
    named = re.findall(r'#include "([^"]+)"', unit.read_text())
    return sorted({(unit.parent / name).resolve().parent.relative_to(PROJECT) for name in named})


def lend_objects(target: pathlib.Path) -> int:
    """The script finds the objects of the test's own build, as if it had been here before: compiling every file once more would be
    a sixth of the suite. It compiles APXS_COMPILES; GW_WHOLE_APXS=yes has it compile everything."""
    nothing = target / "nothing.o"
    target.mkdir(parents=True)
    subprocess.run(["g++", "-x", "c++", "-c", "/dev/null", "-o", str(nothing)], check=True)
    lent = 0
    for group, source in (("lib", "lib"), ("groupware", "mod_groupware"), ("oxpush", "mod_oxpush")):
        for unit in sorted((build_folder() / source).glob("CMakeFiles/gw_*.dir/Unity/unity_*_cxx.cxx")):
            folders = folders_of(unit)
            if set(map(str, folders)) & set(APXS_COMPILES):
                continue
            for index, folder in enumerate(folders):
                home = target / group / folder
                home.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(nothing if index else unit.with_name(unit.name + ".o"), home / "together.o")
                (home / "together.d").write_text("together.o: " + " ".join(map(str, sorted((PROJECT / folder).glob("*.cpp")))) + "\n")
                lent += 1
    return lent


def test_apxs_builds_installs_and_loads():
    need_plain_build()
    folder = state_folder("gwx")
    try:
        if not os.environ.get("GW_WHOLE_APXS"):
            assert lend_objects(folder / "build") > 50
        done = subprocess.run(
            [str(PROJECT / "apxs-build.sh"), "--destdir", str(folder / "dest"), "--build", str(folder / "build")],
            capture_output=True, text=True, timeout=1200, env={**os.environ, "CXXFLAGS": "-O0 -g0"})
        assert "Syntax OK" in succeed(done) + done.stderr
        modules = folder / "dest" / "usr" / "lib" / "apache2" / "modules"
        assert {path.name for path in modules.iterdir()} == {"mod_groupware.so", "mod_oxpush.so"}
        assert (folder / "dest" / "usr" / "lib" / "groupware" / "libgroupware.so").exists()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
