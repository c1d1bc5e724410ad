"""One weekly series as people live with it, over HTTP alone: a colleague, a group and a room are invited; the colleague accepts
one occurrence and declines another; one is moved, and the series is cut in two. Every view must tell the same."""

from support.agenda import (add_group, add_room, answer_invitation, cal, change, create, created, event, get, get_appointment,
                              millis, names, part_stats, rows, seen, user, zoned)

SUMMER = ("20300701T000000Z", "20300901T000000Z")
MONTHS = (("20300701", "20300801"), ("20300801", "20300901"))
#: Original starts of the six occurrences, and when they take place in the end.
ORIGINAL = [f"2030{day}T070000Z" for day in ("0701", "0708", "0715", "0722", "0729", "0805")]
ACCEPTED, DECLINED, MOVED, CUT = ORIGINAL[1], ORIGINAL[2], ORIGINAL[3], ORIGINAL[4]
HELD = [*ORIGINAL[:3], "20300723T120000Z", *ORIGINAL[4:]]
HOUR = 3_600_000


class Team:
    """Three users with their calendars, a group of the third one, and a room."""

    def __init__(self, api):
        self.api = api
        self.people = [api.user(number) for number in (1, 2, 3)]
        self.folders = [api.calendar_folder(client) for client in self.people]
        self.group = {"entity": add_group(api, "team", "user3"), "cuType": "GROUP"}
        self.room = {"entity": add_room(api), "cuType": "RESOURCE"}

    def series(self) -> dict:
        """What user1 makes of it. The later part keeps the id."""
        (first, second, _), (mine, his, _) = self.people, self.folders
        made = created(first, mine, event(
            startDate=zoned("20300701T090000"), endDate=zoned("20300701T100000"), rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=6",
            attendees=[user(second), self.group, self.room]))
        assert part_stats(made) == {first.user_id: "ACCEPTED", second.user_id: "NEEDS-ACTION",
                                    self.people[2].user_id: "NEEDS-ACTION", self.group["entity"]: None,
                                    self.room["entity"]: "ACCEPTED"}
        assert answer_invitation(second, made, "ACCEPTED", his, ACCEPTED).code is None
        assert answer_invitation(second, made, "DECLINED", his, DECLINED).code is None
        change(first, made, {"startDate": zoned("20300723T140000"), "endDate": zoned("20300723T150000")}, MOVED).data
        answer = change(first, made, {"location": "elsewhere"}, CUT, recurrenceRange="THISANDFUTURE").data
        assert [one["id"] for one in answer["updated"]] == [made["id"]]
        return made


def minute(one: dict, member: str = "startDate") -> int:
    """All of it is in Berlin's summer."""
    assert one[member]["tzid"] == "Europe/Berlin"
    return millis(one[member]["value"] + "Z") - 2 * HOUR


def all_views_agree(team: Team) -> None:
    expected = [millis(at) for at in HELD]
    for client, folder in zip(team.people, team.folders):
        modern = seen(client, folder, *SUMMER, fields="startDate,endDate,location,recurrenceId,summary")
        assert [minute(one) for one in modern] == expected, client.user_id
        assert [minute(one, "endDate") - minute(one) for one in modern] == [HOUR] * 6
        assert [one["recurrenceId"] for one in modern] == ORIGINAL
        assert [one.get("location") for one in modern] == [None] * 4 + ["elsewhere"] * 2
        classic = rows(client, folder, "20300701", "20300901", "1,201,202,400,208")
        assert classic == [[one["id"], minute(one), minute(one, "endDate"), one.get("location"), millis(one["recurrenceId"][:8])]
                           for one in modern]
        # Month after month, and all calendars at once.
        by_month = [one for start, end in MONTHS for one in seen(client, folder, start, end, fields="startDate")]
        assert [minute(one) for one in by_month] == expected
        assert [row[0] for start, end in MONTHS for row in rows(client, folder, start, end, "201")] == expected
        assert [row[0] for row in rows(client, 0, "20300701", "20300901", "201")] == expected


def each_sees_his_own_answers(team: Team) -> None:
    answers = [[one["flags"] for one in seen(client, folder, *SUMMER, fields="flags")]
               for client, folder in zip(team.people, team.folders)]
    status = [[next(flag for flag in flags if flag in ("accepted", "declined", "needs_action")) for flags in each]
              for each in answers]
    asked = ["needs_action"] * 6
    assert status == [["accepted"] * 6, ["needs_action", "accepted", "declined", *asked[3:]], asked]
    assert all(("organizer" in flags) == (each is answers[0]) and "scheduled" in flags for each in answers for flags in each)
    assert [[("overridden" in flags) for flags in each] for each in answers] == [[False, True, True, True, False, False]] * 3


def busy_times_agree(team: Team) -> None:
    expected = [millis(at) for at in HELD]
    span = {"from": SUMMER[0], "until": SUMMER[1]}
    asked = {"attendees": [*(user(client) for client in team.people), team.room]}
    data = team.people[0].put("chronos", asked, action="freeBusy", **span).data
    times = [[(one["startTime"], one["endTime"], one["fbType"]) for one in each["freeBusyTime"]] for each in data]
    all_of_them = [(at, at + HOUR, "BUSY") for at in expected]
    without = [slot for slot in all_of_them if slot[0] != millis(DECLINED)]
    assert times == [all_of_them, without, all_of_them, all_of_them]
    classic = {"action": "freebusy", "start": millis("20300701"), "end": millis("20300901"), "timezone": "UTC"}
    for number, kind, slots in ((team.people[1].user_id, 1, without), (team.room["entity"], 3, all_of_them)):
        found = team.people[0].get("calendar", id=number, type=kind, **classic).data
        assert [(one["start_date"], one["end_date"]) for one in found] == [slot[:2] for slot in slots]
    # The room is free where the moved occurrence was, and taken where it is now.
    other = team.people[2], team.folders[2]
    taken = create(*other, event(startDate=zoned("20300723T143000"), endDate=zoned("20300723T144500"), attendees=[team.room]))
    assert [one["hard_conflict"] for one in taken.data["conflicts"]] == [True]
    free = created(*other, event(startDate=zoned("20300722T090000"), endDate=zoned("20300722T100000"), attendees=[team.room]))
    team.people[2].put("chronos", {"events": [names(free)]}, action="delete", timestamp=2**53).data


def exports_agree(team: Team) -> None:
    """As text, and as what another calendar makes of it."""
    api, (mine, *_) = team.api, team.folders
    text = api.get("export", action="ICAL", folder=mine).text.replace("\r\n ", "")
    parts = [part.split("END:VEVENT")[0].split("\r\n") for part in text.split("BEGIN:VEVENT\r\n")[1:]]
    rules = sorted(line for part in parts for line in part if line.startswith("RRULE:"))
    assert rules == ["RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=MO", "RRULE:FREQ=WEEKLY;UNTIL=20300729T065959Z;BYDAY=MO"]
    exceptions = {next(line for line in part if line.startswith("RECURRENCE-ID")): part for part in parts
                  if any(line.startswith("RECURRENCE-ID") for line in part)}
    assert sorted(exceptions) == [f"RECURRENCE-ID;TZID=Europe/Berlin:203007{day}T090000" for day in ("08", "15", "22")]
    assert "DTSTART;TZID=Europe/Berlin:20300723T140000" in exceptions["RECURRENCE-ID;TZID=Europe/Berlin:20300722T090000"]
    stats = [next(line.split("PARTSTAT=")[1].split(";")[0].split(":")[0] for line in exceptions[key]
                  if line.startswith("ATTENDEE") and "User2" in line) for key in sorted(exceptions)]
    assert stats == ["ACCEPTED", "DECLINED", "NEEDS-ACTION"]
    assert len(parts) == 5 and text.count("BEGIN:VTIMEZONE") == 1
    trips = api.put("folders", {"folder": {"title": "Trips", "module": "event"}}, action="new", folder_id=1, tree=0).data
    copied = api.multipart("import", {}, {"file": ("a.ics", "text/calendar", text.encode())}, action="ICAL", folder=trips,
                           ignoreUIDs=True).data
    assert all("error" not in one for one in copied), copied
    again = seen(team.people[0], trips.rpartition("/")[2], *SUMMER)
    assert [minute(one) for one in again] == [millis(at) for at in HELD]
    api.put("folders", [trips], action="delete", hardDelete=True).data


def test_a_weekly_series_of_a_team_is_the_same_in_every_view(api):
    team = Team(api)
    made = team.series()
    all_views_agree(team)
    each_sees_his_own_answers(team)
    busy_times_agree(team)
    exports_agree(team)
    # Whoever is asked hears of each part once, and of the occurrence that was moved.
    waiting = team.people[1].get("chronos", action="needsAction", rangeStart=SUMMER[0], rangeEnd=SUMMER[1]).data
    assert sorted((one.get("recurrenceId", ""), one["id"] == made["id"]) for one in waiting) == [
        ("", False), ("", True), (MOVED, False)]
    # The classic module knows both parts by their masters, and the exceptions as exceptions of the earlier one.
    masters = rows(team.people[1], team.folders[1], "20300701", "20300901", "1,206,209", recurrence_master=True)
    series = {row[0] for row in masters if row[2] == 2}
    assert made["id"] in series and len(series) == 2
    (earlier,) = series - {made["id"]}
    whole = get_appointment(team.people[1], team.folders[1], earlier)
    assert whole["change_exceptions"] == [millis(at[:8]) for at in (ACCEPTED, DECLINED, MOVED)]
    assert get(team.people[1], team.folders[1], {"id": earlier, "folder": cal(team.folders[1])})["relatedTo"] == get(
        team.people[0], team.folders[0], made)["relatedTo"]
    # Cancelled, it is gone for everybody.
    for number in series:
        team.people[0].put("chronos", {"events": [{"folder": cal(team.folders[0]), "id": number}]}, action="delete",
                           timestamp=2**53).data
    for client, folder in zip(team.people, team.folders):
        assert seen(client, folder, *SUMMER) == [] and rows(client, folder, "20300701", "20300901") == []
