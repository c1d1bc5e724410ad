"""Files of the HTTP API for tests: uploads and downloads of bytes."""

import json

from support.client import ApiClient, Answer


def upload(client: ApiClient, folder, name: str, content: bytes, media_type: str = "application/octet-stream",
           members: dict | None = None, **parameters) -> Answer:
    """A new file by multipart POST."""
    body = {"folder_id": str(folder), **(members or {})}
    return client.multipart("infostore", {"json": json.dumps(body)}, {"file": (name, media_type, content)},
                            action="new", **parameters)


def new_version(client: ApiClient, file_id: str, name: str, content: bytes, timestamp=2**63 - 1,
                media_type: str = "application/octet-stream", members: dict | None = None, **parameters) -> Answer:
    return client.multipart("infostore", {"json": json.dumps(members or {})}, {"file": (name, media_type, content)},
                            action="update", id=file_id, timestamp=timestamp, **parameters)


def put_raw(client: ApiClient, folder, name: str, content: bytes, **parameters) -> Answer:
    """A new file, or with `id` a new version, as the raw body of a PUT."""
    if "id" not in parameters:
        parameters["folder_id"] = folder
    return client.put("infostore", content, {"Content-Type": "application/octet-stream"}, action="upload",
                      binary=True, filename=name, **parameters)


def download(client: ApiClient, file_id: str, headers: dict | None = None, **parameters) -> Answer:
    """The answer, whatever its status."""
    return client.get("infostore", headers, action="document", id=file_id, folder=file_id.split("/")[0], **parameters)


def item(client: ApiClient, file_id: str, **parameters) -> dict:
    return client.get("infostore", action="get", id=file_id, folder=file_id.split("/")[0], **parameters).data


def names(client: ApiClient, folder) -> list[str]:
    """The file names of a folder, sorted."""
    rows = client.get("infostore", action="all", folder=folder, columns="702").data
    return sorted(row[0] for row in rows if row[0] is not None)


def new_folder(client: ApiClient, parent, title: str, permissions: list | None = None) -> str:
    folder = {"title": title, "module": "infostore"}
    if permissions is not None:
        folder["permissions"] = permissions
    return client.put("folders", {"folder": folder}, action="new", folder_id=parent).data
