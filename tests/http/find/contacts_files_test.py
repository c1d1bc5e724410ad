"""The search box in address books and in files."""

from support.files import new_folder, upload
from support.finding import chosen, facets_of, found, place, search, take


def new_contact(api, client, **members) -> str:
    return client.put("contacts", {"folder_id": api.private_folder(client), **members}, action="new").data["id"]


def test_contacts_by_their_texts_kind_and_place(api):
    client = api.user(1)
    ann = new_contact(api, client, display_name="Ann Müller", last_name="Müller", email1="ann@example.test",
                      telephone_home2="+49 30 123", city_other="Köln", note="likes 100% cotton")
    new_contact(api, client, display_name="Team", distribution_list=[
        {"display_name": "x", "mail": "x@example.test", "mail_field": 0}], mark_as_distributionlist=True)
    offered = facets_of(client, "contacts", "muller")
    assert set(offered) == {"global", "name", "email", "phone", "address", "note", "contact", "contact_type", "folder_type"}
    names = lambda *facets: found(client, "contacts", "display_name", *facets)
    for facet, text in (("name", "muller"), ("email", "ann@ex"), ("phone", "30 123"), ("address", "koln"), ("note", "0% c"),
                        ("global", "muller"), ("global", "cotton")):
        assert names(chosen(facet, text)) == ["Ann Müller"], (facet, text)
    for facet, text in (("name", "koln"), ("email", "muller"), ("note", "1%c"), ("name", "m_ller")):
        assert names(chosen(facet, text)) == [], (facet, text)
    assert names(chosen("name", "m*r")) == ["Ann Müller"]
    assert names(chosen("global", "ann", "cotton")) == ["Ann Müller"] and names(chosen("global", "ann", "team")) == []
    one = search(client, "contacts", take(offered["contact"], "Ann Müller")).data["results"][0]
    assert one["id"] == ann and one["display_name"] == "Ann Müller" and one["email1"] == "ann@example.test"
    home = place(api.private_folder())
    assert names(take(offered["contact_type"], "distribution list")) == ["Team"]
    assert names(take(offered["contact_type"], "contact"), home) == ["Ann Müller"]
    assert names(chosen("name", "test"), take(offered["folder_type"], "private")) == []
    assert "User1 Test" in names(chosen("name", "test"), take(offered["folder_type"], "public"))
    assert found(api.user(2), "contacts", "display_name", chosen("global", "cotton")) == []
    search(api.user(2), "contacts", chosen("global", "cotton"), home).expect_error("FLD-0003")


def test_the_administrator_is_left_out_where_that_is_asked_for(api):
    client = api.user(1)
    everybody = chosen("email", "@" + api.mail("x").split("@")[1])
    assert api.mail("oxadmin") in found(client, "contacts", "email1", everybody)
    without = search(client, "contacts", everybody, body={"size": 100, "options": {"admin": False}}).data["results"]
    assert api.mail("user1") in [one["email1"] for one in without]
    assert api.mail("oxadmin") not in [one["email1"] for one in without]


def test_files_by_name_description_type_date_and_folder(api):
    client, home = api.user(1), api.file_folder()
    inner = new_folder(client, home, "Inner")
    upload(client, home, "Übersicht 100%.pdf", b"1", "application/pdf")
    upload(client, home, "photo.jpg", b"2", "image/jpeg", {"description": "an ubersicht"})
    upload(client, inner, "data.bin", b"3", "application/octet-stream", {"description": "x"})
    names = lambda *facets, module="drive", **more: found(client, module, "filename", *facets, **more)
    offered = facets_of(client, "files", "ubersicht")
    assert set(offered) == {"global", "file_name", "file_description", "file_type", "date"}
    assert names(take(offered["global"]), module="files") == ["photo.jpg", "Übersicht 100%.pdf"]
    assert names(take(offered["file_name"])) == ["Übersicht 100%.pdf"]
    assert names(take(offered["file_description"])) == ["photo.jpg"]
    assert names(chosen("file_name", "0%")) == ["Übersicht 100%.pdf"] and names(chosen("file_name", "o_o")) == []
    for kind, expected in (("documents", ["Übersicht 100%.pdf"]), ("images", ["photo.jpg"]), ("other", ["data.bin"]),
                           ("audio", []), ("video", [])):
        assert names(take(offered["file_type"], kind)) == expected, kind
    assert len(names(take(offered["date"], "last_week"))) == 3
    assert names({"facet": "date", "value": "[* TO 1000000000000]", "filter": None}) == []
    own = {"facet": "account", "value": "com.openexchange.infostore://infostore", "filter": None}
    assert names(chosen("global", "data"), place(inner), own) == ["data.bin"]
    assert names(chosen("global", "data"), place(home)) == []
    search(client, "drive", chosen("global", "data"), {**own, "value": "box://1"}).expect_error("FIND-0018")
    one = search(client, "drive", chosen("global", "data"), columns="1,702,704").data["results"][0]
    assert one["filename"] == "data.bin" and one["id"].startswith(f"{inner}/") and one["file_size"] == 1
    other = api.user(2)
    assert found(other, "drive", "filename", chosen("global", "ubersicht")) == []
    search(other, "drive", chosen("global", "data"), place(inner)).expect_error("FLD-0003")
