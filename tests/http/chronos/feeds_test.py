"""Calendars that somebody else publishes: a web server of our own, which fails in every way it can."""

import base64
import http.server
import threading

from support.agenda import created, event
from support.groupware import PASSWORD

PROVIDER, CONFIG, PROPERTIES = ("com.openexchange.calendar." + name for name in ("provider", "config", "extendedProperties"))
JULY = {"rangeStart": "20240701T000000Z", "rangeEnd": "20240801T000000Z", "expand": "true"}


def vevent(uid: str | None, summary: str, day: int = 1, more: str = "") -> str:
    lines = [f"UID:{uid}"] if uid else []
    lines += [f"DTSTART:202407{day:02}T090000Z", f"DTEND:202407{day:02}T100000Z", f"SUMMARY:{summary}"] + ([more] if more else [])
    return "BEGIN:VEVENT\r\n" + "\r\n".join(lines) + "\r\nEND:VEVENT\r\n"


def calendar(*events: str, head: str = "") -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{head}" + "".join(events) + "END:VCALENDAR\r\n"


class Publisher(http.server.BaseHTTPRequestHandler):
    """Paths are `/<what>/<test>`: each test has its own documents and counts."""
    documents: dict = {}
    asked: list = []
    gate = threading.Event()

    def do_GET(self):
        self.asked.append((self.path, dict(self.headers)))
        what = self.path.split("/")[1]
        document = self.documents.get(self.path, calendar(vevent("a", "A")))
        if what == "private":
            return self.answer(302, "", {"Location": "http://127.0.0.2:1/"})
        if what == "secret" and self.headers["Authorization"] != "Basic " + base64.b64encode(b"anna:pass").decode():
            return self.answer(401, "", {"WWW-Authenticate": 'Basic realm="x"'})
        if what == "large":
            document += "X" * 6_000_000
        if what == "slow":
            self.gate.wait(30)
        if what == "half":
            return self.answer(200, document, {}, cut=len(document) // 2)
        tag = f'"{hash(document)}"'
        if what == "tagged" and self.headers["If-None-Match"] == tag:
            return self.answer(304, "", {"ETag": tag})
        return self.answer(404 if what == "none" else 200, document, {"ETag": tag} if what == "tagged" else {})

    def answer(self, status: int, body: str, headers: dict, cut: int | None = None):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:cut].encode())

    def log_message(self, *_):
        pass


SERVER = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
threading.Thread(target=SERVER.serve_forever, daemon=True).start()
PORT = SERVER.server_address[1]

# Only the address that the publisher listens at may be reached inside.
DIRECTIVES = f"GroupwareFeeds on ports={PORT},80 deny=10.0.0.0/8,127.0.0.2/32\n"


def path(api, what: str) -> str:
    return f"/{what}/{api.context_id}.ics"


def uri(api, what: str, scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{PORT}{path(api, what)}"


def body(address: str, title: str = "Feed", **config) -> dict:
    properties = config.pop("properties", {})
    return {"title": title, "module": "event", PROVIDER: "ical", CONFIG: {"uri": address, **config}, PROPERTIES: properties}


def subscribe(client, address: str, **more) -> str:
    answer = client.put("folders", {"folder": body(address, **more)}, action="new", folder_id=1, tree=0)
    assert answer.code is None, answer.text
    assert answer.data.startswith("cal://") and answer.data.endswith("/0") and not answer.data.startswith("cal://0/")
    return answer.data


def summaries(client, folder: str, **parameters) -> list:
    answer = client.get("chronos", action="all", folder=folder, **JULY, **parameters)
    assert answer.code is None, answer.text
    return [one["summary"] for one in answer.data]


def count(api, what: str) -> int:
    return [asked for asked, _ in Publisher.asked].count(path(api, what))


def test_a_calendar_elsewhere_is_probed_made_read_changed_and_removed(api):
    Publisher.documents[path(api, "tagged")] = calendar(
        vevent("a", "A"), vevent("s", "S", 2, "RRULE:FREQ=WEEKLY;COUNT=3"), head="X-WR-CALNAME:Holidays\r\nCOLOR:teal\r\n")
    probed = api.put("chronos/account", {PROVIDER: "ical", CONFIG: {"uri": uri(api, "tagged", "webcal")}}, action="probe").data
    assert (probed["title"], probed[PROPERTIES]["color"]["value"], probed[CONFIG]["uri"]) == (
        "Holidays", "teal", uri(api, "tagged", "webcal"))
    made = api.put("folders", {"folder": {**probed, "module": "event"}}, action="new", folder_id=1, tree=0).data
    assert summaries(api.user(1), made) == ["A", "S", "S", "S"]

    shown = api.get("folders", action="get", id=made, tree=0).data
    assert (shown["id"], shown["module"], shown["title"], shown[PROVIDER], shown["own_rights"]) == (
        made, "event", "Holidays", "ical", 268435713)
    assert shown[CONFIG] == {"uri": uri(api, "tagged", "webcal")} and shown[PROPERTIES]["lastUpdate"]["value"] > 0
    assert shown[PROPERTIES]["scheduleTransp"] == {"value": "TRANSPARENT"}
    listed = api.get("folders", action="allVisible", content_type="event", columns="1,3203", tree=0).data["private"]
    assert [made, "ical"] in listed and ["cal://1/0", "birthdays"] in listed
    # Older clients know nothing of it.
    classic = api.get("folders", action="allVisible", content_type="calendar", columns="1", tree=0).data["private"]
    assert all(int(row[0]) < 1_000_000_000 for row in classic)

    found = api.get("chronos", action="all", folder=made, **JULY, fields="flags,uid").data
    assert {one["folder"] for one in found} == {made} and "series" in found[1]["flags"]
    one = api.get("chronos", action="get", folder=made, id=found[1]["id"], recurrenceId=found[1]["recurrenceId"]).data
    assert one["summary"] == "S" and one["startDate"]["value"] == "20240702T090000Z"
    assert [each["id"] for each in api.put("chronos", [{"folder": made, "id": found[0]["id"]}], action="list").data] == [found[0]["id"]]

    assert summaries(api.user(1), made, updateCache="true") == ["A", "S", "S", "S"]
    assert "If-None-Match" in [headers for asked, headers in Publisher.asked if asked == path(api, "tagged")][-1]
    since = api.get("chronos", action="all", folder=made, **JULY).timestamp
    Publisher.documents[path(api, "tagged")] = calendar(vevent("a", "A2"))
    assert summaries(api.user(1), made, updateCache="true") == ["A2"]
    changes = api.get("chronos", action="updates", folder=made, timestamp=since).data
    assert [each["summary"] for each in changes["newAndModified"]] == ["A2"] and len(changes["deleted"]) == 1

    update = {"title": "Days off", PROPERTIES: {"color": {"value": "red"}}}
    assert api.put("folders", {"folder": update}, action="update", id=made, tree=0).data == made
    shown = api.get("folders", action="get", id=made, tree=0).data
    assert (shown["title"], shown[PROPERTIES]["color"]["value"]) == ("Days off", "red")
    assert api.put("folders", [made], action="delete", tree=0).data == []
    api.get("folders", action="get", id=made, tree=0).expect_error("FLD-0008")
    api.get("chronos", action="all", folder=made, **JULY).expect_error("CAL-4044")


def test_nobody_writes_into_it_and_others_do_not_see_it(api):
    made = subscribe(api.user(1), uri(api, "plain"))
    assert summaries(api.user(1), made) == ["A"]
    number = api.get("chronos", action="all", folder=made, **JULY).data[0]["id"]
    own = created(api.user(1), api.calendar_folder(), event())
    names = {"folder": made, "id": number, "timestamp": 2**53}
    api.put("chronos", event(), action="new", folder=made).expect_error("CAL-4228")
    api.put("chronos", {"event": {"summary": "x"}}, action="update", **names).expect_error("CAL-4228")
    api.put("chronos", None, action="move", targetFolder=own["folder"], **names).expect_error("CAL-4228")
    api.put("chronos", None, action="move", folder=own["folder"], id=own["id"], targetFolder=made,
            timestamp=2**53).expect_error("CAL-4228")
    answer = api.put("chronos", {"events": [{"folder": made, "id": number}]}, action="delete", timestamp=2**53).data
    assert answer[0]["error"]["code"] == "CAL-4228"
    api.put("chronos/alarm", [], action="updateAlarms", **names).expect_error("CAL-4228")
    api.put("folders", {"folder": {"permissions": []}}, action="update", id=made, tree=0).expect_error("CAL-4228")
    other = api.user(2)
    other.get("chronos", action="all", folder=made, **JULY).expect_error("CAL-4044")
    other.get("folders", action="get", id=made, tree=0).expect_error("FLD-0003")
    # Without a folder "all" is what one keeps oneself.
    assert [one["summary"] for one in api.get("chronos", action="all", **JULY).data] == ["Meeting"]
    attendee = {"attendees": [{"entity": api.user(1).user_id, "cuType": "INDIVIDUAL"}]}
    times = {"from": "20240701T080000Z", "until": "20240701T110000Z"}
    assert len(other.put("chronos", attendee, action="freeBusy", **times).data[0]["freeBusyTime"]) == 0
    api.put("folders", {"folder": {PROPERTIES: {"scheduleTransp": {"value": "OPAQUE"}}}}, action="update", id=made, tree=0)
    assert [one["fbType"] for one in other.put("chronos", attendee, action="freeBusy", **times).data[0]["freeBusyTime"]] == ["BUSY"]


def test_each_failure_has_its_own_error_and_spares_the_other_calendars(api):
    codes = {"none": "CAL-5031", "private": "CAL-4004", "large": "CAL-4006", "secret": "CAL-4010", "half": "CAL-5031"}
    Publisher.documents[path(api, "garbage")] = "no calendar \x00\x01"
    Publisher.documents[path(api, "broken")] = calendar(vevent("a", "A"))[:-30]
    codes |= {"garbage": "CAL-4006", "broken": "CAL-4006"}
    folders = {what: subscribe(api.user(1), uri(api, what), title=what) for what in codes}
    good = subscribe(api.user(1), uri(api, "good"))
    answer = api.put("chronos", {"folders": [*folders.values(), good]}, action="all", **JULY).data
    assert {what: one["error"]["code"] for what, one in zip(codes, answer)} == codes
    assert [one["summary"] for one in answer[-1]["events"]] == ["A"]
    for what, code in codes.items():
        api.put("chronos/account", {PROVIDER: "ical", CONFIG: {"uri": uri(api, what)}}, action="probe").expect_error(code)
    # Known to fail: it is not asked for an hour, unless the user wants it so.
    before = count(api, "none")
    api.get("chronos", action="all", folder=folders["none"], **JULY).expect_error("CAL-5031")
    assert count(api, "none") == before
    api.get("chronos", action="all", folder=folders["none"], updateCache="true", **JULY).expect_error("CAL-5031")
    assert count(api, "none") == before + 1


def test_a_login_is_kept_sealed_and_told_to_nobody(api):
    made = subscribe(api.user(1), uri(api, "secret"), login="anna", password="wrong")
    api.get("chronos", action="all", folder=made, **JULY).expect_error("CAL-4010")
    config = {CONFIG: {"uri": uri(api, "secret"), "login": "anna", "password": "pass"}}
    api.put("folders", {"folder": config}, action="update", id=made, tree=0)
    assert summaries(api.user(1), made) == ["A"]
    assert api.get("folders", action="get", id=made, tree=0).data[CONFIG] == {"uri": uri(api, "secret"), "login": "anna"}
    # Settings that come back without it do not lose it.
    config[CONFIG].pop("password")
    api.put("folders", {"folder": config}, action="update", id=made, tree=0)
    assert summaries(api.user(1), made, updateCache="true") == ["A"]


def test_what_may_not_be_reached_is_not_asked(api):
    for address in ("file:///etc/passwd", "ftp://127.0.0.1/", "http://a:b@127.0.0.1/", "", "webcal:"):
        api.put("folders", {"folder": body(address)}, action="new", folder_id=1, tree=0).expect_error("CAL-4004")
    for address in (f"http://127.0.0.2:{PORT}/x", "http://10.0.0.1/", f"http://127.0.0.1:{PORT - 1}/", f"http://[::ffff:127.0.0.2]:{PORT}/"):
        api.put("chronos/account", {PROVIDER: "ical", CONFIG: {"uri": address}}, action="probe").expect_error("CAL-4004")
    api.put("folders", {"folder": body("http://127.0.0.1/", password="x")}, action="new", folder_id=1,
            tree=0).expect_error("CAL-4046")
    api.put("folders", {"folder": body("http://127.0.0.1/", properties={"scheduleTransp": {"value": "x"}})}, action="new",
            folder_id=1, tree=0).expect_error("CAL-4004")
    for provider in ("google", "schedjoules", "birthdays"):
        folder = {"title": "x", "module": "event", PROVIDER: provider}
        api.put("folders", {"folder": folder}, action="new", folder_id=1, tree=0).expect_error("CAL-4228")


def test_several_who_ask_share_one_reading_and_others_do_not_wait(api):
    Publisher.gate.clear()
    made = subscribe(api.user(1), uri(api, "slow"))
    answers = []
    # The session's connection is one for all: each reader has a client of its own.
    clients = [api.anonymous() for _ in range(3)]
    for client in clients:
        client.login(api.login_name("user1"), PASSWORD)
    readers = [threading.Thread(target=lambda each=each: answers.append(summaries(each, made))) for each in clients]
    for reader in readers:
        reader.start()
    while count(api, "slow") == 0:
        pass
    # While it hangs everything else goes on: no connection is held, no row is locked.
    created(api.user(1), api.calendar_folder(), event())
    assert [one["summary"] for one in api.get("chronos", action="all", **JULY).data] == ["Meeting"]
    Publisher.gate.set()
    for reader in readers:
        reader.join()
    assert answers == [["A"]] * 3
    assert count(api, "slow") == 1
