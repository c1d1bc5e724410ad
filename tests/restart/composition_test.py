"""A mail that somebody writes outlives the server and its mail server: text and attachments are there until it is saved."""

import json

from support.groupware import Groupware
from support.mail_servers import MailPair, missing_programs
from support.runner import Skipped


def test_a_composition_space_survives_a_restart_and_a_lost_mail_server():
    if missing := missing_programs():
        raise Skipped(f"missing: {missing}")
    with MailPair() as mail, Groupware(mail=mail) as server:
        api = server.tenant()
        client = api.user(1)
        space = client.call("POST", "mail/compose", {}, b"[]", {"Content-Type": "application/json"}).data["id"]
        path = f"mail/compose/{space}"
        client.call("PATCH", path, {}, b'{"subject": "kept"}', {"Content-Type": "application/json"}).data
        file = client.multipart(f"{path}/attachments", {}, {"file": ("a.txt", "text/plain", b"bytes")}, plainJson=True).data
        server.httpd.terminate()
        server.httpd.start_again()
        client.close()
        kept = client.get(path).data
        assert kept["subject"] == "kept" and [each["id"] for each in kept["attachments"]] == [file["id"]]
        assert client.get(f"{path}/attachments/{file['id']}").body == b"bytes"
        model = {"JSON": json.dumps({**kept, "to": [[None, api.mail("user1")]]})}
        mail.dovecot.kill_group()
        refused = client.multipart(f"{path}/save", model, {}, plainJson=True)
        assert refused.code.startswith("MSG-10"), refused.text
        assert client.get(path).data["to"] == [[None, api.mail("user1")]]
        assert mail.dovecot.start_again()
        draft = client.multipart(f"{path}/save", model, {}, plainJson=True).data
        assert draft.startswith("default0/Drafts/") and client.get("mail/compose").data == []
        api.close()
