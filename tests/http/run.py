#!/usr/bin/python3
"""Runs the tests of the HTTP API: `*_test.py` and `*.case` below this folder, against a real httpd.

    run.py [--database sqlite|mysql] [--workers N] [--build DIR] [PATTERN...]

A PATTERN is a part of a test's name, as printed. GW_KEEP=1 keeps the servers' folders.
"""

import argparse
import contextlib
import functools
import os
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import case_runner, runner  # noqa: E402
from support.groupware import Groupware  # noqa: E402
from support.servers import MariaDB, ServerFailure  # noqa: E402


class Worker:
    """A thread's servers: an ordinary one, and one for each other set of directives, all kept until the end."""

    def __init__(self, database):
        self.database = database
        self.servers: dict[str, Groupware] = {}
        self.stack = contextlib.ExitStack()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *details):
        return self.stack.__exit__(*details)

    def server(self, directives: str) -> Groupware:
        if directives not in self.servers:
            server = Groupware(self.database, directives)
            self.servers[directives] = self.stack.enter_context(server)
        return self.servers[directives]

    def run(self, test: runner.Test, report: runner.Report) -> None:
        server = self.server(test.group)
        runner.run_one(runner.Test(test.name, functools.partial(self.checked, test, server)), report)

    @staticmethod
    def checked(test: runner.Test, server: Groupware) -> None:
        """The test, then the server's own opinion."""
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


def collect(patterns: list[str]) -> list[runner.Test]:
    """A Python file may name directives of its own server in DIRECTIVES."""
    tests = [runner.Test(name, function, getattr(module, "DIRECTIVES", ""))
             for _, module, name, function in runner.load_functions(FOLDER, patterns)]
    for path in sorted(FOLDER.rglob("*.case")):
        for case in case_runner.parse(path):
            name = f"{path.relative_to(FOLDER)}::{case.name}"
            if runner.matches(name, patterns):
                tests.append(runner.Test(name, functools.partial(run_case, case)))
    return tests


def run_case(case: case_runner.Case, api) -> None:
    case_runner.Run(case, api).execute()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--database", choices=("sqlite", "mysql"), default="sqlite")
    arguments.add_argument("--workers", type=int, default=runner.default_workers())
    arguments.add_argument("--build")
    arguments.add_argument("patterns", nargs="*")
    options = arguments.parse_args()
    if options.build:
        os.environ["GW_BUILD"] = options.build
    tests, report = collect(options.patterns), runner.Report()
    if not tests:
        print("no tests found")
        return report.finish() if not options.patterns else 1
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(MariaDB()) if options.database == "mysql" else "sqlite"
        runner.run_parallel(tests, options.workers, lambda: Worker(database), report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
