"""Files of events: with the event, through the attachment module, as downloads."""

import io
import json
import zipfile

from support.attachments import attach, document, rows
from support.agenda import answer_invitation, cal, change, created, delete, event, get, names, user

TEXT = ("a.txt", "text/plain", b"hello")
OTHER = ("b.txt", "text/plain", b"other bytes")


def new_with_files(api, folder, members: dict, **files) -> dict:
    answer = api.multipart("chronos", {"json_0": json.dumps(event(**members))}, files, action="new", folder=cal(folder))
    assert answer.callback == "callback_new"
    return answer.data["created"][0]


def test_files_come_with_a_new_event(api):
    folder = api.calendar_folder()
    made = new_with_files(api, folder, {"attachments": [{"filename": "x.txt", "fmtType": "text/plain", "uri": "cid:file_0"}]},
                          file_0=TEXT)
    stored = made["attachments"][0]
    assert (stored["filename"], stored["fmtType"], stored["size"]) == ("x.txt", "text/plain", 5)
    assert "attachments" in made["flags"]
    download = api.get("chronos", action="getAttachment", managedId=stored["managedId"], **names(made))
    assert download.status == 200 and download.body == b"hello"
    missing = api.get("chronos", action="getAttachment", managedId=999999, **names(made))
    assert missing.status == 404


def test_an_update_keeps_what_it_names_and_takes_what_it_brings(api):
    folder = api.calendar_folder()
    made = new_with_files(api, folder, {}, file_0=TEXT, file_1=OTHER)
    keep, drop = made["attachments"]
    members = {"attachments": [{"managedId": keep["managedId"]}, {"uri": "cid:new"}], "summary": "Other"}
    answer = api.multipart("chronos", {"json_0": json.dumps({"event": members})}, {"new": ("c.txt", "text/plain", b"c")},
                           action="update", timestamp=made["timestamp"], **names(made))
    updated = answer.data["updated"][0]
    assert [one["filename"] for one in updated["attachments"]] == [keep["filename"], "c.txt"] and updated["summary"] == "Other"
    assert answer.timestamp == updated["timestamp"] > made["timestamp"]
    # Without the member nothing happens to them; an empty list takes all away.
    change(api.user(1), made, {"summary": "x"}).data
    assert len(get(api.user(1), folder, made)["attachments"]) == 2
    assert "attachments" not in change(api.user(1), made, {"attachments": []}).data["updated"][0]
    assert drop["managedId"]


def test_the_attachment_module_knows_events(api):
    folder = int(api.calendar_folder())
    made = created(api.user(1), folder, event())
    parent = {"module": 1, "folder": folder, "attached": int(made["id"])}
    answer = attach(api.user(1), parent, TEXT, OTHER)
    assert rows(api.user(1), parent) == [["a.txt"], ["b.txt"]]
    assert document(api.user(1), parent, answer.data[0]).body == b"hello"
    found = get(api.user(1), folder, made)
    assert found["timestamp"] == answer.timestamp and len(found["attachments"]) == 2
    packed = api.put("chronos", [str(answer.data[0]), answer.data[1]], action="zipAttachments", **names(made))
    archive = zipfile.ZipFile(io.BytesIO(packed.body))
    assert {name: archive.read(name) for name in archive.namelist()} == {"a.txt": b"hello", "b.txt": b"other bytes"}
    api.put("attachment", [answer.data[0]], action="detach", **parent).data
    assert len(get(api.user(1), folder, made)["attachments"]) == 1


def test_only_who_may_change_an_event_attaches_to_it(api):
    mine, his = int(api.calendar_folder()), int(api.calendar_folder(api.user(2)))
    made = created(api.user(1), mine, event(attendees=[{"entity": api.user(2).user_id, "cuType": "INDIVIDUAL"}]))
    attach(api.user(1), {"module": 1, "folder": mine, "attached": int(made["id"])}, TEXT)
    parent = {"module": 1, "folder": his, "attached": int(made["id"])}
    assert rows(api.user(2), parent) == [["a.txt"]]
    attach(api.user(2), parent, OTHER).expect_error("CAL-4038")
    api.user(3).get("attachment", action="all", columns="803", **parent).expect_error("FLD-0003")


def test_a_file_that_nothing_names_is_refused_and_nothing_is_stored(api):
    folder = api.calendar_folder()
    sent = event(attachments=[{"uri": "cid:file_0"}])
    api.multipart("chronos", {"json_0": json.dumps(sent)}, {"file_0": TEXT, "file_1": OTHER}, action="new",
                  folder=cal(folder)).expect_error("CAL-4006")
    found = api.get("chronos", action="all", folder=cal(folder), rangeStart="20240701", rangeEnd="20240801").data
    assert found == []


def test_an_occurrence_that_was_changed_has_the_files_of_its_series_and_its_own(api):
    mine, his = api.calendar_folder(), api.calendar_folder(api.user(2))
    made = new_with_files(api, mine, {"rrule": "FREQ=WEEKLY;COUNT=3", "attendees": [user(api.user(2))]}, file_0=TEXT)
    (agenda,) = made["attachments"]
    answer = answer_invitation(api.user(2), made, "ACCEPTED", his, "20240708T070000Z").data
    exception = answer["created"][0]
    assert exception["attachments"] == [agenda] and "attachments" in exception["flags"]
    named = names(exception)
    for managed, body in ((agenda["managedId"], b"hello"),):
        assert api.user(2).get("chronos", action="getAttachment", managedId=managed, **named).body == body
    assert rows(api.user(2), {"module": 1, "folder": int(his), "attached": int(exception["id"])}) == [["a.txt"]]
    # What is sent back stays, what is new is the occurrence's alone, and the series loses nothing.
    body = {"event": {"attachments": [agenda, {"uri": "cid:file_0"}]}}
    answer = api.multipart("chronos", {"json_0": json.dumps(body)}, {"file_0": OTHER}, action="update", timestamp=2**53,
                           **names(made, "20240708T070000Z"))
    changed = [one for one in answer.data["updated"] if one["id"] == exception["id"]][0]
    assert [one["filename"] for one in changed["attachments"]] == ["a.txt", "b.txt"]
    change(api.user(1), made, {"attachments": []}, "20240708T070000Z").data
    assert get(api.user(1), mine, exception)["attachments"] == [agenda] == get(api.user(1), mine, made)["attachments"]
    light = api.get("chronos", action="all", folder=cal(mine), rangeStart="20240701", rangeEnd="20240801", expand=True, fields="flags").data
    assert ["attachments" in one["flags"] for one in light] == [True] * 3
    delete(api.user(1), names(made)).data
    named["folder"] = cal(mine)
    assert api.get("chronos", action="getAttachment", managedId=agenda["managedId"], **named).status == 404
