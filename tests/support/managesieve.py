"""A few commands of ManageSieve, for what another program than ours would do to a user's scripts."""

import base64
import socket


class ManageSieve:
    """Signed in at a server on this machine, without encryption."""

    def __init__(self, port: int, login: str, password: str = "secret"):
        self.line = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.input = self.line.makefile("rb")
        self.answer()
        secret = base64.b64encode(b"\0".join((b"", login.encode(), password.encode()))).decode()
        self.command(f'AUTHENTICATE "PLAIN" "{secret}"')

    def __enter__(self) -> "ManageSieve":
        return self

    def __exit__(self, *_) -> None:
        self.input.close()
        self.line.close()

    def answer(self) -> bytes:
        """All up to the last line, which must be OK."""
        said = b""
        while line := self.input.readline():
            if line.startswith(b"OK"):
                return said
            assert not line.startswith((b"NO", b"BYE")), line
            said += line
        raise AssertionError("the server hung up")

    def command(self, text: str) -> bytes:
        self.line.sendall(text.encode() + b"\r\n")
        return self.answer()

    def put_active(self, name: str, script: str) -> None:
        self.command(f'PUTSCRIPT "{name}" {{{len(script.encode())}+}}\r\n{script}')
        self.command(f'SETACTIVE "{name}"')

    def get(self, name: str) -> str:
        """The script alone, without its length."""
        said = self.command(f'GETSCRIPT "{name}"')
        head, _, rest = said.partition(b"\r\n")
        return rest[: int(head.strip(b"{}+"))].decode()
