"""Links: making, changing, opening and ending them."""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import sharing  # noqa: E402
from sharing import LATE  # noqa: E402


def test_a_link_to_a_file_opens_exactly_that_file(api):
    other = sharing.make_file(api, b"secret", "other.txt")
    file_id = sharing.make_file(api)
    folder = file_id.split("/")[0]
    link = sharing.get_link(api.user(1), sharing.target(folder, file_id))
    assert link["is_new"] and link["entity"] > 2 and "/ajax/share/" in link["url"]
    guest = sharing.open_link(api, link["url"])
    shown = guest.start["i"]
    assert guest.start["m"] == "infostore" and guest.start["f"] == "10" and shown.startswith("10/")
    assert sharing.download(guest, shown).body == b"shared bytes"
    assert [row[0] for row in guest.get("infostore", action="all", folder="10", columns="700").data] == ["note.txt"]
    assert sharing.download(guest, other).status in (403, 404)
    assert sharing.download(guest, "10/" + other.split("/")[1]).status in (403, 404)
    guest.get("infostore", action="all", folder=folder, columns="700").expect_error("FLD-0003")


def test_asking_again_gives_the_same_link(api):
    folder = sharing.make_folder(api)
    first = sharing.get_link(api.user(1), sharing.target(folder))
    again = sharing.get_link(api.user(1), sharing.target(folder))
    assert (again["url"], again["entity"], again["is_new"]) == (first["url"], first["entity"], False)


def test_a_link_to_a_folder_opens_its_files_and_not_its_subfolders(api):
    folder = sharing.make_folder(api)
    below = sharing.make_folder(api, "Below", folder)
    file_id = sharing.make_file(api, folder=folder)
    hidden = sharing.make_file(api, folder=below)
    link = sharing.get_link(api.user(1), sharing.target(folder))
    guest = sharing.open_link(api, link["url"])
    assert guest.start["f"] == folder
    assert sharing.download(guest, file_id).body == b"shared bytes"
    assert sharing.download(guest, hidden).status in (403, 404)
    later = sharing.make_folder(api, "Later", folder)
    guest.get("folders", action="get", id=later, tree=0).expect_error("FLD-0003")


def test_a_link_may_include_the_subfolders(api):
    folder = sharing.make_folder(api)
    below = sharing.make_folder(api, "Below", folder)
    what = sharing.target(folder)
    link = sharing.get_link(api.user(1), what)
    sharing.update_link(api.user(1), what, {"includeSubfolders": True}).data
    later = sharing.make_folder(api, "Later", below)
    inside = sharing.make_file(api, folder=later)
    guest = sharing.open_link(api, link["url"])
    assert sharing.download(guest, inside).body == b"shared bytes"
    inherited = [entry for entry in sharing.extended(api.user(1), below) if entry["type"] == "anonymous"]
    assert inherited[0]["isInherited"] is True
    sharing.update_link(api.user(1), what, {"includeSubfolders": False}).data
    guest.get("folders", action="get", id=below, tree=0).expect_error("FLD-0003")


def test_a_link_lets_nobody_write(api):
    folder = sharing.make_folder(api)
    file_id = sharing.make_file(api, folder=folder)
    guest = sharing.open_link(api, sharing.get_link(api.user(1), sharing.target(folder))["url"])
    guest.put("infostore", {"title": "x"}, action="update", id=file_id, timestamp=LATE).expect_error("IFO-0403")
    guest.put("infostore", [{"id": file_id, "folder": folder}], action="delete", timestamp=LATE).expect_error("IFO-0445")
    guest.put("infostore", {"folder_id": folder, "title": "new"}, action="new").expect_error("IFO-0402")
    guest.put("folders", {"folder": {"title": "x", "module": "infostore"}}, action="new", folder_id=folder,
              tree=0).expect_error("FLD-0006")
    guest.put("folders", {"folder": {"title": "x"}}, action="update", id=folder, tree=0).expect_error("FLD-0086")
    guest.put("folders", [folder], action="delete", tree=0, failOnError="true").expect_error("FLD-0010")


def test_deleting_a_link_ends_its_sessions_at_the_next_request(api):
    file_id = sharing.make_file(api)
    what = sharing.target(file_id.split("/")[0], file_id)
    link = sharing.get_link(api.user(1), what)
    guest = sharing.open_link(api, link["url"])
    shown = guest.start["i"]
    assert sharing.download(guest, shown).status == 200
    api.user(1).put("share/management", what, action="deleteLink", timestamp=link["timestamp"]).data
    guest.get("infostore", action="all", folder="10", columns="700").expect_error("SES-0203")
    assert guest.request("GET", sharing.path_of(link["url"])).status == 404
    # A new one has another address.
    assert sharing.get_link(api.user(1), what)["url"] != link["url"]


def test_a_link_ends_with_its_time(api):
    file_id = sharing.make_file(api)
    what = sharing.target(file_id.split("/")[0], file_id)
    link = sharing.get_link(api.user(1), what)
    guest = sharing.open_link(api, link["url"])
    ends = int(time.time() * 1000) + 1_500
    sharing.update_link(api.user(1), what, {"expiry_date": ends}).data
    assert sharing.get_link(api.user(1), what)["expiry_date"] == ends
    while int(time.time() * 1000) <= ends:
        guest.get("system", action="ping", session=None)
    guest.get("infostore", action="all", folder="10", columns="700").expect_error("SES-0203")
    assert guest.request("GET", sharing.path_of(link["url"])).status == 404
    sharing.sign_in(api.anonymous(), link["url"], "x").expect_error("LGI-0006")
    assert sharing.get_link(api.user(1), what)["is_new"] is True


def test_a_link_cannot_end_in_the_past(api):
    folder = sharing.make_folder(api)
    what = sharing.target(folder)
    sharing.get_link(api.user(1), what)
    sharing.update_link(api.user(1), what, {"expiry_date": 1000}).expect_error("SHR-0004")
    sharing.update_link(api.user(1), what, {"expiry_date": None}).data


def test_a_password_is_asked_for(api):
    file_id = sharing.make_file(api)
    what = sharing.target(file_id.split("/")[0], file_id)
    link = sharing.get_link(api.user(1), what)
    before = sharing.open_link(api, link["url"])
    sharing.update_link(api.user(1), what, {"password": "open sesame"}).data
    # Who came in without it is out.
    before.get("system", action="whoami").expect_error("SES-0203")
    browser = api.anonymous()
    fragment = sharing.fragment_of(browser.request("GET", sharing.path_of(link["url"])))
    assert fragment == {"login_type": "anonymous_password", "share": sharing.token_of(link["url"])}
    assert not browser.cookies
    sharing.sign_in(browser, link["url"], "wrong").expect_error("LGI-0025")
    sharing.sign_in(browser, link["url"], "").expect_error("LGI-0025")
    answer = sharing.sign_in(browser, link["url"], "open sesame").json
    assert answer["module"] == "infostore" and answer["folder"] == "10" and answer["user_id"] == link["entity"]
    browser.session = answer["session"]
    assert sharing.download(browser, answer["item"]).body == b"shared bytes"
    # The hash is all there is: clients see that there is one.
    assert sharing.get_link(api.user(1), what)["password"] == "********"
    sharing.update_link(api.user(1), what, {"password": "********"}).data
    assert "session" in sharing.sign_in(api.anonymous(), link["url"], "open sesame").json
    sharing.update_link(api.user(1), what, {"password": None}).data
    assert sharing.open_link(api, link["url"]).session


def test_a_password_may_not_stand_in_the_address(api):
    link = sharing.get_link(api.user(1), sharing.target(sharing.make_folder(api)))
    client = api.anonymous()
    answer = client.form("login", {"share": sharing.token_of(link["url"])}, action="anonymous", session=None, password="x")
    answer.expect_error("SVL-0030")


def test_a_file_is_downloaded_without_a_session(api):
    file_id = sharing.make_file(api, b"0123456789")
    what = sharing.target(file_id.split("/")[0], file_id)
    link = sharing.get_link(api.user(1), what)
    browser = api.anonymous()
    path = sharing.path_of(link["url"])
    for query in ("?dl=true", "?delivery=download"):
        answer = browser.request("GET", path + query)
        assert (answer.status, answer.body) == (200, b"0123456789"), answer.text
    assert "note.txt" in answer.headers["Content-Disposition"] and not browser.cookies
    part = browser.request("GET", path + "?dl=true", headers={"Range": "bytes=2-4"})
    assert (part.status, part.body) == (206, b"234")
    sharing.update_link(api.user(1), what, {"password": "pin"}).data
    refused = browser.request("GET", path + "?dl=true")
    assert refused.status == 401 and refused.headers["WWW-Authenticate"].startswith("Basic ")
    wrong = browser.request("GET", path + "?dl=true", headers={"Authorization": "Basic YTpi"})
    assert wrong.status == 401
    right = browser.request("GET", path + "?dl=true", headers={"Authorization": "Basic YW55Ym9keTpwaW4="})
    assert (right.status, right.body) == (200, b"0123456789")


def test_pages_of_scripts_are_never_shown_inline(api):
    file_id = sharing.make_file(api, b"<html><script>alert(1)</script>", "page.html", media_type="text/html")
    link = sharing.get_link(api.user(1), sharing.target(file_id.split("/")[0], file_id))
    answer = api.anonymous().request("GET", sharing.path_of(link["url"]) + "?delivery=view")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_tokens_that_are_almost_right_open_nothing(api):
    link = sharing.get_link(api.user(1), sharing.target(sharing.make_folder(api)))
    token = sharing.token_of(link["url"])
    flipped = token[:-1] + ("0" if token[-1] != "0" else "1")
    tries = [flipped, token[:-1], token + "0", token.upper() + "/", token[8:], "0" * 48, "", "%00", "'", "a" * 5000]
    client = api.anonymous()
    for wrong in tries:
        answer = client.request("GET", f"/ajax/share/{wrong}")
        assert answer.status in (400, 404, 414), (wrong[:60], answer.status)
        assert "Set-Cookie" not in answer.headers
    # The neighbour's context: the token is looked for in the context that it names, and is not there.
    other = f"{int(token[:8], 16) + 1:08x}" + token[8:]
    assert client.request("GET", f"/ajax/share/{other}").status == 404


def test_only_who_administers_makes_links(api):
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)),
                                                   {"entity": api.user(2).user_id, "bits": sharing.AUTHOR, "group": False}])
    file_id = sharing.make_file(api, folder=folder)
    api.user(2).put("share/management", sharing.target(folder), action="getLink").expect_error("FLD-0010")
    api.user(3).put("share/management", sharing.target(folder), action="getLink").expect_error("FLD-0003")
    api.user(3).put("share/management", sharing.target(folder, file_id), action="getLink").expect_error("IFO-0300")
    # Who may write a file may hand it on.
    assert sharing.get_link(api.user(2), sharing.target(folder, file_id))["is_new"]
    for system in ("1", "6", "9", "10", "15"):
        answer = api.admin.put("share/management", sharing.target(system, module="contacts"), action="getLink")
        answer.expect_error("SHR-0002")


def test_changes_meet_the_conflict_check(api):
    what = sharing.target(sharing.make_folder(api))
    link = sharing.get_link(api.user(1), what)
    sharing.update_link(api.user(1), what, {"password": "one"}, link["timestamp"]).data
    sharing.update_link(api.user(1), what, {"password": "two"}, link["timestamp"]).expect_error("SVL-0017")
    api.user(1).put("share/management", what, action="deleteLink",
                    timestamp=link["timestamp"]).expect_error("SVL-0017")
    never = sharing.target(sharing.make_folder(api, "Other"))
    sharing.update_link(api.user(1), never, {}).expect_error("SHR-0001")
    api.user(1).put("share/management", never, action="deleteLink", timestamp=LATE).expect_error("SHR-0001")


def test_a_link_goes_with_what_it_opens(api):
    folder = sharing.make_folder(api)
    file_id = sharing.make_file(api, folder=folder)
    to_folder = sharing.get_link(api.user(1), sharing.target(folder))
    to_file = sharing.get_link(api.user(1), sharing.target(folder, file_id))
    browser = api.anonymous()
    api.user(1).put("infostore", [{"id": file_id, "folder": folder}], action="delete", timestamp=LATE).data
    assert browser.request("GET", sharing.path_of(to_file["url"])).status == 404
    api.user(1).put("folders", [folder], action="delete", tree=0).data
    assert browser.request("GET", sharing.path_of(to_folder["url"])).status == 404


def test_a_link_stays_with_a_file_that_moves(api):
    file_id = sharing.make_file(api)
    link = sharing.get_link(api.user(1), sharing.target(file_id.split("/")[0], file_id))
    api.user(1).get("infostore", action="move", id=file_id, folder=sharing.make_folder(api), timestamp=LATE).data
    answer = api.anonymous().request("GET", sharing.path_of(link["url"]) + "?dl=true")
    assert answer.body == b"shared bytes"


def test_links_are_made_by_permission_entries_too(api):
    link = {"type": "anonymous", "bits": sharing.VIEW, "password": "pin", "expiry_date": 4102444800000}
    folder = sharing.make_folder(api, permissions=[sharing.owner_entry(api.user(1)), link])
    entry = [entry for entry in sharing.extended(api.user(1), folder) if entry["type"] == "anonymous"][0]
    assert entry["expiry_date"] == 4102444800000 and entry["password"] == "********"
    assert "session" in sharing.sign_in(api.anonymous(), entry["share_url"], "pin").json
    # What was read goes back unchanged, and the link stays.
    stored = api.user(1).get("folders", action="get", id=folder, tree=0).data["permissions"]
    api.user(1).put("folders", {"folder": {"permissions": stored, "title": "Renamed"}}, action="update", id=folder,
                    tree=0).data
    assert "session" in sharing.sign_in(api.anonymous(), entry["share_url"], "pin").json
    writing = [{**one, "bits": sharing.AUTHOR} if one["entity"] == entry["entity"] else one for one in stored]
    api.user(1).put("folders", {"folder": {"permissions": writing}}, action="update", id=folder,
                    tree=0).expect_error("FLD-0073")
    elsewhere = [sharing.owner_entry(api.user(1)), {"entity": entry["entity"], "bits": sharing.VIEW, "group": False}]
    other = sharing.make_folder(api, "Other")
    api.user(1).put("folders", {"folder": {"permissions": elsewhere}}, action="update", id=other,
                    tree=0).expect_error("FLD-0044")
    api.user(1).put("folders", {"folder": {"permissions": [sharing.owner_entry(api.user(1))]}}, action="update",
                    id=folder, tree=0).data
    assert api.anonymous().request("GET", sharing.path_of(entry["share_url"])).status == 404


def test_a_second_visit_finds_the_browsers_own_session(api):
    link = sharing.get_link(api.user(1), sharing.target(sharing.make_folder(api)))
    guest = sharing.open_link(api, link["url"])
    first = guest.session
    assert sharing.open_link(api, link["url"], guest).session == first
    found = guest.get("login", action="autologin", client="open-xchange-appsuite", session=None).json
    assert found["session"] == first
    guest.logout()
    assert not guest.cookies
    assert sharing.open_link(api, link["url"], guest).session != first


def test_links_of_a_browser_do_not_disturb_its_other_sessions(api):
    one = sharing.get_link(api.user(1), sharing.target(sharing.make_folder(api, "One")))
    two = sharing.get_link(api.user(1), sharing.target(sharing.make_folder(api, "Two")))
    browser = api.anonymous()
    own = browser.login(api.login_name("user1"), sharing.PASSWORD).json["session"]
    sessions = [own, sharing.open_link(api, one["url"], browser).session, sharing.open_link(api, two["url"], browser).session]
    users = [browser.get("system", action="whoami", session=session).data["user_id"] for session in sessions]
    assert users == [api.user(1).user_id, one["entity"], two["entity"]]


def test_own_shares_are_listed(api):
    file_id = sharing.make_file(api)
    folder = sharing.make_folder(api)
    assert api.user(1).get("infostore", action="shares", columns="1").data == []
    file_link = sharing.get_link(api.user(1), sharing.target(file_id.split("/")[0], file_id))
    folder_link = sharing.get_link(api.user(1), sharing.target(folder))
    rows = api.user(1).get("infostore", action="shares", columns="1,108,7010").data
    assert rows[0][0] == file_id and rows[0][1] == [{"entity": file_link["entity"], "group": False, "bits": 1}]
    assert rows[0][2][0]["type"] == "anonymous" and rows[0][2][0]["share_url"] == file_link["url"]
    rows = api.user(1).get("folders", action="shares", content_type="infostore", columns="1,3060").data
    shown = [entry for entry in rows[0][1] if entry["type"] == "anonymous"]
    assert rows[0][0] == folder and shown[0]["share_url"] == folder_link["url"]
    # Who only reads the folder is not told its link.
    reader = {"entity": api.user(2).user_id, "bits": sharing.VIEW, "group": False}
    stored = api.user(1).get("folders", action="get", id=folder, tree=0).data["permissions"]
    api.user(1).put("folders", {"folder": {"permissions": stored + [reader]}}, action="update", id=folder, tree=0).data
    assert all("share_url" not in entry for entry in sharing.extended(api.user(2), folder))


def test_the_number_of_links_is_limited(api):
    made = []
    for number in range(100):
        made.append({"action": "new", "module": "folders", "folder_id": api.file_folder(), "tree": 0,
                     "data": {"folder": {"title": f"F{number}", "module": "infostore"}}})
    folders = [answer["data"] for answer in api.multiple(made)]
    calls = [{"action": "getLink", "module": "share/management", "data": sharing.target(folder)} for folder in folders]
    assert all("error" not in answer for answer in api.multiple(calls))
    over = sharing.target(sharing.make_folder(api, "One more"))
    api.user(1).put("share/management", over, action="getLink").expect_error("QUOTA-0003")
    quota = api.user(1).get("quota", action="get").data["share_links"]["accounts"][0]
    assert (quota["countquota"], quota["countuse"]) == (100, 100)


def test_without_a_mail_server_nobody_is_told_of_a_link(api):
    what = sharing.target(sharing.make_folder(api))
    sharing.get_link(api.user(1), what)
    answer = api.user(1).put("share/management", {**what, "recipients": [["", "x@example.org"]]}, action="sendLink").json
    assert answer["data"] is None and answer["warnings"]["code"] == "FLD-1028" and "x@example.org" in answer["error"]


def test_a_contact_folder_can_be_shared_by_link(api):
    folder = sharing.make_folder(api, "People", module="contacts")
    api.user(1).put("contacts", {"folder_id": folder, "display_name": "Jo"}, action="new").data
    link = sharing.get_link(api.user(1), sharing.target(folder, module="contacts"))
    guest = sharing.open_link(api, link["url"])
    assert guest.start["m"] == "contacts"
    assert guest.get("contacts", action="all", folder=folder, columns="500").data == [["Jo"]]
    guest.get("contacts", action="all", folder="6", columns="500").expect_error("FLD-0003")
