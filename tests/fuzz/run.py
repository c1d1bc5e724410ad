#!/usr/bin/python3
"""Builds the fuzzers with clang and runs each for a while. A find fails the entry: its input is kept and the stack shown.

    run.py [--seconds N] [--jobs N] [--seed N] [--build DIR] [--finds DIR] [--quick-build] [NAME...]

The committed corpus is only read; what a fuzzer discovers goes to a scratch folder that is removed. Inputs that break a
promise stay in the folder of finds (default: fuzz-finds in the build folder).
"""

import argparse
import contextlib
import fcntl
import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
sys.path.insert(0, str(FOLDER.parent))

from support import runner  # noqa: E402

# Bytes of the longest input that a fuzzer makes: long ones take time and find little. What lies beyond (limits) is in the
# corpus, whose files run in full length first.
LONGEST = {"csv": 1_024, "multipart": 1_024, "search_term": 1_024, "vcard": 1_024}
DEFAULT_LONGEST = 2_048
# Which part of the time an entry gets. What reads whole documents of strangers needs it; the others have shown nearly all they
# can when their corpus has run: a few seconds tell whether they still work, --seconds 600 searches.
SHARES = {"archive": 8, "csv": 1, "json": 1, "multipart": 1, "parameters": 1, "vcard": 1, "feed": 4, "html": 4, "ical": 4, "mime": 4, "soap": 4}
DEFAULT_SHARE = 15
RSS_MB = 1_024
# Seconds on the clock, not of work: beside other suites a fuzzer has the lowest priority and may stand still for long.
INPUT_SECONDS = 300
STACK_LINES = 60


def entries() -> list[str]:
    return sorted(path.name.removesuffix("_fuzz.cpp") for path in FOLDER.glob("*_fuzz.cpp"))


@contextlib.contextmanager
def locked(build: pathlib.Path):
    """Two builds in one folder spoil each other."""
    build.mkdir(parents=True, exist_ok=True)
    with open(build / ".lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build_fuzzers(build: pathlib.Path, names: list[str], jobs: int, is_quick: bool) -> None:
    """Builds the fuzzers and what they link, nothing else. Prints the tools' output when they fail. Without optimising, which takes
    half as long, they run at a third of the speed."""
    level = ["-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O0 -g1"] if is_quick else []
    with locked(build):
        for command in (["cmake", "--preset", "fuzz", "-B", str(build), *level],
                        ["cmake", "--build", str(build), "-j", str(jobs), "--target", *[f"{n}_fuzz" for n in names]]):
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode != 0:
                lines = [line for line in done.stdout.splitlines() if not line.startswith("[")]
                raise AssertionError(f"{' '.join(command)} failed:\n" + "\n".join(lines[-STACK_LINES:]))


def environment() -> dict[str, str]:
    """Sanitizers end the process at the first finding. Names in stacks come from addr2line, which needs no further package."""
    return dict(os.environ,
                ASAN_OPTIONS="detect_leaks=1:allow_addr2line=1",
                UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1", LC_ALL="C.UTF-8", TZ="UTC")


def statistic(output: str, name: str) -> int:
    found = re.search(rf"stat::{name}:\s*(\d+)", output)
    return int(found[1]) if found else 0


def coverage(output: str) -> int:
    """Edges that the inputs reach, of the last progress line."""
    found = re.findall(r"\bcov: (\d+)", output)
    return int(found[-1]) if found else 0


def stack_of(output: str) -> str:
    """From the first line of a report on; progress lines before it say nothing."""
    start = re.search(r"^(broken promise|unexpected|==\d+==|.*runtime error:)", output, re.M)
    lines = [line for line in output[start.start() if start else 0:].splitlines() if "fuzzer::" not in line]
    return "\n".join(lines[:STACK_LINES])


@dataclass
class Settings:
    seconds: int
    seed: int
    build: pathlib.Path
    finds: pathlib.Path


def run_once(name: str, settings: Settings, *options) -> str:
    """Gives what the fuzzer printed. A find raises, with the path of the input and the stack."""
    # Beside other suites they take what these leave.
    command = ["nice", "-n", "14", settings.build / "tests/fuzz" / f"{name}_fuzz", f"-timeout={INPUT_SECONDS}", f"-rss_limit_mb={RSS_MB}",
               f"-seed={settings.seed}", "-print_final_stats=1", f"-artifact_prefix={settings.finds}/{name}-", *options]
    done = subprocess.run(command, cwd=settings.build, env=environment(), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=settings.seconds + 2 * INPUT_SECONDS, check=False)
    output = done.stdout.decode(errors="replace")
    if done.returncode != 0:
        kept = re.search(r"Test unit written to (\S+)", output)
        raise AssertionError(f"input: {kept[1] if kept else 'none was written'}\n{stack_of(output)}")
    return output


def run_fuzzer(name: str, settings: Settings) -> None:
    corpus = FOLDER / "corpus" / name
    if not corpus.is_dir() or not any(corpus.iterdir()):
        raise AssertionError(f"{corpus} has no inputs")
    output = run_once(name, settings, "-runs=0", corpus)
    seconds = settings.seconds // SHARES.get(name, DEFAULT_SHARE)
    if seconds > 0:
        with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as scratch:
            output = run_once(name, settings, f"-max_total_time={seconds}",
                              f"-max_len={LONGEST.get(name, DEFAULT_LONGEST)}", scratch, corpus)
    print(f"        {name}: {statistic(output, 'number_of_executed_units')} executions, "
          f"{statistic(output, 'average_exec_per_sec')}/s, coverage {coverage(output)} edges", flush=True)


class Worker:
    """What runner.run_parallel gives each of its threads."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    @staticmethod
    def run(test: runner.Test, report: runner.Report) -> None:
        runner.run_one(test, report)


def skip_without_clang() -> None:
    raise runner.Skipped("clang++ is not installed (packages clang and libclang-rt-14-dev)")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=int, default=60, help="of the long fuzzers, a part of it for the others; 0: only the corpus")
    arguments.add_argument("--jobs", type=int, default=2, help="fuzzers at a time")
    arguments.add_argument("--seed", type=int, default=1, help="of the random changes")
    arguments.add_argument("--build", type=pathlib.Path, default=ROOT / "build-fuzz")
    arguments.add_argument("--finds", type=pathlib.Path)
    arguments.add_argument("--quick-build", action="store_true", help="does not optimise: for runs of a minute")
    arguments.add_argument("names", nargs="*", metavar="NAME")
    options = arguments.parse_args()
    if unknown := set(options.names) - set(entries()):
        arguments.error(f"unknown entry {', '.join(sorted(unknown))}; there are {', '.join(entries())}")
    names = options.names or entries()
    build = options.build.resolve()
    settings = Settings(options.seconds, options.seed, build, (options.finds or build / "fuzz-finds").resolve())
    report = runner.Report()
    if shutil.which("clang++") is None:
        runner.run_in_order([runner.Test(name, skip_without_clang) for name in names], report)
        return report.finish()
    runner.run_one(runner.Test("the fuzzers build", lambda: build_fuzzers(build, names, options.jobs, options.quick_build)), report)
    if not report.failed:
        settings.finds.mkdir(parents=True, exist_ok=True)
        tests = [runner.Test(name, functools.partial(run_fuzzer, name, settings)) for name in names]
        runner.run_parallel(tests, options.jobs, Worker, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
