"""Who may do what over WebDAV: folder rights, role and method, against file_reference_model.py.

Refused or not, the owner's view afterwards must be what the model says.
"""

import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import file_reference_model as model  # noqa: E402
import reference_model as folders  # noqa: E402
from file_matrix_test import FULL, Stage, cases  # noqa: E402
from matrix_test import compare_all, must  # noqa: E402
from support import dav  # noqa: E402
from support.files import new_folder, upload  # noqa: E402

METHODS = ("get", "put", "delete", "move", "copy", "lock", "proppatch")
LOCK = (b'<?xml version="1.0"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope>'
        b'<D:locktype><D:write/></D:locktype></D:lockinfo>')
PATCH = (b'<?xml version="1.0"?><D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><x xmlns="urn:test">1</x></D:prop></D:set>'
         b'</D:propertyupdate>')


def is_done(answer) -> bool:
    """Nothing but 4xx refuses: a 5xx is no answer to a lack of rights."""
    if answer.status == 207:
        return b" 200 " in answer.body
    assert answer.status < 500, f"{answer.request}: {answer.status} {answer.text[:200]}"
    return answer.status < 300


def only_home(api, login: str) -> str:
    """While nothing is shared yet everybody sees one collection there."""
    client = dav.DavClient(api.server.port, login)
    names = client.list("/Userstore")
    client.close()
    assert len(names) == 1, names
    return f"/Userstore/{names[0].rstrip('/')}"


class CaseRun:
    """One folder, one caller, every method on an item of its own per kind."""

    def __init__(self, stage: Stage, case: folders.Case, number: int):
        self.case, self.owner, self.number = case, stage.owner, number
        self.caller = stage.callers[case.role]
        is_member = case.role in (folders.BY_USER, folders.BY_GROUP)
        kinds = [True] if case.role == folders.OWNER else [True, False] if is_member else [False]
        self.items = [model.Item(is_own) for is_own in kinds]
        entity = {"entity": stage.group, "group": True} if case.role == folders.BY_GROUP else {
            "entity": self.caller.user_id, "group": False}
        entries = [{"entity": self.owner.user_id, "group": False, "bits": FULL}]

        def permissions(bits: int) -> list:
            return entries + ([{**entity, "bits": bits}] if is_member else [])

        self.folder = new_folder(self.owner, stage.parents[case.kind], f"Case {number}", permissions(FULL))
        for item in self.items:
            for method in METHODS:
                upload(self.caller if item.is_own else self.owner, self.folder, self.name_of(item, method), b"secret",
                       "text/plain")
        must(self.owner.multiple([{"module": "folders", "action": "update", "id": self.folder, "tree": 0,
                                   "data": {"folder": {"permissions": permissions(case.granted.bits)}}}]))
        self.client = dav.DavClient(stage.api.server.port, stage.login_names[case.role])
        parent = "/Public files" if case.kind == folders.PUBLIC else dav.home(stage.api)
        self.place = f"{parent}/Case {number}"
        self.home = stage.dav_homes[case.role]
        self.wrong: list[str] = []

    def name_of(self, item: model.Item, method: str) -> str:
        """Unique, as what is moved away keeps its name: another one would need the right to change the file."""
        return f"{self.number} {item.name} {method}.txt"

    def compare(self, what: str, found, wanted) -> None:
        if found != wanted:
            self.wrong.append(f"{self.case} {what}: got {found}, expected {wanted}")

    def run(self) -> list[str]:
        self.read()
        for item in self.items:
            self.use(item)
        self.add()
        self.client.close()
        self.check_contents()
        return self.wrong

    def read(self) -> None:
        answer = self.client.send("PROPFIND", self.place, Depth="1")
        self.compare("PROPFIND", answer.status, 207 if self.case.is_visible else 404)
        if answer.status == 207:
            found = {name for name in self.client.list(self.place) if name.endswith(" get.txt")}
            wanted = {self.name_of(item, "get") for item in self.items if model.reads(self.case, item)}
            self.compare("list", found, wanted)

    def use(self, item: model.Item) -> None:
        def path(method: str, place: str = self.place) -> str:
            return f"{place}/{self.name_of(item, method)}"

        case, client = self.case, self.client
        reads, writes = model.reads(case, item), model.update(case, item) is None
        # A name that the caller does not see is free for him to reserve where he may create files.
        locks = writes or not reads and model.create(case) is None
        answer = client.send("GET", path("get"))
        self.compare(f"GET {item.name}", (answer.status == 200, b"secret" in answer.body), (reads, reads))
        for method, wanted, answer in (
                ("PUT", writes, client.put(path("put"), b"changed")),
                ("DELETE", model.delete(case, item) is None, client.send("DELETE", path("delete"))),
                ("MOVE", model.move_away(case, item) is None, client.transfer("MOVE", path("move"), path("move", self.home))),
                ("COPY", reads, client.transfer("COPY", path("copy"), path("copy", self.home))),
                ("LOCK", locks, client.send("LOCK", path("lock"), LOCK)),
                ("PROPPATCH", writes, client.send("PROPPATCH", path("proppatch"), PATCH))):
            self.compare(f"{method} {item.name}: {answer.status}", is_done(answer), wanted)

    def add(self) -> None:
        creates, outside = model.create(self.case) is None, f"{self.home}/{self.number} outside"
        for suffix in ("c", "m"):
            assert self.client.put(f"{outside} {suffix}.txt", b"1").status == 201
        for method, wanted, answer in (
                ("PUT new", creates, self.client.put(f"{self.place}/new.txt", b"1")),
                ("COPY in", creates, self.client.transfer("COPY", outside + " c.txt", f"{self.place}/copied.txt")),
                ("MOVE in", creates, self.client.transfer("MOVE", outside + " m.txt", f"{self.place}/moved.txt")),
                ("MKCOL", folders.create_subfolder(self.case) is None, self.client.send("MKCOL", self.place + "/Sub"))):
            self.compare(f"{method}: {answer.status}", is_done(answer), wanted)

    def check_contents(self) -> None:
        wanted = {}
        for item in self.items:
            for method in METHODS:
                is_gone = (method == "delete" and model.delete(self.case, item) is None or
                           method == "move" and model.move_away(self.case, item) is None)
                if not is_gone:
                    is_changed = method == "put" and model.update(self.case, item) is None
                    wanted[self.name_of(item, method)] = 2 if is_changed else 1
        if model.create(self.case) is None:
            wanted |= {"new.txt": 1, "copied.txt": 1, "moved.txt": 1}
        rows = self.owner.get("infostore", action="all", folder=self.folder, columns="702,711").data
        found = dict(rows)
        for name in sorted(found.keys() | wanted.keys()):
            self.compare(f"contents {name}", found.get(name), wanted.get(name))


def test_methods_of_webdav_obey_the_rights_of_folders(proof):
    with proof.server(dav.DIRECTIVES, modules=dav.MODULES) as server:
        api = server.tenant()
        stage = Stage(api)
        names = {folders.OWNER: "user1", folders.CONTEXT_ADMIN: "oxadmin", folders.BY_USER: "user2", folders.BY_GROUP: "user3",
                 folders.STRANGER: "user4"}
        stage.login_names = {role: api.login_name(name) for role, name in names.items()}
        stage.dav_homes = {role: only_home(api, login) for role, login in stage.login_names.items()}
        compare_all(cases(proof), lambda case, number: CaseRun(stage, case, number).run())
        api.close()
