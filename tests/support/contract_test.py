"""The contract checker sees what is wrong, and nothing else."""

from support import contract
from support.contract import ContractFailure, check_call, check_envelope

ERROR = {"error": "No", "error_params": [], "error_id": "1-2", "error_desc": "no", "code": "CON-0125",
         "categories": "ERROR", "category": 8}


def refused(function, *arguments) -> str:
    try:
        function(*arguments)
    except ContractFailure as failure:
        return str(failure)
    raise AssertionError("it was accepted")


def test_a_success_and_an_error_are_envelopes():
    check_envelope({"data": [], "timestamp": 1})
    check_envelope({})
    check_envelope(ERROR)


def test_envelopes_with_wrong_members_are_refused():
    assert "data" in refused(check_envelope, {**ERROR, "category": 13, "data": []})
    assert "category" in refused(check_envelope, {**ERROR, "data": []})
    assert "stranger" in refused(check_envelope, {"stranger": 1})
    assert "timestamp" in refused(check_envelope, {"timestamp": "1"})
    assert "code" in refused(check_envelope, {**ERROR, "code": "CON-1"})
    assert "stands in a success" in refused(check_envelope, {"code": "CON-0001"})
    assert "array of one" in refused(check_envelope, {**ERROR, "categories": ["ERROR"]})


def test_a_warning_repeats_itself_at_the_top():
    warning = {**ERROR, "category": 13, "categories": "WARNING"}
    check_envelope({**warning, "data": {}, "warnings": warning})
    assert "array of one" in refused(check_envelope, {**warning, "data": {}, "warnings": [warning]})
    other = {**warning, "code": "CON-0001"}
    assert "first warning" in refused(check_envelope, {**other, "data": {}, "warnings": warning})


def test_fields_of_an_object_have_their_types():
    check_call("GET", "contacts", "get", {}, {"data": {"id": "1", "created_by": 3, "birthday": 0, "sort_name": "x"}})
    assert "created_by" in refused(check_call, "GET", "contacts", "get", {}, {"data": {"created_by": "3"}})
    assert "martial" in refused(check_call, "GET", "contacts", "get", {}, {"data": {"martial_status": "x"}})
    assert "first_name" in refused(check_call, "GET", "contacts", "get", {}, {"data": {"first_name": None}})
    check_call("GET", "folders", "get", {}, {"data": {"id": "1", "total": None}})


def test_cells_of_a_row_have_the_types_of_their_columns():
    columns = {"columns": "1,20,511"}
    check_call("GET", "contacts", "all", columns, {"data": [["1", "2", 86400000], ["1", "2", None]]})
    assert "birthday" in refused(check_call, "GET", "contacts", "all", columns, {"data": [["1", "2", 5]]})
    assert "column 1 " in refused(check_call, "GET", "contacts", "all", columns, {"data": [[1, "2", None]]})
    assert "cells" in refused(check_call, "GET", "contacts", "all", columns, {"data": [["1", "2"]]})


def test_deleted_ids_follow_the_rows_of_updates():
    columns = {"columns": "1"}
    check_call("GET", "contacts", "updates", columns, {"data": [["1"], "2"]})
    assert "after a deleted id" in refused(check_call, "GET", "contacts", "updates", columns, {"data": ["2", ["1"]]})


def test_a_login_answer_is_bare():
    check_call("POST", "login", "login", {}, {"session": "a", "user": "b", "user_id": 1, "context_id": 1, "locale": "en_US"})
    assert "user_id" in refused(check_call, "POST", "login", "login", {}, {"user_id": "1"})


def test_every_deviation_gives_a_reason():
    assert all(reason for _, reason in [*contract.DEVIATIONS.values(), *contract.OTHER_DATA.values()])
