"""REST as a script uses it."""

import time

from support import provisioning
from support.provisioning import MASTER, USERS, Rest, print_rate, user_data

DIRECTIVES = provisioning.DIRECTIVES


def test_a_context_and_its_users(api):
    provisioning.need_master(api)
    master = Rest(api, MASTER)
    number = api.context_id + 200_000
    made = master("POST", "contexts", {"id": number, "name": f"rest{number}", "maxQuota": 10,
                                       "admin_user": user_data("boss"), "access_combination_name": "all"})
    assert made.status == 201 and made.data["id"] == number, made
    boss = Rest(api, "boss")
    base = f"contexts/{number}/users"
    assert boss("POST", base, user_data("anna")).status == 201
    read = boss("GET", f"{base}/anna")
    assert read.status == 200 and read.data["id"] == 3 and "password" not in read.data, read
    assert boss("GET", f"{base}/anna", If_None_Match=read.headers["etag"]).status == 304
    assert boss("PUT", f"{base}/3", {"company": "Acme"}, If_Match=read.headers["etag"]).status == 204
    assert boss("PUT", f"{base}/3", {"company": "Other"}, If_Match=read.headers["etag"]).status == 412
    assert boss("GET", f"{base}?search=AN*").data == [{"id": 3, "name": "anna"}]
    assert boss("DELETE", f"{base}/anna").status == 204
    assert boss("GET", f"{base}/anna").status == 404
    assert master("PUT", f"contexts/{number}", {"enabled": False}).status == 204
    assert master("DELETE", f"contexts/rest{number}").status == 204


def test_a_repeated_request_is_done_once(api):
    boss = Rest(api, "oxadmin")
    first = boss("POST", f"contexts/{api.context_id}/users", user_data("once"), Idempotency_Key="k1")
    again = boss("POST", f"contexts/{api.context_id}/users", user_data("once"), Idempotency_Key="k1")
    assert first.status == 201 and again.status == 201 and again.body == first.body, again
    assert again.headers["idempotent-replayed"] == "true"
    assert len(boss("GET", f"contexts/{api.context_id}/users").data) == 2


def test_refusals(api):
    nobody = Rest(api, "")
    assert nobody("GET", "contexts").status == 401
    assert nobody("GET", "openapi.json").data["openapi"].startswith("3.0")
    boss = Rest(api, "oxadmin")
    refused = boss("POST", f"contexts/{api.context_id}/users", {"name": "x"})
    assert refused.status == 400 and refused.data["error"]["code"] == "invalid_data", refused
    assert boss("POST", f"contexts/{api.context_id}/users", "[1").status == 400
    assert boss("PATCH", "contexts").status == 405
    assert boss("GET", "nonsense").status == 404
    assert boss("POST", f"contexts/{api.context_id}/users", b"x" * (2 * 1024 * 1024 + 1)).status == 413


def csv(*rows: str) -> str:
    return "".join(row + "\r\n" for row in ("login;password;display_name;mail;company;groups", *rows))


def test_users_out_of_csv_with_a_preview(api):
    boss, base = Rest(api, "oxadmin"), f"contexts/{api.context_id}"
    assert boss("POST", f"{base}/users", user_data("there")).status == 201
    file = csv("there;;;;Old & New;", "new;secret;Neu Ä;neu@example.test;=cmd|'/c calc';Team", "no good;;;;;", "new;;;;;",
               "twice;;There Test;there@example.test;;")
    preview = boss("POST", f"{base}/import?type=csv&dry_run=1", file.encode(), Content_Type="text/csv")
    assert preview.status == 200 and (preview.data["created"], preview.data["changed"], preview.data["failed"]) == (2, 1, 2), preview
    assert len(boss("GET", f"{base}/users").data) == 2, "nothing was made"
    made = boss("POST", f"{base}/import", file.encode(), Content_Type="text/csv")
    told = [(line["line"], line["login"], line["action"], bool(line.get("message"))) for line in made.data["lines"]]
    assert told == [(2, "there", "change", False), (3, "new", "create", False), (4, "no good", "error", True),
                    (5, "new", "error", True), (6, "twice", "error", True)], told
    assert made.data["groups"] == 1 and len(made.data["problems"]) == 3, made
    again = boss("POST", f"{base}/import?dry_run=1", csv("there;;;;Old & New;", "there;;;;;").encode()).data
    assert [line["action"] for line in again["lines"]] == ["skip", "error"] and again["skipped"] == 1, again
    read = boss("GET", f"{base}/users/new").data
    # What begins like a formula is kept as it is; only what goes out as CSV is guarded.
    assert read["display_name"] == "Neu Ä" and read["company"] == "=cmd|'/c calc'", read
    assert boss("GET", f"{base}/users/there").data["company"] == "Old & New"
    session = api.server.client()
    session.login(f"new@{api.context_name}", "secret")
    session.close()
    for status, body, query in ((400, "name\r\nx\r\n", ""), (400, "", ""), (400, b"login\r\n\xff\r\n", ""),
                                (400, file, "?format=vcard"), (400, file, "?type=ldif"), (413, b"x" * (2 * 1024 * 1024 + 1), "")):
        refused = boss("POST", f"{base}/import{query}", body if isinstance(body, bytes) else body.encode())
        assert refused.status == status, (query, refused)
    for login, password in (("new", "secret"), ("oxadmin", "wrong"), ("", "")):
        assert Rest(api, login, password)("POST", f"{base}/import", file.encode()).status == 401, login


def test_a_thousand_users_in_one_file(api):
    boss, base = Rest(api, "oxadmin"), f"contexts/{api.context_id}"
    rows = [f"csv{number};secret;Number {number};csv{number}@example.test;;" for number in range(1_000)]
    began = time.monotonic()
    made = boss("POST", f"{base}/import", csv(*rows).encode())
    print_rate("CSV by REST", len(rows), began)
    assert (made.data["created"], made.data["failed"], len(made.data["lines"])) == (1_000, 0, 1_000), made
    assert len(boss("GET", f"{base}/users?limit=5000").data) == 1_001
    assert [user["name"] for user in boss("GET", f"{base}/users?offset=500&limit=2").data] == ["csv499", "csv500"]
    again = boss("POST", f"{base}/import", csv(*rows).encode())
    assert (again.data["created"], again.data["changed"], again.data["failed"]) == (0, 1_000, 0), again


def test_many_users_by_rest(api):
    boss = Rest(api, "oxadmin")
    began = time.monotonic()
    for number in range(USERS):
        assert boss("POST", f"contexts/{api.context_id}/users", user_data(f"rest{number}")).status == 201
    print_rate("REST", USERS, began)
    assert len(boss("GET", f"contexts/{api.context_id}/users").data) == USERS + 1
