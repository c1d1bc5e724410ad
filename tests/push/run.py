#!/usr/bin/python3
"""Runs the tests of the push child through real sockets: `*_test.py` in this folder, one by one.

    run.py [--build DIR] [PATTERN...]
"""

import argparse
import os
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import runner  # noqa: E402


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build")
    arguments.add_argument("patterns", nargs="*")
    options = arguments.parse_args()
    if options.build:
        os.environ["GW_BUILD"] = options.build
    report = runner.Report()
    runner.run_in_order([runner.Test(name, function) for _, _, name, function in
                         runner.load_functions(FOLDER, options.patterns)], report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
