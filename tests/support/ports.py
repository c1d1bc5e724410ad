"""Ports for servers of tests. Suites run beside each other: a port that only was free a moment ago may be another's by the time its
server starts, and then a test would talk to the wrong one."""

import fcntl
import itertools
import os
import pathlib
import socket
import threading

FOLDER = pathlib.Path(f"/tmp/groupware-test-ports-{os.geteuid()}")
#: Below those that the kernel gives to clients.
FIRST, LAST = 20_000, 32_000
#: Of one process.
BLOCK = 200


class Ports:
    """The ports of this process: a block that no other process has while this one lives."""

    def __init__(self):
        self.lock = threading.Lock()
        self.block = None
        self.numbers = iter(())

    def take_block(self) -> None:
        FOLDER.mkdir(exist_ok=True)
        for first in range(FIRST, LAST, BLOCK):
            self.block = (FOLDER / str(first)).open("a")
            try:
                fcntl.flock(self.block, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                self.block.close()
                continue
            self.numbers = itertools.cycle(range(first, first + BLOCK))
            return
        raise AssertionError("more processes than blocks of ports")

    def take(self) -> int:
        with self.lock:
            if self.block is None:
                self.take_block()
            for port in itertools.islice(self.numbers, BLOCK):
                with socket.socket() as probe:
                    try:
                        probe.bind(("127.0.0.1", port))
                    except OSError:
                        continue
                return port
        raise AssertionError("all ports of this process are taken")


_PORTS = Ports()


def free_port() -> int:
    """Of no other process of the tests, and free a moment ago: whoever uses it must try again if it is taken meanwhile."""
    return _PORTS.take()
