#!/usr/bin/python3
"""Builds the Debian packages and RPMs out of objects that are compiled already, has each kind of file judged by the program that knows
it, and tries the Debian packages on a clean root or a copy of this machine's file system that is thrown away afterwards. Needs root,
debhelper, dh-apache2, rpm, and a mirror for packages that are missing; what cannot be done is skipped.

    run.py [PATTERN...]          GW_BUILD names the build folder; GW_CLEAN_ROOT=yes makes the clean root when it is not there yet
"""

import os
import pathlib
import shutil
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import runner  # noqa: E402

if __name__ == "__main__":
    if os.geteuid() == 0 and shutil.which("unshare") and "GW_OWN_MOUNTS" not in os.environ:
        # Mounts of its own, which end with it, however it ends.
        os.environ["GW_OWN_MOUNTS"] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])
    sys.exit(runner.main(FOLDER, __doc__))
