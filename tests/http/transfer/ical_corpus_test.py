"""Every iCalendar file that Debian packages carry, through the server: imported, exported, imported into another user's folders
and exported again. The two exports are equal, and the first one says what the file says, but for what imports and exports leave
out (docs/calendar.md, docs/tasks.md) and for EXPLAINED."""

import collections
import datetime
import re
import zoneinfo

from support.calendar_samples import samples
from support.runner import Skipped
from support.servers import build_folder
from support.tasks import task_folder

#: Of imported events: whom they meet stays behind, and these tell of this server's copy.
LEFT_OUT = {"ORGANIZER", "ATTENDEE", "DTSTAMP", "LAST-MODIFIED", "CREATED"}
#: What a task knows; its times become UTC, its importance one of three.
OF_TASKS = ("UID", "SUMMARY", "DESCRIPTION", "CATEGORIES", "DTSTART", "DUE", "PRIORITY", "STATUS", "PERCENT-COMPLETE", "COMPLETED")
TIMES = {"DTSTART", "DTEND", "DUE", "COMPLETED", "RECURRENCE-ID", "EXDATE", "RDATE"}
STAMPS = {"DTSTAMP", "CREATED", "LAST-MODIFIED"}
ZONES = zoneinfo.available_timezones()
IMPORTANCE = {**{str(number): "1" for number in range(1, 5)}, "5": "5", **{str(number): "9" for number in range(6, 10)}}

ORPHAN = "a changed occurrence without its series: an event of its own"
SECOND_START = "DTSTART stands there twice: the first one counts"
TYPO = "OPACHE is none of the words of TRANSP: busy, as without it"
DAYS_UNTIL = "a series of days ends on a day, not at an instant"
NO_ZONE = "COMPLETED is in UTC by RFC 5545 section 3.8.2.1; a zone beside it is passed over"
FLOATING = "a series without a zone has no instants: the exception is the time on its wall"
# (file, property): why ours is right, or as good.
EXPLAINED: dict[tuple[str, str], str] = {
    **{(name, "RECURRENCE-ID"): ORPHAN for name in ("event-6-a.ics", "invite-6.ics", "invite-7.ics")},
    ("invite-7.ics", "UID"): ORPHAN + "; two of them cannot share one name",
    **{(name, "DTSTART"): SECOND_START for name in ("america_new_york.ics", "pacific_fiji.ics")},
    **{(name, "TRANSP"): TYPO for name in ("event-0.ics", "event-1.ics")},
    ("invite-5.ics", "RRULE"): DAYS_UNTIL,
    ("recurrence.ics", "EXDATE"): FLOATING, ("task-4.ics", "COMPLETED"): NO_ZONE,
}
# Files without an event or a task.
NOTHING: dict[str, str] = {
    "input4.ics": "a journal", "input5.ics": "free and busy times", "input6.ics": "free and busy times", "time.ics": "an X- component",
}


def components(data: bytes) -> list[tuple[str, list]]:
    """VEVENTs and VTODOs with `(name, parameters, value)`."""
    lines = re.sub(r"\n+[ \t]", "", re.sub(r"\r\n?", "\n", data.decode("utf-8", "replace"))).split("\n")
    found, open_ones = [], []
    for line in lines:
        match = re.fullmatch(r'([\w-]+)((?:;[^:;="]+=(?:"[^"]*"|[^":;])*)*):(.*)', line, re.S)
        if not match:
            continue
        name, value = match[1].upper(), match[3]
        if name == "BEGIN":
            open_ones.append((value.strip().upper(), []))
        elif name == "END" and open_ones:
            component = open_ones.pop()
            if component[0] in ("VEVENT", "VTODO"):
                found.append(component)
        elif open_ones:
            given = dict(part.split("=", 1) for part in re.findall(r';((?:[^;"]|"[^"]*")+)', match[2]))
            open_ones[-1][1].append((name, {key.upper(): text.strip('"') for key, text in given.items()}, value))
    return found + [component for component in open_ones if component[0] in ("VEVENT", "VTODO")]


def moment(text: str, zone: str | None) -> str:
    """UTC where the zone is known, else as written."""
    text = text.strip()
    if re.fullmatch(r"\d{8}Z?", text):
        return text[:8]
    if zone is None or text.endswith("Z") or zone not in ZONES:
        return text
    local = datetime.datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=zoneinfo.ZoneInfo(zone))
    return f"{local.astimezone(datetime.timezone.utc):%Y%m%dT%H%M%SZ}"


def later(text: str, duration: str) -> str:
    days, hours, minutes, seconds = (int(re.search(rf"(\d+){unit}", duration)[1]) if unit in duration else 0 for unit in "DHMS")
    form = "%Y%m%dT%H%M%S" + "Z" * text.endswith("Z") if "T" in text else "%Y%m%d"
    end = datetime.datetime.strptime(text, form) + datetime.timedelta(days, seconds, minutes=minutes, hours=hours)
    return end.strftime(form)


def said(name: str, given: dict, value: str):
    """What is compared: the same for every way to write it."""
    if name in TIMES:
        return sorted(moment(part, given.get("TZID")) for part in value.split(","))
    if name == "RRULE":
        return {part.upper() for part in value.split(";")} - {"INTERVAL=1", "WKST=MO"}
    if name == "GEO":
        return [float(part) for part in value.split(";")]
    text = re.sub(r"\\([\\;,nN])", lambda match: "\n" if match[1] in "nN" else match[1], value)
    return text.strip().upper() if name in ("CLASS", "STATUS", "TRANSP") else text


def properties(component) -> dict[str, list]:
    kind, all_of_them = component
    found = collections.defaultdict(list)
    for name, given, value in all_of_them:
        # An empty value says nothing.
        if value and (name in OF_TASKS if kind == "VTODO" else name not in LEFT_OUT):
            found[name].append(said(name, given, value))
    for name in ("EXDATE", "RDATE"):
        if name in found:
            found[name] = [sorted(sum(found[name], []))]
    if "DURATION" in found:
        # We write the end.
        found["DTEND"] = [[later(found["DTSTART"][0][0], found.pop("DURATION")[0])]]
    if kind == "VTODO" and "PRIORITY" in found:
        found["PRIORITY"] = [IMPORTANCE[found["PRIORITY"][0]]]
    return found


def partner(component, others: list):
    """That of the same name, or, where the file gave none, of the same start."""
    mine = properties(component)
    for keys in (("UID", "RECURRENCE-ID"), ("UID", "DTSTART"), ("SUMMARY", "DTSTART"), ("UID",)):
        for other in others:
            if any(key in mine for key in keys) and all(properties(other)[key] == mine[key] for key in keys):
                return other
    return None


def differing(component, other) -> set[str]:
    mine, theirs = properties(component), properties(other)
    if component[0] == "VTODO" and "DTSTART" not in mine and "DUE" not in mine:
        mine.pop("STATUS", None)
    # A zone that only the file knows: the wall shows the same.
    walls = {name: {value.rstrip("Z") for _, _, value in all_of(other, name)} for name in TIMES}
    return {name for name, wanted in mine.items() if theirs[name] != wanted and not (
        name in TIMES and {part for part in sum(wanted, [])} <= walls[name])}


def all_of(component, name: str) -> list:
    return [one for one in component[1] if one[0] == name]


def without_stamps(data: bytes) -> list:
    return sorted((kind, sorted((name, sorted(given.items()), value) for name, given, value in all_of_them if name not in STAMPS))
                  for kind, all_of_them in components(data))


def load(client, folders: str, data: bytes):
    return client.multipart("import", {}, {"file": ("a.ics", "text/calendar", data)}, action="ICAL", folder=folders)


class Passage:
    """Two users, each with a calendar and a task folder."""

    def __init__(self, api):
        self.clients = [api.user(1), api.user(2)]
        self.folders = [[str(api.calendar_folder(client)), task_folder(client)] for client in self.clients]

    def exported(self, which: int) -> list[bytes]:
        return [self.clients[which].get("export", action="ICAL", folder=folder).body for folder in self.folders[which]]

    def take(self, data: bytes) -> list[dict]:
        """The elements of the answer."""
        answer = load(self.clients[0], ",".join(self.folders[0]), data)
        if answer.json.get("data") is None:
            assert answer.code == "I_E-1315", answer.text
        return answer.json.get("data") or []

    def hand_on(self) -> tuple[list[bytes], list[bytes]]:
        """Both exports. The folders are empty afterwards."""
        first = self.exported(0)
        for folder, part in zip(self.folders[1], first):
            if components(part):
                again = load(self.clients[1], folder, part)
                assert again.code is None, again.text[:2000]
        second = self.exported(1)
        for client, folders in zip(self.clients, self.folders):
            client.put("folders", folders, action="clear", tree=0).data
        return first, second


def rounds(paths: list) -> list[list]:
    """Files with the same names for other things do not meet."""
    found: list[tuple[set, list]] = []
    for path in paths:
        names = {value for component in components(path.read_bytes()) for _, _, value in all_of(component, "UID")}
        place = next((one for one in found if not one[0] & names), None)
        if place is None:
            place = (set(), [])
            found.append(place)
        place[0].update(names)
        place[1].append(path)
    return [files for _, files in found]


def test_files_of_other_programs_come_in_and_go_out_without_loss(api):
    paths = samples(build_folder())
    if not paths:
        raise Skipped("no calendars: tests/run.sh unpacks them")
    passage, wrong, used = Passage(api), [], set()
    for files in rounds(paths):
        for path in files:
            elements = passage.take(path.read_bytes())
            wrong += [f"{path.name}: {element}" for element in elements if "id" not in element]
            if (path.name in NOTHING) != (not elements):
                wrong.append(f"{path.name}: {len(elements)} elements were taken")
        first, second = passage.hand_on()
        if [without_stamps(part) for part in first] != [without_stamps(part) for part in second]:
            wrong.append(f"{files}: what was exported is not what comes back")
        stored = components(first[0]) + components(first[1])
        for path, component in ((path, component) for path in files for component in components(path.read_bytes())):
            other = partner(component, [one for one in stored if one[0] == component[0]])
            for name in differing(component, other) if other else {"UID"}:
                used.add((path.name, name))
                if (path.name, name) not in EXPLAINED:
                    wrong.append(f"{path.name}: {name}: {all_of(component, name)} became {all_of(other or component, name)}")
    wrong += [f"{one}: explained, but there is no difference" for one in EXPLAINED.keys() - used]
    assert not wrong, "\n".join(wrong)
