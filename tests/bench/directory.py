"""Twenty thousand users by groupwarectl, out of a file and out of a directory (slapd), and what follows then: names that change, moves
between groups, removal, a directory that is down. The floor of a rate is that of the first 5,000: time grows with the number of users
and not with its square. Prints, asserts that all are there."""

import json
import os
import subprocess
import time
from dataclasses import dataclass

from bench.figures import line
from support.directory_intake import Intake, expect
from support.directory_server import BASE, Slapd, dn_of, group, person
from support.servers import MariaDB

FEW, MANY = 5_000, 20_000
MOVED = 100


@dataclass
class Run:
    seconds: float
    megabytes: float  # of memory at most
    report: dict


def timed(intake: Intake, *words, code: int = 0) -> Run:
    output, began = intake.folder / "output.json", time.monotonic()
    with open(output, "wb") as file:
        process = subprocess.Popen(intake.command(*words), stdout=file, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    text = output.read_text()
    assert process.returncode == code, (words, text)
    return Run(seconds, usage.ru_maxrss / 1024, json.loads(text) if code == 0 else {})


def names(count: int) -> list[str]:
    return [f"user{number:05}" for number in range(count)]


def by_file(intake: Intake, count: int) -> Run:
    file = intake.folder / "users.csv"
    rows = [f"{name},User,{name.upper()},{name}@example.test" for name in names(count)]
    file.write_text("\n".join(["userName,firstName,lastName,email", *rows]) + "\n")
    run = timed(intake, "user", "import", "--context", "1", "--csv", file)
    assert (run.report["created"], run.report["failed"]) == (count, 0), run.report
    return run


def by_directory(intake: Intake, count: int) -> Run:
    run = timed(intake, "directory", "import")
    expect(run.report, "users", created=count)
    return run


def bench_growth(name: str, face: str, make, mariadb: MariaDB | None, people: dict[int, Slapd]) -> Intake:
    """The intake that has them all."""
    runs, intake = {}, None
    for count, slapd in people.items():
        intake = Intake(slapd, database=mariadb.fresh_database() if mariadb else "").start()
        runs[count] = make(intake, count)
    few, many = runs[FEW], runs[MANY]
    line(f"{name}: {MANY} users {face}", MANY / many.seconds, FEW / few.seconds, "1/s", "bar: ratio >= 0.8")
    line(f"{name}: {MANY} users {face}, time", many.seconds, None, "s")
    line(f"{name}: {MANY} users {face}, memory", many.megabytes, few.megabytes, "MB")
    return intake


def bench_followers(name: str, intake: Intake, slapd: Slapd) -> None:
    users = names(MANY)
    line(f"{name}: directory as before", timed(intake, "directory", "import").seconds, None, "s")
    moved = [dn_of(user) for user in users[:MOVED]]
    slapd.modify(f"dn: cn=half,ou=groups,{BASE}\nchangetype: modify\ndelete: member\n" + "".join(f"member: {dn}\n" for dn in moved)
                 + "\n" + group("moved", *moved))
    for user in users[MOVED:2 * MOVED]:
        slapd.rename(dn_of(user), f"uid=new-{user}")
    for user in users[-MOVED:]:
        slapd.delete(dn_of(user))
    run = timed(intake, "directory", "import", "--force")
    expect(run.report, "users", changed=MOVED, suspended=MOVED)
    expect(run.report, "groups", created=1, changed=1)
    line(f"{name}: {MOVED} renamed, moved, removed each", run.seconds, None, "s")
    assert len(intake.members("moved")) == MOVED and intake.user(f"new-{users[MOVED]}")["enabled"] is True
    assert intake.user(users[-1])["enabled"] is False
    slapd.kill_group()
    line(f"{name}: directory that is down", timed(intake, "directory", "import", code=1).seconds, None, "s")
    assert len(intake.members("moved")) == MOVED


def bench(name: str, mariadb: MariaDB | None) -> None:
    def directory(count: int) -> Slapd:
        users = names(count)
        return Slapd("".join(person(user, "User", user.upper()) for user in users)
                     + group("half", *(dn_of(user) for user in users[:count // 2])))

    with directory(FEW) as few, directory(MANY) as many:
        people = {FEW: few, MANY: many}
        bench_growth(name, "by a file", by_file, mariadb, people)
        intake = bench_growth(name, "by a directory", by_directory, mariadb, people)
        bench_followers(name, intake, many)
