"""What becomes of a user's entries in public folders when he is deleted: they go to an heir, or for good."""

from support import agenda, provisioning
from support.files import names, upload
from support.provisioning import Rest

DIRECTIVES = provisioning.DIRECTIVES
OWNER = 403710016
#: Reads all, makes entries, changes and deletes all.
AUTHOR = 2 | 64 << 7 | 64 << 14 | 64 << 21
DAY = ("20300601T000000Z", "20300602T000000Z")


class PublicFolders:
    """One of each kind, the administrator's; user 1 and user 2 write there."""

    def __init__(self, api):
        self.api, self.leaver, self.stayer = api, api.user(1), api.user(2)
        entries = [{"entity": api.admin.user_id, "group": False, "bits": OWNER}]
        entries += [{"entity": client.user_id, "group": False, "bits": AUTHOR} for client in (self.leaver, self.stayer)]
        self.folders = {module: api.admin.put("folders", {"folder": {
            "title": f"{module} {api.context_id}", "module": module, "permissions": entries}}, action="new",
            folder_id="15" if module == "infostore" else "2").data.removeprefix("cal://0/") for module in ("contacts", "tasks", "event", "infostore")}
        for client, name in ((self.leaver, "leaver"), (self.stayer, "stayer")):
            client.put("contacts", {"last_name": name, "folder_id": self.folders["contacts"]}, action="new").data
            client.put("tasks", {"title": name, "folder_id": self.folders["tasks"]}, action="new").data
            upload(client, self.folders["infostore"], f"{name}.txt", name.encode()).data
            for number, rule in enumerate(("", "FREQ=DAILY;COUNT=3")):
                body = {"summary": f"{name}{number}", "startDate": agenda.zoned(f"20300601T1{number}0000"),
                        "endDate": agenda.zoned(f"20300601T1{number}3000"), **({"rrule": rule} if rule else {})}
                agenda.created(client, self.folders["event"], body)

    def shown(self, client) -> dict:
        contacts = client.get("contacts", action="all", folder=self.folders["contacts"], columns="502").data
        tasks = client.get("tasks", action="all", folder=self.folders["tasks"], columns="200").data
        events = agenda.seen(client, self.folders["event"], *DAY, expand=False)
        return {"contacts": sorted(row[0] for row in contacts), "tasks": sorted(row[0] for row in tasks),
                "events": sorted(event["summary"] for event in events), "files": sorted(names(client, self.folders["infostore"]))}

    def remove_leaver(self, **parameters) -> None:
        query = "&".join(f"{name}={value}" for name, value in parameters.items())
        path = f"contexts/{self.api.context_id}/users/{self.leaver.user_id}?{query}"
        assert Rest(self.api, "oxadmin")("DELETE", path).status == 204


BOTH = {"contacts": ["leaver", "stayer"], "tasks": ["leaver", "stayer"],
        "events": ["leaver0", "leaver1", "stayer0", "stayer1"], "files": ["leaver.txt", "stayer.txt"]}
STAYERS = {"contacts": ["stayer"], "tasks": ["stayer"], "events": ["stayer0", "stayer1"], "files": ["stayer.txt"]}


def creators(public: PublicFolders) -> set:
    rows = public.stayer.get("contacts", action="all", folder=public.folders["contacts"], columns="2").data
    return {row[0] for row in rows}


def test_entries_go_to_the_administrator_or_to_the_heir(api):
    public = PublicFolders(api)
    public.remove_leaver(reassign=public.stayer.user_id)
    assert public.shown(public.stayer) == BOTH and creators(public) == {public.stayer.user_id}


def test_entries_go_to_the_administrator_when_nobody_is_named(api):
    public = PublicFolders(api)
    public.remove_leaver()
    assert public.shown(public.stayer) == BOTH and creators(public) == {public.stayer.user_id, api.admin.user_id}


def test_without_an_heir_they_are_deleted_for_everybody(api):
    public = PublicFolders(api)
    assert public.shown(public.stayer) == BOTH
    before = public.stayer.get("contacts", action="all", folder=public.folders["contacts"], columns="1,502")
    used = public.stayer.get("quota", action="filestore").data["use"]
    gone = next(row[0] for row in before.data if row[1] == "leaver")
    public.remove_leaver(reassign=-1)
    assert public.shown(public.stayer) == STAYERS and public.shown(api.admin) == STAYERS
    told = public.stayer.get("contacts", action="updates", folder=public.folders["contacts"], columns="1", ignore="false",
                              timestamp=before.timestamp)
    assert str(gone) in [str(row) for row in told.data if not isinstance(row, list)], told.data
    assert public.stayer.get("quota", action="filestore").data["use"] == used - len(b"leaver")
    # No row is left that belongs to nobody.
    assert api.ctl("--json", "check", "--context", str(api.context_id)).strip() == "[]"


def test_the_command_line_does_the_same(api):
    public = PublicFolders(api)
    context = str(api.context_id)
    wrong = api.server.try_ctl("user", "delete", "-c", context, "--name", "user1", "--heir", "user2", "--drop-public")
    assert wrong.returncode == 2, wrong
    assert api.server.try_ctl("user", "delete", "-c", context, "--name", "user1", "--heir", "nobody").returncode == 4
    assert public.shown(public.stayer) == BOTH
    api.ctl("user", "delete", "-c", context, "--name", "user1", "--drop-public")
    assert public.shown(public.stayer) == STAYERS
    api.ctl("user", "delete", "-c", context, "--name", "user2", "--heir", "oxadmin")
    assert public.shown(api.admin) == STAYERS
