"""A guest session sees what was shared and nothing else, whatever it asks for."""

import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import sharing  # noqa: E402
from sharing import LATE  # noqa: E402

OPERATIONS = json.loads((pathlib.Path(__file__).resolve().parents[2] / "data" / "http-api.json").read_text())["operations"]

MARK = "Topsecret"
# Answers of these hold nothing of the context's: their own session, or what everybody may know.
HARMLESS = {"login", "logout", "multiple"}


def prepare(api) -> dict:
    """A context full of things that are marked, and one folder and one file that are shared."""
    owner = api.user(1)
    api.user(2)
    folder = sharing.make_folder(api, "Open")
    hidden = sharing.make_folder(api, MARK)
    opened = sharing.make_file(api, b"open", "open.txt", folder)
    closed = sharing.make_file(api, MARK.encode(), f"{MARK}.txt", hidden)
    beside = sharing.make_file(api, MARK.encode(), f"{MARK}.txt")
    contacts = api.private_folder()
    contact = owner.put("contacts", {"folder_id": contacts, "display_name": MARK, "email1": f"{MARK}@x.test"},
                        action="new").data["id"]
    api.admin.put("group", {"name": MARK, "display_name": MARK, "members": [owner.user_id]}, action="new").data
    api.admin.put("resource", {"name": MARK, "display_name": MARK, "mailaddress": f"{MARK}@r.test"}, action="new").data
    owner.put("jslob", {"secret": MARK}, action="set", id="io.ox/core")
    owner.put("user", {"name": MARK, "value": MARK}, action="setAttribute", id=owner.user_id)
    return {"folder": folder, "hidden": hidden, "opened": opened, "closed": closed, "beside": beside,
            "contacts": contacts, "contact": contact, "owner": owner.user_id}


def guests(api, things: dict) -> list:
    link = sharing.get_link(api.user(1), sharing.target(things["folder"]))
    entry = {"type": "guest", "email_address": "v@elsewhere.test", "bits": sharing.AUTHOR}
    stored = api.user(1).get("folders", action="get", id=things["folder"], tree=0).data["permissions"]
    sharing.done(api.user(1).put("folders", {"folder": {"permissions": stored + [entry]}}, action="update",
                                 id=things["folder"], tree=0))
    named = [one for one in sharing.extended(api.user(1), things["folder"]) if one["type"] == "guest"][0]
    return [sharing.open_link(api, link["url"]), sharing.open_link(api, named["share_url"])]


def value_for(name: str, things: dict, number: int):
    """Something that exists and that the guest has nothing to do with, or a plausible default."""
    folders = [things["hidden"], things["contacts"], "6", things["folder"]]
    ids = [things["closed"], things["contact"], str(things["owner"]), things["beside"], things["hidden"]]
    fixed = {"columns": "1,20,500,300,700,555,306,108", "timestamp": LATE, "content_type": "infostore", "start": 0,
             "module": "infostore", "parent": things["hidden"], "tree": 0, "name": MARK, "query": MARK, "pattern": MARK,
             "left_hand_limit": 0, "right_hand_limit": 10, "type": "filestorage", "email": f"{MARK}@x.test",
             "userid": things["owner"], "user_id": things["owner"], "email1": f"{MARK}@x.test", "sort": 1, "order": "asc"}
    if name in fixed:
        return fixed[name]
    if name in ("folder", "folder_id"):
        return folders[number % len(folders)]
    return ids[number % len(ids)] if name == "id" else None


def calls_of(things: dict):
    """Every operation of the contract, several times with what exists."""
    for operation in OPERATIONS:
        if operation["method"] not in ("GET", "PUT") or operation["module"].split("/")[0] in HARMLESS:
            continue
        module = re.sub(r"\{.*?\}", "folder", operation["module"])
        for number in range(5):
            parameters = dict(operation.get("query") or {})
            for parameter in operation.get("params") or []:
                if parameter.get("in") == "query" and parameter["name"] != "session":
                    value = value_for(parameter["name"], things, number)
                    if value is not None:
                        parameters.setdefault(parameter["name"], value)
            yield operation["method"], module, parameters, number


def bodies(things: dict) -> list:
    return [[{"id": things["closed"], "folder": things["hidden"]}, {"id": things["contact"], "folder": things["contacts"]}],
            [things["hidden"], things["contacts"]], {"pattern": MARK, "folder": things["contacts"]}, [things["owner"], 2],
            {"module": "infostore", "folder": things["hidden"], "item": things["closed"]},
            {"folder": {"title": "taken over"}, "display_name": "taken over", "title": "taken over",
             "folder_id": things["hidden"]}]


def snapshot(api, things: dict) -> list:
    owner = api.user(1)
    return [owner.get("folders", action="get", id=things["hidden"], tree=0).data,
            owner.get("infostore", action="get", id=things["closed"], folder=things["hidden"]).data,
            owner.get("infostore", action="get", id=things["beside"], folder=things["beside"].split("/")[0]).data,
            owner.get("contacts", action="get", id=things["contact"], folder=things["contacts"]).data,
            owner.get("user", action="get").data, owner.get("jslob", action="all").data,
            api.admin.put("group", {"pattern": "*"}, action="search").data,
            api.admin.put("resource", {"pattern": "*"}, action="search").data,
            [session["sessionId"] for session in owner.get("sessionmanagement", action="all").data]]


def test_no_operation_tells_or_changes_what_was_not_shared(api):
    things = prepare(api)
    before = snapshot(api, things)
    for guest in guests(api, things):
        for method, module, parameters, number in calls_of(things):
            sent = [None] if method == "GET" else [json.dumps(body).encode() for body in bodies(things)]
            for body in sent:
                answer = guest.request(method, guest.target(module, parameters), body,
                                       {"Content-Type": "text/javascript"} if body else None)
                assert answer.status < 500, (method, module, parameters, answer.text[:300])
                # An error may repeat what was asked for.
                told = "" if b'"error"' in answer.body else answer.body.decode("latin-1")
                assert MARK.lower() not in told.lower(), (method, module, parameters, answer.text[:300])
        guest.get("system", action="whoami").data
    assert snapshot(api, things) == before


def test_modules_beyond_the_share_are_closed(api):
    things = prepare(api)
    link, named = guests(api, things)
    for guest in (link, named):
        for module, action in (("group", "all"), ("resource", "all"), ("user", "all"), ("sessionmanagement", "all"),
                               ("token", "acquireToken"), ("quota", "get"), ("share/management", "getLink")):
            answer = guest.put(module, {}, action=action, columns="1") if module.startswith("share") else guest.get(
                module, action=action, columns="1")
            answer.expect_error("SVL-0016")
        inside = guest.multiple([{"module": "group", "action": "all"}, {"module": "system", "action": "ping"}])
        assert inside[0]["code"] == "SVL-0016"
    # The account of a link belongs to nobody: it keeps no settings of whoever comes by.
    link.put("jslob", {"x": 1}, action="set", id="io.ox/core").expect_error("SVL-0016")
    link.put("config/gui", "x").expect_error("SVL-0016")
    link.put("passwordchange", {"old_password": None, "new_password": "mine now"}, action="update").expect_error("SVL-0016")
    named.put("jslob", {"x": 1}, action="set", id="io.ox/core")
    assert named.get("user", action="get").data["email1"] == "v@elsewhere.test"


def test_the_tree_shows_the_share_and_the_system_folders(api):
    things = prepare(api)
    for guest in guests(api, things):
        seen = guest.get("folders", action="allVisible", content_type="infostore", columns="1,300").data
        assert [row[0] for rows in seen.values() for row in rows] == [things["folder"]]
        assert guest.get("folders", action="updates", timestamp=0, columns="1,300", tree=0).data
        for folder in (things["hidden"], things["contacts"], "6"):
            guest.get("folders", action="get", id=folder, tree=0).expect_error("FLD-0003")


def test_guests_have_their_own_capabilities(api):
    things = prepare(api)
    mine = {entry["id"] for entry in api.user(1).get("capabilities", action="all").data}
    assert {"share_links", "invite_guests"} <= mine and "guest" not in mine
    for guest in guests(api, things):
        theirs = {entry["id"] for entry in guest.get("capabilities", action="all").data}
        assert "guest" in theirs
        assert not theirs & {"share_links", "invite_guests", "gab", "edit_group", "edit_resource", "webmail"}


def test_a_session_of_a_guest_does_not_open_other_contexts(api):
    things = prepare(api)
    guest = guests(api, things)[0]
    stranger = api.anonymous()
    stranger.session = guest.session
    stranger.get("infostore", action="all", folder=things["folder"], columns="1").expect_error("SES-0206")
