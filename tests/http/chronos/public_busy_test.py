"""Free/busy without sign-in: times of those who let them be published, and the same answer for everybody else."""

import datetime
import urllib.parse

from support.agenda import created, event

DIRECTIVES = "GroupwarePublicFreeBusy on\nGroupwareRequestRate 0\n"
PATH = "/servlet/webdav.freebusy"


def day(offset: int, clock: str) -> dict:
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=offset)
    return {"value": moment.strftime("%Y%m%dT") + clock, "tzid": "UTC"}


def ask(api, method: str = "GET", **parameters):
    name, _, server = api.mail("user1").partition("@")
    query = {"contextId": api.context_id, "userName": name, "server": server, **parameters}
    target = PATH + "?" + urllib.parse.urlencode({key: value for key, value in query.items() if value is not None})
    return api.anonymous().request(method, target)


def publish(client, value) -> None:
    assert client.put("config/modules/calendar/publishFreeBusy", value).code is None


def lines(answer) -> list[str]:
    assert answer.status == 200 and answer.media_type == "text/calendar", answer.text
    return [line for line in answer.text.split("\r\n") if line.startswith("FREEBUSY")]


def test_times_are_told_and_nothing_else(api):
    client, folder = api.user(1), api.calendar_folder()
    publish(client, True)
    created(client, folder, event(summary="Secret talk", startDate=day(2, "090000"), endDate=day(2, "100000")))
    created(client, folder, event(startDate=day(3, "090000"), endDate=day(3, "100000"), transp="TRANSPARENT"))
    created(client, folder, event(startDate=day(3, "110000"), endDate=day(3, "120000"), **{"class": "PRIVATE"}))
    created(client, folder, event(startDate=day(4, "090000"), endDate=day(4, "100000"), status="TENTATIVE"))
    created(client, folder, event(startDate=day(40, "090000"), endDate=day(40, "100000")))
    created(client, folder, event(startDate=day(300, "090000"), endDate=day(300, "100000")))
    answer = ask(api)
    second, fourth, far = day(2, "")["value"], day(4, "")["value"], day(40, "")["value"]
    assert lines(answer) == [f"FREEBUSY;FBTYPE=BUSY:{second}090000Z/{second}100000Z",
                             f"FREEBUSY;FBTYPE=BUSY-TENTATIVE:{fourth}090000Z/{fourth}100000Z"]
    assert "Secret" not in answer.text and "BEGIN:VFREEBUSY" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    # Beyond what is offered as much as is offered: half a year.
    assert lines(ask(api, weeksIntoFuture=1000, simple="true")) == [
        f"FREEBUSY:{date}090000Z/{date}100000Z" for date in (second, fourth, far)]
    assert lines(ask(api, userName="user1", server=None, contextId=api.context_name)) == lines(answer)
    assert ask(api, "HEAD").status == 200


def test_whoever_is_not_published_is_nobody(api):
    client = api.user(1)
    unpublished = ask(api)
    nobody = ask(api, userName="nobody")
    elsewhere = ask(api, contextId=999_999_999)
    assert unpublished.status == nobody.status == elsewhere.status == 404
    assert unpublished.text == nobody.text == elsewhere.text
    publish(client, True)
    assert ask(api).status == 200
    publish(client, False)
    assert ask(api).text == nobody.text
    document = client.put("jslob", ["io.ox/calendar"], action="list").data[0]["tree"]
    assert document["publishFreeBusy"] is False and document["calendar_freebusy"] is True


def test_bad_questions_are_refused(api):
    api.user(1)
    assert ask(api, userName=None).status == 400
    assert ask(api, contextId="").status == 400
    assert ask(api, weeksIntoPast="many").status == 400
    assert ask(api, weeksIntoFuture=-1).status == 400
    refused = ask(api, "POST")
    assert refused.status == 405 and refused.headers["Allow"] == "GET, HEAD"
    assert api.anonymous().request("GET", PATH + "/x").status == 404
