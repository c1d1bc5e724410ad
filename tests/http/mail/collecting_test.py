"""Addresses of mails that are sent or read become contacts in a folder of their own."""

import json
import threading

MAIL = True
INBOX = "default0/INBOX"


def folder_of(client) -> str:
    return str(client.config("modules/mail/contactCollectFolder"))


def collected(client) -> list:
    """Name, address and use count, by address."""
    rows = client.get("contacts", action="all", folder=folder_of(client), columns="500,555,608").data
    return sorted(rows, key=lambda row: row[1])


def send(client, to: list, **more):
    body = {"from": [["", client.get("config/mail/defaultaddress").data]], "to": to, "subject": "Hello",
            "attachments": [{"content_type": "text/plain", "content": "text"}], **more}
    return client.multipart("mail", {"json_0": json.dumps(body)}, {}, action="new").data


def given(api, sender: str, mailbox: str = "INBOX") -> str:
    api.user(1)
    api.save_mail("user1", f"From: {sender}\r\nTo: user1@example.test\r\nSubject: Hi\r\n\r\ntext\r\n".encode(), mailbox)
    return api.get("mail", action="all", folder=f"default0/{mailbox}", columns="600", sort="600", order="asc").data[-1][0]


def read(api, id: str, mailbox: str = "INBOX", **more):
    return api.get("mail", action="get", folder=f"default0/{mailbox}", id=id, **more).data


def test_the_folder_is_made_at_the_first_login(api):
    client = api.user(1)
    shown = client.get("folders", action="get", id=folder_of(client)).data
    assert (shown["title"], shown["module"], shown["folder_id"]) == ("Collected addresses", "contacts", "1")
    assert shown["own_rights"] == 403710016 and shown["created_by"] == client.user_id
    assert "collect_email_addresses" in [entry["id"] for entry in client.get("capabilities", action="all").data]
    assert client.config("modules/mail/contactCollectEnabled") is True
    again = api.anonymous()
    again.login(api.login_name("user1"), "secret")
    assert folder_of(again) == folder_of(client)
    # One who deletes it gets another one with his next sign-in.
    client.put("folders", [folder_of(client)], action="delete").data
    again.login(api.login_name("user1"), "secret")
    assert again.get("folders", action="get", id=folder_of(again)).data["title"] == "Collected addresses"
    api.add_user("hans", "--language", "de_DE")
    assert api.named("hans").get("folders", action="get", id=folder_of(api.named("hans"))).data["title"] == "Gesammelte Adressen"


def test_recipients_are_collected_once_and_counted(api):
    client = api.user(1)
    api.user(2)
    send(client, [["Bert B", "bert@example.test"], ["", api.mail("user2")]], cc=[["", "carl@example.test"], ["", api.mail("user1")]],
         bcc=[["Dora", "dora@example.test"]])
    assert collected(client) == [["Bert B", "bert@example.test", 1], ["carl@example.test", "carl@example.test", 1],
                                 ["Dora", "dora@example.test", 1]]
    send(client, [["Somebody else", "BERT@example.test"]])
    assert collected(client)[0] == ["Bert B", "bert@example.test", 2]
    # A contact of one's own is enough, and it is counted where it lies.
    made = {"folder_id": api.private_folder(), "display_name": "Eve", "email3": "eve@example.test"}
    eve = client.put("contacts", made, action="new").data["id"]
    send(client, [["", "eve@example.test"], ["", "bert@example.test"]])
    assert client.get("contacts", action="get", id=eve, folder=api.private_folder()).data["useCount"] == 1
    assert len(collected(client)) == 3
    # What stands first when one types.
    found = client.get("contacts", action="autocomplete", query="e", columns="500").data
    assert found == [["Eve"]]


def test_two_mails_at_once_bring_one_contact(api):
    clients = [api.user(1), api.anonymous()]
    clients[1].login(api.login_name("user1"), "secret")
    threads = [threading.Thread(target=send, args=(client, [["", "bert@example.test"]])) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row[1] for row in collected(clients[0])] == ["bert@example.test"]


def test_senders_are_collected_at_the_first_reading(api):
    id = given(api, "Anna A <anna@example.org>")
    read(api, id, unseen=True)
    assert collected(api.user(1)) == []
    read(api, id)
    assert collected(api.user(1)) == [["Anna A", "anna@example.org", 0]]
    folder = folder_of(api.user(1))
    [[made]] = api.get("contacts", action="all", folder=folder, columns="1").data
    api.put("contacts", [{"id": made, "folder": folder}], action="delete", timestamp=2**53).data
    read(api, id)
    assert collected(api.user(1)) == []
    # Neither from spam, nor from what one wrote oneself, nor what is no address.
    read(api, given(api, "Bad <bad@example.org>", "Spam"), "Spam")
    read(api, given(api, api.mail("user1")))
    read(api, given(api, "undisclosed"))
    assert collected(api.user(1)) == []


def test_the_user_decides_what_is_collected_and_where(api):
    client = api.user(1)
    client.put("config/modules/mail/contactCollectOnMailAccess", False).data
    read(api, given(api, "anna@example.org"))
    client.put("config/modules/mail/contactCollectOnMailTransport", False).data
    send(client, [["", "bert@example.test"]])
    assert collected(client) == []
    client.put("config/modules/mail/contactCollectOnMailTransport", True).data
    client.put("config/modules/mail/contactCollectFolder", int(api.private_folder())).data
    send(client, [["", "bert@example.test"]])
    assert folder_of(client) == api.private_folder() and [row[1] for row in collected(client)] == ["bert@example.test"]
    # A folder that takes nothing stops nobody from sending.
    client.put("config/modules/mail/contactCollectFolder", 6).data
    send(client, [["", "carl@example.test"]])
