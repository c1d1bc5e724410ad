"""Tasks of the HTTP API for tests."""

from support.client import ApiClient

TASK = 4
DAY = 86_400_000
#: 2024-07-01, a Monday; midnight UTC.
MONDAY = 1_719_792_000_000
LATE = 2**63 - 1


def task_folder(client: ApiClient) -> str:
    """The user's default folder."""
    return str(client.config("folder/tasks"))


def new_task(client: ApiClient, folder=None, **members) -> str:
    """Gives the id."""
    body = {"folder_id": str(folder or task_folder(client)), "title": "t", **members}
    return client.put("tasks", body, action="new").data["id"]


def get_task(client: ApiClient, task, folder=None, **parameters) -> dict:
    return client.get("tasks", action="get", id=task, folder=folder or task_folder(client), **parameters).data


def change_task(client: ApiClient, task, members: dict, folder=None, **parameters):
    """The answer, whatever it is."""
    parameters = {"timestamp": LATE, **parameters}
    return client.put("tasks", members, action="update", id=task, folder=folder or task_folder(client), **parameters)


def give_to(*clients: ApiClient) -> dict:
    return {"participants": [{"id": client.user_id, "type": 1} for client in clients]}


def new_task_folder(client: ApiClient, parent, title: str, *entries: tuple[ApiClient, int]) -> str:
    """Besides the owner with these people and their rights."""
    permissions = [{"entity": client.user_id, "group": False, "bits": 403710016}]
    permissions += [{"entity": other.user_id, "group": False, "bits": bits} for other, bits in entries]
    body = {"folder": {"title": title, "module": "tasks", "permissions": permissions}}
    return client.put("folders", body, action="new", folder_id=parent, tree=0).data
