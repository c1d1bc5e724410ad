"""Reminders of events: what is due, acknowledged, snoozed, replaced."""

from support.agenda import DAY, cal, change, created, event, get, millis, names, user, zoned

QUARTER = {"action": "DISPLAY", "trigger": {"duration": "-PT15M", "related": "START"}}
FAR = {"startDate": zoned("20400702T090000"), "endDate": zoned("20400702T100000")}
UNTIL = "20400703T000000Z"


def pending(client, until: str = UNTIL, **parameters) -> list[dict]:
    return client.get("chronos/alarm", action="pending", rangeEnd=until, **parameters).data


def test_an_alarm_is_due_until_it_is_acknowledged(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(**FAR, alarms=[QUARTER]))
    due = pending(api.user(1))
    assert [(one["eventId"], one["folder"], one["time"], one["action"], one["account"]) for one in due] == [
        (made["id"], cal(folder), "20400702T064500Z", "DISPLAY", 0)]
    assert pending(api.user(1), "20400702T060000Z") == [] and pending(api.user(1), actions="EMAIL") == []
    # Acknowledged before its time it comes all the same.
    api.get("chronos/alarm", action="ack", alarmId=due[0]["alarmId"], **names(made)).data
    assert pending(api.user(1)) == due
    past = {"action": "AUDIO", "trigger": {"dateTime": "20240101T000000Z"}}
    change(api.user(1), made, {"alarms": [past]}).data
    due = pending(api.user(1))
    assert [(one["time"], one["action"]) for one in due] == [("20240101T000000Z", "AUDIO")]
    answer = api.put("chronos/alarm", {}, action="ack", alarmId=due[0]["alarmId"], **names(made)).data
    alarm = answer["updated"][0]["alarms"][0]
    assert (answer["created"], answer["deleted"], str(alarm["id"])) == ([], [], due[0]["alarmId"])
    assert alarm["acknowledged"] == answer["updated"][0]["timestamp"] or alarm["acknowledged"] > made["timestamp"]
    assert pending(api.user(1)) == []
    api.get("chronos/alarm", action="ack", alarmId=999999, **names(made)).expect_error("CAL-4049")


def test_of_a_series_the_next_occurrence_is_due_then(api):
    folder = api.calendar_folder()
    # It runs all the time, and a new occurrence begins each day.
    made = created(api.user(1), folder, event(startDate={"value": "20240701T000000Z"}, endDate={"value": "20240702T000000Z"},
                                              rrule="FREQ=DAILY", alarms=[{**QUARTER, "trigger": {"duration": "-PT0S"}}]))
    first = pending(api.user(1))[0]
    assert first["recurrenceId"] == first["time"] and millis(first["time"]) <= made["timestamp"] < millis(first["time"]) + DAY
    api.get("chronos/alarm", action="ack", alarmId=first["alarmId"], **names(made)).data
    later = pending(api.user(1))
    assert [millis(one["time"]) for one in later] == [millis(first["time"]) + DAY]
    assert later == [{**first, "time": later[0]["time"], "recurrenceId": later[0]["time"]}]


def test_a_snoozed_alarm_comes_again(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(**FAR, alarms=[QUARTER]))
    alarm = pending(api.user(1))[0]["alarmId"]
    # Web clients send PUT.
    answer = api.put("chronos/alarm", {}, action="snooze", alarmId=alarm, snoozeTime=300000, **names(made))
    alarms = answer.data["updated"][0]["alarms"]
    assert len(alarms) == 2 and sum("dateTime" in one["trigger"] for one in alarms) == 1
    snoozed = [one for one in alarms if "dateTime" in one["trigger"]][0]
    assert str(snoozed["id"]) in {one["alarmId"] for one in pending(api.user(1))}
    api.get("chronos/alarm", action="snooze", alarmId=alarm, snoozeTime=0, **names(made)).expect_error("SVL-0010")


def test_alarms_are_of_one_user_alone(api):
    mine, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    made = created(api.user(1), mine, event(**FAR, attendees=[user(api.user(2))], alarms=[QUARTER]))
    assert pending(api.user(2)) == []
    invited = {**made, "folder": cal(his)}
    answer = api.user(2).put("chronos/alarm", [{"action": "DISPLAY", "trigger": {"dateTime": "20400701T000000Z"}}],
                             action="updateAlarms", timestamp=2**53, **names(invited))
    assert answer.code is None
    assert [one["time"] for one in pending(api.user(2))] == ["20400701T000000Z"]
    assert get(api.user(1), mine, made)["alarms"][0]["trigger"]["duration"] == "-PT15M"
    api.user(2).put("chronos/alarm", [{"action": "DISPLAY"}], action="updateAlarms", timestamp=2**53,
                    **names(invited)).expect_error("CAL-4005")
    assert api.user(2).put("chronos/alarm", [], action="updateAlarms", timestamp=2**53, **names(invited)).code is None
    assert pending(api.user(2)) == []


def test_an_event_whose_alarms_changed_moves_with_the_stamp_that_web_clients_send(api):
    folder = api.calendar_folder()
    trips = api.put("folders", {"folder": {"title": "Trips", "module": "event"}}, action="new", folder_id=1, tree=0).data
    made = created(api.user(1), folder, event(**FAR))
    changed = api.put("chronos/alarm", [QUARTER], action="updateAlarms", timestamp=2**53, **names(made)).data["updated"][0]
    assert changed["lastModified"] == changed["timestamp"] > made["timestamp"]
    api.put("chronos", b"", action="move", targetFolder=trips, timestamp=changed["lastModified"], **names(made)).data
    assert [one["folder"] for one in pending(api.user(1))] == [trips]
