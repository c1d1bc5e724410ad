"""Birthdays of contacts as a calendar of everybody who has contacts."""

from support.agenda import millis

BIRTHDAYS = "cal://1/0"
YEAR = {"rangeStart": "20240101T000000Z", "rangeEnd": "20250101T000000Z", "expand": "true"}
PROPERTIES = "com.openexchange.calendar.extendedProperties"


def born(client, folder: str, name: str, day: str, **more) -> str:
    return client.put("contacts", {"folder_id": folder, "display_name": name, "birthday": millis(day), **more},
                      action="new").data["id"]


def shown(client, **parameters) -> list:
    return [(one["summary"], one["startDate"]["value"])
            for one in client.get("chronos", action="all", folder=BIRTHDAYS, **{**YEAR, **parameters}).data]


def test_birthdays_come_every_year_from_all_address_books_that_are_read(api):
    mine = api.private_folder()
    born(api.user(1), mine, "Zoe", "19900301")
    born(api.user(1), mine, "Leap", "19960229")
    assert shown(api.user(1)) == [("Leap (28)", "20240229"), ("Zoe (34)", "20240301")]
    assert shown(api.user(1), rangeStart="20250201T000000Z", rangeEnd="20250301T000000Z") == [("Leap (29)", "20250228")]
    assert shown(api.user(2)) == []
    entries = [{"entity": api.user(1).user_id, "bits": 403710016, "group": False},
               {"entity": api.user(2).user_id, "bits": 257, "group": False}]
    api.put("folders", {"folder": {"permissions": entries}}, action="update", id=mine, tree=0)
    assert len(shown(api.user(2))) == 2
    answer = api.put("chronos", {"folders": [BIRTHDAYS]}, action="all", **YEAR).data
    assert len(answer[0]["events"]) == 2
    one = answer[0]["events"][0]
    found = api.get("chronos", action="get", folder=BIRTHDAYS, id=one["id"], recurrenceId=one["recurrenceId"]).data
    assert found["summary"] == "Leap (28)" and found["folder"] == BIRTHDAYS and found["transp"] == "TRANSPARENT"
    master = api.put("chronos", [{"folder": BIRTHDAYS, "id": one["id"]}], action="list", fields="summary,rrule").data[0]
    assert master["summary"] == "Leap" and master["rrule"].startswith("FREQ=YEARLY") and master["seriesId"] == one["id"]


def test_updates_follow_the_contacts(api):
    folder = api.private_folder()
    stays, goes = (born(api.user(1), folder, name, "19900301") for name in ("Stays", "Goes"))
    since = api.get("chronos", action="all", folder=BIRTHDAYS, **YEAR).timestamp
    changed = {"display_name": "Changed"}
    api.put("contacts", changed, action="update", id=stays, folder=folder, timestamp=2**53)
    api.put("contacts", [{"id": goes, "folder": folder}], action="delete", timestamp=2**53)
    data = api.get("chronos", action="updates", folder=BIRTHDAYS, timestamp=since).data
    assert [one["summary"] for one in data["newAndModified"]] == ["Changed"]
    assert [one["id"] for one in data["deleted"]] == [goes]


def test_the_calendar_is_there_by_itself_and_stays(api):
    folder = api.get("folders", action="get", id=BIRTHDAYS, tree=0).data
    assert (folder["id"], folder["module"], folder["own_rights"], folder["com.openexchange.calendar.provider"]) == (
        BIRTHDAYS, "event", 257, "birthdays")
    assert folder["title"] == "Birthdays" and folder["subscribed"]
    assert folder[PROPERTIES]["scheduleTransp"] == {"value": "TRANSPARENT", "protected": True}
    failed = api.put("folders", [BIRTHDAYS], action="delete", tree=0)
    assert failed.json["data"] == [BIRTHDAYS] and "FLD-0090" in failed.text
    body = {"subscribed": False, PROPERTIES: {"color": {"value": "red"}}}
    assert api.put("folders", {"folder": body}, action="update", id=BIRTHDAYS, tree=0).data == BIRTHDAYS
    rows = api.get("folders", action="allVisible", content_type="event", columns="1,314,3204", tree=0).data["private"]
    row = next(row for row in rows if row[0] == BIRTHDAYS)
    assert row[1] is False and row[2]["color"]["value"] == "red"


def test_nobody_writes_into_it_but_reminders_are_kept(api):
    number = born(api.user(1), api.private_folder(), "Ann", "19900301")
    names = {"folder": BIRTHDAYS, "id": number, "timestamp": 2**53}
    api.put("chronos", {"event": {"summary": "x"}}, action="update", **names).expect_error("CAL-4228")
    api.put("chronos", {"summary": "x"}, action="new", folder=BIRTHDAYS).expect_error("CAL-4228")
    alarms = [{"action": "DISPLAY", "trigger": {"duration": "-P1D"}}]
    updated = api.put("chronos/alarm", alarms, action="updateAlarms", **names).data["updated"][0]
    assert len(updated["alarms"]) == 1
    pending = api.get("chronos/alarm", action="pending", rangeEnd="20991231T000000Z").data
    assert [(one["folder"], one["account"], one["eventId"]) for one in pending] == [(BIRTHDAYS, 1, number)]
    api.put("chronos/alarm", None, action="ack", alarmId=pending[0]["alarmId"], **names)
    again = api.get("chronos/alarm", action="pending", rangeEnd="20991231T000000Z").data
    assert again[0]["time"] >= pending[0]["time"]
    api.get("chronos", action="get", folder=BIRTHDAYS, id=999999).expect_error("CAL-4040")


def test_the_properties_of_own_calendars_are_those_of_each_user(api):
    mine = f"cal://0/{api.calendar_folder()}"
    assert api.get("folders", action="get", id=mine, tree=0).data[PROPERTIES] == {
        "scheduleTransp": {"value": "OPAQUE"}, "usedForSync": {"value": "true"}}
    body = {PROPERTIES: {"color": {"value": "#FF0000"}, "description": {"value": "text"}, "usedForSync": {"value": "false"}}}
    assert api.put("folders", {"folder": body}, action="update", id=mine, tree=0).data == mine
    told = api.get("folders", action="get", id=mine, tree=0).data[PROPERTIES]
    assert (told["color"]["value"], told["description"]["value"], told["usedForSync"]["value"]) == ("#FF0000", "text", "false")
    wrong = {PROPERTIES: {"scheduleTransp": {"value": "BUSY"}}}
    api.put("folders", {"folder": wrong}, action="update", id=mine, tree=0).expect_error("CAL-4004")
    made = api.put("folders", {"folder": {"title": "New", "module": "event", **body}}, action="new", folder_id=1, tree=0).data
    assert api.get("folders", action="get", id=made, tree=0).data[PROPERTIES]["color"]["value"] == "#FF0000"
