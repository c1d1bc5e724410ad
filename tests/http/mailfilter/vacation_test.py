"""A vacation notice set through the API answers a mail that comes in, within its dates only."""

import json
import time

from support.servers import wait_until

MAIL = True
V2 = "mailfilter/v2"
DAY = 86_400_000


def today() -> int:
    return int(time.time() * 1000) // DAY * DAY


def subjects(client) -> list:
    return [row[0] for row in client.get("mail", action="all", folder="default0/INBOX", columns="607").data]


def away(api, begin: int, end: int, **members) -> int:
    """With the user's own address, as clients do: Cyrus without virtual domains knows him by his login alone."""
    dates = [{"id": "currentdate", "comparison": comparison, "datepart": "date", "datevalue": [day], "zone": "+0000"}
             for comparison, day in (("ge", begin), ("le", end))]
    notice = {"id": "vacation", "days": 1, "addresses": [api.mail("user1")], "subject": "Bin für Tage weg",
              "text": "Zurück im März.\nGrüße"} | members
    rule = {"rulename": "away", "active": True, "flags": ["vacation"], "test": {"id": "allof", "tests": dates},
            "actioncmds": [notice]}
    return api.user(1).put(V2, rule, action="new").data


def write(api, sender: int, to: str, subject: str) -> None:
    mail = {"from": [[None, api.mail(f"user{sender}")]], "to": [[None, to]], "subject": subject,
            "attachments": [{"content_type": "text/plain", "content": "hello"}]}
    api.user(sender).multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").data


def test_a_notice_answers_a_mail(api):
    api.user(2)
    client = api.user(1)
    away(api, today() - DAY, today() + DAY, **{"from": ["Anna Ä", api.mail("user1")]})
    [rule] = client.get(V2, action="list", flag="vacation").data
    [notice] = rule["actioncmds"]
    assert notice["from"] == f"Anna Ä <{api.mail('user1')}>" and notice["days"] == "1"
    assert [test["datevalue"] for test in rule["test"]["tests"]] == [[today() - DAY], [today() + DAY]]
    write(api, 2, api.mail("user1"), "Are you there?")
    wait_until(lambda: subjects(api.user(2)) == ["Bin für Tage weg"], "the answer")
    [[id]] = api.user(2).get("mail", action="all", folder="default0/INBOX", columns="600").data
    answer = api.user(2).get("mail", action="get", folder="default0/INBOX", id=id, view="text").data
    assert answer["attachments"][0]["content"].startswith("Zurück im März.") and answer["from"] == [["Anna Ä", api.mail("user1")]]
    assert subjects(client) == ["Are you there?"]


def test_a_notice_that_is_over_or_switched_off_is_silent(api):
    client = api.user(1)
    api.user(2)
    id = away(api, today() - 3 * DAY, today() - 2 * DAY)
    write(api, 2, api.mail("user1"), "first")
    wait_until(lambda: subjects(client) == ["first"], "the first mail")
    assert subjects(api.user(2)) == []
    client.put(V2, {"id": id, "test": {"id": "true"}, "active": False}, action="update").data
    write(api, 2, api.mail("user1"), "second")
    wait_until(lambda: subjects(client) == ["first", "second"], "the second mail")
    client.put(V2, {"id": id, "active": True}, action="update").data
    write(api, 2, api.mail("user1"), "third")
    wait_until(lambda: subjects(api.user(2)) == ["Bin für Tage weg"], "the answer to the third mail")
