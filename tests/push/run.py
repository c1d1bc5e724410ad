#!/usr/bin/python3
"""Runs the tests of the push child through real sockets: `*_test.py` in this folder, one by one.

    run.py [--build DIR] [PATTERN...]
"""

import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import runner  # noqa: E402

if __name__ == "__main__":
    sys.exit(runner.main(FOLDER, __doc__))
