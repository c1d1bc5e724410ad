"""Workers and servers that are killed: what was acknowledged is there afterwards."""

import os
import signal
import threading

from support.groupware import Groupware
from support.runner import Skipped
from support.servers import MariaDB, wait_until


def need_workers(server: Groupware) -> None:
    if server.httpd.single_process:
        raise Skipped("one process only under sanitizers")


class Writer:
    """Makes contacts until it is told to stop; keeps the ids that the server acknowledged."""

    def __init__(self, client, folder: str):
        self.client, self.folder = client, folder
        self.acknowledged: list[str] = []
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._work)
        self.thread.start()

    def _work(self) -> None:
        while not self.is_over.is_set():
            try:
                self.client.close()
                answer = self.client.put("contacts", {"folder_id": self.folder, "display_name": "Kept"}, action="new")
                self.acknowledged.append(answer.data["id"])
            except Exception:  # the worker was killed under it: no acknowledgement
                self.is_over.wait(0.005)

    def wait_for_more(self, count: int) -> None:
        wanted = len(self.acknowledged) + count
        wait_until(lambda: len(self.acknowledged) >= wanted, "acknowledged writes", 30)

    def stop(self) -> None:
        self.is_over.set()
        self.thread.join()


def kill_workers(server: Groupware) -> None:
    need_workers(server)
    api = server.tenant()
    writer = Writer(api.user(1), api.private_folder())
    # httpd reports each; a connection to the database may break off in the middle.
    try:
        for _ in range(6):
            writer.wait_for_more(5)
            workers = server.httpd.children_named("apache2")
            server.announce(r"exit signal Killed|AH00052|AH10264")
            os.kill(workers[0], signal.SIGKILL)
            wait_until(lambda: workers[0] not in server.httpd.children(), "the worker's end")
        writer.wait_for_more(5)
    finally:
        writer.stop()
    compare(api, writer)
    api.close()


def compare(api, writer: Writer) -> None:
    api.user(1).close()
    rows = api.get("contacts", action="all", folder=writer.folder, columns="1,500").data
    stored = {row[0] for row in rows if row[1] == "Kept"}
    lost = set(writer.acknowledged) - stored
    assert not lost, f"{len(lost)} of {len(writer.acknowledged)} acknowledged contacts are gone"
    # A write whose answer was lost may be there; more than one for each kill may not.
    assert len(stored) <= len(writer.acknowledged) + 12


def test_killed_workers_lose_no_acknowledged_contact(database):
    if database == "mysql":
        with MariaDB(is_durable=True) as mariadb, Groupware(mariadb) as server:
            kill_workers(server)
    else:
        with Groupware() as server:
            kill_workers(server)


def test_a_crash_of_all_processes_loses_no_acknowledged_contact():
    with Groupware() as server:
        need_workers(server)
        api = server.tenant()
        writer = Writer(api.user(1), api.private_folder())
        try:
            for _ in range(3):
                writer.wait_for_more(10)
                server.httpd.kill_group()
                server.httpd.start_again()
            writer.wait_for_more(5)
        finally:
            writer.stop()
        compare(api, writer)
        api.close()
        server.announce(r".")  # what a crash leaves in the log is not this test's matter
