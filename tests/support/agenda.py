"""Calendars of the HTTP API for tests: chronos and the classic module."""

import datetime
import json

from support.client import Answer, ApiClient

BERLIN = "Europe/Berlin"
DAY = 86_400_000
WEEK = 7 * DAY


def zoned(value: str, zone: str = BERLIN) -> dict:
    """DateTimeData: `20240701T090000` in a zone."""
    return {"value": value, "tzid": zone}


def millis(text: str) -> int:
    """UTC `20240701T070000Z` or `20240701` in milliseconds."""
    form = "%Y%m%dT%H%M%SZ" if "T" in text else "%Y%m%d"
    return int(datetime.datetime.strptime(text, form).replace(tzinfo=datetime.timezone.utc).timestamp() * 1000)


def soon(minutes: int) -> dict:
    """DateTimeData of so many minutes from now."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return zoned(moment.strftime("%Y%m%dT%H%M%S"), "UTC")


def cal(folder) -> str:
    """The id of a calendar in chronos."""
    return f"cal://0/{folder}"


def event(**members) -> dict:
    """An hour on a Monday morning in Berlin."""
    return {"summary": "Meeting", "startDate": zoned("20240701T090000"), "endDate": zoned("20240701T100000"), **members}


def user(client: ApiClient, **members) -> dict:
    return {"entity": client.user_id, "cuType": "INDIVIDUAL", **members}


def create(client: ApiClient, folder, body: dict, **parameters) -> Answer:
    return client.put("chronos", body, action="new", folder=cal(folder), **parameters)


def created(client: ApiClient, folder, body: dict, **parameters) -> dict:
    answer = create(client, folder, body, **parameters)
    assert answer.code is None, answer.text
    assert "conflicts" not in answer.data, answer.text
    return answer.data["created"][0]


def names(made: dict, recurrence_id: str | None = None) -> dict:
    """The parameters that name an event."""
    found = {"folder": made["folder"], "id": made["id"]}
    return {**found, "recurrenceId": recurrence_id} if recurrence_id else found


def change(client: ApiClient, made: dict, members: dict, recurrence_id: str | None = None, **parameters) -> Answer:
    parameters.setdefault("timestamp", 2**53)
    return client.put("chronos", {"event": members}, action="update", **names(made, recurrence_id), **parameters)


def answer_invitation(client: ApiClient, made: dict, status: str, folder, recurrence_id: str | None = None,
                      **parameters) -> Answer:
    named = {**names(made, recurrence_id), "folder": cal(folder)}
    return client.put("chronos", {"attendee": {"entity": client.user_id, "partStat": status}}, action="updateAttendee",
                      timestamp=2**53, **named, **parameters)


def delete(client: ApiClient, *ids: dict, **parameters) -> Answer:
    return client.put("chronos", {"events": list(ids)}, action="delete", timestamp=2**53, **parameters)


def seen(client: ApiClient, folder, start: str, end: str, expand: bool = True, **parameters) -> list[dict]:
    return client.get("chronos", action="all", folder=cal(folder), rangeStart=start, rangeEnd=end, expand=expand,
                      **parameters).data


def get(client: ApiClient, folder, made: dict, recurrence_id: str | None = None, **parameters) -> dict:
    return client.get("chronos", action="get", **{**names(made, recurrence_id), "folder": cal(folder)}, **parameters).data


def part_stats(found: dict) -> dict:
    """Answer by number of the user."""
    return {one["entity"]: one.get("partStat") for one in found["attendees"] if "entity" in one}


def add_group(api, name: str, *users: str) -> int:
    """Of users that exist."""
    members = [word for one in users for word in ("--member", one)]
    return json.loads(api.ctl("--json", "group", "create", "-c", api.context_id, "--name", name, "--display-name", name,
                              *members))["id"]


def add_room(api, name: str = "room") -> int:
    return json.loads(api.ctl("--json", "resource", "create", "-c", api.context_id, "--name", name, "--mail",
                              f"{name}@{api.context_name}.test"))["id"]


def appointment(folder, start: str = "20240701T070000Z", end: str = "20240701T080000Z", **members) -> dict:
    """A classic one, with times in UTC: the client asks with timezone=UTC."""
    return {"folder_id": str(folder), "title": "Meeting", "start_date": millis(start), "end_date": millis(end),
            "timezone": BERLIN, **members}


def new_appointment(client: ApiClient, body: dict, **parameters) -> str:
    answer = client.put("calendar", body, action="new", timezone="UTC", **parameters)
    assert answer.code is None, answer.text
    assert "conflicts" not in answer.data, answer.text
    return answer.data["id"]


def get_appointment(client: ApiClient, folder, number, **parameters) -> dict:
    return client.get("calendar", **{"action": "get", "id": number, "folder": folder, "timezone": "UTC", **parameters}).data


def update_appointment(client: ApiClient, folder, number, body: dict, **parameters) -> Answer:
    return client.put("calendar", body, **{"action": "update", "id": number, "folder": folder, "timezone": "UTC",
                                           "timestamp": 2**53, **parameters})


def rows(client: ApiClient, folder, start: str, end: str, columns: str = "1,201,202", **parameters) -> list:
    return client.get("calendar", **{"action": "all", "folder": folder, "start": millis(start), "end": millis(end),
                                     "columns": columns, "timezone": "UTC", **parameters}).data

