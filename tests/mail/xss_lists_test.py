#!/usr/bin/python3
"""Cleans the strings of public lists of payloads, read from an installed package of npm, never kept here.

    xss_lists_test.py CLEAN_TEXTS BUILD_FOLDER

Exit code 77: the package cannot be installed here.
"""

import json
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import npm  # noqa: E402


def main() -> int:
    program, build = sys.argv[1:3]
    try:
        package = npm.package(pathlib.Path(build), "blns", "2.0.4")
    except npm.Missing as why:
        print(f"skipped: {why}")
        return 77
    texts = json.loads((package / "resources" / "blns.json").read_text(encoding="utf-8"))
    assert sum("script" in text.lower() for text in texts) > 50, "the list lost its payloads"
    return subprocess.run([program], input=json.dumps(texts).encode(), timeout=120).returncode


if __name__ == "__main__":
    sys.exit(main())
