"""Bench beside the floors of the same machine (design: speed and memory). Prints one line per figure."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
from typing import Callable

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from bench import calendars, directory, events, files, listeners, load, mail, provisioning, push  # noqa: E402
from bench.figures import WORKERS, checked, line  # noqa: E402
from support.groupware import PASSWORD, Groupware, groupwarectl_path  # noqa: E402
from support.servers import DISK, Apache, MariaDB, build_folder  # noqa: E402

COLUMNS = "1,20,500,501,502,555,556,569,602,5"
ROWS = 1000
CONNECTIONS = 16


def http_floors(seconds: int) -> tuple[load.Figures, load.Figures]:
    bare = build_folder() / "bench" / "mod_bare.so"
    with Apache(config=WORKERS, loads=(("bare_module", str(bare)),)) as httpd:
        (httpd.folder / "htdocs" / "file.txt").write_text("x" * 1024)
        url = f"http://127.0.0.1:{httpd.port}"
        load.run(f"{url}/bare", CONNECTIONS, 1, httpd.pid)
        static = checked(load.run(f"{url}/file.txt", CONNECTIONS, seconds, httpd.pid), "static file")
        constant = checked(load.run(f"{url}/bare", CONNECTIONS, seconds, httpd.pid), "bare module")
    line("floor: static file of 1 KiB, rate at 16", static.rate, None, "1/s")
    line("floor: static file of 1 KiB, CPU a request", static.cpu, None, "us")
    line("floor: bare module, rate at 16", constant.rate, None, "1/s")
    line("floor: bare module, CPU a request", constant.cpu, None, "us")
    return static, constant


def database_floor(mariadb: MariaDB | None, folder: pathlib.Path) -> dict[str, float]:
    program = str(build_folder() / "bench" / "database_floor")
    if mariadb is None:
        url, arguments = f"sqlite:{folder}/floor.db", ["sqlite", str(folder / "floor.db")]
    else:
        url = mariadb.fresh_database()
        arguments = ["mysql", str(mariadb.port), "gw", "secret", url.rsplit("/", 1)[1]]
    for command in (["migrate"], ["context", "create", "--id", "9", "--name", "floor", "--admin", "oxadmin", "--password",
                                  PASSWORD, "--admin-mail", "oxadmin@floor.test"]):
        subprocess.run([str(groupwarectl_path()), "--database", url, *command], check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{program} {' '.join(arguments)}: {done.stderr}")
    return {name: float(rate) for name, rate in (row.split() for row in done.stdout.splitlines())}


def fill(user, folder: str) -> str:
    """Stores the contacts and gives the id of one."""
    wanted = [{"folder_id": folder, "first_name": f"Given{i}", "last_name": f"Family{i * 7919 % ROWS}",
               "email1": f"person{i}@example.test", "company": "Example", "telephone_business1": "+49 30 12345",
               "street_business": "Street 1", "city_business": "Berlin", "note": "A note of ordinary length."}
              for i in range(ROWS)]
    ids = []
    for start in range(0, ROWS, 200):
        bundle = [{"module": "contacts", "action": "new", "data": contact} for contact in wanted[start:start + 200]]
        ids += [element["data"]["id"] for element in user.multiple(bundle)]
    return ids[ROWS // 2]


def bench_session_check(name: str, measure: Callable, root: str, session: str, constant: load.Figures) -> None:
    """The check is what a small request with a session costs more than a small one that needs none."""
    open_request = measure(f"{root}/capabilities?action=get&id=contacts", CONNECTIONS)
    me = measure(f"{root}/system?action=whoami&{session}", CONNECTIONS)
    line(f"{name}: whoami, CPU a request", me.cpu, constant.cpu, "us")
    line(f"{name}: session check, CPU over no session", me.cpu - open_request.cpu, None, "us", "bar: <= 25")
    ten = json.dumps([{"module": "system", "action": "whoami"}] * 10)
    many = measure(f"{root}/multiple?{session}", CONNECTIONS, ten)
    line(f"{name}: multiple of 10 whoami, CPU a request", many.cpu, me.cpu, "us")


def bench_database(name: str, mariadb: MariaDB | None, seconds: int, constant: load.Figures) -> None:
    with Groupware(mariadb or "sqlite", directives=WORKERS + "GroupwareUserConcurrency 1000\n") as server:
        floor = database_floor(mariadb, server.httpd.folder)
        line(f"{name}: bare select by key, floor", floor["select"], None, "1/s")
        line(f"{name}: bare durable insert, floor", floor["insert"], None, "1/s")
        line(f"{name}: bare insert of a contact's rows", floor["rows"], floor["insert"], "1/s")
        tenant = server.tenant()
        user = tenant.user(1)
        folder = tenant.private_folder()
        contact = fill(user, folder)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in user.cookies.items()), "User-Agent": user.user_agent}
        root = f"http://127.0.0.1:{server.port}/ajax"
        session = f"session={user.session}"

        def measure(url: str, connections: int, body: str | None = None) -> load.Figures:
            load.run(url, connections, 1, server.httpd.pid, headers, body)
            return checked(load.run(url, connections, seconds, server.httpd.pid, headers, body), url)

        get = f"{root}/contacts?action=get&folder={folder}&id={contact}&{session}"
        many = measure(get, CONNECTIONS)
        bar = "2.5" if mariadb is None else "5"
        line(f"{name}: contacts get, CPU a request", many.cpu, constant.cpu, "us", f"bar: ratio <= {bar}")
        line(f"{name}: contacts get, rate at 16", many.rate, constant.rate, "1/s")
        line(f"{name}: contacts get, p99 / p50 at 16", many.p99, many.p50, "ms", "bar: ratio < 5")
        one = measure(get, 1)
        line(f"{name}: contacts get, p50 at 1", one.p50, constant.p50, "ms")
        rows = measure(f"{root}/contacts?action=all&folder={folder}&columns={COLUMNS}&{session}", 1)
        line(f"{name}: contacts all, {ROWS} rows x 10 columns, p50", rows.p50, None, "ms", "bar: < 4 on SQLite")
        sorted_rows = measure(
            f"{root}/contacts?action=all&folder={folder}&columns={COLUMNS}&sort=607&order=asc&{session}", 1)
        line(f"{name}: contacts all, sorted by name, p50", sorted_rows.p50, None, "ms")
        bench_session_check(name, measure, root, session, constant)
        private = load.private_kilobytes(server.httpd.pid) / 1024
        line(f"{name}: private memory of the largest worker", private, None, "MB", "bar: < 12")
        new = json.dumps({"folder_id": folder, "first_name": "New", "last_name": "Person", "email1": "new@example.test"})
        create = measure(f"{root}/contacts?action=new&{session}", 1, new)
        line(f"{name}: contacts new, rate at 1", create.rate, floor["insert"], "1/s", "bar: ratio >= 0.6")
        create = measure(f"{root}/contacts?action=new&{session}", CONNECTIONS, new)
        line(f"{name}: contacts new, rate at 16", create.rate, floor["insert"], "1/s", "bar: ratio >= 0.6")
        line(f"{name}: contacts new at 16 beside its bare rows", create.rate, floor["rows"], "1/s")


def bench(name: str, mariadb: MariaDB | None, options: argparse.Namespace, constant: load.Figures | None) -> None:
    if options.part in ("contacts", "all"):
        bench_database(name, mariadb, options.seconds, constant)
    if options.part in ("files", "all"):
        files.bench(name, mariadb, options.seconds)
    if options.part in ("calendar", "all"):
        calendars.bench(name, mariadb, options.seconds)
    if options.part in ("mail", "all"):
        mail.bench(name, mariadb, options.seconds)
    if options.part in ("provisioning", "all"):
        provisioning.bench(name, mariadb)
    if options.part == "directory":
        # Ten minutes of it.
        directory.bench(name, mariadb)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="of each measured load")
    parser.add_argument("--database", choices=("sqlite", "mysql", "both"), default="both")
    parser.add_argument("--part", default="all",
                        choices=("contacts", "files", "calendar", "mail", "events", "push", "listeners", "provisioning", "directory",
                                 "all"))
    options = parser.parse_args()
    # What waits for the disk shall wait here.
    os.environ.setdefault("GW_STATE_FOLDER", DISK)
    print(f"{'figure':<46} {'ours':>12} {'floor':>12} {'ratio':>8}  unit      bar")
    if options.part in ("push", "all"):
        push.bench()
    if options.part in ("listeners", "all"):
        listeners.bench()
    if options.part in ("events", "all"):
        events.bench(options.seconds)
    if options.part in ("push", "listeners", "events"):
        return
    # Beside the database or the mail server alone.
    constant = None if options.part in ("calendar", "mail", "provisioning", "directory") else http_floors(options.seconds)[1]
    if options.database != "mysql":
        bench("sqlite", None, options, constant)
    if options.database != "sqlite":
        with MariaDB(is_durable=True) as mariadb:
            bench("mariadb", mariadb, options, constant)


if __name__ == "__main__":
    main()
