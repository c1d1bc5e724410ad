"""Who may do what with files: folder rights, object permissions, role and operation, against file_reference_model.py.

Refused or not, the owner's view afterwards must be what the model says: nothing was read, written or removed by the way.
"""

import json
import random
import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import file_reference_model as model  # noqa: E402
import reference_model as folders  # noqa: E402
from matrix_test import all_rights, compare_all, must  # noqa: E402
from support.files import download, new_folder, new_version, put_raw, upload  # noqa: E402

LATE = 2**63 - 1
FULL = 403710016
OPERATIONS = ("read", "update", "version", "lock", "revert", "move", "delete", "copy")
ROLES = (folders.BY_USER, folders.BY_GROUP)


def cases(proof) -> list[folders.Case]:
    """A fixed sample of the rights; a smaller one on MariaDB, because the rules are not those of the database."""
    rights = all_rights()
    few = 8 if proof.database == "sqlite" else 1
    some = rights if proof.is_long else random.Random(2).sample(rights, few)
    found = [folders.Case(kind, role, one) for kind in (folders.PRIVATE, folders.PUBLIC) for role in ROLES
             for one in some]
    found += [folders.Case(kind, role, folders.Rights()) for kind in (folders.PRIVATE, folders.PUBLIC)
              for role in (*ROLES, folders.STRANGER, folders.CONTEXT_ADMIN, folders.OWNER)]
    return found


class Stage:
    def __init__(self, api):
        self.api, self.owner = api, api.user(1)
        self.callers = {folders.OWNER: self.owner, folders.CONTEXT_ADMIN: api.admin, folders.BY_USER: api.user(2),
                        folders.BY_GROUP: api.user(3), folders.STRANGER: api.user(4)}
        self.group = api.admin.put("group", {"name": "matrix", "display_name": "Matrix",
                                             "members": [self.callers[folders.BY_GROUP].user_id]}, action="new").data["id"]
        self.homes = {role: str(client.config("folder/infostore")) for role, client in self.callers.items()}
        # Private folders of user1, and folders below the public files.
        self.parents = {folders.PRIVATE: self.homes[folders.OWNER], folders.PUBLIC: "15"}


class CaseRun:
    """One folder, one caller, every operation on an item of its own per kind."""

    def __init__(self, stage: Stage, case: folders.Case, number: int):
        self.stage, self.case, self.owner = stage, case, stage.owner
        self.caller = stage.callers[case.role]
        self.home = stage.homes[case.role]
        self.wrong: list[str] = []
        is_member = case.role in ROLES
        if case.role == folders.OWNER:
            self.items = [item for item in model.ITEMS if item.is_own]
        else:
            self.items = [item for item in model.ITEMS
                          if (not item.is_own or is_member) and (not item.shared or is_member)]
        self.folder = new_folder(self.owner, stage.parents[case.kind], f"Case {number}", self.entries(FULL))
        self.ids = {}
        for item in self.items:
            for operation in OPERATIONS:
                self.make(item, operation)
        must(self.owner.multiple([{"module": "folders", "action": "update", "id": self.folder, "tree": 0,
                                   "data": {"folder": {"permissions": self.entries(case.granted.bits)}}}]))

    def entity(self) -> dict:
        if self.case.role == folders.BY_GROUP:
            return {"entity": self.stage.group, "group": True}
        return {"entity": self.caller.user_id, "group": False}

    def entries(self, bits: int) -> list:
        owner = {"entity": self.owner.user_id, "group": False, "bits": FULL}
        return [owner] if self.case.role not in ROLES else [owner, {**self.entity(), "bits": bits}]

    def make(self, item: model.Item, operation: str) -> None:
        name = f"{item.name} {operation}.txt"
        maker = self.caller if item.is_own else self.owner
        members = {"object_permissions": [{**self.entity(), "bits": item.shared}]} if item.shared else {}
        self.ids[item, operation] = upload(maker, self.folder, name, b"secret " + name.encode(), "text/plain", members).data

    def compare(self, what: str, found, wanted) -> None:
        if found != wanted:
            self.wrong.append(f"{self.case} {what}: got {found}, expected {wanted}")

    def run(self) -> list[str]:
        self.read()
        self.transfer()
        self.write()
        self.check_contents()
        return self.wrong

    def kinds_in(self, answer: dict):
        if "code" in answer:
            return answer["code"]
        by_number = {file_id.split("/")[1]: item for (item, operation), file_id in self.ids.items() if operation == "read"}
        numbers = {str(row[0] if isinstance(row, list) else row).split("/")[-1] for row in answer["data"]}
        return {by_number[number] for number in numbers & by_number.keys()}

    def read(self) -> None:
        place = {"module": "infostore", "columns": "1,702"}
        wanted = [
            ({**place, "action": "all", "folder": self.folder}, model.list_folder(self.case, self.items)),
            ({**place, "action": "updates", "folder": self.folder, "timestamp": 0, "ignore": "deleted"},
             model.list_folder(self.case, self.items)),
            ({**place, "action": "all", "folder": "10"}, model.list_shared(self.items)),
            ({**place, "action": "search", "data": {"pattern": "read.txt"}},
             {item for item in self.items if model.reads(self.case, item)}),
            ({**place, "action": "list", "data": [{"id": file_id, "folder": self.folder} for file_id in self.ids.values()]},
             {item for item in self.items if model.reads(self.case, item)})]
        for item in self.items:
            file_id = self.ids[item, "read"]
            for action in ("get", "versions"):
                wanted.append(({**place, "action": action, "id": file_id, "folder": self.folder},
                               model.get(self.case, item)))
        answers = self.caller.multiple([call for call, _ in wanted])
        for (call, expectation), answer in zip(wanted, answers):
            is_list = call["action"] in ("all", "updates", "search", "list")
            found = self.kinds_in(answer) if is_list else answer.get("code")
            self.compare(f"{call['action']} {call.get('folder')} {call.get('id')}", found, expectation)

    def transfer(self) -> None:
        """Bytes in and out."""
        for item in self.items:
            answer = download(self.caller, self.ids[item, "read"])
            self.compare(f"document {item.name}", answer.status, model.download(self.case, item))
            if answer.status != 200:
                self.compare("a refusal tells nothing", b"secret" in answer.body, False)
            changed = new_version(self.caller, self.ids[item, "version"], f"{item.name} version.txt", b"changed")
            self.compare(f"new version {item.name}", changed.code, model.update(self.case, item))
            self.zip_of(item)
        self.compare("new", upload(self.caller, self.folder, "new.txt", b"1").code, model.create(self.case))
        self.compare("upload", put_raw(self.caller, self.folder, "raw.txt", b"1").code, model.create(self.case))

    def zip_of(self, item: model.Item) -> None:
        answer = self.caller.get("infostore", action="zipdocuments",
                                 body=json.dumps([{"id": self.ids[item, "read"], "folder": self.folder}]))
        is_told = b"secret" in answer.body or item.name.encode() in answer.body
        self.compare(f"zip {item.name}", is_told, model.reads(self.case, item))

    def write(self) -> None:
        calls, wanted = [], []

        def add(expectation, action: str, data=None, **parameters) -> None:
            body = {} if data is None else {"data": data}
            calls.append({"module": "infostore", "action": action, "timestamp": LATE, **body, **parameters})
            wanted.append(expectation)

        for item in self.items:
            here = {"folder": self.folder}
            add(model.update(self.case, item), "update", {"description": "changed"}, id=self.ids[item, "update"])
            add(model.lock(self.case, item), "lock", id=self.ids[item, "lock"], **here)
            add(model.unlock(self.case, item), "unlock", id=self.ids[item, "lock"], **here)
            add(model.revert(self.case, item), "revert", id=self.ids[item, "revert"], **here)
            add(model.copy_away(self.case, item), "copy", {"folder_id": self.home}, id=self.ids[item, "copy"])
            add(model.move_away(self.case, item), "move", id=self.ids[item, "move"], folder=self.home)
            add(model.delete(self.case, item), "delete", [{"id": self.ids[item, "delete"], **here}], hardDelete=True)
        outside = upload(self.caller, self.home, f"outside {self.folder}.txt", b"1").data
        add(model.copy_in(self.case), "copy", {"folder_id": self.folder, "filename": "copied.txt"}, id=outside)
        add(model.move_in(self.case), "move", id=outside, folder=self.folder)
        for call, expectation, answer in zip(calls, wanted, self.caller.multiple(calls)):
            found = answer.get("code")
            if found is None and call["action"] == "delete" and answer["data"]:
                found = model.KEPT
            self.compare(f"{call['action']} {self.name_of(call)}", found, expectation)

    def name_of(self, call: dict) -> str:
        wanted = call.get("id") or call["data"][0]["id"]
        return next((item.name for (item, _), file_id in self.ids.items() if file_id == wanted), "outside")

    def check_contents(self) -> None:
        wanted = {}
        for item in self.items:
            is_moved = model.move_away(self.case, item) is None and self.home != self.folder
            for operation in OPERATIONS:
                gone = {"move": is_moved, "delete": model.delete(self.case, item) is None}.get(operation, False)
                if gone:
                    continue
                is_changed = operation == "update" and model.update(self.case, item) is None
                count = 1
                if operation == "version" and model.update(self.case, item) is None:
                    count = 2
                if operation == "revert" and model.revert(self.case, item) is None:
                    count = 0
                wanted[f"{item.name} {operation}.txt"] = ("changed" if is_changed else None, count)
        for name, is_there in (("new.txt", model.create(self.case)), ("raw.txt", model.create(self.case)),
                               ("copied.txt", model.copy_in(self.case)), (f"outside {self.folder}.txt", model.move_in(self.case))):
            if is_there is None:
                wanted[name] = (None, 1)
        rows = self.owner.get("infostore", action="all", folder=self.folder, columns="700,706,711").data
        found = {row[0]: (row[1], row[2]) for row in rows}
        for name in sorted(found.keys() | wanted.keys()):
            self.compare(f"contents {name}", found.get(name), wanted.get(name))


def test_rights_to_files_are_what_the_reference_model_says(proof):
    with proof.server() as server:
        api = server.tenant()
        stage = Stage(api)
        compare_all(cases(proof), lambda case, number: CaseRun(stage, case, number).run())
        api.close()
