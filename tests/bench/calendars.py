"""Calendars: a month of a large one, free and busy times of many people, an import, each beside the same rows by bare SQL."""

import datetime
import json
import subprocess
import time

from bench import load
from bench.figures import WORKERS, checked, line
from support.calendar import cal, millis
from support.client import ApiClient
from support.groupware import Groupware
from support.servers import MariaDB, build_folder

EVENTS, SERIES = 10_000, 500
#: Series that never end; the others have ten dates.
ENDLESS = 100
FIRST, DAYS = datetime.date(2024, 1, 1), 3 * 365
MONTH = ("20250601T000000Z", "20250701T000000Z")
PEOPLE = 50
WEEK = ("20250602T000000Z", "20250609T000000Z")
#: Each of them, over three months around that week.
EVENTS_OF_ONE, SERIES_OF_ONE = 200, 5
SHORT_SPAN = 8 * 86_400_000
ROUNDS = 50

EVENT = """\
BEGIN:VEVENT\r
UID:{uid}@bench.test\r
DTSTAMP:20240101T000000Z\r
DTSTART;TZID=Europe/Berlin:{day}T{hour:02}0000\r
DTEND;TZID=Europe/Berlin:{day}T{hour:02}4500\r
{rule}SUMMARY:Meeting {uid} about the next steps\r
LOCATION:Room {hour}\r
DESCRIPTION:What there is to talk about\\, in a text of ordinary length\\, as people write them.\r
END:VEVENT\r
"""


def calendar_file(prefix: str, first: datetime.date, days: int, events: int, series: int, endless: int) -> bytes:
    """Single events spread evenly over the days, and weekly series that begin evenly spread, the endless ones at once."""
    parts = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n"]

    def add(uid: str, after: int, hour: int, rule: str = "") -> None:
        day = (first + datetime.timedelta(days=after)).strftime("%Y%m%d")
        parts.append(EVENT.format(uid=f"{prefix}{uid}", day=day, hour=8 + hour % 10, rule=rule))

    for number in range(events):
        add(f"e{number}", number * days // events, number)
    for number in range(series):
        if number < endless:
            add(f"s{number}", number % 5, number, "RRULE:FREQ=WEEKLY\r\n")
        else:
            add(f"s{number}", number * days // series, number, "RRULE:FREQ=WEEKLY;COUNT=10\r\n")
    return "".join([*parts, "END:VCALENDAR\r\n"]).encode()


def load_file(client: ApiClient, folder: str, content: bytes, count: int) -> float:
    """Milliseconds."""
    client.timeout = 600
    begin = time.perf_counter()
    answer = client.multipart("import", {}, {"file": ("a.ics", "text/calendar", content)}, action="ICAL", folder=folder)
    taken = (time.perf_counter() - begin) * 1000
    failed = [one for one in answer.data if "id" not in one]
    assert len(answer.data) == count and not failed, failed[:3]
    return taken


class Floor:
    """The database of the server, in a bare loop."""

    def __init__(self, server: Groupware, mariadb: MariaDB | None):
        self.program = str(build_folder() / "bench" / "statement_floor")
        if mariadb is None:
            self.database = ["sqlite", server.url.removeprefix("sqlite:")]
        else:
            self.database = ["mysql", str(mariadb.port), "gw", "secret", server.url.rsplit("/", 1)[1]]

    def run(self, mode: str, number: int, statements: str = "") -> float:
        done = subprocess.run([self.program, mode, str(number), *self.database], input=statements, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{self.program} {mode}: {done.stderr}")
        return float(done.stdout)

    def rows(self, context: int, takers: list[int], span: tuple[str, str], folder: str = "") -> float:
        """Events of these users in the time, and who takes part in them, read through the index of times."""
        begin, end = millis(span[0]), millis(span[1])
        # As the server does: left to itself SQLite reads all attendees of the context.
        a = "event_attendees a INDEXED BY event_attendees_range" if self.database[0] == "sqlite" else "event_attendees a"
        here = f" AND a.folder_id={folder}" if folder else ""
        who = f"a.cid={context} AND a.kind=1 AND a.entity IN ({','.join(map(str, takers))}) AND a.is_hidden=0{here}"
        halves = (f"{who} AND a.is_long=0 AND a.range_until>={begin} AND a.range_until<{end + SHORT_SPAN} AND a.range_from<{end}",
                  f"{who} AND a.is_long=1 AND a.range_until>={begin} AND a.range_from<{end}")
        events = " UNION ALL ".join(f"SELECT e.* FROM {a} JOIN events e ON e.cid=a.cid AND e.id=a.event WHERE {half}"
                                    for half in halves)
        people = " UNION ALL ".join(f"SELECT b.* FROM {a} JOIN event_attendees b ON b.cid=a.cid AND b.event=a.event "
                                    f"WHERE {half}" for half in halves)
        return self.run("read", ROUNDS, f"{events}\n{people}\n")


class Measure:
    def __init__(self, server: Groupware, client: ApiClient, seconds: int):
        self.server, self.client, self.seconds = server, client, seconds
        self.headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items()), "User-Agent": client.user_agent}

    def run(self, module: str, parameters: dict, body: str | None = None) -> load.Figures:
        target = f"http://127.0.0.1:{self.server.port}{self.client.target(module, parameters)}"
        load.run(target, 1, 1, self.server.httpd.pid, self.headers, body)
        return checked(load.run(target, 1, self.seconds, self.server.httpd.pid, self.headers, body), target)


def bench_month(name: str, api, measure: Measure, floor: Floor, folder: str) -> None:
    span = {"rangeStart": MONTH[0], "rangeEnd": MONTH[1]}
    asked = {"action": "all", "folder": cal(folder), "expand": True, **span}
    count = len(measure.client.get("chronos", **asked).data)
    rows = floor.rows(api.context_id, [measure.client.user_id], MONTH, folder)
    month = measure.run("chronos", asked)
    line(f"{name}: month of {EVENTS} events, {SERIES} series: {count}, p50", month.p50, rows, "ms")
    brief = measure.run("chronos", {**asked, "fields": "id,folder,recurrenceId,startDate,endDate,summary,flags"})
    line(f"{name}: the same, 7 fields, p50", brief.p50, rows, "ms")
    masters = measure.run("chronos", {**asked, "expand": False})
    line(f"{name}: the same month, not expanded, p50", masters.p50, rows, "ms")
    classic = measure.run("calendar", {"action": "all", "folder": folder, "start": millis(MONTH[0]), "end": millis(MONTH[1]),
                                       "columns": "1,20,200,201,202,207,209,400,402"})
    line(f"{name}: the same month, calendar all of 9 columns, p50", classic.p50, rows, "ms")


def bench_busy(name: str, api, measure: Measure, floor: Floor) -> None:
    clients = [api.user(number) for number in range(2, PEOPLE + 2)]
    begin = datetime.date(2025, 5, 1)
    for number, client in enumerate(clients):
        content = calendar_file(f"u{number}", begin, 90, EVENTS_OF_ONE, SERIES_OF_ONE, SERIES_OF_ONE)
        load_file(client, api.calendar_folder(client), content, EVENTS_OF_ONE + SERIES_OF_ONE)
    asked = json.dumps({"attendees": [{"entity": client.user_id, "cuType": "INDIVIDUAL"} for client in clients]})
    parameters = {"action": "freeBusy", "from": WEEK[0], "until": WEEK[1]}
    data = measure.client.put("chronos", json.loads(asked), **parameters).data
    slots = sum(len(one["freeBusyTime"]) for one in data)
    busy = measure.run("chronos", parameters, asked)
    rows = floor.rows(api.context_id, [client.user_id for client in clients], WEEK)
    line(f"{name}: free and busy of {PEOPLE}, a week: {slots} slots, p50", busy.p50, rows, "ms")


def bench(name: str, mariadb: MariaDB | None, seconds: int) -> None:
    with Groupware(mariadb or "sqlite", directives=WORKERS + "GroupwareUserConcurrency 1000\n") as server:
        api = server.tenant()
        user, folder, floor = api.user(1), api.calendar_folder(), Floor(server, mariadb)
        content = calendar_file("m", FIRST, DAYS, EVENTS, SERIES, ENDLESS)
        taken = load_file(user, folder, content, EVENTS + SERIES)
        line(f"{name}: import of {EVENTS} events, {SERIES} series", taken, floor.run("copy", api.context_id), "ms")
        measure = Measure(server, user, seconds)
        bench_month(name, api, measure, floor, folder)
        bench_busy(name, api, measure, floor)
        line(f"{name}: private memory of the largest worker", load.private_kilobytes(server.httpd.pid) / 1024, None, "MB",
             "bar: < 12")
        api.close()
