"""Invitations by mail, both ways: to people elsewhere and from them. Their mailboxes are on the same servers, but no users here."""

import contextlib
import json
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from support import agenda as cal  # noqa: E402
from support.attachments import attach  # noqa: E402
from support.invitations import Outside, calendar_of, itip, look, mail, message, value_of  # noqa: E402

MAIL = True
YEAR = {"start": "20300101T000000Z", "end": "20310101T000000Z"}


def meeting(api, *people, **members) -> dict:
    attendees = [cal.user(api.user(1)), *({"uri": f"mailto:{each.address}", "cuType": "INDIVIDUAL"} for each in people)]
    times = {"startDate": cal.zoned("20300701T090000"), "endDate": cal.zoned("20300701T100000")}
    return cal.created(api.user(1), api.calendar_folder(), cal.event(attendees=attendees, **times, **members))


def line_of(api, made: dict, address: str, recurrence_id=None) -> dict:
    found = cal.get(api.user(1), api.calendar_folder(), made, recurrence_id)
    [line] = [each for each in found["attendees"] if each.get("email", "").lower() == address]
    return line


def year(api, client=None) -> list[dict]:
    client = client or api.user(1)
    return cal.seen(client, api.calendar_folder(client), **YEAR, fields="summary,status,attendees,startDate,uid,flags")


def test_an_invitation_goes_out_and_its_answers_come_in(api):
    guest = Outside(api, "guest")
    made = meeting(api, guest, summary="Review", description="All of it")
    found = guest.next()
    assert found["Subject"] == "Invitation: Review" and found["From"].addresses[0].addr_spec == api.mail("user1")
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"]
    calendar = [part for part in found.walk() if part.get_content_type() == "text/calendar"][0]
    assert calendar.get_param("method") == "REQUEST" and calendar.get_param("component") == "VEVENT"
    text = calendar_of(found)
    assert value_of(text, "DTSTART") == "20300701T090000" and value_of(text, "SEQUENCE") == "0"
    assert f"mailto:{guest.address}" in text and "TZID:Europe/Berlin" in text
    # Nothing is kept among the organizer's sent mails.
    assert api.user(1).get("mail", action="all", folder="default0/Sent", columns="600").data == []
    # The answer counts when the INBOX is looked at, and once.
    answer = guest.answer(found, "TENTATIVE", more=["COMMENT:perhaps"])
    guest.send("user1", answer, "REPLY", "<one@far.test>")
    guest.send("user1", answer.replace("TENTATIVE", "DECLINED"), "REPLY", "<one@far.test>")
    assert len(look(api.user(1))) == 2
    line = line_of(api, made, guest.address)
    assert line["partStat"] == "TENTATIVE" and line["comment"] == "perhaps"
    # Somebody else cannot answer for the guest, and who was not invited does not come along.
    thief = Outside(api, "thief")
    thief.send("user1", guest.answer(found, "ACCEPTED", stamp="20510101T000000Z"), "REPLY")
    thief.send("user1", thief.answer(found, "ACCEPTED"), "REPLY")
    assert len(look(api.user(1))) == 4
    assert line_of(api, made, guest.address)["partStat"] == "TENTATIVE"
    rows = look(api.user(1))
    [analysis] = itip(api.user(1), rows[-1][0], "analyze").data
    assert analysis["actions"] == ["accept_party_crasher", "ignore"] and thief.address in analysis["annotations"][0]
    itip(api.user(1), rows[-1][0], "accept_party_crasher").data
    assert line_of(api, made, thief.address)["partStat"] == "ACCEPTED"
    assert guest.next()["Subject"].startswith("Changed: ")


def test_changes_and_cancellations_are_told(api):
    guest, other = Outside(api, "guest"), Outside(api, "other")
    made = meeting(api, guest, other, rrule="FREQ=DAILY;COUNT=3")
    guest.next(), other.next()
    cal.change(api.user(1), made, {"color": "red"}).data
    cal.change(api.user(1), made, {"startDate": cal.zoned("20300702T090000"), "endDate": cal.zoned("20300702T100000")}).data
    moved = guest.next()
    assert moved["Subject"] == "Changed: Meeting" and value_of(calendar_of(moved), "SEQUENCE") == "1"
    # An answer to what was before the move is too late.
    guest.send("user1", guest.answer(guest.all()[0], "ACCEPTED"), "REPLY")
    look(api.user(1))
    assert line_of(api, made, guest.address)["partStat"] == "NEEDS-ACTION"
    cal.delete(api.user(1), cal.names(made, "20300703T070000Z")).data
    gone = calendar_of(guest.next())
    assert "METHOD:CANCEL" in gone and value_of(gone, "RECURRENCE-ID") == "20300703T090000"
    attendees = [cal.user(api.user(1)), {"uri": f"mailto:{guest.address}"}]
    cal.change(api.user(1), made, {"attendees": attendees}).data
    other.next(), other.next()
    assert "METHOD:CANCEL" in calendar_of(other.next())
    assert "METHOD:REQUEST" in calendar_of(guest.next())
    # He answers for one day, and asks for another time on another.
    reply = guest.answer(guest.all()[-1], "DECLINED", more=["RECURRENCE-ID:20300702T070000Z"])
    guest.send("user1", reply, "REPLY")
    look(api.user(1))
    assert line_of(api, made, guest.address, "20300702T070000Z")["partStat"] == "DECLINED"
    assert line_of(api, made, guest.address)["partStat"] == "NEEDS-ACTION"
    cal.delete(api.user(1), cal.names(made)).data
    assert "METHOD:CANCEL" in calendar_of(guest.next())


def test_a_deputy_invites_for_the_owner(api):
    guest, owner, deputy = Outside(api, "guest"), api.user(1), api.user(2)
    folder = cal.cal(api.calendar_folder())
    # Whoever may write there.
    bits = 2 | 2 << 7 | 2 << 14 | 2 << 21
    permissions = [{"entity": owner.user_id, "group": False, "bits": 403710016}, {"entity": deputy.user_id, "group": False, "bits": bits}]
    owner.put("folders", {"folder": {"permissions": permissions}}, action="update", id=api.calendar_folder(), tree=0).data
    body = cal.event(attendees=[cal.user(owner), {"uri": f"mailto:{guest.address}"}])
    made = deputy.put("chronos", body, action="new", folder=folder).data["created"][0]
    found = guest.next()
    assert found["From"].addresses[0].addr_spec == api.mail("user1")
    assert found["Sender"].address.addr_spec == api.mail("user2") and api.mail("user1") in found["Reply-To"]
    text = calendar_of(found)
    assert f"SENT-BY=\"mailto:{api.mail('user2')}\"" in text and f"mailto:{api.mail('user1')}" in text
    guest.send("user1", guest.answer(found, "ACCEPTED"), "REPLY")
    look(owner)
    assert line_of(api, made, guest.address)["partStat"] == "ACCEPTED"


def test_a_server_that_is_away_costs_no_event_and_no_mail(api):
    if api.is_mysql:
        api.skip("looks into the file of the database")
    guest = Outside(api, "guest")
    with api.server.mail.exim.fault("defer-only", guest.login):
        made = meeting(api, guest)
    assert cal.get(api.user(1), api.calendar_folder(), made)["summary"] == "Meeting" and guest.all() == []
    look(api.user(1))
    assert guest.all() == []  # not before its time
    with contextlib.closing(sqlite3.connect(api.server.url.removeprefix("sqlite:"), timeout=20)) as database:
        [[tries]] = database.execute("SELECT tries FROM scheduling_outbox WHERE cid=?", (api.context_id,))
        assert tries == 1
        database.execute("UPDATE scheduling_outbox SET next_try=0 WHERE cid=?", (api.context_id,))
        database.commit()
    look(api.user(1))
    assert guest.next()["Subject"] == "Invitation: Meeting"
    look(api.user(1))
    assert len(guest.all()) == 1
    # Refused for good: that is all.
    api.announce("GW0600")
    with api.server.mail.exim.fault("reject-only", guest.login):
        meeting(api, guest, summary="Refused")
    [row] = look(api.user(1))
    assert row[1] == "Not delivered: Refused" and len(guest.all()) == 1


def test_invitations_from_elsewhere_stand_in_the_calendar(api):
    boss, own = Outside(api, "boss"), api.mail("user1")
    values = {"organizer": boss.address, "attendee": own}
    for number, client in enumerate(("google", "outlook", "apple", "thunderbird")):
        api.save_mail("user1", mail(client, "request", boss.address, own, uid=f"{client}-{number}", **values))
    look(api.user(1))
    found = year(api)
    assert [event["summary"] for event in found] == ["Quarterly review"] * 4
    assert all("needs_action" in event["flags"] for event in found)
    assert {event["startDate"]["value"] for event in found} == {"20300701T090000"}
    # Accepted in the mail: the organizer hears of it; the other three are in the way.
    rows = look(api.user(1))
    [analysis] = itip(api.user(1), rows[1][0], "analyze").data
    assert "accept" in analysis["actions"] and analysis["annotations"] == []
    itip(api.user(1), rows[1][0], "accept").expect_error("CAL-4091")
    [accepted] = itip(api.user(1), rows[1][0], "accept_and_ignore_conflicts", message="gladly").data
    assert accepted["uid"] == "outlook-1"
    reply = boss.next()
    text = calendar_of(reply)
    assert reply["Subject"] == "Accepted: Quarterly review" and "METHOD:REPLY" in text
    assert "PARTSTAT=ACCEPTED" in text and value_of(text, "UID") == "outlook-1" and "COMMENT:gladly" in text
    # Declined in the calendar.
    google = next(event for event in found if event["uid"] == "google-0")
    cal.answer_invitation(api.user(1), google, "DECLINED", api.calendar_folder()).data
    assert "PARTSTAT=DECLINED" in calendar_of(boss.next())
    # It moves, is cancelled, and says so.
    later = {**values, "uid": "apple-2", "stamp": "20240602T100000Z", "sequence": 1}
    api.save_mail("user1", mail("apple", "request", boss.address, own, start="20300702T090000", end="20300702T100000", **later))
    api.save_mail("user1", mail("thunderbird", "cancel", boss.address, own, **{**values, "uid": "thunderbird-3", "sequence": 1}))
    api.save_mail("user1", mail("google", "cancel", "thief@far.test", own, **{**values, "uid": "outlook-1", "sequence": 1}))
    look(api.user(1))
    states = {event["uid"]: (event["startDate"]["value"], event.get("status")) for event in year(api)}
    assert states["apple-2"][0] == "20300702T090000" and states["thunderbird-3"][1] == "CANCELLED"
    assert states["outlook-1"][1] == "CONFIRMED"
    cancel = look(api.user(1))[-2][0]
    itip(api.user(1), cancel, "delete").data
    assert "thunderbird-3" not in {event["uid"] for event in year(api)}
    itip(api.user(1), cancel, "accept").expect_error("CAL-1992")


def test_a_proposal_is_noted_and_taken_when_the_organizer_wants(api):
    guest = Outside(api, "guest")
    made = meeting(api, guest)
    uid = value_of(calendar_of(guest.next()), "UID")
    api.save_mail("user1", mail("outlook", "counter", guest.address, api.mail("user1"), organizer=api.mail("user1"), uid=uid,
                                attendee=guest.address, start="20300701T110000", end="20300701T120000", stamp="20500101T000000Z"))
    [row] = look(api.user(1))
    line = line_of(api, made, guest.address)
    assert "09:00 - 10:00 (UTC)" in line["comment"], line
    assert line["partStat"] == "TENTATIVE", line
    itip(api.user(1), row[0], "declinecounter").data
    assert "METHOD:DECLINECOUNTER" in calendar_of(guest.next())
    itip(api.user(1), row[0], "update").data
    assert cal.get(api.user(1), api.calendar_folder(), made)["startDate"]["value"] == "20300701T110000"
    assert value_of(calendar_of(guest.next()), "DTSTART") == "20300701T110000"


def test_users_choose_what_is_taken_without_them(api):
    boss, own = Outside(api, "boss"), api.mail("user1")
    api.user(1).put("jslob", {"autoProcessIMip": "never"}, action="update", id="io.ox/calendar")
    api.save_mail("user1", mail("google", "request", boss.address, own, organizer=boss.address, attendee=own))
    [row] = look(api.user(1))
    assert year(api) == []
    [analysis] = itip(api.user(1), row[0], "analyze").data
    assert analysis["changes"][0]["type"] == "CREATE" and analysis["changes"][0]["newEvent"]["summary"] == "Quarterly review"
    itip(api.user(1), row[0], "tentative").data
    assert year(api)[0]["flags"].count("tentative") == 1
    assert "PARTSTAT=TENTATIVE" in calendar_of(boss.next())


def test_another_time_is_proposed_and_somebody_else_sent(api):
    boss, other, own = Outside(api, "boss"), Outside(api, "other"), api.mail("user1")
    api.save_mail("user1", mail("google", "request", boss.address, own, organizer=boss.address, attendee=own))
    [row] = look(api.user(1))
    [analysis] = itip(api.user(1), row[0], "analyze").data
    assert {"counter", "delegate", "refresh"} <= set(analysis["actions"])
    itip(api.user(1), row[0], "counter").expect_error("CAL-4006")
    times = {"startDate": cal.zoned("20300701T150000"), "endDate": cal.zoned("20300701T160000")}
    itip(api.user(1), row[0], "counter", body=times, message="rather later").data
    proposal = boss.next()
    text = calendar_of(proposal)
    assert proposal["Subject"] == "New time proposed: Quarterly review" and "METHOD:COUNTER" in text
    assert value_of(text, "DTSTART") == "20300701T150000" and "COMMENT:rather later" in text
    [found] = year(api)
    assert found["startDate"]["value"] == "20300701T090000" and "tentative" in found["flags"]
    itip(api.user(1), row[0], "refresh").data
    question = calendar_of(boss.next())
    assert "METHOD:REFRESH" in question and "DTSTART" not in question[question.index("BEGIN:VEVENT"):]
    # The organizer learns who does not come, the other one where to go.
    itip(api.user(1), row[0], "delegate", body={"attendee": {"uri": f"mailto:{boss.address}"}}).expect_error("CAL-4033")
    itip(api.user(1), row[0], "delegate", body={"attendee": {"uri": f"mailto:{other.address}", "cn": "Other"}}).data
    reply = boss.next()
    text = calendar_of(reply)
    assert reply["Subject"].startswith("Delegated: ") and "METHOD:REPLY" in text
    assert "PARTSTAT=DELEGATED" in text and f'DELEGATED-TO="mailto:{other.address}"' in text
    request = other.next()
    text = calendar_of(request)
    assert "METHOD:REQUEST" in text and f'DELEGATED-FROM="mailto:{own}"' in text and f"mailto:{boss.address}" in text
    assert request["From"].addresses[0].addr_spec == own and "stand in" in request.get_body(("plain",)).get_content()
    assert "delegated" in year(api)[0]["flags"]


def test_who_is_sent_by_an_attendee_comes_along(api):
    guest, other = Outside(api, "guest"), Outside(api, "other")
    made = meeting(api, guest)
    invitation = guest.next()
    delegated = guest.answer(invitation, f'DELEGATED;DELEGATED-TO="mailto:{other.address}"')
    guest.send("user1", delegated, "REPLY")
    other.send("user1", other.answer(invitation, "ACCEPTED"), "REPLY")
    look(api.user(1))
    assert line_of(api, made, guest.address)["partStat"] == "DELEGATED"
    assert line_of(api, made, other.address)["partStat"] == "ACCEPTED"


def test_files_travel_with_events(api):
    guest = Outside(api, "guest")
    people = [cal.user(api.user(1)), {"uri": f"mailto:{guest.address}", "cuType": "INDIVIDUAL"}]
    times = {"startDate": cal.zoned("20300701T090000"), "endDate": cal.zoned("20300701T100000")}
    body = json.dumps(cal.event(attendees=people, **times))
    made = api.multipart("chronos", {"json_0": body}, {"file_0": ("agenda.txt", "text/plain", b"one, two")}, action="new",
                         folder=cal.cal(api.calendar_folder())).data["created"][0]
    first = guest.next()
    [file] = [part for part in first.walk() if part.get_filename() == "agenda.txt"]
    assert file.get_payload(decode=True) == b"one, two"
    text = calendar_of(first)
    assert f"CID:{file['Content-ID'].strip('<>')}" in text and "FILENAME=agenda.txt" in text
    # A file that comes later is told, too.
    parent = {"module": 1, "folder": int(api.calendar_folder()), "attached": int(made["id"])}
    assert attach(api.user(1), parent, ("plan.txt", "text/plain", b"three")).code is None
    second = guest.next()
    assert second["Subject"].startswith("Changed: ")
    assert {part.get_filename() for part in second.walk()} >= {"agenda.txt", "plan.txt", "invite.ics"}
    # What others send along stands in the calendar of whoever is invited; a newer message brings newer files.
    boss, invited = Outside(api, "boss"), api.user(2)
    own = api.mail("user2")
    for sequence, (name, content) in enumerate((("a.txt", "first"), ("b.txt", "second"))):
        request = message("thunderbird", "request", organizer=boss.address, attendee=own, sequence=sequence,
                          stamp=f"2024060{sequence + 1}T100000Z")
        request = request.replace("END:VEVENT", f"ATTACH;FMTTYPE=text/plain;FILENAME={name}:CID:file@far.test\r\nEND:VEVENT")
        api.save_mail("user2", (
            f"From: <{boss.address}>\r\nTo: <{own}>\r\nSubject: s\r\nMessage-ID: <f{sequence}@far.test>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="outer"\r\n\r\n--outer\r\nContent-Type: text/calendar; charset=utf-8; '
            f"method=REQUEST\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{request}\r\n--outer\r\nContent-Type: text/plain\r\nContent-ID: <file@far.test>\r\n\r\n"
            f"{content}\r\n--outer--\r\n").encode())
        look(invited)
        [found] = year(api, invited)
        copy = cal.get(invited, api.calendar_folder(invited), found)
        [stored] = copy["attachments"]
        assert stored["filename"] == name
        download = invited.get("chronos", action="getAttachment", managedId=stored["managedId"], **cal.names(copy))
        assert download.body.strip() == content.encode()


def mail_with_files(sender: str, recipient: str, number: int, request: str, files: dict) -> bytes:
    """A scheduling mail whose parts are named by ATTACH:CID of `files` (content id -> bytes)."""
    parts = "".join(f"--outer\r\nContent-Type: text/plain\r\nContent-ID: <{name}@far.test>\r\n\r\n{content}\r\n"
                    for name, content in files.items())
    return (f"From: <{sender}>\r\nTo: <{recipient}>\r\nSubject: s\r\nMessage-ID: <with{number}@far.test>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="outer"\r\n\r\n--outer\r\nContent-Type: text/calendar; charset=utf-8; '
            f"method=REQUEST\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{request}\r\n{parts}--outer--\r\n").encode()


def test_every_changed_occurrence_of_a_mail_has_its_own_files(api):
    boss, client = Outside(api, "boss"), api.user(1)
    own, folder = api.mail("user1"), api.calendar_folder()

    def named(name: str) -> str:
        return f"ATTACH;FMTTYPE=text/plain;FILENAME={name}.txt:CID:{name}@far.test\r\n"

    def series(sequence: int, *, main: str = "", **occurrences: str) -> str:
        """ATTACH lines of the series, and of its occurrences by the day of July."""
        text = message("thunderbird", "request", organizer=boss.address, attendee=own, sequence=sequence,
                       stamp=f"2024060{sequence + 1}T100000Z")
        begin, end = text.index("BEGIN:VEVENT"), text.index("END:VCALENDAR")
        event = text[begin:end]
        parts = [event.replace("END:VEVENT", f"RRULE:FREQ=DAILY;COUNT=4\r\n{main}END:VEVENT")]
        for day, lines in occurrences.items():
            part = event.replace("20300701T", f"203007{day[1:]}T").replace("Quarterly review", f"On {day}")
            parts.append(part.replace("END:VEVENT", f"RECURRENCE-ID;TZID=Europe/Berlin:203007{day[1:]}T090000\r\n{lines}END:VEVENT"))
        return text[:begin] + "".join(parts) + text[end:]

    def names_of() -> dict:
        """Title -> names of the files that are shown with it, whose bytes are there."""
        found = {}
        for one in year(api):
            where = {"folder": cal.cal(folder), "id": one["id"]}
            stored = client.get("chronos", action="get", **where, recurrenceId=one["recurrenceId"]).data.get("attachments", [])
            for file in stored:
                bytes_of = client.get("chronos", action="getAttachment", managedId=file["managedId"], **where)
                assert bytes_of.status == 200 and bytes_of.body.strip() == file["filename"][:-4].encode()
            found.setdefault(one["summary"], set()).add(tuple(sorted(file["filename"] for file in stored)))
        return found

    every, second, third = named("every"), named("second"), named("third")
    request = series(0, main=every, d02=every + second, d03=third)
    api.save_mail("user1", mail_with_files(boss.address, own, 0, request, {"every": "every", "second": "second", "third": "third"}))
    look(client)
    assert names_of() == {"Quarterly review": {("every.txt",)}, "On d02": {("every.txt", "second.txt")},
                          "On d03": {("every.txt", "third.txt")}}
    # What a newer mail says nothing of stays; what comes takes the place of what was there.
    request = series(1, d02=named("newer"), d03="")
    api.save_mail("user1", mail_with_files(boss.address, own, 1, request, {"newer": "newer"}))
    look(client)
    assert names_of() == {"Quarterly review": {("every.txt",)}, "On d02": {("every.txt", "newer.txt")},
                          "On d03": {("every.txt", "third.txt")}}
    # An older one that comes late brings nothing.
    request = series(0, main=every, d02=named("late"))
    api.save_mail("user1", mail_with_files(boss.address, own, 2, request, {"every": "every", "late": "late"}))
    look(client)
    assert names_of()["On d02"] == {("every.txt", "newer.txt")}


def test_a_cut_series_is_no_second_invitation(api):
    guest = Outside(api, "guest")
    made = meeting(api, guest, rrule="FREQ=DAILY;COUNT=5")
    invitation = guest.next()
    uid = value_of(calendar_of(invitation), "UID")
    guest.send("user1", guest.answer(invitation, "ACCEPTED"), "REPLY")
    look(api.user(1))
    cal.change(api.user(1), made, {"location": "elsewhere"}, "20300703T070000Z", recurrenceRange="THISANDFUTURE").data
    told = {value_of(calendar_of(each), "UID"): each for each in (guest.next(), guest.next())}
    ends, [later] = told.pop(uid), told.values()
    assert "UNTIL=20300703" in value_of(calendar_of(ends), "RRULE") and value_of(calendar_of(ends), "SEQUENCE") == "1"
    assert value_of(calendar_of(later), "DTSTART") == "20300703T090000"
    for each in (ends, later):
        assert each["Subject"] == "Changed: Meeting"
        [line] = [line for line in calendar_of(each).splitlines() if line.startswith("ATTENDEE") and guest.address in line]
        assert "PARTSTAT=ACCEPTED" in line and "RSVP" not in line
    # An answer to the old series counts for the dates before the cut.
    guest.send("user1", guest.answer(ends, "DECLINED", stamp="20510101T000000Z"), "REPLY")
    look(api.user(1))
    assert line_of(api, made, guest.address)["partStat"] == "ACCEPTED"
