"""A client of the HTTP API with a cookie jar. Every JSON answer it gets is held against the contract (contract.py)."""

import email.message
import http.client
import itertools
import json
import re
import threading
import urllib.parse
import uuid
from dataclasses import dataclass, field

from support import contract

# The server limits requests per address and User-Agent; all tests share one address.
_agent_numbers = itertools.count(1)
_agent_lock = threading.Lock()


def fresh_user_agent() -> str:
    with _agent_lock:
        return f"groupware-test/{next(_agent_numbers)}"


class ClientFailure(AssertionError):
    """The answer is not what the caller insisted on."""


@dataclass
class Answer:
    """What came back. `headers` ignores case."""

    status: int
    headers: email.message.Message
    body: bytes
    request: str
    _json: object = field(default=None, repr=False)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media_type(self) -> str:
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()

    @property
    def json(self):
        """The parsed body; of a callback page, the envelope in its script."""
        if self._json is None:
            text = self.text
            if self.media_type == "text/html":
                begin, end = text.find("({"), text.rfind("})")
                if begin < 0 or end < begin:
                    raise ClientFailure(f"{self.request}: no callback page: {text[:500]}")
                text = text[begin + 1 : end + 1]
            try:
                self._json = json.loads(text)
            except ValueError as error:
                raise ClientFailure(f"{self.request}: {self.status}, no JSON: {text[:500]}") from error
        return self._json

    @property
    def callback(self) -> str:
        """Name of the function that a callback page calls."""
        found = re.search(r"callback_\w+", self.text)
        if not found:
            raise ClientFailure(f"{self.request}: no callback page: {self.text[:500]}")
        return found.group()

    @property
    def data(self):
        """`data` of a success; fails for an error."""
        if self.status != 200:
            raise ClientFailure(f"{self.request}: status {self.status}: {self.text[:500]}")
        envelope = self.json
        if "error" in envelope:
            raise ClientFailure(f"{self.request}: {envelope.get('code')}: {envelope['error']} ({envelope.get('error_desc')})")
        return envelope.get("data")

    @property
    def timestamp(self) -> int:
        self.data  # an error has none
        return self.json["timestamp"]

    @property
    def code(self) -> str | None:
        """Error code such as CON-0119, or None for a success."""
        return self.json.get("code") if isinstance(self.json, dict) else None

    def expect_error(self, code: str) -> dict:
        """The envelope of the error `code`; anything else fails."""
        if self.code != code:
            raise ClientFailure(f"{self.request}: expected {code}, got {self.status} {self.text[:500]}")
        return self.json


class HttpClient:
    """Keeps one connection and the cookies of one browser. Not for use by several threads."""

    def __init__(self, port: int, user_agent: str | None = None, timeout: float = 60):
        self.port, self.timeout = port, timeout
        self.user_agent = user_agent or fresh_user_agent()
        self.cookies: dict[str, str] = {}
        self.connection: http.client.HTTPConnection | None = None

    def close(self) -> None:
        if self.connection:
            self.connection.close()
            self.connection = None

    def request(self, method: str, target: str, body: bytes | None = None, headers: dict | None = None) -> Answer:
        all_headers = {"User-Agent": self.user_agent}
        if self.cookies:
            all_headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        all_headers.update(headers or {})
        for is_last_try in (False, True):
            is_fresh = self.connection is None
            if is_fresh:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            try:
                self.connection.request(method, target, body, all_headers)
                raw = self.connection.getresponse()
                content = raw.read()
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # A kept connection may be closed by the server at any time; then nothing was answered on it.
                self.close()
                if is_fresh or is_last_try:
                    raise
        if raw.will_close:
            self.close()
        self._keep_cookies(raw.headers)
        return Answer(raw.status, raw.headers, content, f"{method} {target}")

    def _keep_cookies(self, headers: email.message.Message) -> None:
        for line in headers.get_all("Set-Cookie") or []:
            pair, *attributes = [part.strip() for part in line.split(";")]
            name, _, value = pair.partition("=")
            gone = any(a.lower() == "max-age=0" or "1970" in a for a in attributes)
            if gone:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value


class ApiClient(HttpClient):
    """Calls actions of the API: `client.get("contacts", action="all", folder=6, columns="1,20")`.

    After `login` the session parameter is added to each call; `session=None` leaves it out.
    """

    def __init__(self, port: int, root: str = "/ajax", user_agent: str | None = None):
        super().__init__(port, user_agent)
        self.root = root
        self.session: str | None = None
        self.user_id = 0
        self.context_id = 0
        self.password = ""

    def login(self, user: str, password: str, **parameters) -> Answer:
        """Logs in; fails when the server refuses. `try_login` gives the refusal back."""
        answer = self.try_login(user, password, **parameters)
        if not isinstance(answer.json, dict) or "session" not in answer.json:
            raise ClientFailure(f"login of {user}: {answer.status} {answer.text[:500]}")
        self.session, self.password = answer.json["session"], password
        self.user_id, self.context_id = answer.json["user_id"], answer.json["context_id"]
        return answer

    def try_login(self, user: str, password: str, **parameters) -> Answer:
        return self.form("login", {"name": user, "password": password}, action="login", session=None, **parameters)

    def target(self, module: str, parameters: dict) -> str:
        if "session" not in parameters and self.session:
            parameters = {"session": self.session, **parameters}
        pairs = {name: _text(value) for name, value in parameters.items() if value is not None}
        query = urllib.parse.urlencode(pairs)
        return f"{self.root}/{module}" + (f"?{query}" if query else "")

    def call(self, method: str, module: str, parameters: dict, body: bytes | None = None,
             headers: dict | None = None) -> Answer:
        answer = self.request(method, self.target(module, parameters), body, headers)
        contract.check(method, module, parameters, answer, body)
        return answer

    def get(self, module: str, /, headers: dict | None = None, **parameters) -> Answer:
        return self.call("GET", module, parameters, None, headers)

    def put(self, module: str, /, body=None, headers: dict | None = None, **parameters) -> Answer:
        """`body` is sent as JSON; bytes go out as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.call("PUT", module, parameters, data,
                         {"Content-Type": "text/javascript; charset=UTF-8", **(headers or {})})

    def form(self, module: str, /, fields: dict, headers: dict | None = None, **parameters) -> Answer:
        data = urllib.parse.urlencode({name: _text(value) for name, value in fields.items()}).encode()
        return self.call("POST", module, parameters, data,
                         {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def multipart(self, module: str, /, fields: dict, files: dict, headers: dict | None = None, **parameters) -> Answer:
        """`files`: field name to (file name, media type, bytes)."""
        boundary = uuid.uuid4().hex
        parts = [_part(boundary, f'name="{name}"', "text/plain; charset=UTF-8", _text(value).encode())
                 for name, value in fields.items()]
        parts += [_part(boundary, f'name="{name}"; filename="{file_name}"', media_type, data)
                  for name, (file_name, media_type, data) in files.items()]
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        return self.call("POST", module, parameters, body,
                         {"Content-Type": f"multipart/form-data; boundary={boundary}", **(headers or {})})

    def multiple(self, calls: list[dict], **parameters) -> list:
        answer = self.put("multiple", calls, **parameters)
        if answer.status != 200 or not isinstance(answer.json, list):
            raise ClientFailure(f"multiple: {answer.status} {answer.text[:500]}")
        return answer.json

    def config(self, path: str):
        """A value of the module config, such as folder/contacts."""
        return self.get(f"config/{path}").data

    def logout(self) -> Answer:
        answer = self.get("login", action="logout")
        self.session = None
        return answer


def _part(boundary: str, disposition: str, media_type: str, data: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: {media_type}\r\n\r\n"
    return head.encode() + data + b"\r\n"


def _text(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(_text(item) for item in value)
    return str(value)
