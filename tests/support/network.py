"""Hosts of their own inside this machine: network namespaces on one bridge that carries multicast."""

import contextlib
import ctypes
import os
import subprocess

from support.runner import Skipped

CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


def ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode != 0:
        raise OSError(f"ip {' '.join(words)}: {done.stderr.strip()}")


@contextlib.contextmanager
def inside(name: str):
    """This thread's network is the namespace's: for sockets that are made and processes that are started."""
    own = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    other = os.open(f"/run/netns/{name}", os.O_RDONLY)
    try:
        if _libc.setns(other, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        yield
    finally:
        _libc.setns(own, CLONE_NEWNET)
        os.close(own)
        os.close(other)


class Network:
    """Hosts 1 to `count` as 10.77.0.N and fd77::N, and 10.78.0.N on a second interface."""

    def __init__(self, count: int):
        self.prefix = f"gw{os.getpid()}"
        self.switch = self.prefix + "s"
        self.count = count

    def host(self, number: int) -> str:
        return f"{self.prefix}h{number}"

    def __enter__(self) -> "Network":
        try:
            ip("netns", "add", self.switch)
        except OSError as error:
            raise Skipped(f"network namespaces are not permitted here: {error}") from error
        try:
            for bridge in ("br0", "br1"):
                ip("-n", self.switch, "link", "add", bridge, "type", "bridge", "mcast_snooping", "0", "stp_state", "0",
                   "forward_delay", "0")
                ip("-n", self.switch, "link", "set", bridge, "up")
            for number in range(1, self.count + 1):
                self.add_host(number)
        except OSError as error:
            self.__exit__()
            raise Skipped(f"no bridge here: {error}") from error
        return self

    def add_host(self, number: int) -> None:
        name = self.host(number)
        ip("netns", "add", name)
        ip("-n", name, "link", "set", "lo", "up")
        for interface, bridge, port, net in (("eth0", "br0", "p", 77), ("eth1", "br1", "q", 78)):
            ip("-n", name, "link", "add", interface, "type", "veth", "peer", "name", f"{port}{number}", "netns", self.switch)
            ip("-n", self.switch, "link", "set", f"{port}{number}", "master", bridge, "up")
            ip("-n", name, "addr", "add", f"10.{net}.0.{number}/24", "dev", interface)
            if net == 77:
                ip("-n", name, "addr", "add", f"fd77::{number}/64", "dev", interface, "nodad")
            ip("-n", name, "link", "set", interface, "up")
        ip("-n", name, "route", "add", "224.0.0.0/4", "dev", "eth0")

    def cut(self, number: int) -> None:
        ip("-n", self.switch, "link", "set", f"p{number}", "nomaster")

    def heal(self, number: int) -> None:
        ip("-n", self.switch, "link", "set", f"p{number}", "master", "br0")

    def __exit__(self, *_) -> None:
        for name in [self.host(number) for number in range(1, self.count + 1)] + [self.switch]:
            with contextlib.suppress(OSError):
                ip("netns", "del", name)
