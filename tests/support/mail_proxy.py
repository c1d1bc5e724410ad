"""Stands between the groupware server and its mail servers, and fails on demand: silence, refusals, cuts in the middle of a
literal, garbage, lost answers, answers that trickle, commands that a server does not know. It speaks plain text, so that it sees the commands."""

import contextlib
import re
import socket
import threading
from dataclasses import dataclass

#: What becomes of the connection once the fault's answer is out.
GO_ON, CUT, SILENCE = "go on", "cut", "silence"
#: The last line of an answer: of IMAP to our tags, of SMTP, of ManageSieve.
FINAL = re.compile(rb"^(A\d+ |\d{3} |OK|NO)", re.M)


@dataclass
class Fault:
    """Begins with a line of the client that has a match of `line`; without one, when the client connects.

    `answer` is sent in place of the server's; %TAG% in it is the first word of the line. `is_done`: the server gets the line
    and does what it says, but its answer is lost; a cut waits for that answer. `after`: so many such lines pass before. With a
    `pace` the answer trickles: so many seconds lie between each `piece` bytes of it.
    """

    line: str = ""
    answer: bytes = b""
    then: str = SILENCE
    is_done: bool = False
    after: int = 0
    pace: float = 0
    piece: int = 1
    met: int = 0

    def begins(self, line: bytes) -> bool:
        if not self.line or not re.search(self.line.encode(), line):
            return False
        self.met += 1
        return self.met > self.after


class Connection:
    """One client, and its server. The client's lines come from one thread, the server's bytes from another."""

    def __init__(self, proxy: "MailProxy", client: socket.socket):
        self.proxy, self.client = proxy, client
        self.server = socket.create_connection(("127.0.0.1", proxy.target))
        self.fault: Fault | None = None
        self.swallowed = b""
        self.lock = threading.Lock()
        self.is_over = threading.Event()
        at_once = next((fault for fault in proxy.faults if not fault.line), None)
        if at_once:
            self.fail(at_once, b"")
        for work in (self.carry_lines, self.carry_answers):
            threading.Thread(target=work, daemon=True).start()

    def carry_lines(self) -> None:
        rest = b""
        with contextlib.suppress(OSError):
            while piece := self.client.recv(65536):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self.carry_line(line + b"\n")
        self.close()

    def carry_line(self, line: bytes) -> None:
        self.proxy.lines.append(line)
        if self.fault:
            return
        fault = next((each for each in self.proxy.faults if each.begins(line)), None)
        if fault is None:
            self.server.sendall(line)
        else:
            self.fail(fault, line)

    def fail(self, fault: Fault, line: bytes) -> None:
        with self.lock:
            if fault.then != GO_ON:
                self.fault = fault
            answer = fault.answer.replace(b"%TAG%", line.split(b" ", 1)[0].strip())
            if fault.pace:
                threading.Thread(target=self.trickle, args=(answer, fault), daemon=True).start()
            elif answer:
                self.client.sendall(answer)
        if fault.is_done:
            self.server.sendall(line)
        elif fault.then == CUT:
            self.close()

    def trickle(self, answer: bytes, fault: Fault) -> None:
        with contextlib.suppress(OSError):
            for begin in range(0, len(answer), fault.piece):
                self.client.sendall(answer[begin:begin + fault.piece])
                if self.is_over.wait(fault.pace):
                    return

    def carry_answers(self) -> None:
        with contextlib.suppress(OSError):
            while piece := self.server.recv(65536):
                with self.lock:
                    if self.fault is None:
                        self.client.sendall(self.proxy.rewritten(piece))
                        continue
                self.swallowed += piece
                if self.fault.then == CUT and FINAL.search(self.swallowed):
                    break
        if self.fault is None or self.fault.then == CUT:
            self.close()

    def close(self) -> None:
        self.is_over.set()
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class MailProxy:
    """`port` leads to `target` on this machine. `lines` are those of all clients so far. `rewrites` are patterns in what the
    server says, and what clients get to see instead: the same length where literals could hold it."""

    def __init__(self, target: int):
        self.target = target
        self.faults: list[Fault] = []
        self.lines: list[bytes] = []
        self.connections: list[Connection] = []
        self.rewrites: list[tuple[bytes, bytes]] = []
        self.listener = self.listen(0)
        self.port = self.listener.getsockname()[1]

    def listen(self, port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
        threading.Thread(target=self.accept, args=(listener,), daemon=True).start()
        return listener

    def accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError):
                self.connections.append(Connection(self, client))

    def rewritten(self, piece: bytes) -> bytes:
        for pattern, other in self.rewrites:
            piece = re.sub(pattern, other, piece)
        return piece

    def count(self, pattern: str) -> int:
        return sum(1 for line in self.lines if re.search(pattern.encode(), line))

    def drop_connections(self) -> None:
        """Also those that are kept for later: the next request makes a new one."""
        for connection in self.connections:
            connection.close()
        self.connections.clear()

    @contextlib.contextmanager
    def failing(self, *faults: Fault):
        """New connections and old ones fail so; afterwards all are new, and nothing fails."""
        self.lines.clear()
        self.drop_connections()
        self.faults = list(faults)
        try:
            yield self
        finally:
            self.faults = []
            self.drop_connections()

    @contextlib.contextmanager
    def saying(self, pattern: bytes, other: bytes):
        """In place of what matches the pattern the server says the other."""
        self.drop_connections()
        self.rewrites.append((pattern, other))
        try:
            yield self
        finally:
            self.rewrites.remove((pattern, other))
            self.drop_connections()

    @contextlib.contextmanager
    def refusing(self):
        """Nobody listens."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.drop_connections()
        try:
            yield self
        finally:
            self.listener = self.listen(self.port)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.drop_connections()


class FaultyMail:
    """The mail servers of a run, reached through proxies `imap`, `smtp` and `sieve`. The rest is as in MailPair."""

    def __init__(self, pair):
        self.pair = pair
        ports = pair.mailboxes.ports
        self.imap, self.sieve = MailProxy(ports["imap"]), MailProxy(ports["sieve"])
        self.smtp = MailProxy(pair.exim.ports["smtp"])

    def __getattr__(self, name: str):
        return getattr(self.pair, name)

    def directives(self) -> str:
        return (f"GroupwareMailServer imap://127.0.0.1:{self.imap.port} tls=none\nGroupwareMailLogin %u.%c\n"
                f"GroupwareTransportServer smtp://127.0.0.1:{self.smtp.port} tls=none\n"
                f"GroupwareSieveServer sieve://127.0.0.1:{self.sieve.port} tls=none\n")

    def close(self) -> None:
        for proxy in (self.imap, self.smtp, self.sieve):
            proxy.close()
