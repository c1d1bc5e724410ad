"""Signatures: written, read, shared, with their files and images."""

import base64
import json
import re

from support.pictures import png

MAIL = True


def new(client, **members) -> str:
    return client.put("snippet", {"type": "signature", "module": "io.ox/mail", "displayname": "x", "content": "", **members},
                      action="new").data


def get(client, id: str) -> dict:
    return client.get("snippet", action="get", id=id).data


def attach(client, id: str, name: str, content: bytes, media_type: str = "image/png", kind: str = "image"):
    return client.multipart("snippet", {}, {"file": (name, media_type, content)}, action="attach", id=id, type=kind)


def test_a_signature_is_written_changed_listed_and_deleted(api):
    client = api.user(1)
    id = new(client, displayname="Büro", content="--\nAnn & Co <b", misc={"insertion": "above"}, accountid=0)
    kept = get(client, id)
    assert kept == {"id": id, "accountid": 0, "createdby": client.user_id, "displayname": "Büro", "type": "signature",
                    "module": "io.ox/mail", "shared": False, "content": "--\nAnn & Co <b", "misc": {"insertion": "above"}, "files": []}
    answer = client.put("snippet", {"displayname": "Home", "misc": None, "shared": True}, action="update", id=id).data
    assert answer["displayname"] == "Home" and "misc" not in answer and answer["content"] == kept["content"] and answer == get(client, id)
    other = new(client, type="template", misc="above")
    assert [each["id"] for each in client.get("snippet", action="all").data] == [id, other]
    assert [each["id"] for each in client.get("snippet", action="all", type="signature").data] == [id]
    assert [each["misc"] for each in client.put("snippet", [other], action="list").data] == ["above"]
    assert client.get("quota", action="get", module="snippet").data["snippet"]["accounts"][0]["countuse"] == 2
    assert client.put("snippet", [id, other], action="delete").data is None
    client.get("snippet", action="get", id=id).expect_error("SNIPPET-0004")
    assert client.get("snippet", action="all").data == []


def test_others_read_what_is_shared_and_nothing_else(api):
    client, other = api.user(1), api.user(2)
    own, shared = new(client), new(client, shared=True)
    attach(client, shared, "a.png", png()).data
    file = get(client, shared)["files"][0]["id"]
    assert [each["id"] for each in other.get("snippet", action="all").data] == [shared]
    assert other.get("snippet", action="getattachment", id=shared, attachmentid=file).body == png()
    other.get("snippet", action="get", id=own).expect_error("SNIPPET-0004")
    other.put("snippet", [own], action="list").expect_error("SNIPPET-0004")
    other.put("snippet", {"content": "x"}, action="update", id=own).expect_error("SNIPPET-0004")
    for refused in (other.put("snippet", {"content": "x"}, action="update", id=shared), attach(other, shared, "b.png", png()),
                    other.put("snippet", [{"id": file}], action="detach", id=shared), other.put("snippet", [shared], action="delete")):
        refused.expect_error("SNIPPET-0007")
    trap = new(client, shared=True, content="<img src=x onerror=run() ", misc={"content-type": "text/plain"})
    assert "onerror" in get(client, trap)["content"] and "onerror" not in get(other, trap)["content"]
    assert len(get(client, shared)["files"]) == 1 and get(client, shared)["content"] == ""


def test_html_is_cleaned_and_images_stay_with_the_signature(api):
    client = api.user(1)
    parked = client.multipart("file", {}, {"file": ("logo.png", "image/png", png(2, 2))}, action="new", module="mail", type="image").data[0]
    inline = "data:image/png;base64," + base64.b64encode(png(3, 3)).decode()
    id = new(client, content=f'<p onclick="x()">Ann <img src="/ajax/file?action=get&amp;id={parked}"><img src="{inline}"></p>'
                             "<script>bad()</script>", misc={"content-type": "text/html"})
    kept = get(client, id)
    assert "script" not in kept["content"] and "onclick" not in kept["content"] and "data:" not in kept["content"]
    addresses = re.findall(r'src="(/ajax/image/snippet/image\?[^"]*)"', kept["content"])
    assert len(addresses) == 2 == len(kept["files"]) and {each["mimetype"] for each in kept["files"]} == {"image/png"}
    # As a browser fetches it: without the parameter.
    seen = client.request("GET", addresses[0].replace("&amp;", "&"))
    assert seen.body == png(2, 2) and seen.headers["Content-Type"] == "image/png"
    again = client.put("snippet", {"content": kept["content"]}, action="update", id=id).data
    assert again["content"] == kept["content"] and again["files"] == kept["files"]
    one = client.put("snippet", {"content": f'<p>Ann <img src="{addresses[1]}"></p>'}, action="update", id=id).data
    assert [each["id"] for each in one["files"]] == [kept["files"][1]["id"]]
    assert client.get("image/snippet/image", id=id, uid=kept["files"][0]["contentid"]).status == 404

    mail = {"from": [[None, api.mail("user1")]], "to": [[None, api.mail("user1")]], "subject": "signed",
            "attachments": [{"content_type": "text/html", "content": one["content"]}]}
    folder, _, sent = client.multipart("mail", {"json_0": json.dumps(mail)}, {}, action="new").data.rpartition("/")
    [_, image] = client.get("mail", action="get", folder=folder, id=sent).data["attachments"]
    assert image["content_type"] == "image/png" and image["disp"] == "inline"


def test_files_are_attached_and_detached(api):
    client = api.user(1)
    id = new(client)
    page = attach(client, id, "a.png", png())
    assert page.callback == "callback_attach" and page.data == id
    attach(client, id, "b.txt", b"text", "text/plain", "file").data
    attach(client, id, "c.txt", b"text", "text/plain").expect_error("SVL-0022")
    attach(client, id, "c.png", png(), kind="moon").expect_error("SVL-0010")
    first, second = get(client, id)["files"]
    assert (first["filename"], first["size"], second["mimetype"]) == ("a.png", len(png()), "text/plain")
    answer = client.get("snippet", action="getattachment", id=id, attachmentid=second["id"])
    assert answer.body == b"text"
    assert client.put("snippet", [{"id": first["id"]}, {"id": "gone"}], action="detach", id=id).data == id
    assert get(client, id)["files"] == [second]
    assert client.get("snippet", action="getattachment", id=id, attachmentid=first["id"]).status == 500
    assert client.get("image/snippet/image", id=id, uid=second["id"]).status == 404


def test_what_is_no_snippet_is_refused(api):
    client = api.user(1)
    id = new(client)
    client.put("snippet", {"content": "x" * 1_048_577}, action="update", id=id).expect_error("SNIPPET-0010")
    client.put("snippet", {"content": 7}, action="update", id=id).expect_error("SVL-0010")
    client.put("snippet", {"shared": []}, action="update", id=id).expect_error("SVL-0010")
    client.put("snippet", [], action="new").expect_error("SVL-0028")
    client.put("snippet", {}, action="delete").expect_error("SVL-0028")
    client.get("snippet", action="get", id="x").expect_error("SNIPPET-0004")
    assert client.get("snippet", action="get").status == 400


def test_signatures_go_with_their_user(api):
    id = new(api.user(2), shared=True)
    attach(api.user(2), id, "a.png", png()).data
    api.server.ctl_with_config("user", "delete", "--context", api.context_id, "--name", "user2")
    assert api.get("snippet", action="all").data == []
    store = api.server.httpd.folder / "data" / "files" / f"{api.context_id}_ctx_store"
    assert [path for path in store.rglob("*") if path.is_file()] == []
