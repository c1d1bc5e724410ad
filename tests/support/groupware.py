"""The whole product for a test: httpd with mod_groupware on a database of its own, and tenants made by groupwarectl."""

import functools
import itertools
import os
import pathlib
import shlex
import subprocess
import threading

from support.client import ApiClient
from support.runner import Skipped
from support.mail_servers import MailPair
from support.servers import Apache, MariaDB, ServerFailure, build_folder, give_to

PASSWORD = "secret"
#: What a server of the lowest cost would store for it. Making it takes longer than the rest of a new user.
PASSWORD_HASH = "$y$j75$abcdefghijklmnop$vZlXu1XtxOBWRxjOpQqONp1WYfMO0dN.H4xeSMU2ZvC"
#: groupwarectl's exit code for what is there already.
EXISTS = 5
API_ROOT = "/ajax"

CONFIG = """\
GroupwareApi On
GroupwareApiRoot {root}
GroupwareDatabase {url}
GroupwareUploadFolder {folder}/data/uploads
GroupwareFileStore file:{folder}/data/files
GroupwareFailedLogins 1000000
GroupwarePasswordCost 1
GroupwareRequestRate 0
{directives}
"""

_context_ids = itertools.count(2)
_context_lock = threading.Lock()


def module_path(name: str) -> pathlib.Path:
    return build_folder() / name / f"{name}.so"


def groupwarectl_path() -> pathlib.Path:
    return build_folder() / "groupwarectl" / "groupwarectl"


@functools.cache
def sanitizer_environment() -> dict:
    """For modules built with AddressSanitizer: its runtime must be loaded before httpd's own libraries."""
    if os.environ.get("GW_SANITIZER") != "address":
        return {}
    # libstdc++ too: the runtime looks for __cxa_throw when it starts, and httpd itself brings none.
    libraries = [subprocess.run(["g++", f"-print-file-name={name}"], capture_output=True, text=True,
                                check=True).stdout.strip() for name in ("libasan.so", "libstdc++.so")]
    suppressions = pathlib.Path(__file__).with_name("lsan.supp")
    return {"LD_PRELOAD": " ".join(libraries),
            "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0:exitcode=99:verify_asan_link_order=0",
            "LSAN_OPTIONS": f"suppressions={suppressions}:print_suppressions=0",
            "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1"}


class Control:
    """One groupwarectl that stays and is sent line after line: starting it takes longer than making a context."""

    def __init__(self, url: str):
        self.command = [str(groupwarectl_path()), "--database", url, "batch", "--keep-going", "--report"]
        self.lock = threading.Lock()
        self.process: subprocess.Popen | None = None

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                                stderr=subprocess.STDOUT, text=True)
            self.process.stdin.write(shlex.join(arguments) + "\n")
            self.process.stdin.flush()
            lines = []
            for line in self.process.stdout:
                if line.startswith("exit "):
                    return subprocess.CompletedProcess(arguments, int(line.split()[1]), "".join(lines), "")
                lines.append(line)
        raise ServerFailure(f"groupwarectl ended after {shlex.join(arguments)}: {''.join(lines)}")

    def close(self) -> None:
        if self.process is not None:
            self.process.communicate()
            self.process = None


class Groupware:
    """`database` is "sqlite", or a running MariaDB on which a fresh database is made."""

    def __init__(self, database: str | MariaDB = "sqlite", directives: str = "", modules: tuple[str, ...] = (),
                 loads: tuple[tuple[str, str], ...] = (), always_fine: tuple[str, ...] = (), mpm: str = "event",
                 mail: MailPair | None = None):
        if not module_path("mod_groupware").exists():
            raise ServerFailure(f"{module_path('mod_groupware')} is not built")
        is_checked = bool(sanitizer_environment())
        self.httpd = Apache(
            modules=modules, loads=(("groupware_module", str(module_path("mod_groupware"))), *loads),
            environment=sanitizer_environment(), single_process=is_checked, always_fine=always_fine, mpm=mpm)
        folder = self.httpd.folder
        for name in ("uploads", "files"):
            (folder / "data" / name).mkdir()
            give_to(folder / "data" / name, self.httpd.account)
        self.server = database if isinstance(database, MariaDB) else None
        if isinstance(database, MariaDB):
            self.url = database.fresh_database()
        else:
            self.url = f"sqlite:{folder}/data/groupware.db"
            (folder / "data" / "groupware.db").touch()
            give_to(folder / "data" / "groupware.db", self.httpd.account)
        self.control = Control(self.url)
        self.mail = mail
        if mail:
            directives += mail.directives()
        self.httpd.config = CONFIG.format(url=self.url, folder=folder, root=API_ROOT, directives=directives)

    @property
    def port(self) -> int:
        return self.httpd.port

    def start(self) -> "Groupware":
        self.ctl("migrate")
        if os.environ.get("GW_FURTHER_DATABASE"):
            # Every context of the tests goes there.
            self.ctl("database", "register", "--name", "further", "--url", self.further_database("further"),
                     "--max-contexts", "-1")
        self.httpd.start()
        return self

    def further_database(self, name: str) -> str:
        """The URL of an empty database beside the home database, on the same engine."""
        if self.server is not None:
            return self.server.fresh_database()
        path = self.httpd.folder / "data" / f"{name}.db"
        path.touch()
        give_to(path, self.httpd.account)
        return f"sqlite:{path}"

    def stop(self) -> None:
        self.control.close()
        self.httpd.stop()

    def __enter__(self) -> "Groupware":
        try:
            return self.start()
        except BaseException as error:
            self.httpd.__exit__(type(error))
            raise

    def __exit__(self, kind, *_) -> None:
        self.control.close()
        self.httpd.__exit__(kind)

    def try_ctl(self, *arguments, stdin: str | None = None) -> subprocess.CompletedProcess:
        """Runs groupwarectl; as root its files keep the owner of the database file."""
        return subprocess.run([str(groupwarectl_path()), "--database", self.url, *map(str, arguments)],
                              capture_output=True, text=True, timeout=60, input=stdin)

    def ctl_with_config(self, *arguments) -> str:
        """groupwarectl as an administrator runs it beside the server: it reads the server's own configuration."""
        done = subprocess.run([str(groupwarectl_path()), "--config", str(self.httpd.config_file), *map(str, arguments)],
                              capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise ServerFailure(f"groupwarectl {' '.join(map(str, arguments))}: exit code {done.returncode}\n"
                                f"{done.stdout}{done.stderr}")
        return done.stdout

    def try_line(self, *arguments) -> subprocess.CompletedProcess:
        """The same by the groupwarectl that stays, with one output for answers and errors."""
        return self.control.run(*map(str, arguments))

    def ctl(self, *arguments, stdin: str | None = None) -> str:
        done = self.try_ctl(*arguments, stdin=stdin)
        if done.returncode != 0:
            raise ServerFailure(f"groupwarectl {' '.join(map(str, arguments))}: exit code {done.returncode}\n"
                                f"{done.stdout}{done.stderr}")
        return done.stdout

    def client(self) -> ApiClient:
        """A browser without a session."""
        return ApiClient(self.port, API_ROOT)

    def need_workers(self) -> None:
        """For tests that kill workers or restart gracefully: under sanitizers httpd runs with -X, as one process."""
        if self.httpd.single_process:
            raise Skipped("one process only under sanitizers")

    def announce(self, pattern: str) -> None:
        """The test expects lines with a match of `pattern` in the error log."""
        self.httpd.log.announce(pattern)

    def tenant(self) -> "Tenant":
        return Tenant(self)


class Tenant:
    """A context of one test: nobody else uses it. Users are made when they are asked for.

    `get`, `put`, `form`, `multipart`, `multiple` and `config` speak as user1; `api.user(2)` is the client of user2.
    """

    def __init__(self, server: Groupware):
        self.server = server
        self.clients: dict[str, ApiClient] = {}
        self.all_clients: list[ApiClient] = []
        self._context_id = 0

    @property
    def context_id(self) -> int:
        """The context is made at the first look."""
        if not self._context_id:
            self.make_context()
        return self._context_id

    def make_context(self) -> None:
        with _context_lock:
            self._context_id = next(_context_ids)
        self.make("context", "create", "--id", str(self._context_id), "--name", self.context_name, "--admin", "oxadmin",
                  "--password-hash", PASSWORD_HASH, "--admin-mail", self.mail("oxadmin"))

    def make(self, *arguments, fine: tuple[int, ...] = (0,)) -> None:
        """By groupwarectl."""
        done = self.server.try_line(*arguments)
        if done.returncode not in fine:
            raise ServerFailure(f"groupwarectl {shlex.join(arguments)}: exit code {done.returncode}\n{done.stdout}")

    @property
    def context_name(self) -> str:
        return f"context{self._context_id or self.context_id}"

    def mail(self, name: str) -> str:
        """With mail servers each user of each context has a mailbox of his own there."""
        if self.server.mail:
            return f"{name}.{self._context_id}@example.test"
        return f"{name}@{self.context_name}.test"

    def need_mail_extension(self, word: str) -> None:
        """Of the IMAP server: it may be one that lacks it."""
        if self.server.mail and word in self.server.mail.lacks:
            raise Skipped(f"the IMAP server has no {word}")

    def save_mail(self, name: str, message: bytes, mailbox: str = "INBOX") -> None:
        """Puts a message into the mailbox of the user, unseen."""
        self.server.mail.save(f"{name}.{self.context_id}", message, mailbox)

    def login_name(self, name: str) -> str:
        return f"{name}@{self.context_name}"

    def user_line(self, name: str, *options) -> list[str]:
        """The arguments of groupwarectl that make the user, whose mailbox is there before."""
        defaults = {"--mail": self.mail(name), "--given-name": name.capitalize(), "--surname": "Test",
                    "--display-name": f"{name.capitalize()} Test", "--password-hash": PASSWORD_HASH}
        for option in options[::2]:
            defaults.pop("--password-hash" if option.startswith("--password") else option, None)
        if self.server.mail:
            self.server.mail.add_login(f"{name}.{self._context_id}")
        return ["user", "create", "--context", str(self._context_id), "--name", name,
                *(word for pair in defaults.items() for word in pair), *map(str, options)]

    def add_user(self, name: str, *options) -> None:
        """Options of groupwarectl win over the defaults: `api.add_user("ann", "--language", "de_DE")`."""
        if not self._context_id:
            self.make_context()
        self.make(*self.user_line(name, *options))

    def need_user(self, name: str) -> None:
        """Makes the user when there is none."""
        if not self._context_id:
            self.make_context()
        if name != "oxadmin":
            self.make(*self.user_line(name), fine=(0, EXISTS))

    def named(self, name: str) -> ApiClient:
        """The logged-in client of the user `name`, who is made when there is none yet."""
        if name not in self.clients:
            self.need_user(name)
            client = self.anonymous()
            client.login(self.login_name(name), PASSWORD)
            self.clients[name] = client
        return self.clients[name]

    def user(self, number: int) -> ApiClient:
        return self.named(f"user{number}")

    @property
    def admin(self) -> ApiClient:
        return self.named("oxadmin")

    def anonymous(self) -> ApiClient:
        client = self.server.client()
        self.all_clients.append(client)
        return client

    def private_folder(self, client: ApiClient | None = None) -> str:
        """The default contacts folder, as the string that the API uses."""
        return str((client or self.user(1)).config("folder/contacts"))

    def file_folder(self, client: ApiClient | None = None) -> str:
        """The default file folder."""
        return str((client or self.user(1)).config("folder/infostore"))

    def calendar_folder(self, client: ApiClient | None = None) -> str:
        """The default calendar."""
        return str((client or self.user(1)).config("folder/calendar"))

    def ctl(self, *arguments) -> str:
        return self.server.ctl(*arguments)

    def announce(self, pattern: str) -> None:
        self.server.announce(pattern)

    @property
    def is_mysql(self) -> bool:
        return self.server.url.startswith("mysql:")

    def skip(self, reason: str) -> None:
        raise Skipped(reason)

    def __getattr__(self, name: str):
        if name in ("get", "put", "form", "multipart", "multiple", "config", "call"):
            return getattr(self.user(1), name)
        raise AttributeError(name)

    def close(self) -> None:
        for client in self.all_clients:
            client.close()
