"""Whole answers of chronos, member by member: web clients keep them as they are and compare what comes back."""

from support.agenda import (answer_invitation, cal, change, create, created, delete, event, get, names, seen, user, zoned)

JULY = ("20240701T000000Z", "20240801T000000Z")


def person(api, number: int) -> dict:
    """How a user stands in answers."""
    mail = api.mail(f"user{number}")
    return {"entity": api.user(number).user_id, "cn": f"User{number} Test", "email": mail, "uri": f"mailto:{mail}"}


def line(api, number: int, status: str, **members) -> dict:
    return {**person(api, number), "cuType": "INDIVIDUAL", "role": "REQ-PARTICIPANT", "partStat": status,
            "folder": cal(api.calendar_folder(api.user(number))), **members}


def whole(api, made: dict, **members) -> dict:
    """An event of user1 in his calendar, of which `made` tells the numbers and stamps."""
    me = person(api, 1)
    server = {name: made[name] for name in ("id", "uid", "created", "lastModified", "timestamp")}
    return {**event(), **server, "folder": cal(api.calendar_folder()), "calendarUser": me, "createdBy": me, "modifiedBy": me,
            "sequence": 0, "class": "PUBLIC", "transp": "OPAQUE", "attendeePrivileges": "DEFAULT", "organizer": me,
            "attendees": [line(api, 1, "ACCEPTED")], "flags": ["organizer", "attendee", "accepted"], **members}


def light(found: dict, *left_out: str) -> dict:
    """Without what lists leave out."""
    heavy = {"description", "attendees", "alarms", "attachments", "extendedProperties", *left_out}
    return {name: value for name, value in found.items() if name not in heavy}


def test_new_get_all_list_resolve_and_updates_tell_the_same_event(api):
    folder = api.calendar_folder()
    api.user(2)
    before = api.get("chronos", action="updates", folder=cal(folder), timestamp=0).timestamp
    answer = create(api.user(1), folder, event(
        description="long", location="here", attendees=[user(api.user(2), role="OPT-PARTICIPANT", comment="hm")],
        alarms=[{"action": "DISPLAY", "trigger": {"duration": "-PT15M"}}]))
    made = answer.data["created"][0]
    assert answer.json == {"data": {"created": [made], "updated": [], "deleted": []}, "timestamp": made["timestamp"]}
    alarm = made["alarms"][0]
    expected = whole(
        api, made, description="long", location="here", flags=["alarms", "scheduled", "organizer", "attendee", "accepted"],
        attendees=[line(api, 2, "NEEDS-ACTION", role="OPT-PARTICIPANT"), line(api, 1, "ACCEPTED")],
        alarms=[{"id": alarm["id"], "uid": alarm["uid"], "action": "DISPLAY",
                 "trigger": {"duration": "-PT15M", "related": "START"}}])
    assert sorted(made["attendees"], key=lambda one: one["entity"]) == sorted(expected["attendees"],
                                                                              key=lambda one: one["entity"]), made["attendees"]
    expected["attendees"] = made["attendees"]
    assert made == expected
    assert made["created"] == made["lastModified"] == made["timestamp"] > before
    stamp = made["timestamp"]
    assert api.get("chronos", action="get", **names(made)).json == {"data": expected, "timestamp": stamp}
    assert api.get("chronos", action="resolve", id=made["uid"]).json == {"data": expected, "timestamp": stamp}
    span = {"rangeStart": JULY[0], "rangeEnd": JULY[1]}
    for found in (api.get("chronos", action="all", folder=cal(folder), **span), api.get("chronos", action="all", **span),
                  api.put("chronos", [names(made)], action="list")):
        assert found.json == {"data": [light(expected)], "timestamp": stamp}
    told = api.get("chronos", action="updates", folder=cal(folder), timestamp=before)
    assert told.json == {"data": {"newAndModified": [light(expected)], "deleted": []}, "timestamp": stamp}
    # Of the heavy members those that are named, beside what names the event.
    chosen = api.get("chronos", action="get", fields="alarms,summary", **names(made)).data
    assert chosen == {name: expected[name] for name in ("id", "folder", "timestamp", "alarms", "summary")}


def test_the_same_event_through_the_eyes_of_who_is_invited(api):
    folder, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    made = created(api.user(1), folder, event(attendees=[user(api.user(2))],
                                              alarms=[{"action": "DISPLAY", "trigger": {"duration": "-PT15M"}}]))
    found = api.user(2).get("chronos", action="get", id=made["id"], folder=cal(his)).data
    theirs = {name: value for name, value in made.items() if name != "alarms"}
    assert found == {**theirs, "folder": cal(his), "flags": ["scheduled", "attendee", "needs_action"]}
    answer = answer_invitation(api.user(2), made, "DECLINED", his).json
    changed = answer["data"]["updated"][0]
    stamp = changed["timestamp"]
    assert answer == {"data": {"created": [], "updated": [changed], "deleted": []}, "timestamp": stamp} and stamp > made["timestamp"]
    lines = [{**one, "partStat": "DECLINED"} if one["entity"] == api.user(2).user_id else one for one in made["attendees"]]
    assert changed == {**found, "attendees": lines, "flags": ["scheduled", "attendee", "declined"], "timestamp": stamp,
                       "lastModified": stamp, "modifiedBy": person(api, 2)}
    # It is no change of what the event says.
    assert get(api.user(1), folder, made) == {**made, "attendees": lines, "timestamp": stamp, "lastModified": stamp,
                                              "modifiedBy": person(api, 2)}


def test_what_an_exception_leaves_of_its_series(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(rrule="FREQ=WEEKLY;BYDAY=MO", attendees=[]))
    series = whole(api, made, rrule="FREQ=WEEKLY;BYDAY=MO", seriesId=made["id"],
                   flags=["organizer", "attendee", "accepted", "series"])
    assert made == series
    # Occurrences carry no rule: who wants it asks for the series.
    without_rule = {name: value for name, value in series.items() if name != "rrule"}
    second = get(api.user(1), folder, made, "20240708T070000Z")
    assert second == {**without_rule, "recurrenceId": "20240708T070000Z", "startDate": zoned("20240708T090000"),
                      "endDate": zoned("20240708T100000")}
    first = seen(api.user(1), folder, *JULY)[0]
    assert first == {**light(without_rule), "recurrenceId": "20240701T070000Z", "flags": [*series["flags"], "first_occurrence"]}
    answer = change(api.user(1), made, {"summary": "Other"}, "20240708T070000Z").json
    (exception,), (master,) = answer["data"]["created"], answer["data"]["updated"]
    stamp = master["timestamp"]
    assert answer["timestamp"] == stamp == exception["timestamp"] and answer["data"]["deleted"] == []
    assert master == {**series, "changeExceptionDates": ["20240708T070000Z"], "timestamp": stamp, "lastModified": stamp}
    assert exception == {**without_rule, "id": exception["id"], "recurrenceId": "20240708T070000Z", "summary": "Other",
                         "startDate": zoned("20240708T090000"), "endDate": zoned("20240708T100000"), "created": stamp,
                         "lastModified": stamp, "timestamp": stamp, "sequence": 1,
                         "flags": ["organizer", "attendee", "accepted", "overridden"]}
    assert exception["id"] != made["id"]
    # One occurrence deleted: the series, with the date.
    gone = delete(api.user(1), names(made, "20240715T070000Z")).json
    (left,) = gone["data"][0]["updated"]
    assert gone == {"data": [{"folderId": cal(folder), "id": made["id"], "recurrenceId": "20240715T070000Z", "created": [],
                              "updated": [left], "deleted": []}], "timestamp": left["timestamp"]}
    assert left == {**master, "deleteExceptionDates": ["20240715T070000Z"], "timestamp": left["timestamp"],
                    "lastModified": left["timestamp"], "sequence": 1}
    # With the range of the screen the answers name occurrences instead.
    shown = change(api.user(1), made, {"location": "here"}, expand=True, rangeStart=JULY[0], rangeEnd=JULY[1]).data
    assert sorted((one["id"] == made["id"], one["recurrenceId"]) for one in shown["updated"]) == [
        (False, "20240708T070000Z"), *((True, f"202407{day}T070000Z") for day in ("01", "22", "29"))]
    assert {one["location"] for one in shown["updated"]} == {"here"}
    # From one occurrence on, as each element of a list may say.
    later = {**names(made, "20240722T070000Z"), "recurrenceRange": "THISANDFUTURE"}
    answer = delete(api.user(1), later, names(exception)).data
    assert ["error" in one for one in answer] == [False, False]
    assert [one["recurrenceId"] for one in seen(api.user(1), folder, *JULY)] == ["20240701T070000Z"]


def test_deleted_events_and_what_is_said_of_them(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event())
    answer = delete(api.user(1), names(made), {"folder": cal(folder), "id": "999999"}).json
    stamp, error = answer["timestamp"], answer["data"][1]["error"]
    assert stamp > made["timestamp"]
    assert answer["data"] == [
        {"folderId": cal(folder), "id": made["id"], "created": [], "updated": [],
         "deleted": [{"id": made["id"], "folder": cal(folder), "timestamp": stamp}]},
        {"folderId": cal(folder), "id": "999999", "error": error}]
    assert error == {"error": "The event 999999 was not found.", "error_params": error["error_params"], "code": "CAL-4040",
                     "categories": "USER_INPUT", "category": 1, "error_id": error["error_id"],
                     "error_desc": "The event 999999 was not found."}
    told = api.get("chronos", action="updates", folder=cal(folder), timestamp=made["timestamp"]).json
    assert told == {"data": {"newAndModified": [], "deleted": [{"id": made["id"], "folder": cal(folder)}]}, "timestamp": stamp}


def test_an_event_that_moves_is_told_in_both_calendars(api):
    folder = api.calendar_folder()
    trips = api.put("folders", {"folder": {"title": "Trips", "module": "event"}}, action="new", folder_id=1, tree=0).data
    made = created(api.user(1), folder, event())
    answer = api.put("chronos", b"", action="move", targetFolder=trips, timestamp=made["lastModified"], **names(made)).json
    (moved,) = answer["data"]["created"]
    stamp = answer["timestamp"]
    assert answer["data"] == {"created": [moved], "updated": [],
                              "deleted": [{"id": made["id"], "folder": cal(folder), "timestamp": stamp}]}
    lines = [{**made["attendees"][0], "folder": trips}]
    assert moved == {**made, "folder": trips, "attendees": lines, "timestamp": stamp, "lastModified": stamp,
                     "sequence": moved["sequence"]}
    left = api.get("chronos", action="updates", folder=cal(folder), timestamp=made["timestamp"]).data
    assert left == {"newAndModified": [], "deleted": [{"id": made["id"], "folder": cal(folder)}]}
    came = api.get("chronos", action="updates", folder=trips, timestamp=made["timestamp"]).data
    assert came == {"newAndModified": [light(moved)], "deleted": []}
