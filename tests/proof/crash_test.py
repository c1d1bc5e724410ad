"""Crashes in the middle of writes: what was acknowledged is there afterwards, and nothing is there by halves."""

import base64
import os
import random
import signal
import struct
import threading
import zlib

from support.client import Answer, ApiClient
from support.groupware import Groupware
from support.servers import wait_until

WRITERS = 6
ALWAYS = 2**63 - 1
# What httpd and we say while processes and the database are killed under requests.
CRASH_LINES = (r"exit signal Killed|AH00052|AH00098|AH10264", r"GW\d{4}: .*(atabase|MySQL|MariaDB|connect)")


def picture_of(value: str) -> bytes:
    """A PNG of one pixel whose colour follows from the value."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    colour = zlib.crc32(value.encode()).to_bytes(4, "big")[:3]
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"\0" + colour)) + chunk(b"IEND", b""))


def contact_of(value: str) -> dict:
    """Every part says the same value: row, addresses, members, picture."""
    members = [{"mail_field": 0, "display_name": f"{value} {n}", "mail": f"m{n}@{value}.test"} for n in range(3)]
    return {"display_name": value, "note": value, "company": value, "userfield20": value, "email1": f"a@{value}.test",
            "email2": f"b@{value}.test", "distribution_list": members,
            "image1": base64.b64encode(picture_of(value)).decode(), "image1_content_type": "image/png"}


class Writer:
    """Makes and changes contacts; keeps what was acknowledged and what was under way."""

    def __init__(self, client: ApiClient, folder: str, name: str):
        self.client, self.folder, self.name = client, folder, name
        self.acknowledged: dict[str, str] = {}
        self.possible: dict[str, set] = {}  # id -> values that may be there although nobody said so
        self.possible_new: set[str] = set()
        self.random, self.number = random.Random(name), 0

    def change(self, contact: str, value: str) -> Answer:
        return self.client.put("contacts", contact_of(value), action="update", id=contact, folder=self.folder,
                               timestamp=ALWAYS)

    def create(self, value: str) -> Answer:
        return self.client.put("contacts", {"folder_id": self.folder, **contact_of(value)}, action="new")

    def id_in(self, answer: Answer) -> str:
        return answer.data["id"]

    def step(self) -> None:
        self.number += 1
        self.client.close()  # on a kept connection the client repeats a request that was not answered
        value = f"{self.name}n{self.number}"
        contact = self.random.choice(list(self.acknowledged)) if self.acknowledged and self.number % 2 else None
        try:
            if contact:
                self.possible.setdefault(contact, set()).add(value)
                answer = self.change(contact, value)
                if answer.status == 200 and answer.code is None:
                    self.acknowledged[contact] = value
                    self.possible[contact].clear()
            else:
                self.possible_new.add(value)
                answer = self.create(value)
                if answer.status == 200 and answer.code is None:
                    self.acknowledged[self.id_in(answer)] = value
                    self.possible_new.discard(value)
        except OSError:  # the connection broke off: not acknowledged
            self.client.close()
        except Exception as error:  # http.client's own ways to say the same
            if type(error).__module__ != "http.client":
                raise
            self.client.close()


class Load:
    """All writers at once until `stop`."""

    def __init__(self, writers: list[Writer]):
        self.writers, self.is_over, self.failures = writers, threading.Event(), []
        self.threads = [threading.Thread(target=self.work, args=(writer,)) for writer in writers]
        for thread in self.threads:
            thread.start()

    def work(self, writer: Writer) -> None:
        try:
            while not self.is_over.is_set():
                writer.step()
        except Exception as error:  # raised by stop
            self.failures.append(error)

    def wait_for_more(self, count: int) -> None:
        wanted = sum(writer.number for writer in self.writers) + count
        wait_until(lambda: self.failures or sum(writer.number for writer in self.writers) >= wanted, "writes", 60)

    def stop(self) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]


def crash(server: Groupware, mariadb, kind: str, chance: random.Random) -> None:
    if kind == "worker":
        workers = server.httpd.children_named("apache2")
        victim = chance.choice(workers)
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda: victim not in server.httpd.children(), "the worker's end")
    elif kind == "database":
        mariadb.kill_group()
        assert mariadb.start_again(), "the database's port was taken"
    else:
        server.httpd.kill_group()
        server.httpd.start_again()


def pieces_of(contact: dict) -> set:
    """The value that each part of the stored contact speaks of; one value when it is whole."""
    members = contact.get("distribution_list") or []
    found = {contact.get(name) for name in ("display_name", "note", "company", "userfield20")}
    found |= {(contact.get("email1") or "").removeprefix("a@").removesuffix(".test"),
              (contact.get("email2") or "").removeprefix("b@").removesuffix(".test")}
    found |= {member["mail"].split("@")[1].removesuffix(".test") for member in members}
    found |= {f"{len(members)} members"} if len(members) != 3 else set()
    return found


def read_contacts(client: ApiClient, folder: str, ids: list[str]) -> dict:
    stored = {}
    for begin in range(0, len(ids), 50):
        calls = [{"module": "contacts", "action": "get", "folder": folder, "id": one} for one in ids[begin : begin + 50]]
        for answer in client.multiple(calls):
            stored[answer["data"]["id"]] = answer["data"]
    return stored


def check(client: ApiClient, folder: str, writers: list[Writer], known: set) -> int:
    """The number of contacts; raises when one is lost, wrong or half. Does not look into those of `known`."""
    there = {row[0] for row in client.get("contacts", action="all", folder=folder, columns="1").data}
    maybe_new = set().union(*(writer.possible_new for writer in writers))
    acknowledged = {contact: (value, writer) for writer in writers for contact, value in writer.acknowledged.items()}
    lost = acknowledged.keys() - there
    assert not lost, f"{len(lost)} of {len(acknowledged)} acknowledged contacts are gone: {sorted(lost)[:5]}"
    for contact, content in read_contacts(client, folder, sorted(there - known)).items():
        pieces = pieces_of(content)
        assert len(pieces) == 1, f"contact {contact} is half: {pieces}"
        value = pieces.pop()
        picture = client.get("image/contact/picture", folder=folder, id=contact)
        assert picture.status == 200 and picture.body == picture_of(value), f"contact {contact}: not the picture of {value}"
        if contact in acknowledged:
            promised, writer = acknowledged[contact]
            assert value == promised or value in writer.possible.get(contact, ()), f"contact {contact}: {value}, not {promised}"
            writer.acknowledged[contact] = value
        else:
            assert value in maybe_new, f"contact {contact} of {value}: nobody made it"
    known |= there
    return len(there)


def crash_rounds(proof, server: Groupware, client: ApiClient, kinds: list[str], rounds: int, requests: range, make_writer,
                 check_all) -> list[Writer]:
    """Each round writes with fresh writers, `make_writer(client, name)`, lets something crash after so many requests and
    then calls `check_all(writers)`. Gives the writers of all rounds."""
    chance = random.Random(7)
    kinds = kinds + (["database"] if proof.mariadb else [])
    writers: list[Writer] = []
    for number in range(rounds):
        fresh = []
        for index in range(WRITERS):
            twin = ApiClient(client.port, client.root, client.user_agent)
            twin.cookies, twin.session = dict(client.cookies), client.session
            fresh.append(make_writer(twin, f"r{number}w{index}"))
        writers += fresh
        load = Load(fresh)
        try:
            load.wait_for_more(chance.choice(requests))
            crash(server, proof.mariadb, kinds[number % len(kinds)], chance)
            load.wait_for_more(WRITERS)
        finally:
            load.stop()
        for writer in fresh:
            writer.client.close()
        client.close()
        wait_until(lambda: client.get("config/identifier").status == 200, "recovery", 20)
        check_all(writers)
    return writers


def test_crashes_lose_no_acknowledged_write_and_leave_no_half_object(proof):
    with proof.server(is_durable=True, always_fine=CRASH_LINES) as server:
        server.need_workers()
        api = server.tenant()
        folder = api.put("folders", {"folder": {"title": "Written", "module": "contacts"}}, action="new", folder_id="1",
                         tree=0).data
        client = api.user(1)
        known: set[str] = set()
        writers = crash_rounds(proof, server, client, ["worker", "group"], proof.rounds(10, 50), range(20, 60),
                               lambda twin, name: Writer(twin, folder, name),
                               lambda writers: check(client, folder, writers, known))
        count = check(client, folder, writers, set())
        total = sum(len(writer.acknowledged) for writer in writers)
        print(f"        {count} contacts stored, {total} acknowledged, "
              f"{sum(len(w.possible_new) for w in writers)} creations without answer")
        api.close()
