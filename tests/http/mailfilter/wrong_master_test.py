"""The filter server does not take the password: rules say so, and mail goes on."""

MAIL = True
DIRECTIVES = "GroupwareSieveMaster master wrong"


def test_wrong_credentials_are_told(api):
    # Each refusal makes the server wait longer before the next one.
    api.get("mailfilter", action="config").expect_error("MAIL_FILTER-0002")
    keep = {"test": {"id": "true"}, "actioncmds": [{"id": "keep"}]}
    api.put("mailfilter/v2", keep, action="new").expect_error("MAIL_FILTER-0002")
    assert api.get("mail", action="all", folder="default0/INBOX", columns="600").data == []
