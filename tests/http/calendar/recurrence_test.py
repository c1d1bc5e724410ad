"""Series in the classic calendar: patterns, positions, ends, exceptions, zones."""

import calendar as months

from support.agenda import DAY, appointment, cal, get, get_appointment, millis, new_appointment, rows, update_appointment

WEEKLY = {"recurrence_type": 2, "days": 2, "interval": 1}
PLACES = "1,201,202,206,207,208"


def test_a_weekly_series_keeps_its_wall_time_over_both_clock_changes(api):
    folder = api.calendar_folder()
    new_appointment(api.user(1), appointment(folder, "20240318T080000Z", "20240318T090000Z", **WEEKLY))
    spring = [row[1] for row in rows(api.user(1), folder, "20240318", "20240409")]
    assert spring == [millis(f"2024{at}Z") for at in ("0318T080000", "0325T080000", "0401T070000", "0408T070000")]
    autumn = [row[1] for row in rows(api.user(1), folder, "20241021", "20241105")]
    assert autumn == [millis(f"2024{at}Z") for at in ("1021T070000", "1028T080000", "1104T080000")]


def test_the_fifth_monday_is_the_last_one(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder, "20240129T080000Z", "20240129T090000Z", recurrence_type=3, days=2,
                                                      day_in_month=5, interval=1))
    found = [row[2] // DAY for row in rows(api.user(1), folder, "20240101", "20250101", "1,201,208")]
    last = [max(day for day, weekday in months.Calendar().itermonthdays2(2024, month) if day and weekday == 0)
            for month in range(1, 13)]
    assert found == [millis(f"2024{month:02}{day:02}") // DAY for month, day in enumerate(last, 1)]
    whole = get_appointment(api.user(1), folder, number)
    assert (whole["recurrence_type"], whole["days"], whole["day_in_month"]) == (3, 2, 5)


def test_until_holds_the_last_evening_west_of_greenwich(api):
    folder = api.calendar_folder()
    # 20:00 in New York is the next day in UTC.
    number = new_appointment(api.user(1), {"folder_id": folder, "title": "Late", "timezone": "America/New_York",
                                           "start_date": millis("20240702T000000Z"), "end_date": millis("20240702T010000Z"),
                                           "recurrence_type": 1, "interval": 1, "until": millis("20240703")})
    found = rows(api.user(1), folder, "20240701", "20240710", "208")
    assert found == [[millis("20240701")], [millis("20240702")], [millis("20240703")]]
    assert get_appointment(api.user(1), folder, number)["until"] == millis("20240703")


def test_occurrences_count_and_tell_until(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder, **WEEKLY, occurrences=3))
    found = get_appointment(api.user(1), folder, number)
    assert (found["occurrences"], found["until"]) == (3, millis("20240715"))
    assert [row[4] for row in rows(api.user(1), folder, "20240701", "20240801", PLACES)] == [1, 2, 3]
    # Both come back when clients send the whole object, and the one that changed counts.
    update_appointment(api.user(1), folder, number, {**found, "occurrences": 4}).data
    assert len(rows(api.user(1), folder, "20240701", "20240801")) == 4
    found = get_appointment(api.user(1), folder, number)
    update_appointment(api.user(1), folder, number, {**found, "until": millis("20240708")}).data
    assert len(rows(api.user(1), folder, "20240701", "20240801")) == 2


def test_updating_one_position_twice_makes_one_exception(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder, **WEEKLY))
    first = update_appointment(api.user(1), folder, number, {"title": "x", "recurrence_position": 3}).data["id"]
    second = update_appointment(api.user(1), folder, number, {"location": "y", "recurrence_position": 3}).data["id"]
    assert first == second != number
    found = rows(api.user(1), folder, "20240701", "20240801", "1,200,400,206,207,208,209")
    assert [row[0] for row in found] == [number, number, first, number, number]
    assert found[2] == [first, "x", "y", int(number), 3, millis("20240715"), None]
    assert [row[4] for row in found] == [1, 2, 3, 4, 5]
    master = get_appointment(api.user(1), folder, number)
    assert master["change_exceptions"] == [millis("20240715")] and "recurrence_position" not in master
    data = api.get("calendar", action="getChangeExceptions", id=number, folder=folder, columns="1,208").data
    assert data == [[first, millis("20240715")]]
    api.get("calendar", action="getChangeExceptions", id=first, folder=folder, columns="1").expect_error("APP-0107")
    update_appointment(api.user(1), folder, first, {"recurrence_type": 1, "interval": 1}).expect_error("APP-0099")
    update_appointment(api.user(1), folder, number, {"title": "z", "recurrence_position": 1000}).expect_error("APP-0074")


def test_occurrences_are_read_and_deleted_by_place(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder, **WEEKLY))
    second = get_appointment(api.user(1), folder, number, recurrence_position=2)
    assert (second["start_date"], second["recurrence_position"]) == (millis("20240708T070000Z"), 2)
    assert api.put("calendar", {"id": number, "folder": folder, "pos": 2}, action="delete", timestamp=2**53).data == []
    assert api.put("calendar", {"id": number, "folder": folder, "recurrence_date_position": millis("20240722")}, action="delete",
                   timestamp=2**53).data == []
    found = rows(api.user(1), folder, "20240701", "20240801", PLACES)
    assert [row[4] for row in found] == [1, 3, 5]
    assert get_appointment(api.user(1), folder, number)["delete_exceptions"] == [millis("20240708"), millis("20240722")]
    listed = api.put("calendar", [{"id": number, "folder": folder, "recurrence_position": 3}], action="list", columns="201",
                     timezone="UTC").data
    assert listed == [[millis("20240715T070000Z")]]


def test_a_series_becomes_a_single_appointment(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder, **WEEKLY))
    update_appointment(api.user(1), folder, number, {"title": "x", "recurrence_position": 2}).data
    update_appointment(api.user(1), folder, number, {"recurrence_type": 0}).data
    assert rows(api.user(1), folder, "20240701", "20240801", "1,209") == [[number, 0]]
    update_appointment(api.user(1), folder, number, {"recurrence_type": 1, "interval": 2, "occurrences": 2}).data
    assert len(rows(api.user(1), folder, "20240701", "20240801")) == 2


def test_masters_alone_for_sync_clients(api):
    folder = api.calendar_folder()
    number = new_appointment(api.user(1), appointment(folder, **WEEKLY))
    found = rows(api.user(1), folder, "20240715", "20240801", "1,201,206,209,212,215", recurrence_master=True)
    assert found == [[number, millis("20240701T070000Z"), int(number), 2, 2, 1]]


def test_a_rule_without_classic_form_stays_what_it_is(api):
    folder = api.calendar_folder()
    made = api.put("chronos", {"summary": "x", "rrule": "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,3",
                               "startDate": {"value": "20240701T090000", "tzid": "Europe/Berlin"},
                               "endDate": {"value": "20240701T100000", "tzid": "Europe/Berlin"}},
                   action="new", folder=cal(folder)).data["created"][0]
    whole = get_appointment(api.user(1), folder, made["id"])
    update_appointment(api.user(1), folder, made["id"], {**whole, "title": "y"}).data
    assert get(api.user(1), folder, made)["rrule"] == made["rrule"]


def test_a_series_that_starts_beside_its_rule_shows_its_first_real_occurrence(api):
    folder = api.calendar_folder()
    # A Wednesday, repeated on Mondays.
    number = new_appointment(api.user(1), appointment(folder, "20240703T070000Z", "20240703T080000Z", **WEEKLY, occurrences=2))
    found = get_appointment(api.user(1), folder, number)
    assert found["start_date"] == millis("20240708T070000Z")
    assert [row[4] for row in rows(api.user(1), folder, "20240701", "20240801", PLACES)] == [1, 2]


def test_values_that_a_pattern_cannot_have(api):
    """The values of one field at a time, beside an appointment that is right."""
    weekly = {"recurrence_type": 2, "interval": 1, "days": 2, "occurrences": 3}
    yearly = {"recurrence_type": 4, "interval": 1, "month": 6, "occurrences": 3}
    cases = [("APP-0024", {"private_flag": []}),
             ("APP-0045", {"recurrence_type": 3, "interval": 1, "day_in_month": 32}),
             ("APP-0048", {**yearly, "day_in_month": 32}), ("APP-0048", {**yearly, "days": 2, "day_in_month": 6}),
             ("APP-0092", {**weekly, "recurrence_type": 7}), ("APP-0092", {**weekly, "recurrence_type": -1}),
             ("APP-0096", {"recurrence_type": 0, "interval": 1}), ("APP-0096", {"interval": 2, "days": 4}),
             ("APP-0097", {**weekly, "month": 3}), ("APP-0097", {"recurrence_type": 1, "interval": 1, "days": 2})]
    folder = api.calendar_folder()
    for code, members in cases:
        api.put("calendar", appointment(folder, **members), action="new", timezone="UTC").expect_error(code)
    assert rows(api.user(1), folder, "20240601T000000Z", "20240801T000000Z") == []
    # What is refused on a change leaves the series as it was.
    number = new_appointment(api.user(1), appointment(folder, **weekly))
    before = get_appointment(api.user(1), folder, number)
    update_appointment(api.user(1), folder, number, {"month": 3}).expect_error("APP-0097")
    assert get_appointment(api.user(1), folder, number) == before
