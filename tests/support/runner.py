"""Discovers and runs tests: functions `test_*` in files `*_test.py`. One line per test, the count in the last one.

A test name is a sentence with underscores. A test fails by raising; it skips by raising Skipped.
"""

import argparse
import functools
import importlib.util
import inspect
import os
import pathlib
import queue
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from typing import Callable


class Skipped(Exception):
    """The test cannot run here; the text says why."""


@dataclass
class Test:
    """`group` names the kind of server that it needs; the runner's workers understand it."""

    name: str
    run: Callable
    group: str = ""


@dataclass
class Report:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def record(self, name: str, seconds: float, error: BaseException | None) -> None:
        with self.lock:
            if error is None:
                self.passed += 1
                print(f"ok      {name} ({seconds * 1000:.0f} ms)", flush=True)
            elif isinstance(error, Skipped):
                self.skipped += 1
                print(f"skipped {name}: {error}", flush=True)
            else:
                self.failed += 1
                self.failures.append(name)
                print(f"FAILED  {name} ({seconds * 1000:.0f} ms)\n{describe(error)}", flush=True)

    def add(self, other: "Report", name: str) -> None:
        """Its counts, and its failures with the name before them."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.failures += [name + failure for failure in other.failures]

    def finish(self) -> int:
        """Prints the count and gives the exit code."""
        for name in self.failures:
            print(f"failed: {name}")
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return 1 if self.failed or not self.passed + self.skipped else 0


def describe(error: BaseException) -> str:
    """An assertion of ours in short, with the line of the test; anything else in full."""
    lines = traceback.format_exception(error)
    return "".join("    " + line for line in "".join(lines).splitlines(keepends=True))


def load_functions(folder: pathlib.Path, patterns: list[str]) -> list[tuple[pathlib.Path, object, str, Callable]]:
    """(file, module, name, function) of every test under `folder` whose full name contains one of `patterns`."""
    found = []
    for path in sorted(folder.rglob("*_test.py")):
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        spec = importlib.util.spec_from_file_location("tests_" + name.replace(".", "_"), path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for function_name, function in vars(module).items():
            if function_name.startswith("test_") and callable(function):
                full = f"{path.relative_to(folder)}::{function_name[5:]}"
                if matches(full, patterns):
                    found.append((path, module, full, function))
    return found


def matches(name: str, patterns: list[str]) -> bool:
    """`!word` leaves out what has the word."""
    if any(pattern[1:] in name for pattern in patterns if pattern.startswith("!")):
        return False
    wanted = [pattern for pattern in patterns if not pattern.startswith("!")]
    return not wanted or any(pattern in name for pattern in wanted)


def run_one(test: Test, report: Report, *arguments) -> None:
    begin = time.monotonic()
    error = None
    try:
        test.run(*arguments)
    except KeyboardInterrupt:
        raise
    except BaseException as raised:  # a test may fail in any way; the run goes on
        error = raised
    report.record(test.name, time.monotonic() - begin, error)


def run_in_order(tests: list[Test], report: Report) -> None:
    for test in tests:
        run_one(test, report)


def run_parallel(tests: list[Test], workers: int, make_worker: Callable, report: Report) -> None:
    """`make_worker()` gives a context manager whose `run(test, report)` runs one test. Each thread has its own."""
    waiting: queue.SimpleQueue = queue.SimpleQueue()
    for test in tests:
        waiting.put(test)
    broken: list[BaseException] = []

    def work() -> None:
        try:
            with make_worker() as worker:
                while not broken:
                    try:
                        test = waiting.get_nowait()
                    except queue.Empty:
                        return
                    worker.run(test, report)
        except BaseException as error:  # the fixture itself failed: nothing more can run
            broken.append(error)

    threads = [threading.Thread(target=work) for _ in range(max(1, min(workers, len(tests))))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in broken:
        report.record("server of the tests", 0, error)


def default_workers() -> int:
    return max(1, min(4, os.cpu_count() or 1))


def on_each_database(folder: pathlib.Path, patterns: list[str]) -> list[Test]:
    """The tests under `folder`; one whose parameter is called `database` twice: with "sqlite" and with "mysql"."""
    tests = []
    for _, _, name, function in load_functions(folder, []):
        if "database" in inspect.signature(function).parameters:
            tests += [Test(f"{name} ({database})", functools.partial(function, database))
                      for database in ("sqlite", "mysql")]
        else:
            tests.append(Test(name, function))
    return [test for test in tests if matches(test.name, patterns)]


def main(folder: pathlib.Path, description: str) -> int:
    """Of runners whose tests start their own servers: all tests under `folder`, one by one."""
    arguments = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build")
    arguments.add_argument("patterns", nargs="*")
    options = arguments.parse_args()
    if options.build:
        os.environ["GW_BUILD"] = options.build
    report = Report()
    run_in_order(on_each_database(folder, options.patterns), report)
    return report.finish()
