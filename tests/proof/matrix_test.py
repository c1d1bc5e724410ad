"""Who may do what: every combination of folder rights, role and operation, against reference_model.py.

Refused or not, the owner's view afterwards must be what the model says: nothing was read, written or removed by the way.
"""

import itertools
import json
import random

from support.client import ApiClient

import sys, pathlib  # noqa: E401
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import reference_model as model  # noqa: E402

LATE = 2**63 - 1
PIXEL = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
SIDES = ("own", "foreign")


def all_rights() -> list[model.Rights]:
    return [model.Rights(*levels) for levels in itertools.product((0, 1, 2, 4), (0, 1, 2), (0, 1, 2), (0, 1, 2))]


def cases(proof) -> list[model.Case]:
    """All combinations for a member by user entry; a fixed sample of them for the other roles and for admin. A fifth of all that
    on MariaDB, because the rules are not those of the database."""
    sample = random.Random(1).sample
    rights = all_rights()
    part = 1 if proof.database == "sqlite" else 5
    some = (lambda count: rights) if proof.is_long else (lambda count: sample(rights, -(-count // part)))
    found = [model.Case(model.PRIVATE, model.BY_USER, one) for one in some(len(rights))]
    found += [model.Case(model.PUBLIC, model.BY_USER, one) for one in some(40)]
    found += [model.Case(kind, model.BY_GROUP, one) for kind in (model.PRIVATE, model.PUBLIC) for one in some(16)]
    # In a private folder nobody but its owner administers.
    found += [model.Case(model.PUBLIC, role, model.Rights(one.folder, one.read, one.write, one.delete, True))
              for role in (model.BY_USER, model.BY_GROUP) for one in some(20)]
    found += [model.Case(kind, role, one) for kind in (model.PRIVATE, model.PUBLIC)
              for role in (model.OWNER, model.CONTEXT_ADMIN, model.STRANGER) for one in some(3)]
    return found


class Stage:
    """The people, and places that a case's folder is moved to."""

    def __init__(self, api):
        self.api = api
        self.owner = api.user(1)
        self.callers = {model.OWNER: self.owner, model.CONTEXT_ADMIN: api.admin, model.BY_USER: api.user(2),
                        model.BY_GROUP: api.user(3), model.STRANGER: api.user(4)}
        members = [self.callers[model.BY_GROUP].user_id]
        self.group = self.api.admin.put("group", {"name": "matrix", "display_name": "Matrix", "members": members},
                                        action="new").data["id"]
        self.own_folders = {role: api.private_folder(client) for role, client in self.callers.items()}
        everybody = {"entity": 0, "group": True, "bits": model.Rights(4, 2, 2, 2).bits}
        self.places = {
            model.PUBLIC: self.make_folder("2", "Place", [self.full(self.owner), everybody]),
            model.PRIVATE: self.make_folder("1", "Place", [self.full(self.owner)])}

    @staticmethod
    def full(client: ApiClient) -> dict:
        return {"entity": client.user_id, "group": False, "bits": 403710016}

    def make_folder(self, parent: str, title: str, permissions: list) -> str:
        body = {"folder": {"title": title, "module": "contacts", "permissions": permissions}}
        return self.owner.put("folders", body, action="new", folder_id=parent, tree=0).data


def contact_call(folder: str, name: str) -> dict:
    return {"module": "contacts", "action": "new",
            "data": {"folder_id": folder, "display_name": name, "image1": PIXEL, "image1_content_type": "image/png"}}


def must(answers: list) -> list:
    for answer in answers:
        assert "error" not in answer, answer
    return [answer.get("data") for answer in answers]


class CaseRun:
    """One folder, one caller, all operations once."""

    CONTACTS = ("read", "change", "move", "delete")

    def __init__(self, stage: Stage, case: model.Case, number: int):
        self.stage, self.case = stage, case
        self.caller = stage.callers[case.role]
        self.parent = "1" if case.kind == model.PRIVATE else "2"
        self.title = f"Case {number}"
        self.wrong: list[str] = []
        self.prepare()

    def entry(self, rights_bits: int) -> list:
        owner = self.stage.full(self.stage.owner)
        if self.case.role == model.BY_USER:
            return [owner, {"entity": self.caller.user_id, "group": False, "bits": rights_bits}]
        return [owner, {"entity": self.stage.group, "group": True, "bits": rights_bits}]

    def prepare(self) -> None:
        """Contacts of both while the caller may do everything, then the rights of the case."""
        opening = self.entry(model.Rights(4, 2, 2, 2).bits)
        is_member = self.case.role in (model.BY_USER, model.BY_GROUP)
        self.folder = self.stage.make_folder(self.parent, self.title, opening)
        calls = [contact_call(self.folder, f"{side} {name}") for name in self.CONTACTS for side in SIDES]
        # Strangers have nothing of their own in the folder, and the owner nothing foreign.
        by_owner = must(self.stage.owner.multiple([call for call in calls if self.is_made_by_owner(call)]))
        by_caller = must(self.caller.multiple([call for call in calls if not self.is_made_by_owner(call)])
                         ) if is_member else []
        made = iter(by_owner), iter(by_caller)
        self.ids = {}
        for call in calls:
            if self.is_made_by_owner(call) or is_member:
                self.ids[call["data"]["display_name"]] = next(made[not self.is_made_by_owner(call)])["id"]
        self.outside = must(self.caller.multiple([contact_call(self.stage.own_folders[self.case.role], "outside")]))[0]["id"]
        must(self.stage.owner.multiple([{"module": "folders", "action": "update", "id": self.folder, "tree": 0, "data": {
            "folder": {"permissions": self.entry(self.case.granted.bits)}}}]))

    def is_made_by_owner(self, call: dict) -> bool:
        """The owner's own contacts are his; `own` of anybody else is the caller's."""
        is_own = call["data"]["display_name"].startswith("own")
        return is_own == (self.case.role == model.OWNER)

    def sides(self):
        """The sides that exist here, and whether the side is the caller's own."""
        return [(side, side == "own") for side in SIDES if f"{side} read" in self.ids]

    def compare(self, what: str, found, wanted) -> None:
        if found != wanted:
            self.wrong.append(f"{self.case} {what}: got {found}, expected {wanted}")

    def run(self) -> list[str]:
        self.read()
        self.check_export()
        self.check_pictures()
        self.write()
        self.check_contents()
        self.change_folder()
        return self.wrong

    def names_in(self, rows: list) -> set:
        return {row[1] for row in rows if isinstance(row, list)}

    def listed(self, kinds, names=None):
        """What a list of those kinds contains."""
        if not isinstance(kinds, set):
            return kinds
        return {f"{side} {name}" for side, is_own in self.sides() for name in (names or self.CONTACTS) if is_own in kinds}

    def read(self) -> None:
        place = {"module": "contacts", "columns": "1,500"}
        parent = {model.PRIVATE: f"u:{self.stage.owner.user_id}" if self.case.is_shared else "1", model.PUBLIC: "2"}
        calls = [{**place, "action": "all", "folder": self.folder},
                 {**place, "action": "updates", "folder": self.folder, "timestamp": 0, "ignore": "false"},
                 {**place, "action": "search", "data": {"pattern": "*", "folder": self.folder}},
                 {**place, "action": "search", "data": {"pattern": "*"}},
                 {**place, "action": "list", "data": [{"id": i, "folder": self.folder} for i in self.ids.values()]},
                 {"module": "folders", "action": "get", "id": self.folder, "tree": 0},
                 {"module": "folders", "action": "list", "parent": parent[self.case.kind], "columns": "1", "tree": 0}]
        calls += [{"module": "contacts", "action": "get", "folder": self.folder, "id": self.ids[f"{side} read"]}
                  for side, _ in self.sides()]
        answers = self.caller.multiple(calls)
        kinds = model.list_contacts(self.case)
        for call, answer in zip(calls[:3], answers):
            found = answer["code"] if "code" in answer else self.names_in(answer["data"])
            self.compare(call["action"], found, self.listed(kinds))
        readable = self.listed(kinds if isinstance(kinds, set) else set())
        mine = {f"{side} {name}" for side in SIDES for name in self.CONTACTS}
        here = [row for row in answers[3]["data"] if row[0] in self.ids.values()]
        self.compare("search everywhere", self.names_in(here) & mine, readable)
        self.compare("list", self.names_in(row for row in answers[4]["data"] if row), readable)
        self.compare("folder get", answers[5].get("code"), model.get_folder(self.case))
        rows = answers[6].get("data") or []
        self.compare("folder list", [self.folder] in rows, model.is_listed(self.case))
        for (side, is_own), answer in zip(self.sides(), answers[7:]):
            self.compare(f"get {side}", answer.get("code"), model.get(self.case, is_own))

    def check_export(self) -> None:
        answer = self.caller.get("export", action="CSV", folder=self.folder, columns="500")
        is_json = answer.text.startswith("{")
        found = json.loads(answer.text)["code"] if is_json else {
            line.strip('"') for line in answer.text.splitlines()[1:]}
        self.compare("export", found, self.listed(model.export(self.case)))

    def check_pictures(self) -> None:
        for side, is_own in self.sides():
            answer = self.caller.get("image/contact/picture", folder=self.folder, id=self.ids[f"{side} read"])
            self.compare(f"picture {side}", answer.status, model.picture(self.case, is_own))

    def write(self) -> None:
        """The expectation of each call stands beside it."""
        own_folder = self.stage.own_folders[self.case.role]
        calls, wanted = [], []

        def add(expectation, action: str, data, **parameters) -> None:
            calls.append({"module": "contacts", "action": action, "data": data, **parameters})
            wanted.append(expectation)

        for side, is_own in self.sides():
            where = {"folder": self.folder, "timestamp": LATE}
            add(model.update(self.case, is_own), "update", {"note": "changed"}, id=self.ids[f"{side} change"], **where)
            add(model.move_away(self.case, is_own), "update", {"folder_id": own_folder}, id=self.ids[f"{side} move"], **where)
            add(model.delete(self.case, is_own), "delete", [{"id": self.ids[f"{side} delete"], "folder": self.folder}],
                timestamp=LATE)
        add(model.create(self.case), "new", {"folder_id": self.folder, "display_name": "created"})
        add(model.move_in(self.case), "update", {"folder_id": self.folder}, id=self.outside, folder=own_folder,
            timestamp=LATE)
        for call, expectation, answer in zip(calls, wanted, self.caller.multiple(calls)):
            found = answer.get("code")
            if found is None and call["action"] == "delete" and answer["data"]:
                found = model.KEPT
            self.compare(f"{call['action']} {json.dumps(call['data'])} id {call.get('id')}", found, expectation)

    def check_contents(self) -> None:
        wanted = {"created": None} if model.create(self.case) is None else {}
        if model.move_in(self.case) is None:
            wanted["outside"] = None
        for side, is_own in self.sides():
            wanted[f"{side} read"] = None
            wanted[f"{side} change"] = "changed" if model.update(self.case, is_own) is None else None
            if model.move_away(self.case, is_own) is not None:
                wanted[f"{side} move"] = None
            if model.delete(self.case, is_own) is not None:
                wanted[f"{side} delete"] = None
        rows = self.stage.owner.get("contacts", action="all", folder=self.folder, columns="500,518").data
        self.compare("contents", dict(rows), wanted)

    def change_folder(self) -> None:
        place = self.stage.places[self.case.kind]
        here = {"module": "folders", "id": self.folder, "tree": 0}
        added = {"entity": self.stage.api.admin.user_id, "group": False, "bits": 0}
        calls = [
            (model.create_subfolder(self.case), {"module": "folders", "action": "new", "folder_id": self.folder, "tree": 0,
                                                 "data": {"folder": {"title": "Below", "module": "contacts"}}}),
            (model.rename(self.case), {**here, "action": "update", "data": {"folder": {"title": self.title + " renamed"}}}),
            (model.change_permissions(self.case), {**here, "action": "update", "data": {
                "folder": {"permissions": self.entry(self.case.granted.bits) + [added]}}}),
            (model.move_folder(self.case), {**here, "action": "update", "data": {"folder": {"folder_id": place}}})]
        for (wanted, call), answer in zip(calls, self.caller.multiple([call for _, call in calls])):
            self.compare(f"folder {call['action']} {json.dumps(call['data'])}", answer.get("code"), wanted)
        stored = self.stage.owner.get("folders", action="get", id=self.folder, tree=0).data
        self.compare("title", stored["title"], self.title + " renamed" * (model.rename(self.case) is None))
        self.compare("parent", stored["folder_id"], place if model.move_folder(self.case) is None else self.parent)
        has_entry = any(entry["entity"] == added["entity"] for entry in stored["permissions"])
        self.compare("permissions", has_entry, model.change_permissions(self.case) is None)
        deleted = self.caller.multiple([{"module": "folders", "action": "delete", "tree": 0, "failOnError": True,
                                         "timestamp": LATE, "data": [self.folder]}])[0]
        self.compare("folder delete", deleted.get("code"), model.delete_folder(self.case))
        after = self.stage.owner.get("folders", action="get", id=self.folder, tree=0)
        self.compare("folder afterwards", after.code, "FLD-0008" if model.delete_folder(self.case) is None else None)
        if after.code is None:
            must(self.stage.owner.multiple([{"module": "folders", "action": "delete", "tree": 0, "failOnError": True,
                                             "data": [self.folder], "hardDelete": True}]))


def compare_all(cases: list[model.Case], run_case) -> None:
    """`run_case(case, number)` gives the differences from the model; none may be left."""
    wrong = [difference for number, case in enumerate(cases) for difference in run_case(case, number)]
    print(f"        {len(cases)} cases, {len(wrong)} differences")
    assert not wrong, "\n".join(wrong[:40])


def test_rights_are_what_the_reference_model_says(proof):
    with proof.server() as server:
        api = server.tenant()
        stage = Stage(api)
        compare_all(cases(proof), lambda case, number: CaseRun(stage, case, number).run())
        api.close()
