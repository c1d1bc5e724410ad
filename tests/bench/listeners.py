"""The push child with many INBOXes that it listens to over TLS: its memory, and the CPU that they cost it while nothing happens."""

import asyncio
import shutil
import ssl
import threading
import time

from bench.figures import line
from bench.push import cpu_seconds, private_megabytes
from support.events import raise_file_limit
from support.mail_servers import make_certificate
from support.push import PushServer
from support.servers import state_folder, wait_until

LISTENERS = 1000
QUIET = 5  # seconds
#: Magic and type of the record by which a worker says whose INBOX to listen to (lib/push/control_record.cpp).
WATCH = b"GWE\x01M"


class IdleMailboxes:
    """An IMAP server of empty INBOXes: only what a listener says to it. A Dovecot of that size would need gigabytes of its own."""

    ANSWERS = {b"CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR\r\n",
               b"EXAMINE": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n* OK [UIDNEXT 1] fine\r\n"}

    def __init__(self, folder):
        self.ca = make_certificate(folder)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        self.loop = asyncio.new_event_loop()
        self.port = 0
        self.is_open = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> "IdleMailboxes":
        self.thread.start()
        self.is_open.wait()
        return self

    def __exit__(self, *_) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=self.context, backlog=2048))
        self.port = server.sockets[0].getsockname()[1]
        self.is_open.set()
        self.loop.run_forever()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        while said := await reader.readline():
            tag, command, *_ = said.split()
            if command == b"IDLE":
                writer.write(b"+ idling\r\n")
            else:
                writer.write(self.ANSWERS.get(command, b"") + tag + b" OK done\r\n")
        writer.close()


def watch(user: int, mailboxes: IdleMailboxes) -> bytes:
    fields = ("1", str(user), "a1", "3600", "localhost", "127.0.0.1", str(mailboxes.port), "tls", "1", str(mailboxes.ca), "PLAIN",
              f"user{user}", "", "secret")
    return WATCH + b"\0".join(field.encode() for field in fields)


def bench() -> None:
    raise_file_limit()
    folder = state_folder("gwl")
    with IdleMailboxes(folder) as mailboxes, PushServer(f"OXPushMailListeners {LISTENERS}\n") as httpd:
        child = httpd.the_child()
        before = private_megabytes(child)
        begin = time.monotonic()
        for user in range(1, LISTENERS + 1):
            httpd.worker.sendto(watch(user, mailboxes), httpd.events_path)
        wait_until(lambda: httpd.counter("OXPushMailIdle") == LISTENERS, "all of them", limit=120)
        took = time.monotonic() - begin
        memory = private_megabytes(child)
        spent = cpu_seconds(child)
        time.sleep(QUIET)
        spent = cpu_seconds(child) - spent
    shutil.rmtree(folder)
    line(f"listeners: {LISTENERS} over TLS, until all listen", took, None, "s")
    line("listeners: private memory of the push child", memory, None, "MB", "bar: < 30")
    line("listeners: memory of each", (memory - before) * 1024 / LISTENERS, None, "KiB", "bar: < 30")
    line("listeners: CPU of the child while nothing happens", spent * 1000 / QUIET, None, "ms/s")
