#!/usr/bin/python3
"""Builds the Debian packages out of objects that are compiled already, and tries them on a copy of this machine's file system that
is thrown away afterwards. Needs root, debhelper, dh-apache2, and a mirror for packages that are missing; else it skips.

    run.py [PATTERN...]          GW_BUILD names the build folder
"""

import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import runner  # noqa: E402

if __name__ == "__main__":
    sys.exit(runner.main(FOLDER, __doc__))
