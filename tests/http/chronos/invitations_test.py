"""Invitations by mail, both ways: to people elsewhere and from them. Their mailboxes are on the same servers, but no users here."""

import contextlib
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from support import agenda as cal  # noqa: E402
from support.invitations import Outside, calendar_of, itip, look, mail, value_of  # noqa: E402

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
    with api.server.mail.exim.fault("defer", "try again later"):
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
    with api.server.mail.exim.fault("reject", "nobody"):
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
