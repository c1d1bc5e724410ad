"""What was deleted is forgotten after a while. Who comes with an older timestamp reads everything anew, and once: what he gets then is
never too old, however long ago the last change was."""

from support.agenda import cal, created, event, soon
from support.files import upload
from support.servers import wait_until
from support.tasks import task_folder

DIRECTIVES = "GroupwareJobs on interval=10m tombstones=1ms\n"


def forget(api) -> None:
    api.server.ctl_with_config("jobs", "run", "--name", "tombstones")


def check(api, updates, read_all, remove_one) -> None:
    """`updates(timestamp)`, `read_all()` and `remove_one()` give answers. What stays is older than what goes."""
    before = read_all().timestamp
    remove_one()

    def is_refused() -> bool:
        forget(api)
        return updates(before).code is not None

    wait_until(is_refused, "the end of history")
    known = read_all()
    assert known.timestamp > before, "or the client would be sent to read everything for ever"
    again = updates(known.timestamp)
    assert again.code is None and again.timestamp >= known.timestamp, again.text
    forget(api)
    assert updates(again.timestamp).code is None, "a quiet folder has nothing to forget"


def test_contacts(api):
    client, folder = api.user(1), api.private_folder()
    made = [client.put("contacts", {"folder_id": folder, "display_name": name}, action="new").data["id"] for name in "ab"]
    check(api, lambda since: client.get("contacts", action="updates", folder=folder, columns="1", timestamp=since, ignore="false"),
          lambda: client.get("contacts", action="all", folder=folder, columns="1"),
          lambda: client.put("contacts", [{"folder": folder, "id": made[1]}], action="delete", timestamp=2 ** 53).data)
    client.get("contacts", action="updates", folder=folder, columns="1", timestamp=1, ignore="deleted").data


def test_tasks(api):
    client = api.user(1)
    folder = task_folder(client)
    made = [client.put("tasks", {"folder_id": folder, "title": name}, action="new").data["id"] for name in "ab"]
    check(api, lambda since: client.get("tasks", action="updates", folder=folder, columns="1", timestamp=since, ignore="false"),
          lambda: client.get("tasks", action="all", folder=folder, columns="1"),
          lambda: client.put("tasks", [{"folder": folder, "id": made[1]}], action="delete", timestamp=2 ** 53).data)


def test_events(api):
    client, folder = api.user(1), api.calendar_folder()
    made = [created(client, folder, event(startDate=soon(5), endDate=soon(65), summary=name), checkConflicts=False) for name in "ab"]
    span = {"rangeStart": "20200101T000000Z", "rangeEnd": "20990101T000000Z"}
    check(api, lambda since: client.get("chronos", action="updates", folder=cal(folder), timestamp=since, **span),
          lambda: client.get("chronos", action="all", folder=cal(folder), **span),
          lambda: client.put("chronos", [{"folder": cal(folder), "id": made[1]["id"]}], action="delete", timestamp=2 ** 53, **span).data)


def test_files(api):
    client, folder = api.user(1), api.file_folder()
    made = [upload(client, folder, f"{name}.txt", b"x").data for name in "ab"]
    check(api, lambda since: client.get("infostore", action="updates", folder=folder, columns="1", timestamp=since, ignore="false"),
          lambda: client.get("infostore", action="all", folder=folder, columns="1"),
          lambda: client.put("infostore", [{"folder": folder, "id": made[1]}], action="delete", timestamp=2 ** 53,
                             hardDelete="true").data)


def test_folders(api):
    client = api.user(1)
    made = client.put("folders", {"folder": {"title": "gone", "module": "contacts"}}, action="new", folder_id="1").data
    check(api, lambda since: client.get("folders", action="updates", columns="1", timestamp=since),
          lambda: client.get("folders", action="list", parent="1", columns="1"),
          lambda: client.put("folders", [made], action="delete", timestamp=2 ** 53).data)


def test_what_comes_in_a_bundle_counts_as_well(api):
    client, folder = api.user(1), api.private_folder()
    made = [client.put("contacts", {"folder_id": folder, "display_name": name}, action="new").data["id"] for name in "ab"]
    client.put("contacts", [{"folder": folder, "id": made[1]}], action="delete", timestamp=2 ** 53).data

    def read_all() -> int:
        return client.multiple([{"module": "contacts", "action": "all", "folder": folder, "columns": "1"}])[0]["timestamp"]

    before = read_all()
    wait_until(lambda: forget(api) or read_all() > before, "a timestamp that is recent enough")
