"""Searches that are too short, where the administrator wants them longer."""

from support.agenda import appointment, new_appointment

DIRECTIVES = "GroupwareMinimumSearchCharacters 3\n"


def search(api, pattern: str):
    return api.put("calendar", {"pattern": pattern}, action="search", columns="1,200", timezone="UTC")


def test_wildcards_are_no_characters_that_somebody_searches_for(api):
    number = new_appointment(api.user(1), appointment(api.calendar_folder(), title="Budget"))
    for short in ("", "bu", "*bu*", "b?d", "b*?*u"):
        search(api, short).expect_error("APP-0094")
    for enough in ("bud", "*DGE*", "b?dg*"):
        assert [str(row[0]) for row in search(api, enough).data] == [number]
