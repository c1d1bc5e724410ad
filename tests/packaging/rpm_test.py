"""The spec file, built by Debian's rpmbuild out of objects that are compiled already. It cannot be installed there: that needs an RPM
system. rpmbuild itself fails when a file is installed that no package lists, or listed and not installed."""

import pathlib
import re
import subprocess

from support.packages import folder_of_the_run, need_tools, rpm_packages
from support.servers import PROJECT

SPEC = PROJECT / "packaging/groupware.spec"
SELINUX = "/usr/share/selinux/packages/targeted/groupware.pp"
EXPECTED = {
    "groupware": ("/usr/bin/groupwarectl", "/usr/lib/groupware/libgroupware.so", "/usr/share/man/man8/groupwarectl.8",
                  "/usr/lib/systemd/system/groupware-jobs.timer", "/etc/logrotate.d/groupware", "/var/lib/groupware",
                  "/usr/share/groupware/systemd/httpd-groupware.conf"),
    "mod_groupware": ("/usr/lib/apache2/modules/mod_groupware.so", "/etc/httpd/conf.modules.d/60-groupware.conf",
                      "/etc/httpd/conf.d/groupware.conf"),
    "mod_oxpush": ("/usr/lib/apache2/modules/mod_oxpush.so", "/etc/httpd/conf.d/oxpush.conf"),
    "groupware-selinux": (SELINUX,),
}


def ask(package: pathlib.Path, *words: str) -> list[str]:
    return subprocess.run(["rpm", "-qp", "--nosignature", *words, str(package)], capture_output=True, text=True,
                          check=True).stdout.splitlines()


def test_the_spec_is_built_and_each_package_has_its_files():
    packages = rpm_packages()
    assert set(packages) == set(EXPECTED), packages
    for name, paths in EXPECTED.items():
        # An RPM system compresses the manual pages.
        files = [path.removesuffix(".gz") for path in ask(packages[name], "--list")]
        assert not set(paths) - set(files), (name, files)
    owners = dict(line.split() for line in ask(packages["groupware"], "--queryformat",
                                               "[%{FILENAMES} %{FILEUSERNAME}:%{FILEGROUPNAME}\n]"))
    assert owners["/var/lib/groupware/files"] == "apache:apache" and owners["/etc/groupware"] == "root:apache", owners
    # Nothing of what Debian calls otherwise is left.
    folder = folder_of_the_run("gw-rpm-files-")
    for package in packages.values():
        archive = subprocess.run(["rpm2cpio", str(package)], stdout=subprocess.PIPE, check=True).stdout
        subprocess.run(["cpio", "--quiet", "-idm", "--no-absolute-filenames"], input=archive, cwd=folder, check=True)
    for path in [*folder.glob("usr/lib/systemd/system/groupware-*"), *folder.glob("etc/httpd/conf*.d/*")]:
        assert not re.search("www-data|/etc/apache2|/usr/lib/apache2", path.read_text()), path
    enabled = re.findall(r"^LoadModule", (folder / "etc/httpd/conf.modules.d/60-groupware.conf").read_text(), re.M)
    assert enabled == [], enabled


def test_the_policy_module_is_built_and_holds_what_docs_name():
    folder = folder_of_the_run("gw-policy-")
    package = rpm_packages()["groupware-selinux"]
    archive = subprocess.run(["rpm2cpio", str(package)], stdout=subprocess.PIPE, check=True).stdout
    subprocess.run(["cpio", "--quiet", "-idm", "--no-absolute-filenames"], input=archive, cwd=folder, check=True)
    need_tools("semodule_unpackage")
    module, contexts = folder / "groupware.mod", folder / "groupware.fc"
    subprocess.run(["semodule_unpackage", f"{folder}{SELINUX}", str(module), str(contexts)], check=True)
    assert b"groupware_push_port_t" in module.read_bytes() and b"groupware_cluster_port_t" in module.read_bytes()
    assert "/var/lib/groupware(/.*)?\tsystem_u:object_r:httpd_sys_rw_content_t:s0" in re.sub(r"\t+", "\t", contexts.read_text())


def test_rpmlint_finds_no_error():
    need_tools("rpmlint")
    done = subprocess.run(["rpmlint", str(SPEC)], capture_output=True, text=True)
    assert re.search(r" 0 errors,", done.stdout), done.stdout + done.stderr
