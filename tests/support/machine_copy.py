"""A copy of this machine's file system, by an overlay in memory: what is installed, changed or broken in it is gone with it."""

import os
import pathlib
import shutil
import subprocess
import tempfile

from support.runner import Skipped

BOUND = ("proc", "sys", "dev")


class MachineCopy:
    """`with MachineCopy() as copy: copy.run("apt-get", "install", …)`. Needs root and overlayfs."""

    def __init__(self):
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="gw-machine-"))
        self.root = self.base / "root"
        self.mounts: list[pathlib.Path] = []

    def mount(self, place: pathlib.Path, *arguments: str) -> None:
        place.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["mount", *arguments, str(place)], capture_output=True, text=True)
        if done.returncode != 0:
            raise Skipped(f"this machine cannot be copied: {done.stderr.strip()}")
        self.mounts.append(place)

    def __enter__(self) -> "MachineCopy":
        if os.geteuid() != 0:
            raise Skipped("a copy of the machine needs root")
        try:
            memory = self.base / "memory"
            self.mount(memory, "-t", "tmpfs", "tmpfs")
            for name in ("upper", "work"):
                (memory / name).mkdir()
            self.mount(self.root, "-t", "overlay", "overlay", "-o",
                       f"lowerdir=/,upperdir={memory}/upper,workdir={memory}/work")
            for name in BOUND:
                self.mount(self.root / name, "--rbind", f"/{name}")
                subprocess.run(["mount", "--make-rslave", str(self.root / name)], check=True)
        except BaseException:
            self.__exit__()
            raise
        # Services are started by the test alone.
        policy = self.root / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        return self

    def __exit__(self, *_) -> None:
        for place in reversed(self.mounts):
            subprocess.run(["umount", "-R", "-l", str(place)], capture_output=True)
        shutil.rmtree(self.base, ignore_errors=True)

    def run(self, *command: str, fine: tuple[int, ...] = (0,), stdin: str | None = None, limit: int = 300) -> str:
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
                       "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(["chroot", str(self.root), *command], env=environment, capture_output=True, text=True,
                              input=stdin, timeout=limit)
        assert done.returncode in fine, f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def files(self) -> set[str]:
        """Everything that the copy has, without what the machine itself writes while it runs."""
        passed = (*BOUND, "tmp", "run", "var/cache", "var/lib/apt", "var/lib/dpkg", "var/log", "work", "root", "home")
        found = set()
        for folder, names, files in os.walk(self.root):
            here = os.path.relpath(folder, self.root)
            names[:] = [name for name in names if os.path.normpath(os.path.join(here, name)) not in passed]
            found.update(os.path.normpath(os.path.join(here, name)) for name in (*names, *files))
        return found
