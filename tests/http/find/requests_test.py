"""What the search box refuses, what it tells of itself, and who may use it."""

from support.finding import chosen, facets_of, search

ALL = ["calendar", "contacts", "drive", "tasks"]


def test_clients_are_told_where_they_can_search(api):
    assert api.get("find", action="config").data == {"modules": ALL, "mandatory": {"folder": [], "account": []}}
    assert api.config("modules/search/modules") == ALL
    core = api.put("jslob", ["io.ox/core"], action="list").data[0]["tree"]
    assert core["search"]["modules"] == ALL and core["search"]["mandatory"]["folder"] == ["mail"]
    assert "search" in [one["id"] for one in api.get("capabilities", action="all").data]


def test_an_empty_box_offers_only_what_is_fixed(api):
    for module in ALL:
        offered = facets_of(api.user(1), module, "  ")
        assert {facet["style"] for facet in offered.values()} == {"exclusive"}, module
    assert facets_of(api.user(1), "tasks", "", facets=[{"facet": "task_status", "value": "1"}]).keys() == {
        "task_type", "folder_type"}
    assert facets_of(api.user(1), "tasks", "", facets=[{"facet": "folder", "value": "1"}]).keys() == {
        "task_status", "task_type"}
    api.put("find", {"prefix": "x" * 256}, action="autocomplete", module="tasks").expect_error("SVL-0010")
    api.put("find", {"facets": []}, action="autocomplete", module="tasks").expect_error("SVL-0002")


def test_values_of_a_facet_are_limited(api):
    for number in range(12):
        api.put("contacts", {"folder_id": api.private_folder(), "display_name": f"Person {number:02}",
                             "email1": f"p{number}@example.test"}, action="new").data
    for limit, count in ((None, 10), (3, 3), (0, 10), (1000, 12)):
        values = facets_of(api.user(1), "calendar", "pers", limit=limit)["participant"]["values"]
        # And what was typed.
        assert len(values) == count + 1 and values[-1]["item"] == {"name": "pers"}, limit


def test_wrong_requests_get_the_codes_of_the_search_box(api):
    client = api.user(1)
    for facets, code in (([], "FIND-0005"), ([{"facet": "global", "value": ""}], "FIND-0005"),
                         ([{"facet": "nothing", "value": "x"}], "FIND-0008"),
                         ([chosen("global", "x", fields=["nothing"])], "FIND-0003"),
                         ([chosen("status", "nothing")], "FIND-0004"), ([chosen("date", "soon")], "FIND-0012"),
                         ([chosen("global", "x" * 256)], "SVL-0010"),
                         ([{"facet": "global", "value": "x" * 256}], "SVL-0010"),
                         ([chosen("global", *["x"] * 51)], "SVL-0031"), ([chosen("global", "x")] * 51, "SVL-0031"), ([chosen("global", "x")] * 101, "SVL-0031"),
                         ([chosen("folder_type", "secret")], "FIND-0015"),
                         ([chosen("status", "ACCEPTED")] * 2, "FIND-0016")):
        search(client, "calendar", *facets).expect_error(code)
    search(client, "mail", chosen("global", "x")).expect_error("FIND-0017")
    search(client, "weather", chosen("global", "x")).expect_error("SVL-0010")
    client.put("find", {}, action="nothing", module="tasks").expect_error("SVL-0021")
    assert client.put("find", {}, action="query").status == 400


def test_modules_that_a_user_lacks_cannot_be_searched(api):
    api.user(1)
    api.ctl("user", "change", "--context", api.context_id, "--name", "user1", "--module", "contacts")
    search(api.user(1), "tasks", chosen("global", "x")).expect_error("FIND-0017")
    assert api.get("find", action="config").data["modules"] == ["contacts"]
