"""A user is saved, deleted and restored: what clients read of him before and after is the same, byte for byte."""

import hashlib
import subprocess

from support import archives
from support.files import download, new_folder, new_version, upload
from support.tasks import new_task, task_folder

CARD = b"""BEGIN:VCARD\r
VERSION:3.0\r
FN:Grace Hopper\r
N:Hopper;Grace;;Rear Admiral;\r
UID:card-of-a-foreign-program\r
EMAIL;TYPE=work:grace@example.test\r
X-FOREIGN:kept as it is\r
NOTE:One\\nTwo\r
END:VCARD\r
"""
CALENDAR = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Foreign//EN\r
BEGIN:VEVENT\r
UID:series@example.test\r
DTSTAMP:20260101T000000Z\r
DTSTART;TZID=Europe/Berlin:20260302T090000\r
DTEND;TZID=Europe/Berlin:20260302T100000\r
RRULE:FREQ=WEEKLY;COUNT=6\r
SUMMARY:Weekly\r
X-FOREIGN:kept as well\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
TRIGGER:-PT15M\r
END:VALARM\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:series@example.test\r
DTSTAMP:20260101T000000Z\r
RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000\r
DTSTART;TZID=Europe/Berlin:20260309T140000\r
DTEND;TZID=Europe/Berlin:20260309T150000\r
SUMMARY:Moved\r
END:VEVENT\r
END:VCALENDAR\r
"""
FOLDER_COLUMNS = "1,2,3,4,5,20,300,301,302,304,305,306,307,308,309,313,314,315,316,317"
FILE_COLUMNS = "1,2,4,5,20,100,700,701,702,703,704,705,706,707,708,709,710,711"


def fill(api) -> None:
    client = api.user(1)
    contacts = api.private_folder()
    client.multipart("import", {}, {"file": ("a.vcf", "text/vcard", CARD)}, action="VCARD", folder=contacts)
    for number in range(3):
        client.put("contacts", {"folder_id": contacts, "first_name": "Ada", "last_name": f"Number {number}",
                                "email1": f"ada{number}@example.test", "note": "a\nb", "userfield20": "last"}, action="new").data
    client.multipart("import", {}, {"file": ("a.ics", "text/calendar", CALENDAR)}, action="ICAL",
                     folder=api.calendar_folder())
    new_task(client, title="Write it down", note="with a note", percent_completed=50)
    files = api.file_folder()
    below = new_folder(client, files, "Below")
    first = upload(client, files, "notes.txt", b"first version").data
    new_version(client, first, "notes.txt", b"second version")
    upload(client, below, "large.bin", bytes(range(256)) * 4_000)
    client.put("jslob", {"colour": "blue"}, action="update", id="io.ox/kept").data
    client.put("snippet", {"type": "signature", "module": "io.ox/mail", "displayname": "Mine", "content": "Regards"},
               action="new").data
    share = [{"entity": client.user_id, "group": False, "bits": 403710016},
             {"entity": api.user(2).user_id, "group": False, "bits": 257}]
    client.put("folders", {"permissions": share}, action="update", id=contacts, timestamp=2**63 - 1).data


def folders_below(client, parent) -> list:
    rows = client.get("folders", action="list", parent=parent, tree=0, all=1, columns=FOLDER_COLUMNS).data
    return rows + [row for child in rows if child[0] not in ("2", "3", "10") for row in folders_below(client, child[0])]


def picture(api) -> dict:
    """Everything that clients read of user1, as bytes and rows."""
    client = api.user(1)
    contacts, calendar, tasks, files = api.private_folder(), api.calendar_folder(), task_folder(client), api.file_folder()
    seen = {
        "vcards": client.get("export", action="VCARD", folder=contacts).body,
        "events": client.get("export", action="ICAL", folder=calendar).body,
        "tasks": client.get("export", action="ICAL", folder=tasks).body,
        "own card": client.get("export", action="VCARD", folder=6).body,
        "folders": folders_below(client, "1"),
        "folders that user2 sees": api.user(2).get("folders", action="allVisible", content_type="contacts",
                                                   columns=FOLDER_COLUMNS).data["shared"],
        "settings": client.put("jslob", ["io.ox/kept"], action="list").data,
        "snippets": client.get("snippet", action="all").data,
    }
    listed = []
    for row in [[files], *folders_below(client, files)]:
        listed += client.get("infostore", action="all", folder=row[0], columns=FILE_COLUMNS).data
    seen["files"] = listed
    seen["versions"] = {}
    for row in listed:
        versions = client.get("infostore", action="versions", id=row[0], columns="705,702,704,708").data
        seen["versions"][row[0]] = [(version, hashlib.sha256(download(client, row[0], version=version[0]).body).hexdigest())
                                    for version in versions]
    return seen


def expect_same(before: dict, after: dict) -> None:
    for name, value in before.items():
        assert after[name] == value, (name, value, after[name])


def test_a_user_who_was_deleted_comes_back_byte_for_byte(api):
    fill(api)
    before = picture(api)
    assert before["vcards"].count(b"BEGIN:VCARD") == 4 and b"X-FOREIGN" in before["vcards"], before["vcards"]
    assert before["events"].count(b"BEGIN:VEVENT") == 2 and b"BEGIN:VTODO" in before["tasks"], before["events"]
    assert len(before["files"]) == 2 and sum(map(len, before["versions"].values())) >= 3, before["versions"]
    server, context = api.server, api.context_id
    path = archives.place(server, "user.tar.zst")
    said = archives.ctl(server, "backup", "--context", context, "--user", "user1", "--output", path)
    assert said["files"] == 3 and said["missing"] == [] and archives.unchanged_by_umask(path), said
    assert archives.ctl(server, "verify-backup", path)["login"] == "user1"
    refused = archives.run(server, "restore", path)
    assert refused.returncode == 5, "he is there still"

    archives.ctl(server, "user", "delete", "--context", context, "--name", "user1")
    assert api.anonymous().try_login(api.login_name("user1"), "secret").code is not None
    restored = archives.ctl(server, "restore", path)
    assert restored["files"] == 3 and restored["passed_over"] == 0, restored
    api.clients.pop("user1")
    expect_same(before, picture(api))
    checked = archives.run(server, "check", "--files", "--context", context)
    assert checked.returncode == 0, checked.stdout

    # He works on as if nothing had happened, and clients that looked before read everything anew.
    client = api.user(1)
    client.get("contacts", action="updates", folder=api.private_folder(), columns="1", timestamp=1,
               ignore="false").expect_error("CON-1001")
    made = client.put("contacts", {"folder_id": api.private_folder(), "last_name": "New"}, action="new")
    assert made.code is None, made.text


def test_a_context_goes_to_another_number_through_a_pipe(api):
    fill(api)
    before = picture(api)
    server, context = api.server, api.context_id
    done = archives.run(server, "backup", "--context", context, "--output", "-", "--compress", "gzip")
    assert done.returncode == 0, done.stderr
    other = context + 1_000_000
    refused = archives.run(server, "restore", "-", "--as-context", other, stdin=done.stdout)
    assert refused.returncode == 5, "its name is taken"
    restored = archives.run(server, "restore", "-", "--as-context", other, "--as-name", f"context{other}",
                            stdin=done.stdout)
    assert restored.returncode == 0, restored.stderr
    api._context_id = other
    for name in ("user1", "user2"):
        api.clients.pop(name)
    expect_same(before, picture(api))


def test_a_broken_archive_changes_nothing(api):
    api.user(1)
    server, context = api.server, api.context_id
    path = archives.place(server, "broken.tar.zst")
    archives.ctl(server, "backup", "--context", context, "--user", "user1", "--output", path)
    whole = path.read_bytes()
    archives.ctl(server, "user", "delete", "--context", context, "--name", "user1")
    cut = archives.run(server, "restore", "-", stdin=whole[:len(whole) // 2])
    assert cut.returncode == 1 and b"damaged or cut off" in cut.stderr, cut.stderr
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    assert archives.run(server, "verify-backup", "-", stdin=bytes(changed)).returncode == 1
    assert archives.run(server, "restore", "-", stdin=bytes(changed)).returncode == 1
    assert archives.run(server, "user", "show", "--context", context, "--name", "user1").returncode == 4
    assert archives.run(server, "restore", "-", stdin=whole).returncode == 0


def test_other_programs_read_the_archive(api):
    fill(api)
    server = api.server
    path = archives.place(server, "plain.tar.gz")
    archives.ctl(server, "backup", "--context", api.context_id, "--user", "user1", "--compress", "gzip", "--output", path)
    entries = archives.plain_text(path)
    unpacked = server.httpd.folder / f"unpacked{api.context_id}"
    unpacked.mkdir()
    subprocess.run(["tar", "-xf", str(path), "-C", str(unpacked)], check=True)
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=unpacked, capture_output=True, text=True)
    assert checked.returncode == 0 and "FAILED" not in checked.stdout, checked.stdout
    cards = [name for name in entries if name.startswith("portable/") and name.endswith(".vcf")]
    assert any(b"FN:Grace Hopper" in entries[name] for name in cards), list(entries)
    assert any(b"BEGIN:VEVENT" in value for name, value in entries.items() if name.endswith(".ics")), list(entries)
    assert b"secret" not in b"".join(value for name, value in entries.items() if name == "manifest.json")
