"""Each judge of Debian looks at the kind of file that it knows, as the packages bring it."""

import gzip
import pathlib
import re
import shutil
import subprocess

from support.packages import debian_packages, need_tools, unpacked_debian_packages
from support.servers import PROJECT

UNITS = "usr/lib/systemd/system"
# Every tag, and why it is none of the packages' faults: the licence is the owner's to choose.
PASSED_BY_LINTIAN = "copyright-without-copyright-notice"


def test_lintian_finds_nothing():
    need_tools("lintian")
    done = subprocess.run(["lintian", "--fail-on", "error,warning", "--suppress-tags", PASSED_BY_LINTIAN, "--allow-root",
                           *map(str, debian_packages().values())], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_systemd_accepts_every_unit():
    need_tools("systemd-analyze")
    root = unpacked_debian_packages()
    units = sorted(path.name for path in (root / UNITS).glob("groupware-*"))
    assert len(units) == 6, units
    # What they name of others comes from this machine.
    shutil.copytree(f"/{UNITS}", root / UNITS, symlinks=True, dirs_exist_ok=True,
                    ignore=lambda _, names: [name for name in names if name.startswith("groupware-")])
    (root / "bin").mkdir(exist_ok=True)
    shutil.copy2("/bin/mv", root / "bin")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", f"--root={root}",
                           *(unit.replace("@.", "@1.") for unit in units)], capture_output=True, text=True)
    # What it does not know it passes over with a line and success.
    assert done.returncode == 0 and not done.stdout + done.stderr, done.stdout + done.stderr


def test_logrotate_understands_its_file():
    need_tools("logrotate")
    path = unpacked_debian_packages() / "etc/logrotate.d/groupware"
    done = subprocess.run(["logrotate", "--debug", str(path)], capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "rotating pattern: /var/log/groupware/*.log" in said, said
    assert not re.search(r"^error", said, re.M), said


def test_manual_pages_are_well_formed():
    need_tools("mandoc", "man")
    pages = sorted(unpacked_debian_packages().glob("usr/share/man/man*/*.gz"))
    assert [page.name for page in pages] == ["groupware.7.gz", "groupwarectl.8.gz"], pages
    for page in pages:
        plain = page.with_suffix("")
        plain.write_bytes(gzip.decompress(page.read_bytes()))
        for command in (["mandoc", "-T", "lint", "-W", "warning", str(plain)],
                        ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", str(plain)]):
            done = subprocess.run(command, stdout=subprocess.PIPE if command[0] == "mandoc" else subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True)
            assert done.returncode == 0 and not (done.stdout or "") + done.stderr, (command, done.stdout, done.stderr)


def test_build_dependencies_are_those_of_the_build():
    """What the tests install before they compile, and what CMake asks for, is what the packages ask for."""
    listed = re.search(r"packages_build=\((.*?)\)", (PROJECT / "cmake/packages.sh").read_text(), re.S)[1].split()
    control = (PROJECT / "debian/control").read_text()
    asked = set(re.split(r"[,\s]+", re.search(r"^Build-Depends:(.*?)\n\n", control, re.S | re.M)[1]))
    # Those of a server that runs.
    missing = set(listed) - asked - {"apache2-bin", "tzdata", "media-types", "curl"}
    assert not missing, missing
    spec = (PROJECT / "packaging/groupware.spec").read_text()
    found = re.findall(r"pkg_check_modules\(\w+ REQUIRED IMPORTED_TARGET ([^)]*)\)",
                       (PROJECT / "cmake/GroupwareDependencies.cmake").read_text())
    names = {name for words in found for name in words.split()}
    unknown = {name for name in names if f"pkgconfig({name})" not in spec}
    assert len(names) > 10 and not unknown, unknown


def test_no_search_path_of_the_build_is_left():
    need_tools("readelf")
    for name in ("mod_groupware", "mod_oxpush"):
        module = unpacked_debian_packages() / "usr/lib/apache2/modules" / f"{name}.so"
        said = subprocess.run(["readelf", "-d", str(module)], capture_output=True, text=True, check=True).stdout
        assert re.findall(r"Library runpath: \[(.*)\]", said) == ["$ORIGIN/../../groupware"], said
