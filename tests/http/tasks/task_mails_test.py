"""Mails about tasks: who is told of what, and who does not want to be."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from support.invitations import INBOX, Outside, look  # noqa: E402
from support.servers import wait_until  # noqa: E402
from support.tasks import LATE, change_task, give_to, new_task, task_folder  # noqa: E402

MAIL = True


def subjects(client, count: int) -> list[str]:
    """Those of all mails, once there are so many."""
    wait_until(lambda: len(look(client)) >= count, f"{count} mails of {client.user_id}")
    return [row[1] for row in look(client)]


def test_participants_hear_of_a_task_until_it_is_gone(api):
    owner, helper, guest = api.user(1), api.user(2), Outside(api, "guest")
    people = [*give_to(helper)["participants"], {"type": 5, "mail": guest.address, "display_name": "Guest"}]
    task = new_task(owner, title="Move", note="All of it", notification=True, participants=people)
    assert subjects(helper, 1) == ["New task: Move"]
    found = guest.next()
    assert found["Subject"] == "New task: Move" and found["From"].addresses[0].addr_spec == api.mail("user1")
    text = found.get_body(("plain",)).get_content()
    assert f"Guest <{guest.address}>" in text and "All of it" in text and "Status: not started" in text
    assert not any(part.get_content_type() == "text/calendar" for part in found.walk())
    # What the client does not want to be told is not.
    change_task(owner, task, {"note": "other"}).data
    change_task(owner, task, {"status": 2, "percent_completed": 20, "notification": True}).data
    assert subjects(helper, 2)[1:] == ["Task changed: Move"]
    assert "Progress: 20 %" in guest.next().get_body(("plain",)).get_content()
    # The one who made it hears of answers.
    body = {"confirmation": 1, "confirmmessage": "gladly"}
    helper.put("tasks", body, action="confirm", id=task, folder=task_folder(helper)).data
    assert subjects(owner, 1) == ["Task accepted: Move"]
    mail = owner.get("mail", action="get", folder=INBOX, id=look(owner)[0][0], view="text", unseen=True).data
    assert "Comment: gladly" in mail["attachments"][0]["content"]
    owner.put("tasks", {"id": task, "folder": task_folder(owner)}, action="delete", timestamp=LATE).data
    assert subjects(helper, 3)[2:] == ["Task deleted: Move"]
    assert guest.next()["Subject"] == "Task deleted: Move"


def test_users_choose_which_mails_about_tasks_they_get(api):
    owner, quiet, curious = api.user(1), api.user(2), api.user(3)
    quiet.put("jslob", {"notifyNewModifiedDeleted": False}, action="update", id="io.ox/tasks")
    curious.put("jslob", {"notifyAcceptedDeclinedAsParticipant": True}, action="update", id="io.ox/tasks")
    owner.put("jslob", {"notifyAcceptedDeclinedAsCreator": False}, action="update", id="io.ox/tasks")
    task = new_task(owner, title="Plan", notification=True, **give_to(quiet, curious))
    assert subjects(curious, 1) == ["New task: Plan"]
    quiet.put("tasks", {"confirmation": 2}, action="confirm", id=task, folder=task_folder(quiet)).data
    assert subjects(curious, 2)[1:] == ["Task declined: Plan"]
    # Whoever gets the last mail has got all before it.
    curious.put("tasks", {"confirmation": 3}, action="confirm", id=task, folder=task_folder(curious)).data
    assert look(quiet) == [] and look(owner) == []
