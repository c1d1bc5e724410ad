#!/usr/bin/python3
"""Runs the tests about starting, stopping, restarting and breaking servers: `*_test.py` below this folder, one by one.

    run.py [--build DIR] [PATTERN...]

A test whose parameter is called `database` runs twice: with "sqlite" and with "mysql".
"""

import argparse
import functools
import inspect
import os
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import runner  # noqa: E402


def collect(patterns: list[str]) -> list[runner.Test]:
    tests = []
    for _, _, name, function in runner.load_functions(FOLDER, []):
        if "database" in inspect.signature(function).parameters:
            tests += [runner.Test(f"{name} ({database})", functools.partial(function, database))
                      for database in ("sqlite", "mysql")]
        else:
            tests.append(runner.Test(name, function))
    return [test for test in tests if runner.matches(test.name, patterns)]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build")
    arguments.add_argument("patterns", nargs="*")
    options = arguments.parse_args()
    if options.build:
        os.environ["GW_BUILD"] = options.build
    report = runner.Report()
    runner.run_in_order(collect(options.patterns), report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
