"""When somebody can be reached at all, and what becomes of it in free and busy times."""

from support.agenda import user, zoned

WORK = {"start": zoned("20240701T090000"), "end": zoned("20240701T170000"), "rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"}


def test_times_are_replaced_as_a_whole(api):
    assert api.get("chronos/availability", action="get").data == []
    assert api.put("chronos/availability", {"availableTimes": [{**WORK, "uid": "a"}, {**WORK, "uid": "b"}]}, action="set").code is None
    first, second = api.get("chronos/availability", action="get").data
    assert (first["start"], first["end"], first["rrule"]) == (WORK["start"], WORK["end"], WORK["rrule"])
    assert first["user"] == api.user(1).user_id and first["uid"] == "a" and first["created"] == first["modified"]
    api.put("chronos/availability", {"availableTimes": [{**WORK, "uid": "b"}]}, action="set")
    assert [one["id"] for one in api.get("chronos/availability", action="get").data] == [second["id"]]
    api.put("chronos/availability", {"availableTimes": [{**WORK, "end": zoned("20240701T080000")}]},
            action="set").expect_error("CAL-4221")
    api.put("chronos/availability", {"availableTimes": [{**WORK, "rrule": "FREQ=NEVER"}]}, action="set").expect_error("CAL-4002")
    assert len(api.get("chronos/availability", action="get").data) == 1
    assert api.put("chronos/availability", {}, action="set").code is None
    assert api.get("chronos/availability", action="get").data == []
    assert api.user(2).get("chronos/availability", action="get").data == []


def test_outside_of_them_nobody_is_there(api):
    api.put("chronos/availability", {"availableTimes": [WORK]}, action="set")
    data = api.user(2).put("chronos", {"attendees": [user(api.user(1))]}, action="freeBusy",
                           **{"from": "20240701T000000Z", "until": "20240702T000000Z"}).data
    assert [(one["fbType"], one["startTime"], one["endTime"]) for one in data[0]["freeBusyTime"]] == [
        ("BUSY-UNAVAILABLE", 1719792000000, 1719817200000), ("BUSY-UNAVAILABLE", 1719846000000, 1719878400000)]
