"""Private servers for the tests: Apache httpd and MariaDB, each from one folder of its own, on loopback.

Each server runs in the foreground as a child of this process and in a session of its own, so its pid is also its process
group: TERM stops it, killing the group is the crash test. Nothing here sleeps for longer than a poll of a few
milliseconds, and every wait has a deadline and looks at the process.
"""

import contextlib
import functools
import getpass
import grp
import http.client
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from support.ports import free_port

PROJECT = pathlib.Path(__file__).resolve().parents[2]
POLL = 0.007
START_LIMIT = 15.0
STOP_LIMIT = 15.0
MEMORY, DISK = "/dev/shm", "/tmp"
#: What the servers of a whole run need is a tenth of it.
PLENTY = 6 * 2**30  # bytes
IS_ROOT = os.geteuid() == 0


class ServerFailure(AssertionError):
    """A server did not start, died, or complained in its log."""


def build_folder() -> pathlib.Path:
    return pathlib.Path(os.environ.get("GW_BUILD", PROJECT / "build")).resolve()


def modules_folder() -> pathlib.Path:
    """Where Debian keeps the modules of httpd."""
    return pathlib.Path(os.environ.get("HTTPD_MODULES", "/usr/lib/apache2/modules"))


@functools.lru_cache(maxsize=1)
def state_parent() -> str:
    """Where servers keep what is gone after the test: in memory where there is plenty of it, because waiting for the disk at each
    commit takes most of the time of many tests, and a crash of a program (not of the machine) loses nothing there either.
    GW_STATE_FOLDER names another place; the bench measures on the disk."""
    if "GW_STATE_FOLDER" in os.environ:
        return os.environ["GW_STATE_FOLDER"]
    try:
        facts = os.statvfs(MEMORY)
        left = int(re.search(r"^MemAvailable:\s+(\d+) kB", pathlib.Path("/proc/meminfo").read_text(), re.M)[1]) * 1024
    except (OSError, TypeError):
        return DISK
    is_plenty = min(left, facts.f_bavail * facts.f_frsize) >= PLENTY
    return MEMORY if is_plenty and not facts.f_flag & os.ST_NOEXEC and os.access(MEMORY, os.W_OK) else DISK


def state_folder(prefix: str) -> pathlib.Path:
    """A short path (Unix sockets end at 107 characters) that other accounts may search."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix=prefix + "-", dir=state_parent()))
    folder.chmod(0o711)
    return folder


def server_account() -> tuple[str, str]:
    """The account that httpd drops to."""
    if not IS_ROOT:
        return getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    return "nobody", "nogroup"


def give_to(path: pathlib.Path, account: tuple[str, str]) -> None:
    if IS_ROOT:
        os.chown(path, pwd.getpwnam(account[0]).pw_uid, grp.getgrnam(account[1]).gr_gid)


def wait_until(condition, what: str, limit: float = START_LIMIT):
    """Polls until `condition` gives something true, and returns it."""
    deadline = time.monotonic() + limit
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise ServerFailure(f"timed out after {limit:.0f} s: {what}")
        time.sleep(POLL)


class Server:
    """One foreground process."""

    def __init__(self, name: str):
        self.name = name
        self.process: subprocess.Popen | None = None

    def launch(self, command: list[str], output: pathlib.Path, environment: dict | None = None) -> None:
        with output.open("ab") as sink:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True,
                env={**os.environ, **(environment or {})})

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        return self.process.pid

    def terminate(self, number: int = signal.SIGTERM) -> int:
        """Ends it and returns its exit code."""
        if self.process is None:
            return 0
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(number)
        try:
            code = process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise ServerFailure(f"{self.name} did not stop within {STOP_LIMIT:.0f} s") from error
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return code

    def kill_group(self) -> None:
        """The crash: the process and all its children at once."""
        process, self.process = self.process, None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


# [time] [module:level] [pid 1:tid 2] text: what every line of httpd 2.4 begins with.
LOG_LINE = re.compile(r"^\[[^]]*\] \[[\w.]*:(?P<level>\w+)\] ")
BAD_LEVELS = {"emerg", "alert", "crit", "error", "warn"}
# Notices that tell of a worker's violent end, and what sanitizers print.
VIOLENCE = re.compile(r"exit signal|ERROR: (Address|Leak|Thread)Sanitizer|runtime error: |AH00051|AH00052")


class LogWatch:
    """Reads an error log in pieces and finds the lines that no test announced."""

    def __init__(self, path: pathlib.Path, always_fine: tuple[str, ...] = ()):
        self.path = path
        self.always_fine = [re.compile(pattern) for pattern in always_fine]
        self.announced: list[re.Pattern] = []
        self.position = 0

    def announce(self, pattern: str) -> None:
        """Lines with a match of `pattern` are expected until the next look."""
        self.announced.append(re.compile(pattern))

    def new_lines(self) -> list[str]:
        if not self.path.exists():
            return []
        with self.path.open("rb") as log:
            log.seek(self.position)
            data = log.read()
        complete = data[: data.rfind(b"\n") + 1]
        self.position += len(complete)
        return complete.decode("utf-8", "replace").splitlines()

    def unexpected(self) -> list[str]:
        """The bad ones of the lines since the last look. Announcements end here."""
        fine, self.announced = self.announced + self.always_fine, []
        return [line for line in self.new_lines() if self.is_bad(line) and not any(f.search(line) for f in fine)]

    @staticmethod
    def is_bad(line: str) -> bool:
        head = LOG_LINE.match(line)
        return bool(head and head["level"] in BAD_LEVELS or VIOLENCE.search(line))


# What a bare server needs to answer anything, in the order in which httpd wants it.
BASE_MODULES = ("authz_core", "authz_host", "mime", "dir", "alias", "headers", "socache_shmcb", "status")

BASE_CONFIG = """\
ServerRoot "{folder}"
ServerName localhost
{account}
Listen 127.0.0.1:{port}
PidFile run/httpd.pid
DefaultRuntimeDir run
Mutex file:run default
ErrorLog logs/error.log
LogLevel {log_level}
TypesConfig /etc/mime.types
{loads}
{workers}
GracefulShutdownTimeout 10
CoreDumpDirectory run
DocumentRoot htdocs
<Directory "{folder}/htdocs">
  Require all granted
</Directory>
"""


THREADED = "ServerLimit 16\nStartServers 2\nMinSpareThreads 4\nMaxSpareThreads 64\nThreadsPerChild 16\nMaxRequestWorkers 64"
WORKERS_OF = {"event": THREADED, "worker": THREADED,
              "prefork": "ServerLimit 16\nStartServers 8\nMinSpareServers 4\nMaxSpareServers 16\nMaxRequestWorkers 16"}


class Apache(Server):
    """An httpd of its own. `config` is added to a base that serves static files from `htdocs`.

    `modules` are further stock modules by their short names. `loads` are (record, path) pairs of our own modules.
    """

    def __init__(self, config: str = "", modules: tuple[str, ...] = (), loads: tuple[tuple[str, str], ...] = (),
                 folder: pathlib.Path | None = None, environment: dict | None = None, single_process: bool = False,
                 always_fine: tuple[str, ...] = (), log_level: str = "notice", mpm: str = "event"):
        super().__init__("httpd")
        self.mpm = mpm
        self.folder = folder or state_folder("gw")
        self.owns_folder = folder is None
        self.config, self.modules, self.loads = config, modules, loads
        self.environment, self.single_process, self.log_level = environment or {}, single_process, log_level
        self.account = server_account()
        self.port = 0
        for name, mode in (("run", 0o755), ("logs", 0o755), ("htdocs", 0o755), ("data", 0o711)):
            (self.folder / name).mkdir(exist_ok=True)
            (self.folder / name).chmod(mode)
        for name in ("run", "data"):
            give_to(self.folder / name, self.account)
        (self.folder / "htdocs" / "ready.txt").write_text("ready\n")
        self.error_log = self.folder / "logs" / "error.log"
        # With -X nobody removes the pid file, so a second start finds it.
        left_pid_file = ("AH00098: pid file .* overwritten",) if single_process else ()
        self.log = LogWatch(self.error_log, (*always_fine, *left_pid_file))

    @property
    def config_file(self) -> pathlib.Path:
        return self.folder / "httpd.conf"

    def write_config(self) -> None:
        stock = modules_folder()
        lines = [f"LoadModule {name}_module {stock}/mod_{name}.so" for name in (f"mpm_{self.mpm}", *BASE_MODULES, *self.modules)]
        lines += [f"LoadModule {record} {path}" for record, path in self.loads]
        account = f"User {self.account[0]}\nGroup {self.account[1]}" if IS_ROOT else ""
        base = BASE_CONFIG.format(folder=self.folder, port=self.port, account=account, loads="\n".join(lines),
                                  log_level=self.log_level, workers=WORKERS_OF[self.mpm])
        self.config_file.write_text(base + self.config + "\n")

    def command(self, *arguments: str) -> list[str]:
        return [os.environ.get("HTTPD", "/usr/sbin/apache2"), "-f", str(self.config_file), *arguments]

    def check_config(self) -> subprocess.CompletedProcess:
        """`httpd -t`: its exit code and what it says on stderr."""
        self.port = self.port or free_port()
        self.write_config()
        return subprocess.run(self.command("-t"), capture_output=True, text=True, timeout=60,
                              env={**os.environ, **self.environment})

    def start(self) -> "Apache":
        for _ in range(5):
            self.port = free_port()
            if self.try_start():
                return self
        raise ServerFailure("no free port for httpd")

    def start_again(self) -> "Apache":
        """On the same port, after a stop or a crash."""
        if not self.try_start():
            raise ServerFailure("the port was taken meanwhile")
        return self

    def try_start(self) -> bool:
        """False: the port was taken."""
        self.write_config()
        mode = "-X" if self.single_process else "-DFOREGROUND"
        output = self.folder / "logs" / "output.log"
        begin = output.stat().st_size if output.exists() else 0
        self.launch(self.command(mode), output, self.environment)
        deadline = time.monotonic() + START_LIMIT * (4 if self.single_process else 1)
        while not self.answers():
            if not self.is_running():
                self.process = None
                said = output.read_bytes()[begin:].decode("utf-8", "replace")
                if "Address already in use" in said:
                    return False
                raise ServerFailure(f"httpd ended at start\n{said}{self.log_text()}")
            if time.monotonic() > deadline:
                self.kill_group()
                raise ServerFailure(f"httpd does not answer\n{self.log_text()}")
            time.sleep(POLL)
        return True

    def answers(self) -> bool:
        """Ready is a real answer: an open port is there before the workers are."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/ready.txt")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def generations(self) -> int:
        """How often the server reported to be in operation."""
        return self.log_text().count("configured -- resuming normal operations")

    def reload(self) -> None:
        """A graceful restart; returns when the new generation is in operation."""
        # A server that answers may not have said so of its first one: that line would be taken for the second's.
        before = wait_until(self.generations, "the first generation")
        self.process.send_signal(signal.SIGUSR1)
        wait_until(lambda: self.generations() > before or not self.is_running(), "graceful restart")
        if not self.is_running():
            raise ServerFailure(f"httpd ended at its graceful restart\n{self.log_text()}")

    def children(self) -> list[int]:
        """Process ids of all direct children, workers and helpers alike."""
        tasks = pathlib.Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(pid) for pid in tasks.read_text().split()]

    def children_named(self, name: str) -> list[int]:
        """The direct children whose process name is `name`."""
        found = []
        for pid in self.children():
            with contextlib.suppress(OSError):
                if pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == name:
                    found.append(pid)
        return found

    def log_text(self) -> str:
        return self.error_log.read_text("utf-8", "replace") if self.error_log.exists() else ""

    def output_text(self) -> str:
        output = self.folder / "logs" / "output.log"
        return output.read_text("utf-8", "replace") if output.exists() else ""

    def check_log(self) -> None:
        """Fails when the log has a warning or error that was not announced."""
        lines = self.log.unexpected()
        if lines:
            raise ServerFailure("unannounced lines in the error log:\n  " + "\n  ".join(lines[:20]))

    def stop(self) -> None:
        """Stops it and removes its folder. Failures of the stop itself come out as ServerFailure."""
        was_running, code = self.is_running(), self.terminate()
        try:
            # -X ends by the signal's default action when it comes early; as a parent httpd always ends with 0.
            if was_running and code not in (0, -signal.SIGTERM):
                raise ServerFailure(f"httpd ended with {code}\n{self.log_text()}")
            if VIOLENCE.search(self.output_text()):
                raise ServerFailure(f"httpd printed:\n{self.output_text()[-8000:]}")
        finally:
            if self.owns_folder and not os.environ.get("GW_KEEP"):
                shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Apache":
        return self.start() if self.process is None else self

    def __exit__(self, kind, *_) -> None:
        if kind is not None:
            print(f"--- error log of {self.folder}\n{self.log_text()[-4000:]}")
            with contextlib.suppress(ServerFailure):
                self.stop()
            return
        try:
            self.check_log()
        finally:
            self.stop()


MARIADB_CONFIG = """\
[mariadbd]
{user}
datadir={folder}/data
socket={folder}/db.sock
pid-file={folder}/db.pid
log-error={folder}/db.err
bind-address=127.0.0.1
port={port}
skip-name-resolve
character-set-server=utf8mb4
default-time-zone=+00:00
sql-mode=STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION
max-connections=1000
innodb-buffer-pool-size=64M
innodb-log-file-size=8M
innodb-flush-log-at-trx-commit={flush}
innodb-doublewrite={doublewrite}
performance-schema=OFF
init-file={folder}/init.sql
"""

MARIADB_INIT = """\
CREATE USER IF NOT EXISTS 'gw'@'127.0.0.1' IDENTIFIED BY 'secret';
GRANT ALL ON *.* TO 'gw'@'127.0.0.1';
"""


class MariaDB(Server):
    """A MariaDB of its own, its data folder copied from a template that is made once per build folder."""

    def __init__(self, is_durable: bool = False):
        super().__init__("mariadbd")
        self.folder = state_folder("gwdb")
        self.is_durable = is_durable
        self.port = 0
        self.databases = 0
        #: Of kinds of it: lines of the configuration, arguments of the program.
        self.settings, self.arguments = "", []

    @staticmethod
    def template() -> pathlib.Path:
        template = build_folder() / "test-mariadb"
        if template.exists():
            return template
        work = state_folder("gwtpl")
        try:
            user = ["--user=mysql"] if IS_ROOT else []
            made = subprocess.run(
                ["mariadb-install-db", "--no-defaults", f"--datadir={work}/data", *user, "--skip-test-db",
                 "--auth-root-authentication-method=normal", "--innodb-log-file-size=8M"],
                capture_output=True, text=True, timeout=120)
            if made.returncode != 0:
                raise ServerFailure(f"mariadb-install-db: {made.stdout}{made.stderr}")
            template.parent.mkdir(parents=True, exist_ok=True)
            staging = template.with_name(f"{template.name}.{os.getpid()}")
            subprocess.run(["cp", "-a", str(work / "data"), str(staging)], check=True)
            with contextlib.suppress(OSError):  # another run was faster
                staging.rename(template)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return template

    def start(self) -> "MariaDB":
        subprocess.run(["cp", "-a", str(self.template()), str(self.folder / "data")], check=True)
        if IS_ROOT:
            give_to(self.folder, ("mysql", "mysql"))
        (self.folder / "init.sql").write_text(MARIADB_INIT)
        for _ in range(5):
            self.port = free_port()
            if self.start_again():
                return self
        raise ServerFailure("no free port for mariadbd")

    def start_again(self) -> bool:
        """On the same port and data. False: the port was taken."""
        (self.folder / "my.cnf").write_text(MARIADB_CONFIG.format(
            folder=self.folder, port=self.port, user="user=mysql" if IS_ROOT else "",
            flush=int(self.is_durable), doublewrite=int(self.is_durable)) + self.settings)
        log = self.folder / "db.err"
        begin = log.stat().st_size if log.exists() else 0
        self.launch(["mariadbd", f"--defaults-file={self.folder}/my.cnf", *self.arguments], self.folder / "output.log")
        deadline = time.monotonic() + START_LIMIT
        while not self.greets():
            if not self.is_running():
                self.process = None
                said = log.read_bytes()[begin:].decode("utf-8", "replace") if log.exists() else ""
                if "Address already in use" in said:
                    return False
                raise ServerFailure(f"mariadbd ended at start\n{said}")
            if time.monotonic() > deadline:
                self.kill_group()
                raise ServerFailure("mariadbd does not answer")
            time.sleep(POLL)
        return True

    def greets(self) -> bool:
        """Ready is the protocol's own greeting, at the socket in its folder: the port may be another server's, of a run beside
        this one, until this one has found it taken. It opens the socket behind the port."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(5)
                connection.connect(str(self.folder / "db.sock"))
                return len(connection.recv(16)) > 4
        except OSError:
            return False

    def query(self, statement: str) -> str:
        done = subprocess.run(
            ["mariadb", "--no-defaults", "-ugw", "-psecret", "-h127.0.0.1", f"-P{self.port}", "-N", "-B", "-e", statement],
            capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise ServerFailure(f"{statement}: {done.stderr}")
        return done.stdout

    def fresh_database(self) -> str:
        """Makes an empty database and gives its URL."""
        self.databases += 1
        name = f"gw{self.databases}"
        self.query(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return f"mysql://gw:secret@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        try:
            self.terminate()
        finally:
            if not os.environ.get("GW_KEEP"):
                shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "MariaDB":
        return self.start()

    def __exit__(self, *_) -> None:
        self.stop()
