"""Administration over HTTP as programs of others do it: SOAP by zeep and PHP, REST by hand."""

import base64
import functools
import http.client
import json
import os
import time
from dataclasses import dataclass

from support.groupware import PASSWORD, PASSWORD_HASH
from support.runner import Skipped

#: All tests of the folder share one server.
DIRECTIVES = "GroupwareProvisioning on\nGroupwareRequestRate 0\n"
MASTER = "oxadminmaster"
#: Users that are made through each face; tests/bench makes 1000, on the disk, and measures.
USERS = int(os.environ.get("GW_PROVISIONED_USERS", "200"))


def need_master(api) -> None:
    api.make("master", "set", "--password-hash", PASSWORD_HASH)


def credentials(login: str, password: str = PASSWORD) -> dict:
    return {"login": login, "password": password}


def user_data(name: str, **more) -> dict:
    return {"name": name, "password": PASSWORD, "display_name": f"{name} Test", "given_name": name, "sur_name": "Test",
            "primaryEmail": f"{name}@example.test", "email1": f"{name}@example.test", **more}


def wsdl_url(api, service: str) -> str:
    return f"http://127.0.0.1:{api.server.port}/webservices/{service}?wsdl"


def zeep_module():
    try:
        import zeep
        import zeep.exceptions
    except ImportError:
        raise Skipped("python3-zeep is missing") from None
    return zeep


@functools.lru_cache(maxsize=16)
def _zeep_client(url: str):
    return zeep_module().Client(url)


def soap(api, service: str):
    """The operations of a service, from its description as it is served."""
    return _zeep_client(wsdl_url(api, service)).service


@dataclass
class RestAnswer:
    status: int
    headers: dict
    body: str

    @property
    def data(self):
        return json.loads(self.body) if self.body else None


class Rest:
    """One connection that is kept."""

    def __init__(self, api, login: str, password: str = PASSWORD):
        self.connection = http.client.HTTPConnection("127.0.0.1", api.server.port, timeout=60)
        token = base64.b64encode(f"{login}:{password}".encode()).decode()
        self.headers = {"Authorization": f"Basic {token}"} if login else {}

    def __call__(self, method: str, path: str, body=None, **headers) -> RestAnswer:
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        text = body if isinstance(body, (str, bytes, type(None))) else json.dumps(body)
        self.connection.request(method, f"/admin/v1/{path}", text, sent)
        answer = self.connection.getresponse()
        return RestAnswer(answer.status, {name.lower(): value for name, value in answer.getheaders()},
                          answer.read().decode())


def print_rate(what: str, count: int, began: float) -> None:
    seconds = time.monotonic() - began
    print(f"      {what}: {count} users in {seconds:.1f} s, {count / seconds:.0f}/s")
