"""Classic appointments: members both ways, lists, searches, deleting, answering."""

from support.agenda import (DAY, add_room, appointment, cal, get_appointment, millis, new_appointment, rows, seen,
                              update_appointment)

JULY = ("20240701", "20240801")


def test_an_appointment_comes_back_as_it_was_sent(api):
    folder = api.calendar_folder()
    sent = appointment(folder, location="Room 1", note="a\nb", categories="x,y", color_label=4, shown_as=3, private_flag=True,
                       alarm=15)
    number = new_appointment(api.user(1), sent)
    found = get_appointment(api.user(1), folder, number)
    for member in ("title", "location", "note", "categories", "color_label", "shown_as", "private_flag", "alarm", "start_date",
                   "end_date", "timezone", "folder_id"):
        assert found[member] == sent[member], member
    assert found["full_time"] is False and found["recurrence_type"] == 0 and found["id"] == number
    assert found["organizerId"] == api.user(1).user_id and found["uid"]
    assert [(one["id"], one["confirmation"]) for one in found["users"]] == [(api.user(1).user_id, 1)]
    assert [(one["id"], one["type"]) for one in found["participants"]] == [(api.user(1).user_id, 1)]
    assert "recurrence_id" not in found and "until" not in found and found["number_of_attachments"] == 0


def test_the_zone_of_the_request_shifts_times_and_never_days(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder))
    berlin = get_appointment(api.user(1), folder, number, timezone="Europe/Berlin")
    assert berlin["start_date"] == millis("20240701T090000Z")
    whole = new_appointment(api.user(1), {"folder_id": folder, "title": "Day", "full_time": True,
                                          "start_date": millis("20240702"), "end_date": millis("20240703")})
    for zone in ("UTC", "Pacific/Pago_Pago", "Pacific/Tongatapu"):
        found = get_appointment(api.user(1), folder, whole, timezone=zone)
        assert (found["start_date"], found["end_date"]) == (millis("20240702"), millis("20240703")), zone
        day = rows(api.user(1), folder, "20240702", "20240703", "1", timezone=zone)
        assert [whole] in day, zone
        assert [whole] not in rows(api.user(1), folder, "20240703", "20240704", "1", timezone=zone), zone


def test_what_comes_back_unchanged_changes_nothing(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder, recurrence_type=2, days=2, interval=1, alarm=10, color_label=3))
    whole = get_appointment(api.user(1), folder, number)
    update_appointment(api.user(1), folder, number, {**whole, "title": "Other"}).data
    again = get_appointment(api.user(1), folder, number)
    changing = {"title", "last_modified", "last_modified_utc", "sequence"}
    assert {k: v for k, v in again.items() if k not in changing} == {k: v for k, v in whole.items() if k not in changing}
    assert again["title"] == "Other"


def test_colours_and_states_that_classic_clients_do_not_know_survive_them(api):
    folder = api.calendar_folder()
    made = api.put("chronos", {"summary": "x", "color": "#123456", "class": "PRIVATE",
                               "startDate": {"value": "20240701T070000Z"}, "endDate": {"value": "20240701T080000Z"}},
                   action="new", folder=cal(folder)).data["created"][0]
    whole = get_appointment(api.user(1), folder, made["id"])
    assert (whole["color_label"], whole["private_flag"]) == (0, True)
    update_appointment(api.user(1), folder, made["id"], {**whole, "title": "y"}).data
    found = api.get("chronos", action="get", id=made["id"], folder=cal(folder)).data
    assert (found["summary"], found["color"], found["class"]) == ("y", "#123456", "PRIVATE")


def test_participants_come_as_they_are_named(api):
    folder = api.calendar_folder()
    other, room = api.user(2), add_room(api)
    sent = appointment(folder, participants=[{"id": other.user_id, "type": 1}, {"id": room, "type": 3},
                                             {"type": 5, "mail": "ann@elsewhere.test", "display_name": "Ann"}])
    number = new_appointment(api.user(1), sent)
    found = get_appointment(api.user(1), folder, number)
    kinds = {(one["type"], one.get("id")) for one in found["participants"]}
    assert kinds == {(1, api.user(1).user_id), (1, other.user_id), (3, room), (5, None)}
    assert {one["id"]: one["confirmation"] for one in found["users"]} == {api.user(1).user_id: 1, other.user_id: 0}
    assert [one for one in found["confirmations"] if one["type"] == 5][0]["mail"] == "ann@elsewhere.test"
    his = api.calendar_folder(other)
    answer = other.put("calendar", {"confirmation": 2, "confirmmessage": "no time"}, action="confirm", id=number, folder=his,
                       timestamp=2**53)
    assert answer.code is None and answer.timestamp
    told = [one for one in get_appointment(api.user(1), folder, number)["users"] if one["id"] == other.user_id][0]
    assert (told["confirmation"], told["confirmmessage"]) == (2, "no time")
    for participants, code in (([{"type": 5}], "APP-0008"), ([{"type": 4, "id": 1}], "APP-0109"),
                               ([{"type": 5, "mail": "a@b.test"}, {"type": 5, "mail": "a@b.test"}], "APP-0106"),
                               ([{"type": 1, "id": 999999}], "CAL-4034")):
        api.put("calendar", appointment(folder, participants=participants), action="new", timezone="UTC").expect_error(code)


def test_resource_conflicts_cannot_be_ignored(api):
    folder, room = api.calendar_folder(), add_room(api)
    sent = appointment(folder, "20300701T070000Z", "20300701T080000Z", participants=[{"id": room, "type": 3}])
    number = new_appointment(api.user(1), sent)
    refused = api.put("calendar", {**sent, "ignore_conflicts": True}, action="new", timezone="UTC").data
    assert refused == {"conflicts": [{
        "id": number, "start_date": sent["start_date"], "end_date": sent["end_date"], "full_time": False, "shown_as": 1,
        "created_by": api.user(1).user_id, "title": "Meeting", "folder_id": folder,
        "participants": [{"id": room, "type": 3, "display_name": "room"}], "hard_conflict": True}]}
    assert len(rows(api.user(1), folder, "20300701", "20300801")) == 1
    # A series is refused for one of its occurrences, and a change that brings the room in, too.
    series = {**sent, "start_date": millis("20300603T073000Z"), "end_date": millis("20300603T074500Z"), "recurrence_type": 2,
              "days": 2, "interval": 1, "ignore_conflicts": True}
    found = api.put("calendar", series, action="new", timezone="UTC").data["conflicts"]
    assert [(one["id"], one["hard_conflict"]) for one in found] == [(number, True)]
    other = new_appointment(api.user(1), {**sent, "participants": [], "ignore_conflicts": True})
    answer = update_appointment(api.user(1), folder, other, {"participants": sent["participants"], "ignore_conflicts": True})
    assert [one["id"] for one in answer.data["conflicts"]] == [number]


def test_soft_conflicts_can(api):
    folder = api.calendar_folder()
    sent = appointment(folder, "20300701T070000Z", "20300701T080000Z")
    number = new_appointment(api.user(1), sent)
    told = api.put("calendar", sent, action="new", timezone="UTC").data["conflicts"][0]
    assert (told["id"], told["shown_as"], "hard_conflict" in told) == (number, 1, False)
    new_appointment(api.user(1), {**sent, "ignore_conflicts": True})
    new_appointment(api.user(1), {**sent, "shown_as": 4})


def test_lists_sort_page_and_leave_out(api):
    folder = api.calendar_folder()
    for number, title in enumerate(("b", "a", "c")):
        new_appointment(api.user(1), appointment(folder, f"2024070{number + 1}T070000Z", f"2024070{number + 1}T080000Z",
                                                 title=title))
    found = rows(api.user(1), folder, *JULY, columns="200")
    assert found == [["b"], ["a"], ["c"]]
    assert rows(api.user(1), folder, *JULY, columns="200", sort=200, order="desc") == [["c"], ["b"], ["a"]]
    assert rows(api.user(1), folder, *JULY, columns="200", left_hand_limit=1, right_hand_limit=2) == [["a"]]
    assert rows(api.user(1), 0, *JULY, columns="200,99999") == [["b", None], ["a", None], ["c", None]]
    fresh = api.get("calendar", action="newappointments", columns="200", start=millis("20240702"), end=millis("20240801"), limit=1,
                    timezone="UTC").data
    assert fresh == [["a"]]
    has = api.get("calendar", action="has", start=millis("20240701"), end=millis("20240705"), timezone="UTC").data
    assert has == [True, True, True, False]


def test_search_and_uid(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder, title="Board meeting", uid="x@example.test"))
    new_appointment(api.user(1), appointment(folder, title="Lunch"))
    for pattern, count in (({"pattern": "meet"}, 1), ({"pattern": "BOARD*"}, 1), ({"pattern": "*"}, 2), ({"pattern": "L?nch"}, 1),
                           ({"startletter": "B"}, 1), ({"pattern": "none"}, 0), ({"pattern": "meet", "folder": folder}, 1)):
        assert len(api.put("calendar", pattern, action="search", columns="1,200").data) == count, pattern
    assert api.get("calendar", action="resolveuid", uid="x@example.test").data["id"] == number
    api.get("calendar", action="resolveuid", uid="nothing").expect_error("CAL-4040")


def test_updates_and_deleting(api):
    folder = api.calendar_folder()
    first, second = (new_appointment(api.user(1), appointment(folder, title=title)) for title in "ab")
    since = get_appointment(api.user(1), folder, second)["last_modified_utc"]
    old = get_appointment(api.user(1), folder, first)["last_modified_utc"]
    update_appointment(api.user(1), folder, first, {"title": "c"}).data
    update_appointment(api.user(1), folder, first, {"title": "d"}, timestamp=old).expect_error("CAL-4120")
    kept = api.put("calendar", [{"id": first, "folder": folder}], action="delete", timestamp=old).data
    assert kept == [{"id": first, "folder": folder}]
    assert api.put("calendar", {"id": second, "folder": folder}, action="delete", timestamp=2**53).data == []
    answer = api.get("calendar", action="updates", folder=folder, timestamp=since, columns="1,200")
    assert answer.data == [[first, "c"], second]
    assert api.get("calendar", action="updates", folder=folder, timestamp=since, columns="1", ignore="deleted").data == [[first]]
    assert api.get("calendar", action="updates", timestamp=since, columns="1").status == 400
    listed = api.put("calendar", [{"id": first, "folder": folder}, {"id": second, "folder": folder}], action="list",
                     columns="1,20").data
    assert listed == [[first, str(folder)]]


def test_free_and_busy_of_users_and_rooms(api):
    folder, room = api.calendar_folder(), add_room(api)
    number = new_appointment(api.user(1), appointment(folder, participants=[{"id": room, "type": 3}]))
    span = {"start": millis("20240701"), "end": millis("20240702"), "timezone": "UTC"}
    own = api.get("calendar", action="freebusy", id=api.user(1).user_id, type=1, **span).data
    assert [(one["id"], one["title"], one["shown_as"]) for one in own] == [(number, "Meeting", 1)]
    foreign = api.user(2).get("calendar", action="freebusy", id=room, type=3, **span).data
    assert [(one["start_date"], one["shown_as"], one["participants"][0]["id"]) for one in foreign] == [
        (millis("20240701T070000Z"), 1, room)]
    assert "title" not in foreign[0]
    api.get("calendar", action="freebusy", id=1, type=2, **span).expect_error("APP-0019")


def test_copies_have_a_life_of_their_own(api):
    folder = api.calendar_folder()
    trips = api.put("folders", {"folder": {"title": "Trips", "module": "calendar"}}, action="new", folder_id=1, tree=0).data
    number = new_appointment(api.user(1), appointment(folder, note="n", alarm=5))
    copied = api.put("calendar", {"folder_id": trips}, action="copy", id=number, folder=folder, ignore_conflicts=True,
                     timezone="UTC").data["id"]
    found, source = get_appointment(api.user(1), trips, copied), get_appointment(api.user(1), folder, number)
    assert copied != number and found["uid"] != source["uid"]
    assert (found["note"], found["alarm"], found["start_date"]) == ("n", 5, source["start_date"])
    moved = update_appointment(api.user(1), folder, number, {"folder_id": trips})
    assert moved.code is None
    assert {row[0] for row in rows(api.user(1), trips, *JULY)} == {copied, number} and rows(api.user(1), folder, *JULY) == []


def test_wrong_input_has_errors_of_its_own(api):
    folder = api.calendar_folder()
    for members, code in (({"start_date": None}, "APP-0026"), ({"end_date": None}, "APP-0027"),
                          ({"end_date": millis("20240701T060000Z")}, "APP-0020"), ({"shown_as": 5}, "APP-0025"),
                          ({"color_label": 11}, "APP-0021"), ({"id": 5}, "APP-0014"), ({"timezone": "Mars/Base"}, "CAL-4001"),
                          ({"recurrence_type": 2, "interval": 1}, "APP-0089"), ({"recurrence_type": 1}, "APP-0087"),
                          ({"recurrence_type": 1, "interval": 0}, "APP-0055"),
                          ({"recurrence_type": 2, "interval": 1, "days": 0}, "APP-0056"),
                          ({"recurrence_type": 1, "interval": 1, "until": DAY, "occurrences": 3}, "APP-0095"),
                          ({"recurrence_type": 1, "interval": 1, "until": DAY}, "APP-0086"),
                          ({"recurrence_type": 1, "interval": 1000}, "APP-0078"), ({"start_date": "soon"}, "SVL-0010")):
        api.put("calendar", {**appointment(folder), **members}, action="new", timezone="UTC").expect_error(code)
    assert rows(api.user(1), folder, *JULY) == []


def test_both_views_show_the_same_event(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder, location="here"))
    found = seen(api.user(1), folder, "20240701T000000Z", "20240702T000000Z")[0]
    assert (found["id"], found["summary"], found["location"]) == (number, "Meeting", "here")
    assert found["startDate"] == {"value": "20240701T090000", "tzid": "Europe/Berlin"}
