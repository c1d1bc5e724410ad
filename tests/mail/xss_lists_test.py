#!/usr/bin/python3
"""Cleans the strings of public lists of payloads, read from packages of Debian and npm, never kept here.

    xss_lists_test.py CLEAN_TEXTS BUILD_FOLDER

Exit code 77: none of the packages is here.
"""

import json
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import corpora  # noqa: E402


def main() -> int:
    program, build = sys.argv[1:3]
    texts = corpora.attacks(pathlib.Path(build))
    if not texts:
        print("skipped: no list of payloads is here")
        return 77
    assert sum("script" in text.lower() for text in texts) > 50, "the lists lost their payloads"
    return subprocess.run([program], input=json.dumps(texts).encode(), timeout=120).returncode


if __name__ == "__main__":
    sys.exit(main())
