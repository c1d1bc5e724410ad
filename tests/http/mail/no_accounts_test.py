"""Without GroupwareMailAccounts users have the account of the configuration and no other."""

MAIL = True


def test_further_accounts_need_the_directive(api):
    entered = {"name": "x", "mail_url": "imaps://192.0.2.1", "login": "x", "password": "x", "primary_address": "x@example.test"}
    for action in ("new", "validate"):
        api.put("account", entered, action=action).expect_error("ACC-0014")
    assert "multiple_mail_accounts" not in [entry["id"] for entry in api.get("capabilities", action="all").data]
    assert api.get("account", action="status", id=0).data == {"status": "ok"}
    api.form("autoconfig", {"email": "ann@x.test", "password": "x"}, action="get").expect_error("ACC-0014")
