"""Imports from a directory by groupwarectl."""

import json
import pathlib
import subprocess

from support.directory_server import Slapd
from support.groupware import PASSWORD_HASH, groupwarectl_path
from support.servers import state_folder


class Intake:
    """groupwarectl with a configuration of its own and a database in a file, unless another is given: no web server runs."""

    def __init__(self, slapd: Slapd, words: str = "", mapping: pathlib.Path | None = None, database: str = ""):
        self.folder = state_folder("gwi")
        self.config = self.folder / "groupware.conf"
        self.database = database or f"sqlite:{self.folder}/groupware.db"
        self.config.write_text(f"GroupwareDatabase {self.database}\n"
                               + slapd.directives(intake=f"context=defaultcontext {words}", mapping=mapping))

    def command(self, *words) -> list[str]:
        return [str(groupwarectl_path()), "--config", str(self.config), "--json", *map(str, words)]

    def run(self, *words, code: int = 0) -> str:
        done = subprocess.run(self.command(*words), capture_output=True, text=True, timeout=1200)
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout if code == 0 else done.stdout + done.stderr

    def json(self, *words):
        return json.loads(self.run(*words))

    def start(self) -> "Intake":
        self.run("migrate")
        self.run("context", "create", "--id", "1", "--name", "defaultcontext", "--admin", "oxadmin", "--password-hash",
                 PASSWORD_HASH)
        self.run("user", "create", "--context", "1", "--name", "taken", "--display-name", "Made here")
        return self

    def take(self, *words) -> dict:
        return self.json("directory", "import", *words)

    def user(self, login: str) -> dict:
        return self.json("user", "show", "--context", "1", "--name", login)

    def members(self, name: str) -> list[int]:
        return self.json("group", "show", "--context", "1", "--name", name)["members"]


def expect(report: dict, kind: str, **counts: int) -> None:
    wanted = {"created": 0, "changed": 0, "suspended": 0, "restored": 0, "purged": 0, "failed": 0, **counts}
    found = {name: report[kind][name] for name in wanted}
    assert found == wanted, (kind, report)
