#!/usr/bin/python3
"""Runs the unit test programs, each whole: on SQLite all of them, on a private MariaDB those that use a database.

    unit_tests.py [--database sqlite|mysql] BUILD-FOLDER

One process a test, as ctest does it, would cost four times the processor time.
"""

import argparse
import concurrent.futures
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.servers import MariaDB, state_folder  # noqa: E402

# Programs whose tests open a database.
WITH_DATABASE = (r"unit_(lib_sql|lib_model|lib_session|lib_identities|lib_provisioning|lib_mailbox|lib_calendars|lib_archive|"
                 r"mod_groupware|groupwarectl)")
# Those of mail wait for servers most of the time.
AT_ONCE = 3
LIMIT_SECONDS = 600


def programs_of(build: pathlib.Path, pattern: str) -> list[pathlib.Path]:
    return [path for path in sorted((build / "tests").glob("unit_*"))
            if re.match(pattern, path.name) and os.access(path, os.X_OK) and path.is_file()]


def run_one(program: pathlib.Path, environment: dict) -> tuple[int, int, int]:
    try:
        done = subprocess.run([str(program), "--gtest_brief=1"], env=environment, text=True, timeout=LIMIT_SECONDS,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output, status = done.stdout, done.returncode
    except subprocess.TimeoutExpired as late:
        output, status = f"{(late.output or b'').decode('utf-8', 'replace')}\nended after {LIMIT_SECONDS} s\n", 1
    ran = sum(map(int, re.findall(r"\[  PASSED  \] (\d+) test", output)))
    bad = len(set(re.findall(r"^\[  FAILED  \] ([\w./]+)", output, re.M)))
    skip = len(set(re.findall(r"^\[  SKIPPED \] ([\w./]+)", output, re.M)))
    if status != 0:
        bad = max(bad, 1)
        print(output)
    print(f"{'FAILED ' if bad else 'ok     '} {program.name}: {ran} passed, {bad} failed, {skip} skipped", flush=True)
    return ran, bad, skip


def run(programs: list[pathlib.Path], environment: dict) -> list[int]:
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as lanes:
        counts = list(lanes.map(lambda program: run_one(program, environment), programs))
    return [sum(column) for column in zip(*counts)]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--database", choices=("sqlite", "mysql"), default="sqlite")
    arguments.add_argument("build", type=pathlib.Path)
    options = arguments.parse_args()
    build = options.build.resolve()
    with contextlib.ExitStack() as stack:
        folder = state_folder("gwunit")
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        # Servers that tests start there have accounts of their own.
        folder.chmod(0o1777)
        environment = {**os.environ, "GW_BUILD": str(build), "TMPDIR": str(folder)}
        if options.database == "mysql":
            database = stack.enter_context(MariaDB())
            environment["GW_TEST_MYSQL"] = f"mysql://gw:secret@127.0.0.1:{database.port}/"
        programs = programs_of(build, WITH_DATABASE if options.database == "mysql" else "")
        passed, failed, skipped = run(programs, environment)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
