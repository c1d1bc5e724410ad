"""The push child process of mod_oxpush: exactly one, always."""

import contextlib
import os
import pathlib
import pwd
import signal

from support.groupware import module_path, sanitizer_environment
from support.load import Load, fresh_get
from support.servers import IS_ROOT, Apache, server_account, wait_until

DIED = r"OXP0007: push child \d+ died"


def server(config: str = "OXPush On\n") -> Apache:
    path = module_path("mod_oxpush")
    return Apache(config, loads=(("oxpush_module", str(path)),), environment=sanitizer_environment())


def the_child(httpd: Apache) -> int:
    """Waits for the child to have its name, which it takes last; there must never be two."""

    def one() -> int:
        found = httpd.children_named("oxpush")
        assert len(found) <= 1, f"{len(found)} push children"
        return found[0] if found else 0

    return wait_until(one, "the push child")


def status_of(pid: int) -> dict:
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def is_gone(pid: int) -> bool:
    try:
        return status_of(pid)["State"].startswith("Z")
    except OSError:
        return True


def test_exactly_one_child_runs_after_each_of_five_graceful_restarts():
    with server() as httpd:
        with Load(lambda: fresh_get(httpd.port, "/ready.txt", b"ready\n"), threads=2) as load:
            before = the_child(httpd)
            for _ in range(5):
                httpd.reload()
                wait_until(lambda: is_gone(before), "the old child's end")
                after = the_child(httpd)
                assert after != before
                assert int((httpd.folder / "run" / "oxpush.pid").read_text()) == after
                before = after
        assert not load.failures, load.failures[:5]
        assert load.done > 0


def test_a_killed_child_is_replaced():
    with server("OXPush On\nOXPushRestartDelay min=10ms max=20s\n") as httpd:
        for _ in range(3):
            child = the_child(httpd)
            httpd.log.announce(DIED)
            os.kill(child, signal.SIGKILL)
            wait_until(lambda: the_child(httpd) != child, "a new child")
        lines = [line for line in httpd.log_text().splitlines() if "OXP0007" in line]
        assert len(lines) == 3 and "signal 9" in lines[0], lines
        assert [line.split("begins in ")[1] for line in lines] == ["10 ms", "20 ms", "40 ms"]


def test_stop_leaves_no_child():
    httpd = server().start()
    with contextlib.ExitStack() as stack:
        stack.callback(httpd.stop)
        child = the_child(httpd)
        pid_file = httpd.folder / "run" / "oxpush.pid"
        # httpd's own word when a worker is told to end while it still begins: seen with and without our module.
        httpd.log.announce("AH03093")
        httpd.process.send_signal(signal.SIGTERM)
        httpd.process.wait(15)
        assert is_gone(child)
        assert not pid_file.exists()
        httpd.check_log()


def test_the_child_ends_with_a_parent_that_was_killed():
    httpd = server().start()
    with contextlib.ExitStack() as stack:
        stack.callback(httpd.stop)
        child = the_child(httpd)
        os.kill(httpd.pid, signal.SIGKILL)
        wait_until(lambda: is_gone(child), "the child's end")


def test_the_child_drops_privileges_and_listeners():
    with server() as httpd:
        child = the_child(httpd)
        if IS_ROOT:
            uid = str(pwd.getpwnam(server_account()[0]).pw_uid)
            assert status_of(child)["Uid"].split() == [uid] * 4
        table = pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]
        inodes = {line.split()[9] for line in table if line.split()[1].endswith(f":{httpd.port:04X}")
                  and line.split()[3] == "0A"}
        assert inodes
        held = {os.readlink(path) for path in pathlib.Path(f"/proc/{child}/fd").iterdir()}
        assert not held & {f"socket:[{inode}]" for inode in inodes}


def test_without_the_directive_there_is_no_child():
    with server("") as httpd:
        assert not httpd.children_named("oxpush")
        assert not (httpd.folder / "run" / "oxpush.pid").exists()


def test_switching_it_off_ends_the_child_at_the_next_restart():
    with server() as httpd:
        child = the_child(httpd)
        httpd.config = "OXPush Off\n"
        httpd.write_config()
        httpd.reload()
        wait_until(lambda: is_gone(child), "the child's end")
        assert not httpd.children_named("oxpush")


def test_wrong_directives_name_the_fix():
    for config, wanted in (
            ("OXPushRestartDelay min=soon\n", "write min=100ms max=30s"),
            ("OXPushRestartDelay 5\n", "write min=100ms max=30s"),
            ("OXPushRestartDelay max=2h\n", "at most one hour"),
            ("OXPushRestartDelay min=10s max=1s\n", "min=10000ms is longer than max=1000ms: swap them or raise max"),
            (f"OXPushPidFile {'x' * 5000}\n", "OXPushPidFile is no usable path"),
            ("OXPush Maybe\n", "OXPush must be On or Off"),
            ('OXPushPidFile ""\n', "takes one argument"),
            ("<VirtualHost *:80>\nOXPush On\n</VirtualHost>\n", "OXPush cannot occur within <VirtualHost> section")):
        httpd = server(config)
        try:
            said = httpd.check_config()
            assert said.returncode != 0 and wanted in said.stderr, config + said.stderr
        finally:
            httpd.stop()
