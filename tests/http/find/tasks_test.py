"""The search box in tasks."""

from support.attachments import attach
from support.finding import chosen, facets_of, found, place, search, take
from support.tasks import MONDAY, give_to, new_task, new_task_folder, task_folder


def title(text: str) -> dict:
    return chosen("task_title", text, fields=["title"])


def test_texts_status_kind_and_people(api):
    client, other = api.user(1), api.user(2)
    move = new_task(client, title="Move", note="the Café, 100%", status=1)
    new_task(client, title="Café", status=3, **give_to(other))
    new_task(client, title="Ask", categories="cafe", participants=[
        {"type": 5, "mail": "Ann@Elsewhere.test", "display_name": "Ann Other"}])
    new_task(client, title="Weekly cafe", start_date=MONDAY, end_date=MONDAY, recurrence_type=2, days=2, interval=1)
    offered = facets_of(client, "tasks", "cafe")
    assert offered["global"]["name"] == "cafe" and offered["global"]["style"] == "simple"
    assert offered["task_title"]["item"] == {"name": "cafe", "detail": "in title"}
    assert offered["task_title"]["filter"] == {"fields": ["title"], "queries": ["cafe"]}
    assert found(client, "tasks", "title", take(offered["global"])) == ["Ask", "Café", "Move", "Weekly cafe"]
    assert found(client, "tasks", "title", take(offered["task_title"])) == ["Café", "Weekly cafe"]
    assert found(client, "tasks", "title", take(offered["task_description"])) == ["Move"]
    assert found(client, "tasks", "title", chosen("global", "cafe", "move")) == ["Move"]
    assert found(client, "tasks", "title", take(offered["task_status"], "Done")) == ["Café"]
    assert found(client, "tasks", "title", take(offered["task_type"], "series")) == ["Weekly cafe"]
    assert found(client, "tasks", "title", take(offered["task_type"], "single_task"), take(offered["task_title"])) == ["Café"]
    for text, titles in (("0%", ["Move"]), ("c%f", []), ("m_ve", []), ("m*e", ["Move"])):
        assert found(client, "tasks", "title", chosen("global", text)) == titles, text
    people = facets_of(client, "tasks", "user2")["task_participants"]
    for value in ("User2 Test", "user2"):
        assert found(client, "tasks", "title", take(people, value)) == ["Café"], value
    assert found(other, "tasks", "title", take(people, "User2 Test")) == ["Café"]
    for text in ("ann@elsewhere.test", "ANN OTH"):
        typed = take(facets_of(client, "tasks", text)["task_participants"], text)
        assert found(client, "tasks", "title", typed) == ["Ask"], text
    data = search(client, "tasks", title("move")).data["results"][0]
    assert data["id"] == move and data["folder_id"] == task_folder(client) and data["status"] == 1
    assert search(client, "tasks", title("move"), columns="200").data["results"] == [{"title": "Move"}]


def test_names_of_attachments(api):
    client, reader = api.user(1), api.user(2)
    shared = new_task_folder(client, task_folder(client), "Shared", (reader, 1 | (2 << 7)))
    for name, members in (("Open", {}), ("Secret", {"private_flag": True})):
        number = new_task(client, shared, title=name, **members)
        attach(client, {"module": 4, "folder": int(shared), "attached": int(number)},
               (f"{name} plän.txt", "text/plain", b"x")).data
    offered = facets_of(client, "tasks", "PLAN")
    assert offered["task_attachment_name"]["filter"] == {"fields": ["attachment_name"], "queries": ["PLAN"]}
    for facet in (take(offered["global"]), take(offered["task_attachment_name"])):
        assert found(client, "tasks", "title", facet) == ["Open", "Secret"], facet
        assert found(reader, "tasks", "title", facet) == ["Open"], facet
    assert found(client, "tasks", "title", take(offered["task_title"])) == []
    assert found(client, "tasks", "title", chosen("global", "plan", "secr")) == ["Secret"]


def test_folders_and_what_is_private(api):
    client, reader = api.user(1), api.user(2)
    home = task_folder(client)
    shared = new_task_folder(client, home, "Shared", (reader, 1 | (2 << 7)))
    new_task(client, shared, title="open topic")
    new_task(client, shared, title="secret topic", private_flag=True)
    new_task(client, title="own topic")
    new_task(reader, title="topic of another")
    assert found(client, "tasks", "title", title("topic")) == ["open topic", "own topic", "secret topic"]
    assert found(reader, "tasks", "title", title("topic")) == ["open topic", "topic of another"]
    assert found(reader, "tasks", "title", title("topic"), place(shared)) == ["open topic"]
    kinds = facets_of(reader, "tasks", "")["folder_type"]
    assert found(reader, "tasks", "title", title("topic"), take(kinds, "shared")) == ["open topic"]
    assert found(reader, "tasks", "title", title("topic"), take(kinds, "private")) == ["topic of another"]
    assert found(reader, "tasks", "title", title("topic"), take(kinds, "public")) == []
    assert found(client, "tasks", "title", title("topic"), place(home)) == ["own topic"]
    search(reader, "tasks", title("topic"), place(home)).expect_error("FLD-0003")
    search(reader, "tasks", title("topic"), place(6)).expect_error("TSK-0006")
    search(reader, "tasks", title("topic"), place("abc")).expect_error("FIND-0014")


def test_a_thousand_tasks_come_in_pages(api):
    client = api.user(1)
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(
        f"BEGIN:VTODO\r\nUID:u{n}@x\r\nSUMMARY:Number {n:04}\r\nEND:VTODO\r\n" for n in range(1005)) + "END:VCALENDAR\r\n"
    answer = client.multipart("import", {}, {"file": ("t.ics", "text/calendar", text.encode())}, action="ICAL",
                              folder=task_folder(client))
    assert len(answer.data) == 1005
    first = search(client, "tasks", title("number"), columns="200", body={"size": 1000}).data
    rest = search(client, "tasks", title("number"), columns="200", body={"start": 1000, "size": 1000}).data
    assert (first["num_found"], first["size"], rest["start"], rest["size"]) == (1005, 1000, 1000, 5)
    assert [one["title"] for one in first["results"] + rest["results"]] == [f"Number {n:04}" for n in range(1005)]
