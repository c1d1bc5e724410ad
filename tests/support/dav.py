"""WebDAV for tests: the location, and a client that speaks plain requests."""

import base64
import pathlib
import shutil
import subprocess
import urllib.parse
import xml.etree.ElementTree as etree
from dataclasses import dataclass, field

from support.client import Answer, HttpClient
from support.groupware import PASSWORD, Tenant
from support.runner import Skipped

ROOT = "/servlet/webdav.infostore"
MODULES = ("dav", "auth_basic", "authn_core", "authz_user")
# mod_dav and mod_auth_basic write a line at the level of errors for everything that they refuse.
DIRECTIVES = f"""
LogLevel dav:crit auth_basic:crit
<Location {ROOT}>
  DAV groupware
  AuthType Basic
  AuthName Files
  AuthBasicProvider groupware
  Require valid-user
</Location>
"""
NAMES = {"D": "DAV:"}


def quote(path: str) -> str:
    """A path of names as it stands in a request line."""
    return urllib.parse.quote(path, safe="/")


@dataclass
class Found:
    """One response of a multistatus: properties by name without DAV's namespace, those of others as {namespace}name."""

    path: str
    properties: dict[str, etree.Element] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def text(self, name: str) -> str | None:
        found = self.properties.get(name)
        return None if found is None else found.text

    @property
    def is_collection(self) -> bool:
        kind = self.properties.get("resourcetype")
        return kind is not None and kind.find("D:collection", NAMES) is not None


def parse_multistatus(answer: Answer) -> list[Found]:
    """In the order of the answer; paths decoded and below ROOT."""
    assert answer.status == 207, f"{answer.request}: {answer.status} {answer.text[:300]}"
    all_found = []
    for response in etree.fromstring(answer.body).findall("D:response", NAMES):
        href = urllib.parse.urlsplit(response.findtext("D:href", None, NAMES)).path
        found = Found(urllib.parse.unquote(href).removeprefix(ROOT))
        for part in response.findall("D:propstat", NAMES):
            is_good = " 200 " in part.findtext("D:status", "", NAMES) + " "
            for element in part.find("D:prop", NAMES):
                name = element.tag.removeprefix("{DAV:}")
                if is_good:
                    found.properties[name] = element
                else:
                    found.missing.add(name)
        all_found.append(found)
    return all_found


LOCK_INFO = ('<?xml version="1.0"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:{scope}/></D:lockscope>'
             "<D:locktype><D:write/></D:locktype>{owner}</D:lockinfo>")


class DavClient(HttpClient):
    """Paths are below ROOT and not encoded."""

    def __init__(self, port: int, user: str, password: str = PASSWORD):
        super().__init__(port)
        self.authorization = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def send(self, method: str, path: str, body: bytes | None = None, **headers) -> Answer:
        """Keywords are headers, `If_Match="x"`."""
        all_headers = {"Authorization": self.authorization}
        all_headers.update({name.replace("_", "-"): value for name, value in headers.items()})
        return self.request(method, ROOT + quote(path), body, all_headers)

    def put(self, path: str, content: bytes, **headers) -> Answer:
        return self.send("PUT", path, content, **headers)

    def transfer(self, method: str, path: str, target: str, **headers) -> Answer:
        """COPY and MOVE."""
        return self.send(method, path, Destination=f"http://127.0.0.1:{self.port}{ROOT}{quote(target)}", **headers)

    def propfind(self, path: str, depth: str = "0", names: list[str] | None = None) -> list[Found]:
        """`names` are XML of empty elements: `<D:getetag/>`."""
        body = None
        if names is not None:
            body = ('<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:prop>' + "".join(names) +
                    "</D:prop></D:propfind>").encode()
        return parse_multistatus(self.send("PROPFIND", path, body, Depth=depth))

    def list(self, path: str) -> list[str]:
        """The names in a collection, sorted; collections end with a slash."""
        inside = [one for one in self.propfind(path, "1", ["<D:resourcetype/>"]) if one.path.rstrip("/") != path.rstrip("/")]
        return sorted(one.path.rstrip("/").rsplit("/", 1)[1] + ("/" if one.is_collection else "") for one in inside)

    def lock(self, path: str, scope: str = "exclusive", owner: str = "<D:owner>me</D:owner>", **headers) -> str:
        """The token."""
        answer = self.send("LOCK", path, LOCK_INFO.format(scope=scope, owner=owner).encode(), **headers)
        assert answer.status == 200, f"{answer.request}: {answer.status} {answer.text[:300]}"
        return answer.headers["Lock-Token"].strip("<>")

    def unlock(self, path: str, token: str) -> Answer:
        return self.send("UNLOCK", path, Lock_Token=f"<{token}>")

    def proppatch(self, path: str, store: str = "", remove: str = "", **headers) -> Answer:
        """`store` and `remove` are what stands inside of <prop>."""
        body = '<?xml version="1.0"?><D:propertyupdate xmlns:D="DAV:">'
        body += f"<D:set><D:prop>{store}</D:prop></D:set>" if store else ""
        body += f"<D:remove><D:prop>{remove}</D:prop></D:remove>" if remove else ""
        return self.send("PROPPATCH", path, (body + "</D:propertyupdate>").encode(), **headers)


def home(api: Tenant, number: int = 1) -> str:
    """The path of a user's own files, as it appears in the tree."""
    return f"/Userstore/User{number} Test"


def client(api: Tenant, number: int = 1) -> DavClient:
    api.user(number)
    made = DavClient(api.server.port, api.login_name(f"user{number}"))
    api.all_clients.append(made)
    return made


def url(api: Tenant, path: str = "/") -> str:
    return f"http://127.0.0.1:{api.server.port}{ROOT}{quote(path)}"


def need(program: str) -> str:
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if found is None:
        raise Skipped(f"{program} is not installed")
    return found


def run(*command, folder: pathlib.Path | None = None, environment: dict | None = None, text: str | None = None,
        timeout: float = 120) -> subprocess.CompletedProcess:
    """Raises with what the program said when it fails."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=timeout, cwd=folder,
                          env=environment, input=text)
    assert done.returncode == 0, f"{command[0]}: exit code {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done
