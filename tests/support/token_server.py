"""Tokens of an authorization server that mail servers ask about them (RFC 7662): opaque words, so nobody knows what they are worth
without asking."""

import http.server
import json
import secrets
import threading
import time
import urllib.parse


class TokenServer:
    def __init__(self):
        self.known: dict[str, dict] = {}
        #: Tokens that somebody asked about.
        self.asked: list[str] = []
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802
                fields = urllib.parse.parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
                body = json.dumps(owner.describe(fields.get("token", [""])[0])).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/introspect"

    def issue(self, user: str, lifetime: int = 3600) -> str:
        token = secrets.token_urlsafe(24)
        self.known[token] = {"username": user, "exp": int(time.time()) + lifetime}
        return token

    def describe(self, token: str) -> dict:
        self.asked.append(token)
        known = self.known.get(token)
        if known is None or known["exp"] <= time.time():
            return {"active": False}
        return {"active": True, **known}

    def __enter__(self) -> "TokenServer":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
