"""What accounts may reach: by default nothing that is not public, usual ports only, and here nothing without TLS."""

MAIL = True
DIRECTIVES = """
GroupwareMailAccounts 3
GroupwareMailAccountTls required=on
"""
ENTERED = {"name": "x", "login": "x", "password": "x", "primary_address": "x@example.test", "mail_secure": True}


def new(api, url: str, **members):
    return api.put("account", {**ENTERED, "mail_url": url, **members}, action="new")


def test_own_networks_are_out_of_reach_however_they_are_written(api):
    for host in ("127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "[::1]", "[::ffff:127.0.0.1]", "10.1.2.3",
                 "192.168.0.1", "169.254.169.254", "[fe80::1]", "0.0.0.0"):
        new(api, f"imaps://{host}").expect_error("ACC-0025")
    new(api, "imaps://192.0.2.1", transport_url="smtps://127.0.0.1").expect_error("ACC-0025")
    assert len(api.get("account", action="all", columns="1001").data) == 1


def test_other_ports_are_out_of_reach(api):
    for port in (22, 80, 3306, 11211):
        new(api, f"imaps://192.0.2.1:{port}").expect_error("ACC-0025")


def test_without_tls_there_is_no_account(api):
    new(api, "imap://192.0.2.1", mail_secure=False).expect_error("MSG-0111")


def test_trying_is_refused_with_a_warning(api):
    port = api.server.mail.dovecot.ports["imaps"]
    for url, code in ((f"imaps://127.0.0.1:{port}", "ACC-0025"), ("imaps://localhost", "ACC-0025"),
                      ("imap://192.0.2.1", "MSG-0111")):
        answer = api.put("account", {**ENTERED, "mail_secure": False, "mail_url": url}, action="validate")
        told = answer.json["warnings"]
        codes = {entry["code"] for entry in (told if isinstance(told, list) else [told])}
        assert answer.json["data"] is False and code in codes, (url, codes)
