"""Without a mail server in the configuration there is no mail."""


def test_mail_is_not_offered(api):
    assert "webmail" not in [entry["id"] for entry in api.get("capabilities", action="all").data]
    assert api.config("modules/mail/module") is False
    api.get("mail", action="all", folder="default0/INBOX", columns="600").expect_error("MSG-0112")
    api.get("folders", action="get", id="default0").expect_error("FLD-1004")
    api.get("folders", action="allVisible", content_type="mail", columns="1").expect_error("FLD-1005")
    assert ["default0"] not in api.get("folders", action="list", parent="1", columns="1").data
    assert api.get("quota", action="mail").data["quota"] == -1
