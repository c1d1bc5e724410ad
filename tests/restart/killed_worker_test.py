"""Workers and servers that are killed: what was acknowledged is there afterwards."""

import os
import signal
import socket
import threading

from support.groupware import Groupware
from support.servers import MariaDB, wait_until


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
    server.need_workers()
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
        server.need_workers()
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


def test_workers_killed_in_the_middle_of_an_upload_are_replaced_and_store_nothing():
    with Groupware() as server:
        server.need_workers()
        api = server.tenant()
        client, folder = api.user(1), api.private_folder()
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        request = (f"POST {client.target('import', {'action': 'VCARD', 'folder': folder})} HTTP/1.1\r\nHost: localhost\r\n"
                   f"User-Agent: {client.user_agent}\r\nCookie: {cookies}\r\nContent-Length: 1000000\r\n"
                   "Content-Type: multipart/form-data; boundary=edge\r\n\r\n--edge\r\n"
                   'Content-Disposition: form-data; name="file"; filename="a.vcf"\r\nContent-Type: text/x-vcard\r\n\r\n'
                   "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Half\r\nEND:VCARD\r\n").encode() + b" " * 200_000
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            connection.sendall(request)
            wait_until(lambda: list((server.httpd.folder / "data" / "uploads").iterdir()), "the file of the upload")
            server.announce(r"exit signal Killed|AH00052|AH10264")
            workers = server.httpd.children_named("apache2")
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
            wait_until(lambda: not set(workers) & set(server.httpd.children()), "the workers' end")
        wait_until(server.httpd.answers, "new workers")
        client.close()
        assert api.get("contacts", action="all", folder=folder, columns="1").data == []
        api.close()
