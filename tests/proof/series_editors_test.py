"""Several people change and answer one series at the same time: no acknowledged word is lost, and who follows `updates` sees
what a fresh list shows.

The organizer renames the series, hides it from a reader by its class, changes, moves and deletes dates and splits it;
attendees answer all of it or single dates, set reminders and delete dates for themselves.
"""

import datetime
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from pollers_test import another, run_threads  # noqa: E402
from support.agenda import answer_invitation, cal, change, created, delete, event, get, names, part_stats, user  # noqa: E402
from support.agenda import zoned  # noqa: E402

FIRST = datetime.datetime(2032, 3, 1, 9)
WEEKS = 40
SPAN = {"rangeStart": "20320101T000000Z", "rangeEnd": "20340101T000000Z"}
#: Everything that a client keeps of an event.
FIELDS = ("folder,id,seriesId,recurrenceId,timestamp,sequence,startDate,endDate,summary,class,rrule,deleteExceptionDates,"
          "changeExceptionDates,attendees,alarms,flags,modifiedBy")
COLUMNS = "1,20,6,200,201,202,207,208,209,210,215,220,221,222"
ATTENDEES = (2, 3, 4, 5)
READER = 6
#: A date that somebody else deleted or split off, or a split where nothing is left to split.
LATE_CODES = {"CAL-4040", "CAL-4041", "CAL-4042", "CAL-4063"}


def local(week: int, hour: int = 9) -> str:
    return (FIRST + datetime.timedelta(weeks=week)).replace(hour=hour).strftime("%Y%m%dT%H%M%S")


def recurrence_id(week: int) -> str:
    """Of the date as clients name it: in UTC."""
    day = FIRST + datetime.timedelta(weeks=week)
    # Berlin's summer of 2032 lasts from 28 March to 31 October.
    is_summer = datetime.datetime(2032, 3, 28) < day < datetime.datetime(2032, 10, 31)
    return (day - datetime.timedelta(hours=2 if is_summer else 1)).strftime("%Y%m%dT%H%M%SZ")


class Editor:
    """One person with a connection of his own. `said` is his last acknowledged word on the whole series."""

    def __init__(self, api, number: int, series: dict):
        self.user = api.user(number)
        self.client = another(self.user)
        self.folder = api.calendar_folder(self.user)
        self.series = {**series, "folder": cal(self.folder)}
        self.random, self.done, self.late, self.said = random.Random(number), 0, 0, None

    def date(self) -> str:
        return recurrence_id(self.random.randrange(WEEKS))

    def count(self, answer) -> bool:
        """Whether it was done; nothing but a date that is gone may refuse it."""
        assert answer.code is None or answer.code in LATE_CODES, answer.text
        self.done += answer.code is None
        self.late += answer.code is not None
        return answer.code is None

    def remove(self, named: dict) -> None:
        outcome = delete(self.client, named).data[0]
        code = outcome.get("error", {}).get("code")
        assert code is None or code in LATE_CODES, outcome
        self.done += 1


class Organizer(Editor):
    """`short` is an event that every poller has seen before, and that goes away while they follow."""

    start, splits = 0, 0  # in weeks: where the series begins now

    def __init__(self, api, number: int, series: dict, short: dict):
        super().__init__(api, number, series)
        self.short = {**short, "folder": cal(self.folder)}

    def step(self) -> None:
        if not self.done:
            self.remove(names(self.short))
        kind = self.random.choice(("rename", "rename", "class", "date", "date", "move", "delete", "split"))
        word = f"{kind} {self.done}"
        if kind == "rename":
            if self.count(change(self.client, self.series, {"summary": word})):
                self.said = word
        elif kind == "class":
            value = self.random.choice(("PUBLIC", "CONFIDENTIAL", "PRIVATE"))
            self.count(change(self.client, self.series, {"class": value}))
        elif kind == "date":
            self.count(change(self.client, self.series, {"location": word}, self.date()))
        elif kind == "move":
            week, hour = self.random.randrange(WEEKS), self.random.randrange(10, 20)
            times = {"startDate": zoned(local(week, hour)), "endDate": zoned(local(week, hour + 1))}
            self.count(change(self.client, self.series, times, recurrence_id(week)))
        elif kind == "delete":
            # Every third week at most, so that the series lasts.
            self.remove(names(self.series, recurrence_id(self.random.randrange(0, WEEKS, 3))))
        elif self.splits < 4:
            week = self.start + 4
            answer = change(self.client, self.series, {"summary": word}, recurrence_id(week),
                            recurrenceRange="THISANDFUTURE")
            if self.count(answer):
                self.start, self.said = week, word
            self.splits += 1


class Attendee(Editor):
    def step(self) -> None:
        kind = self.random.choice(("series", "series", "date", "date", "alarm", "delete"))
        status = self.random.choice(("ACCEPTED", "TENTATIVE", "DECLINED"))
        if kind == "series":
            if self.count(answer_invitation(self.client, self.series, status, self.folder)):
                self.said = status
        elif kind == "date":
            self.count(answer_invitation(self.client, self.series, status, self.folder, self.date()))
        elif kind == "alarm":
            minutes = self.random.randrange(1, 60)
            alarm = {"action": "DISPLAY", "trigger": {"duration": f"-PT{minutes}M"}}
            self.count(self.client.put("chronos/alarm", [alarm], action="updateAlarms", timestamp=2**53, **names(self.series)))
        else:
            self.remove(names(self.series, recurrence_id(self.random.randrange(1, WEEKS, 3))))


class Poller:
    """A copy of a calendar that is kept by `updates` alone. Which face: a subclass."""

    def __init__(self, api, number: int, folder: str):
        self.client, self.folder = another(api.user(number)), folder
        self.name = f"{type(self).__name__} of user{number} in folder {folder}"
        self.copy: dict[str, str] = {}
        self.timestamp = self.polls = self.changes = self.removals = 0
        self.wrong: list[str] = []

    def poll(self) -> None:
        answer = self.ask()
        changed, removed = self.told(answer)
        if both := changed.keys() & removed:
            self.wrong.append(f"{both} changed and gone in one answer")
        for one in removed:
            self.removals += self.copy.pop(one, None) is not None
        self.copy |= changed
        self.changes += len(changed)
        if answer.timestamp < self.timestamp:
            self.wrong.append(f"timestamp went back from {self.timestamp} to {answer.timestamp}")
        self.timestamp = answer.timestamp
        self.polls += 1

    def differences(self) -> list[str]:
        self.poll()
        server, found = self.fresh(), list(self.wrong)
        for one in sorted(server.keys() | self.copy.keys()):
            if server.get(one) != self.copy.get(one):
                found.append(f"{self.name}, event {one}:\n  server {server.get(one)}\n  copy   {self.copy.get(one)}")
        return found


class ChronosPoller(Poller):
    def ask(self):
        return self.client.get("chronos", action="updates", folder=cal(self.folder), timestamp=self.timestamp, fields=FIELDS)

    @staticmethod
    def by_id(events: list) -> dict:
        return {one["id"]: json.dumps(one, sort_keys=True) for one in events}

    def told(self, answer):
        return self.by_id(answer.data["newAndModified"]), {one["id"] for one in answer.data["deleted"]}

    def fresh(self) -> dict:
        return self.by_id(self.client.get("chronos", action="all", folder=cal(self.folder), fields=FIELDS, **SPAN).data)


class CalendarPoller(Poller):
    def ask(self):
        return self.client.get("calendar", action="updates", folder=self.folder, timestamp=self.timestamp, columns=COLUMNS,
                               timezone="UTC", ignore="false")

    def told(self, answer):
        rows = [one for one in answer.data if isinstance(one, list)]
        return {row[0]: json.dumps(row) for row in rows}, {one for one in answer.data if not isinstance(one, list)}

    def fresh(self) -> dict:
        """Whole rows by `list`: `all` shows series at their first date in the range, not at their start."""
        place = {"folder": self.folder, "timezone": "UTC"}
        ids = self.client.get("calendar", action="all", columns="1", start=1956528000000, end=2019686400000, showPrivate=True,
                              recurrence_master=True, **place).data
        asked = [{"id": row[0], "folder": self.folder} for row in ids]
        rows = self.client.put("calendar", asked, action="list", columns=COLUMNS, timezone="UTC").data
        return {row[0]: json.dumps(row) for row in rows}


def share(api, folder: str) -> None:
    """Lets the reader in."""
    stored = api.get("folders", action="get", id=folder)
    entry = {"entity": api.user(READER).user_id, "group": False, "bits": 257}
    api.put("folders", {"folder": {"permissions": [*stored.data["permissions"], entry]}}, action="update", id=folder,
            timestamp=stored.timestamp).data


def check_words(organizer: Organizer, attendees: list[Attendee]) -> None:
    stored = get(organizer.client, organizer.folder, organizer.series)
    assert stored["summary"] == organizer.said, f"{stored['summary']}, not {organizer.said}"
    found = part_stats(stored)
    for attendee in attendees:
        if attendee.said:
            assert found[attendee.user.user_id] == attendee.said, f"{attendee.folder}: {found}, not {attendee.said}"


def test_who_edits_a_series_with_others_loses_no_word_and_followers_converge(proof):
    with proof.server() as server:
        api = server.tenant()
        folder = api.calendar_folder()
        share(api, folder)
        attendees = [user(api.user(number)) for number in ATTENDEES]
        series = created(api.user(1), folder, event(
            startDate=zoned(local(0)), endDate=zoned(local(0, 10)), rrule=f"FREQ=WEEKLY;COUNT={WEEKS}", attendees=attendees))
        short = created(api.user(1), folder, event(
            startDate=zoned(local(-1)), endDate=zoned(local(-1, 10)), attendees=attendees))
        organizer = Organizer(api, 1, series, short)
        attendees = [Attendee(api, number, series) for number in ATTENDEES]
        editors = [organizer, *attendees]
        places = [(1, folder), (2, attendees[0].folder), (3, attendees[1].folder), (READER, folder)]
        pollers = [kind(api, *place) for place in places for kind in (ChronosPoller, CalendarPoller)]
        for poller in pollers:
            poller.poll()
        run_threads([editor.step for editor in editors] + [poller.poll for poller in pollers],
                    proof.wanted_rounds or (60 if proof.is_long else 5))
        print(f"        {sum(editor.done for editor in editors)} changes, {sum(editor.late for editor in editors)} came late, "
              f"{sum(poller.polls for poller in pollers)} polls, {sum(poller.changes for poller in pollers)} changes seen, "
              f"{sum(poller.removals for poller in pollers)} removals")
        try:
            check_words(organizer, attendees)
            found = [difference for poller in pollers for difference in poller.differences()]
            assert not found, f"{len(found)} differences:\n" + "\n".join(found[:6])
            assert all(poller.copy for poller in pollers[:-2]), "nothing is left to compare"
            assert all(poller.removals for poller in pollers), "a poller saw no removal"
        finally:
            for one in (*editors, *pollers):
                one.client.close()
        api.close()
