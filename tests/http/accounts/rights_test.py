"""Who may change groups and resources, and what a change of accounts does to people who are signed in.
Source: contacts-users-groups-resources, sections 10 to 12."""

OWNER = 403710016
READ_ALL = 257
ANY = 9223372036854775807


def ids(rows) -> set:
    return {row[0] for row in rows}


def test_the_rights_to_groups_and_resources_come_and_go_at_the_next_request(api):
    user = api.user(1)
    team = {"name": "team", "display_name": "The team", "members": [user.user_id]}
    room = {"name": "room", "display_name": "Room", "mailaddress": "room@example.test"}
    user.put("group", team, action="new").expect_error("GRP-0009")
    user.put("resource", room, action="new").expect_error("RES-0009")

    api.ctl("user", "change", "-c", api.context_id, "--name", "user1", "--module=+edit_group", "--module=+edit_resource")
    group = user.put("group", team, action="new").data["id"]
    made = user.put("resource", room, action="new")
    assert user.get("group", action="get", id=group).data["members"] == [user.user_id]
    assert user.get("resource", action="get", id=made.data["id"]).data["availability"] is True

    api.ctl("user", "change", "-c", api.context_id, "--name", "user1", "--module=-edit_group", "--module=-edit_resource")
    user.put("group", {"display_name": "x"}, action="update", id=group, timestamp=ANY).expect_error("GRP-0011")
    user.put("group", {"id": group}, action="delete", timestamp=ANY).expect_error("GRP-0012")
    user.put("resource", {"description": "x"}, action="update", id=made.data["id"], timestamp=ANY).expect_error("RES-0009")
    user.put("resource", [{"id": made.data["id"]}], action="delete", timestamp=ANY).expect_error("RES-0009")


def test_a_deleted_user_is_out_at_once_and_gone_from_every_list(api):
    user, leaver = api.user(1), api.user(2)
    gone = leaver.user_id
    entry = user.get("user", action="get", id=gone).data["contact_id"]
    since = user.get("group", action="get", id=1).timestamp
    book = user.get("contacts", action="all", folder="6", columns="1").timestamp
    api.ctl("user", "delete", "-c", api.context_id, "--name", "user2")

    leaver.get("config/identifier").expect_error("SES-0203")
    assert gone not in ids(user.get("user", action="all", columns="1").data)
    assert user.put("user", [gone], action="list", columns="1").data == []
    user.get("user", action="get", id=gone).expect_error("USR-0010")
    changed = user.get("group", action="updates", timestamp=since).data
    assert {group["id"] for group in changed["modified"]} == {0, 1} and changed["deleted"] == [], changed
    assert all(gone not in group["members"] for group in changed["modified"])
    assert entry in user.get("contacts", action="updates", folder="6", columns="1", timestamp=book, ignore="false").data
    again = api.anonymous()
    again.try_login(api.login_name("user2"), "secret").expect_error("LGI-0006")


def test_a_folder_shared_with_a_group_follows_its_members(api):
    owner, member, admin = api.user(1), api.user(2), api.admin
    group = admin.put("group", {"name": "team", "display_name": "Team", "members": [member.user_id]}, action="new").data["id"]
    folder = owner.put("folders", {"module": "contacts", "title": "Shared", "permissions": [
        {"entity": owner.user_id, "bits": OWNER, "group": False}, {"entity": group, "bits": READ_ALL, "group": True}]},
                       action="new", folder_id="1").data
    contact = owner.put("contacts", {"folder_id": folder, "display_name": "x"}, action="new").data["id"]
    read = {"action": "get", "folder": folder, "id": contact}
    assert member.get("contacts", **read).data["display_name"] == "x"

    admin.put("group", {"members": []}, action="update", id=group, timestamp=ANY)
    member.get("contacts", **read).expect_error("FLD-0003")
    admin.put("group", {"members": [member.user_id]}, action="update", id=group, timestamp=ANY)
    assert member.get("contacts", **read).data["display_name"] == "x"

    assert admin.put("group", [{"id": group}], action="delete", timestamp=ANY).data == []
    member.get("contacts", **read).expect_error("FLD-0003")
    permissions = owner.get("folders", action="get", id=folder).data["permissions"]
    assert [entry["entity"] for entry in permissions] == [owner.user_id], permissions


def test_a_changed_password_ends_the_other_sessions(api):
    first = api.user(1)
    second = api.anonymous()
    second.login(api.login_name("user1"), "secret")
    assert "data" in second.get("config/identifier").json
    changed = first.put("passwordchange", {"old_password": "secret", "new_password": "another one"}, action="update")
    assert "error" not in changed.json, changed.json
    second.get("config/identifier").expect_error("SES-0203")
    assert [entry["sessionId"] for entry in first.get("sessionmanagement", action="all").data] == [first.session]
