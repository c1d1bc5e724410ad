#!/usr/bin/python3
"""Reads every iCalendar file that Debian packages carry for their own tests, and compares with python3-icalendar.

    corpus_test.py PRINT_CALENDAR BUILD_FOLDER [FILE...]

What we write of a file reads back as the same. Names and texts of all components must be those that python3-icalendar sees, in the
files that it reads; what differs stands in EXPLAINED with its reason.
"""

import collections
import json
import pathlib
import subprocess
import sys

try:
    import icalendar
except ImportError:
    print("python3-icalendar is not installed")
    sys.exit(77)

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.calendar_samples import samples  # noqa: E402

TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "UID", "COMMENT", "STATUS")
# (file, what differs): why ours is right, or as good.
EXPLAINED: dict[tuple[str, str], str] = {
    ("exdate.ics", "properties"): "END:VCALENDAR is missing: we add it, python3-icalendar gives nothing",
}


def theirs(path: str):
    """The components in the order of the file; nothing for files that it refuses."""
    try:
        calendars = icalendar.Calendar.from_ical(pathlib.Path(path).read_bytes(), multiple=True)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return None
    found = []
    for calendar in calendars:
        for component in calendar.walk():
            found.append((component.name, [(name.upper(), value) for name, value in
                                           component.property_items(recursive=False, sorted=False) if name not in ("BEGIN", "END")]))
    return found


def counted(components) -> collections.Counter:
    return collections.Counter((name, prop) for name, properties in components for prop, _ in properties)


def texts(components) -> list[tuple[str, str, str]]:
    return sorted((name, prop, " ".join(str(value).split())) for name, properties in components for prop, value in properties
                  if prop in TEXTS)


def differences(row: dict) -> list[tuple[str, str]]:
    other = theirs(row["file"])
    if other is None:
        return []
    own = row["components"]
    # A text without VCALENDAR gets one from us.
    if own and not own[0][1]:
        own = own[1:]
    found = []
    if counted(own) != counted(other):
        found.append(("properties", f"only ours {counted(own) - counted(other)}, only theirs {counted(other) - counted(own)}"))
    elif texts(own) != texts(other):
        found.append(("texts", str([pair for pair in zip(texts(own), texts(other)) if pair[0] != pair[1]][:3])))
    return found


def main() -> int:
    program, build, *rest = sys.argv[1:]
    paths = rest or [str(path) for path in samples(pathlib.Path(build))]
    if not paths:
        print("no calendars: the packages of packages_corpora are not unpacked")
        return 77
    output = subprocess.run([program, *paths], capture_output=True, check=True, timeout=60).stdout
    rows = [json.loads(line) for line in output.splitlines()]
    assert len(rows) == len(paths)
    failed, used, compared = 0, set(), 0
    for row in rows:
        name = pathlib.Path(row["file"]).name
        problems = [("written", "reads back as another text")] if not row["same"] or not row["clean"] else []
        problems += differences(row)
        compared += theirs(row["file"]) is not None
        for what, text in problems:
            if (name, what) in EXPLAINED:
                used.add((name, what))
                continue
            failed += 1
            print(f"{name}: {what}: {text}")
    if not rest:
        for name, what in sorted(EXPLAINED.keys() - used):
            if any(pathlib.Path(path).name == name for path in paths):
                failed += 1
                print(f"{name}: {what}: explained, but there is no difference")
    print(f"{len(paths)} files, {compared} compared, {len(used)} explained differences, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
