"""Crashes in the middle of writes to a calendar: what was acknowledged is there, no event is there by halves, and no table
speaks of an event that is not."""

import json
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from crash_test import ALWAYS, CRASH_LINES, Writer, crash_rounds  # noqa: E402
from support.agenda import BERLIN, cal, millis  # noqa: E402
from support.client import Answer, ApiClient  # noqa: E402

SPAN = {"start": millis("20320101"), "end": millis("20330101")}
FIRST, FOURTH = "20320301T080000Z", "20320322T080000Z"
#: What must not be there, as the number of its rows.
LEFT_OVERS = {
    "attendees without event": "SELECT COUNT(*) FROM event_attendees a LEFT JOIN events e ON e.cid=a.cid AND e.id=a.event "
                               "WHERE e.id IS NULL",
    "events without attendees": "SELECT COUNT(*) FROM events e LEFT JOIN event_attendees a ON a.cid=e.cid AND a.event=e.id "
                                "WHERE e.folder_id=0 AND a.event IS NULL",
    "exceptions without series": "SELECT COUNT(*) FROM events e LEFT JOIN events m ON m.cid=e.cid AND m.id=e.series_id "
                                 "WHERE e.series_id<>0 AND m.id IS NULL",
    "alarms without event": "SELECT COUNT(*) FROM event_alarms a LEFT JOIN events e ON e.cid=a.cid AND e.id=a.event "
                            "WHERE e.id IS NULL",
    "triggers without alarm": "SELECT COUNT(*) FROM event_triggers t LEFT JOIN event_alarms a ON a.cid=t.cid AND a.id=t.alarm "
                              "AND a.event=t.event WHERE a.id IS NULL",
    "alarms without trigger": "SELECT COUNT(*) FROM event_alarms a LEFT JOIN event_triggers t ON t.cid=a.cid AND t.alarm=a.id "
                              "WHERE t.alarm IS NULL",
    "times of attendees that are not the event's": "SELECT COUNT(*) FROM event_attendees a JOIN events e ON e.cid=a.cid AND "
                                                   "e.id=a.event WHERE a.stamp<>e.stamp OR a.range_from<>e.range_from OR "
                                                   "a.range_until<>e.range_until OR a.is_long<>e.is_long",
    "files without event": "SELECT COUNT(*) FROM attachments f LEFT JOIN events e ON e.cid=f.cid AND e.id=f.object "
                           "WHERE f.module=1 AND e.id IS NULL",
    "miscounted files": "SELECT COUNT(*) FROM events e WHERE e.number_of_attachments<>(SELECT COUNT(*) FROM attachments f "
                        "WHERE f.cid=e.cid AND f.module=1 AND f.object=e.id)",
}


def event_of(value: str, invited: list[int], **members) -> dict:
    """Every part says the same value: row, attendees, reminders."""
    people = [{"entity": one, "cuType": "INDIVIDUAL"} for one in invited]
    outside = [{"uri": f"mailto:{value}-{n}@elsewhere.test", "cn": value} for n in range(2)]
    alarms = [{"action": "DISPLAY", "trigger": {"duration": "-PT15M"}, "description": value},
              {"action": "DISPLAY", "trigger": {"duration": "-P1D"}, "description": value}]
    return {"summary": value, "location": value, "description": value, "categories": [value], "attendees": people + outside,
            "alarms": alarms, **members}


def new_event_of(value: str, invited: list[int]) -> dict:
    return event_of(value, invited, rrule="FREQ=WEEKLY;COUNT=8", startDate={"value": "20320301T090000", "tzid": BERLIN},
                    endDate={"value": "20320301T100000", "tzid": BERLIN})


class Planner(Writer):
    """Makes series with attendees, reminders and files; changes them as a whole, changes one date, and splits others off."""

    def __init__(self, client: ApiClient, folder: str, name: str, invited: list[int]):
        super().__init__(client, folder, name)
        self.invited = invited
        self.with_file: set[str] = set()
        self.spoken: set[str] = set()

    def change(self, number: str, value: str) -> Answer:
        self.spoken.add(value)
        return self.client.put("chronos", {"event": event_of(value, self.invited)}, action="update", folder=cal(self.folder),
                               id=number, timestamp=ALWAYS)

    def create(self, value: str) -> Answer:
        self.spoken.add(value)
        body = new_event_of(value, self.invited)
        if self.number % 3 == 1:
            file = ("file.txt", "text/plain", value.encode())
            return self.client.multipart("chronos", {"json_0": json.dumps(body)}, {"file_0": file}, action="new",
                                         folder=cal(self.folder))
        answer = self.client.put("chronos", body, action="new", folder=cal(self.folder))
        if self.number % 3 == 2 and answer.status == 200 and answer.code is None:
            self.divide(answer.data["created"][0]["id"], value)
        return answer

    def divide(self, number: str, value: str) -> None:
        """A date of its own, then a cut: neither changes what the parts say."""
        place = {"action": "update", "folder": cal(self.folder), "id": number, "timestamp": ALWAYS}
        self.client.put("chronos", {"event": {"url": f"https://{value}.test"}}, recurrenceId=FIRST, **place)
        self.client.put("chronos", {"event": {"color": "red"}}, recurrenceId=FOURTH, recurrenceRange="THISANDFUTURE", **place)

    def id_in(self, answer: Answer) -> str:
        made = answer.data["created"][0]
        if "attachments" in made:
            self.with_file.add(made["id"])
        return made["id"]


def pieces_of(event: dict, invited: set) -> set:
    """The value that each part of the stored event speaks of; one value when it is whole."""
    found = {event.get(name) for name in ("summary", "location", "description")} | set(event.get("categories", ["none"]))
    outside = [one for one in event["attendees"] if "entity" not in one]
    found |= {one["cn"] for one in outside} | {one["uri"].removeprefix("mailto:").rpartition("-")[0] for one in outside}
    found |= {alarm.get("description") for alarm in event.get("alarms", [])}
    people = {one["entity"] for one in event["attendees"] if "entity" in one}
    if people != invited or len(outside) != 2 or len(event.get("alarms", [])) != 2:
        found.add(f"attendees {people}, {len(outside)} outside, {len(event.get('alarms', []))} alarms")
    return found


def check_series(event: dict, exceptions: int) -> None:
    """One that was cut, or has a date of its own, is one that a whole request leaves."""
    marks = event.get("changeExceptionDates", [])
    assert len(marks) == exceptions, f"{event['id']}: marks {marks}, {exceptions} exceptions"
    if "relatedTo" in event:
        is_later = event["startDate"]["value"] == "20320322T090000"
        assert is_later != ("UNTIL" in event["rrule"]) and is_later == (exceptions == 0), event
    else:
        assert event["rrule"] == "FREQ=WEEKLY;COUNT=8" and event["startDate"]["value"] == "20320301T090000", event


def check_plans(client: ApiClient, folder: str, planners: list[Planner], invited: set, known: set) -> int:
    """The number of events; raises when one is lost, wrong or half. Does not look into those of `known`."""
    rows = client.get("calendar", action="all", folder=folder, columns="1,206", recurrence_master=True, **SPAN).data
    there = {str(row[0]): str(row[1]) for row in rows}
    acknowledged = {number: (value, planner) for planner in planners for number, value in planner.acknowledged.items()}
    lost = acknowledged.keys() - there.keys()
    assert not lost, f"{len(lost)} of {len(acknowledged)} acknowledged events are gone: {sorted(lost)[:5]}"
    spoken = set().union(*(planner.spoken for planner in planners))
    fresh = sorted(there.keys() - known)
    for begin in range(0, len(fresh), 50):
        calls = [{"module": "chronos", "action": "get", "folder": cal(folder), "id": one} for one in fresh[begin : begin + 50]]
        for answer in client.multiple(calls):
            content = answer["data"]
            number, pieces = content["id"], pieces_of(content, invited)
            assert len(pieces) == 1, f"event {number} is half: {pieces}"
            value = pieces.pop()
            if number in acknowledged:
                promised, planner = acknowledged[number]
                assert value == promised or value in planner.possible.get(number, ()), f"event {number}: {value}, not {promised}"
                planner.acknowledged[number] = value
            assert value in spoken, f"event {number} of {value}: nobody made it"
            check_files(client, content, value, any(number in planner.with_file for planner in planners))
            if content.get("rrule"):
                check_series(content, sum(series == number != one for one, series in there.items()))
    known |= there.keys()
    return len(there)


def check_files(client: ApiClient, event: dict, value: str, has_file: bool) -> None:
    files = event.get("attachments", [])
    assert files or not has_file, f"event {event['id']}: its file is gone"
    for file in files:
        answer = client.get("chronos", action="getAttachment", folder=event["folder"], id=event["id"], managedId=file["managedId"])
        assert answer.status == 200 and answer.text.partition("n")[0] == value.partition("n")[0], f"{value}: {answer.body!r}"


def check_tables(server, mariadb) -> None:
    for what, statement in LEFT_OVERS.items():
        if mariadb:
            count = int(mariadb.query(f"USE {server.url.rpartition('/')[2]}; {statement}"))
        else:
            with sqlite3.connect(server.url.removeprefix("sqlite:")) as database:
                count = database.execute(statement).fetchone()[0]
            database.close()
        assert count == 0, f"{count} {what}"


def test_crashes_leave_calendars_whole(proof):
    with proof.server(is_durable=True, always_fine=CRASH_LINES) as server:
        server.need_workers()
        api = server.tenant()
        client, folder = api.user(1), api.calendar_folder()
        invited = [api.user(2).user_id, api.user(3).user_id]
        everybody, known = {client.user_id, *invited}, set()

        def check(planners: list[Planner]) -> int:
            check_tables(server, proof.mariadb)
            return check_plans(client, folder, planners, everybody, known)

        planners = crash_rounds(proof, server, client, ["worker", "group"], proof.rounds(4, 50), range(20, 50),
                                lambda twin, name: Planner(twin, folder, name, invited), check)
        known.clear()
        count, total = check(planners), sum(len(planner.acknowledged) for planner in planners)
        print(f"        {count} events stored, {total} series acknowledged, "
              f"{sum(len(planner.possible_new) for planner in planners)} creations without answer")
        api.close()
