"""Mail folders that are shared: who may do what, and that nobody reads the mails of another one."""

import imaplib

MAIL = True
OWNER = 4 | 2 << 7 | 2 << 14 | 2 << 21 | 1 << 28
READER, WRITER, AUTHOR = 1 | 2 << 7, 1 | 2 << 7 | 2 << 14, 2 | 2 << 7
REMOVER = 1 | 2 << 7 | 2 << 21


def plain(subject: str) -> bytes:
    return (f"From: ann@example.org\r\nTo: user1@example.test\r\nSubject: {subject}\r\nDate: Mon, 01 Jul 2024 10:00:00 +0200\r\n"
            f"Message-ID: <{subject}@x.test>\r\n\r\ntext\r\n").encode()


def user_id(api, name: str) -> int:
    api.need_mail_extension("ACL")
    return api.user(int(name[-1])).get("config/identifier").data


def entries(api, bits: int | None, name: str = "user2") -> list[dict]:
    own = {"entity": user_id(api, "user1"), "group": False, "bits": OWNER}
    return [own] + ([] if bits is None else [{"entity": user_id(api, name), "group": False, "bits": bits}])


def made(api, title: str, bits: int | None) -> tuple[str, str]:
    """A folder of user1 with one mail: its name for him, and for others."""
    folder = api.user(1).put("folders", {"title": title, "module": "mail", "permissions": entries(api, bits)}, action="new",
                             folder_id="default0").data
    assert folder == f"default0/{title}"
    api.save_mail("user1", plain("shared"), title)
    return folder, seen_by_others(api, title)


def seen_by_others(api, title: str) -> str:
    return f"default0/{api.server.mail.others}/user1.{api.context_id}/{title}"


def share(api, folder: str, permissions: list[dict], **parameters):
    return api.user(1).put("folders", {"folder": {"permissions": permissions}}, action="update", id=folder, **parameters)


def told(api, folder: str, user: int = 1) -> dict[int, int]:
    permissions = api.user(user).get("folders", action="get", id=folder).data["permissions"]
    return {entry["entity"]: entry["bits"] for entry in permissions}


def mails(api, folder: str, user: int):
    return api.user(user).get("mail", action="all", folder=folder, columns="600,607")


def allowed(api, seen: str) -> set[str]:
    """What user2 may do with the mails of a folder that user1 shares."""
    client = api.user(2)
    listed = client.get("mail", action="all", folder=seen, columns="600")
    if "error" in listed.json:
        return set()
    id = listed.data[0][0]
    api.save_mail("user2", plain("new"))
    [[own]] = client.get("mail", action="all", folder="default0/INBOX", columns="600").data
    attempts = {
        "write": client.put("mail", {"set_flags": 8}, action="update", folder=seen, id=id),
        "insert": client.put("mail", {"folder_id": seen}, action="copy", folder="default0/INBOX", id=own),
        "subfolder": client.put("folders", {"title": "Below", "module": "mail"}, action="new", folder_id=seen),
        "administer": client.put("folders", {"folder": {"permissions": entries(api, OWNER)}}, action="update", id=seen),
        "delete": client.put("mail", [{"folder": seen, "id": id}], action="delete", harddelete=True),
    }
    client.put("mail", ["default0/INBOX"], action="clear", harddelete=True)
    return {"read"} | {name for name, answer in attempts.items() if "error" not in answer.json}


def sign_in_again(api, name: str) -> None:
    """A session of its own has a connection of its own: on an old one the mail server remembers rights for half a minute."""
    api.clients.pop(name, None)


def test_a_folder_is_shared_and_taken_back(api):
    folder, seen = made(api, "Plans", None)
    user1, user2 = user_id(api, "user1"), user_id(api, "user2")
    assert told(api, folder) == {user1: OWNER}
    assert "error" in mails(api, seen, 2).json
    sign_in_again(api, "user2")
    share(api, folder, entries(api, READER)).data
    assert told(api, folder) == {user1: OWNER, user2: READER}
    [[_, subject]] = mails(api, seen, 2).data
    assert subject == "shared"
    shown = api.user(2).get("folders", action="get", id=seen).data
    assert shown["own_rights"] == READER
    # Only the server's word for where the folders of others lie tells whose it is.
    assert shown["created_by"] == user1 or "NAMESPACE" in api.server.mail.lacks
    assert told(api, seen, 2) == {user2: READER}
    parent = seen.rsplit("/", 1)[0]
    assert [row[0] for row in api.user(2).get("folders", action="list", parent=parent, columns="1", all=1).data] == [seen]
    listed = api.user(1).get("folders", action="list", parent="default0", columns="1,306").data
    bits = {row[0]: {entry["entity"]: entry["bits"] for entry in row[1]} for row in listed}
    assert bits[folder] == {user1: OWNER, user2: READER}
    share(api, folder, entries(api, None)).data
    sign_in_again(api, "user2")
    assert told(api, folder) == {user1: OWNER} and "error" in mails(api, seen, 2).json


def test_rights_allow_what_they_say_and_no_more(api):
    expected = {WRITER: {"read", "write"}, AUTHOR: {"read", "insert"}, REMOVER: {"read", "delete"},
                4 | 2 << 7: {"read", "insert", "subfolder"}, 2: set(),
                OWNER: {"read", "write", "insert", "subfolder", "administer", "delete"}}
    shared = {bits: made(api, f"Folder {number}", bits) for number, bits in enumerate(expected)}
    user2 = user_id(api, "user2")
    for bits, (folder, seen) in shared.items():
        assert told(api, folder)[user2] == bits
        may = allowed(api, seen)
        assert may == expected[bits], (hex(bits), may)


def test_nobody_reads_what_was_not_shared_with_him(api):
    _, seen = made(api, "Plans", READER)
    inbox = seen_by_others(api, "INBOX")
    api.save_mail("user1", plain("secret"))
    api.user(3)
    for user, folder in ((3, seen), (2, inbox), (3, inbox), (2, seen + "/../INBOX")):
        assert "error" in mails(api, folder, user).json
        for action in ("get", "attachment", "zip_messages"):
            answer = api.user(user).get("mail", action=action, folder=folder, id="1", attachment="1")
            assert "error" in answer.json
    rows = api.user(3).get("folders", action="list", parent="default0", columns="1").data
    assert not any("user1" in row[0] for row in rows)


def test_everybody_is_a_group_and_other_groups_are_none(api):
    folder, seen = made(api, "Plans", None)
    everybody = {"entity": 0, "group": True, "bits": READER}
    share(api, folder, entries(api, None) + [everybody]).data
    permissions = api.user(1).get("folders", action="get", id=folder).data["permissions"]
    assert [entry["bits"] for entry in permissions if entry["group"] and entry["entity"] == 0] == [READER]
    for bad in ({"entity": 1, "group": True, "bits": READER}, {"entity": 4711, "group": False, "bits": READER}):
        share(api, folder, entries(api, None) + [bad]).expect_error("FLD-0044")
    share(api, folder, [everybody]).expect_error("IMAP-2017")
    guest = {"type": "guest", "email_address": "g@example.org", "bits": READER}
    share(api, folder, entries(api, None) + [guest]).expect_error("MSG-0087")
    assert len(api.user(1).get("folders", action="get", id=folder).data["permissions"]) == 2


def test_default_folders_stay_usable_and_roots_are_not_shared(api):
    weak = [{"entity": user_id(api, "user1"), "group": False, "bits": READER},
            {"entity": user_id(api, "user2"), "group": False, "bits": OWNER}]
    share(api, "default0/INBOX", weak).expect_error("MSG-0097")
    share(api, "default0/INBOX", weak[1:]).expect_error("MSG-0097")
    share(api, "default0", entries(api, READER)).expect_error("MSG-0052")
    share(api, "default0/INBOX", entries(api, READER)).data
    assert told(api, "default0/INBOX")[user_id(api, "user2")] == READER


def test_folders_below_follow_when_that_is_asked_for(api):
    folder, seen = made(api, "Plans", None)
    below = api.user(1).put("folders", {"title": "Old", "module": "mail"}, action="new", folder_id=folder).data
    share(api, folder, entries(api, READER)).data
    assert user_id(api, "user2") not in told(api, below)
    share(api, folder, entries(api, WRITER), cascadePermissions=True).data
    assert told(api, below) == told(api, folder) == {user_id(api, "user1"): OWNER, user_id(api, "user2"): WRITER}
    assert mails(api, seen + "/Old", 2).data == []


def test_names_of_nobody_here_are_kept_and_not_shown(api):
    folder, _ = made(api, "Plans", None)
    user_id(api, "user2")
    with imaplib.IMAP4("127.0.0.1", api.server.mail.mailboxes.ports["imap"]) as line:
        line.login(f"user1.{api.context_id}", "secret")
        assert line.setacl("Plans", "stranger", "lr")[0] == "OK"
        share(api, folder, entries(api, READER)).data
        assert told(api, folder) == {user_id(api, "user1"): OWNER, user_id(api, "user2"): READER}
        assert b"stranger" in b"".join(line.getacl("Plans")[1])
