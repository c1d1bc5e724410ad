"""Clients that follow `updates` end with exactly the server's contents, whatever others do meanwhile."""

import random
import threading
import time

from support.client import ApiClient
from support.groupware import Groupware

COLUMNS = "1,6,500"
NEVER_A_CONFLICT = 2**63 - 1
WRITERS = 32
OWNER_BITS = 403710016
READER_BITS = 257


def another(client: ApiClient) -> ApiClient:
    """The same browser with a connection of its own."""
    twin = ApiClient(client.port, client.root, client.user_agent)
    twin.cookies, twin.session = dict(client.cookies), client.session
    return twin


class Poller:
    """A client's local copy of a folder, kept by `updates` alone."""

    def __init__(self, client: ApiClient, folder: str):
        self.client, self.folder = client, folder
        self.copy: dict[str, list] = {}
        self.timestamp = 0
        self.polls = self.changes = self.removals = 0
        self.wrong: list[str] = []

    def poll(self) -> None:
        answer = self.client.get("contacts", action="updates", folder=self.folder, columns=COLUMNS, ignore="false",
                                 timestamp=self.timestamp)
        seen = set()
        for element in answer.data:
            contact = element if isinstance(element, str) else element[0]
            if contact in seen:
                self.wrong.append(f"contact {contact} is twice in one answer")
            seen.add(contact)
            if isinstance(element, str):
                self.removals += 1
                self.copy.pop(contact, None)
            else:
                self.changes += 1
                if element[1] <= self.timestamp:
                    self.wrong.append(f"contact {contact} of {element[1]} in updates since {self.timestamp}")
                self.copy[contact] = element[1:]
        if answer.timestamp < self.timestamp:
            self.wrong.append(f"timestamp went back from {self.timestamp} to {answer.timestamp}")
        self.timestamp = answer.timestamp
        self.polls += 1

    def differences(self) -> list[str]:
        """The last poll, then the copy against the server's list."""
        self.poll()
        rows = self.client.get("contacts", action="all", folder=self.folder, columns=COLUMNS).data
        server = {row[0]: row[1:] for row in rows}
        found = list(self.wrong)
        for contact in sorted(server.keys() | self.copy.keys(), key=int):
            if server.get(contact) != self.copy.get(contact):
                found.append(f"contact {contact}: server {server.get(contact)}, copy {self.copy.get(contact)}")
        return found


class Writer:
    """Makes, moves, changes and deletes contacts of its own in two folders."""

    def __init__(self, client: ApiClient, folders: list[str], seed: int):
        self.client, self.folders = client, folders
        self.random = random.Random(seed)
        self.contacts: dict[str, str] = {}
        self.done = 0

    def step(self) -> None:
        kind = self.random.choice(("new", "new", "update", "update", "move", "move", "delete"))
        value = f"value {self.random.getrandbits(40)}"
        if kind == "new" or not self.contacts:
            folder = self.random.choice(self.folders)
            made = self.client.put("contacts", {"folder_id": folder, "display_name": value}, action="new")
            self.contacts[made.data["id"]] = folder
        else:
            contact = self.random.choice(list(self.contacts))
            folder = self.contacts[contact]
            place = {"id": contact, "folder": folder}
            if kind == "delete":
                answer = self.client.put("contacts", place, action="delete", timestamp=NEVER_A_CONFLICT)
                assert answer.data == [], answer.text
                del self.contacts[contact]
            else:
                body = {"display_name": value}
                if kind == "move":
                    self.contacts[contact] = body["folder_id"] = self.folders[folder == self.folders[0]]
                self.client.put("contacts", body, action="update", timestamp=NEVER_A_CONFLICT, **place).data
        self.done += 1


def make_shared_folders(api) -> list[str]:
    reader = api.user(2)
    permissions = [{"entity": api.user(1).user_id, "group": False, "bits": OWNER_BITS},
                   {"entity": reader.user_id, "group": False, "bits": READER_BITS}]
    return [api.put("folders", {"folder": {"title": title, "module": "contacts", "permissions": permissions}},
                    action="new", folder_id="1", tree=0).data for title in ("Left", "Right")]


def run_threads(works: list, seconds: float) -> None:
    """Each work is a function that is called until the time is over; the first failure of each is raised."""
    deadline, failures = time.monotonic() + seconds, []

    def repeat(work) -> None:
        try:
            while time.monotonic() < deadline:
                work()
        except Exception as error:  # raised below, in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=repeat, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def follow(server: Groupware, seconds: float) -> list[Poller]:
    """The pollers after writers and pollers ran against each other."""
    api = server.tenant()
    folders = make_shared_folders(api)
    writers = [Writer(another(api.user(1)), folders, seed) for seed in range(WRITERS)]
    pollers = [Poller(another(api.user(number)), folder) for number in (1, 2) for folder in folders for _ in (0, 1)]
    run_threads([writer.step for writer in writers] + [poller.poll for poller in pollers], seconds)
    print(f"        {sum(writer.done for writer in writers)} writes, {sum(poller.polls for poller in pollers)} polls, "
          f"{sum(poller.changes for poller in pollers)} changes, {sum(poller.removals for poller in pollers)} removals")
    for writer in writers:
        writer.client.close()
    # Whoever starts now with the first answer of all arrives at the same contents.
    return pollers + [Poller(another(api.user(2)), folder) for folder in folders]


def test_pollers_end_with_the_contents_of_the_server(proof):
    with proof.server() as server:
        pollers = follow(server, proof.wanted_rounds or (60 if proof.is_long else 10))
        try:
            for poller in pollers:
                found = poller.differences()
                assert not found, f"{len(found)} differences in folder {poller.folder}: {found[:5]}"
                assert poller.copy, "the writers left nothing to compare"
            assert all(poller.removals for poller in pollers[:-2]), "no poller saw a removal"
        finally:
            for poller in pollers:
                poller.client.close()


def test_the_check_notices_a_timestamp_that_is_one_too_large(proof):
    """The check itself is checked: a poller that is one millisecond ahead loses a change, and differences says so."""
    with proof.server() as server:
        api = server.tenant()
        folder = api.private_folder()
        for kind in ("new", "update", "delete"):
            sound, ahead = (Poller(another(api.user(1)), folder) for _ in (0, 1))
            kept = api.put("contacts", {"folder_id": folder, "display_name": "Kept"}, action="new")
            sound.poll()
            ahead.poll()
            if kind == "new":
                written = api.put("contacts", {"folder_id": folder, "display_name": "New"}, action="new")
            elif kind == "update":
                written = api.put("contacts", {"display_name": "Changed"}, action="update", id=kept.data["id"],
                                  folder=folder, timestamp=kept.timestamp)
            else:
                written = api.put("contacts", [{"id": kept.data["id"], "folder": folder}], action="delete",
                                  timestamp=kept.timestamp)
            stamp = written.timestamp
            sound.timestamp, ahead.timestamp = stamp - 1, stamp
            assert sound.differences() == [], kind
            assert len(ahead.differences()) == 1, kind
            sound.client.close()
            ahead.client.close()
        api.close()
