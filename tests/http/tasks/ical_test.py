"""Tasks as iCalendar: out of a folder, and back into another one."""

from support.tasks import MONDAY, get_task, give_to, new_task, new_task_folder, task_folder

HOUR = 3_600_000


def imported(client, folder, text: str, **parameters):
    return client.multipart("import", {}, {"file": ("t.ics", "text/calendar", text.encode())}, action="ICAL", folder=folder,
                            **parameters)


def calendar(*todos: str) -> str:
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(
        f"BEGIN:VTODO\r\n{todo}\r\nEND:VTODO\r\n" for todo in todos) + "END:VCALENDAR\r\n"


def test_a_folder_goes_out_and_comes_back(api):
    client, home = api.user(1), task_folder(api.user(1))
    new_task(client, title="Über, alles", note="a\nb", start_time=MONDAY + HOUR, end_time=MONDAY + 2 * HOUR, status=2,
             percent_completed=40, priority=1, alarm=MONDAY, categories="x,y")
    new_task(client, title="day", full_time=True, end_time=MONDAY, **give_to(api.user(2)))
    out = client.get("export", action="ICAL", folder=home)
    assert out.media_type == "text/calendar" and "attachment" in out.headers["Content-Disposition"]
    assert out.text.count("BEGIN:VTODO") == 2 and "ATTENDEE" not in out.text and "DUE;VALUE=DATE:20240701" in out.text
    other = new_task_folder(client, home, "Imported")
    answer = imported(client, other, out.text)
    assert answer.callback == "callback_import" and [row["folder_id"] for row in answer.data] == [other, other]
    columns = "200,203,316,317,300,301,309,204,100,401,223"
    rows = [client.get("tasks", action="all", folder=folder, columns=columns, sort=200, order="asc").data
            for folder in (home, other)]
    assert rows[0] == rows[1]
    again = imported(client, other, out.text)
    ids = {row["id"] for row in answer.data + again.data}
    assert len(ids) == 4 and ids == {row[0] for row in client.get("tasks", action="all", folder=other, columns="1").data}


def test_a_chosen_task_and_who_may_not_read(api):
    client, other = api.user(1), api.user(2)
    task = new_task(client, title="one")
    new_task(client, title="two")
    refs = [{"id": task, "folder_id": task_folder(client)}]
    out = client.put("export", refs, action="ICAL")
    assert out.text.count("BEGIN:VTODO") == 1 and "SUMMARY:one" in out.text and "one.ics" in out.headers["Content-Disposition"]
    other.put("export", refs, action="ICAL").expect_error("I_E-0100")
    other.get("export", action="ICAL", folder=task_folder(client)).expect_error("I_E-0100")
    client.get("export", action="ICAL", folder=6).expect_error("I_E-1101")
    imported(other, task_folder(client), calendar("SUMMARY:x")).expect_error("I_E-0500")
    imported(client, 6, calendar("SUMMARY:x")).expect_error("I_E-1100")
    imported(client, task_folder(client), "nothing").expect_error("I_E-1315")


def test_each_element_is_answered_by_itself(api):
    client = api.user(1)
    answer = imported(client, task_folder(client), calendar("SUMMARY:good\r\nRRULE:FREQ=DAILY\r\nDTSTART:20240701T100000Z",
                                                            "SUMMARY:" + "x" * 300, "SUMMARY:plain"))
    elements = answer.json["data"]
    assert answer.code == "I_E-0514"
    assert [row.get("code") for row in elements] == ["I_E-1306", "TSK-0041", None]
    assert len(elements[0]["warnings"]) == 1 and elements[0]["warnings"][0]["code"] == "I_E-1306"
    assert elements[0]["category"] == 13 and get_task(client, elements[0]["id"])["title"] == "good"
    assert "id" not in elements[1] and set(elements[2]) == {"id", "folder_id", "last_modified"}
    assert get_task(client, elements[2]["id"])["title"] == "plain"


def test_one_file_fills_a_calendar_and_a_task_folder(api):
    client, home, events = api.user(1), task_folder(api.user(1)), str(api.calendar_folder())
    meeting = "BEGIN:VEVENT\r\nUID:{}\r\nDTSTART:{}\r\nEND:VEVENT\r\n"
    text = calendar("SUMMARY:t\r\nRRULE:FREQ=DAILY").replace(
        "END:VCALENDAR", meeting.format("e", "20240701T100000Z") + meeting.format("lost", "soon") + "END:VCALENDAR")
    answer = imported(client, f"{events},{home}", text)
    assert [row["folder_id"] for row in answer.json["data"]] == [events, home]
    assert answer.code == "I_E-0514" and answer.json["category"] == 13
    told = [(one["code"], one["error"]) for one in answer.json["warnings"]]
    assert [code for code, _ in told] == ["I_E-0514", *["I_E-1306"] * (len(told) - 1)]
    for what in ("DTSTART", "lost", "RRULE"):
        assert sum(f'"{what}"' in error for _, error in told) == 1, told
    for folder in (home, f"{home},{events}"):
        assert [row["folder_id"] for row in imported(client, folder, calendar("SUMMARY:t")).data] == [home]
    only_event = calendar().replace("END:VCALENDAR", meeting.format("f", "20240701T100000Z") + "END:VCALENDAR")
    imported(client, home, only_event).expect_error("I_E-1315")
    assert [row["folder_id"] for row in imported(client, f"{home},{events}", only_event).data] == [events]
    imported(client, f"{home},{events}", calendar()).expect_error("I_E-1315")
