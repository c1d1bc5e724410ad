#!/usr/bin/python3
"""Runs the tests of the HTTP API against a real httpd; support/suite.py tells the options."""

import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import suite  # noqa: E402

if __name__ == "__main__":
    sys.exit(suite.main(FOLDER, suite.__doc__, modules=("setenvif",)))
