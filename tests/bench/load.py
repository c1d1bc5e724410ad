"""One measured load: requests per second, latency and CPU time of the server's processes, with wrk beside it."""

import os
import pathlib
import re
import subprocess
import tempfile
from dataclasses import dataclass

TICKS = os.sysconf("SC_CLK_TCK")
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Figures:
    rate: float          # requests per second
    p50: float           # milliseconds
    p99: float           # milliseconds
    cpu: float           # microseconds of server time per request
    errors: int


def process_tree(root: int) -> list[int]:
    pids, queue = [], [root]
    while queue:
        pid = queue.pop()
        pids.append(pid)
        for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
            queue += [int(child) for child in task.read_text().split()]
    return pids


def cpu_seconds(root: int) -> float:
    total = 0
    for pid in process_tree(root):
        try:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def private_kilobytes(root: int) -> int:
    """The largest private memory of one worker process."""
    largest = 0
    for pid in process_tree(root)[1:]:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        private = sum(int(n) for n in re.findall(r"^Private_(?:Clean|Dirty):\s+(\d+)", text, re.M))
        largest = max(largest, private)
    return largest


def milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * UNITS[unit]


def run(url: str, connections: int, seconds: int, server: int, headers: dict | None = None,
        body: str | None = None, method: str = "") -> Figures:
    """`server` is the pid of the parent process whose tree is accounted. With `body` every request is a PUT, unless
    `method` says something else."""
    threads = min(2, connections)
    command = ["wrk", "--latency", f"-t{threads}", f"-c{connections}", f"-d{seconds}s"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        method = method or ("PUT" if body is not None else "GET")
        script.write(f"wrk.method='{method}'\n")
        if body is not None:
            script.write(f"wrk.body=[==[{body}]==]\nwrk.headers['Content-Type']='text/javascript'\n")
        script.flush()
        command += ["-s", script.name]
        before = cpu_seconds(server)
        text = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
        after = cpu_seconds(server)
    requests = int(re.search(r"(\d+) requests in", text).group(1))
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Figures(
        rate=float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)),
        p50=milliseconds(re.search(r"^\s+50%\s+(\S+)", text, re.M).group(1)),
        p99=milliseconds(re.search(r"^\s+99%\s+(\S+)", text, re.M).group(1)),
        cpu=(after - before) / max(requests, 1) * 1e6,
        errors=int(failed.group(1)) if failed else 0)
