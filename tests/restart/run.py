#!/usr/bin/python3
"""Runs the tests about starting, stopping, restarting and breaking servers: `*_test.py` below this folder, one by one.

    run.py [--build DIR] [PATTERN...]

A test whose parameter is called `database` runs twice: with "sqlite" and with "mysql".
"""

import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import runner  # noqa: E402

if __name__ == "__main__":
    sys.exit(runner.main(FOLDER, __doc__))
