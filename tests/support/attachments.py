"""Attachments of the HTTP API for tests."""

import json

from support.client import ApiClient, Answer

CONTACT = 7


def new_contact(client: ApiClient, folder, name: str = "Jo", **members) -> dict:
    """The parameters that name the contact as an object with attachments."""
    made = client.put("contacts", {"folder_id": str(folder), "display_name": name, **members}, action="new")
    return {"module": CONTACT, "folder": int(folder), "attached": int(made.data["id"])}


def attach(client: ApiClient, parent: dict, *files: tuple[str, str, bytes], members: dict | None = None,
           **parameters) -> Answer:
    """Files as (name, media type, bytes), numbered as browsers do."""
    announced = json.dumps({**parent, **(members or {})})
    return client.multipart("attachment", {f"json_{i}": announced for i in range(len(files))},
                            {f"file_{i}": file for i, file in enumerate(files)}, action="attach", **parameters)


def document(client: ApiClient, parent: dict, attachment, headers: dict | None = None, path: str = "", **parameters) -> Answer:
    """The answer, whatever its status."""
    return client.get("attachment" + path, headers, action="document", id=attachment, **parent, **parameters)


def rows(client: ApiClient, parent: dict, columns: str = "803", **parameters) -> list:
    return client.get("attachment", action="all", columns=columns, **parent, **parameters).data
