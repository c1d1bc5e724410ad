#!/usr/bin/python3
"""A private Dovecot for unit tests: IMAP on free ports of the loopback, everything in a folder that is gone afterwards.

Any user name signs in with the password "secret" and gets a mailbox of its own on first use. Each address of `addresses`
announces another set of extensions, because Dovecot reads settings by local address: "all", "none" (bare IMAP4rev1), and
"no-X" for each X of WITHOUT. It obeys commands it does not announce, so this shows that the client keeps to what is
announced.

    mail_server.py     prints "READY {json}" or "MISSING why", serves until its standard input ends
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

START_LIMIT = 15
FULL = ("IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS MULTIAPPEND UNSELECT "
        "CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH ESORT WITHIN LIST-STATUS BINARY MOVE PREVIEW "
        "STATUS=SIZE SAVEDATE LITERAL+ SPECIAL-USE QUOTA ACL RIGHTS=texk").split()
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

CONFIG = """
base_dir = {state}/run
state_dir = {state}/run
instance_name = {name}
log_path = {state}/dovecot.log
listen = {addresses}
protocols = imap
ssl = yes
ssl_cert = <{state}/cert.pem
ssl_key = <{state}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={state}/mail/%n
}}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_plugins = quota acl
mail_max_userip_connections = 100
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = create
  }}
}}
namespace shared {{
  type = shared
  prefix = shared/%%n/
  separator = /
  subscriptions = no
  list = children
  location = maildir:{state}/mail/%%n/Maildir:INDEXPVT=~/shared/%%n
}}
default_client_limit = 1000
default_process_limit = 200
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
protocol imap {{
  mail_plugins = quota acl imap_quota imap_acl
}}
plugin {{
  quota = maildir:User quota
  quota_rule = *:storage=2M
  acl = vfile
  acl_shared_dict = file:{state}/mail/shared-mailboxes.db
}}
{users}
"""
VARIANT = """
local {address} {{
  imap_capability = {words}
}}
"""
PLAIN_USER = """
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
service imap-login {{
  chroot =
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def variants() -> dict[str, list[str]]:
    sets = {"all": FULL, "none": ["IMAP4rev1"]}
    for name, words in WITHOUT.items():
        sets[f"no-{name}"] = [word for word in FULL if word not in words]
    return sets


class MailServer:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gwmail-", dir="/tmp"))
        self.process: subprocess.Popen | None = None
        self.port, self.tls_port = free_port(), free_port()
        self.addresses = {name: f"127.0.0.{number}" for number, name in enumerate(variants(), 1)}

    def start(self) -> None:
        self.folder.chmod(0o755)
        is_root = os.geteuid() == 0
        user = "nobody" if is_root else str(os.geteuid())
        group = "nogroup" if is_root else str(os.getegid())
        for name in ("run", "mail"):
            (self.folder / name).mkdir()
        if is_root:
            shutil.chown(self.folder / "mail", user, group)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(self.folder / "key.pem"),
                        "-out", str(self.folder / "cert.pem")], check=True, capture_output=True)
        users = "" if is_root else PLAIN_USER.format(user=user, group=group)
        config = CONFIG.format(state=self.folder, name=self.folder.name, addresses=", ".join(self.addresses.values()), user=user,
                               group=group, port=self.port, tls_port=self.tls_port, users=users)
        config += "".join(VARIANT.format(address=self.addresses[name], words=" ".join(words)) for name, words in variants().items())
        (self.folder / "dovecot.conf").write_text(config)
        self.process = subprocess.Popen(["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
        self.wait_for_greeting()

    def wait_for_greeting(self) -> None:
        """An open port is not enough: Dovecot listens before it can answer."""
        for _ in range(START_LIMIT * 20):
            if self.process.poll() is not None:
                raise RuntimeError(self.process.stderr.read().decode(errors="replace").strip())
            try:
                with socket.create_connection(("127.0.0.1", self.port), START_LIMIT) as connection:
                    if connection.recv(4096).startswith(b"* OK"):
                        connection.sendall(b"A LOGOUT\r\n")
                        return
            except ConnectionRefusedError:
                try:
                    self.process.wait(0.05)
                except subprocess.TimeoutExpired:
                    continue
        raise RuntimeError("no greeting")

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            # Sessions that are signed in would go on after the master is gone.
            os.killpg(self.process.pid, 9)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def describe(self) -> str:
        return json.dumps({"port": self.port, "tls_port": self.tls_port, "ca_file": str(self.folder / "cert.pem"),
                           "password": "secret", "addresses": self.addresses})


def main() -> int:
    if shutil.which("dovecot") is None:
        print("MISSING dovecot-imapd", flush=True)
        return 0
    server = MailServer()
    try:
        server.start()
        print(f"READY {server.describe()}", flush=True)
        sys.stdin.read()
    except RuntimeError as problem:
        print(f"MISSING {problem}", flush=True)
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
