#!/usr/bin/python3
"""Runs the proofs: long tests with many clients, crashes, generated rights and big imports. `*_test.py` here, one by one.

    run.py [--database sqlite|mysql|galera] [--rounds N] [--long] [--build DIR] [PATTERN...]

Each test runs on SQLite and on MariaDB unless one is named. With galera there are two nodes of a cluster, each with a server
before it; a test that does not ask for the second server uses the first alone. --rounds sets how often a test repeats what it does; --long is the
run before a release.
"""

import argparse
import contextlib
import functools
import os
import pathlib
import sys
from dataclasses import dataclass

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import runner  # noqa: E402
from support.galera import GaleraPair  # noqa: E402
from support.groupware import Groupware  # noqa: E402
from support.servers import MariaDB  # noqa: E402


@dataclass
class Proof:
    """What a test is given: on which database, and how much of it."""

    database: str
    wanted_rounds: int
    is_long: bool
    mariadb: MariaDB | None = None
    #: On Galera: the cluster, and the server that uses the other node.
    cluster: GaleraPair | None = None
    second: Groupware | None = None

    def rounds(self, usual: int, long: int) -> int:
        return self.wanted_rounds or (long if self.is_long else usual)

    @contextlib.contextmanager
    def server(self, directives: str = "", is_durable: bool = False, always_fine: tuple[str, ...] = (),
               modules: tuple[str, ...] = ()):
        with contextlib.ExitStack() as stack:
            database = self.database
            if database == "mysql":
                database = self.mariadb = stack.enter_context(MariaDB(is_durable))
            if database == "galera":
                self.cluster = stack.enter_context(GaleraPair())
                database, other = self.cluster.nodes
                server = stack.enter_context(Groupware(database, directives, modules, always_fine=always_fine))
                self.second = stack.enter_context(Groupware(other, directives, modules, always_fine=always_fine))
                yield server
                return
            yield stack.enter_context(Groupware(database, directives, modules, always_fine=always_fine))


def collect(options: argparse.Namespace) -> list[runner.Test]:
    """A test without a parameter needs no server."""
    tests = []
    databases = [options.database] if options.database else ["sqlite", "mysql"]
    for _, _, name, function in runner.load_functions(FOLDER, options.patterns):
        if not function.__code__.co_argcount:
            tests.append(runner.Test(name, function))
            continue
        for database in databases:
            proof = Proof(database, options.rounds, options.long)
            tests.append(runner.Test(f"{name} ({database})", functools.partial(function, proof)))
    return tests


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--database", choices=("sqlite", "mysql", "galera"))
    arguments.add_argument("--rounds", type=int, default=0)
    arguments.add_argument("--long", action="store_true")
    arguments.add_argument("--build")
    arguments.add_argument("patterns", nargs="*")
    options = arguments.parse_args()
    if options.build:
        os.environ["GW_BUILD"] = options.build
    report = runner.Report()
    runner.run_in_order(collect(options), report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
