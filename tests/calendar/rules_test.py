#!/usr/bin/python3
"""Compares our recurrence with python3-dateutil: generated rules over 50 years, in zones with odd clocks.

    rules_test.py PRINT_OCCURRENCES [COUNT [SEED]]

Without COUNT as many as GW_RULES says, or 1,000.

Both count on the wall; zoneinfo makes instants of dateutil's times, by the rule of RFC 5545 for times that are skipped or come
twice. Where dateutil does something else than the RFC, `for_dateutil` says so and how it is asked instead.
"""

import datetime
import os
import random
import subprocess
import sys
import zoneinfo

try:
    from dateutil import rrule
except ImportError:
    print("python3-dateutil is not installed")
    sys.exit(77)

ZONES = ["Australia/Lord_Howe", "Africa/Casablanca", "Asia/Gaza", "Pacific/Apia", "Asia/Kathmandu", "Antarctica/Troll", "America/Sao_Paulo",
         "Africa/Cairo", "America/Nuuk", "Europe/Berlin", "America/New_York", "Europe/Dublin", "UTC"]
DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
YEARS = 50
MOST = 25
UTC = datetime.timezone.utc


def numbers(choose: random.Random, low: int, high: int, most: int, both_ends: bool = False) -> str:
    found = sorted({choose.randint(low, high) * (choose.choice((1, -1)) if both_ends else 1)
                    for _ in range(choose.randint(1, most))})
    return ",".join(map(str, found))


def week_days(choose: random.Random, ordinals: tuple[int, ...] = ()) -> str:
    """With ordinals all days have one: dateutil wants both of plain and counted days to hold where they are mixed."""
    days = choose.sample(DAYS, choose.randint(1, 4))
    return ",".join(f"{choose.choice(ordinals)}{day}" if ordinals else day for day in days)


def monthly_days(choose: random.Random) -> dict[str, str]:
    return choose.choice([
        lambda: {},
        lambda: {"BYMONTHDAY": numbers(choose, 1, 31, 4, True)},
        lambda: {"BYDAY": week_days(choose)},
        lambda: {"BYDAY": week_days(choose, (1, 2, 3, 4, 5, -1, -2, -5))},
        lambda: {"BYDAY": week_days(choose), "BYMONTHDAY": numbers(choose, 1, 31, 8, True)},
    ])()


def yearly_days(choose: random.Random) -> dict[str, str]:
    return choose.choice([
        lambda: monthly_days(choose) | {"BYMONTH": numbers(choose, 1, 12, 4)},
        lambda: monthly_days(choose),
        lambda: {"BYYEARDAY": numbers(choose, 1, 366, 4, True)},
        lambda: {"BYYEARDAY": numbers(choose, 1, 366, 30, True), "BYDAY": week_days(choose)},
        lambda: {"BYYEARDAY": numbers(choose, 1, 366, 30, True), "BYMONTH": numbers(choose, 1, 12, 6)},
        # Not -52 and -53: week 1 of the next year begins in December, and has these numbers, too; dateutil knows it as 1 only.
        # Not 52 and 53: of a year that begins on a Friday, such as 2010, dateutil counts 53 weeks when it looks at the days of
        # January that belong to its last one.
        lambda: {"BYWEEKNO": numbers(choose, 1, 51, 4, True), "BYDAY": week_days(choose)},
        lambda: {"BYWEEKNO": numbers(choose, 1, 51, 4)},
        lambda: {"BYWEEKNO": numbers(choose, 1, 51, 8, True), "BYMONTH": numbers(choose, 1, 12, 6), "BYDAY": week_days(choose)},
        lambda: {"BYDAY": week_days(choose, (1, 2, 20, 53, -1, -10))},
    ])()


def generated_rule(choose: random.Random) -> dict[str, str]:
    frequency = choose.choice(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
    rule = {"FREQ": frequency}
    if choose.random() < 0.6:
        # No sevens: every seventh day is one weekday, and may be none of BYDAY.
        rule["INTERVAL"] = str(choose.choice((1, 2, 3, 4, 5, 6, 12, 13, 26, 52, 100)))
    if frequency == "DAILY":
        if choose.random() < 0.3:
            rule["BYDAY"] = week_days(choose)
        if choose.random() < 0.3:
            rule["BYMONTH"] = numbers(choose, 1, 12, 4)
        if choose.random() < 0.3:
            rule["BYMONTHDAY"] = numbers(choose, 1, 31, 6, True)
    elif frequency == "WEEKLY":
        if choose.random() < 0.7:
            rule["BYDAY"] = week_days(choose)
        if choose.random() < 0.2:
            rule["BYMONTH"] = numbers(choose, 1, 12, 6)
    else:
        rule |= monthly_days(choose) if frequency == "MONTHLY" else yearly_days(choose)
        if frequency == "MONTHLY" and choose.random() < 0.2:
            rule["BYMONTH"] = numbers(choose, 1, 12, 6)
    if choose.random() < 0.15:
        rule["BYHOUR"] = numbers(choose, 0, 23, 3)
        if choose.random() < 0.5:
            rule["BYMINUTE"] = numbers(choose, 0, 59, 3)
    if choose.random() < 0.2 and any(name.startswith("BY") for name in rule):
        # With the first or last among them: dateutil searches for seconds where no period has so many.
        rule["BYSETPOS"] = choose.choice(("1", "-1", "-1,1", "1,2", "-2,-1", "-3,1", "1,2,5"))
    if choose.random() < 0.3:
        rule["WKST"] = choose.choice(DAYS)
    if choose.random() < 0.3:
        rule["COUNT"] = str(choose.randint(1, 2 * MOST))
    return rule


def text(rule: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in rule.items())


def for_dateutil(rule: dict[str, str], start: datetime.datetime) -> dict[str, str]:
    """The rule as dateutil must be asked."""
    asked = dict(rule)
    if rule["FREQ"] == "WEEKLY" and "BYDAY" not in rule:
        asked["BYDAY"] = DAYS[(start.weekday() + 1) % 7]
    # RFC 5545 takes what is missing from the start, here its weekday; dateutil hits all seven days of the week.
    if "BYWEEKNO" in rule and "BYDAY" not in rule:
        asked["BYDAY"] = DAYS[(start.weekday() + 1) % 7]
    asked["UNTIL"] = f"{start.replace(year=start.year + YEARS, day=1):%Y%m%dT%H%M%S}"
    return asked


def start_for_dateutil(rule: dict[str, str], start: datetime.datetime) -> datetime.datetime:
    """For us BYSETPOS counts in whole weeks, as in whole months and years; dateutil's first week begins at the start."""
    if rule["FREQ"] != "WEEKLY" or "BYSETPOS" not in rule:
        return start
    first = DAYS.index(rule.get("WKST", "MO"))
    return start - datetime.timedelta(days=((start.weekday() + 1) - first) % 7)


def expected(rule: dict[str, str], start: datetime.datetime, zone: zoneinfo.ZoneInfo) -> list[str]:
    last = start.replace(year=start.year + YEARS, day=1)
    most = min(MOST, int(rule.get("COUNT", MOST)))
    instants = []
    asked = {name: value for name, value in for_dateutil(rule, start).items() if name != "COUNT"}
    for hit in rrule.rrulestr(text(asked), dtstart=start_for_dateutil(rule, start)):
        if hit < start:
            continue
        if hit > last or len(instants) == most:
            break
        instants.append(f"{hit.replace(tzinfo=zone).astimezone(UTC):%Y%m%dT%H%M%SZ}")
    # Where clocks skip an hour, two hits may be one instant, and lie behind a later one on the wall.
    return sorted(set(instants))


def never_hits(rule: dict[str, str]) -> bool:
    """What we refuse as invalid, and dateutil counts as empty: no month of the rule has such a day."""
    if "BYMONTH" not in rule or "BYMONTHDAY" not in rule:
        return False
    longest = max((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[int(month) - 1] for month in rule["BYMONTH"].split(","))
    return min(abs(int(day)) for day in rule["BYMONTHDAY"].split(",")) > longest


def generated(count: int, seed: int):
    choose = random.Random(seed)
    for _ in range(count):
        start = datetime.datetime(choose.randint(1990, 2035), choose.randint(1, 12), choose.randint(1, 28),
                                  choose.choice((0, 1, 2, 3, 9, 23)), choose.choice((0, 15, 30, 59)))
        if choose.random() < 0.2:
            start += datetime.timedelta(days=3)
        window = start + datetime.timedelta(days=choose.randint(-400, YEARS * 300))
        yield (generated_rule(choose), start, choose.choice(ZONES), window,
               window + datetime.timedelta(days=choose.randint(1, 800)))


def main() -> int:
    program, *rest = sys.argv[1:]
    count, seed = int(rest[0] if rest else os.environ.get("GW_RULES", 1_000)), int(rest[1]) if len(rest) > 1 else 1
    questions = list(generated(count, seed))
    lines = [f"{zone} {start:%Y%m%dT%H%M%S} {text(rule)} {begin:%Y%m%dT%H%M%SZ} {end:%Y%m%dT%H%M%SZ} {MOST}"
             for rule, start, zone, begin, end in questions]
    output = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True, check=True, text=True, timeout=120)
    answers = output.stdout.split("\n")
    zones = {name: zoneinfo.ZoneInfo(name) for name in ZONES}
    failed = hits = refused = 0
    for (rule, start, zone, _, _), line, answer in zip(questions, lines, answers):
        ours = answer.split()
        if never_hits(rule):
            refused += 1
            theirs = ["invalid"]
        else:
            theirs = expected(rule, start, zones[zone])
            # Ours go on for ever, theirs were asked for 50 years; two hits that are one count as one for us.
            end = f"{start.replace(year=start.year + YEARS, day=1) - datetime.timedelta(days=2):%Y%m%d}"
            theirs = [one for one in theirs if one < end]
            ours = [one for one in ours if one < end or one[0] in "Miu"][:max(len(theirs), MOST - 2)]
            theirs = theirs[:max(len(ours), MOST - 2)]
        hits += len(theirs)
        if ours != theirs:
            failed += 1
            if failed <= 20:
                at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
                print(f"{line}\n  ours   {ours[max(0, at - 1):at + 3]}\n  theirs {theirs[max(0, at - 1):at + 3]}")
    print(f"{count} rules, {hits} occurrences, {refused} refused, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
