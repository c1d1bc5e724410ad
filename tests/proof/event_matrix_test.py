"""Who sees and changes what in a calendar: folder rights, role, class, shape and interface, against event_reference_model.py.

Each case is a folder of its own. Every answer that a caller gets is searched for the words of events that he may not read, and
refused or not, the owner's view afterwards must be what the model says.
"""

import datetime
import json
import pathlib
import random
import sys
import urllib.parse

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "http" / "shares"), str(pathlib.Path(__file__).resolve().parent)]
import event_reference_model as model  # noqa: E402
import reference_model as folders  # noqa: E402
import sharing  # noqa: E402
from matrix_test import all_rights, compare_all  # noqa: E402
from support.agenda import cal, user  # noqa: E402
from support.attachments import attach, document  # noqa: E402
from support.client import ApiClient  # noqa: E402
from support.finding import chosen, search  # noqa: E402

LATE = 2**53
FULL = 403710016
ROLES = (folders.BY_USER, folders.BY_GROUP)
OPENING = folders.Rights(4, 2, 2, 2)
CLASSES = (model.PUBLIC, model.CONFIDENTIAL, model.PRIVATE)
#: What sharing dialogs offer, one step after the other.
LEVELS = [folders.Rights(1), folders.Rights(1, 1), folders.Rights(1, 2), folders.Rights(2, 1, 1, 1), folders.Rights(2, 2, 1, 1),
          folders.Rights(2, 2, 2, 0), folders.Rights(2, 2, 2, 2), folders.Rights(0, 2, 2, 2)]
ADMIN = folders.Rights(4, 2, 2, 2, True)
WRITES = ("update", "delete", "respond", "move")


def cases(proof) -> list[folders.Case]:
    """The usual levels and a fixed sample of all others; fewer on MariaDB, because the rules are not those of the database."""
    is_small = proof.database != "sqlite" and not proof.is_long
    some = all_rights() if proof.is_long else random.Random(7).sample(all_rights(), 2 if is_small else 8)
    levels = LEVELS[2:7:2] if is_small else LEVELS
    found = [folders.Case(folders.PRIVATE, folders.BY_USER, one) for one in (*levels, *some)]
    found += [folders.Case(folders.PRIVATE, folders.BY_GROUP, one) for one in (LEVELS[2], LEVELS[6])]
    found += [folders.Case(folders.PUBLIC, folders.BY_USER, one) for one in (*levels[1:4], ADMIN)]
    found += [folders.Case(folders.PUBLIC, folders.BY_GROUP, LEVELS[3])]
    found += [folders.Case(kind, role, folders.Rights()) for kind in (folders.PRIVATE, folders.PUBLIC)
              for role in (folders.OWNER, folders.STRANGER, folders.CONTEXT_ADMIN)]
    return found


class Stage:
    def __init__(self, api):
        self.api, self.owner = api, api.user(1)
        self.callers = {folders.OWNER: self.owner, folders.CONTEXT_ADMIN: api.admin, folders.BY_USER: api.user(2),
                        folders.BY_GROUP: api.user(3), folders.STRANGER: api.user(4)}
        self.other = api.user(5)  # takes part, so that there is something to answer
        members = [self.callers[folders.BY_GROUP].user_id]
        self.group = api.admin.put("group", {"name": "matrix", "display_name": "Matrix", "members": members}, action="new").data["id"]
        self.homes = {role: api.calendar_folder(client) for role, client in self.callers.items()}


class Item:
    """An event that is there for one operation, with words of its own."""

    count = 0

    def __init__(self, event: model.Event, purpose: str, day: datetime.date):
        Item.count += 1
        self.event, self.purpose, self.day, self.number = event, purpose, day, Item.count
        self.id = ""

    def word(self, kind: str) -> str:
        return f"{kind}{self.number}q"

    @property
    def start(self) -> str:
        return self.day.strftime("%Y%m%dT080000Z")

    @property
    def name(self) -> str:
        return f"{self.purpose} {self.event.name}"

    def body(self, attendees: list[ApiClient]) -> dict:
        return {"summary": self.word("title"), "location": self.word("place"), "description": self.word("note"),
                "startDate": {"value": self.start}, "endDate": {"value": self.day.strftime("%Y%m%dT090000Z")},
                **({"attendees": [user(one) for one in attendees]} if attendees else {}),
                **({"class": self.event.classification} if self.event.classification != model.PUBLIC else {})}


class CaseRun:
    def __init__(self, stage: Stage, case: folders.Case, number: int):
        self.stage, self.case, self.owner = stage, case, stage.owner
        self.caller, self.home = stage.callers[case.role], stage.homes[case.role]
        self.is_member, self.is_owner = case.role in ROLES, case.role == folders.OWNER
        self.wrong: list[str] = []
        self.begin = datetime.date(2032, 1, 1) + datetime.timedelta(days=200 * number)
        self.days = 0
        parent = "1" if case.kind == folders.PRIVATE else "2"
        body = {"title": f"Case {number}", "module": "calendar", "permissions": self.entries(OPENING.bits)}
        self.folder = str(self.owner.put("folders", {"folder": body}, action="new", folder_id=parent, tree=0).data)
        self.items = self.make_all()
        stored = self.owner.get("folders", action="get", id=self.folder, tree=0)
        self.owner.put("folders", {"folder": {"permissions": self.entries(case.granted.bits)}}, action="update", id=self.folder,
                       tree=0, timestamp=stored.timestamp).data

    def entries(self, bits: int) -> list:
        owner = {"entity": self.owner.user_id, "group": False, "bits": FULL}
        if not self.is_member:
            return [owner]
        by_group = self.case.role == folders.BY_GROUP
        entity = {"entity": self.stage.group, "group": True} if by_group else {"entity": self.caller.user_id, "group": False}
        return [owner, {**entity, "bits": bits}]

    def events(self, purpose: str) -> list[model.Event]:
        """What there is in this folder for this role."""
        classes = CLASSES if self.case.kind == folders.PRIVATE else CLASSES[:1]
        found = [model.Event(False, one, shape) for one in classes for shape in (model.SINGLE, model.EXCEPTION)]
        if purpose == "own folder":
            has_own = self.case.kind == folders.PRIVATE and not self.is_owner
            return [model.Event(False, one, is_invited=True) for one in classes] if has_own else []
        if not self.is_owner:
            found += [model.Event(False, one, is_invited=True) for one in classes]
            if purpose == "read":
                found += [model.Event(False, one, model.EXCEPTION, True) for one in classes]
        if self.is_member:
            found += [model.Event(True), model.Event(True, shape=model.EXCEPTION)]
        if self.is_owner:
            found = [model.Event(True, one.classification, one.shape) for one in found]
        # Moving what others take part in is another matter.
        return [one for one in found if purpose != "move" or not one.is_invited]

    def next_day(self, days: int = 1) -> datetime.date:
        self.days += days
        assert self.days < 190
        return self.begin + datetime.timedelta(days=self.days - days)

    def make_all(self) -> list[Item]:
        """An exception comes with its series, which is an item, too."""
        items, calls = [], {}
        for purpose in ("read", "own folder", *WRITES):
            for event in self.events(purpose):
                is_series = event.shape == model.EXCEPTION
                shape = model.SERIES if is_series else model.SINGLE
                item = Item(model.Event(event.is_own, event.classification, shape, event.is_invited), purpose,
                            self.next_day(2 if is_series else 1))
                items.append((item, event))
                calls[item] = self.new_call(item, "FREQ=DAILY;COUNT=2" if is_series else None)
        self.send([item for item, _ in items], calls)
        found = [item for item, _ in items]
        exceptions = {}
        for item, event in items:
            if event.shape == model.EXCEPTION:
                # Of the series the exception is made with the purpose, so that both are not changed by one call.
                exception = Item(event, item.purpose, item.day + datetime.timedelta(days=1))
                exceptions[exception] = {"module": "chronos", "action": "update", "folder": cal(self.folder), "id": item.id,
                                         "recurrenceId": exception.start, "timestamp": LATE,
                                         "data": {"event": {"summary": exception.word("title"), "location": exception.word("place"),
                                                            "description": exception.word("note")}}}
        self.send(list(exceptions), exceptions)
        self.files = {item: self.attach_to(item) for item in found
                      if item.purpose == "read" and self.is_made_by_owner(item) and item.event.shape == model.SINGLE}
        # Exceptions first: they go with their series.
        return list(exceptions) + found

    def parent_of(self, item: Item) -> dict:
        return {"module": 1, "folder": int(self.folder), "attached": int(item.id)}

    def attach_to(self, item: Item) -> int:
        return attach(self.owner, self.parent_of(item), (item.word("file"), "text/plain", item.word("content").encode())).data[0]

    def is_made_by_owner(self, item: Item) -> bool:
        return self.is_owner or not item.event.is_own

    def new_call(self, item: Item, rule: str | None) -> dict:
        attendees = [self.caller] if item.event.is_invited else []
        if item.purpose == "respond":
            attendees.append(self.stage.other)
        body = item.body(attendees)
        if rule:
            body["rrule"] = rule
        if item.purpose == "read" and self.is_made_by_owner(item):
            body["alarms"] = [{"action": "DISPLAY", "trigger": {"duration": "-PT15M", "related": "START"}}]
        return {"module": "chronos", "action": "new", "folder": cal(self.folder), "data": body}

    def send(self, items: list[Item], calls: dict) -> None:
        for maker, is_by_owner in ((self.owner, True), (self.caller, False)):
            mine = [item for item in items if self.is_made_by_owner(item) == is_by_owner]
            for begin in range(0, len(mine), 50):
                part = mine[begin : begin + 50]
                for item, answer in zip(part, maker.multiple([calls[item] for item in part])):
                    assert "error" not in answer and answer["data"]["created"], answer
                    item.id = str(answer["data"]["created"][0]["id"])

    def compare(self, what: str, found, wanted) -> None:
        if not (found in wanted if isinstance(wanted, set) else found == wanted):
            self.wrong.append(f"{self.case} {what}: got {found}, expected {wanted}")

    def run(self) -> list[str]:
        self.reading = [item for item in self.items if item.purpose == "read"]
        self.secrets = [item for item in self.items if model.get(self.case, item.event) != model.ALL and not (
            item.event.is_invited or self.is_owner)]
        for face in (Chronos(self), Classic(self)):
            face.read()
        self.read_files()
        self.read_elsewhere()
        self.write()
        self.write_by_own_folder()
        self.check_owner_view()
        self.create()
        return self.wrong

    def keep_secrets(self, what: str, text: str) -> None:
        for item in self.secrets:
            for kind in ("title", "place", "note", "file", "content"):
                # What the caller asks for comes back in some refusals: titles are asked for by search alone.
                if item.word(kind) in text:
                    self.wrong.append(f"{self.case} {what}: tells the {kind} of {item.name}")

    def ask(self, calls: list[dict]) -> list[dict]:
        answers = []
        for begin in range(0, len(calls), 50):
            answers += self.caller.multiple(calls[begin : begin + 50])
        for call, answer in zip(calls, answers):
            self.keep_secrets(f"{call['module']} {call['action']}", json.dumps(answer))
        return answers

    def read_files(self) -> None:
        for item, attachment in self.files.items():
            named = self.parent_of(item)
            rows = self.caller.get("attachment", action="all", columns="803", **named)
            by_chronos = self.caller.get("chronos", action="getAttachment", folder=cal(self.folder), id=item.id, managedId=attachment)
            answers = [rows, by_chronos, document(self.caller, named, attachment)]
            for answer in answers:
                self.keep_secrets("files", answer.body.decode("utf-8", "replace"))
            is_shown = rows.code is None and rows.data == [[item.word("file")]]
            self.compare(f"files of {item.name}", model.ALL if is_shown else rows.code, model.files(self.case, item.event))
            for answer in answers[1:]:
                is_whole = answer.status == 200 and answer.body == item.word("content").encode()
                self.compare(f"bytes of {item.name}", is_whole, model.files(self.case, item.event) == model.ALL)

    def read_elsewhere(self) -> None:
        """Export, the search box, reminders of both modules."""
        answer = self.caller.get("export", action="ICAL", folder=self.folder)
        code = answer.json["code"] if answer.text.startswith("{") else None
        text = answer.text.replace("\r\n ", "")
        self.keep_secrets("export", text)
        for item in self.reading:
            found = code or (model.ALL if item.word("title") in text else model.NOTHING)
            self.compare(f"export {item.name}", found, model.export(self.case, item.event))
            answer = search(self.caller, "calendar", chosen("subject", item.word("title")), fields="summary")
            # The facets say what was asked for.
            self.keep_secrets("find", json.dumps(answer.data["results"]))
            # Once for each calendar that shows it.
            titles = {one["summary"] for one in answer.data["results"]}
            self.compare(f"find {item.name}", model.ALL if titles == {item.word("title")} else model.NOTHING if not titles else titles,
                         model.search(self.case, item.event))
        until = (self.begin + datetime.timedelta(days=199)).strftime("%Y%m%dT000000Z")
        due, old = self.ask([{"module": "chronos/alarm", "action": "pending", "rangeEnd": until},
                             {"module": "reminder", "action": "range", "end": 2**45, "modules": "1"}])
        reminded = {str(one["eventId"]) for one in due["data"]} | {str(one["target_id"]) for one in old["data"]}
        for item in self.reading:
            if item.event.shape != model.EXCEPTION:
                self.compare(f"reminder {item.name}", item.id in reminded, model.alarms(self.case))

    def write(self) -> None:
        calls, wanted = [], []
        for item in self.items:
            if item.purpose not in WRITES:
                continue
            calls.append(self.write_call(item))
            wanted.append((item, getattr(model, "move_away" if item.purpose == "move" else item.purpose)(self.case, item.event)))
        self.done = {}
        for (item, expected), answer in zip(wanted, self.ask(calls)):
            code = answer.get("code")
            if code is None and item.purpose == "delete":
                code = answer["data"][0].get("error", {}).get("code")
            # What the model leaves open is settled by the answer, which the owner's view then has to fit.
            self.done[item] = code is None
            self.compare(item.name, code, expected)

    def write_call(self, item: Item) -> dict:
        call = {"module": "chronos", "action": item.purpose, "folder": cal(self.folder), "id": item.id, "timestamp": LATE}
        if item.purpose == "update":
            return {**call, "data": {"event": {"location": "changed"}}}
        if item.purpose == "delete":
            return {"module": "chronos", "action": "delete", "timestamp": LATE,
                    "data": {"events": [{"folder": cal(self.folder), "id": item.id}]}}
        if item.purpose == "move":
            return {**call, "targetFolder": cal(self.home)}
        who = self.owner if self.case.kind == folders.PRIVATE else self.caller
        return {**call, "action": "updateAttendee", "data": {"attendee": {"entity": who.user_id, "partStat": "TENTATIVE"}}}

    def write_by_own_folder(self) -> None:
        """What an attendee may do without the folder of the organizer: answer, and delete for himself."""
        for item in [one for one in self.items if one.purpose == "own folder"]:
            place = {"module": "chronos", "folder": cal(self.home), "id": item.id, "timestamp": LATE}
            answer = {"attendee": {"entity": self.caller.user_id, "partStat": "ACCEPTED"}}
            changed, answered, deleted = self.ask([
                {**place, "action": "update", "data": {"event": {"location": "changed"}}},
                {**place, "action": "updateAttendee", "data": answer},
                {"module": "chronos", "action": "delete", "timestamp": LATE,
                 "data": {"events": [{"folder": cal(self.home), "id": item.id}]}}])
            self.compare(f"{item.name} update", changed.get("code"), model.update_by_own_folder())
            self.compare(f"{item.name} answer", answered.get("code"), None)
            self.compare(f"{item.name} delete", deleted.get("code") or deleted["data"][0].get("error"), None)

    def check_owner_view(self) -> None:
        rows = {}
        for begin in range(0, 200, 50):
            first, last = (self.begin + datetime.timedelta(days=each) for each in (begin, begin + 50))
            for one in self.owner.get("chronos", action="all", folder=cal(self.folder), rangeStart=first.strftime("%Y%m%dT000000Z"),
                                      rangeEnd=last.strftime("%Y%m%dT000000Z"), expand=True, fields="id,location,attendees").data:
                rows[str(one["id"])] = one
        gone = {item.id for item, done in self.done.items() if done and item.purpose in ("delete", "move")}
        gone_days = {item.day for item in self.done if item.id in gone}
        for item in self.items:
            is_gone = item.id in gone
            if item.event.shape == model.EXCEPTION:
                is_gone |= item.day - datetime.timedelta(days=1) in gone_days
            self.compare(f"{item.name} is there afterwards", item.id in rows, not is_gone)
            if item.id in rows and item.purpose == "own folder":
                answers = [line["partStat"] for line in rows[item.id]["attendees"] if line.get("entity") == self.caller.user_id]
                self.compare(f"{item.name} answer afterwards", answers, ["DECLINED"])
            if item.id not in rows or not self.done.get(item, item.purpose not in WRITES):
                if item.id in rows:
                    self.compare(f"{item.name} afterwards", rows[item.id]["location"], item.word("place"))
                continue
            place = "changed" if item.purpose == "update" else item.word("place")
            self.compare(f"{item.name} afterwards", rows[item.id]["location"], place)
            if item.purpose == "respond":
                who = self.owner if self.case.kind == folders.PRIVATE else self.caller
                answers = [line["partStat"] for line in rows[item.id]["attendees"] if line.get("entity") == who.user_id]
                self.compare(f"{item.name} afterwards", answers, ["TENTATIVE"])

    def create(self) -> None:
        for classification in CLASSES:
            item = Item(model.Event(True, classification), "new", self.next_day())
            answer = self.caller.put("chronos", item.body([]), action="new", folder=cal(self.folder))
            self.compare(f"new {classification}", answer.code, model.create(self.case, classification))


class Face:
    """All that is read through one of the two modules."""

    def __init__(self, run: CaseRun):
        self.run, self.case = run, run.case
        self.first, self.last = run.begin, run.begin + datetime.timedelta(days=199)

    def sight(self, item: Item, rows: dict) -> str:
        if item.id not in rows:
            return model.NOTHING
        return model.ALL if rows[item.id] == item.word("title") else model.BLOCK

    def read(self) -> None:
        reading, folder = self.run.reading, self.run.folder
        listed = [(name, call, model.list_folder) for name, call in self.lists(folder)]
        listed += [("list", self.by_id(folder), model.list_by_id)]
        calls = [call for _, call, _ in listed] + [self.get_call(folder, item) for item in reading]
        answers = self.run.ask(calls)
        for (name, _, expected), answer in zip(listed, answers):
            for item in reading:
                found = answer.get("code") or self.sight(item, self.rows(answer["data"]))
                self.run.compare(f"{self.module} {name} {item.name}", found, expected(self.case, item.event))
        for item, answer in zip(reading, answers[len(listed):]):
            self.compare_get(item, answer, model.get)
        self.read_own_folder()
        self.read_busy()

    def compare_get(self, item: Item, answer: dict, expected) -> None:
        found = answer.get("code") or self.sight(item, {item.id: answer["data"].get(self.title)})
        self.run.compare(f"{self.module} get {item.name}", found, expected(self.case, item.event))

    def read_own_folder(self) -> None:
        """What an attendee sees and may do without the folder of the organizer."""
        if self.run.is_owner or self.case.kind == folders.PUBLIC:
            return
        invited = [item for item in self.run.reading if item.event.is_invited]
        for item, answer in zip(invited, self.run.ask([self.get_call(self.run.home, item) for item in invited])):
            self.compare_get(item, answer, model.get_by_own_folder)

    def read_busy(self) -> None:
        """Of all who may be busy by an event."""
        people = {self.run.owner.user_id, self.run.caller.user_id}
        slots = [self.busy_slots(answer["data"]) for answer in self.run.ask([self.busy_call(one) for one in sorted(people)])]
        for item in self.run.reading:
            titles = [title for found in slots for start, title in found if start == item.start]
            found = model.ALL if item.word("title") in titles else model.SLOT if titles else model.NOTHING
            self.run.compare(f"{self.module} busy {item.name}", found, model.busy(self.case, item.event))


def utc_of(value: int) -> str:
    return datetime.datetime.fromtimestamp(value / 1000, datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def millis_of(day: datetime.date) -> int:
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc).timestamp() * 1000)


class Chronos(Face):
    module, title = "chronos", "summary"

    def lists(self, folder: str) -> list:
        span = {"rangeStart": self.first.strftime("%Y%m%dT000000Z"), "rangeEnd": self.last.strftime("%Y%m%dT000000Z")}
        place = {"module": "chronos", "folder": cal(folder)}
        return [("all", {**place, "action": "all", "expand": True, **span}), ("updates", {**place, "action": "updates", "timestamp": 0})]

    def rows(self, data) -> dict:
        rows = data["newAndModified"] if isinstance(data, dict) else data
        return {str(one["id"]): one.get("summary") for one in rows if one}

    def by_id(self, folder: str) -> dict:
        return {"module": "chronos", "action": "list", "data": [{"folder": cal(folder), "id": item.id} for item in self.run.reading]}

    def get_call(self, folder: str, item: Item) -> dict:
        return {"module": "chronos", "action": "get", "folder": cal(folder), "id": item.id}

    def busy_call(self, user_id: int) -> dict:
        return {"module": "chronos", "action": "freeBusy", "from": self.first.strftime("%Y%m%dT000000Z"),
                "until": self.last.strftime("%Y%m%dT000000Z"), "data": {"attendees": [{"entity": user_id, "cuType": "INDIVIDUAL"}]}}

    def busy_slots(self, data) -> list:
        return [(utc_of(slot["startTime"]), slot.get("event", {}).get("summary")) for slot in data[0]["freeBusyTime"]]


class Classic(Face):
    module, title = "calendar", "title"

    def lists(self, folder: str) -> list:
        place = {"module": "calendar", "folder": folder, "columns": "1,200,400,203,220", "timezone": "UTC"}
        span = {"start": millis_of(self.first), "end": millis_of(self.last)}
        return [("all", {**place, "action": "all", "showPrivate": True, **span}),
                ("updates", {**place, "action": "updates", "timestamp": 0, "ignore": "deleted"})]

    def rows(self, data) -> dict:
        return {str(row[0]): row[1] for row in data if isinstance(row, list)}

    def by_id(self, folder: str) -> dict:
        return {"module": "calendar", "action": "list", "columns": "1,200,400", "timezone": "UTC",
                "data": [{"folder": folder, "id": item.id} for item in self.run.reading]}

    def get_call(self, folder: str, item: Item) -> dict:
        return {"module": "calendar", "action": "get", "folder": folder, "id": item.id, "timezone": "UTC"}

    def busy_call(self, user_id: int) -> dict:
        return {"module": "calendar", "action": "freebusy", "id": user_id, "type": 1, "timezone": "UTC",
                "start": millis_of(self.first), "end": millis_of(self.last)}

    def busy_slots(self, data) -> list:
        return [(utc_of(slot["start_date"]), slot.get("title")) for slot in data]

    def read(self) -> None:
        super().read()
        calls = [{"module": "calendar", "action": "search", "columns": "1,200", "data": {"pattern": item.word("title")}}
                 for item in self.run.reading]
        for item, answer in zip(self.run.reading, self.run.ask(calls)):
            found = answer.get("code") or self.sight(item, self.rows(answer["data"]))
            self.run.compare(f"calendar search {item.name}", found, model.search(self.case, item.event))


def test_rights_to_events_are_what_the_reference_model_says(proof):
    with proof.server() as server:
        api = server.tenant()
        stage = Stage(api)
        compare_all(cases(proof), lambda case, number: CaseRun(stage, case, number).run())
        api.close()


def test_guests_links_and_other_contexts_see_no_calendar(proof):
    """Of guests spec chronos knows nothing: their modules are files and contacts, whatever a folder gives them."""
    with proof.server() as server:
        api, elsewhere = server.tenant(), server.tenant()
        owner, stranger = api.user(1), elsewhere.user(1)
        anchor = sharing.make_folder(api, "Anchor", permissions=[sharing.owner_entry(owner), {
            "type": "guest", "email_address": "guest@elsewhere.test", "bits": sharing.VIEW}])
        entry = [one for one in sharing.extended(owner, anchor) if one["type"] == "guest"][0]
        named = sharing.open_link(api, entry["share_url"])
        link = sharing.open_link(api, sharing.get_link(owner, sharing.target(anchor))["url"])
        folder = api.calendar_folder()
        item = Item(model.Event(False), "read", datetime.date(2032, 1, 1))
        item.id = owner.put("chronos", item.body([]), action="new", folder=cal(folder)).data["created"][0]["id"]
        for caller in (named, link, stranger):
            texts = []
            for call in [{"module": "chronos", "action": "get", "folder": cal(folder), "id": item.id},
                         {"module": "chronos", "action": "all", "folder": cal(folder), "rangeStart": "20320101T000000Z",
                          "rangeEnd": "20320201T000000Z"},
                         {"module": "chronos", "action": "freeBusy", "from": "20320101T000000Z", "until": "20320201T000000Z",
                          "data": {"attendees": [{"entity": owner.user_id, "cuType": "INDIVIDUAL"}]}},
                         {"module": "chronos", "action": "resolve", "id": item.id},
                         {"module": "calendar", "action": "get", "folder": folder, "id": item.id},
                         {"module": "calendar", "action": "search", "columns": "1,200", "data": {"pattern": "*"}},
                         {"module": "chronos/alarm", "action": "pending", "rangeEnd": "20330101T000000Z"},
                         {"module": "reminder", "action": "range", "end": 2**45, "modules": "1"},
                         {"module": "chronos", "action": "delete", "timestamp": LATE,
                          "data": {"events": [{"folder": cal(folder), "id": item.id}]}}]:
                [answer] = caller.multiple([call])
                texts.append(json.dumps(answer))
                if caller is not stranger:
                    assert answer["code"] == "SVL-0016", (call, answer)
            texts.append(caller.get("export", action="ICAL", folder=folder).text)
            assert not [text for text in texts if any(item.word(kind) in text for kind in ("title", "place", "note"))], texts
        assert owner.get("chronos", action="get", folder=cal(folder), id=item.id).data["location"] == item.word("place")


def make_each(owner: ApiClient, folder: str, begin: datetime.date) -> list[Item]:
    """A single event and a series with an exception of each class, each on days of its own."""
    items = []
    for number, classification in enumerate(CLASSES):
        day = begin + datetime.timedelta(days=4 * number)
        for shape, after in ((model.SINGLE, 0), (model.SERIES, 1)):
            item = Item(model.Event(True, classification, shape), "read", day + datetime.timedelta(days=after))
            body = {**item.body([]), **({"rrule": "FREQ=DAILY;COUNT=2"} if shape == model.SERIES else {})}
            item.id = owner.put("chronos", body, action="new", folder=cal(folder)).data["created"][0]["id"]
            items.append(item)
        exception = Item(model.Event(True, classification, model.EXCEPTION), "read", day + datetime.timedelta(days=2))
        exception.id = owner.put("chronos", {"event": {"summary": exception.word("title")}}, action="update", timestamp=LATE,
                                 folder=cal(folder), id=items[-1].id, recurrenceId=exception.start).data["created"][0]["id"]
        items.append(exception)
    return items


def test_what_is_told_to_everybody_and_what_moves_to_all(proof):
    """Free/busy without sign-in, and moves of the owner into a public folder."""
    with proof.server("GroupwarePublicFreeBusy on\nGroupwareRequestRate 0\n") as server:
        api = server.tenant()
        owner, folder, wrong = api.user(1), api.calendar_folder(), []
        assert owner.put("config/modules/calendar/publishFreeBusy", True).code is None
        items = make_each(owner, folder, datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=2))
        name, _, domain = api.mail("user1").partition("@")
        query = urllib.parse.urlencode({"contextId": api.context_id, "userName": name, "server": domain})
        told = api.anonymous().request("GET", f"/servlet/webdav.freebusy?{query}").text
        for item in items:
            found = model.SLOT if f"{item.start}/" in told else model.NOTHING
            if found != model.public_busy(item.event) or any(item.word(kind) in told for kind in ("title", "place", "note")):
                wrong.append(f"public busy {item.event.name}: got {found}")
        full = {"entity": owner.user_id, "group": False, "bits": FULL}
        body = {"title": "Public", "module": "calendar", "permissions": [full]}
        public = str(owner.put("folders", {"folder": body}, action="new", folder_id="2", tree=0).data)
        for item in items:
            code = owner.put("chronos", b"", action="move", folder=cal(folder), id=item.id, targetFolder=cal(public), timestamp=LATE).code
            expected = model.move_to_public(item.event)
            if not (code in expected if expected else code is None):
                wrong.append(f"move {item.event.name}: got {code}, expected {expected}")
        assert not wrong, "\n".join(wrong)
        api.close()
