"""groupwarectl backup and restore, run as the account that the server's files belong to."""

import json
import os
import pathlib
import subprocess
import tarfile

from support.groupware import groupwarectl_path
from support.servers import IS_ROOT


def run(server, *arguments, stdin: bytes | None = None) -> subprocess.CompletedProcess:
    account = {"user": server.httpd.account[0], "group": server.httpd.account[1], "extra_groups": []} if IS_ROOT else {}
    return subprocess.run([str(groupwarectl_path()), "--json", "--config", str(server.httpd.config_file), *map(str, arguments)],
                          input=stdin, capture_output=True, timeout=120, cwd="/", **account)


def ctl(server, *arguments) -> dict:
    done = run(server, *arguments)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return json.loads(done.stdout)


def place(server, name: str) -> pathlib.Path:
    """A file that the account may write."""
    path = server.httpd.folder / "data" / name
    path.unlink(missing_ok=True)
    return path


def plain_text(path: pathlib.Path) -> dict[str, bytes]:
    """The entries of an archive that was written with --compress gzip or none."""
    with tarfile.open(path) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def unchanged_by_umask(path: pathlib.Path) -> bool:
    return os.stat(path).st_mode & 0o777 == 0o600
