"""Packages of npm that tests use as real peers, each installed once per build folder."""

import fcntl
import pathlib
import shutil
import subprocess

INSTALL_LIMIT = 180  # seconds


class Missing(Exception):
    """The package cannot be installed here; the text says why."""


def package(build: pathlib.Path, name: str, version: str) -> pathlib.Path:
    """The folder of the package, installed when it is not there yet. Several processes may ask at the same time."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise Missing(f"{program} is not installed")
    home = build / name
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / f"installed-{version}").exists():
            command = ["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund", "--ignore-scripts",
                       "--loglevel=error", f"{name}@{version}"]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_LIMIT)
            except subprocess.TimeoutExpired:
                raise Missing("npm install did not end; is there a network?") from None
            if done.returncode != 0:
                raise Missing(f"npm cannot install {name}: {done.stderr.strip().splitlines()[:1]}")
            (home / f"installed-{version}").touch()
    return home / "node_modules" / name
