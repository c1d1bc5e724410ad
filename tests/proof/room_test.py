"""A room is booked by one at a time, however many ask for it at once and in whichever way, also over two nodes of Galera."""

import pathlib
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from pollers_test import another  # noqa: E402
from support.agenda import BERLIN, add_room, cal, change, created, event, millis, user, zoned  # noqa: E402
from support.servers import wait_until  # noqa: E402

BOOKERS = 64
#: Each books over connections of its own; requests of one user wait for each other in parts.
USERS = 16


def at(day: int, hour: int = 9) -> dict:
    return {"startDate": zoned(f"2032030{day}T{hour:02}0000"), "endDate": zoned(f"2032030{day}T{hour + 1:02}0000")}


def at_once(works: list) -> list:
    """What each of the functions gives, all started at the same moment."""
    barrier, results, failures = threading.Barrier(len(works)), [None] * len(works), []

    def run(number: int) -> None:
        try:
            barrier.wait()
            results[number] = works[number]()
        except Exception as error:  # raised below, in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return results


class Booker:
    """One connection of a user; keeps the events of the user that may get the room later. `second`: the server before another
    node of the database, which half of them use."""

    def __init__(self, api, number: int, room: int, second=None):
        self.user = api.user(1 + number % USERS)
        self.client, self.number = another(self.user), number
        if second and number // USERS % 2:
            self.client.port = second.port
            # The other node knows the session and the room a moment later.
            wait_until(lambda: self.client.get("resource", action="get", id=room).json.get("data"), "the other node")
        self.folder = api.calendar_folder(self.user)
        self.room = {"entity": room, "cuType": "RESOURCE"}

    def in_chronos(self, day: int, **members):
        body = event(summary=f"Booked by {self.number}", attendees=[self.room], **at(day), **members)
        return self.client.put("chronos", body, action="new", folder=cal(self.folder))

    def in_calendar(self, day: int):
        body = {"folder_id": self.folder, "title": f"Booked by {self.number}", "timezone": BERLIN, "ignore_conflicts": True,
                "start_date": millis(f"2032030{day}T083000Z"), "end_date": millis(f"2032030{day}T093000Z"),
                "participants": [{"id": self.room["entity"], "type": 3}]}
        return self.client.put("calendar", body, action="new", timezone="UTC")

    def prepare(self, day: int) -> None:
        """An event at that time, without the room."""
        self.made = created(self.client, self.folder, event(**at(day)))

    def take_room(self):
        return change(self.client, self.made, {"attendees": [user(self.user), self.room]})


def judge(answers: list, room: int) -> list:
    """Those that stored something; the others must have got the hard conflict, and nothing else."""
    won = []
    for answer in answers:
        data = answer.data  # fails for an error
        if "conflicts" not in data:
            won.append(data)
            continue
        assert "id" not in data and not data.get("created") and not data.get("updated"), answer.text
        for conflict in data["conflicts"]:
            assert conflict["hard_conflict"] is True, answer.text
            people = conflict.get("conflicting_attendees") or conflict["participants"]
            assert [one.get("entity", one.get("id")) for one in people] == [room], answer.text
    return won


def taken(api, room: int, day: int) -> list:
    """The times of that day at which the room is taken."""
    asked = {"attendees": [{"entity": room, "cuType": "RESOURCE"}]}
    span = {"from": f"2032030{day}T000000Z", "until": f"2032030{day + 1}T000000Z"}
    slots = api.put("chronos", asked, action="freeBusy", **span).data[0]["freeBusyTime"]
    return [(slot["startTime"], slot["endTime"]) for slot in slots]


def test_of_64_who_book_a_room_at_once_one_gets_it(proof):
    with proof.server() as server:
        api = server.tenant()
        room = add_room(api)
        bookers = [Booker(api, number, room, proof.second) for number in range(BOOKERS)]
        # Both faces, and classic clients that ignore conflicts.
        works = [lambda b=b: b.in_calendar(1) if b.number % 4 == 3 else b.in_chronos(1) for b in bookers]
        won = judge(at_once(works), room)
        assert len(won) == 1, f"{len(won)} booked the room"
        assert len(taken(api, room, 1)) == 1
        # The times of both kinds overlap by half an hour, so nobody else fits in.
        stored = [row for b in bookers[:USERS] for row in b.client.get(
            "calendar", action="all", folder=b.folder, columns="1", start=millis("20320301"), end=millis("20320302"),
            timezone="UTC").data]
        assert len(stored) == 1, stored

        # Events that are there already and ask for the room.
        for booker in bookers[:USERS]:
            booker.prepare(2)
        won = judge(at_once([booker.take_room for booker in bookers[:USERS]]), room)
        assert len(won) == 1 and len(taken(api, room, 2)) == 1, f"{len(won)} took the room"

        # Series that meet at every date, and single events at one of those.
        works = [lambda b=b: b.in_chronos(3 + b.number % 2 * 2, **({} if b.number % 3 else {"rrule": "FREQ=DAILY;COUNT=4"}))
                 for b in bookers[:USERS]]
        won = judge(at_once(works), room)
        assert 1 <= len(won) <= 2, f"{len(won)} booked the room"
        for day in (3, 4, 5, 6):
            assert len(taken(api, room, day)) <= 1, f"day {day}: {taken(api, room, day)}"
        lost = f", {proof.cluster.conflicts()} transactions lost against the other node" if proof.cluster else ""
        print(f"        {BOOKERS + 2 * USERS} bookings, {2 + len(won)} stored{lost}")
        for booker in bookers:
            booker.client.close()
        api.close()
