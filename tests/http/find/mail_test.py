"""The search box in mails: one folder, searched by the mail server, newest first."""

from support.finding import chosen, facets_of, place, search, take

MAIL = True
INBOX = place("default0/INBOX")


def save(api, subject: str, sender: str, text: str, name: str = "", date: str = "Mon, 01 Jul 2024 09:00:00 +0000") -> None:
    head = f"From: {sender}\r\nTo: user1@example.test\r\nSubject: {subject}\r\nDate: {date}\r\nMIME-Version: 1.0\r\n"
    part = f"--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
    if name:
        part += f"--b\r\nContent-Type: image/png; name={name}\r\nContent-Disposition: attachment; filename={name}\r\n\r\nx\r\n"
    api.save_mail("user1", (head + f"Content-Type: multipart/mixed; boundary=b\r\n\r\n{part}--b--\r\n").encode())


def subjects(client, *facets, **more) -> list:
    data = search(client, "mail", *facets, INBOX, **more).data
    assert data["size"] == len(data["results"])
    return sorted(one["subject"] for one in data["results"])


def test_mails_by_subject_text_people_files_and_time(api):
    client = api.user(1)
    save(api, "Plan", "Ann <ann@example.org>", "the budget of 100%", "chart.png")
    save(api, "Budget", "bob@example.org", "nothing")
    offered = facets_of(client, "mail", "budget")
    assert {"global", "subject", "mail_text", "filename", "contacts", "has_attachment", "date"} == set(offered)
    assert subjects(client, take(offered["global"])) == ["Budget"]
    assert subjects(client, take(offered["subject"])) == ["Budget"]
    assert subjects(client, take(offered["mail_text"])) == ["Plan"]
    assert subjects(client, chosen("mail_text", "budget", "100%", fields=["body"])) == ["Plan"]
    assert subjects(client, chosen("filename", "chart")) == ["Plan"]
    assert subjects(client, take(offered["has_attachment"], "yes")) == ["Plan"]
    assert "Budget" in subjects(client, take(offered["has_attachment"], "no"))
    people = facets_of(client, "mail", "ann@example.org")["contacts"]
    value = people["values"][-1]
    assert [one["id"] for one in value["options"]] == ["all", "sender", "recipient"]
    assert subjects(client, take(people, "ann@example.org", "all")) == ["Plan"]
    assert subjects(client, take(people, "ann@example.org", "sender"), take(offered["date"], "last_week")) == ["Plan"]
    assert subjects(client, take(people, "ann@example.org", "recipient")) == []
    assert subjects(client, take(offered["subject"]), chosen("date", "[* TO 1000000000000]")) == []
    page = search(client, "mail", take(people, "ann@example.org", "all"), INBOX, columns="600,607").data
    assert page["num_found"] == 1 and set(page["results"][0]) == {"id", "subject"}
    search(client, "mail", take(offered["global"])).expect_error("FIND-0011")
    assert client.get("find", action="config").data["mandatory"]["folder"] == ["mail"]
