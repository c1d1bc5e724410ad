"""What 5,000 idle event streams and 5,000 registered UDP clients cost: beside the requests of others, on 50 threads.
Prints, asserts nothing."""

import contextlib
import socket
import statistics

from bench import load
from bench.figures import checked, line
from bench.push import private_megabytes, to_last_packet
from support.events import EventStream, event_server, raise_file_limit
from support.push import CONTACT, UdpClient, encode_event, frame, free_udp_port
from support.servers import wait_until

STREAMS = 5_000
# A user has at most 16 endpoints.
UDP_SOCKETS, UDP_USERS = 16, 313
ROUNDS = 20
DIRECTIVES = (f"ServerLimit 2\nStartServers 2\nThreadsPerChild 25\nThreadLimit 25\nMaxRequestWorkers 50\n"
              f"AsyncRequestWorkerFactor 400\nMaxKeepAliveRequests 0\nGroupwareUserConcurrency 1000\n"
              f"GroupwareEventLimits user={STREAMS // 10} process={STREAMS}\n"
              "OXPushUdp On\nOXPushDelay 0\nOXPushLimits clients-per-address=100000 clients-per-user=16 "
              "registrations=1000000 packets=65535\n")


def register(server, context: int, udp: int, stack: contextlib.ExitStack) -> tuple[list[UdpClient], list[int]]:
    """Users that exist, as others are not kept, and their clients."""
    lines = [f"user create -c {context} --name udp{n} --mail udp{n}@x.test --display-name udp{n} --given-name U "
             f"--surname {n} --password-hash x" for n in range(UDP_USERS)]
    made = server.ctl("batch", stdin="\n".join(lines)).splitlines()
    users = [int(line.removeprefix("id: ")) for line in made if line.startswith("id: ")]
    clients = [stack.enter_context(UdpClient(("127.0.0.1", udp))) for _ in range(UDP_SOCKETS)]
    for client in clients:
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        for user in users:
            client.send(frame(f"1|{user}|{context}|"))
            client.receive()
    return clients, sorted(users)


def bench_packets(server, context: int, clients: list[UdpClient], users: list[int]) -> None:
    worker = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    path = str(server.httpd.folder / "run" / "oxpush-events.sock")
    delays = [to_last_packet(clients, len(clients) * len(users), lambda: worker.sendto(
        encode_event(context, CONTACT, [(folder, users)]), path)) for folder in range(1, ROUNDS + 1)]
    worker.close()
    line("events: event to last packet beside them, p50", statistics.median(delays), None, "ms", "bar: < 50")
    (child,) = wait_until(lambda: server.httpd.children_named("oxpush"), "the push child")
    line("events: private memory of the push child", private_megabytes(child), None, "MB", "bar: < 30")


def bench(seconds: int) -> None:
    streams_wanted = min(STREAMS, raise_file_limit() - 500)
    udp = free_udp_port()
    with event_server(directives=f"{DIRECTIVES}OXPushClientBind 127.0.0.1:{udp}\n") as server:
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
            bench_packets(server, api.context_id, *register(server, api.context_id, udp, stack))
            after, more = measure(), load.private_kilobytes(server.httpd.pid) / 1024
        line(f"events: contacts get beside {streams_wanted} streams, p50", after.p50, before.p50, "ms")
        line(f"events: contacts get beside {streams_wanted} streams, p99", after.p99, before.p99, "ms")
        line("events: contacts get beside them, rate at 16", after.rate, before.rate, "1/s")
        line("events: private memory of the largest worker", more, memory, "MB")
        line("events: memory a stream", (more - memory) * 1024 * 2 / streams_wanted, None, "KiB")
        api.close()
