"""Named guests: invited by mail address, with as much right as they were given and nothing else."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import sharing  # noqa: E402
from sharing import LATE  # noqa: E402

ADDRESS = "Visitor@Elsewhere.test"


def invite(bits: int, **members) -> dict:
    return {"type": "guest", "email_address": ADDRESS, "display_name": "Vera Visitor", "bits": bits, **members}


def set_permissions(client, folder: str, entries: list):
    body = {"folder": {"permissions": [sharing.owner_entry(client), *entries]}}
    return sharing.done(client.put("folders", body, action="update", id=folder, tree=0))


def guest_entry(client, folder: str) -> dict:
    return [entry for entry in sharing.extended(client, folder) if entry["type"] == "guest"][0]


def test_an_invited_guest_works_in_the_folder(api):
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)), invite(sharing.AUTHOR)])
    entry = guest_entry(api.user(1), folder)
    assert entry["display_name"] == "Vera Visitor" and entry["contact"] == {"email1": ADDRESS.lower()}
    guest = sharing.open_link(api, entry["share_url"])
    assert guest.user_id == entry["entity"] and guest.start["f"] == folder
    made = sharing.make_file(api, b"by the guest", folder=folder, user=guest)
    assert sharing.download(api.user(1), made).body == b"by the guest"
    guest.put("infostore", {"title": "changed"}, action="update", id=made, timestamp=LATE).data
    guest.put("infostore", [{"id": made, "folder": folder}], action="delete", timestamp=LATE).data
    # Guests own no folders and administer none.
    guest.put("folders", {"folder": {"title": "x", "module": "infostore"}}, action="new", folder_id=folder,
              tree=0).expect_error("FLD-0006")
    assert guest.get("folders", action="get", id=folder, tree=0).data["own_rights"] < 1 << 28
    # He sees himself, and nobody else who is in the folder.
    shown = guest.get("folders", action="get", id=folder, tree=0).data
    assert [one["entity"] for one in shown["permissions"]] == [guest.user_id]


def test_who_invites_a_guest_is_warned_that_nobody_tells_him(api):
    permissions = [sharing.owner_entry(api.user(1)), invite(sharing.VIEW), {"type": "anonymous", "bits": sharing.VIEW}]
    body = {"folder": {"title": "x", "module": "infostore", "permissions": permissions}}
    answer = api.user(1).put("folders", body, action="new", folder_id=api.file_folder(), tree=0)
    entity = guest_entry(api.user(1), answer.json["data"])["entity"]
    # The link needs no telling.
    warning = answer.json["warnings"]
    assert warning["code"] == "FLD-1028" and f" to {entity}:" in warning["error"]


def test_one_guest_has_one_account_and_several_shares(api):
    first = sharing.make_folder(api, "First", permissions=[sharing.owner_entry(api.user(1)), invite(sharing.VIEW)])
    entity = guest_entry(api.user(1), first)["entity"]
    second = sharing.make_folder(api, "Second", user=api.user(2))
    set_permissions(api.user(2), second, [invite(sharing.VIEW, email_address=ADDRESS.upper())])
    assert guest_entry(api.user(2), second)["entity"] == entity
    guest = sharing.open_link(api, guest_entry(api.user(2), second)["share_url"])
    assert guest.start["f"] == second
    titles = [guest.get("folders", action="get", id=folder, tree=0).data["title"] for folder in (first, second)]
    assert titles == ["First", "Second"]
    # The account ends with the last share, not before.
    set_permissions(api.user(1), first, [])
    guest.get("folders", action="get", id=first, tree=0).expect_error("FLD-0003")
    set_permissions(api.user(2), second, [])
    guest.get("folders", action="get", id=second, tree=0).expect_error("SES-0203")


def test_an_address_of_a_user_means_the_user(api):
    entry = {"type": "guest", "email_address": api.mail("user2"), "bits": sharing.VIEW}
    api.user(2)
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)), entry])
    entries = sharing.extended(api.user(1), folder)
    assert {one["entity"] for one in entries} == {api.user(1).user_id, api.user(2).user_id}
    assert {one["type"] for one in entries} == {"user"}


def test_broken_addresses_are_refused(api):
    for wrong in ("", "nobody", "a@", "a b@c.test"):
        body = {"folder": {"title": "x", "module": "infostore",
                           "permissions": [sharing.owner_entry(api.user(1)), {**invite(sharing.VIEW), "email_address": wrong}]}}
        api.user(1).put("folders", body, action="new", folder_id=api.file_folder(), tree=0).expect_error("SHR-0003")


def test_a_guest_administers_nothing(api):
    body = {"folder": {"title": "x", "module": "infostore",
                       "permissions": [sharing.owner_entry(api.user(1)), invite(403710016)]}}
    api.user(1).put("folders", body, action="new", folder_id=api.file_folder(), tree=0).expect_error("FLD-0073")


def test_a_file_is_shared_with_a_guest(api):
    file_id = sharing.make_file(api)
    sharing.make_file(api, b"other", "other.txt")
    body = {"object_permissions": [invite(2)]}
    api.user(1).put("infostore", body, action="update", id=file_id, timestamp=LATE).data
    row = api.user(1).put("infostore", [{"id": file_id, "folder": file_id.split("/")[0]}], action="list",
                          columns="108,7010").data[0]
    assert row[0][0]["bits"] == 2 and row[1][0]["type"] == "guest"
    guest = sharing.open_link(api, row[1][0]["share_url"])
    shown = guest.start["i"]
    guest.put("infostore", {"description": "seen"}, action="update", id=shown, timestamp=LATE).data
    listed = guest.get("infostore", action="all", folder="10", columns="1,706,108").data
    assert listed == [[shown, "seen", row[0]]]
    # Handing it on is not his business.
    answer = guest.put("infostore", {"object_permissions": []}, action="update", id=shown, timestamp=LATE)
    answer.expect_error("IFO-0403")
    guest.put("share/management", sharing.target("10", shown), action="getLink").expect_error("SVL-0016")
    api.user(1).put("infostore", {"object_permissions": []}, action="update", id=file_id, timestamp=LATE).data
    guest.get("infostore", action="all", folder="10", columns="1").expect_error("SES-0203")


def test_a_new_file_comes_with_its_guests(api):
    body = {"folder_id": api.file_folder(), "title": "x", "object_permissions": [
        invite(1), {"type": "anonymous", "bits": 1, "password": "pin"}]}
    file_id = api.user(1).put("infostore", body, action="new").data
    entries = api.user(1).put("infostore", [file_id], action="list", columns="7010").data[0][0]
    assert sorted(entry["type"] for entry in entries) == ["anonymous", "guest"]
    link = [entry for entry in entries if entry["type"] == "anonymous"][0]
    assert "session" in sharing.sign_in(api.anonymous(), link["share_url"], "pin").json
    writing = {"object_permissions": [{"type": "anonymous", "bits": 2}]}
    api.user(1).put("infostore", writing, action="update", id=file_id, timestamp=LATE).expect_error("IFO-2100")


def test_a_guest_may_set_a_password(api):
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)), invite(sharing.VIEW)])
    url = guest_entry(api.user(1), folder)["share_url"]
    guest = sharing.open_link(api, url)
    guest.put("passwordchange", {"old_password": None, "new_password": "first pass"}, action="update").data
    browser = api.anonymous()
    fragment = sharing.fragment_of(browser.request("GET", sharing.path_of(url)))
    assert fragment["login_type"] == "guest_password" and fragment["login_name"] == ADDRESS.lower()
    assert fragment["target"].endswith("/" + folder)
    sharing.sign_in(browser, url, "wrong", ADDRESS).expect_error("LGI-0025")
    sharing.sign_in(browser, url, "first pass", "another@elsewhere.test").expect_error("LGI-0006")
    sharing.sign_in(browser, url, "first pass").expect_error("LGI-0006")
    answer = sharing.sign_in(browser, url, "first pass", ADDRESS).json
    assert answer["user"] == ADDRESS.lower() and answer["folder"] == folder
    guest.put("passwordchange", {"old_password": None, "new_password": "second pass"}, action="update").expect_error("USR-0027")
    guest.put("passwordchange", {"old_password": "first pass", "new_password": "second pass"}, action="update").data


def test_guests_do_not_sign_in_as_users_do(api):
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)), invite(sharing.VIEW)])
    entry = guest_entry(api.user(1), folder)
    guest = sharing.open_link(api, entry["share_url"])
    guest.put("passwordchange", {"old_password": None, "new_password": "first pass"}, action="update").data
    for name in (ADDRESS, f"guest:{entry['entity']}", str(entry["entity"])):
        api.anonymous().try_login(api.login_name(name), "first pass").expect_error("LGI-0006")


def test_guests_are_in_no_list_of_users(api):
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)), invite(sharing.VIEW)])
    entity = guest_entry(api.user(1), folder)["entity"]
    ids = [row[0] for row in api.user(1).get("user", action="all", columns="1").data]
    assert entity not in ids
    api.user(1).get("user", action="get", id=entity).expect_error("USR-0010")
    found = api.user(1).put("contacts", {"pattern": "Visitor"}, action="search", columns="500").data
    assert found == []
    # His name is nobody's: a user may have it too.
    api.add_user("vera", "--display-name", "Vera Visitor")
    body = {"name": "g", "display_name": "G", "members": [entity]}
    api.admin.put("group", body, action="new").expect_error("GRP-0016")


def test_what_a_guest_made_stays_when_he_goes(api):
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)), invite(sharing.AUTHOR)])
    guest = sharing.open_link(api, guest_entry(api.user(1), folder)["share_url"])
    made = sharing.make_file(api, b"by the guest", folder=folder, user=guest)
    set_permissions(api.user(1), folder, [])
    item = api.user(1).get("infostore", action="get", id=made, folder=folder).data
    assert item["created_by"] == api.user(1).user_id
    assert sharing.download(api.user(1), made).body == b"by the guest"


def test_an_administrator_ends_a_guest(api):
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)), invite(sharing.VIEW)])
    entry = guest_entry(api.user(1), folder)
    guest = sharing.open_link(api, entry["share_url"])
    api.ctl("user", "delete", "--context", api.context_id, "--id", entry["entity"])
    guest.get("folders", action="get", id=folder, tree=0).expect_error("SES-0203")
    assert guest.request("GET", sharing.path_of(entry["share_url"])).status == 404
    assert all(one["type"] == "user" for one in sharing.extended(api.user(1), folder))
    assert api.server.try_ctl("check", "--context", api.context_id).returncode == 0


def test_nothing_is_left_over_when_shares_end(api):
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)), invite(sharing.AUTHOR)])
    guest = sharing.open_link(api, guest_entry(api.user(1), folder)["share_url"])
    sharing.make_file(api, folder=folder, user=guest)
    link = sharing.get_link(api.user(1), sharing.target(folder))
    sharing.open_link(api, link["url"])
    api.user(1).put("folders", [folder], action="delete", tree=0).data
    checked = api.server.try_ctl("check", "--context", api.context_id)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_private_folder_is_shared_with_a_guest(api):
    folder = sharing.make_folder(api, "People", module="contacts",
                                 permissions=[sharing.owner_entry(api.user(1)), invite(sharing.VIEW)])
    api.user(1).put("contacts", {"folder_id": folder, "display_name": "Jo"}, action="new").data
    guest = sharing.open_link(api, guest_entry(api.user(1), folder)["share_url"])
    assert guest.get("contacts", action="all", folder=folder, columns="500").data == [["Jo"]]
    # The module came with the share; files did not.
    guest.get("infostore", action="all", folder="10", columns="1").expect_error("SVL-0016")
    files = sharing.make_folder(api, "Files", permissions=[sharing.owner_entry(api.user(1)), invite(sharing.VIEW)])
    assert guest.get("infostore", action="all", folder=files, columns="1").data == []
