"""Files bound to tasks: through whose folder they are read, and what becomes of them."""

from support.attachments import attach, document, rows
from support.tasks import TASK, get_task, give_to, new_task, new_task_folder, task_folder

TEXT = ("a.txt", "text/plain", b"hello")


def parent_of(client, task, folder=None) -> dict:
    return {"module": TASK, "folder": int(folder or task_folder(client)), "attached": int(task)}


def test_files_of_a_task_are_seen_in_each_participants_folder(api):
    owner, helper = api.user(1), api.user(2)
    task = new_task(owner, **give_to(helper))
    made = attach(owner, parent_of(owner, task), TEXT)
    assert document(helper, parent_of(helper, task), made.data[0]).body == b"hello"
    stored = get_task(helper, task)
    assert (stored["number_of_attachments"], stored["last_modified_utc"]) == (1, made.timestamp)
    assert stored["lastModifiedOfNewestAttachmentUTC"] == made.timestamp
    assert attach(helper, parent_of(helper, task), ("b.txt", "text/plain", b"x")).data
    assert rows(owner, parent_of(owner, task)) == [["a.txt"], ["b.txt"]]
    assert document(api.user(3), parent_of(api.user(3), task), made.data[0]).status == 404
    owner.put("tasks", [{"id": task, "folder": task_folder(owner)}], action="delete", timestamp=2**62).data
    assert document(owner, parent_of(owner, task), made.data[0]).status == 404
    assert owner.get("quota", action="get", module="attachment").data["attachment"]["accounts"][0]["countuse"] == 0


def test_readers_of_a_folder_read_files_and_only_writers_bring_some(api):
    owner, other = api.user(1), api.user(2)
    for bits, may_write in ((1 | 2 << 7, False), (1 | 2 << 7 | 2 << 14, True)):
        folder = new_task_folder(owner, task_folder(owner), f"F{bits}", (other, bits))
        parent = parent_of(owner, new_task(owner, folder), folder)
        one = attach(owner, parent, TEXT).data[0]
        assert document(other, parent, one).body == b"hello"
        answer = attach(other, parent, ("b.txt", "text/plain", b"x"))
        assert answer.code == (None if may_write else "TSK-0033")
        detached = other.put("attachment", [one], action="detach", **parent)
        assert detached.code == (None if may_write else "TSK-0033")
