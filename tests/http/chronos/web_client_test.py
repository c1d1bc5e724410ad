"""What the web client does all day: several calendars in one request, ranges that are too full, stamps that are too old, forms
with files, its own push token. Source: spec chronos section 15."""

import json

from support.agenda import cal, change, create, created, delete, event, get, names, seen, user, zoned

JULY = ("20240701T000000Z", "20240801T000000Z")
SPAN = {"rangeStart": JULY[0], "rangeEnd": JULY[1]}


def test_one_broken_calendar_of_several_breaks_no_other(api):
    mine, closed = api.calendar_folder(), api.calendar_folder(api.user(2))
    trips = api.put("folders", {"folder": {"title": "Trips", "module": "event"}}, action="new", folder_id=1, tree=0).data
    made = created(api.user(1), mine, event(rrule="FREQ=WEEKLY;COUNT=2"))
    created(api.user(2), closed, event())
    asked = [cal(mine), cal(closed), trips, cal(999999), "cal://7/1", "nonsense"]
    answer = api.put("chronos", {"folders": asked}, action="all", expand=True, fields="startDate,recurrenceId", **SPAN)
    data = answer.data
    assert [one["folder"] for one in data] == asked and answer.timestamp >= made["timestamp"]
    assert data[0] == {"folder": cal(mine), "timestamp": made["timestamp"], "events": [
        {"id": made["id"], "folder": cal(mine), "seriesId": made["id"], "recurrenceId": f"202407{day}T070000Z",
         "timestamp": made["timestamp"], "startDate": zoned(f"202407{day}T090000")} for day in ("01", "08")]}
    assert (data[2]["events"], sorted(data[2])) == ([], ["events", "folder", "timestamp"])
    assert [sorted(one) for one in (*data[1:2], *data[3:])] == [["error", "folder"]] * 4
    assert [one["error"]["code"] for one in (*data[1:2], *data[3:])] == ["FLD-0003", "FLD-0008", "CAL-4044", "CAL-4045"]
    for wrong in ({}, [7, {}], {"folders": cal(mine)}):
        assert api.put("chronos", wrong, action="all", **SPAN).code in ("SVL-0028", "SVL-0031"), wrong


def test_a_thousand_events_are_the_most_and_half_the_time_holds_half_of_them(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(rrule="FREQ=DAILY;COUNT=1001"))
    start, end = "20240701T000000Z", "20270329T000000Z"  # a day more than a thousand
    full = {"action": "all", "folder": cal(folder), "rangeStart": start, "expand": True, "fields": "startDate"}
    api.get("chronos", rangeEnd=end, **full).expect_error("CAL-5072")
    assert len(api.get("chronos", rangeEnd="20270328T000000Z", **full).data) == 1000
    both = api.put("chronos", {"folders": [cal(folder)]}, rangeEnd=end,
                   **{name: value for name, value in full.items() if name != "folder"}).data
    assert (both[0]["error"]["code"], both[0]["error"]["category"]) == ("CAL-5072", 1)
    halves = [seen(api.user(1), folder, *half, fields="startDate") for half in ((start, "20251114T000000Z"), ("20251114T000000Z", end))]
    assert [len(half) for half in halves] == [501, 500]
    # Masters are one each, and lists of ids have the same limit.
    assert len(seen(api.user(1), folder, start, end, expand=False)) == 1
    ids = [names(made)] * 1000
    assert len(api.put("chronos", ids, action="list", fields="summary").data) == 1000
    api.put("chronos", [*ids, names(made)], action="list").expect_error("CAL-5072")
    api.put("chronos", {"events": [*ids, names(made)]}, action="delete", timestamp=2**53).expect_error("CAL-5072")
    assert get(api.user(1), folder, made)["id"] == made["id"]


def test_stamps_that_are_too_old_are_refused_by_everything_that_writes(api):
    folder, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    trips = api.put("folders", {"folder": {"title": "Trips", "module": "event"}}, action="new", folder_id=1, tree=0).data
    made = created(api.user(1), folder, event(attendees=[user(api.user(2))]))
    newer = change(api.user(1), made, {"summary": "Newer"}, timestamp=made["timestamp"]).data["updated"][0]
    old, name = made["timestamp"], names(made)
    change(api.user(1), made, {"summary": "x"}, timestamp=old).expect_error("CAL-4120")
    api.put("chronos", b"", action="move", targetFolder=trips, timestamp=old, **name).expect_error("CAL-4120")
    invited = {"folder": cal(his), "id": made["id"]}
    api.user(2).put("chronos", {"attendee": user(api.user(2), partStat="ACCEPTED")}, action="updateAttendee", timestamp=old,
                    **invited).expect_error("CAL-4120")
    api.put("chronos", {"organizer": user(api.user(2))}, action="changeOrganizer", timestamp=old, **name).expect_error("CAL-4120")
    api.put("chronos/alarm", [], action="updateAlarms", timestamp=old, **name).expect_error("CAL-4120")
    refused = api.put("chronos", {"events": [name]}, action="delete", timestamp=old).data
    assert (refused[0]["error"]["code"], refused[0]["error"]["category"]) == ("CAL-4120", 9)
    assert get(api.user(1), folder, made) == newer
    # What the client has seen, or "now", is new enough.
    answer = api.put("chronos", {"events": [name]}, action="delete", timestamp=newer["timestamp"]).data
    assert "error" not in answer[0]


def test_who_has_to_answer_is_asked_once(api):
    mine, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    invite = {"attendees": [user(api.user(2))]}
    single = created(api.user(1), mine, event(**invite))
    series = created(api.user(1), mine, event(rrule="FREQ=WEEKLY;COUNT=3", **invite))
    created(api.user(2), his, event(summary="his own"))

    def waiting(**parameters) -> list:
        found = api.user(2).get("chronos", action="needsAction", **{**SPAN, **parameters}).data
        return [(one["id"], one["folder"], one.get("recurrenceId")) for one in found]

    asked = [(single["id"], cal(his), None), (series["id"], cal(his), None)]
    assert sorted(waiting()) == sorted(asked) and waiting(rangeStart="20240801T000000Z", rangeEnd="20240901T000000Z") == []
    assert [one[0] for one in waiting(sort="created", order="desc")] == [series["id"], single["id"]]
    # An exception that only says something else asks no question of its own; one at another time does.
    change(api.user(1), series, {"summary": "Other"}, "20240708T070000Z").data
    assert sorted(waiting()) == sorted(asked)
    moved = change(api.user(1), series, {"startDate": zoned("20240716T090000"), "endDate": zoned("20240716T100000")},
                   "20240715T070000Z").data["created"][0]
    assert sorted(waiting()) == sorted([*asked, (moved["id"], cal(his), "20240715T070000Z")])
    assert api.get("chronos", action="needsAction", **SPAN).data == []


def test_forms_bring_files_and_say_what_became_of_them(api):
    folder = api.calendar_folder()
    sent = event(attachments=[{"filename": "plan.txt", "fmtType": "text/plain", "uri": "cid:file_1"},
                              {"filename": "map.png", "uri": "cid:file_0"}])
    files = {"file_0": ("b.png", "image/png", b"\x89PNG"), "file_1": ("a.txt", "text/plain", b"hello")}
    answer = api.multipart("chronos", {"json_0": json.dumps(sent)}, files, action="new", folder=cal(folder), checkConflicts=False)
    assert answer.callback == "callback_new" and answer.media_type == "text/html"
    made = answer.data["created"][0]
    first, second = made["attachments"]
    assert first == {"filename": "plan.txt", "fmtType": "text/plain", "size": 5, "created": first["created"],
                     "managedId": first["managedId"]}
    assert second == {"filename": "map.png", "fmtType": "image/png", "size": 4, "created": second["created"],
                      "managedId": second["managedId"]}
    assert get(api.user(1), folder, made) == made and answer.timestamp == made["timestamp"]
    # As the client gets them it sends them back, with what is new.
    body = {"event": {"attachments": [first, second, {"uri": "cid:file_0", "filename": "c.txt"}]}, "comment": "one more"}
    answer = api.multipart("chronos", {"json_0": json.dumps(body)}, {"file_0": ("c.txt", "text/plain", b"c")}, action="update",
                           timestamp=made["timestamp"], **names(made))
    assert answer.callback == "callback_update"
    updated = answer.data["updated"][0]
    assert updated["attachments"][:2] == [first, second] and updated["attachments"][2]["filename"] == "c.txt"
    # An occurrence that gets a file has it alone.
    series = created(api.user(1), folder, event(rrule="FREQ=WEEKLY;COUNT=2"))
    answer = api.multipart("chronos", {"json_0": json.dumps({"event": {"attachments": [{"uri": "cid:file_0"}]}})},
                           {"file_0": ("d.txt", "text/plain", b"d")}, action="update", timestamp=2**53,
                           **names(series, "20240708T070000Z"))
    exception = answer.data["created"][0]
    assert (exception["attachments"][0]["filename"], exception["recurrenceId"]) == ("d.txt", "20240708T070000Z")
    assert "attachments" not in get(api.user(1), folder, series)
    # What an occurrence has not does not go from its series.
    kept = api.multipart("chronos", {"json_0": json.dumps(event(rrule="FREQ=WEEKLY;COUNT=2"))}, {"file_0": files["file_1"]},
                         action="new", folder=cal(folder)).data["created"][0]
    change(api.user(1), kept, {"attachments": []}, "20240708T070000Z").data
    assert len(get(api.user(1), folder, kept)["attachments"]) == 1
    for wrong in ("no JSON", "[]"):
        refused = api.multipart("chronos", {"json_0": wrong}, {}, action="new", folder=cal(folder))
        assert refused.callback == "callback_new" and refused.code in ("SVL-0029", "SVL-0028"), refused.text
    assert api.multipart("chronos", {}, files, action="new", folder=cal(folder)).code == "SVL-0002"
    late = api.multipart("chronos", {"json_0": json.dumps({"event": {"summary": "x"}})}, {}, action="update",
                         timestamp=made["timestamp"], **names(made))
    late.expect_error("CAL-4120")


def test_members_that_come_back_as_they_were_change_nothing(api):
    folder = api.calendar_folder()
    api.user(2)
    made = created(api.user(1), folder, event(
        rrule="FREQ=WEEKLY;COUNT=3", attendees=[user(api.user(2))], categories=["a"], geo={"lat": 1.5, "long": 2},
        alarms=[{"action": "DISPLAY", "trigger": {"duration": "-PT15M", "related": "START"}}],
        extendedProperties={"X-A": {"value": "b"}}))
    answer = change(api.user(1), made, made).data
    assert answer == {"created": [], "updated": [made], "deleted": []}
    assert get(api.user(1), folder, made) == made


def test_what_only_others_need_is_taken_from_any_client(api):
    folder = api.calendar_folder()
    api.user(2)
    for parameters in ({"sendInternalNotifications": False}, {"scheduling": "none"}, {"usedGroups": "1,2"},
                       {"pushToken": "my-tab"}, {"suppressNotification": True}):
        created(api.user(1), folder, event(attendees=[user(api.user(2))]), **parameters)
    assert len(seen(api.user(1), folder, *JULY, updateCache=True)) == 5
    for wrong in ({"timestamp": "now"}, {"recurrenceRange": "ALL"}, {"rangeStart": "20240701"}, {"rangeStart": "x", "rangeEnd": "y"}):
        create(api.user(1), folder, event(), **wrong).expect_error("SVL-0010")
    made = created(api.user(1), folder, event())
    for action in ("nothing", "All", "updateEvent"):
        for answer in (api.get("chronos", action=action, **names(made)), api.put("chronos", {}, action=action)):
            answer.expect_error("SVL-0021")
    for module in ("chronos/alarm", "chronos/account", "chronos/availability"):
        api.get(module, action="nothing").expect_error("SVL-0021")
    assert api.get("chronos", action="all", folder=cal(folder)).status == 400
    assert "error" not in delete(api.user(1), names(made)).data[0]


def test_where_a_client_looks_for_a_calendar_and_tasks(api):
    folder = api.calendar_folder()
    api.add_user("plain", "--module", "-calendar", "--module", "-tasks")
    plain = api.named("plain")
    wanted = {"calendar", "tasks", "delegate_tasks", "ical", "freebusy", "conflict_handling", "participants_dialog"}

    def capabilities(client) -> set[str]:
        return {one["id"] for one in client.get("capabilities", action="all").data}

    assert wanted <= capabilities(api.user(1))
    assert capabilities(plain) & {"calendar", "tasks", "freebusy", "conflict_handling", "participants_dialog"} == set()
    assert api.get("capabilities", action="get", id="calendar").data == {"id": "calendar", "attributes": {}}
    for path in ("modules/calendar/module", "modules/calendar/calendar_freebusy", "modules/calendar/calendar_conflict",
                 "modules/tasks/module", "modules/interfaces/ical"):
        assert api.config(path) is True, path
    assert plain.config("modules/calendar/module") is plain.config("modules/tasks/module") is False
    assert {"calendar", "tasks"} <= set(api.config("availableModules"))
    assert {"calendar", "tasks"} & set(plain.config("availableModules")) == set()
    core, calendar, tasks = api.put("jslob", ["io.ox/core", "io.ox/calendar", "io.ox/tasks"], action="list").data
    assert (core["tree"]["folder"]["calendar"], core["tree"]["folder"]["tasks"]) == (int(folder), api.config("folder/tasks"))
    assert core["tree"]["modules"]["calendar"]["module"] is True and core["tree"]["modules"]["tasks"]["module"] is True
    assert (calendar["tree"]["notifyNewModifiedDeleted"], calendar["tree"]["defaultStatusPrivate"]) == (True, 0)
    assert tasks["tree"]["delegate_tasks"] is True
    # Who has no calendar has none by any way in.
    refused = [plain.get("chronos", action="all", **SPAN), plain.get("chronos", action="get", folder=cal(folder), id="1"),
               plain.put("chronos", event(), action="new", folder=cal(folder)),
               plain.get("calendar", action="all", columns="1", start=0, end=1), plain.get("tasks", action="all", columns="1", folder=1)]
    assert {answer.code for answer in refused} == {"SVL-0016"}, [answer.text for answer in refused]


def test_calendars_in_lists_of_folders(api):
    folder = api.calendar_folder()
    row = api.get("folders", action="allVisible", content_type="event", columns="1,20,300,301,302,308,316,3203,3204,3205").data
    (mine,) = [one for one in row["private"] if one[0] == cal(folder)]
    assert (mine[:2], mine[2:8], len(mine)) == ([cal(folder), "1"], ["My Calendar", "event", 1, True, 2, "chronos"], 10)
    # By the plain number it is what it is for classic clients.
    classic = api.get("folders", action="allVisible", content_type="calendar", columns="1,301,3203,20").data["private"]
    assert [str(folder), "calendar", None, "1"] in classic
    made = api.put("folders", {"folder": {"title": "Trips", "module": "event", "subscribed": True,
                                          "permissions": [{"bits": 403710016, "entity": api.user(1).user_id, "group": False}]}},
                   action="new", folder_id=1, tree=0).data
    told = api.get("folders", action="updates", timestamp=0, columns="1,301", tree=0).json
    assert made.rpartition("/")[2] in {one[0] for one in told["data"] if isinstance(one, list)}
    # A calendar within another there is not; a folder of contacts is no calendar.
    api.get("chronos", action="all", folder=cal(api.private_folder()), **SPAN).expect_error("CAL-4060")
    reader = api.user(2)
    shared = api.get("folders", action="get", id=made)
    permissions = [*shared.data["permissions"], {"bits": 1 | (2 << 7), "entity": reader.user_id, "group": False}]
    assert api.put("folders", {"folder": {"permissions": permissions}}, action="update", id=made, timestamp=shared.timestamp).data == made
    seen_there = reader.get("folders", action="allVisible", content_type="event", columns="1,300,302").data["shared"]
    assert [made, "Trips", 3] in seen_there
    assert reader.get("folders", action="get", id=made).data["own_rights"] == 1 | (2 << 7)
