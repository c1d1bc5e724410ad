"""A private slapd for the tests, over TLS with an authority of its own."""

import base64
import pathlib
import shutil
import socket
import subprocess
import uuid

from support.mail_servers import MailServer, make_certificate
from support.servers import IS_ROOT, PROJECT, ServerFailure, give_to

BASE = "dc=example,dc=test"
ADMIN = f"cn=admin,{BASE}"
SERVICE = f"cn=groupware,ou=services,{BASE}"
ACCOUNT = ("openldap", "openldap")

CONFIG = """\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
# The forms of Active Directory, as far as mappings read them.
attributetype ( 1.3.6.1.4.1.4203.666.1.901 NAME 'objectGUID' SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.4203.666.1.902 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.4203.666.1.903 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.4203.666.1.904 NAME 'uSNChanged' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.4203.666.1.905 NAME 'thumbnailPhoto' SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.4203.666.3.901 NAME 'adForms' SUP top AUXILIARY
  MAY ( objectGUID $ sAMAccountName $ userAccountControl $ uSNChanged $ thumbnailPhoto ) )
pidfile {folder}/run/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile {folder}/ca.pem
TLSCertificateFile {folder}/cert.pem
TLSCertificateKeyFile {folder}/key.pem
sizelimit size.soft=500 size.hard=500 size.prtotal=unlimited
loglevel none
{extra}
database mdb
suffix {base}
rootdn {admin}
rootpw secret
directory {folder}/db
maxsize 268435456
dbnosync
index objectClass eq
index uid,mail,cn,member,entryUUID eq
access to attrs=userPassword by self write by anonymous auth by * none
access to dn.base="" by * read
access to * by dn.exact="{service}" read by self read by * none
"""

TREE = """\
dn: {base}
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ou=services,{base}
objectClass: organizationalUnit
ou: services

dn: ou=people,{base}
objectClass: organizationalUnit
ou: people

dn: ou=groups,{base}
objectClass: organizationalUnit
ou: groups

dn: ou=rooms,{base}
objectClass: organizationalUnit
ou: rooms

dn: {service}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: groupware
userPassword: service-secret

"""


def missing_directory_programs() -> str:
    return " ".join(name for name in ("slapd", "slapadd", "ldapmodify", "openssl") if not find(name))


def find(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def person(login: str, given: str = "", family: str = "", **more: str) -> str:
    """An entry in LDIF; its password is "secret-" and the login."""
    given, family = given or login.capitalize(), family or "Person"
    values = {"cn": f"{given} {family}", "sn": family, "givenName": given, "displayName": f"{given} {family}",
              "mail": f"{login}@example.test", "userPassword": f"secret-{login}", **more}
    lines = [f"dn: uid={login},ou=people,{BASE}", "objectClass: inetOrgPerson", f"uid: {login}"]
    return "\n".join(lines + [f"{name}: {value}" for name, value in values.items()]) + "\n\n"


def dn_of(login: str) -> str:
    return f"uid={login},ou=people,{BASE}"


def group(name: str, *members: str) -> str:
    """Members are distinguished names."""
    lines = [f"dn: cn={name},ou=groups,{BASE}", "objectClass: groupOfNames", f"cn: {name}",
             *(f"member: {member}" for member in members or (ADMIN,))]
    return "\n".join(lines) + "\n\n"


class Slapd(MailServer):
    """Ports: ldap, ldaps. `people` are entries in LDIF, loaded before it starts. Nobody may search but the service."""

    def __init__(self, people: str = "", extra: str = ""):
        super().__init__("slapd", "gwl", ("ldap", "ldaps"))
        self.extra = extra
        self.ca = make_certificate(self.folder)
        for name in ("db", "run"):
            (self.folder / name).mkdir()
        self.write_config()
        (self.folder / "base.ldif").write_text(TREE.format(base=BASE, service=SERVICE) + people)
        self.run("slapadd", "-q", "-f", str(self.folder / "slapd.conf"), "-l", str(self.folder / "base.ldif"))
        for path in (self.folder / "db", self.folder / "run", self.folder / "key.pem", *(self.folder / "db").iterdir()):
            self.give(path)

    @staticmethod
    def give(path: pathlib.Path) -> None:
        if IS_ROOT:
            give_to(path, ACCOUNT)

    def write_config(self) -> None:
        (self.folder / "slapd.conf").write_text(
            CONFIG.format(folder=self.folder, base=BASE, admin=ADMIN, service=SERVICE, extra=self.extra))

    def command(self) -> list[str]:
        account = ["-u", ACCOUNT[0], "-g", ACCOUNT[1]] if IS_ROOT else []
        return [find("slapd"), "-d", "0", "-f", str(self.folder / "slapd.conf"), *account,
                "-h", f"ldap://127.0.0.1:{self.ports['ldap']}/ ldaps://127.0.0.1:{self.ports['ldaps']}/"]

    def answers(self) -> bool:
        try:
            for port in self.ports.values():
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return True
        except OSError:
            return False

    def run(self, program: str, *arguments: str, text: str = "") -> str:
        done = subprocess.run([find(program), *arguments], input=text, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise ServerFailure(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def modify(self, ldif: str) -> None:
        """As the directory's administrator; entries without changetype are added."""
        self.run("ldapmodify", "-a", "-x", "-H", f"ldap://127.0.0.1:{self.ports['ldap']}", "-D", ADMIN, "-w", "secret",
                 text=ldif)

    def replace(self, dn: str, **values: str) -> None:
        changes = "-\n".join(f"replace: {name}\n{name}: {value}\n" for name, value in values.items())
        self.modify(f"dn: {dn}\nchangetype: modify\n{changes}\n")

    def rename(self, dn: str, rdn: str, superior: str = "") -> None:
        above = f"newsuperior: {superior}\n" if superior else ""
        self.modify(f"dn: {dn}\nchangetype: modrdn\nnewrdn: {rdn}\ndeleteoldrdn: 1\n{above}\n")

    def delete(self, dn: str) -> None:
        self.modify(f"dn: {dn}\nchangetype: delete\n\n")

    def url(self, scheme: str = "ldaps") -> str:
        return f"{scheme}://127.0.0.1:{self.ports[scheme]}"

    def directives(self, *, name: str = "corp", urls: str = "", words: str = "", mapping: pathlib.Path | None = None,
                   login: str = "", intake: str = "") -> str:
        """Lines of httpd.conf. `login` and `intake` are the words behind the name in those directives."""
        mapping = mapping or PROJECT / "conf" / "ldap" / "inetorgperson.conf"
        lines = [f"GroupwareDirectory {name} {urls or self.url()} base={BASE} ca={self.ca} {words}",
                 f"GroupwareDirectoryAccount {name} {SERVICE} service-secret",
                 f"GroupwareDirectoryMapping {name} {mapping}"]
        if login:
            lines.append(f"GroupwareDirectoryLogin {name} {login}")
        if intake:
            lines.append(f"GroupwareDirectoryImport {name} {intake}")
        return "\n".join(lines) + "\n"


def guid_text(value: uuid.UUID) -> str:
    """As LDIF writes the bytes of Microsoft's order."""
    return base64.b64encode(value.bytes_le).decode()


__all__ = ["ADMIN", "BASE", "SERVICE", "Slapd", "dn_of", "group", "guid_text", "missing_directory_programs", "person"]
