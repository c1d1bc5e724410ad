"""Where a master signs in, an administrator of a context may act for its users, and nobody else may."""

from support.managesieve import ManageSieve

MAIL = True
DIRECTIVES = ("GroupwareSieveMaster master msecret\nGroupwareSieveDenyRedirect evil.test\nGroupwareSieveRedirects 1\n"
              "GroupwareSieveHide test:body comparison:regex\nGroupwareSieveScript rules")
V2 = "mailfilter/v2"
RULE = {"rulename": "by admin", "test": {"id": "true"}, "actioncmds": [{"id": "keep"}]}


def test_an_administrator_acts_for_a_user(api):
    api.user(1)
    # Cyrus knows nobody who was never there.
    api.server.mail.add_login(f"oxadmin.{api.context_id}")
    assert api.admin.put(V2, RULE, action="new", username="user1").data == 0
    assert [rule["rulename"] for rule in api.get(V2, action="list").data] == ["by admin"]
    assert api.admin.get(V2, action="list").data == []
    api.user(2).get(V2, action="list", username="user1").expect_error("MAIL_FILTER-0027")
    assert len(api.get(V2, action="list", username="user1").data) == 1
    api.admin.get(V2, action="list", username="nobody").expect_error("MAIL_FILTER-0002")


def test_the_policy_of_the_configuration_holds(api):
    def redirect(to: str) -> dict:
        return RULE | {"actioncmds": [{"id": "redirect", "to": to}]}

    api.put(V2, redirect("a@mx.evil.test"), action="new").expect_error("MAIL_FILTER-0024")
    api.put(V2, redirect("a@example.test"), action="new").data
    api.put(V2, redirect("b@example.test"), action="new").expect_error("MAIL_FILTER-0024")
    config = api.get(V2, action="config").data
    assert "body" not in [test["id"] for test in config["tests"]]
    assert not [test for test in config["tests"] if "regex" in test.get("comparisons", [])]
    with ManageSieve(api.server.mail.mailboxes.ports["sieve"], f"user1.{api.context_id}") as scripts:
        assert scripts.command("LISTSCRIPTS") == b'"rules" ACTIVE\r\n'
