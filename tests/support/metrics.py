"""The pages for monitoring, read as Prometheus and balancers read them."""

import http.client
import json
import re

PAGES = """
<Location /metrics>
  SetHandler groupware-metrics
</Location>
<Location /metrics-reference>
  SetHandler groupware-metrics-reference
</Location>
<Location /stats>
  SetHandler groupware-stats
</Location>
<Location /health>
  SetHandler groupware-health
</Location>
<Location /ready>
  SetHandler groupware-ready
</Location>
"""
SAMPLE = re.compile(r'^([a-z_]+)(?:\{(.*)\})? (-?[0-9.e+-]+)$')
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')


def get(port: int, path: str, method: str = "GET") -> tuple[int, str, str]:
    """Status, type and body, on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read().decode()
    finally:
        connection.close()


class Metrics:
    """One scrape."""

    def __init__(self, port: int, path: str = "/metrics"):
        status, self.type, self.text = get(port, path)
        assert status == 200, f"{status} {self.text}"
        self.samples: dict[tuple[str, frozenset], float] = {}
        for line in self.text.splitlines():
            if line.startswith("#"):
                continue
            found = SAMPLE.match(line)
            assert found, line
            key = (found[1], frozenset(LABEL.findall(found[2] or "")))
            assert key not in self.samples, f"twice: {line}"
            self.samples[key] = float(found[3])
        self.kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", self.text, re.M))

    def sum(self, name: str, **labels: str) -> float:
        """Of all samples that have these labels."""
        wanted = set(labels.items())
        return sum(value for (found, own), value in self.samples.items() if found == name and wanted <= own)

    def labels(self, name: str, label: str) -> set[str]:
        return {dict(own)[label] for found, own in self.samples if found == name}

    def totals(self) -> dict[tuple[str, frozenset], float]:
        """What may never fall."""
        kept = {}
        for (name, own), value in self.samples.items():
            base = re.sub(r"_(bucket|sum|count)$", "", name)
            if self.kinds.get(name) == "counter" or self.kinds.get(base) == "histogram":
                kept[name, own] = value
        return kept

    def fallen_since(self, before: "Metrics") -> list[str]:
        now = self.samples
        return [f"{name} {dict(own)}: {value} -> {now.get((name, own))}" for (name, own), value in before.totals().items()
                if now.get((name, own), -1) < value - 1e-9]


def health(port: int, path: str = "/health") -> tuple[int, dict]:
    status, kind, body = get(port, path)
    assert kind.startswith("application/json"), kind
    return status, json.loads(body)
