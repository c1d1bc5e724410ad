"""The filter server does not take the password: rules say so, and mail goes on."""

MAIL = True
DIRECTIVES = "GroupwareSieveMaster master wrong"


def test_wrong_credentials_are_told(api):
    for module in ("mailfilter", "mailfilter/v2"):
        for action in ("config", "list"):
            api.get(module, action=action).expect_error("MAIL_FILTER-0002")
    assert api.get("mail", action="all", folder="default0/INBOX", columns="600").data == []
