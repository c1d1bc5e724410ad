#!/usr/bin/python3
"""A private S3 server: npm's s3rver, on a free port of the loopback, with its files in a folder that is gone afterwards.

Chosen because it is one small package and starts in half a second. It knows no copying into parts, no list of unfinished
uploads and no abort; the store must live with services like that. It looks at the access key but not at the signature, so
the unit tests check that themselves.

    s3_server.py BUILD-FOLDER     installs it there when needed, prints "READY http://..." or "MISSING why", serves until
                                  its standard input ends
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support import npm  # noqa: E402

VERSION = "3.7.1"
KEY = SECRET = "S3RVER"
START_LIMIT = 15

# Its lists of more than 1000 names go on with a token that it enciphers with DES.
LEGACY = "--openssl-legacy-provider"
# The process ends with its standard input, so it never outlives whoever started it.
SCRIPT = """
const S3rver = require(process.argv[1]);
new S3rver({port: 0, address: '127.0.0.1', silent: true, directory: process.argv[2]}).run()
  .then(address => console.log('PORT ' + address.port));
process.stdin.on('end', () => process.exit()).resume();
"""


class S3Server:
    """`url` is its endpoint; the access key and the secret are KEY and SECRET. There is no bucket yet."""

    def __init__(self, build: pathlib.Path):
        self.package = npm.package(build, "s3rver", VERSION)
        self.folder = tempfile.mkdtemp(prefix="gws3-", dir="/tmp")
        self.process: subprocess.Popen | None = None
        self.url = ""

    def start(self) -> "S3Server":
        # It answers a PUT when it has read the object, before the file is opened: who asks for it at once may be told that
        # there is none. With one thread for files what was begun first is done first.
        self.process = subprocess.Popen(["node", LEGACY, "-e", SCRIPT, str(self.package), self.folder], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        env={**os.environ, "UV_THREADPOOL_SIZE": "1"})
        # readline ends when the process dies; npm's warnings may come first.
        for line in self.process.stdout:
            if line.startswith("PORT "):
                self.url = f"http://127.0.0.1:{int(line[5:])}"
                return self
        self.stop()
        raise AssertionError("s3rver did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.stdin.close()
            try:
                self.process.wait(START_LIMIT)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def store_uri(self, bucket: str) -> str:
        """What stands behind GroupwareFileStore."""
        return f"s3:{bucket}?endpoint={self.url}&region=us-east-1&key={KEY}&secret={SECRET}"

    def __enter__(self) -> "S3Server":
        return self.start()

    def __exit__(self, *_) -> None:
        self.stop()


def main() -> int:
    try:
        server = S3Server(pathlib.Path(sys.argv[1]))
    except npm.Missing as problem:
        print(f"MISSING {problem}", flush=True)
        return 0
    with server:
        print(f"READY {server.url}", flush=True)
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
