"""Series in chronos: occurrences, exceptions, splits, clock changes."""

from support.agenda import cal, change, created, delete, event, get, names, seen, zoned

WEEKLY = {"rrule": "FREQ=WEEKLY;BYDAY=MO"}
JULY = ("20240701T000000Z", "20240801T000000Z")


def starts(found: list[dict]) -> list[str]:
    return [one["startDate"]["value"] for one in found]


def test_occurrences_are_named_by_their_original_start(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(**WEEKLY))
    assert made["seriesId"] == made["id"] and "recurrenceId" not in made and "series" in made["flags"]
    found = seen(api.user(1), folder, *JULY)
    assert [one["recurrenceId"] for one in found] == [f"202407{day}T070000Z" for day in ("01", "08", "15", "22", "29")]
    assert starts(found) == [f"202407{day}T090000" for day in ("01", "08", "15", "22", "29")]
    assert {one["id"] for one in found} == {made["id"]}
    assert "first_occurrence" in found[0]["flags"] and "last_occurrence" not in found[-1]["flags"]
    assert len(seen(api.user(1), folder, *JULY, expand=False)) == 1
    one = get(api.user(1), folder, made, "20240708T070000Z")
    assert one["startDate"] == zoned("20240708T090000") and one["recurrenceId"] == "20240708T070000Z"
    # Clients name it in the zone of the event, too.
    assert get(api.user(1), folder, made, "Europe/Berlin:20240708T090000")["recurrenceId"] == "20240708T070000Z"
    for wrong in ("20240709T070000Z", "20240708T080000Z"):
        api.get("chronos", action="get", **names(made, wrong)).expect_error("CAL-4042")


def test_the_wall_clock_stays_when_clocks_change(api):
    folder = api.calendar_folder()
    created(api.user(1), folder, event(startDate=zoned("20240318T090000"), endDate=zoned("20240318T100000"), **WEEKLY))
    found = seen(api.user(1), folder, "20240318T000000Z", "20240409T000000Z")
    assert starts(found) == [f"2024{day}T090000" for day in ("0318", "0325", "0401", "0408")]
    assert [one["recurrenceId"][8:] for one in found] == ["T080000Z", "T080000Z", "T070000Z", "T070000Z"]


def test_a_changed_occurrence_is_an_exception_with_an_id_of_its_own(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(**WEEKLY))
    answer = change(api.user(1), made, {"summary": "Moved", "startDate": zoned("20240709T090000"),
                                        "endDate": zoned("20240709T100000")}, "20240708T070000Z").data
    exception, master = answer["created"][0], answer["updated"][0]
    assert exception["seriesId"] == made["id"] != exception["id"] and exception["recurrenceId"] == "20240708T070000Z"
    assert "overridden" in exception["flags"] and master["id"] == made["id"]
    assert master["changeExceptionDates"] == ["20240708T070000Z"]
    found = seen(api.user(1), folder, *JULY)
    assert starts(found)[1] == "20240709T090000" and len(found) == 5
    # Both names of it work, and the second edit makes no second one.
    assert get(api.user(1), folder, made, "20240708T070000Z")["id"] == exception["id"]
    again = change(api.user(1), made, {"location": "here"}, "20240708T070000Z").data
    assert again["created"] == [] and [one["id"] for one in again["updated"] if one["id"] != made["id"]] == [exception["id"]]
    # What the series says goes to it as long as it says nothing else.
    change(api.user(1), made, {"summary": "New", "description": "what"}).data
    kept = get(api.user(1), folder, exception)
    assert (kept["summary"], kept["description"], kept["location"]) == ("Moved", "what", "here")


def test_a_deleted_occurrence_leaves_the_others(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(**WEEKLY))
    answer = delete(api.user(1), names(made, "20240715T070000Z")).data[0]
    assert answer["updated"][0]["deleteExceptionDates"] == ["20240715T070000Z"]
    assert starts(seen(api.user(1), folder, *JULY)) == [f"202407{day}T090000" for day in ("01", "08", "22", "29")]
    api.get("chronos", action="get", **names(made, "20240715T070000Z")).expect_error("CAL-4042")
    # Brought back by the list of deleted ones.
    change(api.user(1), made, {"deleteExceptionDates": []}).data
    assert len(seen(api.user(1), folder, *JULY)) == 5


def test_a_series_deleted_goes_with_its_exceptions(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(**WEEKLY))
    exception = change(api.user(1), made, {"summary": "x"}, "20240708T070000Z").data["created"][0]
    gone = delete(api.user(1), names(made)).data[0]["deleted"]
    assert {one["id"] for one in gone} == {made["id"], exception["id"]}
    assert seen(api.user(1), folder, *JULY) == []


def test_a_split_loses_no_occurrence_and_doubles_none(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=8"))
    change(api.user(1), made, {"summary": "early"}, "20240708T070000Z").data
    change(api.user(1), made, {"summary": "late"}, "20240729T070000Z").data
    answer = change(api.user(1), made, {"location": "elsewhere"}, "20240722T070000Z", recurrenceRange="THISANDFUTURE").data
    earlier = [one for one in answer["created"] if one["id"] == one.get("seriesId")][0]
    found = seen(api.user(1), folder, "20240701T000000Z", "20240930T000000Z")
    assert starts(found) == [f"2024{day}T090000" for day in ("0701", "0708", "0715", "0722", "0729", "0805", "0812", "0819")]
    assert [one["seriesId"] == earlier["id"] for one in found] == [True] * 3 + [False] * 5
    assert [one.get("location") for one in found] == [None] * 3 + ["elsewhere"] * 5
    assert (found[1]["summary"], found[4]["summary"]) == ("early", "late")
    assert found[0]["relatedTo"] == found[7]["relatedTo"]
    change(api.user(1), made, {"location": "x"}, "20240723T070000Z", recurrenceRange="THISANDFUTURE").expect_error("CAL-4063")


def test_a_rule_that_changes_keeps_the_exceptions_it_still_hits(api):
    folder = api.calendar_folder()
    made = created(api.user(1), folder, event(rrule="FREQ=DAILY;COUNT=14"))
    kept = change(api.user(1), made, {"summary": "kept"}, "20240703T070000Z").data["created"][0]
    dropped = change(api.user(1), made, {"summary": "dropped"}, "20240702T070000Z").data["created"][0]
    answer = change(api.user(1), made, {"rrule": "FREQ=DAILY;INTERVAL=2;COUNT=7"}).data
    assert dropped["id"] in {one["id"] for one in answer["deleted"]}
    assert get(api.user(1), folder, kept)["summary"] == "kept"
    assert len(seen(api.user(1), folder, *JULY)) == 7


def test_all_day_and_floating_series(api):
    folder = api.calendar_folder()
    whole = created(api.user(1), folder, event(startDate={"value": "20240701"}, endDate={"value": "20240702"},
                                               rrule="FREQ=MONTHLY;BYMONTHDAY=1"))
    assert [one["recurrenceId"] for one in seen(api.user(1), folder, "20240601T000000Z", "20240902T000000Z")] == [
        "20240701", "20240801", "20240901"]
    delete(api.user(1), names(whole)).data
    created(api.user(1), folder, event(startDate={"value": "20240701T090000"}, endDate={"value": "20240701T100000"},
                                       rrule="FREQ=DAILY;COUNT=2"))
    assert [one["recurrenceId"] for one in seen(api.user(1), folder, *JULY)] == ["20240701T090000", "20240702T090000"]


def test_more_than_a_thousand_events_are_refused_with_a_code_that_clients_know(api):
    folder = api.calendar_folder()
    created(api.user(1), folder, event(rrule="FREQ=DAILY"))
    answer = api.get("chronos", action="all", folder=cal(folder), rangeStart="20240701", rangeEnd="20290701", expand=True)
    answer.expect_error("CAL-5072")
    assert len(seen(api.user(1), folder, "20240701T000000Z", "20260101T000000Z")) == 549
