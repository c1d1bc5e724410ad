"""The end point where mail servers tell of new mail: who may, and what it takes. What becomes of the news: push/new_mail_test.py."""

import base64
import json

END_POINT = "/preliminary/http-notify/v1/notify"
DIRECTIVES = f"""
GroupwareMailNotify dovecot news-secret
<Location {END_POINT}>
  SetHandler groupware-mail-notify
</Location>
"""
NEWS = {"event": "messageNew", "folder": "INBOX", "imap-uidvalidity": 1, "imap-uid": 2}


def tell(api, body, secret: str | None = "news-secret", method: str = "PUT"):
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if secret is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(f"dovecot:{secret}".encode()).decode()
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return api.anonymous().request(method, END_POINT, data, headers)


def test_news_are_taken_whether_the_user_exists_or_not(api):
    for user in (f"{api.user(1).user_id}@{api.context_id}", f"9999@{api.context_id}", "3@999999", "nobody"):
        answer = tell(api, {"user": user, **NEWS})
        assert (answer.status, answer.body) == (200, b""), answer.text


def test_only_the_mail_server_is_heard(api):
    news = {"user": "3@1", **NEWS}
    answer = tell(api, news, None)
    assert answer.status == 401 and answer.headers["WWW-Authenticate"].startswith("Basic "), answer.headers
    assert tell(api, news, "guess").status == 401
    assert tell(api, b"x" * 100_000, "guess").status == 401


def test_what_is_no_news_is_refused(api):
    for body in (b"", b"{", b"[]", b'{"user":"3@1"}', b'{"event":"messageNew"}', b"\xff"):
        assert tell(api, body).status == 400, body
    assert tell(api, b"x" * (64 * 1024 + 1)).status == 413
    assert tell(api, {"user": "3@1", "padding": "x" * 65_000, **NEWS}).status == 200


def test_nothing_but_put_is_answered(api):
    for method in ("GET", "POST", "DELETE"):
        answer = tell(api, b"", method=method)
        assert answer.status == 405 and answer.headers["Allow"] == "PUT", (method, answer.headers)
