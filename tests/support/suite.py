"""A suite of tests against a real httpd: `*_test.py` and `*.case` below a folder, several servers at once.

    run.py [--database sqlite|mysql] [--imap dovecot|cyrus|dovecot-without-X] [--workers N] [--build DIR] [PATTERN...]

X is an extension of thin_mail.py, or "everything"; "each" runs the tests of mail once for each of them and ends with a table.
A PATTERN is a part of a test's name, as printed; !PATTERN leaves tests out. GW_KEEP=1 keeps the servers' folders.
"""

import argparse
import contextlib
import functools
import os
import pathlib
import threading
from typing import Callable

from support import case_runner, runner
from support.cyrus import CyrusPair, missing_cyrus
from support.groupware import Groupware
from support.mail_proxy import FaultyMail
from support.mail_servers import MailPair, missing_programs
from support.servers import MariaDB, ServerFailure
from support.thin_mail import EACH, LACKING, ThinPair

THIN = "dovecot-without-"
IMAP_KINDS = ("dovecot", "cyrus", THIN + "each", *(THIN + name for name in LACKING))
#: Ends the directives of servers with mail: what MAIL of the test's file says.
MAIL_MARK = "\n# with mail servers: {}\n"
MAIL_KINDS = {MAIL_MARK.format(kind): kind for kind in (True, "faulty")}


def mark_of(directives: str) -> str:
    return next((mark for mark in MAIL_KINDS if directives.endswith(mark)), "")


class SharedMail:
    """The mail servers of a run, started when the first test asks for them. Tests have contexts of their own, and so
    mailboxes of their own."""

    def __init__(self, kind: str):
        self.lock = threading.Lock()
        self.stack = contextlib.ExitStack()
        self.kind = kind
        self.pair: MailPair | None = None

    def __enter__(self) -> "SharedMail":
        return self

    def __exit__(self, *details):
        return self.stack.__exit__(*details)

    def get(self) -> MailPair:
        with self.lock:
            if self.pair is None:
                missing = missing_programs() or (missing_cyrus() if self.kind == "cyrus" else "")
                if missing:
                    raise runner.Skipped(f"missing: {missing}")
                self.pair = self.stack.enter_context(self.make_pair())
            return self.pair

    def make_pair(self) -> MailPair:
        if self.kind == "cyrus":
            return CyrusPair()
        return MailPair() if self.kind == "dovecot" else ThinPair(self.kind.removeprefix(THIN))


class Worker:
    """A thread's servers: an ordinary one, and one for each other set of directives, all kept until the end."""

    def __init__(self, database, modules: tuple[str, ...], mail: SharedMail):
        self.database, self.modules, self.mail = database, modules, mail
        self.servers: dict[str, Groupware] = {}
        self.stack = contextlib.ExitStack()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *details):
        return self.stack.__exit__(*details)

    def server(self, directives: str) -> Groupware:
        if directives not in self.servers:
            kind = MAIL_KINDS.get(mark_of(directives))
            if kind == "faulty" and self.mail.kind != "dovecot":
                raise runner.Skipped("faults are tried on a Dovecot with all it has")
            mail = self.mail.get() if kind else None
            if kind == "faulty":
                mail = self.stack.enter_context(contextlib.closing(FaultyMail(mail)))
            server = Groupware(self.database, directives, self.modules, mail=mail)
            self.servers[directives] = self.stack.enter_context(server)
        return self.servers[directives]

    def run(self, test: runner.Test, report: runner.Report) -> None:
        runner.run_one(runner.Test(test.name, functools.partial(self.checked, test)), report)

    def checked(self, test: runner.Test) -> None:
        """The test, then the server's own opinion."""
        server = self.server(test.group)
        api = server.tenant()
        try:
            test.run(api)
        except Exception as error:
            lines = server.httpd.log.unexpected()
            if lines:
                error.add_note("error log:\n  " + "\n  ".join(lines[:20]))
            raise
        finally:
            api.close()
        server.httpd.check_log()
        if not server.httpd.is_running():
            raise ServerFailure(f"httpd is gone\n{server.httpd.output_text()[-4000:]}")


def collect(folder: pathlib.Path, patterns: list[str], directives: str) -> list[runner.Test]:
    """A Python file may name further directives of its own server in DIRECTIVES; with MAIL = True that server has a private
    Dovecot and Exim, with MAIL = "faulty" through proxies that fail on demand."""
    tests = [runner.Test(name, function, directives + getattr(module, "DIRECTIVES", "")
                         + (MAIL_MARK.format(module.MAIL) if getattr(module, "MAIL", False) else ""))
             for _, module, name, function in runner.load_functions(folder, patterns)]
    for path in sorted(folder.rglob("*.case")):
        for case in case_runner.parse(path):
            name = f"{path.relative_to(folder)}::{case.name}"
            if runner.matches(name, patterns):
                tests.append(runner.Test(name, functools.partial(run_case, case), directives))
    return tests


def run_case(case: case_runner.Case, api) -> None:
    case_runner.Run(case, api).execute()


def main(folder: pathlib.Path, description: str, modules: tuple[str, ...] = (), directives: str = "") -> int:
    """`modules` are stock modules and `directives` configuration that every server of the suite has."""
    arguments = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--database", choices=("sqlite", "mysql"), default="sqlite")
    arguments.add_argument("--imap", choices=IMAP_KINDS, default="dovecot", metavar="SERVER")
    arguments.add_argument("--workers", type=int, default=runner.default_workers())
    arguments.add_argument("--build")
    arguments.add_argument("patterns", nargs="*")
    options = arguments.parse_args()
    if options.build:
        os.environ["GW_BUILD"] = options.build
    tests = collect(folder, options.patterns, directives)
    if not tests:
        print("no tests found")
        return runner.Report().finish() if not options.patterns else 1
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(MariaDB()) if options.database == "mysql" else "sqlite"

        def run(kind: str, those: list[runner.Test]) -> runner.Report:
            report = runner.Report()
            with SharedMail(kind) as mail:
                runner.run_parallel(those, options.workers, lambda: Worker(database, modules, mail), report)
            return report

        if options.imap == THIN + "each":
            return run_each([test for test in tests if MAIL_KINDS.get(mark_of(test.group)) is True], run).finish()
        return run(options.imap, tests).finish()


def run_each(tests: list[runner.Test], run: Callable[[str, list[runner.Test]], runner.Report]) -> runner.Report:
    """All together, after a table with a line for each extension that was missing."""
    total, table = runner.Report(), []
    for name in EACH:
        print(f"\n== without {name}", flush=True)
        report = run(THIN + name, tests)
        total.add(report, f"without {name}: ")
        table.append(f"{name:16} {report.passed:4} passed {report.failed:4} failed {report.skipped:4} skipped")
    print("\n" + "\n".join(table))
    return total
