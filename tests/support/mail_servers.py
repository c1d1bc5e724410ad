#!/usr/bin/python3
"""Private mail servers for the tests: Dovecot (IMAP, LMTP, ManageSieve, POP3), Exim (SMTP).

Their configuration is in mail_recipes.sh, which quickstart.sh uses as well.
As a program it starts a Dovecot and an Exim for tests written in C++:

    mail_servers.py [USER...]

prints one line, `READY name=value ...` (ports, folders, ca, and token_<user>: an OAuth token) or `MISSING reason`, and ends
its servers at the end of its standard input. With `--variants` it is a Dovecot alone, any user may sign in with the password
"secret", and each address of `addresses` announces another set of extensions (Dovecot reads settings by local address): "all",
"none" (bare IMAP4rev1), and "no-X" for each X of WITHOUT. It obeys commands it does not announce, so this shows that the client
keeps to what is announced. Then the line is `READY {json}`.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.ports import free_port  # noqa: E402
from support.servers import (POLL, PROJECT, START_LIMIT, Server, ServerFailure, give_to, server_account,  # noqa: E402
                             state_folder)
from support.token_server import TokenServer  # noqa: E402

RECIPES = PROJECT / "tests" / "support" / "mail_recipes.sh"
USERS = {"user1": "secret", "user2": "secret", "user3": "secret"}
TOKEN_KEY = b"a key that only tests know"


def make_certificate(folder: pathlib.Path, address: str = "127.0.0.1") -> pathlib.Path:
    """cert.pem and key.pem for localhost and the address; gives the file of the authority that signed them."""
    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
            "-subj", "/CN=authority of the tests", "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
            "-keyout", "key.pem", "-out", "csr.pem")
    (folder / "ext").write_text(f"subjectAltName=DNS:localhost,IP:{address}\nbasicConstraints=critical,CA:FALSE\n"
                                "extendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", "csr.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
            "-extfile", "ext", "-out", "cert.pem")
    (folder / "ca.pem").chmod(0o644)
    give_to(folder / "key.pem", server_account())
    return folder / "ca.pem"


def make_token(user: str, lifetime: int = 3600) -> str:
    """A JWT that Dovecot takes with XOAUTH2 and OAUTHBEARER. A negative lifetime gives one that is over."""
    def encode(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    now = int(time.time())
    head = encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = encode(json.dumps({"sub": user, "iat": now - 7200, "exp": now + lifetime}).encode())
    signature = hmac.new(TOKEN_KEY, head + b"." + body, hashlib.sha256).digest()
    return b".".join((head, body, encode(signature))).decode()


def greets(port: int, greeting: bytes, farewell: bytes) -> bool:
    """Ready is the protocol's own greeting; who hangs up without a word delays Dovecot's stop."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            if not connection.recv(512).startswith(greeting):
                return False
            connection.sendall(farewell)
            connection.recv(512)
            return True
    except OSError:
        return False


class MailServer(Server):
    """One of them, on ports that were free a moment ago."""

    def __init__(self, name: str, prefix: str, ports: tuple[str, ...]):
        super().__init__(name)
        self.folder = state_folder(prefix)
        self.account = server_account()
        self.ports = dict.fromkeys(ports, 0)

    def start(self):
        for _ in range(5):
            self.ports = {name: free_port() for name in self.ports}
            if len(set(self.ports.values())) == len(self.ports) and self.start_again():
                return self
        raise ServerFailure(f"no free ports for {self.name}")

    def start_again(self) -> bool:
        """On the same ports and data. False: a port was taken."""
        self.write_config()
        log = self.folder / "output.log"
        begin = log.stat().st_size if log.exists() else 0
        self.launch(self.command(), log, self.environment())
        deadline = time.monotonic() + START_LIMIT
        while not self.answers():
            if not self.is_running():
                self.process = None
                said = log.read_bytes()[begin:].decode("utf-8", "replace") + self.log_text()
                if "in use" in said:
                    return False
                raise ServerFailure(f"{self.name} ended at start\n{said}")
            if time.monotonic() > deadline:
                self.kill_group()
                raise ServerFailure(f"{self.name} does not answer\n{self.log_text()}")
            time.sleep(POLL)
        return True

    def environment(self) -> dict:
        return {}

    def log_text(self) -> str:
        return ""

    def stop(self, quickly: bool = False) -> None:
        """Quickly: without a word to its clients, for a folder that goes anyway."""
        try:
            if quickly and self.is_running():
                self.kill_group()
            else:
                self.terminate()
        finally:
            if not os.environ.get("GW_KEEP"):
                shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_) -> None:
        self.stop()


class Dovecot(MailServer):
    """Ports: imap, imaps, pop3, pop3s, sieve, lmtp. `notify` is the URL for news of new mail.

    Its passwords are those of `users`; tokens come from make_token(); the master user is `master` with `msecret`
    (`user1*master` signs in as user1). `introspection` is the URL where it asks about other tokens.
    """

    def __init__(self, users: dict[str, str] | None = None, notify: str = "", extra: str = "", introspection: str = ""):
        super().__init__("dovecot", "gwd", ("imap", "imaps", "pop3", "pop3s", "sieve", "lmtp"))
        self.users, self.notify, self.introspection = users or USERS, notify, introspection
        self.ca = make_certificate(self.folder)
        (self.folder / "masters").write_text("master:{PLAIN}msecret\n")
        (self.folder / "extra.conf").write_text(extra)
        key = self.folder / "keys" / "default" / "HS256" / "default"
        key.parent.mkdir(parents=True)
        key.write_bytes(base64.b64encode(TOKEN_KEY))

    def write_config(self) -> None:
        settings = {f"mail_{name}_port": str(port) for name, port in self.ports.items()}
        users = "\n".join(f"{name} {secret}" for name, secret in self.users.items())
        run_recipe("dovecot", self, mail_users=users, mail_notify=self.notify,
                   mail_introspection=self.introspection, **settings)

    def command(self) -> list[str]:
        return ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]

    def start_again(self) -> bool:
        # After a crash its own pid file makes it believe that it runs.
        with contextlib.suppress(OSError):
            (self.folder / "run" / "master.pid").unlink()
        return super().start_again()

    def answers(self) -> bool:
        return greets(self.ports["imap"], b"* OK", b"a LOGOUT\r\n")

    def log_text(self) -> str:
        log = self.folder / "dovecot.log"
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def doveadm(self, *arguments: str, data: bytes = b"") -> str:
        done = subprocess.run(["doveadm", "-c", str(self.folder / "dovecot.conf"), *arguments], input=data,
                              capture_output=True, timeout=60)
        if done.returncode != 0:
            raise ServerFailure(f"doveadm {arguments}: {done.stderr.decode('utf-8', 'replace')}")
        return done.stdout.decode("utf-8", "replace")

    def save(self, user: str, message: bytes, mailbox: str = "INBOX") -> None:
        """Puts a message into a mailbox, unseen."""
        self.doveadm("save", "-u", user, "-m", mailbox, data=message)

    def script_file(self, login: str, name: str) -> pathlib.Path:
        """Where a Sieve script lies."""
        return self.folder / "mail" / login / "sieve" / f"{name}.sieve"

    def has_connection(self, login: str) -> bool:
        """Whether somebody is signed in as `login`."""
        return login in self.doveadm("who", login)

    def configure(self, extra: str) -> None:
        """Replaces what is added to the configuration, at once."""
        (self.folder / "extra.conf").write_text(extra)
        self.doveadm("reload")


class Exim(MailServer):
    """SMTP with the users of `dovecot`, to whose LMTP it delivers what is for example.test. Ports: smtp, smtps."""

    def __init__(self, dovecot: Dovecot, size_limit: str = "30M", lmtp_port: int = 0):
        super().__init__("exim", "gwe", ("smtp", "smtps"))
        self.dovecot, self.size_limit, self.lmtp_port = dovecot, size_limit, lmtp_port
        self.ca = make_certificate(self.folder)

    def write_config(self) -> None:
        settings = {f"mail_{name}_port": str(port) for name, port in self.ports.items()}
        run_recipe("exim", self, mail_lmtp_port=str(self.lmtp_port or self.dovecot.ports["lmtp"]), mail_dovecot=str(self.dovecot.folder),
                   mail_size_limit=self.size_limit, **settings)

    def command(self) -> list[str]:
        return ["/usr/sbin/exim4", "-C", str(self.folder / "exim.conf"), "-bdf", "-q5s"]

    def answers(self) -> bool:
        return greets(self.ports["smtp"], b"220", b"QUIT\r\n")

    def log_text(self) -> str:
        return "".join(path.read_text("utf-8", "replace") for path in sorted((self.folder / "log").glob("*log")))

    @contextlib.contextmanager
    def fault(self, name: str, content: str = ""):
        """reject, defer (text), slow (seconds); with -data behind it at the end of DATA; open: no sign-in needed. These meet
        everybody who uses this server; reject-only and defer-only (a local part) meet one recipient."""
        switch = self.folder / "ctl" / name
        switch.write_text(content)
        try:
            yield
        finally:
            switch.unlink()


ANYBODY = """\
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={account} gid={group} home={folder}/mail/%n allow_all_users=yes
}}
"""
#: Else a wrong password slows down whoever comes from the same address.
NO_PENALTY = """\
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
"""


#: Rules answer and redirect through an Exim, which knows Dovecot by its name.
SENDING = """\
hostname = dovecot.example.test
submission_host = 127.0.0.1:{port}
"""

#: Deliveries are told of; `mail_plugins` are those of the recipe and the two for this.
NOTIFYING = """\
protocol lmtp {{
  mail_plugins = quota acl notify push_notification sieve
}}
plugin {{
  push_notification_driver = ox:url={url} cache_lifetime=1s user_from_metadata
}}
"""


def anybody(dovecot: Dovecot) -> str:
    """Lines for extra.conf: whoever comes with the password "secret" has a mailbox."""
    account, group = dovecot.account
    return ANYBODY.format(account=account, group=group, folder=dovecot.folder) + NO_PENALTY


class MailPair:
    """A Dovecot and an Exim for a groupware server. Whoever comes with the password "secret" has a mailbox."""

    #: Extensions of IMAP that the server of the mailboxes does not have.
    lacks: frozenset[str] = frozenset()
    #: What the folders of another user lie below.
    others = "shared"
    #: More of Dovecot's configuration.
    settings = ""

    def __init__(self):
        self.tokens = TokenServer()
        self.dovecot = Dovecot(introspection=self.tokens.url)
        (self.dovecot.folder / "extra.conf").write_text(anybody(self.dovecot))
        self.exim: Exim | None = None

    def __enter__(self) -> "MailPair":
        self.tokens.__enter__()
        try:
            self.dovecot.start()
        except BaseException:
            self.tokens.__exit__()
            raise
        try:
            self.exim = self.make_exim().start()
            self.dovecot.configure(anybody(self.dovecot) + SENDING.format(port=self.exim.ports["smtp"]) + self.settings)
        except BaseException:
            self.dovecot.stop(quickly=True)
            self.tokens.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.exim.stop(quickly=True)
        self.dovecot.stop(quickly=True)
        self.tokens.__exit__()

    def tell_of_new_mail(self, url: str) -> None:
        """From now on Dovecot tells there of what is delivered: a groupware server, which was started after it."""
        self.dovecot.configure((self.dovecot.folder / "extra.conf").read_text() + NOTIFYING.format(url=url))

    def make_exim(self) -> Exim:
        return Exim(self.dovecot)

    @property
    def mailboxes(self):
        """The server that keeps them."""
        return self.dovecot

    def add_login(self, login: str) -> None:
        """Before the user comes for the first time."""

    def save(self, login: str, message: bytes, mailbox: str = "INBOX") -> None:
        self.dovecot.save(login, message, mailbox)

    def directives(self) -> str:
        return f"""
GroupwareMailServer imap://127.0.0.1:{self.mailboxes.ports['imap']} tls=starttls ca={self.mailboxes.ca}
GroupwareMailLogin %u.%c
GroupwareTransportServer smtp://127.0.0.1:{self.exim.ports['smtp']} tls=starttls ca={self.exim.ca}
GroupwareSieveServer sieve://127.0.0.1:{self.mailboxes.ports['sieve']} tls=starttls ca={self.mailboxes.ca}
"""


FULL = ("IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS MULTIAPPEND UNSELECT "
        "CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH ESORT WITHIN LIST-STATUS BINARY MOVE PREVIEW "
        "STATUS=SIZE SAVEDATE LITERAL+ SPECIAL-USE QUOTA ACL RIGHTS=texk FILTER=SIEVE").split()
#: Name of the variant: what it lacks.
WITHOUT = {
    "SORT": ["SORT", "SORT=DISPLAY", "ESORT"],
    "SORT=DISPLAY": ["SORT=DISPLAY"],
    "ESEARCH": ["ESEARCH", "ESORT"],
    "THREAD": ["THREAD=REFS", "THREAD=REFERENCES"],
    "REFS": ["THREAD=REFS"],
    "LIST-EXTENDED": ["LIST-EXTENDED", "LIST-STATUS"],
    "LIST-STATUS": ["LIST-STATUS"],
    "SPECIAL-USE": ["SPECIAL-USE"],
    "NAMESPACE": ["NAMESPACE"],
    "UIDPLUS": ["UIDPLUS"],
    "MOVE": ["MOVE"],
    "UIDPLUS-MOVE": ["UIDPLUS", "MOVE"],
    "QUOTA": ["QUOTA"],
    "ACL": ["ACL", "RIGHTS=texk"],
    "LITERAL+": ["LITERAL+"],
    "UNSELECT": ["UNSELECT"],
    "CHILDREN": ["CHILDREN", "LIST-EXTENDED", "LIST-STATUS"],
    "CONDSTORE": ["CONDSTORE", "QRESYNC"],
    "PREVIEW": ["PREVIEW"],
    "SASL-IR": ["SASL-IR"],
}

VARIANTS = """\
listen = {addresses}
mail_max_userip_connections = 100
default_client_limit = 1000
default_process_limit = 200
namespace inbox {{
  mailbox Drafts {{
    auto = no
    special_use =
  }}
  mailbox Spam {{
    auto = no
    special_use =
  }}
  mailbox Trash {{
    auto = no
    special_use =
  }}
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
}}
plugin {{
  quota_rule = *:storage=2M
}}
"""
VARIANT = """\
local {address} {{
  imap_capability = {words}
}}
"""


def variants() -> dict[str, list[str]]:
    sets = {"all": FULL, "none": ["IMAP4rev1"]}
    for name, words in WITHOUT.items():
        sets[f"no-{name}"] = [word for word in FULL if word not in words]
    return sets


def serve_variants() -> int:
    addresses = {name: f"127.0.0.{number}" for number, name in enumerate(variants(), 1)}
    dovecot = Dovecot()
    try:
        (dovecot.folder / "extra.conf").write_text(
            anybody(dovecot) + VARIANTS.format(addresses=", ".join(addresses.values()))
            + "".join(VARIANT.format(address=addresses[name], words=" ".join(words)) for name, words in variants().items()))
        dovecot.start()
        told = {"port": dovecot.ports["imap"], "tls_port": dovecot.ports["imaps"], "ca_file": str(dovecot.ca),
                "password": "secret", "addresses": addresses}
        print("READY", json.dumps(told), flush=True)
        sys.stdin.buffer.read()
    finally:
        dovecot.stop(quickly=True)
    return 0


def run_recipe(kind: str, server: MailServer, **settings: str) -> None:
    account, group = server.account
    done = subprocess.run(["bash", str(RECIPES), kind], capture_output=True, text=True, env={
        **os.environ, "mail_folder": str(server.folder), "mail_account": account, "mail_group": group,
        "mail_tls": "yes", **settings})
    if done.returncode != 0:
        raise ServerFailure(f"mail_recipes.sh {kind}: {done.stderr}")


def missing_programs() -> str:
    wanted = ["dovecot", "/usr/sbin/exim4", "openssl"]
    return " ".join(name for name in wanted if shutil.which(name) is None)


def describe(dovecot: Dovecot, exim: Exim) -> str:
    values = {**dovecot.ports, **exim.ports, "folder": dovecot.folder, "ca": dovecot.ca, "exim_ca": exim.ca,
              "exim_folder": exim.folder}
    values |= {f"token_{user}": make_token(user) for user in dovecot.users}
    values["token_over"] = make_token("user1", -60)
    return " ".join(f"{name}={value}" for name, value in values.items())


def main() -> int:
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    missing = missing_programs()
    if missing:
        print(f"MISSING {missing}", flush=True)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if "--variants" in sys.argv[1:]:
        return serve_variants()
    servers: list[MailServer] = []
    try:
        dovecot = Dovecot({name: "secret" for name in arguments} or USERS)
        servers.append(dovecot)
        servers.append(exim := Exim(dovecot.start(), size_limit="1M"))
        exim.start()
        print("READY", describe(dovecot, exim), flush=True)
        sys.stdin.buffer.read()
    finally:
        for server in reversed(servers):
            server.stop(quickly=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
