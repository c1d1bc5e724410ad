"""Data of modules that users lost, and what a context may hold: seen over the HTTP API before and after."""

from support import provisioning
from support.files import download, names, new_folder, upload
from support.provisioning import MASTER, Rest, credentials, soap

DIRECTIVES = provisioning.DIRECTIVES
PUBLIC_FILES = "15"
VIEW = 257


def take(api, number: int, **access) -> None:
    boss = Rest(api, "oxadmin")
    user = api.user(number).user_id
    assert boss("PUT", f"contexts/{api.context_id}/users/{user}/access", access).status == 204


def downgrade(api) -> None:
    answer = Rest(api, MASTER)("POST", f"contexts/{api.context_id}/downgrade")
    assert answer.status == 204, answer


def used(client) -> int:
    return client.get("quota", action="filestore").data["use"]


def share(api, folder: str, reader) -> None:
    user = api.user(1)
    stored = user.get("folders", action="get", id=folder, tree=0).data["permissions"]
    entry = {"entity": reader.user_id, "bits": VIEW, "group": False}
    user.put("folders", {"folder": {"permissions": stored + [entry]}}, action="update", id=folder, tree=0).data


def test_files_go_with_the_right_and_shared_ones_stay_while_somebody_has_it(api):
    provisioning.need_master(api)
    anna, ben = api.user(1), api.user(2)
    home = api.file_folder()
    mine = upload(anna, home, "mine.txt", b"12345")
    sub, shared = new_folder(anna, home, "Sub"), new_folder(anna, home, "Shared")
    upload(anna, sub, "below.txt", b"1")
    given = upload(anna, shared, "given.txt", b"given").data
    share(api, shared, ben)
    public = new_folder(anna, PUBLIC_FILES, f"Public {api.context_id}")
    everybody = upload(anna, public, "everybody.txt", b"all").data
    other = upload(ben, api.file_folder(ben), "ben.txt", b"ben").data
    take(api, 1, infostore=False)
    downgrade(api)
    downgrade(api)
    assert download(ben, given).body == b"given" and download(ben, other).body == b"ben"
    take(api, 1, infostore=True)
    assert names(anna, home) == [] and used(anna) == len(b"given") + len(b"all") + len(b"ben")
    gone = anna.get("infostore", action="updates", folder=home, columns="1", timestamp=mine.timestamp).data
    assert mine.data in gone, gone
    anna.get("folders", action="get", id=sub, tree=0).expect_error("FLD-0008")
    assert names(anna, shared) == ["given.txt"] and download(anna, everybody).body == b"all"

    # Now nobody has it.
    for number in (1, 2):
        take(api, number, infostore=False)
    boss = api.admin.user_id
    assert Rest(api, "oxadmin")("PUT", f"contexts/{api.context_id}/users/{boss}/access",
                                {"infostore": False}).status == 204
    api.ctl("context", "downgrade", "--id", str(api.context_id))
    for number in (1, 2):
        take(api, number, infostore=True)
    assert names(ben, api.file_folder(ben)) == [] and used(anna) == 0
    for gone in (shared, public):
        anna.get("folders", action="get", id=gone, tree=0).expect_error("FLD-0008")
    assert upload(anna, home, "new.txt", b"n").data


def test_tasks_contacts_and_appointments_go_too(api):
    provisioning.need_master(api)
    anna = api.user(1)
    tasks, contacts = str(api.config("folder/tasks")), api.private_folder()
    task = anna.put("tasks", {"title": "T", "folder_id": tasks}, action="new").data["id"]
    contact = anna.put("contacts", {"last_name": "C", "folder_id": contacts}, action="new").data["id"]
    event = {"summary": "E", "startDate": {"value": "20300101T100000", "tzid": "Europe/Berlin"},
             "endDate": {"value": "20300101T110000", "tzid": "Europe/Berlin"}}
    calendar = api.calendar_folder()
    made = anna.put("chronos", {"event": event}, action="new", folder=calendar).data["created"][0]
    take(api, 1, tasks=False, contacts=False, calendar=False)
    take(api, 1, tasks=True, contacts=True, calendar=True)
    # Taking rights away deletes nothing.
    assert anna.get("tasks", action="get", id=task, folder=tasks).data["title"] == "T"
    take(api, 1, tasks=False, contacts=False, calendar=False)
    soap(api, "OXContextService").downgrade(ctx={"id": api.context_id}, auth=credentials(MASTER))
    take(api, 1, tasks=True, contacts=True, calendar=True)
    assert anna.get("tasks", action="all", folder=tasks, columns="1").data == []
    assert anna.get("contacts", action="all", folder=contacts, columns="1").data == []
    anna.get("contacts", action="get", id=contact, folder=contacts).expect_error("CON-0125")
    gone = anna.get("chronos", action="get", id=made["id"], folder=calendar)
    assert "error" in gone.json, gone.json
    # People stay in the global address book.
    assert len(anna.get("contacts", action="all", folder="6", columns="1").data) >= 2


def test_the_numbers_of_files_guests_and_links(api):
    provisioning.need_master(api)
    contexts, ctx, master = soap(api, "OXContextService"), {"id": api.context_id}, credentials(MASTER)
    anna, home = api.user(1), api.file_folder()

    def limit(module: str, value: int) -> None:
        contexts.changeQuota(ctx=ctx, module=module, quotaValue=str(value), auth=master)

    def shown(module: str) -> int:
        return anna.get("quota", action="get").data[module]["accounts"][0].get("countquota", -1)

    told = {quota.module: quota.limit for quota in contexts.listQuota(ctx=ctx, auth=master)}
    assert (told["infostore"], told["invite_guests"], told["share_links"]) == (-1, 100, 100), told
    for module in ("infostore", "invite_guests", "share_links"):
        limit(module, 1)
    first = upload(anna, home, "1.txt", b"1").data
    upload(anna, home, "2.txt", b"2").expect_error("QUOTA-0003")
    assert names(anna, home) == ["1.txt"] and used(anna) == 1 and shown("filestorage") == 1
    assert anna.put("infostore", {"title": "T"}, action="update", id=first, timestamp=2**62).data == first
    limit("infostore", -1)
    upload(anna, home, "2.txt", b"2").data
    assert shown("invite_guests") == 1 and shown("share_links") == 1
    targets = [{"module": "infostore", "folder": new_folder(anna, home, name)} for name in ("A", "B")]
    anna.put("share/management", targets[0], action="getLink").data
    anna.put("share/management", targets[1], action="getLink").expect_error("QUOTA-0003")
    limit("share_links", 0)
    anna.put("share/management", targets[1], action="getLink").data
    assert shown("share_links") == -1
