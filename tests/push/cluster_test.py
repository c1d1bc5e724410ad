"""Three servers with addresses of their own find each other, tell each other, and survive losing each other."""

import contextlib
import re
import signal

from support.network import Network, inside
from support.push import CONTACT, PushServer, UdpClient, frame
from support.servers import wait_until

BASE = ("OXPush On\nOXPushUdp On\nOXPushDelay 0\nOXPushAnnounceInterval 100ms\nOXPushPeerLife 60s\n"
        "OXPushLimits clients-per-address=1000 registrations=100000 packets=65535\n"
        "<Location /server-status>\nSetHandler server-status\n</Location>\n")
EVENT = "OXPushMulticast On\nOXPushDistribution event\n"
REGISTER = "OXPushMulticast On\nOXPushDistribution register\n"
PORT = 44335


class Node(PushServer):
    """A server on a host of the network. Its clients live on the same host."""

    def __init__(self, network: Network, number: int, directives: str):
        super().__init__(directives, base=BASE, always_fine=(r"OXP0012: packet of a server at \S+ refused: it is no peer",))
        self.network, self.number, self.host = network, number, network.host(number)

    def launch(self, *arguments, **options) -> None:
        with inside(self.host):
            super().launch(*arguments, **options)

    def answers(self) -> bool:
        with inside(self.host):
            return super().answers()

    def counters(self) -> dict[str, int]:
        with inside(self.host):
            return super().counters()

    def client(self) -> UdpClient:
        address = f"10.77.0.{self.number}"
        with inside(self.host):
            return UdpClient((address, PORT), address)

    def wait_for_peers(self, count: int) -> None:
        wait_until(lambda: self.counter("OXPushPeers") == count, f"{count} peers of host {self.number}")


@contextlib.contextmanager
def cluster(directives: str, count: int = 3, each=lambda number: ""):
    with Network(count) as network, contextlib.ExitStack() as stack:
        nodes = [stack.enter_context(Node(network, number, directives + each(number))) for number in range(1, count + 1)]
        for node in nodes:
            node.wait_for_peers(count - 1)
        yield nodes


def raised(node: Node, folder: int, users=(3,)) -> None:
    node.raise_event(1, CONTACT, [(folder, list(users))])


def test_events_reach_the_clients_and_workers_of_every_server_once():
    with cluster(EVENT) as nodes, contextlib.ExitStack() as stack:
        clients = [stack.enter_context(node.client()).register(3, 1) for node in nodes]
        buses = [stack.enter_context(node.bus()) for node in nodes]
        for folder in range(1, 31):
            raised(nodes[folder % 3], folder)
        for client in clients:
            assert sorted(client.folders(30)) == list(range(1, 31))
        for bus in buses:
            events = [bus.event() for _ in range(30)]
            assert sorted(event["audiences"][0][0] for event in events) == list(range(1, 31))
            assert sorted(event["origin"] for event in events) == [0] * 10 + [1] * 20
        for node, client in zip(nodes, clients):
            assert client.waiting() == []
            assert node.counter("OXPushPeers") == 2, "a server that takes itself for a peer"
            assert node.counter("OXPushPeerEventsSent") == 20


def test_a_registration_at_one_server_is_served_by_the_server_of_the_change():
    with cluster(REGISTER) as nodes, nodes[0].client() as client:
        client.register(3, 1)
        for node in nodes[1:]:
            wait_until(lambda: node.counter("OXPushClients") == 1, "the registration")
        for folder, node in enumerate(nodes, 1):
            raised(node, folder)
            assert client.folders(1) == [folder]
        assert client.waiting() == []


def test_a_killed_server_is_missed_by_nobody_and_found_again():
    with cluster(EVENT) as nodes, nodes[1].client() as client:
        client.register(3, 1)
        nodes[2].kill_group()
        # Its host says that nobody listens; two such complaints are enough.
        folder = 0
        while nodes[0].counter("OXPushPeers") == 2:
            folder += 1
            raised(nodes[0], folder)
            assert client.folders(1) == [folder]
        nodes[2].log.announce("AH00098: pid file .* overwritten")
        nodes[2].start_again()
        for node in nodes:
            node.wait_for_peers(2)
        with nodes[2].client() as again:
            again.register(4, 1)
            raised(nodes[0], 1000, (3, 4))
            assert again.folders(1) == [1000] and client.folders(1) == [1000]


def test_a_server_that_was_cut_off_gets_everything_again_after_healing():
    with cluster(EVENT) as nodes, nodes[1].client() as far, nodes[2].client() as near:
        far.register(3, 1)
        near.register(3, 1)
        nodes[0].network.cut(2)
        raised(nodes[0], 1)
        assert near.folders(1) == [1]
        raised(nodes[1], 2)
        assert far.folders(1) == [2], "it serves its own clients"
        nodes[0].network.heal(2)
        before = nodes[0].counter("OXPushAnnouncements")
        wait_until(lambda: nodes[0].counter("OXPushAnnouncements") > before + 4, "announcements of both")
        nodes[0].wait_for_peers(2)
        for folder in range(3, 13):
            raised(nodes[0], folder)
        # What the systems held while they looked for each other (1 and 2) may come late, once.
        for client in (far, near):
            received: list[int] = []
            while 12 not in received:
                received += client.folders(1)
            received += [int(packet[:-1]) for packet in client.waiting()]
            assert [folder for folder in received if folder > 2] == list(range(3, 13)), received
            assert len(received) == len(set(received)), received


def test_registrations_made_while_a_server_was_cut_off_reach_it_after_healing():
    with cluster(REGISTER) as nodes, nodes[1].client() as client:
        heard = nodes[0].counter("OXPushAnnouncements")
        nodes[0].network.cut(1)
        client.register(3, 1)
        wait_until(lambda: nodes[2].counter("OXPushClients") == 1, "the registration at the third")
        # Host 1 must have missed some announcements before it hears them again.
        sent = nodes[2].counter("OXPushAnnouncements")
        wait_until(lambda: nodes[2].counter("OXPushAnnouncements") > sent + 6, "announcements")
        assert nodes[0].counter("OXPushClients") == 0
        nodes[0].network.heal(1)
        wait_until(lambda: nodes[0].counter("OXPushClients") == 1, "the registration at the first")
        raised(nodes[0], 42)
        assert client.folders(1) == [42]
        assert nodes[0].counter("OXPushAnnouncements") > heard


def test_hosts_with_several_addresses_are_told_once():
    directives = EVENT + ("OXPushMulticastGroup 239.192.7.7 [ff02::4242]:9983\nOXPushMulticastInterface eth0 eth1\n")
    with Network(2) as network, contextlib.ExitStack() as stack:
        nodes = [stack.enter_context(Node(network, number, directives)) for number in (1, 2)]
        for node in nodes:
            # 10.77.0.N, 10.78.0.N, fd77::N and the link-local address of eth1.
            wait_until(lambda: node.counter("OXPushPeers") >= 3, "the peer's addresses")
        client = stack.enter_context(nodes[1].client()).register(3, 1)
        for folder in range(1, 21):
            raised(nodes[0], folder)
        assert client.folders(20) == list(range(1, 21))
        assert client.waiting() == []


def test_clients_and_servers_apart_and_without_multicast():
    def own(number: int) -> str:
        return (f"OXPushClientBind 10.77.0.{number}\nOXPushClusterBind 10.78.0.{number}:44337\n"
                "OXPushPeer 10.78.0.1:44337 10.78.0.2:44337\nOXPushDistribution event\n")

    with Network(2) as network, contextlib.ExitStack() as stack:
        nodes = [stack.enter_context(Node(network, number, own(number))) for number in (1, 2)]
        assert [node.counter("OXPushPeers") for node in nodes] == [1, 1], "its own entry does not count"
        client = stack.enter_context(nodes[1].client()).register(3, 1)
        raised(nodes[0], 42)
        assert client.folders(1) == [42]
        nodes[1].log.announce("OXP0012: .* servers talk to OXPushClusterBind")
        client.send(frame("3|43|7|1|3|0"))
        client.register(3, 1)
        assert client.waiting() == []


def test_signed_servers_believe_only_those_with_the_key():
    key = "2026 0123456789abcdefghijklmnopqrstuvwxyz\n"
    with Network(3) as network, contextlib.ExitStack() as stack:
        nodes = []
        for number in (1, 2, 3):
            node = Node(network, number, EVENT + "OXPushSignatures require\nOXPushKeyFile push.keys\n")
            (node.folder / "push.keys").write_text(key if number != 3 else key.replace("z", "Z"))
            nodes.append(stack.enter_context(node))
        for node in nodes:
            node.log.always_fine.append(re.compile("OXP0012: .* its signature is wrong"))
        nodes[0].wait_for_peers(1)
        nodes[1].wait_for_peers(1)
        wait_until(lambda: nodes[2].counter("OXPushSignaturesRefused") > 2, "refusals")
        assert nodes[2].counter("OXPushPeers") == 0
        client = stack.enter_context(nodes[1].client()).register(3, 1)
        raised(nodes[2], 41)
        raised(nodes[0], 42)
        assert client.folders(1) == [42]
        assert nodes[0].counter("OXPushPeers") == 1


def test_a_graceful_restart_keeps_the_peers():
    # The announcements are far apart: only what was saved can tell who is a peer.
    with cluster(EVENT + "OXPushAnnounceInterval 1h\nOXPushPeerLife 2h\n", count=2) as nodes, nodes[1].client() as client:
        client.register(3, 1)
        for folder in range(1, 4):
            nodes[1].reload()
            nodes[0].reload()
            raised(nodes[0], folder)
            assert client.folders(1) == [folder]
        assert client.waiting() == []


def test_a_server_that_stops_says_so_and_one_that_restarts_does_not():
    signs = EVENT + "OXPushSignatures require\nOXPushKeyFile push.keys\nOXPushPeerLife 10h\n"
    with Network(2) as network, contextlib.ExitStack() as stack:
        nodes = []
        for number in (1, 2):
            node = Node(network, number, signs)
            (node.folder / "push.keys").write_text("2026 0123456789abcdefghijklmnopqrstuvwxyz\n")
            nodes.append(stack.enter_context(node))
        nodes[0].wait_for_peers(1)
        nodes[1].wait_for_peers(1)
        nodes[1].reload()
        heard = nodes[0].counter("OXPushAnnouncements")
        wait_until(lambda: nodes[0].counter("OXPushAnnouncements") > heard + 2, "announcements of the successor")
        assert nodes[0].counter("OXPushGoodbyes") == 0
        nodes[1].process.send_signal(signal.SIGTERM)
        nodes[0].wait_for_peers(0)
        assert nodes[0].counter("OXPushGoodbyes") == 1
