"""A Galera cluster of two nodes on loopback. Takes some ten seconds to start: for proofs, not for every run."""

import contextlib
import pathlib

from support.runner import Skipped
from support.ports import free_port
from support.servers import MariaDB, ServerFailure, wait_until

PROVIDER = pathlib.Path("/usr/lib/galera/libgalera_smm.so")
#: The second node fetches all data by rsync.
JOIN_LIMIT = 60.0
CONFIG = """\
binlog-format=ROW
innodb-autoinc-lock-mode=2
wsrep-on=ON
wsrep-provider={provider}
wsrep-cluster-name={name}
wsrep-node-name={node}
wsrep-node-address=127.0.0.1:{group}
wsrep-cluster-address=gcomm://{peers}
wsrep-sst-method=rsync
wsrep-sst-receive-address=127.0.0.1:{transfer}
wsrep-slave-threads=2
wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:{group}; ist.recv_addr=127.0.0.1:{increments}; gcache.size=16M"
"""


class GaleraNode(MariaDB):
    """`first`: the node that it joins; without one it founds the cluster. A database is made on the first and found on both."""

    def __init__(self, first: "GaleraNode | None" = None):
        super().__init__()
        self.first = first
        self.group, self.transfer, self.increments = free_port(), free_port(), free_port()
        if first is None:
            self.arguments = ["--wsrep-new-cluster"]
        self.settings = CONFIG.format(provider=PROVIDER, name="gw", node="n2" if first else "n1", group=self.group,
                                      peers=f"127.0.0.1:{first.group}" if first else "", transfer=self.transfer,
                                      increments=self.increments)

    def status(self, name: str) -> str:
        return self.query(f"SELECT variable_value FROM information_schema.global_status WHERE variable_name='{name}'").strip()

    def is_synced(self) -> bool:
        with contextlib.suppress(ServerFailure):
            return self.status("wsrep_local_state_comment") == "Synced" and self.status("wsrep_ready") == "ON"
        return False

    def start(self) -> "GaleraNode":
        super().start()
        wait_until(self.is_synced, "a synced node of Galera", JOIN_LIMIT)
        return self

    def greets(self) -> bool:
        # A joiner listens long before it takes clients; is_synced waits for that.
        return self.first is not None or super().greets()

    def fresh_database(self) -> str:
        if self.first is None:
            return super().fresh_database()
        name = f"gw{self.first.databases}"
        wait_until(lambda: name in self.query("SHOW DATABASES").split(), "the database on the second node")
        return f"mysql://gw:secret@127.0.0.1:{self.port}/{name}"


class GaleraPair:
    def __init__(self):
        if not PROVIDER.exists():
            raise Skipped("galera-4 is not installed")
        self.nodes: list[GaleraNode] = []

    def __enter__(self) -> "GaleraPair":
        try:
            for _ in range(2):
                self.nodes.append(GaleraNode(self.nodes[0] if self.nodes else None))
                self.nodes[-1].start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def conflicts(self) -> int:
        """Transactions that lost against one of the other node."""
        return sum(int(node.status(name)) for node in self.nodes for name in ("wsrep_local_bf_aborts", "wsrep_local_cert_failures"))

    def __exit__(self, *_) -> None:
        for node in reversed(self.nodes):
            node.stop()
