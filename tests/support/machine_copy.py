"""Roots that are thrown away, in memory: what is installed, changed or broken in them is gone with them. A copy of this machine's
file system, by an overlay; or a clean Debian with nothing but httpd in it, which shows what a package forgot to ask for."""

import fcntl
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from support.runner import Skipped
from support.servers import build_folder

BOUND = ("proc", "sys", "dev")
#: Where apt has the mirrors of Debian itself; mmdebstrap knows others when there is neither.
MIRRORS = ("/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list")
MAKE_LIMIT = 600  # seconds


class MachineCopy:
    """`with MachineCopy() as copy: copy.run("apt-get", "install", …)`. Needs root and overlayfs."""

    name = "a copy of this machine"

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
            self.lay_out(memory)
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

    def lay_out(self, memory: pathlib.Path) -> None:
        """Makes the file system that `root` shows, of which nothing outlasts `memory`."""
        for name in ("upper", "work"):
            (memory / name).mkdir()
        self.mount(self.root, "-t", "overlay", "overlay", "-o",
                   f"lowerdir=/,upperdir={memory}/upper,workdir={memory}/work")

    def __exit__(self, *_) -> None:
        for place in reversed(self.mounts):
            subprocess.run(["umount", "-R", "-l", str(place)], capture_output=True)
        shutil.rmtree(self.base, ignore_errors=True)

    def run(self, *command: str, fine: tuple[int, ...] = (0,), stdin: str | None = None, limit: int = 300) -> str:
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
                       "DEBIAN_FRONTEND": "noninteractive",
                       **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}}
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


class CleanRoot(MachineCopy):
    """Debian's smallest system with httpd, as `archive` has it."""

    name = "a clean root"

    def __init__(self, archive: pathlib.Path):
        super().__init__()
        self.archive = archive

    def lay_out(self, memory: pathlib.Path) -> None:
        (memory / "root").mkdir()
        self.mount(self.root, "--bind", str(memory / "root"))
        subprocess.run(["tar", "-C", str(self.root), "-xf", str(self.archive)], check=True)
        for name in ("resolv.conf", "hosts"):
            shutil.copyfile(f"/etc/{name}", self.root / "etc" / name)


def clean_root_archive() -> pathlib.Path | None:
    """Kept in the build folder, and made there when GW_CLEAN_ROOT is set, as releases are tested: a minute and a mirror are needed.
    None: not there, not to be made, or no mirror. An old one is good: packages that come into it are asked for anew."""
    archive = build_folder() / "clean-root.tar"
    if archive.exists() or not os.environ.get("GW_CLEAN_ROOT") or shutil.which("mmdebstrap") is None or os.geteuid() != 0:
        return archive if archive.exists() else None
    with open(archive.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if archive.exists():
            return archive
        release = re.search(r"^VERSION_CODENAME=(\w+)", pathlib.Path("/etc/os-release").read_text(), re.M)
        staging = archive.with_suffix(".new.tar")
        mirrors = [path for path in MIRRORS if os.path.exists(path) and os.path.getsize(path)][:1]
        command = ["mmdebstrap", "--quiet", "--variant=minbase", "--include=apache2", "--dpkgopt=force-unsafe-io",
                   "--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/locale/*",
                   release[1] if release else "stable", str(staging), *mirrors]
        done = subprocess.run(command, capture_output=True, text=True, timeout=MAKE_LIMIT)
        if done.returncode != 0:
            staging.unlink(missing_ok=True)
            print(f"      no clean root: {done.stderr.strip()[-500:]}")
            return None
        staging.rename(archive)
    return archive
