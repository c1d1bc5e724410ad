"""A worker that dies on the way of a Drive mail: whatever was stored for a mail that nobody can have is taken away again."""

import contextlib
import json
import os
import pathlib
import signal
import sqlite3
import sys
import threading
from typing import Callable

from support.groupware import Groupware
from support.mail_servers import MailPair, missing_programs
from support.runner import Skipped
from support.servers import wait_until

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "http" / "mail"))
import compose_test as compose  # noqa: E402
import drive_mail_test as drive  # noqa: E402


def send_and_kill(server: Groupware, api, fault: str, subject: str, is_time: Callable[[], bool]) -> None:
    """Kills the workers when the folder is there and it is time."""
    client = api.user(1)
    space = compose.new_space(client)["id"]
    assert compose.upload(client, f"{space}/attachments", "a.txt", b"bytes").data
    sender = api.anonymous()
    sender.session, sender.cookies, sender.user_agent = client.session, client.cookies, client.user_agent
    model = {"to": [[None, api.mail("user1")]], "subject": subject, "sharedAttachments": {"enabled": True}}

    def send() -> None:
        try:
            compose.finish(sender, space, **model)
        except Exception:  # its worker was killed
            pass

    with server.mail.exim.fault(fault, "60"):
        thread = threading.Thread(target=send)
        thread.start()
        # The folder comes with its row: looked at in the other order, no row could be one that is not there yet.
        wait_until(lambda: subject in drive.drive_folders(api, client) and is_time(), "the folder")
        server.announce(r"exit signal Killed|AH00052|AH10264")
        workers = server.httpd.children_named("apache2")
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        thread.join()
        wait_until(lambda: not set(workers) & set(server.httpd.children()), "the workers' end")
    for each in (client, sender):
        each.close()


def database(server: Groupware) -> sqlite3.Connection:
    return sqlite3.connect(server.url.removeprefix("sqlite:"), timeout=10)


def rows_of(server: Groupware) -> int:
    return count(server, "drive_mail_unsent")


def change(server: Groupware, *statements: str) -> None:
    with contextlib.closing(database(server)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def count(server: Groupware, table: str) -> int:
    with contextlib.closing(database(server)) as connection:
        return connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def run_job(server: Groupware) -> int:
    (report,) = json.loads(server.ctl_with_config("--json", "jobs", "run", "--name", "drive-mail"))
    assert report["outcome"] == "done", report
    return report["count"]


def test_a_mail_that_was_never_sent_leaves_neither_folder_nor_link():
    if missing := missing_programs():
        raise Skipped(f"missing: {missing}")
    with MailPair() as mail, Groupware(directives="GroupwareJobs off\nGroupwareMailTimeouts read=60s\n", mail=mail) as server:
        server.need_workers()
        api = server.tenant()
        send_and_kill(server, api, "slow", "lost", lambda: rows_of(server) == 1)
        client = api.user(1)
        links = lambda: client.get("quota", action="get").data["share_links"]["accounts"][0]["countuse"]  # noqa: E731
        assert list(drive.drive_folders(api, client)) == ["lost"] and links() == 1
        # Its process could be alive yet.
        assert run_job(server) == 0 and rows_of(server) == 1
        change(server, "UPDATE drive_mail_unsent SET given_up=1")
        assert run_job(server) == 1 and rows_of(server) == 0
        assert drive.drive_folders(api, client) == {} and links() == 0
        assert client.get("quota", action="filestore").data["use"] == 0
        # From the end of the mail's bytes on somebody may have it.
        send_and_kill(server, api, "slow-data", "perhaps", lambda: rows_of(server) == 0)
        assert rows_of(server) == 0 and run_job(server) == 0
        assert list(drive.drive_folders(api, client)) == ["perhaps"] and links() == 1
        api.close()


def test_a_refusal_of_the_whole_mail_is_followed_up_by_others():
    if missing := missing_programs():
        raise Skipped(f"missing: {missing}")
    with MailPair() as mail, Groupware(directives="GroupwareJobs off\n", mail=mail) as server:
        server.need_workers()
        api = server.tenant()
        client = api.user(1)
        # Each giving up is counted, and removing a folder takes longer than its process lives.
        change(server, "CREATE TABLE given_up (folder INTEGER)",
               "CREATE TRIGGER noted AFTER INSERT ON drive_mail_unsent BEGIN INSERT INTO given_up VALUES (NEW.folder); END",
               "CREATE TRIGGER held BEFORE DELETE ON folders BEGIN"
               " SELECT COUNT(*) FROM sqlite_master a, sqlite_master b, sqlite_master c, sqlite_master d; END")
        send_and_kill(server, api, "reject-data", "refused", lambda: count(server, "given_up") == 2)
        change(server, "DROP TRIGGER held", "DROP TRIGGER noted", "DROP TABLE given_up")
        assert list(drive.drive_folders(api, client)) == ["refused"] and rows_of(server) == 1
        assert run_job(server) == 0
        change(server, "UPDATE drive_mail_unsent SET given_up=1")
        assert run_job(server) == 1 and rows_of(server) == 0
        assert drive.drive_folders(api, client) == {}
        assert client.get("quota", action="filestore").data["use"] == 0
        client.close()
        api.close()
