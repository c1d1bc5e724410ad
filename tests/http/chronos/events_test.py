"""Single events in chronos: members both ways, times, versions, errors, calendars by their ids."""

from support.agenda import BERLIN, cal, change, create, created, delete, event, get, names, seen, zoned

JULY = ("20240701T000000Z", "20240708T000000Z")


def test_an_event_comes_back_as_it_was_sent(api):
    folder = api.calendar_folder()
    sent = event(location="Room 1", description="a\nb", categories=["x", "y, z"], color="red", url="http://example.test/",
                 status="CONFIRMED", transp="TRANSPARENT", geo={"lat": 51.5, "long": -0.12},
                 alarms=[{"action": "DISPLAY", "trigger": {"duration": "-PT15M", "related": "START"}}],
                 extendedProperties={"X-FOO": {"value": "bar", "parameters": {"X-P": "1"}}})
    made = created(api.user(1), folder, sent)
    found = get(api.user(1), folder, made)
    for member in ("summary", "location", "description", "categories", "color", "url", "status", "transp", "geo",
                   "startDate", "endDate"):
        assert found[member] == sent[member], member
    assert found["extendedProperties"]["X-FOO"]["value"] == "bar"
    alarm = found["alarms"][0]
    assert alarm["trigger"] == {"duration": "-PT15M", "related": "START"} and isinstance(alarm["id"], int) and alarm["uid"]
    assert found["class"] == "PUBLIC" and found["folder"] == cal(folder) and found["uid"]
    assert found["createdBy"]["entity"] == found["modifiedBy"]["entity"] == found["calendarUser"]["entity"] == api.user(1).user_id
    assert {"alarms", "transparent", "event_confirmed", "organizer", "accepted"} <= set(found["flags"]), found["flags"]
    assert "scheduled" not in found["flags"] and "seriesId" not in found


def test_lists_leave_the_heavy_members_out_unless_they_are_asked_for(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(description="long"))
    light = seen(api.user(1), folder, *JULY)[0]
    assert light["summary"] == "Meeting" and "description" not in light and "attendees" not in light
    chosen = seen(api.user(1), folder, *JULY, fields="description,attendees,nonsense")[0]
    assert chosen["description"] == "long" and chosen["attendees"] and "summary" not in chosen
    assert {"id", "folder", "timestamp"} <= set(chosen) and chosen["id"] == made["id"]
    named = api.put("chronos", [names(made), {"folder": cal(folder), "id": "999999"}], action="list").data
    assert [one["id"] for one in named] == [made["id"]]


def test_each_kind_of_time_keeps_its_form(api):
    folder = api.calendar_folder()
    for start, end in ((zoned("20240701T090000"), zoned("20240701T100000")),
                       ({"value": "20240701T070000Z"}, {"value": "20240701T080000Z"}),
                       ({"value": "20240701T090000"}, {"value": "20240701T100000"}),
                       ({"value": "20240701"}, {"value": "20240702"})):
        made = created(api.user(1), folder, event(startDate=start, endDate=end))
        found = get(api.user(1), folder, made)
        assert (found["startDate"], found["endDate"]) == (start, end)
    # Clients send the zone along with a day, and UTC by name.
    made = created(api.user(1), folder, event(startDate={"value": "20240701", "tzid": BERLIN}, endDate={"value": "20240702"}))
    assert made["startDate"] == {"value": "20240701"}
    made = created(api.user(1), folder, event(startDate=zoned("20240701T070000", "UTC"), endDate=zoned("20240701T080000", "UTC")))
    assert made["startDate"] == {"value": "20240701T070000Z"}


def test_only_what_is_sent_changes_and_null_clears(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(location="here", description="what"))
    answer = change(api.user(1), made, {"location": None, "summary": "Other"}, timestamp=made["timestamp"])
    updated = answer.data["updated"][0]
    assert updated["summary"] == "Other" and "location" not in updated and updated["description"] == "what"
    assert answer.timestamp == updated["timestamp"] > made["timestamp"]
    # The bare event of older clients.
    older = api.put("chronos", {"description": ""}, action="update", timestamp=updated["timestamp"], **names(made))
    assert "description" not in older.data["updated"][0]
    change(api.user(1), made, {"summary": "Late"}, timestamp=made["timestamp"]).expect_error("CAL-4120")
    assert get(api.user(1), folder, made)["summary"] == "Other"


def test_updates_never_name_what_others_keep_private(api):
    client, reader, folder = api.user(1), api.user(2), api.calendar_folder()
    shown = client.get("folders", action="get", id=folder)
    permissions = [*shown.data["permissions"], {"bits": 1 | (2 << 7), "entity": reader.user_id, "group": False}]
    client.put("folders", {"folder": {"permissions": permissions}}, action="update", id=folder, timestamp=shown.timestamp).data
    secret = created(client, folder, event(summary="secret", **{"class": "PRIVATE"}))
    known = created(client, folder, event(summary="known"))

    def told(who, since: int) -> tuple[list, list]:
        data = who.get("chronos", action="updates", folder=cal(folder), timestamp=since).data
        rows = who.get("calendar", action="updates", folder=folder, timestamp=since, columns="1", ignore="").data
        removed = [one["id"] for one in data["deleted"]]
        assert sorted(str(row) for row in rows if not isinstance(row, list)) == sorted(removed)
        return [one["id"] for one in data["newAndModified"]], removed

    since = known["timestamp"]
    changed = change(client, secret, {"summary": "still secret"}).data["updated"][0]
    assert told(reader, since) == ([], []) and told(client, since) == ([secret["id"]], [])
    hidden = change(client, known, {"class": "PRIVATE"}).data["updated"][0]
    assert told(reader, since) == ([], [known["id"]]) and told(client, changed["timestamp"]) == ([known["id"]], [])
    delete(client, names(secret)).data
    assert told(reader, since) == ([], [known["id"]]) and told(client, hidden["timestamp"]) == ([], [secret["id"]])


def test_updates_tell_what_came_and_what_went(api):
    folder = api.calendar_folder()
    first = created(api.user(1), folder, event(summary="stays"))
    second = created(api.user(1), folder, event(summary="goes"))
    since = second["timestamp"]
    delete(api.user(1), names(second)).data
    change(api.user(1), first, {"summary": "changed"}).data
    answer = api.get("chronos", action="updates", folder=cal(folder), timestamp=since)
    assert [one["summary"] for one in answer.data["newAndModified"]] == ["changed"]
    assert [(one["id"], one["folder"]) for one in answer.data["deleted"]] == [(second["id"], cal(folder))]
    again = api.get("chronos", action="updates", folder=cal(folder), timestamp=answer.timestamp)
    assert again.data == {"newAndModified": [], "deleted": []}


def test_a_range_holds_what_overlaps_it(api):
    folder = api.calendar_folder()
    created(api.user(1), folder, event())  # 7 to 8 UTC
    for start, end, count in (("20240701T000000Z", "20240701T070000Z", 0), ("20240701T080000Z", "20240702T000000Z", 0),
                              ("20240701T075900Z", "20240701T080000Z", 1), ("20240701T065900Z", "20240701T070001Z", 1)):
        assert len(seen(api.user(1), folder, start, end)) == count, (start, end)
    api.get("chronos", action="all", folder=cal(folder), rangeStart="20240702", rangeEnd="20240701").expect_error("SVL-0010")
    assert api.get("chronos", action="all", folder=cal(folder)).status == 400


def test_several_calendars_at_once_fail_each_alone(api):
    folder = api.calendar_folder()
    created(api.user(1), folder, event())
    data = api.put("chronos", {"folders": [cal(folder), cal(999999), "cal://7/1", "nonsense"]}, action="all",
                   rangeStart=JULY[0], rangeEnd=JULY[1]).data
    assert [len(data[0]["events"]), data[0]["folder"]] == [1, cal(folder)]
    assert "events" not in data[1] and data[1]["error"]["code"]
    assert data[2]["error"]["code"] == "CAL-4044" and data[3]["error"]["code"] == "CAL-4045"


def test_a_deleted_event_is_gone_for_all_and_each_is_told_alone(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event())
    answer = delete(api.user(1), names(made), {"folder": cal(folder), "id": "999999"}).data
    assert [one["id"] for one in answer] == [made["id"], "999999"]
    assert answer[0]["deleted"][0]["id"] == made["id"] and "error" not in answer[0]
    assert answer[1]["error"]["code"] == "CAL-4040"
    api.get("chronos", action="get", **names(made)).expect_error("CAL-4040")
    # A bare list is taken, too.
    other = created(api.user(1), folder, event())
    assert "error" not in api.put("chronos", [names(other)], action="delete", timestamp=2**53).data[0]


def test_wrong_input_has_errors_of_its_own(api):
    folder = api.calendar_folder()
    for members, code in (({"startDate": zoned("20240701T090000", "Mars/Base")}, "CAL-4001"),
                          ({"endDate": {"value": "20240702"}}, "CAL-4229"),
                          ({"endDate": zoned("20240701T080000")}, "CAL-4221"),
                          ({"startDate": {"value": "20240230"}}, "CAL-4006"),
                          ({"startDate": None}, "CAL-4220"),
                          ({"rrule": "FREQ=DAILY;COUNT=0;INTERVAL=0"}, "CAL-4002"),
                          ({"rrule": "FREQ=HOURLY"}, "CAL-4223"),
                          ({"geo": {"lat": 91, "long": 0}}, "CAL-4003"),
                          ({"class": "SECRET"}, "CAL-4006"), ({"transp": "x"}, "CAL-4006"),
                          ({"categories": "x"}, "CAL-4006"), ({"attendees": {}}, "CAL-4006"),
                          ({"alarms": [{"action": "DISPLAY"}]}, "CAL-4005"),
                          ({"alarms": [{"trigger": {"duration": "soon"}}]}, "CAL-4005"),
                          ({"attendees": [{"uri": "mailto:nobody"}]}, "CAL-4034"),
                          ({"attendees": [{"entity": 999999, "cuType": "INDIVIDUAL"}]}, "CAL-4034"),
                          ({"summary": "x" * 1000}, "CAL-5070"), ({"summary": "a\u0007b"}, "CAL-5071"),
                          ({"deleteExceptionDates": ["soon"]}, "CAL-4061"),
                          ({"attachments": [{"uri": "cid:nothing"}]}, "CAL-4006")):
        create(api.user(1), folder, event(**members)).expect_error(code)
    api.put("chronos", [], action="new", folder=cal(folder)).expect_error("SVL-0028")
    assert seen(api.user(1), folder, *JULY) == []


def test_a_uid_stands_once_in_a_calendar(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(uid="one@example.test"))
    create(api.user(1), folder, event(uid="one@example.test")).expect_error("CAL-4090")
    assert api.get("chronos", action="resolve", id="one@example.test").data["id"] == made["id"]
    assert api.get("chronos", action="resolve", id=made["id"]).data["uid"] == "one@example.test"
    assert "data" not in api.get("chronos", action="resolve", id="nothing").json


def test_the_folders_module_knows_calendars_by_both_names(api):
    folder = api.calendar_folder()
    data = api.get("folders", action="allVisible", content_type="event", columns="1,301,300").data
    assert [cal(folder), "event", "Calendar"] == [data["private"][0][0], data["private"][0][1], "Calendar"]
    classic = api.get("folders", action="allVisible", content_type="calendar", columns="1,301").data
    assert [str(folder), "calendar"] in classic["private"]
    assert api.get("folders", action="get", id=cal(folder)).data["id"] == cal(folder)
    assert api.get("folders", action="get", id=cal(folder)).data["module"] == "event"
    assert api.get("folders", action="get", id=folder).data["module"] == "calendar"
    made = api.put("folders", {"folder": {"title": "Trips", "module": "event"}}, action="new", folder_id=1, tree=0).data
    assert made.startswith("cal://0/")
    assert api.put("folders", {"folder": {"title": "Travels"}}, action="update", id=made).data == made
    created(api.user(1), made.rpartition("/")[2], event())
    assert api.put("folders", [made], action="delete").data == []
    api.get("folders", action="get", id=made).expect_error("FLD-0008")
    feed = {"title": "Feed", "module": "event", "com.openexchange.calendar.provider": "ical"}
    api.put("folders", {"folder": feed}, action="new", folder_id=1, tree=0).expect_error("CAL-4004")


def test_accounts_of_other_providers_are_refused(api):
    answer = api.put("chronos/account", {"com.openexchange.calendar.provider": "birthdays", "title": "B"}, action="probe")
    assert answer.data["com.openexchange.calendar.provider"] == "birthdays" and answer.data["title"] == "B"
    for provider in ("google", "schedjoules"):
        api.put("chronos/account", {"com.openexchange.calendar.provider": provider}, action="probe").expect_error("CAL-4228")
