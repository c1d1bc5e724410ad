"""Load on a server while something happens to it: threads that repeat a request and count what went wrong."""

import http.client
import threading
from typing import Callable

from support.servers import wait_until


class Load:
    """`with Load(make_request) as load: …` — `make_request()` gives a function that performs one request and raises when
    it fails. At the end `failures` holds what went wrong and `done` how many went well."""

    def __init__(self, make_request: Callable[[], Callable[[], None]], threads: int = 4):
        self.make_request = make_request
        self.failures: list[str] = []
        self.done = 0
        self.lock = threading.Lock()
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self._work) for _ in range(threads)]

    def _work(self) -> None:
        request = self.make_request()
        while not self.is_over.is_set():
            try:
                request()
            except Exception as error:  # whatever it is, the test reports it
                with self.lock:
                    self.failures.append(f"{type(error).__name__}: {error}")
            else:
                with self.lock:
                    self.done += 1

    def wait_for(self, count: int) -> None:
        """Until `count` requests went well in all, or one failed."""
        wait_until(lambda: self.done >= count or self.failures, f"{count} requests", 60)

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()


def fresh_get(port: int, path: str, wanted: bytes) -> Callable[[], None]:
    """A request on a new connection each time."""

    def request() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", path, headers={"Connection": "close"})
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == 200 and body == wanted, f"{answer.status} {body[:200]!r}"
        finally:
            connection.close()

    return request
