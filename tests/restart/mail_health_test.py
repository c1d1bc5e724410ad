"""Whether the mail server is well, asked of a real one: by groupwarectl check --mail, and by the probe of /health."""

import contextlib
import json
import pathlib
import subprocess

from support import metrics
from support.groupware import Groupware, groupwarectl_path
from support.mail_servers import NO_PENALTY, Dovecot, missing_programs
from support.runner import Skipped
from support.servers import give_to, wait_until

#: What check looks for beside the base protocol and Dovecot has, in the words that Dovecot announces.
ABILITIES = ("UIDPLUS", "MOVE", "CONDSTORE", "QRESYNC", "ESEARCH", "SORT", "LIST-STATUS", "SPECIAL-USE", "NAMESPACE", "ACL", "QUOTA",
             "IDLE", "ID", "THREAD=REFS")
CAPABILITY = "protocol imap {{\n  imap_capability = IMAP4rev1 {}\n}}\n"


@contextlib.contextmanager
def dovecot():
    missing = missing_programs()
    if missing:
        raise Skipped(f"missing: {missing}")
    with Dovecot({"probe": "secret"}, extra=NO_PENALTY) as server:
        yield server


def directive(server: Dovecot, options: str = "") -> str:
    return f"GroupwareMailServer imap://127.0.0.1:{server.ports['imap']} tls=starttls ca={server.ca} {options}\n"


class Check:
    """groupwarectl check --mail with a configuration that has nothing but the mail server."""

    def __init__(self, server: Dovecot, line: str):
        self.config, self.secret = server.folder / "httpd.conf", server.folder / "probe-secret"
        self.config.write_text(line)

    def __call__(self, secret: str = "") -> tuple[int, list[dict]]:
        words = []
        if secret:
            self.secret.write_text(secret + "\n")
            words = ["--mail-login", "probe", "--mail-secret-file", str(self.secret)]
        done = subprocess.run([str(groupwarectl_path()), "--json", "--config", str(self.config), "check", "--mail", "--timeout", "5",
                               *words], capture_output=True, text=True, timeout=60)
        assert done.stdout and (not secret or secret not in done.stdout + done.stderr), done
        findings = json.loads(done.stdout)
        assert all(finding["text"] and finding["advice"] for finding in findings), findings
        return done.returncode, findings


def checks(findings: list[dict]) -> list[str]:
    return [finding["check"] for finding in findings]


def test_check_tells_what_the_mail_server_can_do_and_what_that_costs():
    with dovecot() as server:
        check = Check(server, directive(server))
        code, found = check()
        assert code == 0 and checks(found) == ["mail-abilities"], found
        assert check("secret") == (0, []), check("secret")
        for missing in ABILITIES:
            offered = [word for word in ABILITIES if word != missing]
            server.configure(NO_PENALTY + CAPABILITY.format(" ".join(offered)))
            code, found = check("secret")
            word = missing.partition("=")[0]
            assert code == 0 and checks(found) == ["imap-ability"] and f"not offer {word}:" in found[0]["text"], (missing, found)


def test_check_fails_for_a_wrong_password_and_without_a_server():
    with dovecot() as server:
        check = Check(server, directive(server))
        code, found = check("not this one")
        assert code == 1 and checks(found) == ["mail-unreachable"] and found[0]["level"] == "error", found
        assert check("secret") == (0, [])
        without_authority = Check(server, directive(server).replace(f"ca={server.ca}", ""))
        code, found = without_authority("secret")
        assert code == 1 and checks(found) == ["mail-unreachable"], found
        check = Check(server, directive(server))
        server.kill_group()
        for secret in ("secret", ""):
            code, found = check(secret)
            assert code == 1 and checks(found) == ["mail-unreachable"], found
        assert server.start_again()
        assert check("secret") == (0, [])


def mail_state(server: Groupware) -> tuple[int, str]:
    """Status of the whole, and whether mail is up."""
    status, told = metrics.health(server.port)
    found = {check["name"]: check for check in told["checks"]}
    assert "secret" not in json.dumps(told), told
    return status, found["mailServer"]["status"]


def restart(mail: Dovecot, secret: str) -> None:
    """With another password of the probe's mailbox, and without the connections that were open."""
    if mail.is_running():
        mail.kill_group()
    mail.users = {"probe": secret}
    assert mail.start_again()


def test_the_probe_of_health_signs_in():
    with dovecot() as mail:
        secret = pathlib.Path(mail.folder) / "probe-secret"
        secret.write_text("secret\n")
        give_to(secret, mail.account)
        health = f"GroupwareHealth cached=0s budget=10s probe=probe secret=file:{secret}\n"
        fine = (r"GW\d{4}: .*(127\.0\.0\.1|imap|IMAP|mail)",)
        with Groupware(directives=metrics.PAGES + directive(mail) + health, always_fine=fine) as server:
            assert mail_state(server) == (200, "UP")
            mail.kill_group()
            assert mail_state(server) == (503, "DOWN")
            restart(mail, "another")
            assert mail_state(server) == (503, "DOWN")
            restart(mail, "secret")
            wait_until(lambda: mail_state(server) == (200, "UP"), "the mail server again", 30)
        with Groupware(directives=metrics.PAGES + directive(mail) + health + "GroupwareHealth cached=0s ignore=mailServer "
                       f"probe=probe secret=file:{secret}\n", always_fine=fine) as server:
            mail.kill_group()
            assert mail_state(server) == (200, "DOWN"), "it is told, but nothing depends on it"
