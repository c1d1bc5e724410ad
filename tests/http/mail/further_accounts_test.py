"""Accounts that users enter: each has its folders and its mails beside the first one, and sends by its own server."""

import json

from support.servers import wait_until

MAIL = True
DIRECTIVES = """
GroupwareMailAccounts 3
GroupwareMailAccountDeny none
GroupwareMailAccountPorts any
GroupwareMailAccountTls verify=off
"""
INBOX = "default0/INBOX"


def login(api, name: str = "other") -> str:
    return f"{name}.{api.context_id}"


def address(api, name: str = "other") -> str:
    return f"{login(api, name)}@example.test"


def body(api, name: str = "other", protocol: str = "imap", **members) -> dict:
    mail = api.server.mail
    url = f"{protocol}://127.0.0.1:{mail.dovecot.ports['imap' if protocol == 'imap' else 'pop3']}"
    return {"name": f"My {name}", "mail_url": url, "mail_starttls": True, "login": login(api, name), "password": "secret",
            "primary_address": address(api, name), "transport_url": f"smtp://127.0.0.1:{mail.exim.ports['smtp']}",
            "transport_starttls": True, **members}


def enter(api, name: str = "other", **members) -> dict:
    """Warnings about it may stand beside the account."""
    api.user(1)
    return api.put("account", body(api, name, **members), action="new").json["data"]


def rows(api, folder: str, columns: str = "600,607,611") -> list:
    return api.get("mail", action="all", folder=folder, columns=columns).data


def subjects(api, folder: str) -> list:
    return [row[0] for row in rows(api, folder, "607")]


def give(api, login_name: str, subject: str) -> None:
    source = (f"From: Ann <ann@example.org>\r\nTo: x@example.test\r\nSubject: {subject}\r\n"
              f"Date: Mon, 01 Jul 2024 10:00:00 +0200\r\nMessage-ID: <{subject}@x.test>\r\n\r\ntext\r\n")
    api.server.mail.dovecot.save(login_name, source.encode())


def names(api, parent: str, tree: int = 1) -> dict:
    return {row[1]: row[0] for row in api.get("folders", action="list", parent=parent, columns="1,300", tree=tree).data}


def test_an_entered_account_is_listed_and_its_password_is_never_told(api):
    made = enter(api)
    id = made["id"]
    assert id > 0 and made["root_folder"] == f"default{id}" and made["name"] == "My other" and "password" not in made
    assert made["mail_protocol"] == "imap" and made["mail_starttls"] is True and made["transport_auth"] == "mail"
    assert made["trash_fullname"] == f"default{id}/Trash" and made["sent_fullname"] == f"default{id}/Sent"
    listed = api.get("account", action="all", columns="1001,1003,1006,1007,1024,1027").data
    assert listed[0][0] == 0 and listed[1:] == [[id, None, "My other", address(api), None, f"default{id}/Sent"]]
    assert api.get("account", action="get", id=id).data == made
    assert "multiple_mail_accounts" in [entry["id"] for entry in api.get("capabilities", action="all").data]
    assert [row[0] for row in api.user(2).get("account", action="all", columns="1001").data] == [0]
    api.user(2).get("account", action="get", id=id).expect_error("ACC-0002")
    api.user(2).get("mail", action="all", folder=f"default{id}/INBOX", columns="600").expect_error("ACC-0002")


def test_what_an_account_must_have(api):
    enter(api)
    new = {"action": "new"}
    for missing in ("mail_url", "primary_address", "login", "password"):
        api.put("account", {name: value for name, value in body(api, "next").items() if name != missing},
                **new).expect_error("SVL-0002")
    for code, wrong in (("ACC-0016", {"name": " "}), ("ACC-0018", {"mail_url": "imap://host:99999"}),
                        ("ACC-0018", {"mail_url": "imap://[::1"}), ("ACC-0019", {"mail_url": "", "mail_server": "a b"}),
                        ("MSG-0044", {"mail_url": "gopher://x"}), ("MSG-0053", {"transport_url": "imap://x"}),
                        ("MSG-1008", {"primary_address": "nobody"}), ("MSG-1008", {"reply_to": "nobody"}),
                        ("SVL-0010", {"login": "a\nb"}), ("SVL-0010", {"mail_port": "x"}), ("SVL-0010", {"personal": "x" * 300}),
                        ("SVL-0010", {"password": 1}), ("SVL-0010", {"transport_auth": "x"}),
                        ("MSG-0108", {"mail_oauth": 1}),
                        ("ACC-0015", {"primary_address": address(api).upper()}),
                        ("ACC-0015", {"primary_address": api.mail("user1")}),
                        ("ACC-0017", {"login": login(api)})):
        api.put("account", {**body(api, "next"), **wrong}, **new).expect_error(code)
    api.put("account", [], **new).expect_error("SVL-0028")
    assert len(api.get("account", action="all", columns="1001").data) == 2


def test_a_user_has_as_many_accounts_as_the_server_allows(api):
    for name in ("one", "two", "three"):
        enter(api, name)
    api.put("account", body(api, "four"), action="new").expect_error("ACC-0014")
    api.user(2).put("account", body(api, "four"), action="new").data


def test_a_changed_account_keeps_what_was_not_named(api):
    id = enter(api)["id"]
    changed = api.put("account", {"id": id, "name": "New name", "personal": "Me", "reply_to": "back@example.test",
                                  "meta": "mine", "password": ""}, action="update").data
    assert (changed["name"], changed["personal"], changed["reply_to"], changed["meta"]) == \
        ("New name", "Me", "back@example.test", "mine")
    assert rows(api, f"default{id}/INBOX") == []
    api.put("account", {"id": id, "password": "wrong"}, action="update")
    api.get("mail", action="all", folder=f"default{id}/INBOX", columns="600").expect_error("MSG-1001")
    assert api.get("account", action="status", id=id).data["status"] == "invalid_credentials"
    states = api.get("account", action="status").data
    assert states["0"] == {"status": "ok"} and states[str(id)]["status"] == "invalid_credentials"
    api.put("account", {"id": id, "password": "secret"}, action="update")
    assert rows(api, f"default{id}/INBOX") == [] and api.get("account", action="status", id=id).data == {"status": "ok"}
    api.put("account", {"id": id, "mail_protocol": "pop3"}, action="update").expect_error("ACC-0026")
    api.put("account", {"id": 4711, "name": "x"}, action="update").expect_error("ACC-0002")
    api.put("account", {"name": "x"}, action="update").expect_error("SVL-0002")
    api.get("account", action="status", id=4711).expect_error("ACC-0002")


def test_little_of_the_primary_account_can_be_changed(api):
    shown = api.get("account", action="get", id=0).data
    changed = api.put("account", {**shown, "name": "Work", "personal": "Boss"}, action="update").data
    assert (changed["id"], changed["name"], changed["personal"]) == (0, "Work", "Boss")
    assert changed["mail_url"] == shown["mail_url"]
    assert api.get("account", action="all", columns="1006,1037").data == [["Work", "Boss"]]
    assert names(api, "1", tree=0)["Work"] == "default0"
    for member, value in (("mail_url", "imap://elsewhere.test"), ("login", "x"), ("primary_address", "x@example.test"),
                          ("password", "x"), ("trash_fullname", "default0/INBOX")):
        api.put("account", {"id": 0, member: value}, action="update").expect_error("ACC-0007")


def test_a_deleted_account_is_gone_with_its_folders(api):
    id = enter(api)["id"]
    api.put("account", [id, 0], action="delete").expect_error("ACC-0006")
    assert "My other" in names(api, "1")
    assert api.put("account", [id, 4711], action="delete").data == [id]
    assert "My other" not in names(api, "1") and len(api.get("account", action="all", columns="1001").data) == 1
    api.get("folders", action="get", id=f"default{id}/INBOX").expect_error("ACC-0002")
    api.put("account", ["x"], action="delete").expect_error("SVL-0010")


def test_both_trees_show_the_account_and_its_folders(api):
    id = enter(api)["id"]
    root = f"default{id}"
    assert names(api, "1", tree=1)["My other"] == root and names(api, "1", tree=0)["My other"] == root
    assert names(api, root)["Inbox"] == f"{root}/INBOX"
    made = api.put("folders", {"title": "Plans", "module": "mail"}, action="new", folder_id=root).data
    assert made == f"{root}/Plans" and names(api, root)["Plans"] == made
    moved = api.put("folders", {"folder": {"title": "Old plans"}}, action="update", id=made, tree=1).data
    assert moved == f"{root}/Old plans"
    api.put("folders", {"folder": {"folder_id": "default0"}}, action="update", id=moved, tree=1).expect_error("MSG-0071")
    api.put("folders", [moved], action="delete", tree=1, hardDelete=True)
    assert "Old plans" not in names(api, root)
    assert "Plans" not in names(api, "default0", tree=0)


def test_mails_are_read_searched_flagged_and_deleted(api):
    id = enter(api)["id"]
    inbox = f"default{id}/INBOX"
    give(api, login(api), "one")
    give(api, login(api), "two")
    assert subjects(api, inbox) == ["one", "two"] and rows(api, INBOX) == []
    first, second = [row[0] for row in rows(api, inbox)]
    mail = api.get("mail", action="get", folder=inbox, id=first).data
    assert mail["subject"] == "one" and mail["account_id"] == id and mail["account_name"] == "My other"
    listed = api.put("mail", [{"folder": inbox, "id": second}], action="list", columns="600,652,653").data
    assert listed == [[second, "My other", id]]
    found = api.put("mail", [{"col": 607, "pattern": "two"}], action="search", folder=inbox, columns="600").data
    assert found == [[second]]
    api.put("mail", {"set_flags": 8}, action="update", folder=inbox, id=first)
    assert rows(api, inbox)[0][2] & 8
    api.put("mail", [{"folder": inbox, "id": first}], action="delete")
    assert subjects(api, inbox) == ["two"] and subjects(api, f"default{id}/Trash") == ["one"]
    assert rows(api, "default0/Trash") == []


def test_mails_go_from_one_account_to_another_with_their_flags(api):
    id = enter(api)["id"]
    inbox = f"default{id}/INBOX"
    give(api, login(api), "one")
    [[uid, _, _]] = rows(api, inbox)
    api.put("mail", {"set_flags": 8, "color_label": 3}, action="update", folder=inbox, id=uid)
    received = rows(api, inbox, "610")
    copied = api.put("mail", {"folder_id": INBOX}, action="copy", folder=inbox, id=uid).data
    assert copied["folder_id"] == INBOX and subjects(api, inbox) == ["one"]
    [[there, subject, flags, color]] = rows(api, INBOX, "600,607,611,102")
    assert (there, subject, flags & 8, color) == (copied["id"], "one", 8, 3) and rows(api, INBOX, "610") == received
    moved = api.put("mail", {"folder_id": "default0/Drafts"}, action="update", folder=inbox, id=uid).data
    assert moved["folder_id"] == "default0/Drafts" and rows(api, inbox) == []
    assert rows(api, "default0/Drafts")[0][2] & 4
    back = api.put("mail", {"folder_id": inbox}, action="update", folder=INBOX, id=there).data
    assert rows(api, INBOX) == [] and rows(api, inbox)[0][:2] == [back["id"], "one"]
    missing = api.put("mail", {"folder_id": INBOX}, action="copy", folder=inbox, id="4711").data
    assert missing["id"] is None
    api.put("mail", {"folder_id": f"default{id}"}, action="copy", folder=INBOX, id="1").expect_error("MSG-0052")


def test_who_sends_as_the_account_sends_by_its_server(api):
    id = enter(api, reply_to="back@example.test")["id"]
    api.user(2)
    mail = {"from": [["Me", address(api)]], "to": [[None, api.mail("user2")]], "subject": "by the other",
            "attachments": [{"content_type": "text/plain", "content": "x"}]}
    stored = api.user(1).multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").data
    assert stored.startswith(f"default{id}/Sent/") and rows(api, "default0/Sent") == []
    wait_until(lambda: api.user(2).get("mail", action="all", folder=INBOX, columns="600").data, "the mail")
    [[uid]] = api.user(2).get("mail", action="all", folder=INBOX, columns="600").data
    got = api.user(2).get("mail", action="get", folder=INBOX, id=uid, view="text").data
    assert got["from"] == [["Me", address(api)]] and got["headers"]["Reply-To"] == "back@example.test"
    reply = api.user(1).get("mail", action="replyall", folder=f"default{id}/Sent", id=stored.rpartition("/")[2],
                            setFrom=True).data
    assert reply["from"][0][1] == address(api) and reply["account_id"] == id
    mail["from"] = [["Me", "foreign@example.test"]]
    api.user(1).multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").expect_error("MSG-0056")
    api.put("account", [id], action="delete")
    mail["from"] = [["Me", address(api)]]
    api.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").expect_error("MSG-0056")


def test_an_account_without_a_server_for_sending_cannot_send(api):
    enter(api, transport_url="")
    mail = {"from": [["Me", address(api)]], "to": [[None, api.mail("user1")]],
            "attachments": [{"content_type": "text/plain", "content": "x"}]}
    api.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").expect_error("MSG-0065")


def test_a_failing_account_hurts_no_other(api):
    made = enter(api, mail_url="imap://127.0.0.1:1", mail_starttls=False)
    root = made["root_folder"]
    assert "trash_fullname" not in made
    assert names(api, "1")["My other"] == root and "Inbox" in names(api, "1")
    api.get("folders", action="list", parent=root, columns="1", tree=1).expect_error("MSG-1016")
    api.get("mail", action="all", folder=f"{root}/INBOX", columns="600").expect_error("MSG-1016")
    assert rows(api, INBOX) == []
    assert api.get("account", action="status", id=made["id"]).data["status"] == "unavailable"


def warnings(answer) -> set:
    told = answer.json.get("warnings", [])
    return {entry["code"] for entry in (told if isinstance(told, list) else [told])}


def test_servers_are_tried_before_they_are_entered(api):
    api.user(1)

    def validate(tree: bool = False, **members):
        return api.put("account", body(api, **members), action="validate", tree=tree)

    fine = validate()
    assert fine.json == {"data": True}
    tree = validate(tree=True).data
    inbox = next(folder for folder in tree["subfolder_array"] if folder["id"] == "INBOX")
    assert inbox["standard_folder_type"] == 7 and inbox["subfolder_array"] is None
    wrong = validate(tree=True, password="wrong", transport_url="")
    assert wrong.json["data"] is None and warnings(wrong) == {"MSG-0091", "ACC-0020"}
    nobody = validate(transport_url="smtp://127.0.0.1:1")
    assert nobody.json["data"] is False and warnings(nobody) == {"MSG-0090", "ACC-0021"}
    plain = validate(mail_starttls=False)
    assert plain.json["data"] is True and warnings(plain) == {"MSG-0079"}
    assert api.put("account", {"id": 0}, action="validate").data is True
    id = enter(api)["id"]
    assert api.put("account", {"id": id}, action="validate").data is True
    insecure = api.put("account", body(api, "second", transport_url="", mail_starttls=False), action="new")
    assert warnings(insecure) == {"MSG-0081"}


def test_a_pop3_account_is_an_inbox_to_read_and_delete_from(api):
    made = enter(api, "popper", protocol="pop3", pop3_refresh_rate=5)
    root = made["root_folder"]
    inbox = f"{root}/INBOX"
    assert made["mail_protocol"] == "pop3" and made["pop3_refresh_rate"] == 5 and made["pop3_storage"] == "mailaccount"
    give(api, login(api, "popper"), "one")
    give(api, login(api, "popper"), "two")
    assert names(api, root) == {"Inbox": inbox}
    assert sorted(subjects(api, inbox)) == ["one", "two"]
    uids = {row[1]: row[0] for row in rows(api, inbox)}
    assert api.get("mail", action="get", folder=inbox, id=uids["one"]).data["subject"] == "one"
    copied = api.put("mail", {"folder_id": INBOX}, action="copy", folder=inbox, id=uids["one"]).data
    assert copied["id"] and subjects(api, INBOX) == ["one"]
    # The account has no trash: that of the first account takes what is deleted.
    api.put("mail", [{"folder": inbox, "id": uids["one"]}], action="delete")
    assert subjects(api, inbox) == ["two"] and subjects(api, "default0/Trash") == ["one"]
    api.put("mail", [{"folder": inbox, "id": uids["two"]}], action="delete", harddelete=True)
    assert rows(api, inbox) == [] and subjects(api, "default0/Trash") == ["one"]
    api.put("folders", {"title": "x", "module": "mail"}, action="new", folder_id=root).expect_error("MSG-0087")
    api.put("mail", {"folder_id": inbox}, action="copy", folder=INBOX, id=copied["id"]).expect_error("MSG-0087")


def test_a_pop3_account_keeps_its_sent_mails_in_the_first_account(api):
    enter(api, "popper", protocol="pop3")
    mail = {"from": [["Me", address(api, "popper")]], "to": [[None, api.mail("user1")]], "subject": "sent",
            "attachments": [{"content_type": "text/plain", "content": "x"}]}
    assert api.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").data.startswith("default0/Sent/")


def test_a_further_account_has_its_archive_and_no_permissions(api):
    root = enter(api)["root_folder"]
    give(api, login(api), "one")
    give(api, login(api), "two")
    [[first, _, _], _] = rows(api, f"{root}/INBOX")
    [place] = api.put("mail", [{"folder": f"{root}/INBOX", "id": first}], action="archive").data
    assert place["id"].startswith(f"{root}/Archive/") and place["created"] and subjects(api, place["id"]) == ["one"]
    assert api.put("mail", {"source": f"{root}/INBOX", "target": INBOX}, action="move_all").data is True
    assert subjects(api, INBOX) == ["two"] and rows(api, f"{root}/INBOX") == []
    folder = {"folder": {"permissions": [{"entity": api.get("config/identifier").data, "group": False, "bits": 403710016}]}}
    api.put("folders", folder, action="update", id=place["id"]).expect_error("MSG-0087")
    shown = api.get("folders", action="get", id=place["id"]).data
    assert [entry["bits"] for entry in shown["permissions"]] == [shown["own_rights"]]
