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


def test_many_users_by_rest(api):
    boss = Rest(api, "oxadmin")
    began = time.monotonic()
    for number in range(USERS):
        assert boss("POST", f"contexts/{api.context_id}/users", user_data(f"rest{number}")).status == 201
    print_rate("REST", USERS, began)
    assert len(boss("GET", f"contexts/{api.context_id}/users").data) == USERS + 1
