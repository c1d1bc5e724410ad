"""Nobody listens where the mail server should be: mail says so, and nothing else suffers."""

DIRECTIVES = "GroupwareMailServer imap://127.0.0.1:1 tls=none\nGroupwareMailTimeouts connect=2s read=2s"


def test_mail_tells_that_its_server_is_away(api):
    api.get("mail", action="all", folder="default0/INBOX", columns="600").expect_error("MSG-1016")
    api.put("mail", [{"folder": "default0/INBOX", "id": "1"}], action="list", columns="600").expect_error("MSG-1016")
    api.get("folders", action="get", id="default0/INBOX").expect_error("MSG-1016")


def test_the_folder_tree_goes_without_mail_folders(api):
    own = api.get("folders", action="list", parent="1", columns="1,301", tree=1).data
    assert [api.private_folder(), "contacts"] in own and not [row for row in own if row[1] == "mail"]
    assert ["default0"] in api.get("folders", action="list", parent="1", columns="1", tree=0).data


def test_the_account_is_there_without_the_names_of_its_folders(api):
    assert api.get("account", action="all", columns="1001,1027").data == [[0, None]]


def test_who_has_no_outgoing_server_cannot_send(api):
    mail = '{"from":[[null,"%s"]],"to":[[null,"x@example.test"]],"attachments":[{"content_type":"text/plain","content":"x"}]}'
    answer = api.multipart("mail", {"json_0": mail % api.mail("user1")}, {}, action="new")
    answer.expect_error("MSG-0065")


def test_a_bundle_answers_for_each_of_its_calls(api):
    first, second = api.multiple([{"module": "mail", "action": "count", "folder": "default0/INBOX"},
                                  {"module": "contacts", "action": "all", "folder": api.private_folder(), "columns": "1"}])
    assert first["code"] == "MSG-1016" and second["data"] == []
