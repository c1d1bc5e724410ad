"""Events with others: invitations, answers, groups, rooms, conflicts, free and busy, what readers see."""

from support.agenda import (add_group, add_room, answer_invitation, cal, change, create, created, delete, event, get, names,
                              part_stats, seen, user, zoned)

JULY = ("20240701T000000Z", "20240801T000000Z")
SOON = {"startDate": zoned("20300701T090000"), "endDate": zoned("20300701T100000")}


def test_an_invitation_lies_in_the_calendar_of_each_and_each_answers_for_himself(api):
    mine, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    made = created(api.user(1), mine, event(attendees=[user(api.user(2))]))
    assert part_stats(made) == {api.user(1).user_id: "ACCEPTED", api.user(2).user_id: "NEEDS-ACTION"}
    assert made["organizer"]["entity"] == api.user(1).user_id and "scheduled" in made["flags"]
    invited = seen(api.user(2), his, *JULY)[0]
    assert invited["id"] == made["id"] and invited["folder"] == cal(his)
    assert {"attendee", "needs_action"} <= set(invited["flags"]) and "organizer" not in invited["flags"]
    waiting = api.user(2).get("chronos", action="needsAction", rangeStart=JULY[0], rangeEnd=JULY[1]).data
    assert [one["id"] for one in waiting] == [made["id"]]

    answer = answer_invitation(api.user(2), made, "TENTATIVE", his).data
    assert part_stats(answer["updated"][0])[api.user(2).user_id] == "TENTATIVE"
    assert part_stats(get(api.user(1), mine, made))[api.user(2).user_id] == "TENTATIVE"
    assert api.user(2).get("chronos", action="needsAction", rangeStart=JULY[0], rangeEnd=JULY[1]).data == []
    # What is the organizer's stays his.
    change(api.user(2), {**made, "folder": cal(his)}, {"summary": "Mine now"}).expect_error("CAL-4038")
    api.user(2).get("chronos", action="get", id=made["id"], folder=cal(mine)).expect_error("FLD-0003")
    # An attendee who deletes it declines, and sees it no longer.
    delete(api.user(2), {"folder": cal(his), "id": made["id"]}).data
    assert seen(api.user(2), his, *JULY) == []
    assert part_stats(get(api.user(1), mine, made))[api.user(2).user_id] == "DECLINED"
    # A new time brings it back.
    change(api.user(1), made, {"startDate": zoned("20240702T090000"), "endDate": zoned("20240702T100000")}).data
    assert "needs_action" in seen(api.user(2), his, *JULY)[0]["flags"]


def test_the_addresses_of_users_mean_them_and_outsiders_stay_addresses(api):
    mine = api.calendar_folder()
    api.user(2)
    made = created(api.user(1), mine, event(attendees=[
        {"uri": f"mailto:{api.mail('user2')}"}, {"uri": "mailto:ann@elsewhere.test", "cn": "Ann"}]))
    assert part_stats(made)[api.user(2).user_id] == "NEEDS-ACTION"
    outsider = [one for one in made["attendees"] if "entity" not in one][0]
    assert (outsider["email"], outsider["cn"], outsider["partStat"]) == ("ann@elsewhere.test", "Ann", "NEEDS-ACTION")
    found = get(api.user(1), mine, made, extendedEntities=True)
    assert [one["contact"]["display_name"] for one in found["attendees"] if one.get("entity") == api.user(2).user_id] == [
        "User2 Test"]


def test_a_group_stands_for_its_members(api):
    mine, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    group = add_group(api, "team", "user1", "user2")
    made = created(api.user(1), mine, event(attendees=[{"entity": group, "cuType": "GROUP"}]))
    kinds = {one["cuType"] for one in made["attendees"]}
    assert kinds == {"GROUP", "INDIVIDUAL"}
    member = [one for one in made["attendees"] if one.get("entity") == api.user(2).user_id and one["cuType"] == "INDIVIDUAL"][0]
    group_uri = [one["uri"] for one in made["attendees"] if one["cuType"] == "GROUP"][0]
    assert member["member"] == [group_uri]
    assert seen(api.user(2), his, *JULY)[0]["id"] == made["id"]


def test_a_room_is_booked_once(api):
    mine, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    room = {"entity": add_room(api), "cuType": "RESOURCE"}
    first = created(api.user(1), mine, event(**SOON, attendees=[room]))
    for check in (True, False):
        answer = create(api.user(2), his, event(**SOON, summary="Other", attendees=[room]), checkConflicts=check)
        # What he may not read he is told the time of, and nothing else.
        assert answer.data == {"conflicts": [{
            "hard_conflict": True,
            "conflicting_attendees": [one for one in first["attendees"] if one["cuType"] == "RESOURCE"],
            "event": {"id": first["id"], "timestamp": first["timestamp"], "createdBy": first["createdBy"], **SOON,
                      "transp": "OPAQUE"}}]}, answer.text
        assert "timestamp" not in answer.json
    assert seen(api.user(2), his, "20300701T000000Z", "20300702T000000Z") == []
    after = {"startDate": zoned("20300701T100000"), "endDate": zoned("20300701T110000")}
    other = created(api.user(2), his, event(**after, attendees=[room]))
    # Neither by a change nor by a series does it come twice; what is over is of no interest.
    refused = change(api.user(2), other, SOON).data
    assert [one["hard_conflict"] for one in refused["conflicts"]] == [True]
    assert get(api.user(2), his, other) == other
    series = event(startDate=zoned("20300603T093000"), endDate=zoned("20300603T094500"), rrule="FREQ=WEEKLY", attendees=[room])
    found = create(api.user(2), his, series).data["conflicts"]
    assert [(one["event"]["id"], one["hard_conflict"]) for one in found] == [(first["id"], True)]
    created(api.user(1), mine, event(attendees=[room]))
    created(api.user(2), his, event(attendees=[room]))


def test_people_conflict_only_where_it_is_asked_for(api):
    mine = api.calendar_folder()
    soon = SOON
    first = created(api.user(1), mine, event(**soon))
    assert "created" in create(api.user(1), mine, event(**soon, transp="TRANSPARENT"), checkConflicts=True).data
    conflicts = create(api.user(1), mine, event(**soon), checkConflicts=True).data["conflicts"]
    assert [one["event"]["id"] for one in conflicts] == [first["id"]] and conflicts[0]["hard_conflict"] is False
    assert conflicts[0]["event"]["summary"] == "Meeting"
    assert "created" in create(api.user(1), mine, event(**soon), checkConflicts=False).data


def test_free_and_busy_times_tell_no_more_than_they_must(api):
    mine = api.calendar_folder()
    created(api.user(1), mine, event(summary="Secret plans"))
    created(api.user(1), mine, event(transp="TRANSPARENT", startDate=zoned("20240702T090000"), endDate=zoned("20240702T100000")))
    created(api.user(1), mine, event(status="TENTATIVE", startDate=zoned("20240703T090000"), endDate=zoned("20240703T100000")))
    asked = {"attendees": [user(api.user(1)), {"uri": "mailto:ann@elsewhere.test"}]}
    data = api.user(2).put("chronos", asked, action="freeBusy", **{"from": "20240701T000000Z", "until": "20240708T000000Z"}).data
    slots = data[0]["freeBusyTime"]
    assert [one["fbType"] for one in slots] == ["BUSY", "FREE", "BUSY-TENTATIVE"]
    assert slots[0]["startTime"] == 1719817200000 and slots[0]["endTime"] == 1719820800000
    assert all("summary" not in one.get("event", {}) for one in slots)
    assert data[1]["freeBusyTime"] == [] and data[1]["warnings"]
    own = api.put("chronos", asked, action="freeBusy", **{"from": "20240701T000000Z", "until": "20240708T000000Z"}).data
    assert own[0]["freeBusyTime"][0]["event"]["summary"] == "Secret plans"


def test_classes_hide_events_from_readers_of_a_shared_calendar(api):
    mine = api.calendar_folder()
    reader = api.user(2)
    folder = api.get("folders", action="get", id=mine)
    permissions = [*folder.data["permissions"], {"bits": 1 | (2 << 7), "entity": reader.user_id, "group": False}]
    api.put("folders", {"folder": {"permissions": permissions}}, action="update", id=mine, timestamp=folder.timestamp).data
    created(api.user(1), mine, event(summary="open"))
    hidden = created(api.user(1), mine, event(summary="closed", location="x", **{"class": "CONFIDENTIAL"}))
    secret = created(api.user(1), mine, event(summary="secret", **{"class": "PRIVATE"}))
    found = {one["id"]: one for one in seen(reader, mine, *JULY)}
    assert sorted(one.get("summary", "") for one in found.values()) == ["Private", "open"]
    assert "location" not in found[hidden["id"]] and secret["id"] not in found
    reader.get("chronos", action="get", id=secret["id"], folder=cal(mine)).expect_error("CAL-4040")
    create(reader, mine, event()).expect_error("CAL-4031")
    change(reader, {**hidden, "folder": cal(mine)}, {"summary": "x"}).expect_error("CAL-4037")
    assert get(api.user(1), mine, hidden)["summary"] == "closed"


def test_somebody_who_may_write_acts_for_the_owner(api):
    mine = api.calendar_folder()
    deputy = api.user(2)
    folder = api.get("folders", action="get", id=mine)
    every = 2 | (2 << 7) | (2 << 14) | (2 << 21)
    permissions = [*folder.data["permissions"], {"bits": every, "entity": deputy.user_id, "group": False}]
    api.put("folders", {"folder": {"permissions": permissions}}, action="update", id=mine, timestamp=folder.timestamp).data
    api.user(3)
    made = created(deputy, mine, event(attendees=[user(api.user(3))]))
    assert made["organizer"]["entity"] == api.user(1).user_id
    assert made["organizer"]["sentBy"]["entity"] == deputy.user_id
    assert "organizer_on_behalf" in made["flags"] and made["calendarUser"]["entity"] == api.user(1).user_id


def test_an_event_of_several_moves_for_its_organizer_alone(api):
    mine = api.calendar_folder()
    trips = api.put("folders", {"folder": {"title": "Trips", "module": "event"}}, action="new", folder_id=1, tree=0).data
    made = created(api.user(1), mine, event(attendees=[user(api.user(2))]))
    moved = api.put("chronos", b"", action="move", targetFolder=trips, timestamp=2**53, **names(made)).data
    assert [one["folder"] for one in moved["created"]] == [trips] and moved["updated"] == []
    assert seen(api.user(1), mine, *JULY) == []
    assert seen(api.user(1), trips.rpartition("/")[2], *JULY)[0]["id"] == made["id"]
    made["folder"] = trips
    # Where the administrator does not allow it; organizer_test.py has a server that does.
    api.put("chronos", {"organizer": user(api.user(2))}, action="changeOrganizer", timestamp=2**53,
            **names(made)).expect_error("CAL-4035")


def test_people_cannot_see_what_is_not_theirs(api):
    mine, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    made = created(api.user(1), mine, event())
    for folder, code in ((mine, "FLD-0003"), (his, "CAL-4040")):
        api.user(2).get("chronos", action="get", id=made["id"], folder=cal(folder)).expect_error(code)
        change(api.user(2), {**made, "folder": cal(folder)}, {"summary": "x"}).expect_error(code)
        assert delete(api.user(2), {"folder": cal(folder), "id": made["id"]}).data[0]["error"]["code"] == code
    assert "data" not in api.user(2).get("chronos", action="resolve", id=made["id"]).json
    assert get(api.user(1), mine, made)["summary"] == "Meeting"
