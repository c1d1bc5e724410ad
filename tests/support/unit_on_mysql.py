#!/usr/bin/python3
"""Runs the unit tests that use a database once more, on a private MariaDB.

    unit_on_mysql.py BUILD-FOLDER
"""

import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.servers import MariaDB  # noqa: E402

# Programs whose tests open a database.
WITH_DATABASE = r"unit_(lib_sql|lib_model|lib_session|mod_groupware|groupwarectl)"


def main() -> int:
    build = pathlib.Path(sys.argv[1]).resolve()
    os.environ["GW_BUILD"] = str(build)
    programs = [path for path in sorted((build / "tests").glob("unit_*"))
                if re.match(WITH_DATABASE, path.name) and os.access(path, os.X_OK) and path.is_file()]
    passed = failed = skipped = 0
    with MariaDB() as database:
        environment = {**os.environ, "GW_TEST_MYSQL": f"mysql://gw:secret@127.0.0.1:{database.port}/"}
        # Two at a time: the machine has few processors, and most of the time is the database's.
        running = {}
        waiting = list(programs)
        while waiting or running:
            while waiting and len(running) < 2:
                program = waiting.pop(0)
                running[program] = subprocess.Popen([str(program), "--gtest_brief=1"], env=environment, text=True,
                                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            program, process = next(iter(running.items()))
            output = process.communicate()[0]
            del running[program]
            ran = sum(map(int, re.findall(r"\[  PASSED  \] (\d+) test", output)))
            bad = len(set(re.findall(r"^\[  FAILED  \] ([\w./]+)", output, re.M)))
            skip = len(set(re.findall(r"^\[  SKIPPED \] ([\w./]+)", output, re.M)))
            if process.returncode != 0:
                bad = max(bad, 1)
                print(output)
            print(f"{'FAILED ' if bad else 'ok     '} {program.name}: {ran} passed, {bad} failed, {skip} skipped", flush=True)
            passed, failed, skipped = passed + ran, failed + bad, skipped + skip
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
