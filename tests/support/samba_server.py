"""A private Active Directory of Samba. Its ports cannot be chosen, so it listens on a loopback address of its own; needs root."""

import base64
import os
import pathlib
import random
import shutil
import socket
import subprocess

from support.mail_servers import MailServer, make_certificate
from support.servers import IS_ROOT, PROJECT, ServerFailure

DOMAIN = "ad.example.test"
BASE = "DC=ad,DC=example,DC=test"
USERS = f"CN=Users,{BASE}"
ADMIN = f"Administrator@{DOMAIN}"
ADMIN_PASSWORD = "Passw0rd.secret"
LDAPS = 636
ENABLED, DISABLED = 512, 514
SETUP = pathlib.Path("/usr/share/samba/setup/provision.ldif")

CONFIG = """\
[global]
netbios name = DC1
realm = AD.EXAMPLE.TEST
workgroup = ADRIG
server role = active directory domain controller
server services = ldap
interfaces = {address}/8
bind interfaces only = yes
private dir = {folder}/private
state directory = {folder}/state
cache directory = {folder}/cache
lock directory = {folder}
binddns dir = {folder}/bind-dns
pid directory = {folder}/run
ncalrpc dir = {folder}/run/ncalrpc
winbindd socket directory = {folder}/run/winbindd
ntp signd socket directory = {folder}/run/ntp
log file = {folder}/samba.log
tls certfile = {folder}/cert.pem
tls keyfile = {folder}/key.pem
tls cafile = {folder}/ca.pem
vfs objects = dfs_samba4 acl_xattr xattr_tdb
posix:eadb = {folder}/eadb.tdb
[sysvol]
path = {folder}/state/sysvol
[netlogon]
path = {folder}/state/sysvol/ad.example.test/scripts
"""


def missing_domain_programs() -> str:
    if not IS_ROOT:
        return "root, for the ports of a domain"
    missing = [name for name in ("samba", "samba-tool", "ldbadd", "ldapmodify", "openssl") if not shutil.which(name)]
    return " ".join(missing + ([] if SETUP.exists() else [str(SETUP)]))


def dn_of(name: str) -> str:
    return f"CN={name},{USERS}"


def password_of(login: str) -> str:
    return f"Secret.{login}1"


def user(login: str, state: int = ENABLED, **more: str) -> str:
    """An entry in LDIF with the password of password_of()."""
    secret = base64.b64encode(f'"{password_of(login)}"'.encode("utf-16-le")).decode()
    values = {"sAMAccountName": login, "userPrincipalName": f"{login}@{DOMAIN}", "displayName": f"{login.capitalize()} Person",
              "givenName": login.capitalize(), "sn": "Person", "mail": f"{login}@example.test",
              "userAccountControl": str(state), **more}
    lines = [f"dn: {dn_of(login)}", "objectClass: user", *(f"{name}: {value}" for name, value in values.items())]
    return "\n".join([*lines, f"unicodePwd:: {secret}"]) + "\n\n"


def group(name: str, *members: str) -> str:
    """Members are names of users and groups that stand before it."""
    lines = [f"dn: {dn_of(name)}", "objectClass: group", f"sAMAccountName: {name}",
             *(f"member: {dn_of(member)}" for member in members)]
    return "\n".join(lines) + "\n\n"


class SambaDomain(MailServer):
    """`entries` are LDIF, loaded before it starts."""

    def __init__(self, entries: str):
        super().__init__("samba", "gwa", ())
        self.address = self.free_address()
        self.ca = make_certificate(self.folder, self.address)
        # Samba takes no key that is somebody else's.
        os.chown(self.folder / "key.pem", 0, 0)
        (self.folder / "key.pem").chmod(0o600)
        options = [f"--option={line}" for line in CONFIG.format(folder=self.folder, address=self.address).splitlines()
                   if line.startswith(("interfaces", "bind interfaces", "server services", "vfs objects", "posix:eadb"))]
        self.run("samba-tool", "domain", "provision", f"--targetdir={self.folder}", f"--realm={DOMAIN.upper()}",
                 "--domain=ADRIG", "--server-role=dc", "--dns-backend=NONE", f"--adminpass={ADMIN_PASSWORD}",
                 "--host-name=dc1", f"--host-ip={self.address}", *options)
        self.write_config()
        (self.folder / "run").mkdir(exist_ok=True)
        modules = next(pathlib.Path("/usr/lib").glob("*/samba/ldb"), None)
        self.run("ldbadd", "-H", str(self.folder / "private" / "sam.ldb"), text=entries, LDB_MODULES_PATH=str(modules))

    @staticmethod
    def free_address() -> str:
        for _ in range(20):
            address = f"127.{random.randrange(16, 250)}.{random.randrange(1, 250)}.{random.randrange(2, 250)}"
            with socket.socket() as probe:
                if probe.connect_ex((address, LDAPS)) != 0:
                    return address
        raise ServerFailure("no free loopback address")

    def write_config(self) -> None:
        (self.folder / "etc").mkdir(exist_ok=True)
        (self.folder / "etc" / "smb.conf").write_text(CONFIG.format(folder=self.folder, address=self.address))

    def start(self):
        if not self.start_again():
            raise ServerFailure(f"{self.address} is taken")
        return self

    def command(self) -> list[str]:
        return ["samba", "-F", "-M", "single", "--no-process-group", "-s", str(self.folder / "etc" / "smb.conf")]

    def answers(self) -> bool:
        try:
            socket.create_connection((self.address, LDAPS), timeout=5).close()
            return True
        except OSError:
            return False

    def run(self, program: str, *arguments: str, text: str = "", **environment: str) -> str:
        done = subprocess.run([shutil.which(program), *arguments], input=text, capture_output=True, text=True, timeout=120,
                              env=os.environ | environment)
        if done.returncode != 0:
            raise ServerFailure(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def modify(self, ldif: str) -> None:
        """As the domain's administrator."""
        self.run("ldapmodify", "-a", "-x", "-H", f"ldaps://{self.address}", "-D", ADMIN, "-w", ADMIN_PASSWORD, text=ldif,
                 LDAPTLS_CACERT=str(self.ca))

    def replace(self, name: str, **values: str) -> None:
        changes = "-\n".join(f"replace: {attribute}\n{attribute}: {value}\n" for attribute, value in values.items())
        self.modify(f"dn: {dn_of(name)}\nchangetype: modify\n{changes}\n")

    def directives(self, *, login: str = "", intake: str = "", books: str = "") -> str:
        """Lines of httpd.conf with the shipped mapping. Each is the words behind the name in that directive."""
        lines = [f"GroupwareDirectory ad ldaps://{self.address} base={BASE} ca={self.ca}",
                 f"GroupwareDirectoryAccount ad {ADMIN} {ADMIN_PASSWORD}",
                 f"GroupwareDirectoryMapping ad {PROJECT / 'conf' / 'ldap' / 'active-directory.conf'}"]
        for directive, words in (("Login", login), ("Import", intake), ("Book", books)):
            if words:
                lines.append(f"GroupwareDirectory{directive} ad {words}")
        return "\n".join(lines) + "\n"


__all__ = ["DISABLED", "DOMAIN", "ENABLED", "SambaDomain", "dn_of", "group", "missing_domain_programs", "password_of", "user"]
