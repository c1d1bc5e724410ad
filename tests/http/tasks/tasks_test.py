"""Module tasks: all nine operations, as clients send them."""

from support.tasks import DAY, LATE, MONDAY, change_task, get_task, give_to, new_task, new_task_folder, task_folder

NINE = MONDAY + 9 * 3_600_000


def test_a_task_comes_back_as_it_was_sent(api):
    folder = task_folder(api.user(1))
    sent = {"title": "Umzug", "note": "a\nb", "categories": "x,y", "status": 2, "percent_completed": 50, "priority": 3,
            "actual_costs": 12.5, "target_costs": "99.99", "actual_duration": "90", "target_duration": "120",
            "currency": "EUR", "billing_information": "b", "trip_meter": "5 km", "companies": "A & B", "color_label": 4,
            "start_time": NINE, "end_time": NINE + 3_600_000, "full_time": False, "alarm": NINE, "after_complete": 1,
            "notification": True}
    made = api.put("tasks", {"folder_id": folder, **sent}, action="new", timezone="Europe/Berlin")
    assert list(made.data) == ["id"] and isinstance(made.data["id"], str) and made.timestamp > 0
    task = get_task(api.user(1), made.data["id"], timezone="Europe/Berlin")
    wanted = {**sent, "target_costs": 99.99, "id": made.data["id"], "folder_id": folder, "start_date": MONDAY,
              "end_date": MONDAY, "created_by": api.user(1).user_id, "recurrence_type": 0, "private_flag": False}
    wanted.pop("after_complete")
    wanted.pop("notification")
    assert {name: task[name] for name in wanted} == wanted
    assert "after_complete" not in task and "notification" not in task
    # Berlin is two hours ahead then.
    assert get_task(api.user(1), made.data["id"], timezone="UTC")["start_time"] == NINE - 2 * 3_600_000


def test_lists_have_rows_in_the_order_asked_for(api):
    folder = task_folder(api.user(1))
    late = new_task(api.user(1), title="late", end_date=MONDAY + DAY)
    early = new_task(api.user(1), title="early", end_date=MONDAY, **give_to(api.user(2)))
    never = new_task(api.user(1), title="never")
    rows = api.get("tasks", action="all", folder=folder, columns="1,200,202,99999", sort=202, order="asc")
    assert rows.data == [[early, "early", MONDAY, None], [late, "late", MONDAY + DAY, None], [never, "never", None, None]]
    assert rows.timestamp == get_task(api.user(1), never)["last_modified_utc"]
    listed = api.put("tasks", [{"id": never, "folder": folder}, {"id": "999999", "folder": folder},
                               {"id": int(early), "folder_id": int(folder)}], action="list", columns="1,220,221")
    people = [{"id": api.user(2).user_id, "type": 1}]
    assert listed.data[0] == [never, None, None]
    assert listed.data[1][:2] == [early, people]
    assert listed.data[1][2][0]["id"] == api.user(2).user_id and listed.data[1][2][0]["confirm"] == 0
    assert api.put("tasks", {"x": 1}, action="list", columns="1").code == "SVL-0002"
    api.get("tasks", action="all", folder="abc", columns="1").expect_error("TSK-0006")
    api.get("tasks", action="all", folder=6, columns="1").expect_error("TSK-0006")
    api.get("tasks", action="get", id="abc", folder=folder).expect_error("TSK-0019")


def test_updates_tell_deleted_ids_only_when_asked_for(api):
    folder = task_folder(api.user(1))
    gone, kept = new_task(api.user(1)), new_task(api.user(1))
    since = api.get("tasks", action="all", folder=folder, columns="1").timestamp
    change_task(api.user(1), kept, {"note": "n"}).data
    assert api.put("tasks", [{"id": gone, "folder": folder}], action="delete", timestamp=since).data == []
    asked = {"action": "updates", "folder": folder, "columns": "1,203", "timestamp": since}
    assert api.get("tasks", **asked).data == [[kept, "n"]]
    assert api.get("tasks", ignore="deleted", **asked).data == [[kept, "n"]]
    told = api.get("tasks", ignore="false", **asked)
    assert told.data == [[kept, "n"], gone]
    assert api.get("tasks", **{**asked, "timestamp": told.timestamp}, ignore="false").data == []


def test_conflicts_and_deletions_that_were_left(api):
    folder = task_folder(api.user(1))
    task, other = new_task(api.user(1)), new_task(api.user(1))
    read = get_task(api.user(1), task)["last_modified_utc"]
    answer = change_task(api.user(1), task, {"note": "1"}, timestamp=read)
    assert answer.data["id"] == task and answer.timestamp > read
    change_task(api.user(1), task, {"note": "2"}, timestamp=read).expect_error("TSK-0007")
    refs = [{"id": task, "folder": folder}, {"id": other, "folder": folder}, {"id": "999999", "folder": folder}]
    assert api.put("tasks", refs, action="delete", timestamp=answer.timestamp - 1).data == [task, "999999"]
    assert api.put("tasks", refs[0], action="delete", timestamp=LATE).data == []
    api.get("tasks", action="get", id=task, folder=folder).expect_error("TSK-0019")


def test_confirming_needs_no_timestamp(api):
    owner, helper, third = api.user(1), api.user(2), api.user(3)
    task = new_task(owner, **give_to(helper))
    body = {"confirmation": 1, "confirmmessage": "gladly"}
    answer = helper.put("tasks", body, action="confirm", id=task, folder=task_folder(helper))
    assert answer.timestamp == get_task(owner, task)["last_modified_utc"]
    user = get_task(owner, task)["users"][0]
    assert (user["id"], user["confirm"], user["confirmmessage"]) == (helper.user_id, 1, "gladly")
    assert user["display_name"] == "User2 Test"
    owner.put("tasks", body, action="confirm", id=task, folder=task_folder(owner)).expect_error("TSK-0018")
    third.put("tasks", body, action="confirm", id=task, folder=task_folder(third)).expect_error("TSK-0019")
    helper.put("tasks", {}, action="confirm", id=task, folder=task_folder(helper)).expect_error("SVL-0002")
    helper.put("tasks", {"confirmation": 9}, action="confirm", id=task, folder=task_folder(helper)).expect_error("SVL-0010")


def test_search_by_words_and_by_the_end(api):
    for day in range(3):
        new_task(api.user(1), title=f"Report {day}", end_date=MONDAY + day * DAY)
    new_task(api.user(1), note="reporting")
    found = lambda body: [row[0] for row in api.put("tasks", body, action="search", columns="200", sort=200, order="asc").data]
    assert found({"pattern": "report"}) == ["Report 0", "Report 1", "Report 2", "t"]
    assert found({"pattern": "Report ?", "folder": task_folder(api.user(1))}) == ["Report 0", "Report 1", "Report 2"]
    assert found({"pattern": "", "start": MONDAY, "end": MONDAY + 2 * DAY}) == ["Report 0", "Report 1"]
    api.put("tasks", {"pattern": "", "start": 2, "end": 1}, action="search", columns="1").expect_error("TSK-0021")
    api.put("tasks", {"pattern": "x", "start": "y"}, action="search", columns="1").expect_error("SVL-0010")


def test_participants_see_the_task_at_home_and_leave_it_there(api):
    owner, helper = api.user(1), api.user(2)
    since = helper.get("tasks", action="all", folder=task_folder(helper), columns="1").timestamp
    task = new_task(owner, **give_to(helper, api.user(3)))
    seen = get_task(helper, task)
    assert seen["folder_id"] == task_folder(helper) and seen["created_by"] == owner.user_id
    assert get_task(owner, task)["folder_id"] == task_folder(owner)
    change_task(helper, task, {"status": 2, "percent_completed": 40}).data
    assert get_task(owner, task)["percent_completed"] == 40
    assert helper.put("tasks", [{"id": task, "folder": task_folder(helper)}], action="delete", timestamp=LATE).data == []
    gone = helper.get("tasks", action="updates", folder=task_folder(helper), columns="1", timestamp=since, ignore="false")
    assert gone.data == [task]
    assert [user["id"] for user in get_task(owner, task)["users"]] == [api.user(3).user_id]


def test_a_group_takes_part_as_a_whole(api):
    members = [api.user(2).user_id, api.user(3).user_id]
    group = api.admin.put("group", {"name": "team", "display_name": "Team", "members": members}, action="new").data["id"]
    task = new_task(api.user(1), participants=[{"id": group, "type": 2}, {"type": 5, "mail": "x@y.test", "display_name": "X"}])
    stored = get_task(api.user(1), task)
    assert stored["participants"] == [{"id": group, "type": 2}, {"type": 5, "mail": "x@y.test", "display_name": "X"}]
    assert [user["id"] for user in stored["users"]] == sorted(members)
    assert get_task(api.user(3), task)["title"] == "t"


def test_a_series_goes_on_when_one_is_done(api):
    folder = task_folder(api.user(1))
    rule = {"recurrence_type": 2, "interval": 1, "days": 8, "occurrences": 2}
    task = new_task(api.user(1), full_time=True, start_time=MONDAY, end_time=MONDAY, **rule)
    wednesday = MONDAY + 2 * DAY
    assert get_task(api.user(1), task)["start_time"] == wednesday
    change_task(api.user(1), task, {"status": 3, "percent_completed": 100, "date_completed": NINE}).data
    done = get_task(api.user(1), task)
    assert (done["recurrence_type"], "days" in done, done["date_completed"]) == (0, False, NINE)
    rows = api.get("tasks", action="all", folder=folder, columns="1,300,316,222,301", sort=316, order="asc").data
    assert [row[1:] for row in rows] == [[3, wednesday, None, 100], [1, wednesday + 7 * DAY, 1, 0]]
    change_task(api.user(1), rows[1][0], {"status": 3}).data
    assert len(api.get("tasks", action="all", folder=folder, columns="1").data) == 2
    made = api.put("tasks", {"folder_id": folder, "recurrence_type": 2, "start_date": MONDAY, "end_date": MONDAY}, action="new")
    made.expect_error("APP-0087")


def test_tasks_move_between_folders(api):
    owner, helper = api.user(1), api.user(2)
    public = new_task_folder(owner, 2, "Tasks of the house", (helper, 4227332))
    task = new_task(owner, **give_to(helper))
    change_task(owner, task, {"folder_id": public}).data
    assert get_task(helper, task, public)["title"] == "t"
    helper.get("tasks", action="get", id=task, folder=task_folder(helper)).expect_error("TSK-0019")
    change_task(owner, task, {"folder_id": task_folder(owner)}).expect_error("TSK-0048")
    change_task(owner, task, {"folder_id": task_folder(owner)}, public).data
    assert get_task(helper, task)["title"] == "t"
    new_task(owner, public)
    counted = owner.get("folders", action="list", parent="2", tree=0, columns="1,309").data
    assert [row[1] for row in counted if row[0] == public] == [1]
    owner.put("folders", [task_folder(owner)], action="clear", tree=0).data
    helper.get("tasks", action="get", id=task, folder=task_folder(helper)).expect_error("TSK-0019")


def test_bad_input_is_told_and_changes_nothing(api):
    folder, other = task_folder(api.user(1)), api.user(2)
    empty = api.admin.put("group", {"name": "empty", "display_name": "Empty", "members": []}, action="new").data["id"]
    day = {"start_date": MONDAY, "end_date": MONDAY}
    for members, code in (({"status": 1, "percent_completed": 5}, "TSK-0031"), ({"priority": 4}, "TSK-0057"),
                          ({"actual_duration": "1 h"}, "TSK-0055"), ({"title": "a\x01b"}, "TSK-0058"),
                          ({"participants": [{"id": 1, "type": 3}]}, "TSK-0049"), ({"participants": [{"type": 5}]}, "TSK-0044"),
                          ({"participants": [{"id": empty, "type": 2}]}, "TSK-0052"),
                          ({"private_flag": True, **give_to(other)}, "TSK-0028"), ({"interval": 2, **day}, "TSK-0036"),
                          ({"recurrence_type": 1, "interval": 1}, "TSK-0037")):
        api.put("tasks", {"folder_id": folder, **members}, action="new").expect_error(code)
    for body, code in (({}, "TSK-0027"), ({"folder_id": folder, "status": 7}, "TSK-0039"),
                       ({"folder_id": folder, "percent_completed": 200}, "TSK-0030"),
                       ({"folder_id": folder, "title": "x" * 300}, "TSK-0041"),
                       ({"folder_id": folder, "start_time": 5, "end_time": 4}, "TSK-0040"),
                       ({"folder_id": folder, "participants": [{"id": 999999, "type": 1}]}, "TSK-0018"),
                       ({"folder_id": folder, "actual_costs": {}}, "SVL-0010"), ([], "SVL-0028")):
        api.put("tasks", body, action="new").expect_error(code)
    error = api.put("tasks", {"folder_id": folder, "title": "x" * 300}, action="new").json
    assert error["problematic"] == [{"id": 200, "length": 300, "max_size": 256}] and error["category"] == 12
    assert api.get("tasks", action="all", folder=folder, columns="1").data == []
    assert api.get("tasks", action="all", columns="1").status == 400
    task = new_task(api.user(1), **give_to(other))
    change_task(api.user(1), task, {"uid": "another"}).expect_error("TSK-0053")
    change_task(other, task, {"private_flag": True}).expect_error("TSK-0043")
    public = new_task_folder(api.user(1), 2, "Tasks of all")
    api.put("tasks", {"folder_id": public, "private_flag": True}, action="new").expect_error("TSK-0008")
    secret = new_task(api.user(1), private_flag=True)
    change_task(api.user(1), secret, {"folder_id": public}).expect_error("TSK-0042")


def test_who_goes_leaves_what_he_gave_to_others(api):
    owner, helper = api.user(1), api.user(2)
    task = new_task(owner, **give_to(helper))
    mine = new_task(helper, **give_to(owner))
    api.server.ctl("user", "delete", "--context", api.context_id, "--name", "user1")
    assert get_task(helper, task)["created_by"] == api.admin.user_id
    assert "users" not in get_task(helper, mine)


def test_the_quota_tells_the_number_of_tasks(api):
    new_task(api.user(1))
    quota = api.get("quota", action="get", module="task").data
    assert quota["task"]["accounts"][0]["countuse"] == 1
