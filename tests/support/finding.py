"""The search box of the HTTP API for tests."""

from support.client import Answer, ApiClient


def chosen(facet: str, *queries: str, fields: list[str] | None = None) -> dict:
    """An active facet. Without queries its value says it all."""
    value = queries[0] if queries else "x"
    return {"facet": facet, "value": value, "filter": {"fields": fields or [facet], "queries": list(queries)}}


def place(folder) -> dict:
    return {"facet": "folder", "value": str(folder), "filter": None}


def search(client: ApiClient, module: str, *facets: dict, body: dict | None = None, **parameters) -> Answer:
    return client.put("find", {"facets": list(facets), **(body or {})}, action="query", module=module, **parameters)


def found(client: ApiClient, module: str, member: str, *facets: dict, **more) -> list:
    """That member of each result, in order; a page of all."""
    data = search(client, module, *facets, body={"size": 1000}, **more).data
    assert data["num_found"] == data["size"] == len(data["results"]) and data["start"] == 0, data
    return [one.get(member) for one in data["results"]]


def facets_of(client: ApiClient, module: str, prefix: str, **more) -> dict:
    """By id."""
    body = {"prefix": prefix, "facets": more.pop("facets", []), "options": more.pop("options", {})}
    facets = client.put("find", body, action="autocomplete", module=module, **more).data["facets"]
    assert len({facet["id"] for facet in facets}) == len(facets)
    return {facet["id"]: facet for facet in facets}


def take(facet: dict, value: str | None = None, option: str | None = None) -> dict:
    """The active facet that a client makes of what autocomplete offered."""
    if facet["style"] == "simple":
        return {"facet": facet["id"], "value": facet["id"], "filter": facet["filter"]}
    values = facet["values"] if facet["style"] == "default" else facet["options"]
    one = [each for each in values if value in (each["id"], each.get("name"), each.get("item", {}).get("name"))][0]
    filter = one["filter"] if option is None else [each for each in one["options"] if each["id"] == option][0]["filter"]
    return {"facet": facet["id"], "value": one["id"], "filter": filter}
