"""Events in other hands: whom an organizer gives them to, and when he cannot."""

from support.agenda import cal, change, created, event, get, names, part_stats, seen, user

DIRECTIVES = "GroupwareOrganizerChanges On\n"
JULY = ("20240701T000000Z", "20240801T000000Z")


def hand_over(client, made: dict, to, recurrence_id: str | None = None, **parameters):
    return client.put("chronos", {"organizer": user(to)}, action="changeOrganizer", timestamp=2**53, **names(made, recurrence_id),
                      **parameters)


def test_an_organizer_hands_an_event_over(api):
    mine, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    made = created(api.user(1), mine, event(attendees=[user(api.user(2))]))
    invited = {**made, "folder": cal(his)}
    hand_over(api.user(2), invited, api.user(2)).expect_error("CAL-4038")
    answer = hand_over(api.user(1), made, api.user(2)).data
    (changed,) = answer["updated"]
    assert (changed["organizer"]["entity"], changed["id"], answer["created"], answer["deleted"]) == (
        api.user(2).user_id, made["id"], [], [])
    assert set(part_stats(changed)) == {api.user(1).user_id, api.user(2).user_id}
    change(api.user(1), made, {"summary": "x"}).expect_error("CAL-4038")
    change(api.user(2), invited, {"summary": "His"}).data
    assert get(api.user(1), mine, made)["summary"] == "His"
    assert "organizer" in get(api.user(2), his, invited)["flags"] and "organizer" not in get(api.user(1), mine, made)["flags"]


def test_a_series_goes_as_a_whole_or_from_an_occurrence_on(api):
    mine, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    made = created(api.user(1), mine, event(rrule="FREQ=WEEKLY;COUNT=4", attendees=[user(api.user(2))]))
    hand_over(api.user(1), made, api.user(2), "20240715T070000Z").expect_error("CAL-40310")
    other = {"organizer": user(api.user(2))}
    change(api.user(1), made, other, "20240715T070000Z").expect_error("CAL-40310")
    change(api.user(1), made, other).expect_error("CAL-4035")
    hand_over(api.user(1), made, api.user(2), "20240715T070000Z", recurrenceRange="THISANDFUTURE").data
    found = seen(api.user(2), his, *JULY, fields="organizer,startDate")
    assert [one["organizer"]["entity"] for one in found] == [api.user(1).user_id] * 2 + [api.user(2).user_id] * 2
    assert [one["startDate"]["value"] for one in found] == [f"202407{day}T090000" for day in ("01", "08", "15", "22")]


def test_with_people_outside_it_stays(api):
    mine = api.calendar_folder()
    made = created(api.user(1), mine, event(attendees=[user(api.user(2)), {"uri": "mailto:ann@elsewhere.test"}]))
    hand_over(api.user(1), made, api.user(2)).expect_error("CAL-4035")
    assert get(api.user(1), mine, made) == made
