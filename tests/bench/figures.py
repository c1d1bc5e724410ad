"""What all parts of the bench share: the size of the servers and the form of a line."""

from bench import load

WORKERS = "ServerLimit 2\nStartServers 2\nThreadsPerChild 32\nMaxRequestWorkers 64\nMaxKeepAliveRequests 0\n"


def line(name: str, ours: float, floor: float | None, unit: str, bar: str = "") -> None:
    ratio = f"{ours / floor:8.2f}" if floor else f"{'-':>8}"
    shown = f"{floor:12.2f}" if floor is not None else f"{'-':>12}"
    print(f"{name:<46} {ours:12.2f} {shown} {ratio}  {unit:<9} {bar}", flush=True)


def checked(figures: load.Figures, what: str) -> load.Figures:
    if figures.errors:
        raise SystemExit(f"{what}: {figures.errors} requests failed")
    return figures
