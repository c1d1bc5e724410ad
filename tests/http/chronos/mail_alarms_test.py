"""Reminders by mail: to whose calendar it is, once, whoever looks for them. groupwarectl does what servers do each minute."""

import datetime
import json
import threading

from support.agenda import cal, change, created, event, soon, user
from support.servers import wait_until

MAIL = "faulty"
DIRECTIVES = ("GroupwareNoReply no-reply@example.test login=robot secret=secret\nGroupwareProductName Acme\n"
              "GroupwareMailTimeouts connect=2s read=2s\nGroupwareJobs off\n")
BY_MAIL = {"action": "EMAIL", "trigger": {"duration": "-PT15M", "related": "START"}}


def talk(**members) -> dict:
    """An hour that begins in five minutes: its reminder is ten minutes late."""
    return event(startDate=soon(5), endDate=soon(65), alarms=[BY_MAIL], **members)


def run_jobs(api) -> None:
    """Until this one was at it: another process may just have been."""
    def was_done() -> bool:
        (report,) = json.loads(api.server.ctl_with_config("--json", "jobs", "run", "--name", "mail-alarms"))
        assert report["outcome"] in ("done", "busy"), report
        return report["outcome"] == "done"

    wait_until(was_done, "a run of the job")


def inbox(client) -> list:
    """Sender, subject and number of each mail that the server itself sent; invitations come from who invites."""
    rows = client.get("mail", action="all", folder="default0/INBOX", columns="603,607,600").data
    return [row for row in rows if row[0][0][1] == "no-reply@example.test"]


def subjects(client) -> list[str]:
    return sorted(row[1] for row in inbox(client))


def test_a_reminder_arrives_once_however_many_look_for_it(api):
    made = created(api.user(1), api.calendar_folder(), talk(summary="Talk", location="Hall 1", attendees=[user(api.user(2))]))
    several = [threading.Thread(target=run_jobs, args=(api,)) for _ in range(3)]
    for thread in several:
        thread.start()
    for thread in several:
        thread.join()
    wait_until(lambda: inbox(api.user(1)), "the mail")
    run_jobs(api)
    (row,) = inbox(api.user(1))
    assert row[0] == [["Acme", "no-reply@example.test"]] and row[1].startswith("Reminder: Talk - ")
    mail = api.get("mail", action="get", folder="default0/INBOX", id=row[2], view="text").data
    assert "Where: Hall 1" in mail["attachments"][0]["content"]
    assert mail["headers"]["Auto-Submitted"] == "auto-generated"
    # Who was invited has set no reminder.
    assert inbox(api.user(2)) == []
    seen = api.get("chronos", action="get", folder=made["folder"], id=made["id"]).data
    assert seen["alarms"][0]["acknowledged"] > 0


def test_birthdays_are_told_by_mail(api):
    client = api.user(1)
    day = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=2)
    born = datetime.datetime(2000, day.month, day.day, tzinfo=datetime.timezone.utc)
    contact = client.put("contacts", {"folder_id": api.private_folder(), "display_name": "Zoe",
                                      "birthday": int(born.timestamp() * 1000)}, action="new").data["id"]
    early = {"action": "EMAIL", "trigger": {"duration": "-P3D", "related": "START"}}
    client.put("chronos/alarm", [early], action="updateAlarms", timestamp=2**53, folder="cal://1/0", id=contact).data
    run_jobs(api)
    wait_until(lambda: inbox(client), "the mail")
    run_jobs(api)
    (subject,) = subjects(client)
    assert subject.startswith(f"Reminder: Zoe ({day.year - 2000}) - ")


def test_each_user_reads_his_language_and_his_clocks(api):
    api.add_user("user2", "--language", "de_DE", "--timezone", "Asia/Kathmandu")
    created(api.user(2), api.calendar_folder(api.user(2)), talk(summary="Vortrag"))
    run_jobs(api)
    wait_until(lambda: inbox(api.user(2)), "the mail")
    (subject,) = subjects(api.user(2))
    assert subject.startswith("Erinnerung: Vortrag - ") and subject.endswith(" Uhr (Asia/Kathmandu)")


def test_what_was_moved_deleted_declined_or_acknowledged_reminds_nobody(api):
    client, folder = api.user(1), api.calendar_folder()
    moved = created(client, folder, talk(summary="Moved"))
    change(client, moved, {"startDate": soon(300), "endDate": soon(360)})
    deleted = created(client, folder, talk(summary="Deleted"))
    client.put("chronos", {"events": [{"folder": deleted["folder"], "id": deleted["id"]}]}, action="delete", timestamp=2**53)
    done = created(client, folder, talk(summary="Done"))
    due = client.get("chronos/alarm", action="pending", rangeEnd=soon(1)["value"] + "Z", actions="EMAIL").data
    (alarm,) = [one for one in due if one["eventId"] == done["id"]]
    client.get("chronos/alarm", action="ack", alarmId=alarm["alarmId"], folder=done["folder"], id=done["id"])
    invited = created(api.user(2), api.calendar_folder(api.user(2)),
                      event(startDate=soon(5), endDate=soon(65), summary="Declined", attendees=[user(client)]))
    client.put("chronos/alarm", [BY_MAIL], action="updateAlarms", timestamp=2**53, folder=cal(folder), id=invited["id"])
    client.put("chronos", {"attendee": {"entity": client.user_id, "partStat": "DECLINED"}}, action="updateAttendee",
               timestamp=2**53, folder=cal(folder), id=invited["id"])
    created(client, folder, talk(summary="Stays"))
    run_jobs(api)
    wait_until(lambda: inbox(client), "the mail")
    run_jobs(api)
    assert len(subjects(client)) == 1 and subjects(client)[0].startswith("Reminder: Stays - ")


def test_a_dead_server_of_mails_delays_reminders(api):
    first, second = api.user(1), api.user(2)
    created(first, api.calendar_folder(), talk(summary="First"))
    created(second, api.calendar_folder(second), talk(summary="Second"))
    with api.server.mail.smtp.refusing():
        run_jobs(api)
    # One was tried, and waits for a minute; the other one was not, and goes as soon as the server is back.
    run_jobs(api)
    wait_until(lambda: inbox(first) or inbox(second), "a mail")
    assert len(inbox(first)) + len(inbox(second)) == 1
