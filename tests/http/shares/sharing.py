"""What the tests of shares have in common: files, links, and guests that open them."""

import json
import urllib.parse

from support.groupware import PASSWORD  # noqa: F401

LATE = 2**63 - 1
READ, VIEW, AUTHOR = 1, 257, 4227332


def done(answer):
    """The data of a success. Guests could not be told by mail: that is only a warning."""
    if answer.json.get("category") == 13:
        answer.expect_error("FLD-1028")
        return answer.json["data"]
    return answer.data


def make_file(api, content=b"shared bytes", name="note.txt", folder=None, media_type="text/plain", user=None) -> str:
    client = user or api.user(1)
    folder = folder or api.file_folder(client)
    return client.multipart("infostore", {"json": json.dumps({"folder_id": folder, "title": name})},
                            {"file": (name, media_type, content)}, action="new").data


def make_folder(api, title="Shared", parent=None, user=None, module="infostore", permissions=None) -> str:
    client = user or api.user(1)
    parent = parent or (api.file_folder(client) if module == "infostore" else "1")
    body = {"title": title, "module": module}
    if permissions is not None:
        body["permissions"] = permissions
    return done(client.put("folders", {"folder": body}, action="new", folder_id=parent, tree=0))


def owner_entry(client) -> dict:
    return {"entity": client.user_id, "group": False, "bits": 403710016}


def target(folder, item=None, module="infostore") -> dict:
    found = {"module": module, "folder": str(folder)}
    if item:
        found["item"] = item
    return found


def get_link(client, what: dict) -> dict:
    answer = client.put("share/management", what, action="getLink")
    return {**answer.data, "timestamp": answer.timestamp}


def update_link(client, what: dict, change: dict, timestamp=LATE):
    return client.put("share/management", {**what, **change}, action="updateLink", timestamp=timestamp)


def path_of(url: str) -> str:
    return urllib.parse.urlsplit(url).path


def token_of(url: str) -> str:
    return path_of(url).split("/share/")[1].split("/")[0]


def fragment_of(answer) -> dict:
    assert answer.status == 302, (answer.status, answer.text[:300])
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer.headers["Location"]).fragment))


def open_link(api, url: str, client=None):
    """Follows a link as a browser does; gives the client with the guest's session."""
    guest = client or api.anonymous()
    fragment = fragment_of(guest.request("GET", path_of(url)))
    guest.session, guest.user_id = fragment["session"], int(fragment["user_id"])
    guest.start = fragment
    return guest


def sign_in(client, url: str, password: str, name: str | None = None):
    fields = {"share": token_of(url), "password": password}
    if name:
        fields["name"] = name
    return client.form("login", fields, action="guest" if name else "anonymous", session=None)


def download(client, file_id: str, **parameters):
    return client.get("infostore", action="document", id=file_id, folder=file_id.split("/")[0], **parameters)


def extended(client, folder) -> list:
    column = "com.openexchange.share.extendedPermissions"
    return client.get("folders", action="get", id=folder, tree=0).data[column]
