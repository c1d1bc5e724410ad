"""Calendars as iCalendar files: what comes in, what goes out, what survives."""

from support.agenda import cal, created, event, rows, seen, user

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n"
SERIES = HEAD + """BEGIN:VEVENT\r
UID:series@example.test\r
DTSTAMP:20240601T000000Z\r
DTSTART;TZID=W. Europe Standard Time:20240701T090000\r
DTEND;TZID=W. Europe Standard Time:20240701T100000\r
RRULE:FREQ=WEEKLY;COUNT=4\r
EXDATE;TZID=W. Europe Standard Time:20240708T090000\r
RDATE;TZID=W. Europe Standard Time:20240710T090000\r
SUMMARY:Series\r
X-FOO;X-P=1:bar\r
CONFERENCE;VALUE=URI:https://meet.example.test/\r
ORGANIZER:mailto:ann@elsewhere.test\r
ATTENDEE:mailto:bob@elsewhere.test\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
DESCRIPTION:x\r
TRIGGER:-PT10M\r
END:VALARM\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:series@example.test\r
DTSTAMP:20240601T000000Z\r
RECURRENCE-ID;TZID=W. Europe Standard Time:20240715T090000\r
DTSTART;TZID=W. Europe Standard Time:20240716T090000\r
DTEND;TZID=W. Europe Standard Time:20240716T100000\r
SUMMARY:Moved\r
END:VEVENT\r
BEGIN:VTODO\r
UID:todo@example.test\r
SUMMARY:Not here\r
END:VTODO\r
END:VCALENDAR\r
"""


def load(api, folder, text: str, **parameters):
    return api.multipart("import", {}, {"file": ("a.ics", "text/calendar", text.encode())}, action="ICAL", folder=folder, **parameters)


def test_a_series_comes_in_with_its_exceptions(api):
    folder = api.calendar_folder()
    answer = load(api, folder, SERIES)
    assert answer.callback == "callback_import"
    assert len(answer.data) == 1 and answer.data[0]["folder_id"] == str(folder)
    found = seen(api.user(1), folder, "20240701T000000Z", "20240801T000000Z", fields="startDate,summary,attendees,alarms")
    assert [(one["startDate"]["value"], one["summary"]) for one in found] == [
        ("20240701T090000", "Series"), ("20240710T090000", "Series"), ("20240716T090000", "Moved"), ("20240722T090000", "Series")]
    assert found[0]["startDate"]["tzid"] == "Europe/Berlin"
    assert [one.get("entity") for one in found[0]["attendees"]] == [api.user(1).user_id]
    assert found[0]["alarms"][0]["trigger"]["duration"] == "-PT10M"


def test_what_nobody_here_knows_survives(api):
    folder = api.calendar_folder()
    load(api, cal(folder), SERIES).data
    text = api.get("export", action="ICAL", folder=folder).text
    assert "CONFERENCE;VALUE=URI:https://meet.example.test/" in text and "X-FOO;X-P=1:bar" in text
    assert "RRULE:FREQ=WEEKLY;COUNT=4" in text and "EXDATE;TZID=Europe/Berlin:20240708T090000" in text
    assert "RDATE;TZID=Europe/Berlin:20240710T090000" in text and "BEGIN:VTIMEZONE" in text
    assert "VALARM" not in text and "ATTENDEE" not in text and "ORGANIZER" not in text
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n") and text.count("BEGIN:VEVENT") == 2


def test_the_same_file_twice_makes_nothing_twice(api):
    folder = api.calendar_folder()
    load(api, folder, SERIES).data
    load(api, folder, SERIES).json
    assert len(rows(api.user(1), folder, "20240701", "20240801")) == 4
    load(api, folder, SERIES, ignoreUIDs=True).data
    assert len(rows(api.user(1), folder, "20240701", "20240801")) == 8


def test_organizer_and_attendees_leave_with_events_of_several(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(attendees=[user(api.user(2))], description="a, b; c\nd"))
    text = api.put("export", [{"id": made["id"], "folder_id": str(folder)}], action="ICAL").text
    unfolded = text.replace("\r\n ", "")
    assert r"DESCRIPTION:a\, b\; c\nd" in unfolded
    for line in (f'ORGANIZER;CN="User1 Test":mailto:{api.mail("user1")}',
                 f'ATTENDEE;CN="User1 Test";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:{api.mail("user1")}',
                 f'ATTENDEE;CN="User2 Test";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:{api.mail("user2")}'):
        assert f"\r\n{line}\r\n" in unfolded, (line, text)
    refs = [{"id": made["id"], "folder_id": str(folder)}]
    api.put("export", [*refs, {"id": "999999", "folder_id": str(folder)}], action="ICAL").expect_error("CAL-4040")
    api.user(2).put("export", refs, action="ICAL").expect_error("I_E-0100")
    api.user(2).get("export", action="ICAL", folder=folder).expect_error("I_E-0100")


def test_private_events_of_others_stay_at_home(api):
    folder = api.calendar_folder()
    for name, kind in (("open", "PUBLIC"), ("shut", "CONFIDENTIAL"), ("hidden", "PRIVATE")):
        created(api.user(1), folder, event(summary=name, **{"class": kind}))
    rights = [{"entity": api.user(1).user_id, "group": False, "bits": 403710016},
              {"entity": api.user(2).user_id, "group": False, "bits": 1 | 2 << 7}]
    api.put("folders", {"folder": {"permissions": rights}}, action="update", id=folder, tree=0).data
    for client, wanted in ((api.user(1), ["hidden", "open", "shut"]), (api.user(2), ["open"])):
        text = client.get("export", action="ICAL", folder=folder).text
        assert sorted(line.partition(":")[2] for line in text.splitlines() if line.startswith("SUMMARY")) == wanted


def test_odd_files(api):
    folder = api.calendar_folder()
    load(api, folder, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n").expect_error("I_E-1315")
    load(api, folder, "nonsense").expect_error("I_E-1315")
    load(api, api.private_folder(), SERIES).expect_error("I_E-1100")
    load(api, "", SERIES).expect_error("I_E-1313")
    # No end, no uid, a line that is none, a date without VALUE.
    answer = load(api, folder, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240701\nnonsense\nSUMMARY:Day\n")
    assert answer.json["data"][0]["id"]
    found = seen(api.user(1), folder, "20240701T000000Z", "20240702T000000Z")[0]
    assert (found["summary"], found["startDate"], found["endDate"]) == ("Day", {"value": "20240701"}, {"value": "20240702"})


def test_a_folder_of_contacts_is_no_calendar(api):
    answer = api.get("export", action="ICAL", folder=api.private_folder())
    answer.expect_error("I_E-1101")
