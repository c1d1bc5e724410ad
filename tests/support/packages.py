"""The packages that the tests look at: built once per run out of objects that are compiled already, and gone at its end."""

import atexit
import functools
import os
import pathlib
import shutil
import subprocess
import tempfile

from support.runner import Skipped
from support.servers import PROJECT, build_folder

DEBIAN = ("groupware-common", "libapache2-mod-groupware", "libapache2-mod-oxpush")


def need_tools(*names: str) -> None:
    for name in names:
        if shutil.which(name) is None:
            raise Skipped(f"{name} is not installed")


def folder_of_the_run(prefix: str) -> pathlib.Path:
    folder = pathlib.Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def sources(target: pathlib.Path) -> None:
    """The tree as a release has it."""
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=PROJECT, check=True,
                           capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if name.startswith("tests/") or not (PROJECT / name).is_file():
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, target / name)


@functools.lru_cache(maxsize=1)
def debian_packages() -> dict[str, pathlib.Path]:
    """By their names."""
    need_tools("dpkg-buildpackage", "dh", "dh_apache2", "cmake")
    folder = folder_of_the_run("gw-packages-")
    tree = folder / "groupware"
    sources(tree)
    environment = {**os.environ, "GW_BUILD": str(build_folder()), "DEB_BUILD_OPTIONS": "noautodbgsym nocheck",
                   "DPKG_DEB_COMPRESSOR_TYPE": "gzip", "DPKG_DEB_COMPRESSOR_LEVEL": "1"}
    done = subprocess.run(["dpkg-buildpackage", "-b", "-us", "-uc", "-d"], cwd=tree, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-4_000:]
    found = {path.name.split("_")[0]: path for path in folder.glob("*.deb")}
    assert set(found) == set(DEBIAN), found
    return found


@functools.lru_cache(maxsize=1)
def unpacked_debian_packages() -> pathlib.Path:
    """All three in one folder, which is to be the root."""
    folder = folder_of_the_run("gw-unpacked-")
    for path in debian_packages().values():
        subprocess.run(["dpkg-deb", "-x", str(path), str(folder)], check=True)
    return folder


@functools.lru_cache(maxsize=1)
def rpm_packages() -> dict[str, pathlib.Path]:
    """By their names. What only RPM systems know is told by hand; Debian's places stand for theirs."""
    need_tools("rpmbuild", "cmake", "checkmodule", "semodule_package")
    if not pathlib.Path("/usr/share/selinux/devel/Makefile").exists():
        raise Skipped("selinux-policy-dev is not installed")
    top = folder_of_the_run("gw-rpm-")
    version = subprocess.run(["rpmspec", "-q", "--srpm", "--queryformat", "%{version}", str(PROJECT / "packaging/groupware.spec")],
                             capture_output=True, text=True, check=True).stdout
    tree = top / "SOURCES" / f"groupware-{version}"
    sources(tree)
    subprocess.run(["tar", "-C", str(tree.parent), "-czf", f"{tree}.tar.gz", tree.name], check=True)
    told = {"_topdir": top, "gw_build": build_folder(), "_libdir": "/usr/lib", "_unitdir": "/usr/lib/systemd/system",
            "_httpd_moddir": "/usr/lib/apache2/modules", "_httpd_mmn": "20120211", "debug_package": "%{nil}",
            "_binary_payload": "w1.gzdio"}
    command = ["rpmbuild", "-bb", "--nodeps", str(PROJECT / "packaging/groupware.spec")]
    for name, value in told.items():
        command += ["--define", f"{name} {value}"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-4_000:]
    return {path.name.rsplit("-", 2)[0]: path for path in top.glob("RPMS/*/*.rpm")}
