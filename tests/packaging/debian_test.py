"""The Debian packages on a clean root: built, installed, enabled, signed in to, purged."""

import pathlib
import re
import shutil
import socket
import subprocess

from support.client import ApiClient
from support.machine_copy import CleanRoot, MachineCopy, clean_root_archive
from support.packages import DEBIAN, debian_packages
from support.ports import free_port
from support.runner import Skipped
from support.servers import wait_until

UNITS = "usr/lib/systemd/system"
DATA = "/var/lib/groupware"
#: What an administrator writes beside the shipped files.
TEN_LINES = f"""\
GroupwareDatabase sqlite:{DATA}/groupware.db
GroupwareFileStore file:{DATA}/files
GroupwareUploadFolder {DATA}/uploads
GroupwareSessionLifetime short=60m long=7d
GroupwareApiRoot /ajax
<Location /ajax>
    Require all granted
</Location>
ServerName localhost
"""


def contents(package: pathlib.Path) -> set[str]:
    listed = subprocess.run(["dpkg-deb", "--contents", str(package)], check=True, capture_output=True, text=True).stdout
    return {line.split(None, 5)[5].split(" -> ")[0].removeprefix(".") for line in listed.splitlines()}


def expect_contents(packages: dict[str, pathlib.Path]) -> None:
    expected = {
        "groupware-common": ("/usr/bin/groupwarectl", "/usr/lib/groupware/libgroupware.so", "/etc/logrotate.d/groupware",
                             "/usr/share/man/man8/groupwarectl.8.gz", "/usr/share/man/man7/groupware.7.gz",
                             "/usr/share/groupware/selinux/groupware.te",
                             "/usr/share/groupware/systemd/apache2-groupware.conf"),
        "libapache2-mod-groupware": ("/usr/lib/apache2/modules/mod_groupware.so", "/etc/apache2/mods-available/groupware.load",
                                     "/etc/apache2/mods-available/groupware.conf", "/etc/apache2/conf-available/groupware.conf"),
        "libapache2-mod-oxpush": ("/usr/lib/apache2/modules/mod_oxpush.so", "/etc/apache2/mods-available/oxpush.load",
                                  "/etc/apache2/mods-available/oxpush.conf"),
    }
    for name, paths in expected.items():
        missing = set(paths) - contents(packages[name])
        assert not missing, (name, missing)
    units = [path for path in contents(packages["groupware-common"]) if "systemd/system/groupware-" in path]
    assert len(units) == 6, units


def install(copy: MachineCopy, packages: dict[str, pathlib.Path]) -> None:
    names = []
    for path in packages.values():
        shutil.copy2(path, copy.root / "tmp")
        names.append(f"/tmp/{path.name}")
    if isinstance(copy, CleanRoot):
        copy.run("apt-get", "-q", "update", fine=(0, 100))
    said = copy.run("apt-get", "-q", "-y", "--no-install-recommends", "install", *names, fine=(0, 100))
    if "Setting up groupware-common" not in said:
        raise Skipped(f"the packages' dependencies cannot be installed here: {said[-500:]}")


def need_apache(copy: MachineCopy) -> None:
    if not (copy.root / "usr/sbin/a2enmod").exists():
        copy.run("apt-get", "-q", "update", fine=(0, 100))
        copy.run("apt-get", "-q", "-y", "--no-install-recommends", "install", "apache2", fine=(0, 100))
    if not (copy.root / "usr/sbin/a2enmod").exists():
        raise Skipped("the package apache2 cannot be installed here")


def expect_nothing_enabled(copy: MachineCopy) -> None:
    enabled = [path for folder in ("mods-enabled", "conf-enabled") for path in (copy.root / "etc/apache2" / folder).iterdir()
               if re.search("groupware|oxpush", path.name)]
    assert enabled == [], enabled
    wanted = [path for path in (copy.root / "etc/systemd/system").rglob("*groupware*")]
    assert wanted == [], wanted
    copy.run("apache2ctl", "configtest")


def enable(copy: MachineCopy, port: int) -> None:
    said = copy.run("a2enmod", "groupware", "oxpush")
    assert "Enabling module dav" in said or "dav already enabled" in said, said
    (copy.root / "etc/apache2/ports.conf").write_text(f"Listen 127.0.0.1:{port}\n")
    (copy.root / "etc/apache2/conf-available/ten-lines.conf").write_text(TEN_LINES)
    copy.run("a2enconf", "ten-lines", "groupware")
    copy.run("apache2ctl", "configtest")
    copy.run("setpriv", "--reuid=www-data", "--regid=www-data", "--clear-groups", "groupwarectl", "--config",
             "/etc/apache2/apache2.conf", "context", "create", "--id", "1", "--name", "example", "--admin", "anna",
             "--password-stdin", stdin="secret\n")


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def sign_in(copy: MachineCopy, port: int) -> None:
    copy.run("apache2ctl", "start")
    try:
        client = ApiClient(port)
        wait_until(lambda: is_open(port), "the server's port")
        client.login("anna@example", "secret")
        assert client.get("folders", action="root", columns="1,300").data
        client.close()
    finally:
        pid = int((copy.root / "run/apache2/apache2.pid").read_text())
        copy.run("apache2ctl", "stop")
        wait_until(lambda: not pathlib.Path(f"/proc/{pid}").exists(), "the server's end")


def expect_only_data_left(copy: MachineCopy, before: set[str]) -> None:
    copy.run("a2disconf", "ten-lines")
    (copy.root / "etc/apache2/conf-available/ten-lines.conf").unlink()
    copy.run("apt-get", "-q", "-y", "purge", *DEBIAN)
    # Of the packages that came along as dependencies nobody is asked here.
    ours = re.compile("groupware|oxpush")
    left = {name for name in copy.files() - before if ours.search(name)}
    assert left and all(name.startswith("var/lib/groupware") for name in left), sorted(left)
    assert "var/lib/groupware/groupware.db" in left, sorted(left)
    copy.run("apache2ctl", "configtest")


def expect_drop_in_accepted(copy: MachineCopy) -> None:
    """By the systemd of the copy, where it has one, for the unit of its httpd."""
    if not (copy.root / "usr/bin/systemd-analyze").exists() or not (copy.root / UNITS / "apache2.service").exists():
        return
    folder = copy.root / "etc/systemd/system/apache2.service.d"
    folder.mkdir(parents=True)
    shutil.copyfile(copy.root / "usr/share/groupware/systemd/apache2-groupware.conf", folder / "groupware.conf")
    said = copy.run("systemd-analyze", "verify", "--man=no", "apache2.service")
    assert "groupware" not in said, said
    shutil.rmtree(folder)


def test_packages_install_enable_serve_and_go():
    packages = debian_packages()
    expect_contents(packages)
    archive = clean_root_archive()
    with CleanRoot(archive) if archive else MachineCopy() as copy:
        print(f"      on {copy.name}", flush=True)
        need_apache(copy)
        before = copy.files()
        install(copy, packages)
        expect_nothing_enabled(copy)
        expect_drop_in_accepted(copy)
        port = free_port()
        enable(copy, port)
        sign_in(copy, port)
        expect_only_data_left(copy, before)
