"""Restarts under load: what the kernel held is delivered, registrations last, and there is one child."""

import contextlib
import os
import signal
import socket
import threading

from support.push import CONTACT, CREATED, MAIL, SEPARATOR, PushServer, free_udp_port, is_gone
from support.servers import ServerFailure, wait_until

DIED = r"OXP0007: push child \d+ died"


class Stream:
    """Raises events with rising folder numbers in a thread, each taken by the kernel. With `ahead` no more than so many that the client
    has not taken: its buffer would drop the others, and they would look lost."""

    def __init__(self, httpd: PushServer, user: int = 3, ahead: int | None = None):
        self.httpd, self.user, self.count = httpd, user, 0
        self.room = threading.Semaphore(ahead) if ahead else None
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.work)

    def taken(self, folders: list[int]) -> list[int]:
        self.room.release(len(folders))
        return folders

    def work(self) -> None:
        while not self.is_over.is_set():
            if self.room and not self.room.acquire(timeout=0.1):
                continue
            self.httpd.raise_event(1, CONTACT, [(self.count + 1, [self.user])])
            self.count += 1

    def __enter__(self) -> "Stream":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.is_over.set()
        self.thread.join()


def test_five_graceful_restarts_under_load_lose_nothing():
    with PushServer() as httpd, httpd.client() as client:
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        client.register(3, 1)
        before = httpd.the_child()
        received: list[int] = []
        with Stream(httpd, ahead=150) as stream:
            for _ in range(5):
                received += stream.taken(client.folders(100))
                httpd.reload()
                wait_until(lambda: is_gone(before), "the old child's end")
                after = httpd.the_child()
                assert after != before
                before = after
        received += client.folders(stream.count - len(received))
        assert received == list(range(1, stream.count + 1)), "lost, doubled or out of order"
        assert client.waiting() == []
        assert httpd.counter("OXPushClients") == 1


def test_a_kill_loses_nothing_that_the_kernel_holds():
    with PushServer("OXPushRestartDelay min=10ms max=1s\n") as httpd, httpd.client() as client:
        client.register(3, 1)
        httpd.reload()  # saves the registration
        child = httpd.the_child()
        httpd.raise_event(1, CONTACT, [(1, [3])])
        assert client.folders(1) == [1]
        # A stopped child reads nothing: what is sent now lies in the kernel.
        os.kill(child, signal.SIGSTOP)
        httpd.worker.setblocking(False)
        held = 0
        try:
            while held < 200:
                httpd.raise_event(1, MAIL, [(1, [3])], kind=CREATED)
                held += 1
        except BlockingIOError:
            pass
        newcomer = httpd.client()
        newcomer.send(b"1337\x0111\x011\x011234\x015678")
        assert held >= 5
        httpd.log.announce(DIED)
        os.kill(child, signal.SIGKILL)
        assert client.folders(held) == [1] * held
        assert newcomer.receive() == b"OK\x01"
        assert client.waiting() == []
        newcomer.close()
        assert httpd.the_child() != child


def test_kills_under_load_leave_one_child_that_works():
    with PushServer("OXPushRestartDelay min=10ms max=50ms\n") as httpd, httpd.client() as client:
        client.register(3, 1)
        httpd.reload()
        with Stream(httpd):
            for _ in range(3):
                child = httpd.the_child()
                client.folders(20)
                httpd.log.announce(DIED)
                os.kill(child, signal.SIGKILL)
                wait_until(lambda: httpd.the_child() != child, "a new child")

        def is_told() -> bool:
            """The kernel drops what does not fit into the client's buffer, which the stream may have left full."""
            httpd.raise_event(1, CONTACT, [(2_000_000_000, [3])])
            with contextlib.suppress(ServerFailure):
                while client.receive(0.2) != b"2000000000" + SEPARATOR.encode():
                    pass
                return True
            return False

        wait_until(is_told, "a push packet")


def test_registrations_outlive_a_stop():
    httpd = PushServer()
    with httpd, httpd.client() as client:
        client.register(3, 1)
        httpd.process.send_signal(signal.SIGTERM)
        httpd.process.wait(15)
        httpd.start_again()
        httpd.raise_event(1, CONTACT, [(42, [3])])
        assert client.folders(1) == [42]


def test_a_changed_port_is_bound_anew_and_the_old_one_is_free():
    with PushServer() as httpd, httpd.client() as client:
        client.register(3, 1)
        old, new = httpd.udp, _another_port(httpd.udp)
        httpd.config = httpd.config.replace(str(old), str(new))
        httpd.write_config()
        httpd.reload()
        httpd.udp = new
        with httpd.client() as fresh:
            fresh.register(4, 1)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            wait_until(lambda: _can_bind(probe, old), "the old port")
        httpd.raise_event(1, CONTACT, [(42, [3])])
        assert client.folders(1) == [42], "its registration moved to the new port"


def _another_port(port: int) -> int:
    while True:
        found = free_udp_port()
        if found != port:
            return found


def _can_bind(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def test_a_port_that_is_taken_stops_the_first_start_and_not_a_restart():
    taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    taken.bind(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    httpd = PushServer()
    with httpd, httpd.bus():
        httpd.log.announce("OXP0018: PUSHUDP-0015 UDP port")
        httpd.config = httpd.config.replace(str(httpd.udp), str(port))
        httpd.write_config()
        httpd.reload()
        with httpd.bus() as bus:
            httpd.raise_event(1, CONTACT, [(1, [3])])
            assert bus.event()["audiences"] == [(1, [3])], "browsers are served all the same"
    late = PushServer(base="OXPush Off\n")
    with late:
        late.log.announce("OXP0018: PUSHUDP-0015 UDP port")
        late.config = PushServer.BASE.format(udp=port)
        late.write_config()
        late.reload()
        assert late.answers(), "switching push on with a port that is taken ended the server"
    again = PushServer()
    again.config = again.config.replace(str(again.udp), str(port))
    try:
        again.start()
        raise AssertionError("it started with a port that is taken")
    except AssertionError as error:
        assert "OXP0018" in str(error), error
    finally:
        again.stop()
        taken.close()
