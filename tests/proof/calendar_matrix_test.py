"""Who sees and does what with events: role x place and class x operation, in chronos and in the classic module.

The table says what comes out; the owner's view afterwards must fit to it: nothing was written or removed by the way. Texts of
an event that a role may not read must be in none of the answers it gets, whatever they are.
"""

import json

from support.attachments import attach
from support.agenda import cal, created, event, millis
from support.client import ApiClient

OWNER, DEPUTY, READER, AUTHOR, MAKER, ATTENDEE, STRANGER = "owner deputy reader author maker attendee stranger".split()
#: author: of events of others; maker: the same person with events that he made. Neither takes part in them.
USERS = {OWNER: 1, DEPUTY: 2, READER: 3, AUTHOR: 4, MAKER: 4, ATTENDEE: 5, STRANGER: 6}
BITS = {DEPUTY: 2 | 2 << 7 | 2 << 14 | 2 << 21, READER: 1 | 2 << 7, AUTHOR: 2 | 1 << 7 | 1 << 14 | 1 << 21}
FULL = 403710016
#: Of the calendar of user1, and of a public folder, where there is no other class.
COLUMNS = ("PUBLIC", "CONFIDENTIAL", "PRIVATE", "public folder")
FACES = ("chronos", "calendar")

# all: everything; block: times alone; slot: a time without event; none: as if it were not there; done; a code; kept: told as
# not deleted; -: no case.
TABLE = """
get        both      owner     all       all       all       all
get        both      deputy    all       block     CAL-4040  all
get        both      reader    all       block     CAL-4040  all
get        both      author    CAL-4030  CAL-4030  CAL-4040  CAL-4030
get        both      maker     all       -         -         all
get        both      attendee  all       all       all       all
get        both      stranger  FLD-0003  FLD-0003  FLD-0003  FLD-0003
list       both      owner     all       all       all       all
list       both      deputy    all       block     none      all
list       both      reader    all       block     none      all
list       both      author    none      none      none      none
list       both      maker     all       -         -         all
list       both      attendee  all       all       all       all
list       both      stranger  none      none      none      none
all        both      owner     all       all       all       all
all        both      deputy    all       block     none      all
all        both      reader    all       block     none      all
all        both      author    none      none      none      none
all        both      maker     all       -         -         all
all        both      attendee  all       all       all       FLD-0003
all        both      stranger  FLD-0003  FLD-0003  FLD-0003  FLD-0003
open       calendar  owner     all       all       all       all
open       calendar  deputy    all       none      none      all
open       calendar  reader    all       none      none      all
open       calendar  author    none      none      none      none
open       calendar  maker     all       -         -         all
open       calendar  attendee  all       all       all       FLD-0003
open       calendar  stranger  FLD-0003  FLD-0003  FLD-0003  FLD-0003
updates    both      owner     all       all       all       all
updates    both      deputy    all       block     none      all
updates    both      reader    all       block     none      all
updates    both      author    none      none      none      none
updates    both      maker     all       -         -         all
updates    both      attendee  all       all       all       FLD-0003
updates    both      stranger  FLD-0003  FLD-0003  FLD-0003  FLD-0003
mine       both      owner     all       all       all       all
mine       both      deputy    none      none      none      none
mine       both      reader    none      none      none      none
mine       both      author    none      none      none      none
mine       both      maker     none      -         -         all
mine       both      attendee  all       all       all       all
mine       both      stranger  none      none      none      none
search     calendar  owner     all       all       all       all
search     calendar  deputy    all       none      none      all
search     calendar  reader    all       none      none      all
search     calendar  author    none      none      none      none
search     calendar  maker     all       -         -         all
search     calendar  attendee  all       all       all       all
search     calendar  stranger  none      none      none      none
resolve    chronos   owner     all       all       all       all
resolve    chronos   deputy    all       block     none      all
resolve    chronos   reader    all       block     none      all
resolve    chronos   author    none      none      none      none
resolve    chronos   maker     all       -         -         all
resolve    chronos   attendee  all       all       all       all
resolve    chronos   stranger  none      none      none      none
export     chronos   owner     all       all       all       all
export     chronos   deputy    all       none      none      all
export     chronos   reader    all       none      none      all
export     chronos   author    none      none      none      none
export     chronos   maker     all       -         -         all
export     chronos   attendee  all       all       all       I_E-0100
export     chronos   stranger  I_E-0100  I_E-0100  I_E-0100  I_E-0100
freebusy   both      owner     all       all       all       all
freebusy   both      deputy    all       slot      none      all
freebusy   both      reader    all       slot      none      all
freebusy   both      author    slot      slot      none      slot
freebusy   both      maker     all       -         -         all
freebusy   both      attendee  all       all       all       all
freebusy   both      stranger  slot      slot      none      slot
file       both      owner     all       all       all       all
file       both      deputy    all       CAL-4037  CAL-4040  all
file       both      reader    all       CAL-4037  CAL-4040  all
file       both      author    CAL-4030  CAL-4030  CAL-4040  CAL-4030
file       both      maker     all       -         -         all
file       both      attendee  all       all       all       all
file       both      stranger  FLD-0003  FLD-0003  FLD-0003  FLD-0003
conflict   both      owner     all       all       all       all
conflict   both      deputy    all       block     none      all
conflict   both      reader    all       block     none      all
conflict   both      author    block     block     none      block
conflict   both      maker     all       -         -         all
conflict   both      attendee  all       all       all       all
conflict   both      stranger  block     block     none      block
update     both      owner     done      done      done      done
update     both      deputy    done      CAL-4037  CAL-4040  done
update     both      reader    CAL-4031  CAL-4037  CAL-4040  CAL-4031
update     chronos   author    CAL-4031  CAL-4037  CAL-4040  CAL-4031
update     calendar  author    CAL-4030  CAL-4030  CAL-4040  CAL-4030
update     both      maker     done      -         -         done
update     both      attendee  CAL-4038  CAL-4038  CAL-4038  CAL-4031
update     both      stranger  FLD-0003  FLD-0003  FLD-0003  FLD-0003
delete     both      owner     done      done      done      done
delete     chronos   deputy    done      CAL-4037  CAL-4040  done
delete     calendar  deputy    done      CAL-4037  kept      done
delete     chronos   reader    CAL-4032  CAL-4037  CAL-4040  CAL-4032
delete     calendar  reader    CAL-4032  CAL-4037  kept      CAL-4032
delete     chronos   author    CAL-4032  CAL-4037  CAL-4040  CAL-4032
delete     calendar  author    CAL-4032  CAL-4037  kept      CAL-4032
delete     both      maker     done      -         -         done
delete     both      attendee  done      done      done      CAL-4032
delete     both      stranger  FLD-0003  FLD-0003  FLD-0003  FLD-0003
move       both      owner     done      done      done      done
move       both      deputy    done      CAL-4037  CAL-4040  done
move       both      reader    CAL-4031  CAL-4037  CAL-4040  CAL-4031
move       chronos   author    CAL-4030  CAL-4037  CAL-4040  CAL-4030
move       calendar  author    CAL-4030  CAL-4030  CAL-4040  CAL-4030
move       both      maker     done      -         -         done
move       both      attendee  done      done      done      CAL-4030
move       both      stranger  FLD-0003  FLD-0003  FLD-0003  FLD-0003
attach     both      owner     done      done      done      done
attach     both      deputy    done      CAL-4037  CAL-4040  done
attach     both      reader    CAL-4031  CAL-4037  CAL-4040  CAL-4031
attach     chronos   author    CAL-4031  CAL-4037  CAL-4040  CAL-4031
attach     calendar  author    CAL-4030  CAL-4030  CAL-4040  CAL-4030
attach     both      maker     done      -         -         done
attach     chronos   attendee  CAL-4038  CAL-4038  CAL-4038  CAL-4031
attach     calendar  attendee  CAL-4038  CAL-4038  CAL-4038  FLD-0003
attach     both      stranger  FLD-0003  FLD-0003  FLD-0003  FLD-0003
"""
READ_DAYS = ("20320301T000000Z", "20320401T000000Z")
#: Where the events lie that are written to, so that they are in nobody's way.
WRITE_DAY = "20320701"
MODULE = {"module": 1}


def expectations() -> dict:
    """(operation, face, role) -> outcome of each column."""
    found = {}
    for line in TABLE.split("\n"):
        if line:
            operation, face, role, *outcomes = line.split()
            for one in FACES if face == "both" else (face,):
                found[operation, one, role] = dict(zip(COLUMNS, outcomes, strict=True))
    return found


class Item:
    """An event with words of its own, which tell where it is seen."""

    count = 0

    def __init__(self, stage: "Stage", column: str, maker: str, day: str = ""):
        Item.count += 1
        self.column, self.maker, self.number = column, maker, Item.count
        self.folder = stage.public if column == COLUMNS[3] else stage.folder
        self.day = day or WRITE_DAY
        self.made: dict = {}
        self.file = ""

    def word(self, kind: str) -> str:
        return f"{kind}{self.number}x"

    @property
    def id(self) -> str:
        return self.made["id"]

    def body(self, *attendees: ApiClient) -> dict:
        people = [{"entity": one.user_id, "cuType": "INDIVIDUAL"} for one in attendees]
        classes = {} if self.column == COLUMNS[3] else {"class": self.column}
        return event(summary=self.word("title"), location=self.word("location"), description=self.word("note"),
                     startDate={"value": f"{self.day}T080000Z"}, endDate={"value": f"{self.day}T090000Z"},
                     **({"attendees": people} if people else {}), **classes)


class Stage:
    """The people, their places, and the events that are read."""

    def __init__(self, api):
        self.api = api
        self.callers = {role: api.user(number) for role, number in USERS.items()}
        self.folder = api.calendar_folder()
        entries = [{"entity": self.callers[role].user_id, "group": False, "bits": bits} for role, bits in BITS.items()]
        stored = api.get("folders", action="get", id=self.folder)
        api.put("folders", {"folder": {"permissions": [*stored.data["permissions"], *entries]}}, action="update", id=self.folder,
                timestamp=stored.timestamp).data
        owner = {"entity": self.callers[OWNER].user_id, "group": False, "bits": FULL}
        self.public = self.new_folder(OWNER, "2", "Public", [owner, *entries])
        self.elsewhere = {role: self.new_folder(role, "1", "Elsewhere") for role in USERS if role != MAKER}
        self.elsewhere[MAKER] = self.elsewhere[AUTHOR]
        self.homes = {role: api.calendar_folder(client) for role, client in self.callers.items()}
        self.shown = [self.read_item(column, OWNER, f"2032030{number + 1}") for number, column in enumerate(COLUMNS)]
        self.shown += [self.read_item(column, MAKER, day) for column, day in ((COLUMNS[0], "20320308"), (COLUMNS[3], "20320309"))]

    def new_folder(self, role: str, parent: str, title: str, permissions: list | None = None) -> str:
        client = self.callers[role]
        permissions = permissions or [{"entity": client.user_id, "group": False, "bits": FULL}]
        body = {"folder": {"title": title, "module": "calendar", "permissions": permissions}}
        return str(client.put("folders", body, action="new", folder_id=parent, tree=0).data)

    def read_item(self, column: str, maker: str, day: str) -> Item:
        item = Item(self, column, maker, day)
        guests = [self.callers[ATTENDEE]] if maker == OWNER else []
        client = self.callers[maker]
        item.made = created(client, item.folder, item.body(*guests))
        file = (item.word("file"), "text/plain", item.word("content").encode())
        item.file = str(attach(client, {**MODULE, "folder": int(item.folder), "attached": int(item.id)}, file).data[0])
        return item

    def role_items(self, role: str) -> list[Item]:
        return [item for item in self.shown if (item.maker == MAKER) == (role == MAKER)]

    def place(self, role: str, item: Item) -> str:
        """The folder through which the role sees it."""
        return self.homes[ATTENDEE] if role == ATTENDEE and item.column != COLUMNS[3] else item.folder


class Reading:
    """All that one role reads through one face. `outcome(operation, item)` is what came out."""

    def __init__(self, stage: Stage, role: str, face: str):
        self.stage, self.role, self.face, self.client = stage, role, face, stage.callers[role]
        self.texts: list[tuple[str, str]] = []  # what was read, for words that must not be there

    def keep(self, operation: str, answer):
        self.texts.append((operation, answer.body.decode("utf-8", "replace")))
        return answer

    def sight(self, item: Item, rows: dict) -> str:
        """`rows`: id -> title of what came."""
        if item.id not in rows:
            return "none"
        return "all" if rows[item.id] == item.word("title") else "block"

    def rows(self, answer) -> dict:
        data = answer.data
        if self.face == "calendar":
            return {str(row[0]): row[1] for row in data if isinstance(row, list)}
        data = data["newAndModified"] if isinstance(data, dict) else data
        return {one["id"]: one.get("summary") for one in data if one}

    def listed(self, operation: str, item: Item, answer) -> str:
        self.keep(operation, answer)
        return answer.code or self.sight(item, self.rows(answer))

    def outcome(self, operation: str, item: Item) -> str:
        return getattr(self, operation + "_of")(item, self.stage.place(self.role, item))

    def ask(self, action: str, folder, chronos: dict, classic: dict, body=None):
        """The same question to both faces."""
        if self.face == "chronos":
            module, named, parameters = "chronos", {"folder": folder and cal(folder)}, chronos
        else:
            module, named, parameters = "calendar", {"folder": folder}, {"columns": "1,200,400,203,220", "timezone": "UTC", **classic}
        parameters = {"action": action, **named, **parameters}
        return self.client.get(module, **parameters) if body is None else self.client.put(module, body, **parameters)

    def get_of(self, item: Item, folder: str) -> str:
        place = {"action": "get", "id": item.id}
        answer = self.client.get("chronos", folder=cal(folder), **place) if self.face == "chronos" else self.client.get(
            "calendar", folder=folder, timezone="UTC", **place)
        self.keep("get", answer)
        title = None if answer.code else answer.data.get("summary" if self.face == "chronos" else "title")
        return answer.code or self.sight(item, {item.id: title})

    def list_of(self, item: Item, folder: str) -> str:
        body = [{"id": item.id, "folder": cal(folder) if self.face == "chronos" else folder}]
        return self.listed("list", item, self.ask("list", None, {}, {}, body))

    def all_of(self, item: Item, folder: str | None) -> str:
        classic = {"start": millis(READ_DAYS[0]), "end": millis(READ_DAYS[1]), "showPrivate": True}
        chronos = {"rangeStart": READ_DAYS[0], "rangeEnd": READ_DAYS[1], "expand": True}
        return self.listed("all", item, self.ask("all", folder, chronos, classic))

    def mine_of(self, item: Item, _) -> str:
        return self.all_of(item, None)

    def open_of(self, item: Item, folder: str) -> str:
        """As old clients ask, who do not speak of private ones."""
        span = {"start": millis(READ_DAYS[0]), "end": millis(READ_DAYS[1])}
        return self.listed("open", item, self.ask("all", folder, {}, span))

    def updates_of(self, item: Item, folder: str) -> str:
        return self.listed("updates", item, self.ask("updates", folder, {"timestamp": 0}, {"timestamp": 0, "ignore": "deleted"}))

    def search_of(self, item: Item, _) -> str:
        return self.listed("search", item, self.ask("search", None, {}, {}, {"pattern": item.word("title")}))

    def resolve_of(self, item: Item, _) -> str:
        answer = self.keep("resolve", self.client.get("chronos", action="resolve", id=item.id))
        data = answer.json.get("data")
        return answer.code or self.sight(item, {data["id"]: data.get("summary")} if data else {})

    def export_of(self, item: Item, folder: str) -> str:
        answer = self.keep("export", self.client.get("export", action="ICAL", folder=folder))
        if answer.text.startswith("{"):
            return answer.json["code"]
        parts = [part for part in answer.text.split("BEGIN:VEVENT") if f"{item.made['uid']}\r\n" in part.replace("\r\n ", "")]
        return self.sight(item, {item.id: item.word("title") if item.word("title") in part else "" for part in parts})

    def freebusy_of(self, item: Item, _) -> str:
        """Of whoever is busy by it: the owner, and who made it in a public folder."""
        begin, people = millis(f"{item.day}T080000Z"), [self.stage.callers[role] for role in (OWNER, MAKER)]
        found = "none"
        for one in people:
            if self.face == "chronos":
                asked = {"attendees": [{"entity": one.user_id, "cuType": "INDIVIDUAL"}]}
                answer = self.client.put("chronos", asked, action="freeBusy", **{"from": READ_DAYS[0], "until": READ_DAYS[1]})
                slots = [(slot["startTime"], slot.get("event", {}).get("summary")) for slot in answer.data[0]["freeBusyTime"]]
            else:
                answer = self.client.get("calendar", action="freebusy", id=one.user_id, type=1, timezone="UTC",
                                         start=millis(READ_DAYS[0]), end=millis(READ_DAYS[1]))
                slots = [(slot["start_date"], slot.get("title")) for slot in answer.data]
            self.keep("freebusy", answer)
            for start, title in slots:
                if start == begin:
                    found = "all" if title == item.word("title") else "slot"
        return found

    def file_of(self, item: Item, folder: str) -> str:
        named = {**MODULE, "folder": int(folder), "attached": int(item.id)}
        if self.face == "chronos":
            answer = self.client.get("chronos", action="getAttachment", folder=cal(folder), id=item.id, managedId=item.file)
        else:
            answer = self.client.get("attachment", action="document", id=item.file, **named)
        self.keep("file", answer)
        rows = self.keep("file", self.client.get("attachment", action="all", columns="803", **named))
        is_there = answer.status == 200 and answer.body == item.word("content").encode()
        if rows.code is None:
            return "all" if is_there and rows.data == [[item.word("file")]] else f"status {answer.status}, {rows.data}"
        return f"{rows.code}, but the file came" if is_there else rows.code

    def conflict_of(self, item: Item, _) -> str:
        """An event of the role at that time with those whom the other one makes busy."""
        people, home = [self.stage.callers[role].user_id for role in (OWNER, MAKER)], self.stage.homes[self.role]
        if self.face == "chronos":
            body = event(startDate={"value": f"{item.day}T080000Z"}, endDate={"value": f"{item.day}T090000Z"},
                         attendees=[{"entity": one, "cuType": "INDIVIDUAL"} for one in people])
            answer = self.client.put("chronos", body, action="new", folder=cal(home), checkConflicts=True)
            conflicts = {one["event"]["id"]: one["event"].get("summary") for one in answer.data.get("conflicts", [])}
        else:
            body = {"folder_id": home, "title": "Meeting", "start_date": millis(f"{item.day}T080000Z"),
                    "end_date": millis(f"{item.day}T090000Z"), "participants": [{"type": 1, "id": one} for one in people]}
            answer = self.client.put("calendar", body, action="new", timezone="UTC")
            conflicts = {str(one["id"]): one.get("title") for one in answer.data.get("conflicts", [])}
        self.keep("conflict", answer)
        if "conflicts" not in answer.data:  # it was stored: gone again, before it is in the way of others
            made = answer.data["created"][0]["id"] if self.face == "chronos" else answer.data["id"]
            assert self.client.put("calendar", {"id": made, "folder": home}, action="delete", timestamp=2**53).data == []
        return self.sight(item, conflicts)


class Writing:
    """One attempt to write to an event that is there for nothing else."""

    def __init__(self, stage: Stage, operation: str, face: str, role: str, column: str):
        self.stage, self.operation, self.face, self.role = stage, operation, face, role
        self.client = stage.callers[role]
        self.item = Item(stage, column, MAKER if role == MAKER else OWNER)
        self.found = ""

    def new_call(self) -> dict:
        guests = [self.client] if self.role == ATTENDEE else []
        return {"module": "chronos", "action": "new", "folder": cal(self.item.folder), "data": self.item.body(*guests)}

    def run(self) -> None:
        self.found = getattr(self, self.operation)(self.stage.place(self.role, self.item)) or "done"

    def call(self, module: str, body, **parameters):
        return self.client.put(module, body, timestamp=2**53, **parameters)

    def update(self, folder: str) -> str | None:
        if self.face == "chronos":
            return self.call("chronos", {"event": {"location": "changed"}}, action="update", folder=cal(folder), id=self.item.id).code
        body = {"location": "changed", "ignore_conflicts": True}
        return self.call("calendar", body, action="update", folder=folder, id=self.item.id).code

    def delete(self, folder: str) -> str | None:
        if self.face == "chronos":
            answer = self.call("chronos", {"events": [{"folder": cal(folder), "id": self.item.id}]}, action="delete")
            return answer.code or answer.data[0].get("error", {}).get("code")
        answer = self.call("calendar", {"folder": folder, "id": self.item.id}, action="delete")
        return answer.code or ("kept" if answer.data else None)

    def move(self, folder: str) -> str | None:
        target = self.stage.elsewhere[self.role]
        if self.face == "chronos":
            return self.call("chronos", b"", action="move", folder=cal(folder), id=self.item.id, targetFolder=cal(target)).code
        body = {"folder_id": target, "ignore_conflicts": True}
        return self.call("calendar", body, action="update", folder=folder, id=self.item.id).code

    def attach(self, folder: str) -> str | None:
        if self.face == "chronos":
            members = json.dumps({"event": {"attachments": [{"uri": "cid:new"}]}})
            code = self.client.multipart("chronos", {"json_0": members}, {"new": ("n", "text/plain", b"n")}, action="update",
                                         folder=cal(folder), id=self.item.id, timestamp=2**53).code
            return code
        named = {**MODULE, "folder": int(folder), "attached": int(self.item.id)}
        return attach(self.client, named, ("n", "text/plain", b"n")).code

    def wanted_state(self) -> str:
        """What is seen of it in the place where it was made, by its maker's side."""
        if self.found != "done":
            return "untouched"
        if self.role == ATTENDEE and self.operation in ("delete", "move"):
            return "untouched"
        if self.role == DEPUTY and self.operation == "move" and self.item.column == COLUMNS[3]:
            return "at home"  # It lies in the calendars of those who take part, of whom the owner is one.
        return {"update": "changed", "delete": "gone", "move": "gone", "attach": "with file"}[self.operation]

    def state(self, rows: dict) -> str:
        if self.item.id not in rows:
            return "gone"
        folder, title, location, files = rows[self.item.id]
        assert title == self.item.word("title"), title
        if folder != self.item.folder:
            return "at home"
        if location == "changed":
            return "changed"
        return "with file" if files else "untouched"


def read_all(stage: Stage, table: dict, faces: tuple) -> tuple[int, list[str]]:
    """The number of cases, and what differs from the table."""
    count, wrong = 0, []
    readings = {(role, face): Reading(stage, role, face) for role in USERS for face in faces}
    for (operation, face, role), outcomes in table.items():
        if (role, face) not in readings or not hasattr(Reading, operation + "_of"):
            continue
        for item in stage.role_items(role):
            wanted = outcomes[item.column]
            if wanted == "-":
                continue
            count += 1
            found = readings[role, face].outcome(operation, item)
            if found != wanted:
                wrong.append(f"{face} {operation}, {role}, {item.column}: got {found}, expected {wanted}")
    for (role, _), reading in readings.items():
        wrong += forbidden_words(stage, table, role, reading)
    return count, wrong


def forbidden_words(stage: Stage, table: dict, role: str, reading: Reading) -> list[str]:
    """Words of events that the role does not read, in any of its answers."""
    found = []
    # One person is author and maker: what he made is his to read.
    for item in stage.role_items(role):
        if table["get", "chronos", role][item.column] == "all":
            continue
        for operation, text in reading.texts:
            for kind in ("title", "location", "note", "file", "content"):
                if item.word(kind) in text:
                    found.append(f"{reading.face} {operation}, {role}, {item.column}: tells the {kind}")
    return found


def write_all(stage: Stage, table: dict, faces: tuple) -> tuple[int, list[str]]:
    writings = [Writing(stage, operation, face, role, column) for (operation, face, role), outcomes in table.items()
                if face in faces and hasattr(Writing, operation) for column, wanted in outcomes.items() if wanted != "-"]
    for maker in (OWNER, MAKER):
        mine = [writing for writing in writings if writing.item.maker == maker]
        for begin in range(0, len(mine), 50):
            part = mine[begin : begin + 50]
            for writing, answer in zip(part, stage.callers[maker].multiple([writing.new_call() for writing in part])):
                assert "error" not in answer, answer
                writing.item.made = answer["data"]["created"][0]
    wrong = []
    for writing in writings:
        writing.run()
        wanted = table[writing.operation, writing.face, writing.role][writing.item.column]
        if writing.found != wanted:
            wrong.append(f"{writing.face} {writing.operation}, {writing.role}, {writing.item.column}: got {writing.found}, "
                         f"expected {wanted}")
    return len(writings), wrong + check_states(stage, writings)


def check_states(stage: Stage, writings: list[Writing]) -> list[str]:
    """The owner's view of both folders, beside what the answers said."""
    rows: dict = {}
    span = {"start": millis(WRITE_DAY), "end": millis("20320801"), "timezone": "UTC"}
    for folder in (stage.folder, stage.public):
        for number, title, location, files in stage.callers[OWNER].get("calendar", action="all", folder=folder,
                                                                        columns="1,200,400,104", **span).data:
            rows[str(number)] = (folder, title, location, files)
    found = []
    for writing in writings:
        state = writing.state(rows)
        if state != writing.wanted_state():
            found.append(f"{writing.face} {writing.operation}, {writing.role}, {writing.item.column}: answered {writing.found}, and "
                         f"the event is {state}")
    return found


def test_events_are_seen_and_changed_by_whom_the_table_names(proof):
    with proof.server() as server:
        api = server.tenant()
        stage = Stage(api)
        table = expectations()
        # The rules are the same on both databases, and both faces call the same services.
        faces = FACES if proof.is_long or not proof.mariadb else FACES[:1]
        reads, wrong = read_all(stage, table, faces)
        writes, wrong_writes = write_all(stage, table, faces)
        wrong += wrong_writes
        # What is not public is made in one's own calendar alone.
        for role, folder in ((DEPUTY, stage.folder), (AUTHOR, stage.folder), (OWNER, stage.public)):
            for name in ("CONFIDENTIAL", "PRIVATE"):
                answer = stage.callers[role].put("chronos", event(**{"class": name}), action="new", folder=cal(folder))
                if answer.code != "CAL-4222":
                    wrong.append(f"{role} made a {name} event: {answer.code}")
        print(f"        {reads} readings, {writes} writings, {len(wrong)} differences")
        assert not wrong, "\n".join(wrong[:60])
        api.close()
