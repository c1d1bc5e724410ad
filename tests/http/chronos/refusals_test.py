"""Refusals that need a situation of their own: rights that a user lacks, rooms that are taken, files that are not there."""

import email

from support import agenda as cal
from support.invitations import Outside, itip, look, mail

MAIL = True


def test_a_file_that_the_event_does_not_have(api):
    folder = api.calendar_folder()
    made = cal.created(api.user(1), folder, cal.event())
    missing = api.get("chronos", action="getAttachment", managedId=999999, **cal.names(made))
    assert missing.status == 404 and "CAL-4047" in missing.text
    packed = api.put("chronos", ["999999"], action="zipAttachments", **cal.names(made))
    assert packed.status == 404 and "CAL-4047" in packed.text


def test_whoever_has_no_contacts_has_no_birthdays(api):
    api.add_user("plain", "--module", "-contacts")
    plain = api.named("plain")
    where = {"rangeStart": "20240101T000000Z", "rangeEnd": "20240201T000000Z"}
    plain.get("chronos", action="all", folder="cal://1/0", **where).expect_error("CAL-4036")
    plain.get("chronos", action="all", folder="cal://2/0", **where).expect_error("CAL-4044")
    assert api.user(1).get("chronos", action="all", folder="cal://1/0", **where).code is None


def test_whoever_has_no_mail_answers_no_invitations(api):
    api.add_user("plain", "--module", "-webmail")
    part = {f"com.openexchange.mail.conversion.{name}": value for name, value in (
        ("fullname", "default0/INBOX"), ("mailid", "1"), ("sequenceid", "2"))}
    for action in ("analyze", "accept"):
        api.named("plain").put("chronos/itip", part, action=action, dataSource="com.openexchange.mail.ical",
                               descriptionFormat="text").expect_error("CAL-4036")


def test_a_proposed_time_at_which_the_room_is_taken(api):
    guest, folder, room = Outside(api, "guest"), api.calendar_folder(), cal.add_room(api)
    where = {"entity": room, "cuType": "RESOURCE"}
    times = {"startDate": cal.zoned("20300701T090000"), "endDate": cal.zoned("20300701T100000")}
    cal.created(api.user(1), folder, cal.event(attendees=[cal.user(api.user(1)), where, {"uri": f"mailto:{guest.address}",
                                                                                        "cuType": "INDIVIDUAL"}], **times))
    taken = {"startDate": cal.zoned("20300701T150000"), "endDate": cal.zoned("20300701T160000")}
    cal.created(api.user(2), api.calendar_folder(api.user(2)), cal.event(attendees=[cal.user(api.user(2)), where], **taken))
    proposal = guest.answer(guest.next(), "TENTATIVE", method="COUNTER")
    proposal = proposal.replace("20300701T090000", "20300701T150000").replace("20300701T100000", "20300701T160000")
    guest.send("user1", proposal, "COUNTER")
    [row] = look(api.user(1))
    itip(api.user(1), row[0], "update").expect_error("CAL-4092")
    [found] = cal.seen(api.user(1), folder, "20300701T000000Z", "20300702T000000Z")
    assert found["startDate"]["value"] == "20300701T090000"


def test_a_series_whose_occurrence_somebody_else_claims_to_organize(api):
    """Whoever may tell of a series may not bring in a second organizer, neither by himself nor when it is opened."""
    boss, thief = Outside(api, "boss"), Outside(api, "thief")
    text = mail("thunderbird", "request", boss.address, api.mail("user1"), organizer=boss.address, attendee=api.mail("user1"))
    found = email.message_from_bytes(text)
    [part] = [one for one in found.walk() if one.get_content_type() == "text/calendar"]
    calendar = part.get_payload(decode=True).decode().replace("\r\n", "\n")
    begin, end = calendar.index("BEGIN:VEVENT"), calendar.index("END:VCALENDAR")
    event = calendar[begin:end]
    series = event.replace("END:VEVENT", "RRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT")
    changed = event.replace(boss.address, thief.address).replace(
        "END:VEVENT", "RECURRENCE-ID;TZID=Europe/Berlin:20300702T090000\nEND:VEVENT")
    whole = (calendar[:begin] + series + changed + calendar[end:]).replace("\n", "\r\n")
    boss.send("user1", whole, "REQUEST")
    [row] = look(api.user(1))
    folder = api.calendar_folder()
    assert cal.seen(api.user(1), folder, "20300101T000000Z", "20310101T000000Z") == []
    itip(api.user(1), row[0], "accept").expect_error("CAL-40310")
    assert cal.seen(api.user(1), folder, "20300101T000000Z", "20310101T000000Z") == []
