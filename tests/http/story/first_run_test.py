"""The first day of two users: what one makes, finds and shares, and what the other sees of it."""

import json


def rows_of(answer) -> set:
    return {row[0] for row in answer.data}


def test_a_user_keeps_contacts_from_the_first_login_on(api):
    client = api.user(1)
    for tree, top in ((0, {"1", "2", "3", "9"}), (1, {"1"})):
        assert rows_of(client.get("folders", action="root", tree=tree, columns="1,300")) == top
        below = client.get("folders", action="list", parent="1", tree=tree, columns="1,300,301,308").data
        folder = api.private_folder()
        assert [row for row in below if row[0] == folder and row[2] == "contacts"], below
    parents = rows_of(client.get("folders", action="list", parent="1", tree=1, columns="1"))
    assert {"2", "3"} <= parents, "tree 1 has the public and shared folders below the private ones"
    visible = client.get("folders", action="allVisible", content_type="contacts", columns="1").data
    assert [folder] in visible["private"] and ["6"] in visible["public"]
    path = [row[0] for row in client.get("folders", action="path", id=folder, tree=0, columns="1").data]
    assert path == [folder, "1"]

    empty = client.get("contacts", action="all", folder=folder, columns="1")
    assert empty.data == []
    made = client.put("contacts", {"folder_id": folder, "first_name": "Ada", "last_name": "Lovelace",
                                   "email1": "ada@example.test", "birthday": -4874256000000}, action="new")
    contact = made.data["id"]
    read = client.get("contacts", action="get", folder=folder, id=contact)
    assert read.timestamp == made.timestamp > empty.timestamp
    assert {name: read.data[name] for name in ("display_name", "first_name", "email1", "birthday", "created_by")} == {
        "display_name": "Lovelace, Ada", "first_name": "Ada", "email1": "ada@example.test", "birthday": -4874256000000,
        "created_by": client.user_id}

    news = client.get("contacts", action="updates", folder=folder, columns="1,500", timestamp=empty.timestamp, ignore="false")
    assert news.data == [[contact, "Lovelace, Ada"]] and news.timestamp == made.timestamp
    changed = client.put("contacts", {"company": "Engines", "email1": None}, action="update", folder=folder, id=contact,
                         timestamp=read.timestamp)
    assert changed.timestamp > read.timestamp
    again = client.get("contacts", action="get", folder=folder, id=contact).data
    assert again["company"] == "Engines" and "email1" not in again and again["first_name"] == "Ada"

    assert client.put("contacts", {"pattern": "love", "folder": folder}, action="search", columns="1").data == [[contact]]
    assert client.put("contacts", {"filter": ["=", {"field": "company"}, "Eng*"]}, action="advancedSearch",
                      columns="1").data == [[contact]]
    assert client.get("contacts", action="autocomplete", query="lov", email=False, columns="1").data == [[contact]]

    deleted = client.put("contacts", [{"id": contact, "folder": folder}], action="delete", timestamp=changed.timestamp)
    assert deleted.data == []
    client.get("contacts", action="get", folder=folder, id=contact).expect_error("CON-0125")
    since = {"folder": folder, "columns": "1", "timestamp": made.timestamp}
    assert client.get("contacts", action="updates", ignore="false", **since).data == [contact]
    assert client.get("contacts", action="updates", **since).data == []
    assert client.get("contacts", action="updates", ignore="deleted", **since).data == []


SECRET = "Unshared Person"


def everything_readable(client, owner: int, folder: str, contact: str) -> list[tuple[str, object]]:
    """(what, answer) of every request that could show something of another user's folder."""
    get, put = client.get, client.put
    place = {"folder": folder, "columns": "1,20,500"}
    found = [
        ("all", get("contacts", action="all", **place)),
        ("list", put("contacts", [{"id": contact, "folder": folder}], action="list", columns="1,20,500")),
        ("get", get("contacts", action="get", folder=folder, id=contact)),
        ("get elsewhere", get("contacts", action="get", folder="6", id=contact)),
        ("updates", get("contacts", action="updates", timestamp=0, ignore="false", **place)),
        ("search", put("contacts", {"pattern": "*"}, action="search", columns="1,20,500")),
        ("search there", put("contacts", {"pattern": "*", "folder": folder}, action="search", columns="1,20,500")),
        ("filter", put("contacts", {"filter": ["=", {"field": "display_name"}, "Unshared*"]}, action="advancedSearch",
                       columns="1,20,500")),
        ("filter there", put("contacts", {"filter": ["=", {"field": "folder_id"}, folder]}, action="advancedSearch",
                             columns="1,20,500")),
        ("autocomplete", get("contacts", action="autocomplete", query="unshared", email=False, columns="1,20,500")),
        ("autocomplete mail", get("contacts", action="autocomplete", query="unshared", columns="1,20,500")),
        ("birthdays", get("contacts", action="birthdays", start=0, end=366 * 86400000 * 2, columns="1,20,500")),
        ("anniversaries", get("contacts", action="anniversaries", start=0, end=366 * 86400000 * 2, columns="1,20,500")),
        ("copy", put("contacts", {"folder_id": folder}, action="copy", folder=folder, id=contact)),
        ("picture", get("image/contact/picture", folder=folder, id=contact)),
        ("picture by mail", get("contacts/picture", action="get", email="unshared@example.test")),
        ("halo", get("halo/contact", action="investigate", provider="com.openexchange.halo.contacts", columns="1,20,500",
                     email1="unshared@example.test")),
        ("csv", get("export", action="CSV", folder=folder)),
        ("vcard", get("export", action="VCARD", folder=folder)),
        ("csv batch", put("export", [{"id": contact, "folder_id": folder}], action="CSV")),
        ("multiple", put("multiple", [{"module": "contacts", "action": "get", "id": contact, "folder": folder}])),
    ]
    for tree in (0, 1):
        for parent in ("0", "1", "2", "3", f"u:{owner}", folder):
            found.append((f"list {parent} {tree}", get("folders", action="list", parent=parent, tree=tree, columns="1,300")))
        found += [("root", get("folders", action="root", tree=tree, columns="1,300")),
                  ("folder", get("folders", action="get", id=folder, tree=tree)),
                  ("path", get("folders", action="path", id=folder, tree=tree, columns="1,300")),
                  ("folder updates", get("folders", action="updates", timestamp=0, tree=tree, columns="1,300")),
                  ("allVisible", get("folders", action="allVisible", content_type="contacts", tree=tree, columns="1,300")),
                  ("shares", get("folders", action="shares", content_type="contacts", tree=tree, columns="1,300"))]
    return found


def test_the_other_user_sees_nothing_before_and_only_the_shared_folder_after_sharing(api):
    owner, reader = api.user(1), api.user(2)
    private = api.private_folder()
    folder = owner.put("folders", {"folder": {"title": "Hidden title", "module": "contacts"}}, action="new",
                       folder_id="1", tree=0).data
    body = {"display_name": SECRET, "email1": "unshared@example.test", "birthday": 86400000, "anniversary": 86400000}
    contact = owner.put("contacts", {"folder_id": folder, **body}, action="new").data["id"]
    other = owner.put("contacts", {"folder_id": private, **body}, action="new").data["id"]
    for place, one in ((folder, contact), (private, other)):
        for what, answer in everything_readable(reader, owner.user_id, place, one):
            for told in (SECRET, "Hidden title", "unshared@example.test"):
                assert told not in answer.text, f"{what} shows {told}: {answer.text[:300]}"
            if answer.status == 200 and answer.text[:1] in "{[":
                data = json.dumps(answer.json.get("data") if isinstance(answer.json, dict) else answer.json)
                assert f'"{place}"' not in data, f"{what} shows the folder: {answer.text[:300]}"

    stamp = reader.get("folders", action="updates", timestamp=0, columns="1").timestamp
    permissions = [{"entity": owner.user_id, "group": False, "bits": 403710016},
                   {"entity": reader.user_id, "group": False, "bits": 257}]
    owner.put("folders", {"folder": {"permissions": permissions}}, action="update", id=folder, tree=0).data
    assert [folder, "Hidden title"] in reader.get("folders", action="updates", timestamp=stamp, columns="1,300").data
    assert [f"u:{owner.user_id}"] in reader.get("folders", action="list", parent="3", tree=0, columns="1").data
    shared = reader.get("folders", action="list", parent=f"u:{owner.user_id}", tree=0, columns="1,300,302,305").data
    assert shared == [[folder, "Hidden title", 3, 257]]
    visible = reader.get("folders", action="allVisible", content_type="contacts", columns="1").data["shared"]
    assert visible == [[folder]]
    assert reader.get("contacts", action="all", folder=folder, columns="1,500").data == [[contact, SECRET]]
    assert reader.get("contacts", action="get", folder=folder, id=contact).data["display_name"] == SECRET
    found = reader.put("contacts", {"pattern": SECRET}, action="search", columns="1").data
    assert found == [[contact]], "and nothing of the owner's other folder"
    late = 2**63 - 1
    reader.put("contacts", {"note": "x"}, action="update", folder=folder, id=contact, timestamp=late).expect_error("CON-0176")
    reader.put("contacts", [{"id": contact, "folder": folder}], action="delete", timestamp=late).expect_error("CON-0169")
    reader.put("contacts", {"folder_id": folder, "display_name": "x"}, action="new").expect_error("CON-0112")
    for what, answer in everything_readable(reader, owner.user_id, private, other):
        assert f'"{other}"' not in answer.text or SECRET not in answer.text, f"{what}: {answer.text[:300]}"

    owner.put("folders", {"folder": {"permissions": permissions[:1]}}, action="update", id=folder, tree=0).data
    reader.get("contacts", action="all", folder=folder, columns="1").expect_error("FLD-0003")
    assert folder in reader.get("folders", action="updates", timestamp=stamp, columns="1").data, "told that it is gone"
