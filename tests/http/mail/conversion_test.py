"""Parts of mails that become contacts, and contacts that become parts of mails."""

import json

MAIL = True
INBOX = "default0/INBOX"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Li\xdf;Ann;;;\r\nFN:Ann Li\xdf\r\nEMAIL:ann@example.org\r\nEND:VCARD\r\n"


def given(api, part: str) -> dict:
    """A mail whose second part is this; gives the source that names it."""
    source = ("From: Ann <ann@example.org>\r\nTo: user1@example.test\r\nSubject: My card\r\nMIME-Version: 1.0\r\n"
              "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhere\r\n"
              "--b\r\nContent-Type: text/x-vcard; charset=iso-8859-1; name=ann.vcf\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
              f"{part}\r\n--b--\r\n")
    api.user(1)
    api.save_mail("user1", source.encode("latin-1"))
    return place(api.get("mail", action="all", folder=INBOX, columns="600").data[-1][0])


def place(id: str, part: str = "2") -> dict:
    names = {"fullname": INBOX, "mailid": id, "sequenceid": part}
    return {"identifier": "com.openexchange.mail.vcard",
            "args": [{f"com.openexchange.mail.conversion.{name}": value} for name, value in names.items()]}


def convert(client, source: dict, handler: str, **arguments):
    body = {"datasource": source, "datahandler": {
        "identifier": f"com.openexchange.{handler}",
        "args": [{f"com.openexchange.groupware.{name}": value} for name, value in arguments.items()]}}
    return client.put("conversion", body, action="convert")


def test_a_card_in_a_mail_becomes_a_contact(api):
    source = given(api, CARD + CARD.replace("Ann", "Bea"))
    folder = api.private_folder()
    stored = convert(api.user(1), source, "contact", **{"contact.folder": folder}).data
    assert [one["folder_id"] for one in stored] == [folder, folder]
    names = [api.get("contacts", action="get", id=one["id"], folder=folder).data["display_name"] for one in stored]
    assert names == ["Ann Li\xdf", "Bea Li\xdf"]
    # The published shape has the arguments beside the identifier, and none.
    flat = {key: value for pair in source["args"] for key, value in pair.items()}
    assert len(convert(api.user(1), flat, "contact", **{"contact.folder": folder}).data) == 2


def test_a_card_is_shown_without_being_stored(api):
    [contact] = convert(api.user(1), given(api, CARD), "contact.json").data
    assert (contact["last_name"], contact["email1"]) == ("Li\xdf", "ann@example.org")
    assert api.get("contacts", action="all", folder=api.private_folder(), columns="1").data == []


def test_what_cannot_be_converted_is_refused(api):
    client, source = api.user(1), given(api, "no card")
    folder = {"contact.folder": api.private_folder()}
    convert(client, source, "contact", **folder).expect_error("I_E-0608")
    convert(client, source, "contact").expect_error("DATA-0002")
    convert(client, source, "contact", **{"contact.folder": "mine"}).expect_error("DATA-0003")
    convert(client, source, "contact", **{"contact.folder": "6"}).expect_error("I_E-0500")
    convert(client, {**source, "args": source["args"][:2]}, "contact", **folder).expect_error("DATA-0002")
    convert(client, place(source["args"][1]["com.openexchange.mail.conversion.mailid"], "9"), "contact", **folder).expect_error("MSG-0049")
    convert(client, place("4711"), "contact", **folder).expect_error("MSG-0032")
    convert(client, {**source, "identifier": "com.openexchange.mail.ical"}, "ical").expect_error("DATA-0007")
    convert(client, source, "ical").expect_error("DATA-0006")
    convert(client, source, "pigeon").expect_error("DATA-0005")
    convert(client, {**source, "identifier": "pigeon"}, "contact").expect_error("DATA-0004")
    client.put("conversion", [], action="convert").expect_error("SVL-0028")


def test_contacts_go_out_as_cards(api):
    contact = api.user(1).put("contacts", {"folder_id": api.private_folder(), "display_name": "Jo"}, action="new").data["id"]
    mail = {"from": [["", api.mail("user1")]], "to": [["", api.mail("user1")]], "subject": "cards", "flags": 4,
            "attachments": [{"content_type": "text/plain", "content": "text"}]}

    def save(**source):
        body = {**mail, "datasources": [{"identifier": "com.openexchange.contact", **source}]}
        return api.user(1).multipart("mail", {"json_0": json.dumps(body)}, {}, action="new")

    path = save(args=[{"folder": api.private_folder(), "id": contact}]).data
    draft = api.user(1).get("mail", action="get", folder="default0/Drafts", id=path.rpartition("/")[2], unseen=True).data
    [_, card] = draft["attachments"]
    assert card["content_type"].startswith("text/vcard") and card["filename"] == "Jo.vcf"
    source = api.user(1).get("mail", action="attachment", folder="default0/Drafts", id=draft["id"], attachment=card["id"])
    assert b"FN:Jo" in source.body
    save(args=[{"folder": api.private_folder(), "id": 4711}]).expect_error("CON-0125")
    save(args=[{"id": "x"}]).expect_error("MSG-0022")
    save(identifier="com.openexchange.other", args=[]).expect_error("MSG-0087")
