"""What idle event streams cost: 5,000 of them beside the requests of others, on 50 threads. Prints, asserts nothing."""

import contextlib

from bench import load
from bench.figures import checked, line
from support.events import EventStream, event_server, raise_file_limit

STREAMS = 5_000
DIRECTIVES = (f"ServerLimit 2\nStartServers 2\nThreadsPerChild 25\nThreadLimit 25\nMaxRequestWorkers 50\n"
              f"AsyncRequestWorkerFactor 400\nMaxKeepAliveRequests 0\nGroupwareUserConcurrency 1000\n"
              f"GroupwareEventLimits user={STREAMS // 10} process={STREAMS}\n")


def bench(seconds: int) -> None:
    streams_wanted = min(STREAMS, raise_file_limit() - 500)
    with event_server(directives=DIRECTIVES) as server:
        api = server.tenant()
        users = [api.user(number) for number in range(1, 11)]
        folder = api.private_folder(users[0])
        contact = users[0].put("contacts", {"folder_id": folder, "display_name": "x"}, action="new").data["id"]
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in users[0].cookies.items()),
                   "User-Agent": users[0].user_agent}
        get = users[0].target("contacts", {"action": "get", "folder": folder, "id": contact})
        url = f"http://127.0.0.1:{server.port}{get}"

        def measure() -> load.Figures:
            load.run(url, 16, 1, server.httpd.pid, headers)
            return checked(load.run(url, 16, seconds, server.httpd.pid, headers), "contacts get")

        before, memory = measure(), load.private_kilobytes(server.httpd.pid) / 1024
        with contextlib.ExitStack() as stack:
            streams = []
            for number in range(streams_wanted):
                streams.append(stack.enter_context(EventStream(users[number % len(users)])))
                streams[-1].ready()
            after, more = measure(), load.private_kilobytes(server.httpd.pid) / 1024
        line(f"events: contacts get beside {streams_wanted} streams, p50", after.p50, before.p50, "ms")
        line(f"events: contacts get beside {streams_wanted} streams, p99", after.p99, before.p99, "ms")
        line("events: contacts get beside them, rate at 16", after.rate, before.rate, "1/s")
        line("events: private memory of the largest worker", more, memory, "MB")
        line("events: memory a stream", (more - memory) * 1024 * 2 / streams_wanted, None, "KiB")
        api.close()
