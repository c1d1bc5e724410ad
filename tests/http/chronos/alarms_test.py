"""Reminders of events: what is due, acknowledged, snoozed, replaced."""

from support.calendar import cal, created, event, get, names, user, zoned

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
    answer = api.get("chronos/alarm", action="ack", alarmId=due[0]["alarmId"], **names(made))
    assert answer.code is None
    assert pending(api.user(1)) == [] or pending(api.user(1))[0]["time"] != due[0]["time"]
    api.get("chronos/alarm", action="ack", alarmId=999999, **names(made)).expect_error("CAL-4049")


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
