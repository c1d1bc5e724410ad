"""Scheduling mails for tests: as other programs write them, and what left this server for mailboxes elsewhere."""

import base64
import email
import email.policy
import imaplib
import pathlib
import quopri
import re
import uuid

from support.groupware import PASSWORD
from support.servers import wait_until

MESSAGES = pathlib.Path(__file__).resolve().parents[1] / "data" / "invitations"
INBOX = "default0/INBOX"

#: How each program puts its message into a mail: transfer encoding, and the file beside it.
SHAPES = {
    "google": ("7bit", "application/ics"),
    "outlook": ("base64", None),
    "apple": ("quoted-printable", None),
    "thunderbird": ("quoted-printable", "application/ics"),
}


def message(client: str, method: str, **values) -> str:
    """The text of tests/data/invitations with the values of the test."""
    text = (MESSAGES / f"{client}-{method}.ics").read_text("utf-8").replace("\r\n ", "").replace("\n ", "")
    known = {"organizer": "boss@far.test", "attendee": "guest@far.test", "uid": "foreign-1", "sequence": 0,
             "stamp": "20240601T100000Z", "start": "20300701T090000", "end": "20300701T100000", "partstat": "ACCEPTED"}
    for name, value in {**known, **values}.items():
        text = text.replace(f"@{name.upper()}@", str(value))
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def encoded(text: str, encoding: str) -> str:
    data = text.encode()
    if encoding == "base64":
        return base64.encodebytes(data).decode().replace("\n", "\r\n")
    if encoding == "quoted-printable":
        return quopri.encodestring(data.replace(b"\r\n", b"\n")).decode().replace("\n", "\r\n")
    return text


def mail(client: str, method: str, sender: str, recipient: str, message_id: str = "", **values) -> bytes:
    """A whole mail of that program."""
    encoding, file_type = SHAPES[client]
    text = message(client, method, **values)
    calendar = (f'Content-Type: text/calendar; charset="UTF-8"; method={method.upper()}\r\n'
                f"Content-Transfer-Encoding: {'8bit' if encoding == '7bit' else encoding}\r\n\r\n{encoded(text, encoding)}\r\n")
    words = "Content-Type: text/plain; charset=UTF-8\r\n\r\nSee the calendar.\r\n"
    body = f"--inner\r\n{words}\r\n--inner\r\n{calendar}\r\n--inner--\r\n"
    head = 'Content-Type: multipart/alternative; boundary="inner"\r\n\r\n'
    if file_type:
        file = (f'Content-Type: {file_type}; name="invite.ics"\r\nContent-Disposition: attachment; filename="invite.ics"\r\n'
                f"Content-Transfer-Encoding: base64\r\n\r\n{encoded(text, 'base64')}\r\n")
        body = f"--outer\r\n{head}{body}\r\n--outer\r\n{file}\r\n--outer--\r\n"
        head = 'Content-Type: multipart/mixed; boundary="outer"\r\n\r\n'
    return (f"From: <{sender}>\r\nTo: <{recipient}>\r\nSubject: Quarterly review\r\nDate: Sat, 01 Jun 2024 10:00:00 +0000\r\n"
            f"Message-ID: {message_id or f'<{uuid.uuid4()}@far.test>'}\r\nMIME-Version: 1.0\r\n{head}{body}").encode()


class Outside:
    """A mailbox on the same servers that belongs to nobody of the context: somebody elsewhere."""

    def __init__(self, api, name: str):
        self.api, self.login = api, f"{name}.{api.context_id}"
        self.address = f"{self.login}@example.test"
        api.server.mail.add_login(self.login)
        self.seen = 0

    def all(self) -> list:
        with imaplib.IMAP4("127.0.0.1", self.api.server.mail.mailboxes.ports["imap"]) as line:
            line.login(self.login, PASSWORD)
            line.select("INBOX", readonly=True)
            count = len(line.search(None, "ALL")[1][0].split())
            return [email.message_from_bytes(line.fetch(str(number + 1), "(RFC822)")[1][0][1], policy=email.policy.default)
                    for number in range(count)]

    def next(self):
        """The mail that comes next, or came and was not looked at."""
        mails = wait_until(lambda: len(found := self.all()) > self.seen and found, f"mail {self.seen + 1} of {self.login}")
        self.seen += 1
        return mails[self.seen - 1]

    def answer(self, invitation, status: str, **changes) -> str:
        """The text of the REPLY that a careful program sends."""
        text = calendar_of(invitation)
        kept = [line for line in text.splitlines() if not line.startswith(("ATTENDEE", "METHOD", "DTSTAMP", "RRULE", "DESCRIPTION"))]
        uid = next(i for i, line in enumerate(kept) if line.startswith("UID"))
        stamp = changes.get("stamp", "20500101T000000Z")
        kept[uid:uid] = [f"ATTENDEE;PARTSTAT={status}:mailto:{self.address}", f"DTSTAMP:{stamp}", *changes.get("more", [])]
        kept[1:1] = [f"METHOD:{changes.get('method', 'REPLY')}"]
        return "\r\n".join(kept) + "\r\n"

    def send(self, name: str, text: str, method: str, message_id: str = "") -> None:
        """Into the mailbox of the user `name`, as if it came over SMTP."""
        body = (f"From: <{self.address}>\r\nTo: <{self.api.mail(name)}>\r\nSubject: answer\r\nMIME-Version: 1.0\r\n"
                f"Message-ID: {message_id or f'<{uuid.uuid4()}@far.test>'}\r\nDate: Sat, 01 Jun 2024 10:00:00 +0000\r\n"
                f"Content-Type: text/calendar; charset=utf-8; method={method}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}")
        self.api.save_mail(name, body.encode())


def calendar_of(found) -> str:
    """The scheduling part, its lines unfolded."""
    [part] = [part for part in found.walk() if part.get_content_type() == "text/calendar"]
    return part.get_payload(decode=True).decode().replace("\r\n", "\n").replace("\n ", "")


def value_of(text: str, name: str) -> str:
    """The value of the first property of this name of the event."""
    event = text[text.index("BEGIN:VEVENT"):]
    return re.search(rf"^{name}[^:\n]*:(.*)$", event, re.M)[1]


def look(client) -> list:
    """Lists the INBOX: what came is taken then."""
    return client.get("mail", action="all", folder=INBOX, columns="600,607", sort="600", order="asc").data


def part_of(client, mail_id: str) -> dict:
    """The body that names the scheduling part of a mail."""
    found = client.get("mail", action="get", folder=INBOX, id=mail_id, view="text", unseen=True).data
    for attachment in found["attachments"]:
        if attachment["content_type"].startswith("text/calendar"):
            return {"com.openexchange.mail.conversion.fullname": INBOX, "com.openexchange.mail.conversion.mailid": mail_id,
                    "com.openexchange.mail.conversion.sequenceid": attachment["id"]}
    raise AssertionError(f"no calendar part: {sequence['attachments']}")


def itip(client, mail_id: str, action: str, body: dict | None = None, **parameters):
    return client.put("chronos/itip", {**part_of(client, mail_id), **(body or {})}, action=action, dataSource="com.openexchange.mail.ical",
                      descriptionFormat="text", **parameters)
