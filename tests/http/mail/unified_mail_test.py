"""Unified mail: the default folders of several accounts as one, with ids that tell where a mail is."""

import io
import socket
import zipfile

MAIL = True
DIRECTIVES = """
GroupwareMailAccounts 3
GroupwareMailAccountDeny none
GroupwareMailAccountPorts any
GroupwareMailAccountTls verify=off
GroupwareMailTimeouts connect=1s read=10s
"""
UNIFIED = "default999999999"
INBOX = f"{UNIFIED}/INBOX"


def login(api, name: str = "other") -> str:
    return f"{name}.{api.context_id}"


def enter(api, name: str = "other", **members) -> int:
    mail = api.server.mail
    api.user(1)
    body = {"name": f"My {name}", "mail_url": f"imap://127.0.0.1:{mail.dovecot.ports['imap']}", "mail_starttls": True,
            "login": login(api, name), "password": "secret", "primary_address": f"{login(api, name)}@example.test",
            "unified_inbox_enabled": True, **members}
    return api.put("account", body, action="new").json["data"]["id"]


def join(api) -> int:
    """The first account and another one take part."""
    other = enter(api)
    api.put("account", {"id": 0, "unified_inbox_enabled": True}, action="update").data
    return other


def give(api, login_name: str, subject: str, day: int, references: str = "") -> None:
    source = (f"From: Ann <ann@example.org>\r\nTo: x@example.test\r\nSubject: {subject}\r\n"
              f"Date: Mon, {day:02} Jul 2024 10:00:00 +0200\r\nMessage-ID: <{subject}@x.test>\r\n{references}\r\ntext {subject}\r\n")
    mail = api.server.mail
    # Further accounts are on the Dovecot, wherever the first one is.
    (mail if login_name == login(api, "user1") else mail.dovecot).save(login_name, source.encode())


def fill(api) -> None:
    for number, subject in enumerate(("a", "b", "c", "d"), 1):
        give(api, login(api) if number % 2 else login(api, "user1"), subject, number)


def rows(api, folder: str = INBOX, columns: str = "607,600,601,654,655,653", **parameters) -> list:
    wish = {"sort": "609", "order": "desc", **parameters}
    # Warnings may stand beside it.
    return api.get("mail", action="all", folder=folder, columns=columns, **wish).json["data"]


def subjects(api, folder: str = INBOX, **parameters) -> list:
    return [row[0] for row in rows(api, folder, "607", **parameters)]


def id_of(api, subject: str) -> str:
    return next(row[1] for row in rows(api) if row[0] == subject)


def names(api, parent: str, tree: int = 1) -> dict:
    return {row[1]: row[0] for row in api.get("folders", action="list", parent=parent, columns="1,300", tree=tree).data}


def warnings(answer) -> list:
    told = answer.json.get("warnings", [])
    return [one["code"] for one in (told if isinstance(told, list) else [told])]


def test_there_is_none_until_an_account_takes_part(api):
    enter(api, unified_inbox_enabled=False)
    assert "Unified mail" not in names(api, "1") and "Unified mail" not in names(api, "1", tree=0)
    api.get("folders", action="get", id=INBOX).expect_error("ACC-0013")
    api.get("mail", action="all", folder=INBOX, columns="600").expect_error("ACC-0013")
    first = api.put("account", {"id": 0, "unified_inbox_enabled": True}, action="update").data
    assert first["unified_inbox_enabled"] is True
    assert api.get("account", action="all", columns="1001,1025").data[0] == [0, True]
    assert names(api, "1")["Unified mail"] == UNIFIED and names(api, "1", tree=0)["Unified mail"] == UNIFIED


def test_the_tree_has_five_folders_and_the_accounts_below_each(api):
    other = join(api)
    assert list(names(api, "1")).index("Unified mail") < list(names(api, "1")).index("My other")
    assert names(api, UNIFIED) == {"Inbox": INBOX, **{name: f"{UNIFIED}/{name}" for name in ("Drafts", "Sent", "Spam", "Trash")}}
    assert set(names(api, INBOX).values()) == {f"{INBOX}/default0", f"{INBOX}/default{other}"}
    fill(api)
    inbox = api.get("folders", action="get", id=INBOX).data
    assert (inbox["total"], inbox["unread"], inbox["standard_folder_type"], inbox["folder_id"]) == (4, 4, 7, UNIFIED)
    one = api.get("folders", action="get", id=f"{INBOX}/default{other}").data
    assert (one["total"], one["title"], one["subfolders"]) == (2, "My other", False)
    assert [row[0] for row in api.get("folders", action="path", id=INBOX, columns="1").data][:2] == [INBOX, UNIFIED]
    api.get("folders", action="get", id=f"{UNIFIED}/Plans").expect_error("MSG-1002")
    api.get("folders", action="get", id=f"{INBOX}/default4711").expect_error("ACC-0002")


def test_lists_are_merged_and_cut(api):
    other = join(api)
    fill(api)
    assert subjects(api) == ["d", "c", "b", "a"] and subjects(api, order="asc") == ["a", "b", "c", "d"]
    assert subjects(api, sort="607", order="asc") == ["a", "b", "c", "d"]
    answer = api.get("mail", action="all", folder=INBOX, columns="607", sort="609", order="desc", limit="1,3")
    assert answer.data == [["c"], ["b"]] and answer.json["more"] == 4
    subject, id, folder, original_id, original_folder, account = rows(api)[1]
    assert (subject, folder, original_folder, account) == ("c", INBOX, f"default{other}/INBOX", other)
    assert id == f"{original_folder}/{original_id}"
    assert subjects(api, f"{INBOX}/default0") == ["d", "b"]
    assert api.get("mail", action="count", folder=INBOX).data == 4
    found = api.put("mail", {"filter": ["=", {"field": "subject"}, "c"]}, action="search", folder=INBOX, columns="607")
    assert found.data == [["c"]]
    listed = api.put("mail", [{"folder": INBOX, "id": id_of(api, name)} for name in ("a", "d")], action="list",
                     columns="607,601,600").data
    assert listed == [["a", INBOX, id_of(api, "a")], ["d", INBOX, id_of(api, "d")]]


def test_conversations_stay_within_their_accounts(api):
    join(api)
    fill(api)
    give(api, login(api), "e", 5, "References: <a@x.test>\r\n")
    answer = api.get("mail", action="threadedAll", folder=INBOX, columns="600,607", sort="610", order="desc", includeSent="true")
    threads = [[mail["subject"] for mail in head["thread"]] for head in answer.data]
    assert sorted(threads) == [["b"], ["c"], ["d"], ["e", "a"]]
    assert all(mail["id"].startswith("default") for head in answer.data for mail in head["thread"])
    latest = api.get("mail", action="thread_references", folder=INBOX, columns="600").data
    assert len(latest) == 4 and all(group["latestMailId"] != group["latestOriginalMailId"] for group in latest)


def test_one_mail_is_read_and_changed_where_it_is(api):
    other = join(api)
    fill(api)
    id = id_of(api, "c")
    mail = api.get("mail", action="get", folder=INBOX, id=id).data
    assert (mail["id"], mail["folder_id"], mail["subject"]) == (id, INBOX, "c")
    assert (mail["original_folder_id"], mail["account_id"]) == (f"default{other}/INBOX", other)
    assert "text c" in mail["attachments"][0]["content"]
    assert api.get("mail", action="get", folder=INBOX, id=id, hdr=1).data.startswith("From:")
    flagged = api.put("mail", {"flags": 8, "value": True}, action="update", folder=INBOX, id=id).data
    assert flagged == {"folder_id": INBOX, "id": id}
    assert rows(api, f"default{other}/INBOX", "607,611")[0][1] & 40 == 40
    reply = api.get("mail", action="reply", folder=INBOX, id=id).data
    assert reply["msgref"] == id and reply["subject"] == "Re: c"
    archive = api.get("mail", action="zip_messages", folder=INBOX, id=f"{id},{id_of(api, 'd')}")
    assert sorted(zipfile.ZipFile(io.BytesIO(archive.body)).namelist()) == ["c.eml", "d.eml"]
    moved = api.put("mail", {"folder_id": "default0/Trash"}, action="update", folder=INBOX, id=id).data
    assert moved["folder_id"] == "default0/Trash" and subjects(api) == ["d", "b", "a"]
    api.put("mail", [{"folder": INBOX, "id": id_of(api, name)} for name in ("a", "b")], action="delete")
    assert subjects(api) == ["d"] and sorted(subjects(api, f"{UNIFIED}/Trash")) == ["a", "b", "c"]
    assert subjects(api, f"default{other}/Trash") == ["a"]
    for code, wrong in (("MSG-0032", "17"), ("MSG-0032", f"{INBOX}/17"), ("MSG-0086", "undefined"),
                        ("MSG-0032", f"default{other}/INBOX/4711")):
        api.get("mail", action="get", folder=INBOX, id=wrong).expect_error(code)
    api.user(2).get("mail", action="get", folder=INBOX, id=f"default{other}/INBOX/1").expect_error("ACC-0002")


def test_a_mail_is_found_by_its_message_id_in_every_account(api):
    other = join(api)
    fill(api)
    for subject, folder in (("a", f"default{other}/INBOX"), ("b", "default0/INBOX")):
        mail = api.get("mail", action="get", folder=INBOX, message_id=f"<{subject}@x.test>").data
        assert (mail["subject"], mail["original_folder_id"], mail["id"]) == (subject, folder, id_of(api, subject))
    flagged = api.put("mail", {"flags": 8, "value": True}, action="update", folder=INBOX, message_id="<a@x.test>").data
    assert flagged == {"folder_id": INBOX, "id": id_of(api, "a")}
    api.get("mail", action="get", folder=INBOX, message_id="<gone@x.test>").expect_error("MSG-0032")
    api.get("mail", action="get", folder=f"{INBOX}/default0", message_id="<a@x.test>").expect_error("MSG-0032")


def test_a_folder_is_examined_over_all_accounts(api):
    other = join(api)
    fill(api)
    real = {0: api.get("mail", action="examine", folder="default0/INBOX").data,
            other: api.get("mail", action="examine", folder=f"default{other}/INBOX").data}
    examined = api.get("mail", action="examine", folder=INBOX).data
    assert (examined["total"], examined["unread"]) == (4, 4)
    for name in ("validity", "next"):
        assert examined[name] == ",".join(f"{account}:{told[name]}" for account, told in real.items())
    assert api.get("mail", action="examine", folder=f"{INBOX}/default{other}").data["validity"] == f"{other}:{real[other]['validity']}"
    api.get("mail", action="examine", folder=UNIFIED).expect_error("MSG-0052")


def test_old_mails_go_to_the_archive_of_their_own_account(api):
    other = join(api)
    enter(api, "third", mail_url=f"pop3://127.0.0.1:{api.server.mail.dovecot.ports['pop3']}")
    fill(api)
    give(api, login(api, "third"), "z", 9)
    answer = api.put("mail", None, action="archive_folder", folder=INBOX, days=0)
    places = answer.json["data"]
    assert {place["id"].partition("/")[0] for place in places} == {"default0", f"default{other}"}
    # A POP3 account has no archive.
    assert subjects(api) == ["z"] and warnings(answer) == ["ACC-0020"]
    archived = {account: [row[0] for place in places if place["id"].startswith(f"{account}/")
                          for row in rows(api, place["id"], "607")] for account in ("default0", f"default{other}")}
    assert archived == {"default0": ["d", "b"], f"default{other}": ["c", "a"]}


def test_whole_folders_are_changed_in_every_account(api):
    other = join(api)
    fill(api)
    assert api.put("mail", None, action="all_seen", folder=INBOX).data is True
    assert api.get("folders", action="get", id=INBOX).data["unread"] == 0
    assert api.put("mail", {"color_label": 3}, action="update", folder=INBOX).data == {"folder_id": INBOX}
    assert {row[1] for row in rows(api, INBOX, "607,102")} == {3}
    assert api.put("mail", [INBOX], action="clear").data == []
    assert subjects(api) == [] and sorted(subjects(api, f"{UNIFIED}/Trash")) == ["a", "b", "c", "d"]
    assert sorted(subjects(api, f"default{other}/Trash")) == ["a", "c"]
    api.put("mail", {"source": f"{UNIFIED}/Trash", "target": "default0/INBOX"}, action="move_all").data
    assert sorted(subjects(api, "default0/INBOX")) == ["a", "b", "c", "d"]


def test_nothing_is_stored_in_it(api):
    join(api)
    fill(api)
    id = id_of(api, "d")
    for action in ("update", "copy"):
        api.put("mail", {"folder_id": f"{UNIFIED}/Trash"}, action=action, folder=INBOX, id=id).expect_error("MSG-0087")
    source = b"From: a@x.test\r\nSubject: x\r\n\r\nx\r\n"
    api.put("mail", source, action="new", folder=INBOX, headers={"Content-Type": "text/plain"}).expect_error("MSG-0087")
    api.put("folders", {"title": "Plans", "module": "mail"}, action="new", folder_id=UNIFIED).expect_error("MSG-0087")
    api.put("folders", {"folder": {"title": "x"}}, action="update", id=f"{UNIFIED}/Trash").expect_error("MSG-0087")
    api.put("account", {"id": 999999999, "name": "x"}, action="update").expect_error("ACC-0012")
    api.put("account", [999999999], action="delete").expect_error("ACC-0012")
    api.get("account", action="get", id=999999999).expect_error("ACC-0002")
    assert subjects(api) == ["d", "c", "b", "a"]


def test_the_domain_of_unified_mail_is_reserved(api):
    api.user(1)
    mail = api.server.mail
    api.put("account", {"name": "x", "mail_url": f"imap://127.0.0.1:{mail.dovecot.ports['imap']}", "login": "x",
                        "password": "x", "primary_address": "1@UnifiedInbox.com"}, action="new").expect_error("ACC-0011")


def test_a_server_that_is_away_takes_only_its_own_mails_away(api):
    join(api)
    fill(api)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        away = enter(api, "away", mail_url=f"imap://127.0.0.1:{closed.getsockname()[1]}")
        answer = api.get("mail", action="all", folder=INBOX, columns="607", sort="609", order="desc")
        assert [row[0] for row in answer.json["data"]] == ["d", "c", "b", "a"] and warnings(answer) == ["ACC-0020"]
        count = api.get("mail", action="count", folder=INBOX)
        assert count.json["data"] == 4 and warnings(count) == ["ACC-0020"]
        listed = api.put("mail", [{"folder": INBOX, "id": id_of(api, "a")}, {"folder": INBOX, "id": f"default{away}/INBOX/1"}],
                         action="list", columns="607")
        assert listed.json["data"] == [["a"]] and warnings(listed) == ["ACC-0020"]
        assert api.get("folders", action="get", id=INBOX).data["total"] == 4
    wrong = enter(api, "wrong", password="nonsense")
    assert wrong and subjects(api) == ["d", "c", "b", "a"]


def test_a_pop3_account_brings_its_inbox(api):
    join(api)
    mail = api.server.mail
    enter(api, "third", mail_url=f"pop3://127.0.0.1:{mail.dovecot.ports['pop3']}")
    fill(api)
    give(api, login(api, "third"), "z", 9)
    assert subjects(api) == ["z", "d", "c", "b", "a"]
    assert subjects(api, f"{UNIFIED}/Trash") == []
    assert api.get("mail", action="get", folder=INBOX, id=id_of(api, "z")).data["subject"] == "z"
