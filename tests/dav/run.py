#!/usr/bin/python3
"""Runs the tests of WebDAV against a real httpd with mod_dav; support/suite.py tells the options. Tests of foreign programs
skip where the program is not installed."""

import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import dav, suite  # noqa: E402

if __name__ == "__main__":
    sys.exit(suite.main(FOLDER, suite.__doc__, dav.MODULES, dav.DIRECTIVES))
