"""The files of conf/ as an administrator meets them: `httpd -t` accepts each.

Debian's fixed paths are pointed at this build and at a folder of the test; nothing else is changed.
"""

import contextlib
import re
import shutil
import subprocess

from support import dav
from support.client import HttpClient
from support.groupware import module_path, sanitizer_environment
from support.servers import PROJECT, Apache, modules_folder

CONF = PROJECT / "conf"


@contextlib.contextmanager
def server(*names: str, modules: tuple[str, ...] = (), more: str = ""):
    httpd = Apache(modules=modules, environment=sanitizer_environment())
    try:
        data = httpd.folder / "data"
        for name in ("files", "uploads"):
            (data / name).mkdir()
            shutil.chown(data / name, *httpd.account)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "30", "-subj", "/CN=localhost", "-keyout", f"{data}/key.pem", "-out", f"{data}/cert.pem"],
                       check=True, capture_output=True)
        text = "\n".join([*((CONF / name).read_text() for name in names), more])
        text = re.sub(r"/usr/lib/apache2/modules/(mod_(?:groupware|oxpush))\.so", lambda m: str(module_path(m[1])), text)
        text = text.replace("modules/mod_groupware.so", str(module_path("mod_groupware")))
        text = text.replace("/usr/lib/apache2/modules", str(modules_folder()))
        text = text.replace("/var/lib/groupware", str(data)).replace("/var/www/html", f"{httpd.folder}/htdocs")
        text = text.replace("/etc/ssl/certs/ssl-cert-snakeoil.pem", f"{data}/cert.pem")
        text = text.replace("/etc/ssl/private/ssl-cert-snakeoil.key", f"{data}/key.pem")
        httpd.config = re.sub(r"^LoadModule socache_shmcb.*\n", "", text, flags=re.M)
        yield httpd
    finally:
        httpd.stop()


def accept(httpd: Apache) -> None:
    said = httpd.check_config()
    assert said.returncode == 0 and "Syntax OK" in said.stderr, said.stderr
    assert "GW" not in said.stderr, said.stderr


def test_oxpush_load_and_conf_are_accepted():
    with server("oxpush.load", "oxpush.conf") as httpd:
        accept(httpd)


def test_groupware_load_and_conf_are_accepted():
    with server("groupware.load", "groupware.conf") as httpd:
        accept(httpd)


def test_the_example_host_is_accepted():
    with server("groupware.load", "groupware.conf", "oxpush.load", "oxpush.conf", "example-vhost.conf",
                modules=("ssl", "http2")) as httpd:
        accept(httpd)


def test_the_example_host_offers_webdav_where_its_modules_are_loaded():
    with server("groupware.load", "groupware.conf", "example-vhost.conf",
                modules=("ssl", "http2", *dav.MODULES)) as httpd:
        accept(httpd)


def test_the_minimal_snippet_is_accepted():
    with server("minimal-httpd.conf") as httpd:
        accept(httpd)


def test_conf_without_its_module_is_ignored():
    with server("groupware.conf", "oxpush.conf") as httpd:
        accept(httpd)


def api_status(httpd: Apache) -> int:
    client = HttpClient(httpd.port)
    try:
        return client.request("GET", "/ajax/login?action=nonsense").status
    finally:
        client.close()


def test_the_ten_lines_of_the_readme_answer():
    (lines,) = re.findall(r"## Ten lines of httpd.conf\n\n```\n(.*?)```", (PROJECT / "README.md").read_text(), re.S)
    with server(more=lines) as httpd:
        accept(httpd)
        with httpd:
            assert api_status(httpd) == 200


def test_the_api_answers_only_where_a_host_switches_it_on():
    for more, wanted in (("", 404), ("GroupwareApi On\n", 200)):
        with server("groupware.load", "groupware.conf", more=more) as httpd, httpd:
            assert api_status(httpd) == wanted


def test_load_files_name_what_they_depend_on():
    for name in ("groupware.load",):
        depends = re.search(r"^# Depends: (.+)$", (CONF / name).read_text(), re.M)
        assert depends
        for module in depends[1].split():
            assert (modules_folder() / f"mod_{module}.so").exists(), module
