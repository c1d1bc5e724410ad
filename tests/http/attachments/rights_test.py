"""Who may see, attach and detach: every right on the contact's folder times every operation."""

from support.attachments import attach, document, new_contact, rows

TEXT = ("a.txt", "text/plain", b"hello")
# Folder 1 | read 7 bits up: 0 none 1 own 2 all | write 14 bits up | delete 21 bits up.
ROLES = {
    "nobody": (None, False, False),
    "sees the folder only": (1, False, False),
    "reads own": (1 | 1 << 7, False, False),
    "reads all": (1 | 2 << 7, True, False),
    "writes own": (1 | 2 << 7 | 1 << 14, True, False),
    "writes all": (1 | 2 << 7 | 2 << 14, True, True),
    "deletes all": (1 | 2 << 7 | 2 << 21, True, False),
}


def shared_folder(api, bits: int | None) -> str:
    entries = [{"bits": 403710016, "entity": api.user(1).user_id, "group": False}]
    if bits is not None:
        entries.append({"bits": bits, "entity": api.user(2).user_id, "group": False})
    folder = {"title": f"F{bits}", "module": "contacts", "permissions": entries}
    return api.put("folders", {"folder": folder}, action="new", folder_id=api.private_folder()).data


def is_refused(answer) -> bool:
    return answer.status in (403, 404) or (answer.status == 200 and b'"code":"' in answer.body)


def test_each_right_times_each_operation(api):
    owner, other = api.user(1), api.user(2)
    for role, (bits, reads, writes) in ROLES.items():
        parent = new_contact(owner, shared_folder(api, bits))
        one = attach(owner, parent, TEXT).data[0]
        reading = [other.get("attachment", action="all", columns="803", **parent),
                   other.put("attachment", [one], action="list", columns="803", **parent),
                   other.get("attachment", action="get", id=one, **parent),
                   other.get("attachment", action="updates", columns="803", timestamp=0, **parent),
                   document(other, parent, one),
                   other.put("attachment", [one], action="zipDocuments", **parent)]
        assert [is_refused(answer) for answer in reading] == [not reads] * len(reading), role
        assert reads or all(b"a.txt" not in answer.body and b"hello" not in answer.body for answer in reading), role
        saved = other.put("infostore", {"folder_id": api.file_folder(other)}, action="saveAs", attachment=one, **parent)
        assert is_refused(saved) != reads, role
        assert is_refused(attach(other, parent, ("b.txt", "text/plain", b"x"))) != writes, role
        assert is_refused(other.put("attachment", [one], action="detach", **parent)) != writes, role
        assert sorted(row[0] for row in rows(owner, parent)) == (["b.txt"] if writes else ["a.txt"]), role


def test_own_objects_are_ones_own_and_private_ones_nobodys_else(api):
    owner, other = api.user(1), api.user(2)
    folder = shared_folder(api, 2 | 1 << 7 | 1 << 14 | 1 << 21)
    own = new_contact(other, folder)
    one = attach(other, own, TEXT).data[0]
    assert document(other, own, one).body == b"hello"
    other.put("attachment", [one], action="detach", **own).data
    hidden = new_contact(owner, shared_folder(api, 1 | 2 << 7 | 2 << 14), private_flag=True)
    one = attach(owner, hidden, TEXT).data[0]
    assert document(other, hidden, one).status == 404
    attach(other, hidden, TEXT).expect_error("CON-0125")


def test_numbers_of_other_contexts_and_places_lead_nowhere(api):
    parent = new_contact(api.user(1), api.private_folder())
    one = attach(api.user(1), parent, TEXT).data[0]
    user = api.user(2)
    elsewhere = new_contact(user, api.private_folder(user))
    assert document(user, elsewhere, one).status == 404
    assert document(user, {**parent, "folder": elsewhere["folder"]}, one).status == 404
    for broken in ("../../etc/passwd", "%00", "1e9", "-1", "99999999999999999999"):
        assert document(api.user(1), parent, broken).status in (400, 404), broken
    assert document(api.user(1), parent, one, path="/..%2f..%2fetc%2fpasswd").status in (200, 400, 404)


def test_users_entries_take_files_of_the_user_himself(api):
    user = api.user(1)
    own = user.get("user", action="get", id=user.user_id).data
    parent = {"module": 7, "folder": 6, "attached": int(own["contact_id"])}
    one = attach(user, parent, TEXT).data[0]
    assert document(api.user(2), parent, one).body == b"hello"
    attach(api.user(2), parent, TEXT).expect_error("CON-0176")
    api.user(2).put("attachment", [one], action="detach", **parent).expect_error("CON-0176")
    user.put("attachment", [one], action="detach", **parent).data
