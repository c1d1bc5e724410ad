"""Lists of a small and of a large mailbox beside the same IMAP commands given to Dovecot on a warm connection."""

import os
import pathlib
import shutil
import socket
import statistics
import time
from typing import Callable

from bench import load
from bench.figures import WORKERS, checked, line
from support.groupware import PASSWORD, Groupware
from support.mail_servers import Dovecot, MailPair, missing_programs
from support.servers import MariaDB

SIZES = (10_000, 200_000)
PAGE = 50
FOLDER = "default0/INBOX"
#: What a client's list shows, and what IMAP calls it.
COLUMNS = "600,601,602,603,604,607,608,609,610,611"
ITEMS = "(UID FLAGS ENVELOPE INTERNALDATE RFC822.SIZE BODYSTRUCTURE)"
#: Mails of one conversation.
THREAD = 4
NEEDLE = "needle"
FIRST_ARRIVAL = 1_600_000_000

MAIL = """\
From: Person {number} <person{number}@example.test>\r
To: User One <user1@example.test>\r
Subject: {prefix}Report {thread} about {word}\r
Date: {date}\r
Message-ID: <{number}@bench.test>\r
{references}MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
\r
A text of ordinary length, as people write them.\r
"""


def source(number: int) -> bytes:
    first = number - number % THREAD
    is_reply = number != first
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(FIRST_ARRIVAL + number * 60))
    return MAIL.format(
        number=number, thread=first * 7919 % 1_000_003, date=date, prefix="Re: " if is_reply else "",
        word=NEEDLE if number % 5_000 == 0 else "nothing",
        references=f"References: <{first}@bench.test>\r\n" if is_reply else "").encode()


def fill(dovecot: Dovecot, login: str, count: int) -> None:
    """Writes the mails where Dovecot keeps them, as delivering so many would take longer than the bench."""
    home = pathlib.Path(dovecot.folder) / "mail" / login
    current = home / "Maildir" / "cur"
    for number in range(count):
        path = current / f"{FIRST_ARRIVAL + number * 60}.M{number:06}P1.bench:2,S"
        path.write_bytes(source(number))
        os.utime(path, (FIRST_ARRIVAL + number * 60,) * 2)
    # Numbers in the order of arrival; otherwise Dovecot takes that of the directory.
    lines = [f"3 V1 N{count + 1} G0123456789abcdef0123456789abcdef\n"]
    lines += [f"{number + 1} :{FIRST_ARRIVAL + number * 60}.M{number:06}P1.bench\n" for number in range(count)]
    (home / "Maildir" / "dovecot-uidlist").write_text("".join(lines))
    if os.geteuid() == 0:
        account, group = dovecot.account
        for path in (*current.iterdir(), home / "Maildir" / "dovecot-uidlist"):
            shutil.chown(path, account, group)


class PlainMailPair(MailPair):
    """Without TLS, as the floor is: with it both would measure OpenSSL and Dovecot's proxy."""

    def directives(self) -> str:
        return super().directives().replace("tls=starttls", "tls=none")


class Imap:
    """Commands on one connection; answers are read and thrown away, as parsing them is the client's affair."""

    def __init__(self, dovecot: Dovecot, login: str):
        self.socket = socket.create_connection(("127.0.0.1", dovecot.ports["imap"]))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.recv(4096)
        self.run(f"LOGIN {login} {PASSWORD}", "SELECT INBOX")

    def run(self, *commands: str) -> float:
        """Milliseconds for all of them, one behind the other: threads of a large mailbox and what came before do not fit into
        Dovecot's 256 MB together."""
        begin = time.perf_counter()
        for command in commands:
            self.socket.sendall(f"a {command}\r\n".encode())
            last = b""
            while not last.startswith(b"a ") or not last.endswith(b"\r\n"):
                data = self.socket.recv(1 << 20)
                if not data:
                    raise SystemExit(f"Dovecot hung up at {command[:60]}")
                tail = (last + data)[-4096:]
                last = tail[tail.rfind(b"\n", 0, len(tail) - 1) + 1:]
            if not last.startswith(b"a OK"):
                raise SystemExit(f"{command[:60]}: {last!r}")
        return (time.perf_counter() - begin) * 1000

    def median(self, seconds: float, *commands: str) -> float:
        self.run(*commands)
        end, taken = time.monotonic() + seconds, []
        while not taken or time.monotonic() < end:
            taken.append(self.run(*commands))
        return statistics.median(taken)

    def close(self) -> None:
        self.socket.close()


def bench_mailbox(name: str, server: Groupware, pair: MailPair, count: int, seconds: int) -> None:
    api = server.tenant()
    user = api.user(1)
    login = f"user1.{api.context_id}"
    user.get("mail", action="all", folder=FOLDER, columns="600")
    fill(pair.dovecot, login, count)
    imap = Imap(pair.dovecot, login)
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in user.cookies.items()), "User-Agent": user.user_agent}

    def page(seconds: int, first: int = 0, body: str | None = None, **parameters: str) -> load.Figures:
        target = user.target("mail", {"action": "all", "folder": FOLDER, "columns": COLUMNS, "left_hand_limit": first,
                                      "right_hand_limit": first + PAGE, **parameters})
        return checked(load.run(f"http://127.0.0.1:{server.port}{target}", 1, seconds, server.httpd.pid, headers, body),
                       target)

    def show(what: str, ours: Callable[[int], load.Figures], *commands: str, bar: str = "") -> None:
        ours(1)
        floor = imap.median(seconds, *commands)
        figures = ours(seconds)
        line(f"{name}: mail, {what} of {count}, p50", figures.p50, floor, "ms", bar)
        line(f"{name}: mail, {what} of {count}, CPU a request", figures.cpu, None, "us")

    def fetch(first: int) -> str:
        return f"FETCH {count - first - PAGE + 1}:{count - first} {ITEMS}"

    newest = {"sort": "610", "order": "desc"}
    uids = f"UID FETCH {','.join(str(i * THREAD + 1) for i in range(PAGE))} {ITEMS}"
    show(f"{PAGE} newest", lambda s: page(s, **newest), "NOOP", fetch(0), bar="bar: ratio < 1.3")
    show(f"{PAGE} in the middle", lambda s: page(s, count // 2, **newest), "NOOP", fetch(count // 2))
    show(f"{PAGE} by subject", lambda s: page(s, sort="607", order="asc"), "NOOP", "UID SORT (SUBJECT) UTF-8 ALL", uids)
    needle = f'[{{"col":607,"pattern":"{NEEDLE}"}}]'
    show("search in subjects", lambda s: page(s, body=needle, action="search", **newest), "NOOP",
         f"UID SORT (ARRIVAL) UTF-8 SUBJECT {NEEDLE}", uids)
    show(f"{PAGE} threads", lambda s: page(s, action="threadedAll", includeSent="false", **newest), "NOOP",
         "UID SORT (ARRIVAL) UTF-8 ALL", f"UID THREAD REFS UTF-8 UID {max(count - 1000, 1)}:*", uids)
    line(f"{name}: mail, largest worker's private memory, {count}", load.private_kilobytes(server.httpd.pid) / 1024, None, "MB",
         "bar: < 12")
    imap.close()
    api.close()


def bench(name: str, mariadb: MariaDB | None, seconds: int) -> None:
    if missing := missing_programs():
        raise SystemExit(f"missing: {missing}")
    with PlainMailPair() as pair, Groupware(mariadb or "sqlite", directives=WORKERS, mail=pair) as server:
        for count in SIZES:
            bench_mailbox(name, server, pair, count, seconds)
