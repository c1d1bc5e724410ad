"""Nobody listens where the filter server should be: rules say so, and nothing else suffers."""

DIRECTIVES = ("GroupwareMailServer imap://127.0.0.1:1 tls=none\nGroupwareSieveServer sieve://127.0.0.1:1 tls=none\n"
              "GroupwareSieveTimeouts connect=2s read=2s")


def test_rules_tell_that_their_server_is_away(api):
    keep = {"test": {"id": "true"}, "actioncmds": [{"id": "keep"}]}
    for module in ("mailfilter", "mailfilter/v2"):
        api.get(module, action="config").expect_error("MAIL_FILTER-0014")
        api.get(module, action="list").expect_error("MAIL_FILTER-0014")
        # Twice: the first one gave back its turn.
        for _ in range(2):
            api.put(module, keep, action="new").expect_error("MAIL_FILTER-0014")
        api.put(module, {"id": 1}, action="delete").expect_error("MAIL_FILTER-0014")
        api.put(module, None, action="getscript").expect_error("MAIL_FILTER-0014")
        api.put(module, None, action="deletescript").expect_error("MAIL_FILTER-0014")
    # What is wrong in itself is told without the server.
    api.put("mailfilter", {"id": "x"}, action="delete").expect_error("MAIL_FILTER-0009")
    assert api.get("contacts", action="all", folder=api.private_folder(), columns="1").data == []
