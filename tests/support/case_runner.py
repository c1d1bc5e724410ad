"""Data-driven tests: reads and runs `.case` files. The format is described in tests/http/README.md."""

import json
import pathlib
import re
import shlex
import urllib.parse
from dataclasses import dataclass, field

from support import contract
from support.client import Answer, ApiClient
from support.groupware import PASSWORD, Tenant

METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS")
HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]*): (.*)$")
VARIABLE = re.compile(r"\$\{([A-Za-z_][\w.]*)\}")
CAPTURE = re.compile(r"^\$capture:(\w+)(?::(\w+))?$")


class CaseFailure(AssertionError):
    """A step's answer is not the expected one, or the file is written wrongly."""


@dataclass
class Step:
    line: int
    user: str
    method: str = ""
    target: str = ""
    headers: dict = field(default_factory=dict)
    body: str = ""
    status: str = ""
    expected_headers: list = field(default_factory=list)
    expected: str = ""


@dataclass
class Case:
    path: pathlib.Path
    name: str
    only: str
    announcements: list[str]
    settings: list[tuple[str, str]]
    users: list[str]
    steps: list[Step]


def parse(path: pathlib.Path) -> list[Case]:
    """All tests of a file, in order."""
    cases: list[Case] = []
    user, mode, step = "user1", "", None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        where = f"{path}:{number}"
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("test: "):
            cases.append(Case(path, line[6:].strip(), "", [], [], [], []))
            user, mode = "user1", ""
        elif not cases:
            raise CaseFailure(f"{where}: a file begins with 'test: <sentence>'")
        elif line.startswith((">", "<")):
            side, text = line[0], line[2:]
            if side == ">" and mode != ">":
                step = Step(number, user)
                cases[-1].steps.append(step)
            if step is None or side == "<" and not cases[-1].steps:
                raise CaseFailure(f"{where}: an answer without a request")
            _read_line(step, side, text, side != mode, where)
            mode = side
        else:
            mode = ""
            user = _read_setting(cases[-1], line, user, where)
    for case in cases:
        for step in case.steps:
            if not step.status:
                raise CaseFailure(f"{path}:{step.line}: the request has no expected answer")
    return cases


def _read_line(step: Step, side: str, text: str, is_first: bool, where: str) -> None:
    if side == ">" and is_first:
        step.method, _, step.target = text.strip().partition(" ")
        if step.method not in METHODS or not step.target:
            raise CaseFailure(f"{where}: expected 'METHOD target'")
    elif side == "<" and is_first:
        step.status = text.strip()
    elif side == ">" and not step.body and HEADER.match(text):
        name, value = HEADER.match(text).groups()
        step.headers[name] = value
    elif side == ">":
        step.body += text + "\n"
    elif not step.expected and HEADER.match(text):
        step.expected_headers.append(HEADER.match(text).groups())
    else:
        step.expected += text + "\n"


def _read_setting(case: Case, line: str, user: str, where: str) -> str:
    name, _, value = line.partition(":")
    value = value.strip()
    if name == "as":
        return value
    if name == "only":
        case.only = value
    elif name == "announce":
        case.announcements.append(value)
    elif name == "users":
        case.users += shlex.split(value)
    elif name == "set":
        key, _, content = value.partition("=")
        case.settings.append((key.strip(), content.strip()))
    else:
        raise CaseFailure(f"{where}: unknown line '{line}'")
    return user


class Run:
    """One case against one tenant."""

    def __init__(self, case: Case, api: Tenant):
        self.case, self.api = case, api
        self.values: dict[str, object] = {}
        self.nobody: ApiClient | None = None

    def execute(self) -> None:
        if self.case.only and self.case.only != ("mysql" if self.api.is_mysql else "sqlite"):
            self.api.skip(f"only for {self.case.only}")
        for pattern in self.case.announcements:
            self.api.announce(pattern)
        for user in self.case.users:
            self.api.named(user)
        for name, text in self.case.settings:
            self.values[name] = self.fill(text, 0)
        for step in self.case.steps:
            self._execute(step)

    def _client(self, user: str) -> ApiClient:
        if user != "nobody":
            return self.api.named(user)
        self.nobody = self.nobody or self.api.anonymous()
        return self.nobody

    def _execute(self, step: Step) -> None:
        client = self._client(step.user)
        target, body = self.fill(step.target, step.line), self.fill(step.body, step.line).rstrip("\n")
        headers = {name: self.fill(value, step.line) for name, value in step.headers.items()}
        if not target.startswith("/"):
            target = f"{client.root}/{target}"
        if client.session and not re.search(r"[?&]session=", target):
            target += ("&" if "?" in target else "?") + f"session={client.session}"
        target = re.sub(r"[?&]session=none\b", "", target)
        if body and not any(name.lower() == "content-type" for name in headers):
            headers["Content-Type"] = "text/javascript; charset=UTF-8"
        answer = client.request(step.method, target, body.encode() if body else None, headers)
        try:
            self._check_contract(client, step, target, answer, body)
            self._compare(step, answer)
        except AssertionError as failure:
            raise CaseFailure(f"{self.case.path}:{step.line}: {failure}\n  request: {step.method} {target} {body}\n"
                              f"  answer: {answer.status} {answer.body[:2000].decode('utf-8', 'replace')}") from None

    @staticmethod
    def _check_contract(client: ApiClient, step: Step, target: str, answer: Answer, body: str) -> None:
        path, _, query = target.partition("?")
        if path.startswith(client.root + "/"):
            module = path[len(client.root) + 1 :].split(";")[0]
            contract.check(step.method, module, dict(urllib.parse.parse_qsl(query)), answer, body.encode())

    def _compare(self, step: Step, answer: Answer) -> None:
        _need(str(answer.status) == step.status, f"expected status {step.status}, got {answer.status}")
        for name, pattern in step.expected_headers:
            found = answer.headers.get(name)
            wanted = self.fill(pattern, step.line)
            if wanted == "$absent":
                _need(found is None, f"header {name} is there: {found}")
            elif wanted.startswith("~ "):
                _need(found is not None and re.search(wanted[2:], found), f"header {name} is {found!r}")
            else:
                _need(found == wanted, f"header {name} is {found!r}, expected {wanted!r}")
        text = self.fill(step.expected, step.line).strip()
        if not text:
            return
        if text == "$empty":
            _need(answer.body == b"", "the body is not empty")
        elif text.startswith("~ "):
            for pattern in text.splitlines():
                _need(re.search(pattern[2:], answer.text), f"no match of {pattern[2:]!r}")
        elif text.startswith("= "):
            wanted = "\n".join(line[2:] for line in text.splitlines())
            _need(answer.text.replace("\r\n", "\n").rstrip("\n") == wanted, "the body differs")
        else:
            try:
                wanted = json.loads(text)
            except ValueError as error:
                raise CaseFailure(f"the expected answer is no JSON ({error}): {text}") from None
            self._compare_json(wanted, answer.json, "$")

    def _compare_json(self, wanted, found, where: str) -> None:
        if isinstance(wanted, str) and wanted.startswith("$"):
            self._compare_placeholder(wanted, found, where)
        elif isinstance(wanted, dict):
            _need(isinstance(found, dict), f"{where} is no object: {json.dumps(found)[:200]}")
            for name, content in wanted.items():
                if content == "$absent":
                    _need(name not in found, f"{where}.{name} is there")
                else:
                    _need(name in found, f"{where}.{name} is missing")
                    self._compare_json(content, found[name], f"{where}.{name}")
        elif isinstance(wanted, list):
            _need(isinstance(found, list), f"{where} is no array: {json.dumps(found)[:200]}")
            has_more = bool(wanted) and wanted[-1] == "$more"
            exact = wanted[:-1] if has_more else wanted
            _need(len(found) >= len(exact) if has_more else len(found) == len(exact),
                  f"{where} has {len(found)} elements, expected {len(exact)}: {json.dumps(found)[:500]}")
            for index, content in enumerate(exact):
                self._compare_json(content, found[index], f"{where}[{index}]")
        else:
            is_same = wanted == found and isinstance(wanted, bool) == isinstance(found, bool)
            _need(is_same, f"{where} is {json.dumps(found)[:200]}, expected {json.dumps(wanted)}")

    def _compare_placeholder(self, wanted: str, found, where: str) -> None:
        kinds = {"$string": str, "$object": dict, "$array": list, "$boolean": bool, "$number": (int, float),
                 "$integer": int}
        capture = CAPTURE.match(wanted)
        if capture:
            if capture[2]:
                self._compare_placeholder("$" + capture[2], found, where)
            self.values[capture[1]] = found
        elif wanted in kinds:
            is_odd_bool = isinstance(found, bool) and wanted != "$boolean"
            _need(isinstance(found, kinds[wanted]) and not is_odd_bool, f"{where} is {json.dumps(found)[:200]}, no {wanted[1:]}")
        elif wanted.startswith("$match:"):
            _need(isinstance(found, str) and re.search(wanted[7:], found), f"{where} is {json.dumps(found)[:200]}")
        elif wanted != "$any":
            raise CaseFailure(f"unknown placeholder {wanted}")

    def fill(self, text: str, line: int) -> str:
        """Replaces ${name}: strings as the inside of a JSON string, anything else as JSON."""

        def value(found: re.Match) -> str:
            content = self._value(found[1], line)
            text = json.dumps(content, ensure_ascii=False)
            return text[1:-1] if isinstance(content, str) else text

        return VARIABLE.sub(value, text)

    def _value(self, name: str, line: int):
        if name in self.values:
            return self.values[name]
        fixed = {"context": lambda: self.api.context_id, "context_name": lambda: self.api.context_name,
                 "password": lambda: PASSWORD}
        if name in fixed:
            return fixed[name]()
        user, _, part = name.partition(".")
        parts = {"id": lambda c: c.user_id, "session": lambda c: c.session, "mail": lambda c: self.api.mail(user),
                 "login": lambda c: self.api.login_name(user), "contacts": self.api.private_folder,
                 "files": self.api.file_folder, "calendar": self.api.calendar_folder}
        if part in parts:
            self.values[name] = parts[part](self._client(user))
            return self.values[name]
        raise CaseFailure(f"{self.case.path}:{line}: unknown value ${{{name}}}")


def _need(is_good, what: str) -> None:
    if not is_good:
        raise CaseFailure(what)
