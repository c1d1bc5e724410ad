"""A private Cyrus IMAP for the tests. Its IMAP server is unpacked (cmake/packages.sh), as its package cannot be installed beside
Dovecot's."""

import contextlib
import imaplib
import pathlib
import shutil
import subprocess
import threading

from support.mail_servers import Exim, MailPair, MailServer, greets, make_certificate
from support.servers import ServerFailure, build_folder, give_to

PASSWORD = "secret"
#: Also the realm of its logins.
SERVER_NAME = "dovecot.example.test"

IMAPD_CONF = """\
configdirectory: {folder}/conf
defaultpartition: default
partition-default: {folder}/spool
sievedir: {folder}/sieve
sieve_utf8fileinto: yes
proc_path: {folder}/run/proc
mboxname_lockpath: {folder}/run/lock
lmtpsocket: {folder}/run/lmtp
idlesocket: {folder}/run/idle
cyrus_user: {account}
admins: cyrusadm
proxyservers: master
unixhierarchysep: yes
altnamespace: yes
allowplaintext: yes
servername: {name}
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {folder}/sasldb2
sasl_mech_list: PLAIN LOGIN
autocreate_post: yes
autocreate_quota: 51200
autocreate_inbox_folders: Drafts | Sent | Spam | Trash
xlist-drafts: Drafts
xlist-sent: Sent
xlist-junk: Spam
xlist-trash: Trash
imapidlepoll: 1
delete_mode: immediate
expunge_mode: immediate
virtdomains: off
duplicatesuppression: no
tls_server_cert: {folder}/cert.pem
tls_server_key: {folder}/key.pem
"""
CYRUS_CONF = """\
START {{
  recover cmd="ctl_cyrusdb -C {folder}/imapd.conf -r"
}}
SERVICES {{
  imap cmd="{imapd} -C {folder}/imapd.conf" listen="127.0.0.1:{imap}" prefork=0
  sieve cmd="timsieved -C {folder}/imapd.conf" listen="127.0.0.1:{sieve}" prefork=0
  lmtp cmd="lmtpd -C {folder}/imapd.conf -a" listen="127.0.0.1:{lmtp}" prefork=0
}}
"""
FOLDERS = ("conf/db", "conf/log", "conf/msg", "conf/socket", "conf/proc", "conf/lock", "conf/user", "conf/quota", "run/proc",
           "run/lock", "spool", "sieve")


def imapd() -> pathlib.Path:
    return build_folder() / "cyrus" / "usr" / "lib" / "cyrus" / "bin" / "imapd"


def missing_cyrus() -> str:
    return " ".join([name for name in ("cyrmaster", "saslpasswd2") if shutil.which(name, path="/usr/sbin:/usr/bin") is None]
                    + ([] if imapd().exists() else [str(imapd())]))


class Cyrus(MailServer):
    """Ports: imap, sieve, lmtp. Logins exist once add_login() has made them; the password is "secret". `master` with `msecret` may
    act for all of them (SASL's authorization name)."""

    def __init__(self):
        super().__init__("cyrus", "gwc", ("imap", "sieve", "lmtp"))
        self.ca = make_certificate(self.folder)
        self.lock = threading.Lock()
        self.logins: set[str] = set()
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True)
        self.add_login("cyrusadm")
        self.add_login("master", "msecret")

    def add_login(self, login: str, password: str = PASSWORD) -> None:
        with self.lock:
            if login in self.logins:
                return
            subprocess.run(["saslpasswd2", "-p", "-c", "-f", str(self.folder / "sasldb2"), "-u", SERVER_NAME, login],
                           input=password.encode(), check=True, capture_output=True)
            give_to(self.folder / "sasldb2", self.account)
            self.logins.add(login)
        # The first IMAP login makes the INBOX, without which neither LMTP nor ManageSieve knows the user.
        if self.process:
            with imaplib.IMAP4("127.0.0.1", self.ports["imap"]) as line:
                line.login(login, PASSWORD)

    def write_config(self) -> None:
        values = {"folder": self.folder, "name": SERVER_NAME, "account": self.account[0], "imapd": imapd(), **self.ports}
        (self.folder / "imapd.conf").write_text(IMAPD_CONF.format(**values))
        (self.folder / "cyrus.conf").write_text(CYRUS_CONF.format(**values))
        for path in (self.folder, *self.folder.rglob("*")):
            give_to(path, self.account)

    def send_through(self, port: int) -> None:
        """Answers and redirects of rules go to this SMTP server, for processes that start from now on. Cyrus calls itself localhost
        there, so it has to sign in."""
        with open(self.folder / "imapd.conf", "a") as config:
            config.write(f"smtp_backend: host\nsmtp_host: 127.0.0.1:{port}\n"
                         f"smtp_auth_authname: rules\nsmtp_auth_password: {PASSWORD}\n")

    def command(self) -> list[str]:
        return ["/usr/sbin/cyrmaster", "-D", "-C", str(self.folder / "imapd.conf"), "-M", str(self.folder / "cyrus.conf"),
                "-p", str(self.folder / "run" / "master.pid")]

    def answers(self) -> bool:
        return greets(self.ports["imap"], b"* OK", b"a LOGOUT\r\n")

    def has_connection(self, login: str) -> bool:
        """Whether somebody is signed in as `login`."""
        for path in (self.folder / "run" / "proc").iterdir():
            with contextlib.suppress(FileNotFoundError):
                if login in path.read_text("utf-8", "replace").split("\t"):
                    return True
        return False

    def save(self, login: str, message: bytes, mailbox: str = "INBOX") -> None:
        """Puts a message into a mailbox, unseen."""
        self.add_login(login)
        with imaplib.IMAP4("127.0.0.1", self.ports["imap"]) as line:
            line.login(login, PASSWORD)
            answer = line.append(f'"{mailbox}"', None, None, message)
        if answer[0] != "OK":
            raise ServerFailure(f"APPEND to {mailbox}: {answer}")


class CyrusPair(MailPair):
    """As MailPair, but the mailboxes and the rules are on a Cyrus; Dovecot only tells Exim who may send."""

    lacks = frozenset(["FILTER=SIEVE", "AUTH=XOAUTH2", "AUTH=OAUTHBEARER"])
    others = "Other Users"

    def __init__(self):
        super().__init__()
        self.cyrus = Cyrus()

    def __enter__(self) -> "CyrusPair":
        self.cyrus.start()
        try:
            super().__enter__()
            self.cyrus.send_through(self.exim.ports["smtp"])
        except BaseException:
            self.cyrus.stop(quickly=True)
            raise
        return self

    def __exit__(self, *details) -> None:
        super().__exit__(*details)
        self.cyrus.stop(quickly=True)

    def make_exim(self) -> Exim:
        return Exim(self.dovecot, lmtp_port=self.cyrus.ports["lmtp"])

    def add_login(self, login: str) -> None:
        self.cyrus.add_login(login)

    def save(self, login: str, message: bytes, mailbox: str = "INBOX") -> None:
        self.cyrus.save(login, message, mailbox)

    @property
    def mailboxes(self) -> Cyrus:
        return self.cyrus
