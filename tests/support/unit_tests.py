#!/usr/bin/python3
"""Runs the unit test programs, each whole: on SQLite all of them, on a private MariaDB those that use a database.

    unit_tests.py [--database sqlite|mysql] BUILD-FOLDER

One process a test, as ctest does it, would cost four times the processor time.
"""

import argparse
import contextlib
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.servers import MariaDB  # noqa: E402

# Programs whose tests open a database.
WITH_DATABASE = r"unit_(lib_sql|lib_model|lib_session|mod_groupware|groupwarectl)"
AT_ONCE = 2
LIMIT_SECONDS = 600


def programs_of(build: pathlib.Path, pattern: str) -> list[pathlib.Path]:
    return [path for path in sorted((build / "tests").glob("unit_*"))
            if re.match(pattern, path.name) and os.access(path, os.X_OK) and path.is_file()]


def output_of(process: subprocess.Popen) -> str:
    try:
        return process.communicate(timeout=LIMIT_SECONDS)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0] + f"\nended after {LIMIT_SECONDS} s\n"


def run(programs: list[pathlib.Path], environment: dict) -> tuple[int, int, int]:
    passed = failed = skipped = 0
    running, waiting = {}, list(programs)
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            program = waiting.pop(0)
            running[program] = subprocess.Popen([str(program), "--gtest_brief=1"], env=environment, text=True,
                                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        program, process = next(iter(running.items()))
        output = output_of(process)
        del running[program]
        ran = sum(map(int, re.findall(r"\[  PASSED  \] (\d+) test", output)))
        bad = len(set(re.findall(r"^\[  FAILED  \] ([\w./]+)", output, re.M)))
        skip = len(set(re.findall(r"^\[  SKIPPED \] ([\w./]+)", output, re.M)))
        if process.returncode != 0:
            bad = max(bad, 1)
            print(output)
        print(f"{'FAILED ' if bad else 'ok     '} {program.name}: {ran} passed, {bad} failed, {skip} skipped", flush=True)
        passed, failed, skipped = passed + ran, failed + bad, skipped + skip
    return passed, failed, skipped


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--database", choices=("sqlite", "mysql"), default="sqlite")
    arguments.add_argument("build", type=pathlib.Path)
    options = arguments.parse_args()
    build = options.build.resolve()
    environment = {**os.environ, "GW_BUILD": str(build)}
    with contextlib.ExitStack() as stack:
        if options.database == "mysql":
            database = stack.enter_context(MariaDB())
            environment["GW_TEST_MYSQL"] = f"mysql://gw:secret@127.0.0.1:{database.port}/"
        programs = programs_of(build, WITH_DATABASE if options.database == "mysql" else "")
        passed, failed, skipped = run(programs, environment)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
