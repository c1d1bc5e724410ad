"""What guests may do: every combination of folder rights, for a guest by mail address and for a link, and every right on a
single file. The measure is in `expected`; afterwards the owner looks at what is really there.
"""

import itertools
import json
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "http" / "shares"), str(pathlib.Path(__file__).resolve().parent)]
import sharing  # noqa: E402
import reference_model as model  # noqa: E402

LATE = 2**63 - 1
GUEST = {"type": "guest", "email_address": "guest@elsewhere.test"}


def all_rights() -> list[model.Rights]:
    return [model.Rights(*levels) for levels in itertools.product((0, 1, 2, 4, 64), (0, 1, 2), (0, 1, 2), (0, 1, 2))]


def expected(rights: model.Rights) -> dict:
    """Refusal or None. A guest makes no folders, administers nothing and hands nothing on."""
    visible = rights.folder >= 1

    def read(is_own: bool):
        if model.allows(rights.read, is_own) and visible:
            return None
        return "IFO-0400" if visible else "IFO-0300"

    def change(is_own: bool, level: int, refusal: str):
        if read(is_own):
            return read(is_own)
        return None if model.allows(level, is_own) else refusal

    outcome = {"all": None if visible and rights.read else "IFO-0400" if visible else "FLD-0003",
               "new": None if rights.folder >= 2 else "IFO-0402" if visible else "FLD-0003",
               "subfolder": "FLD-0006" if visible else "FLD-0003", "rename": "FLD-0086" if visible else "FLD-0003",
               "permissions": "FLD-0010" if visible else "FLD-0003", "link": "SVL-0016"}
    for side, is_own in (("own", True), ("foreign", False)):
        outcome[f"read {side}"] = read(is_own)
        outcome[f"write {side}"] = change(is_own, rights.write, "IFO-0403")
        refusal = change(is_own, rights.delete, "IFO-0445")
        # What cannot be found needs no delete: its id comes back as not deleted.
        outcome[f"delete {side}"] = "kept" if refusal == "IFO-0300" else refusal
    return outcome


def calls_for(folder: str, ids: dict, number: int) -> dict:
    calls = {"all": {"module": "infostore", "action": "all", "folder": folder, "columns": "1"}}
    for side, file_id in ids.items():
        calls[f"read {side}"] = {"module": "infostore", "action": "get", "id": file_id, "folder": folder}
        calls[f"write {side}"] = {"module": "infostore", "action": "update", "id": file_id, "timestamp": LATE,
                                  "data": {"description": "by the guest"}}
    calls["new"] = {"module": "infostore", "action": "new", "data": {"folder_id": folder, "title": f"new {number}"}}
    for name, change in (("subfolder", None), ("rename", {"title": "taken"}), ("permissions", {"permissions": []})):
        calls[name] = {"module": "folders", "action": "update" if change else "new", "tree": 0,
                       "data": {"folder": change or {"title": "mine", "module": "infostore"}},
                       **({"id": folder} if change else {"folder_id": folder})}
    calls["link"] = {"module": "share/management", "action": "getLink", "data": sharing.target(folder)}
    for side, file_id in ids.items():
        calls[f"delete {side}"] = {"module": "infostore", "action": "delete", "timestamp": LATE, "hardDelete": "true",
                                   "data": [{"id": file_id, "folder": folder}]}
    return calls


def outcome_of(name: str, answer: dict):
    if "error" in answer:
        return answer["code"]
    return "kept" if name.startswith("delete") and answer["data"] else None


class Stage:
    def __init__(self, api):
        self.api, self.owner = api, api.user(1)
        anchor = sharing.make_folder(api, "Anchor", permissions=[sharing.owner_entry(self.owner), {**GUEST, "bits": sharing.VIEW}])
        entry = [one for one in sharing.extended(self.owner, anchor) if one["type"] == "guest"][0]
        self.guest = sharing.open_link(api, entry["share_url"])

    def permit(self, folder: str, bits: int):
        permissions = [sharing.owner_entry(self.owner), {"entity": self.guest.user_id, "group": False, "bits": bits}]
        self.owner.put("folders", {"folder": {"permissions": permissions}}, action="update", id=folder, tree=0).data

    def check(self, rights: model.Rights, number: int) -> list[str]:
        folder = sharing.make_folder(self.api, f"Case {number}")
        self.permit(folder, sharing.AUTHOR)
        title = {"folder_id": folder}
        ids = {"own": self.guest.put("infostore", {**title, "title": "own"}, action="new").data,
               "foreign": self.owner.put("infostore", {**title, "title": "foreign"}, action="new").data}
        self.permit(folder, rights.bits)
        calls = calls_for(folder, ids, number)
        wanted = expected(rights)
        answers = dict(zip(calls, self.guest.multiple(list(calls.values()))))
        wrong = [f"{rights} {name}: got {outcome_of(name, answer)}, expected {wanted[name]}"
                 for name, answer in answers.items() if outcome_of(name, answer) != wanted[name]]
        return wrong + self.look(rights, folder, wanted)

    def look(self, rights: model.Rights, folder: str, wanted: dict) -> list[str]:
        rows = self.owner.get("infostore", action="all", folder=folder, columns="700,706").data
        found = {row[0]: row[1] for row in rows}
        should = {side: "by the guest" if wanted[f"write {side}"] is None else None
                  for side in ("own", "foreign") if wanted[f"delete {side}"] is not None}
        if wanted["new"] is None:
            should.update({title: None for title in found if title.startswith("new ")})
        below = self.owner.get("folders", action="list", parent=folder, columns="300", tree=0, all=1).data
        title = self.owner.get("folders", action="get", id=folder, tree=0).data["title"]
        wrong = [] if found == should else [f"{rights} afterwards: {found}, expected {should}"]
        return wrong + ([] if below == [] and title.startswith("Case ") else [f"{rights}: {below} {title}"])


def raise_if(wrong: list[str]) -> None:
    if wrong:
        raise AssertionError(f"{len(wrong)} deviations:\n  " + "\n  ".join(wrong[:30]))


def test_every_right_of_a_guest_in_a_folder(proof):
    with proof.server() as server:
        stage = Stage(server.tenant())
        raise_if([line for number, rights in enumerate(all_rights()) for line in stage.check(rights, number)])


def test_a_link_gets_no_more_than_reading(proof):
    with proof.server() as server:
        api = server.tenant()
        owner, folder = api.user(1), sharing.make_folder(api)
        file_id = sharing.make_file(api, folder=folder)
        entity = sharing.get_link(owner, sharing.target(folder))["entity"]
        guest = sharing.open_link(api, sharing.get_link(owner, sharing.target(folder))["url"])
        wrong = []
        for rights in all_rights():
            permissions = [sharing.owner_entry(owner), {"entity": entity, "group": False, "bits": rights.bits}]
            answer = owner.put("folders", {"folder": {"permissions": permissions}}, action="update", id=folder, tree=0)
            reads_only = rights.folder <= 1 and not rights.write and not rights.delete
            if answer.code != (None if reads_only else "FLD-0073"):
                wrong.append(f"{rights}: {answer.code}")
            if not reads_only:
                continue
            status = sharing.download(guest, file_id).status
            if (status == 200) != (rights.folder == 1 and rights.read == 2):
                wrong.append(f"{rights}: download {status}")
        raise_if(wrong)


def test_every_right_of_a_guest_on_a_file(proof):
    with proof.server() as server:
        stage = Stage(server.tenant())
        owner, guest, wrong = stage.owner, stage.guest, []
        for bits in (0, 1, 2, 4):
            file_id = sharing.make_file(stage.api, name=f"{bits}.txt")
            entry = [{"entity": guest.user_id, "group": False, "bits": bits}] if bits else []
            owner.put("infostore", {"object_permissions": entry}, action="update", id=file_id, timestamp=LATE).data
            shown = "10/" + file_id.split("/")[1]
            beside = {"id": file_id, "folder": file_id.split("/")[0]}
            wanted = {"get": None if bits >= 1 else "IFO-0300", "update": None if bits >= 2 else "IFO-0403" if bits else "IFO-0300",
                      "share": "IFO-0403" if bits else "IFO-0300", "delete": None if bits >= 4 else "IFO-0445" if bits else "kept"}
            calls = {"get": {"module": "infostore", "action": "get", "id": shown, "folder": "10"},
                     "update": {"module": "infostore", "action": "update", "id": shown, "timestamp": LATE,
                                "data": {"description": "by the guest"}},
                     "share": {"module": "infostore", "action": "update", "id": shown, "timestamp": LATE,
                               "data": {"object_permissions": [{"entity": 0, "group": True, "bits": 2}]}},
                     "delete": {"module": "infostore", "action": "delete", "timestamp": LATE, "hardDelete": "true",
                                "data": [beside]}}
            for (name, answer) in zip(calls, guest.multiple(list(calls.values()))):
                if outcome_of(name, answer) != wanted[name]:
                    wrong.append(f"{bits} {name}: got {outcome_of(name, answer)}, expected {wanted[name]}: {json.dumps(answer)[:200]}")
        raise_if(wrong)
