"""Who may do what with tasks: folder rights, role and operation, against reference_model.py, whose words for contacts hold for
tasks with codes of their own, and moves from and into shared folders are refused.

Refused or not, the owner's view afterwards must be what the model says.
"""

import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import reference_model as model  # noqa: E402
from matrix_test import LATE, SIDES, Stage, all_rights, compare_all, must  # noqa: E402
from support.tasks import new_task_folder, task_folder  # noqa: E402

CODES = {model.NO_READ: "TSK-0023", model.NO_CREATE: "TSK-0025", model.NOT_FOUND: "TSK-0019", model.NO_DELETE: "TSK-0014",
         model.NO_WRITE: "TSK-0033"}
SHARED_MOVE = "TSK-0034"
TASKS = ("read", "change", "move", "delete")


def cases(is_long: bool) -> list[model.Case]:
    rights = all_rights()
    some = (lambda count: rights) if is_long else (lambda count: random.Random(3).sample(rights, count))
    found = [model.Case(kind, model.BY_USER, one) for kind in (model.PRIVATE, model.PUBLIC) for one in some(24)]
    found += [model.Case(kind, model.BY_GROUP, one) for kind in (model.PRIVATE, model.PUBLIC) for one in some(6)]
    found += [model.Case(kind, role, model.Rights()) for kind in (model.PRIVATE, model.PUBLIC)
              for role in (model.OWNER, model.CONTEXT_ADMIN, model.STRANGER)]
    return found


def in_tasks(outcome):
    return CODES.get(outcome, outcome) if isinstance(outcome, str) else outcome


def move_away(case: model.Case, is_own: bool):
    refusal = in_tasks(model.move_away(case, is_own))
    return SHARED_MOVE if refusal is None and case.is_shared else refusal


def move_in(case: model.Case):
    if case.is_visible and case.is_shared:
        return SHARED_MOVE
    return in_tasks(model.move_in(case))


class TaskRun:
    """One folder, one caller, all operations once."""

    def __init__(self, stage: Stage, case: model.Case, number: int):
        self.stage, self.case, self.owner = stage, case, stage.owner
        self.caller = stage.callers[case.role]
        self.wrong: list[str] = []
        is_member = case.role in (model.BY_USER, model.BY_GROUP)
        opening = self.entries(model.Rights(4, 2, 2, 2).bits)
        self.folder = new_task_folder(self.owner, "1" if case.kind == model.PRIVATE else "2", f"Tasks {number}")
        self.set_rights(opening)
        self.ids = {}
        for side in SIDES:
            is_owners = (side == "own") == (case.role == model.OWNER)
            if is_owners or is_member:
                maker = self.owner if is_owners else self.caller
                made = must(maker.multiple([self.new(self.folder, f"{side} {name}") for name in TASKS]))
                self.ids |= {f"{side} {name}": one["id"] for name, one in zip(TASKS, made)}
        self.home = task_folder(self.caller)
        self.outside = must(self.caller.multiple([self.new(self.home, "outside")]))[0]["id"]
        self.set_rights(self.entries(case.granted.bits))

    @staticmethod
    def new(folder: str, title: str) -> dict:
        return {"module": "tasks", "action": "new", "data": {"folder_id": folder, "title": title}}

    def entries(self, bits: int) -> list:
        is_group = self.case.role != model.BY_USER
        entity = self.stage.group if is_group else self.caller.user_id
        return [self.stage.full(self.owner), {"entity": entity, "group": is_group, "bits": bits}]

    def set_rights(self, entries: list) -> None:
        must(self.owner.multiple([{"module": "folders", "action": "update", "id": self.folder, "tree": 0,
                                   "data": {"folder": {"permissions": entries}}}]))

    def sides(self):
        return [(side, side == "own") for side in SIDES if f"{side} read" in self.ids]

    def compare(self, what: str, found, wanted) -> None:
        if found != wanted:
            self.wrong.append(f"{self.case} {what}: got {found}, expected {wanted}")

    def run(self) -> list[str]:
        self.read()
        self.write()
        self.check_contents()
        return self.wrong

    def read(self) -> None:
        place = {"module": "tasks", "columns": "1,200"}
        calls = [{**place, "action": "all", "folder": self.folder},
                 {**place, "action": "updates", "folder": self.folder, "timestamp": 0, "ignore": "false"},
                 {**place, "action": "search", "data": {"pattern": "", "folder": self.folder}},
                 {**place, "action": "list", "data": [{"id": i, "folder": self.folder} for i in self.ids.values()]}]
        calls += [{"module": "tasks", "action": "get", "folder": self.folder, "id": self.ids[f"{side} read"]}
                  for side, _ in self.sides()]
        answers = self.caller.multiple(calls)
        kinds = in_tasks(model.list_contacts(self.case))
        listed = {f"{side} {name}" for side, is_own in self.sides() for name in TASKS
                  if isinstance(kinds, set) and is_own in kinds}
        for call, answer in zip(calls[:3], answers):
            found = answer["code"] if "code" in answer else {row[1] for row in answer["data"] if isinstance(row, list)}
            self.compare(call["action"], found, listed if isinstance(kinds, set) else kinds)
        self.compare("list", {row[1] for row in answers[3]["data"]}, listed)
        for (side, is_own), answer in zip(self.sides(), answers[4:]):
            self.compare(f"get {side}", answer.get("code"), in_tasks(model.get(self.case, is_own)))

    def write(self) -> None:
        """The expectation of each call stands beside it."""
        calls, wanted = [], []

        def add(expectation, action: str, data, **parameters) -> None:
            calls.append({"module": "tasks", "action": action, "data": data, "timestamp": LATE, **parameters})
            wanted.append(expectation)

        for side, is_own in self.sides():
            here = {"folder": self.folder}
            add(in_tasks(model.update(self.case, is_own)), "update", {"note": "changed"}, id=self.ids[f"{side} change"], **here)
            add(move_away(self.case, is_own), "update", {"folder_id": self.home}, id=self.ids[f"{side} move"], **here)
            add(in_tasks(model.delete(self.case, is_own)), "delete", [{"id": self.ids[f"{side} delete"], **here}])
        add(in_tasks(model.create(self.case)), "new", {"folder_id": self.folder, "title": "created"})
        add(move_in(self.case), "update", {"folder_id": self.folder}, id=self.outside, folder=self.home)
        for call, expectation, answer in zip(calls, wanted, self.caller.multiple(calls)):
            found = answer.get("code")
            if found is None and call["action"] == "delete" and answer["data"]:
                found = model.KEPT
            self.compare(f"{call['action']} {call['data']} id {call.get('id')}", found, expectation)

    def check_contents(self) -> None:
        wanted = {"created": None} if model.create(self.case) is None else {}
        if move_in(self.case) is None:
            wanted["outside"] = None
        for side, is_own in self.sides():
            wanted[f"{side} read"] = None
            wanted[f"{side} change"] = "changed" if model.update(self.case, is_own) is None else None
            if move_away(self.case, is_own) is not None:
                wanted[f"{side} move"] = None
            if model.delete(self.case, is_own) is not None:
                wanted[f"{side} delete"] = None
        rows = self.owner.get("tasks", action="all", folder=self.folder, columns="200,203").data
        self.compare("contents", dict(rows), wanted)


def test_rights_on_tasks_are_what_the_reference_model_says(proof):
    with proof.server() as server:
        api = server.tenant()
        stage = Stage(api)
        compare_all(cases(proof.is_long), lambda case, number: TaskRun(stage, case, number).run())
        api.close()
