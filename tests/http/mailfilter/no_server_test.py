"""Without a filter server in the configuration there are no rules."""

DIRECTIVES = "GroupwareMailServer imap://127.0.0.1:1 tls=none"


def test_rules_are_not_offered(api):
    ids = [entry["id"] for entry in api.get("capabilities", action="all").data]
    assert "webmail" in ids and "mailfilter" not in ids and "mailfilter_v2" not in ids
    api.get("mailfilter", action="list").expect_error("MAIL_FILTER-0027")
    api.put("mailfilter/v2", None, action="getscript").expect_error("MAIL_FILTER-0027")
