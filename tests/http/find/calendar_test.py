"""The search box in the calendar: texts, people, answers, times, kinds of folders; what others keep private."""

import datetime

from support.agenda import answer_invitation, cal, created, event, new_appointment, appointment, user, zoned
from support.attachments import attach
from support.finding import chosen, facets_of, found, place, search, take


def words(text: str, facet: str = "global") -> dict:
    return chosen(facet, text)


def around(days: int) -> dict:
    """An hour, so many days from now."""
    start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return {"startDate": zoned(start.strftime("%Y%m%dT%H0000"), "UTC"),
            "endDate": zoned((start + datetime.timedelta(hours=1)).strftime("%Y%m%dT%H0000"), "UTC")}


def test_texts_are_found_where_they_are_looked_for(api):
    client, mine = api.user(1), api.calendar_folder()
    created(client, mine, event(summary="Café", location="Grüner Weg 5"))
    created(client, mine, event(summary="Review", description="At the café, 100% sure_ly", **around(1)))
    assert found(client, "calendar", "summary", words("cafe", "subject")) == ["Café"]
    assert found(client, "calendar", "summary", words("CAFÉ")) == ["Review", "Café"]
    assert found(client, "calendar", "summary", words("gruner", "location")) == ["Café"]
    assert found(client, "calendar", "summary", words("cafe", "description")) == ["Review"]
    assert found(client, "calendar", "summary", chosen("global", "cafe", "review")) == ["Review"]
    assert found(client, "calendar", "summary", words("cafe"), words("weg", "location")) == ["Café"]
    # What databases take for wildcards are characters; * and ? are wildcards.
    for text, titles in (("0%", ["Review"]), ("%", ["Review"]), ("c%f", []), ("sure_", ["Review"]), ("c_f", []),
                         ("c*f", ["Review", "Café"]), ("re?iew", ["Review"]), ("\\", []), ("'", [])):
        assert found(client, "calendar", "summary", words(text)) == titles, text
    assert found(api.user(2), "calendar", "summary", words("cafe")) == []


def test_results_are_events_or_classic_appointments(api):
    client, mine = api.user(1), api.calendar_folder()
    made = created(client, mine, event(summary="Meeting", location="Here"))
    data = search(client, "calendar", words("meeting")).data
    assert (data["num_found"], data["start"], data["size"]) == (1, 0, 1)
    one = data["results"][0]
    assert (one["id"], one["folder"], one["location"]) == (made["id"], cal(mine), "Here")
    one = search(client, "calendar", words("meeting"), fields="summary").data["results"][0]
    assert one["summary"] == "Meeting" and "location" not in one and one["id"] == made["id"]
    one = search(client, "calendar", words("meeting"), columns="1,20,200,201,99999",
                 body={"options": {"timezone": "UTC"}}).data["results"][0]
    assert one == {"id": int(made["id"]) if isinstance(one["id"], int) else made["id"], "folder_id": one["folder_id"],
                   "title": "Meeting", "start_date": 1719817200000}
    later = search(client, "calendar", words("meeting"), columns="201", body={"options": {"timezone": "Europe/Berlin"}})
    assert later.data["results"] == [{"start_date": 1719817200000 + 2 * 3_600_000}]


def test_people_and_answers(api):
    client, other, mine = api.user(1), api.user(2), api.calendar_folder()
    made = created(client, mine, event(summary="Both", attendees=[user(other)]))
    created(client, mine, event(summary="Guest", attendees=[{"uri": "mailto:Ann@Elsewhere.test", "cn": "Ann Other"}]))
    created(client, mine, event(summary="Alone"))
    people = facets_of(client, "calendar", "user2")["participant"]
    assert people["style"] == "default" and [value["item"]["name"] for value in people["values"]] == ["User2 Test", "user2"]
    assert people["values"][0]["item"]["detail"] == api.mail("user2")
    for value in ("User2 Test", "user2"):
        assert found(client, "calendar", "summary", take(people, value)) == ["Both"], value
    assert found(other, "calendar", "summary", take(people, "User2 Test")) == ["Both"]
    for text in ("ann@else", "ann oth"):
        typed = take(facets_of(client, "calendar", text)["participant"], text)
        assert found(client, "calendar", "summary", typed) == ["Guest"], text
    assert found(client, "calendar", "summary", take(people, "User2 Test"), words("guest")) == []

    status = facets_of(other, "calendar", "")["status"]
    assert status["style"] == "exclusive" and [one["id"] for one in status["options"]] == [
        "ACCEPTED", "DECLINED", "TENTATIVE", "NEEDS-ACTION"]
    assert found(other, "calendar", "summary", take(status, "NEEDS-ACTION")) == ["Both"]
    answer_invitation(other, made, "TENTATIVE", api.calendar_folder(other)).data
    assert found(other, "calendar", "summary", take(status, "TENTATIVE")) == ["Both"]
    assert found(other, "calendar", "summary", take(status, "ACCEPTED")) == []


def test_times_and_series(api):
    client, mine = api.user(1), api.calendar_folder()
    created(client, mine, event(summary="Past x", **around(-2)))
    created(client, mine, event(summary="Soon x", **around(2)))
    created(client, mine, event(summary="Later x", **around(3)))
    created(client, mine, event(summary="Old x"))
    created(client, mine, event(summary="Daily x", rrule="FREQ=DAILY;COUNT=4", **around(-3)))
    offered = facets_of(client, "calendar", "")
    assert found(client, "calendar", "summary", words("x"), take(offered["relative_date"], "coming")) == [
        "Daily x", "Soon x", "Later x"]
    assert found(client, "calendar", "summary", words("x"), take(offered["relative_date"], "past")) == [
        "Past x", "Daily x", "Old x"]
    assert found(client, "calendar", "summary", words("x"), take(offered["date"], "last_week")) == ["Past x", "Daily x"]
    july = {"facet": "date", "value": "[1719784800000 TO 1722463199999]", "filter": None}
    assert found(client, "calendar", "summary", july) == ["Old x"]
    assert found(client, "calendar", "summary", take(offered["type"], "series")) == ["Daily x"]
    assert "Daily x" not in found(client, "calendar", "summary", words("x"), take(offered["type"], "single"))


def test_what_is_private_is_found_by_nobody_else(api):
    client, reader, mine = api.user(1), api.user(2), api.calendar_folder()
    for number, kind in enumerate(("PUBLIC", "CONFIDENTIAL", "PRIVATE")):
        created(client, mine, event(summary=f"{kind} topic", location="Cellar", description="wine", **{"class": kind}))
    folder = client.get("folders", action="get", id=mine)
    permissions = [*folder.data["permissions"], {"bits": 1 | (2 << 7), "entity": reader.user_id, "group": False}]
    client.put("folders", {"folder": {"permissions": permissions}}, action="update", id=mine, timestamp=folder.timestamp).data
    owner = take(facets_of(reader, "calendar", "user1")["participant"], "User1 Test")
    for facets in ([words("topic")], [words("cellar", "location")], [words("wine", "description")], [owner],
                   [words("topic"), place(mine)], [words("topic"), place(cal(mine))]):
        assert len(found(client, "calendar", "summary", *facets)) == 3, facets
        assert found(reader, "calendar", "summary", *facets) == ["PUBLIC topic"], facets
    offered = facets_of(reader, "calendar", "topic")["folder_type"]
    assert offered["flags"] == ["conflicts:folder"]
    assert found(reader, "calendar", "summary", words("topic"), take(offered, "shared")) == ["PUBLIC topic"]
    for kind in ("private", "public"):
        assert found(reader, "calendar", "summary", words("topic"), take(offered, kind)) == [], kind
    assert len(found(client, "calendar", "summary", words("topic"), take(offered, "private"))) == 3
    search(api.user(3), "calendar", words("topic"), place(mine)).expect_error("FLD-0003")


def test_names_of_attachments_are_found_by_who_sees_them(api):
    client, reader, mine = api.user(1), api.user(2), api.calendar_folder()
    for kind in ("PUBLIC", "CONFIDENTIAL"):
        made = created(client, mine, event(summary=kind, **{"class": kind}))
        attach(client, {"module": 1, "folder": int(mine), "attached": int(made["id"])},
               (f"Budgét {kind}.txt", "text/plain", b"x")).data
    folder = client.get("folders", action="get", id=mine)
    permissions = [*folder.data["permissions"], {"bits": 1 | (2 << 7), "entity": reader.user_id, "group": False}]
    client.put("folders", {"folder": {"permissions": permissions}}, action="update", id=mine, timestamp=folder.timestamp).data
    offered = facets_of(client, "calendar", "BUDGET")
    assert offered["attachment_name"]["filter"] == {"fields": ["attachment_name"], "queries": ["BUDGET"]}
    for facet in (take(offered["global"]), take(offered["attachment_name"])):
        assert sorted(found(client, "calendar", "summary", facet)) == ["CONFIDENTIAL", "PUBLIC"], facet
        assert found(reader, "calendar", "summary", facet) == ["PUBLIC"], facet
    assert found(client, "calendar", "summary", take(offered["subject"])) == []
    assert found(client, "calendar", "summary", words("confidential.t", "attachment_name")) == ["CONFIDENTIAL"]


def test_a_thousand_events_come_in_pages(api):
    client, mine = api.user(1), api.calendar_folder()
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(
        f"BEGIN:VEVENT\r\nUID:u{n}@x\r\nDTSTART:2024{n // 28 % 12 + 1:02}{n % 28 + 1:02}T{n // 336:02}0000Z\r\n"
        f"SUMMARY:Number {n}\r\nEND:VEVENT\r\n" for n in range(1005)) + "END:VCALENDAR\r\n"
    answer = client.multipart("import", {}, {"file": ("t.ics", "text/calendar", text.encode())}, action="ICAL", folder=mine)
    assert len(answer.data) == 1005
    seen = []
    for start in (0, 400, 800, 1200):
        data = search(client, "calendar", words("number"), fields="summary", body={"start": start, "size": 400}).data
        assert (data["num_found"], data["start"], data["size"]) == (1005, start, max(0, min(400, 1005 - start)))
        seen += [one["summary"] for one in data["results"]]
    assert sorted(seen) == sorted(f"Number {n}" for n in range(1005))
    assert len(found(client, "calendar", "summary", words("number 100"))) == 6
    assert search(client, "calendar", words("number")).data["size"] == 20
    assert search(client, "calendar", words("number"), body={"size": 1000}).data["size"] == 1000
    assert search(client, "calendar", words("number"), body={"size": 0}).data["results"] == []
    search(client, "calendar", words("number"), body={"size": 1001}).expect_error("SVL-0010")
