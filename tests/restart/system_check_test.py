"""groupwarectl check looks at what is around the data: every finding has a remedy, errors alone make it fail."""

import http.server
import json
import shutil
import ssl
import subprocess
import threading

from support.dns import DnsServer, address, exchange, service
from support.groupware import Groupware, groupwarectl_path
from support.servers import MariaDB, state_folder

SERVICES = ("_caldavs._tcp", "_carddavs._tcp", "_imaps._tcp", "_submissions._tcp", "_sieve._tcp", "_autodiscover._tcp")


def check(*words, before: tuple[str, ...] = ()) -> tuple[int, list[dict]]:
    done = subprocess.run([str(groupwarectl_path()), "--json", *before, "check", *map(str, words)], capture_output=True, text=True,
                          timeout=120)
    assert done.stdout, done
    findings = json.loads(done.stdout)
    for finding in findings:
        assert finding["text"] and finding["advice"] and finding["level"] in ("error", "warning", "note"), finding
    assert (done.returncode != 0) == any(finding["level"] == "error" for finding in findings), done
    return done.returncode, findings


def names(findings: list[dict]) -> list[str]:
    return sorted(finding["check"] for finding in findings)


def complete_domain() -> dict:
    records = {"good.test": [address("192.0.2.1"), exchange("mx.good.test")], "autoconfig.good.test": [address("192.0.2.1")]}
    for host in ("mx", "web"):
        records[f"{host}.good.test"] = [address("192.0.2.2")]
    for name in SERVICES:
        records[f"{name}.good.test"] = [service(443, "web.good.test")]
    return records


def test_records_of_a_domain_are_looked_for():
    records = complete_domain()
    records["bare.test"] = [address("192.0.2.3")]
    records["dangling.test"] = [address("192.0.2.3"), exchange("nowhere.test")]
    records["_imaps._tcp.dangling.test"] = [service(993, "nowhere.test")]
    with DnsServer(records) as dns:
        ask = lambda domain: check("--dns", domain, "--resolver", f"127.0.0.1:{dns.port}", "--timeout", 2)  # noqa: E731
        assert ask("good.test") == (0, [])
        code, found = ask("bare.test")
        assert code == 0 and names(found) == ["dns-no-autoconfig", "dns-no-mx"] + ["dns-no-srv"] * len(SERVICES), found
        assert any("SRV 0 1 993" in finding["advice"] for finding in found), found
        code, found = ask("dangling.test")
        assert code == 1 and names(found).count("dns-dangling") == 2, found
    code, found = check("--dns", "good.test", "--resolver", f"127.0.0.1:{dns.port}", "--timeout", 1)
    assert code == 1 and names(found) == ["dns-unreachable"], found


class Chain(http.server.BaseHTTPRequestHandler):
    """A web server whose answers the test chooses."""

    answers: dict[str, tuple[int, str]] = {}

    def answer(self) -> None:
        status, what = self.answers.get(self.path, (404, ""))
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", what)
            what = ""
        self.send_header("Content-Length", str(len(what)))
        self.end_headers()
        self.wfile.write(what.encode())

    do_GET = do_PROPFIND = answer

    def log_message(self, *_) -> None:
        pass


class WebServer:
    def __init__(self, certificate: tuple[str, str] | None = None):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Chain)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]

    def __enter__(self) -> "WebServer":
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()


GOOD_SITE = {"/": (200, "hello"), "/ajax/config/identifier?session=none": (200, '{"error":"x","code":"SES-0205"}'),
             "/.well-known/caldav": (301, "/dav/"), "/.well-known/carddav": (302, "/dav/"), "/dav/": (401, "sign in"),
             "/.well-known/autoconfig/mail/config-v1.1.xml": (200, "<clientConfig version='1.1'/>")}


def make_certificate(folder, days: int) -> tuple[str, str]:
    key, certificate = f"{folder}/key{days}.pem", f"{folder}/cert{days}.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", str(days),
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    return certificate, key


def test_a_web_server_is_looked_at_as_clients_do():
    folder = state_folder("gwtls")
    try:
        Chain.answers = dict(GOOD_SITE)
        long, short = make_certificate(folder, 300), make_certificate(folder, 3)
        with WebServer(long) as web:
            url = f"https://127.0.0.1:{web.port}"
            assert check("--url", url, "--ca", long[0]) == (0, [])
            code, found = check("--url", url)
            assert code == 1 and names(found) == ["tls-refused"], found
            Chain.answers = {**GOOD_SITE, "/.well-known/caldav": (301, f"http://127.0.0.1:{web.port}/dav/"),
                             "/.well-known/carddav": (301, "/nowhere/"), "/ajax/config/identifier?session=none": (404, "")}
            code, found = check("--url", url, "--ca", long[0])
            assert code == 1 and names(found) == ["discovery-broken", "discovery-plain", "web-api"], found
            assert any("/.well-known/carddav -> 301 /nowhere/ -> 404" in finding["text"] for finding in found), found
            Chain.answers = {**GOOD_SITE, "/.well-known/caldav": (301, "/.well-known/caldav")}
            assert names(check("--url", url, "--ca", long[0])[1]) == ["discovery-broken"]
        Chain.answers = dict(GOOD_SITE)
        with WebServer(short) as web:
            code, found = check("--url", f"https://127.0.0.1:{web.port}", "--ca", short[0])
            assert code == 0 and names(found) == ["tls-ends"], found
        with WebServer() as web:
            code, found = check("--url", f"http://127.0.0.1:{web.port}")
            assert code == 0 and names(found) == ["web-plain"], found
        code, found = check("--url", f"http://127.0.0.1:{web.port}", "--timeout", 5)
        assert code == 1 and "web-unreachable" in names(found), found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def look_at_installation(server: Groupware) -> None:
    before = ("--config", str(server.httpd.config_file))
    code, found = check("--clock", "--database-settings", "--store", before=before)
    assert code == 0 and not [finding for finding in found if finding["level"] == "error"], found
    code, found = check("--all", "--url", f"http://127.0.0.1:{server.port}", before=before)
    assert code == 0, found
    # This server has no CalDAV and no TLS.
    assert {"web-plain", "discovery-missing"} <= set(names(found)), found
    shutil.rmtree(server.httpd.folder / "data" / "files")
    (server.httpd.folder / "data" / "files").write_text("in the way")
    code, found = check("--store", before=before)
    assert code == 1 and names(found) == ["store-unusable"], found


def test_an_installation_is_looked_at(database):
    if database == "mysql":
        with MariaDB() as mariadb, Groupware(mariadb) as server:
            look_at_installation(server)
    else:
        with Groupware() as server:
            look_at_installation(server)


def test_what_cannot_be_looked_at_is_a_mistake_of_the_command():
    for words in (("check", "--mail"), ("check", "--store"), ("check", "--dns", "a.test", "--resolver", "localhost"),
                  ("check", "--url", ""), ("check", "--clock")):
        done = subprocess.run([str(groupwarectl_path()), *words], capture_output=True, text=True, timeout=60, env={"PATH": "/usr/bin"})
        assert done.returncode == 2 and done.stderr.strip(), (words, done)
