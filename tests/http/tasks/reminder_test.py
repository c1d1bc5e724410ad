"""Module reminder: what is due, dismissed and put off."""

from support.agenda import millis
from support.tasks import MONDAY, TASK, change_task, get_task, give_to, new_task, task_folder

HOUR = 3_600_000


def due(client, end, **parameters):
    return client.get("reminder", action="range", end=end, timezone="UTC", **parameters)


def test_a_reminder_is_made_by_the_alarm_of_a_task(api):
    task = new_task(api.user(1), alarm=MONDAY + HOUR, **give_to(api.user(2)))
    answer = due(api.user(1), MONDAY + 12 * HOUR)
    assert answer.timestamp > 0 and len(answer.data) == 1
    reminder = answer.data[0]
    assert (reminder["module"], reminder["target_id"], reminder["user_id"]) == (TASK, int(task), api.user(1).user_id)
    assert (reminder["folder"], reminder["recurrence_position"]) == (int(task_folder(api.user(1))), 0)
    assert reminder["alarm"] == get_task(api.user(1), task, timezone="UTC")["alarm"]
    assert reminder["server_time"] > MONDAY and reminder["last_modified"] > 0
    assert due(api.user(1), reminder["alarm"] - 1).data == []
    assert due(api.user(1), MONDAY + 12 * HOUR, modules="1").data == []
    assert len(due(api.user(1), MONDAY + 12 * HOUR, modules="1,4").data) == 1
    assert due(api.user(2), 2**62).data == []
    due(api.user(1), MONDAY, modules="x").expect_error("SVL-0010")


def test_snoozing_moves_the_alarm_and_dismissing_clears_it(api):
    client = api.user(1)
    task = new_task(client, alarm=MONDAY)
    reminder = due(client, 2**62).data[0]["id"]
    again = client.put("reminder", {"alarm": MONDAY + 5 * HOUR}, action="remindAgain", id=reminder, timezone="UTC")
    assert (again.data["id"], again.data["alarm"]) == (reminder, MONDAY + 5 * HOUR)
    assert get_task(client, task, timezone="UTC")["alarm"] == MONDAY + 5 * HOUR
    client.put("reminder", {}, action="remindAgain", id=reminder).expect_error("REM-0003")
    client.put("reminder", {"alarm": 1}, action="remindAgain", id=999999).expect_error("REM-0009")
    api.user(2).put("reminder", {"alarm": 1}, action="remindAgain", id=reminder).expect_error("REM-0009")
    assert api.user(2).put("reminder", [{"id": reminder}], action="delete").data == [reminder]
    assert client.put("reminder", [{"id": reminder}, {"id": 999999}], action="delete").data == [999999]
    assert "alarm" not in get_task(client, task)
    assert client.put("reminder", {"id": reminder}, action="delete").data == [reminder]
    client.put("reminder", [{}], action="delete").expect_error("REM-0016")


def test_old_clients_poll_for_changes(api):
    client = api.user(1)
    since = due(client, 2**62).timestamp
    task = new_task(client, alarm=MONDAY)
    changed = client.get("reminder", action="updates", timestamp=since)
    assert [reminder["target_id"] for reminder in changed.data] == [int(task)]
    assert client.get("reminder", action="updates", timestamp=changed.timestamp).data == []


def test_reminders_go_with_their_task_and_with_the_part_in_it(api):
    owner, helper = api.user(1), api.user(2)
    task = new_task(owner, alarm=MONDAY, **give_to(helper))
    change_task(helper, task, {"alarm": MONDAY}).data
    assert len(due(helper, 2**62).data) == 1
    change_task(owner, task, {"participants": []}).data
    assert due(helper, 2**62).data == [] and len(due(owner, 2**62).data) == 1
    owner.put("tasks", [{"id": task, "folder": task_folder(owner)}], action="delete", timestamp=2**62).data
    assert due(owner, 2**62).data == []


def pending_times(client) -> list[str]:
    return [one["time"] for one in client.get("chronos/alarm", action="pending", rangeEnd="20420101T000000Z").data]


def test_appointments_are_reminders_by_their_alarms(api):
    client, folder = api.user(1), api.calendar_folder()
    start = millis("20400702T070000Z")
    body = {"folder_id": folder, "title": "Dentist", "start_date": start, "end_date": start + HOUR, "alarm": 15,
            "recurrence_type": 1, "interval": 1, "occurrences": 3}
    made = client.put("calendar", body, action="new", timezone="UTC").data["id"]
    task = new_task(client, alarm=MONDAY)
    both = due(client, start)
    assert [(one["module"], one["target_id"]) for one in both.data] == [(TASK, int(task)), (1, int(made))]
    assert [one["id"] for one in due(client, start, modules="1").data] == [both.data[1]["id"]]
    first = both.data[1]
    shown = client.get("calendar", action="get", id=made, folder=folder, timezone="UTC").data
    assert first == {"id": first["id"], "user_id": client.user_id, "module": 1, "target_id": int(made), "folder": int(folder),
                     "alarm": start - HOUR // 4, "recurrence_position": 1, "last_modified": shown["last_modified"],
                     "server_time": first["server_time"]}
    assert both.timestamp == max(one["last_modified"] for one in both.data)
    assert due(client, first["alarm"] - 1, modules="1").data == [] and due(api.user(2), 2**62).data == []
    api.user(2).put("reminder", {"alarm": start}, action="remindAgain", id=first["id"]).expect_error("REM-0009")
    # What one client puts off, another one sees put off.
    again = client.put("reminder", {"alarm": start + HOUR}, action="remindAgain", id=first["id"], timezone="UTC").data
    assert (again["target_id"], again["alarm"], again["recurrence_position"]) == (int(made), start + HOUR, 1)
    assert pending_times(client) == ["20400702T080000Z", "20400703T064500Z"]
    left = due(client, 2**62, modules="1").data
    assert [(one["id"], one["recurrence_position"]) for one in left] == [(again["id"], 1), (first["id"], 2)]
    # Dismissed, the next occurrence follows until the last one.
    gone = client.put("reminder", [{"id": again["id"]}, {"id": first["id"]}, {"id": 999999}], action="delete")
    assert gone.data == [999999] and pending_times(client) == ["20400704T064500Z"]
    last = due(client, 2**62, modules="1").data
    assert [(one["id"], one["recurrence_position"]) for one in last] == [(first["id"], 3)]
    assert client.put("reminder", {"id": first["id"]}, action="delete").data == [] and pending_times(client) == []
    assert client.put("reminder", {"id": first["id"]}, action="delete").data == [first["id"]]
