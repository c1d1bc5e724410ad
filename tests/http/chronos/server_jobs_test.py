"""Servers look for reminders by themselves: several processes, and one mail."""

from support.agenda import created, event, soon
from support.servers import wait_until

MAIL = True
DIRECTIVES = ("GroupwareNoReply no-reply@example.test login=robot secret=secret\nGroupwareJobs on interval=1s\n"
              "StartServers 3\n")


BY_MAIL = {"action": "EMAIL", "trigger": {"duration": "-PT15M", "related": "START"}}


def subjects(client) -> list[str]:
    return sorted(row[0] for row in client.get("mail", action="all", folder="default0/INBOX", columns="607").data)


def test_servers_send_what_is_due(api):
    client, folder = api.user(1), api.calendar_folder()
    for summary in ("A", "B", "C"):
        created(client, folder, event(startDate=soon(5), endDate=soon(65), summary=summary, alarms=[BY_MAIL]))
    wait_until(lambda: len(subjects(client)) >= 3, "the mails")
    created(client, folder, event(startDate=soon(5), endDate=soon(65), summary="D", alarms=[BY_MAIL]))
    wait_until(lambda: any("Reminder: D" in subject for subject in subjects(client)), "the last mail")
    assert [subject[:11] for subject in subjects(client)] == [f"Reminder: {letter}" for letter in "ABCD"]
