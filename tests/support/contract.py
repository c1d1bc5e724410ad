"""Holds JSON answers against the published contract: the envelope's rules, the type of every field and of every column.

The contract is tests/data/http-api.json (operations and objects) and tests/data/columns.json (column numbers of list
answers). Where we differ on purpose, DEVIATIONS says so with the reason; nothing else may differ.
"""

import functools
import json
import pathlib
import re
import urllib.parse

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"

# (object or "*", field) -> (type that we send instead, reason).
DEVIATIONS = {
    ("*", "created_by"): ("integer", "clients compare it with === against a number"),
    ("*", "modified_by"): ("integer", "clients compare it with === against a number"),
    ("UserData", "id"): ("integer", "the column list says Number: it is the user id"),
    ("UserData", "contact_id"): ("integer or string", "the column list allows both"),
    ("UserData", "login_info"): ("string", "only for the user himself and the administrator"),
    ("GroupData", "last_modified"): ("integer", "not in the contract; clients show it"),
    ("CurrentUserData", "context_admin"): ("integer or boolean", "the contract says integer, clients take both"),
    ("ConfigProperty", "value"): ("any", "a property holds any JSON value"),
    ("JSlobData", "tree"): ("any", "free JSON of the client"),
    ("JSlobData", "meta"): ("any", "free JSON"),
    ("FolderPermission", "isInherited"): ("boolean", "newer clients ask for it"),
    ("FolderExtendedPermission", "group"): ("boolean", "newer clients ask for it"),
    ("FolderExtendedPermission", "contact"): ("any", "free JSON"),
    ("TaskParticipant", "display_name"): ("string", "of people outside; clients show it"),
    ("AttachmentData", "id"): ("integer", "the column list says Number"),
    ("AttachmentData", "rtf_flag"): ("boolean", "the contract misspells it; clients use this name"),
    ("InfoItemData", "last_modified_utc"): ("integer", "column 6; the object has every column"),
    ("InfoItemData", "meta"): ("object", "column 23; the object has every column"),
    ("MailData", "nested_msgs"): ("[object]", "the contract has them without their own nested mails"),
    ("MailData", "unread"): ("integer", "of the folder, after the request; clients take it from there"),
    ("MailData", "modified"): ("integer", "remote images were left out; clients ask for them then"),
    ("MailData", "vcard"): ("integer", "of a draft: the sender's card will be attached"),
    ("MailAttachment", "content"): ("any", "null for files"),
    ("MailAttachment", "filename"): ("any", "null for unnamed inline parts"),
    ("MailAttachment", "msgref"): ("string", "which mail a forwarded one is, when several are forwarded"),
    ("MailFilterTest", "tests"): ("[MailFilterTest]", "of allof and anyof"),
    ("MailFilterNotTest", "tests"): ("[MailFilterTest]", "of allof and anyof"),
    ("MailFilterNotTest", "test"): ("MailFilterTest", "not in not"),
    ("MailFilterAction", "from"): ("string", "clients send an object and are given a text"),
    ("MailFilterAction", "name"): ("string", "of addheader, deleteheader and set"),
    ("MailFilterAction", "value"): ("string", "of addheader and set"),
    ("MailFilterAction", "values"): ("[string]", "of deleteheader"),
    ("MailFilterAction", "last"): ("boolean", "of addheader"),
    ("QuotaData", "countquota"): ("integer", "messages; -1 without a limit"),
    ("QuotaData", "countuse"): ("integer", "messages; -1 not told"),
    ("SnippetData", "misc"): ("any", "clients of old write a text"),
    ("MailAttachment", "cid"): ("string", "clients match inline images by it"),
    ("MailAttachment", "virtual"): ("boolean", "an alternative that is only listed"),
    ("MailAttachment", "truncated"): ("boolean", "clients read it here, not at the mail"),
    ("MailAttachment", "exact_length"): ("integer", "with estimate_length"),
    ("MailAttachment", "estimate_length"): ("integer", "with estimate_length"),
}

DEVIATIONS |= {("MailComposeMessageModel", member): (kind, "not in the contract; spec mail-compose section 4")
               for member, kind in (("sender", "array"), ("replyTo", "array"), ("customHeaders", "object"))}
DEVIATIONS |= {("MailComposeMessageModel", member): ("array", "a name may be null") for member in ("from", "to", "cc", "bcc")}

# Events have members that iCalendar knows and the contract does not.
DEVIATIONS |= {
    ("EventData", "recurrenceDates"): ("[string]", "RDATE; not in the contract"),
    ("CalendarUser", "sentBy"): ("object", "who acts for somebody; clients show it"),
    ("Attendee", "sentBy"): ("object", "as of CalendarUser"),
    ("Alarm", "relatedTo"): ("object", "which alarm a snoozed one stands for"),
    ("AppointmentData", "last_modified_utc"): ("integer", "column 6; the object has every column"),
    ("AppointmentData", "participants"): ("array", "with names and confirmations, as clients show them"),
    ("AppointmentData", "users"): ("array", "the answer stands in `confirmation`, clients read it there"),
    ("AppointmentData", "confirmations"): ("array", "with the id of users"),
    ("AppointmentUpdateData", "conflicts"): ("array", "as of new: nothing was stored"),
    ("AppointmentCreationConflict", "hard_conflict"): ("boolean", "the contract says hard_conflicts, clients read this"),
    ("AppointmentCreationConflict", "participants"): ("array", "as of AppointmentData"),
}

DEVIATIONS |= {("FindQueryResponseData", "results"): ("[object]", "objects of the module, in order; clients read an array")}

# Addresses are pairs of name and address, and a name may be null.
DEVIATIONS |= {(name, member): ("[array]", "a name may be null")
               for name in ("MailData", "MailConversationData", "MailReplyData")
               for member in ("from", "to", "cc", "bcc")}

# Operations whose `data` is not what the contract says, with the reason. The value replaces the contract's type of data.
OTHER_DATA = {
    ("calendar", "delete"): ("array", "what was not deleted"),
    ("calendar", "freebusy"): ("array", "with every member of the appointment that may be read"),
    ("chronos", "new", "POST"): ("object", "the callback page carries the envelope of PUT"),
    ("chronos", "update", "POST"): ("object", "the callback page carries the envelope of PUT"),
    ("contacts", "delete"): ("array", "ids that were not deleted"),
    ("contacts", "new", "POST"): ("ContactUpdateData", "the callback page carries the envelope of PUT"),
    ("contacts", "update", "POST"): ("ContactUpdateData", "the callback page carries the envelope of PUT"),
    ("infostore", "copy"): ("string or object", "the id, or the item with extendedResponse"),
    ("infostore", "new"): ("string or object", "the id, or the item with extendedResponse"),
    ("infostore", "update"): ("string or object", "the id, or the item with extendedResponse"),
    ("infostore", "upload"): ("string or object", "the id, or the item with extendedResponse"),
    ("infostore", "delete"): ("array", "ids that were not deleted"),
    ("group", "delete"): ("array", "ids that were not deleted"),
    ("reminder", "delete"): ("array", "ids of reminders that are not there"),
    ("reminder", "range"): ("[ReminderData]", "several; the contract shows one"),
    ("reminder", "updates"): ("[ReminderData]", "not in the contract; for old clients"),
    ("resource", "delete"): ("array", "ids that were not deleted"),
    ("group", "update"): ("any", "may be empty"),
    ("resource", "update"): ("any", "may be empty"),
    ("resource", "all"): ("array", "ids, or rows when columns are given"),
    ("group", "all"): ("array", "objects, or rows when columns are given"),
    ("user", "update"): ("any", "may be empty"),
    ("user", "setAttribute"): ("boolean", "whether it was set"),
    ("user/me", "GET"): ("CurrentUserData", "as published"),
    ("mail", "get"): ("MailData or string", "the object, the headers or the source"),
    ("mail", "attachment"): ("object", "an embedded mail with as_json; the place of a file with PUT"),
    ("mail", "delete"): ("array or object", "[], or the affected folders"),
    ("mail", "new"): ("any", "where the copy or the draft lies, null without one"),
    ("mail", "update"): ("object", "without an id when all mails of the folder were changed"),
    ("mail", "copy"): ("object", "the id is null where the server does not tell it"),
    ("mail", "autosave"): ("string", "where the draft lies; the contract gives rows of mails"),
    ("mail/compose/{id}/send", "POST"): ("string or object", "{success: true} where no copy is kept"),
    ("mail/compose/{id}/attachments", "POST"): ("object or array", "several when a form has several files"),
    ("mail", "import"): ("[object]", "as above"),
    ("account", "validate"): ("any", "whether the servers work; the tree of folders, null without one"),
    ("account", "status"): ("object", "without an id one object for each account"),
    ("conversion", "convert"): ("array", "the contacts, or where they were stored"),
    ("rss", "PUT"): ("[object]", "articles; the contract says texts"),
    ("login", "store"): ("any", "\"1\"; newer clients take an empty answer"),
    ("login", "refreshSecret"): ("any", "\"1\""),
    ("login", "changeip"): ("any", "\"1\""),
}

# Fields of objects that may be null although the contract gives a type: lists say "null when not determined".
MAY_BE_NULL = {"FolderData": {"created_by", "modified_by", "meta", "summary", "total", "new", "unread", "deleted",
                              "capabilities", "account_id", "com.openexchange.calendar.provider",
                              "com.openexchange.calendar.extendedProperties", "com.openexchange.calendar.config"}}

# Login answers are bare objects on success.
BARE_LOGIN = {"login", "autologin", "guest", "anonymous", "redeemToken", "redeem", "tokenLogin", "rampup"}
LOGIN_FIELDS = {"session": "string", "user": "string", "user_id": "integer", "context_id": "integer",
                "locale": "string", "random": "string", "rampup": "object", "modules": "object", "multiple": "array",
                "warnings": "any", "serverToken": "string", "jsessionid": "string", "url": "string",
                "module": "string", "folder": "string", "item": "string", "password": "string",
                # Not in the contract; clients that see it ask for the code.
                "requires_multifactor": "boolean"}

CATEGORIES = {1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13}
WARNING = 13
ENVELOPE = {"data": "any", "timestamp": "integer", "error": "string", "error_params": "array", "error_id": "string",
            "error_desc": "string", "code": "string", "categories": "string or array", "category": "integer",
            "error_stack": "[string]", "warnings": "object or array", "problematic": "[object]",
            "truncated": "[integer]", "arguments": "array", "continuation": "string", "more": "integer"}
ERROR_MEMBERS = ("error", "error_params", "error_id", "error_desc", "code", "categories", "category")

# Modules whose list answers are rows of columns: module -> table of columns.json.
ROW_MODULES = {"calendar": "calendar", "contacts": "contacts", "folders": "folders", "folder": "folders", "user": "user",
               "infostore": "infostore", "files": "infostore", "mail": "mail", "tasks": "tasks"}
ROW_ACTIONS = {"all", "list", "listuser", "search", "advancedSearch", "updates", "autocomplete", "birthdays",
               "anniversaries", "newappointments", "getChangeExceptions", "root", "path", "shares", "allVisible", "versions"}
COLUMN_TYPES = {"String": "string", "Number": "integer", "Decimal": "number", "Boolean": "boolean", "Array": "array", "Object": "object",
                "Date": "date", "Time": "integer", "Timestamp": "integer", "Array of String": "[string]",
                "Array of Number": "[integer]", "Number/String": "integer or string", "-": "any"}
MILLIS_PER_DAY = 86_400_000


class ContractFailure(AssertionError):
    """An answer breaks the contract."""


@functools.cache
def _api() -> dict:
    return json.loads((DATA / "http-api.json").read_text())


@functools.cache
def _columns() -> dict:
    return json.loads((DATA / "columns.json").read_text())


@functools.cache
def _operations() -> dict:
    return {(o["method"], o["module"], o["query"].get("action", o["method"])): o for o in _api()["operations"]}


def check(method: str, module: str, parameters: dict, answer, body: bytes | None = None) -> None:
    """Raises ContractFailure when a JSON answer or callback page breaks the contract. Other answers pass."""
    try:
        _check_answer(method, module, parameters, answer, body)
    except ContractFailure as failure:
        raise ContractFailure(f"{answer.request}\n    {failure}\n    answer: {answer.text[:1500]}") from None


def _check_answer(method: str, module: str, parameters: dict, answer, body: bytes | None) -> None:
    # Callback pages answer uploads; a file that is read may look like HTML and hold any bytes.
    is_page = method == "POST" and answer.media_type == "text/html" and "({" in answer.text
    if answer.status != 200 or not (is_page or answer.media_type in ("text/javascript", "application/json")):
        return
    if not is_page:
        _need("charset=utf-8" in answer.headers["Content-Type"].lower(), "Content-Type", "has no charset=UTF-8")
    if not answer.body:
        return
    value = answer.json
    if module == "multiple":
        _check_multiple(value, body)
        return
    check_call(method, module, str(parameters.get("action") or method), parameters, value)


def _check_multiple(value, body: bytes | None) -> None:
    calls = json.loads(body or b"[]")
    if isinstance(value, dict) and "error" in value:
        check_envelope(value)
        return
    _need(isinstance(value, list), "multiple", "is no bare array")
    _need(len(value) == len(calls), "multiple", f"has {len(value)} answers to {len(calls)} calls")
    for index, (call, envelope) in enumerate(zip(calls, value)):
        if not isinstance(call, dict):
            continue
        try:
            method = "PUT" if "data" in call else "GET"
            check_call(method, str(call.get("module")), str(call.get("action") or method), call, envelope)
        except ContractFailure as failure:
            raise ContractFailure(f"element {index}: {failure}") from None


def check_call(method: str, module: str, action: str, parameters: dict, value) -> None:
    """One answer of one action: bare for logins, else an envelope."""
    if module == "login" and action in BARE_LOGIN and isinstance(value, dict) and "error" not in value:
        _check_members(value, LOGIN_FIELDS, "login")
        return
    check_envelope(value)
    if "data" not in value:
        return
    data = value["data"]
    columns = _requested_columns(parameters)
    if module in ROW_MODULES and action in ROW_ACTIONS and columns is not None:
        _check_rows(ROW_MODULES[module], action, columns, data)
        return
    module = {"folder": "folders", "files": "infostore"}.get(module, module)
    # Of composition spaces the path names objects, too.
    module = re.sub(r"^mail/compose/[^/]+", "mail/compose/{id}", module)
    module = re.sub(r"/attachments/(?!original$|vcard$).+", "/attachments/{attachmentId}", module)
    method = "PUT" if method == "PATCH" else method
    for key in ((module, action, method), (module, action)):
        if key in OTHER_DATA:
            _check_type(OTHER_DATA[key][0], data, "data", module)
            return
    operation = _find_operation(method, module, action)
    if operation is None or module.startswith("config"):
        return
    response = operation["response"]
    schema = _api()["objects"].get(response) if isinstance(response, str) else None
    if schema and schema.get("envelope") and schema.get("data"):
        if schema["data"] == "object":  # the contract's word for "rows of cells"
            _need(isinstance(data, (dict, list)), "data", "is neither object nor array")
        else:
            _check_type(schema["data"], data, "data", module)


def _find_operation(method: str, module: str, action: str) -> dict | None:
    """`multiple` has no method: then the action's name decides."""
    for candidate in (method, "GET", "PUT", "POST"):
        operation = _operations().get((candidate, module, action))
        if operation:
            return operation
    return None


def check_envelope(value) -> None:
    _need(isinstance(value, dict), "answer", "is no object")
    for name, member in value.items():
        _need(name in ENVELOPE, name, "is no member of the envelope")
        _check_type(ENVELOPE[name], member, name, "")
    if "warnings" in value:
        _check_warnings(value)
    if "error" not in value:
        for name in ERROR_MEMBERS:
            _need(name not in value, name, "stands in a success")
        return
    _check_error(value)
    if "data" in value:
        _need(value["category"] == WARNING, "category", "of an error beside data is not WARNING")
        _need("warnings" in value, "data", "stands beside a real error")


def _check_error(value: dict) -> None:
    for name in ("error", "error_params", "error_id", "code", "categories", "category"):
        _need(name in value, name, "is missing in an error")
    _need(re.fullmatch(r"[A-Z][A-Z_]*-\d{4,}", value["code"]), "code", f"is {value['code']!r}")
    _need(re.fullmatch(r"-?\d+-\d+", value["error_id"]), "error_id", f"is {value['error_id']!r}")
    _need(value["category"] in CATEGORIES, "category", f"is {value['category']}")
    if isinstance(value["categories"], list):
        _need(len(value["categories"]) != 1, "categories", "is an array of one")


def _check_warnings(value: dict) -> None:
    warnings = value["warnings"]
    many = warnings if isinstance(warnings, list) else [warnings]
    _need(not isinstance(warnings, list) or len(warnings) > 1, "warnings", "is an array of one")
    for warning in many:
        _check_error(warning)
        _need(warning["category"] == WARNING, "warnings", "has a category that is not WARNING")
    _need(value.get("code") == many[0]["code"], "code", "does not repeat the first warning")


def _requested_columns(parameters: dict) -> list[str] | None:
    """None: not asked for, or by an alias."""
    text = parameters.get("columns")
    if text is None:
        return None
    if isinstance(text, (list, tuple)):
        text = ",".join(map(str, text))
    columns = [column.strip() for column in urllib.parse.unquote(str(text)).split(",")]
    return columns if all(re.fullmatch(r"-?\d+", column) for column in columns) else None


def _check_rows(table: str, action: str, columns: list[str], data) -> None:
    if action == "allVisible":
        _need(isinstance(data, dict), "data", "is no object")
        for name, rows in data.items():
            _need(name in ("private", "public", "shared"), name, "is no section of allVisible")
            _check_rows(table, "all", columns, rows)
        return
    _need(isinstance(data, list), "data", "is no array of rows")
    known = _columns()[table]
    were_rows_over = False
    for index, row in enumerate(data):
        if action == "updates" and not isinstance(row, list):
            _need(isinstance(row, str) or (table == "user" and isinstance(row, int)), f"data[{index}]",
                  "is neither row nor id")
            were_rows_over = True
            continue
        _need(isinstance(row, list), f"data[{index}]", "is no row")
        _need(not were_rows_over, f"data[{index}]", "is a row after a deleted id")
        _need(len(row) == len(columns), f"data[{index}]", f"has {len(row)} cells for {len(columns)} columns")
        for column, cell in zip(columns, row):
            if cell is not None and column in known:
                name, column_type = known[column]
                _check_type(COLUMN_TYPES[column_type], cell, f"data[{index}] column {column} ({name})", table)


def _check_members(value: dict, fields: dict, name: str, extra: frozenset = frozenset()) -> None:
    for member, content in value.items():
        where = f"{name}.{member}"
        deviation = DEVIATIONS.get((name, member)) or (DEVIATIONS.get(("*", member)) if member in fields else None)
        if content is None and member in MAY_BE_NULL.get(name, ()):
            continue
        if deviation:
            _check_type(deviation[0], content, where, name)
        elif member in fields:
            _check_type(fields[member], content, where, name)
        else:
            _need(member in extra, where, "is not in the contract")


@functools.cache
def _column_names(table: str) -> frozenset:
    return frozenset(name for name, _ in _columns()[table].values())


# Objects that may also carry every field of a column table.
COLUMN_OBJECTS = {"ContactData": "contacts", "UserData": "user", "FolderData": "folders", "TaskData": "tasks"}


def _check_type(kind, value, where: str, owner: str) -> None:
    if isinstance(kind, list):
        _check_array(kind[0], value, where, owner)
    elif isinstance(kind, dict):
        _check_inline(kind, value, where, owner)
    elif kind.startswith("[") and kind.endswith("]"):
        _check_array(kind[1:-1], value, where, owner)
    elif kind in _api()["objects"]:
        schema = _api()["objects"][kind]
        if "array" in schema:
            _check_array(schema["array"], value, where, owner)
            return
        _need(isinstance(value, dict), where, f"is no {kind}")
        if "map_of" not in schema:
            extra = _column_names(COLUMN_OBJECTS[kind]) if kind in COLUMN_OBJECTS else frozenset()
            _check_members(value, schema["fields"], kind, extra)
    else:
        choices = kind.split(" or ")
        named = [one for one in choices if one in _api()["objects"]]
        if named and isinstance(value, dict):
            _check_type(named[0], value, where, owner)
            return
        _need(any(_is_plain(one, value) for one in choices if one not in named), where, f"is {json.dumps(value)[:80]}, no {kind}")


def _check_array(kind, value, where: str, owner: str) -> None:
    _need(isinstance(value, list), where, "is no array")
    for index, element in enumerate(value):
        _check_type(kind, element, f"{where}[{index}]", owner)


def _check_inline(kind: dict, value, where: str, owner: str) -> None:
    if "fields" in kind:
        _need(isinstance(value, dict), where, "is no object")
        for member, content in value.items():
            if member in kind["fields"]:
                [wanted, *_] = DEVIATIONS.get(("*", member), (kind["fields"][member],))
                _check_type(wanted, content, f"{where}.{member}", owner)
    else:
        _check_type(kind["type"], value, where, owner)


def _is_plain(kind: str, value) -> bool:
    kind = kind.split(":")[0]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    checks = {
        "string": lambda: isinstance(value, str),
        "integer": lambda: is_number and isinstance(value, int),
        "number": lambda: is_number,
        "date": lambda: is_number and value % MILLIS_PER_DAY == 0,
        "boolean": lambda: isinstance(value, bool),
        "object": lambda: isinstance(value, dict),
        "array": lambda: isinstance(value, list),
        "any": lambda: True,
    }
    if kind not in checks:
        raise ContractFailure(f"the contract names an unknown type {kind}")
    return checks[kind]()


def _need(is_good, where: str, what: str) -> None:
    if not is_good:
        raise ContractFailure(f"{where} {what}")
