"""The error log as an administrator reads it: levels, secrets, and what a wrong configuration is told."""

from support.groupware import PASSWORD, Groupware


def lines_of(server: Groupware) -> list[str]:
    return [line for line in server.httpd.log_text().splitlines() if "[groupware:" in line]


def test_the_level_of_this_module_can_be_set_alone():
    for directives, is_talkative in (("", False), ("LogLevel groupware:debug\n", True)):
        with Groupware(directives=directives) as server:
            api = server.tenant()
            api.get("contacts", action="nonsense").expect_error("SVL-0021")
            assert any("GW0001" in line for line in lines_of(server)) == is_talkative
            api.close()


def test_no_secret_enters_the_log_at_any_level():
    with Groupware(directives="LogLevel trace8\n", always_fine=(r"\[(?!groupware)",)) as server:
        api = server.tenant()
        client = api.user(1)
        cookies = dict(client.cookies)
        client.get("config/identifier", session="0123456789abcdef" * 2).expect_error("SES-0203")
        client.cookies.clear()
        client.get("config/identifier").expect_error("SES-0206")
        client.cookies.update(cookies)
        api.anonymous().try_login(api.login_name("user1"), "not-the-password").expect_error("LGI-0006")
        ours = "\n".join(lines_of(server))
        assert "SES-0203" in ours and "SES-0206" in ours
        for secret in (client.session, "0123456789abcdef" * 2, "not-the-password", PASSWORD + '"', *cookies.values()):
            assert secret not in ours, secret
        api.close()


def test_a_configuration_says_what_to_change():
    """Combinations that no single directive can judge; single values are in tests/boundary."""
    for directives, wanted in (
            ("GroupwareSessionLifetime short=2h long=1h\n", "swap them or raise long"),
            ("GroupwareSessionLimits node=5 user=10\n", "raise node"),
            ("GroupwareSessionCache redis:127.0.0.1:6379\n", "a2enmod socache_redis"),
            ("GroupwareUploadFolder /does/not/exist\n", "make it: install -d"),
            ("GroupwareUploadLimit 1M\n", "raise GroupwareUploadLimit"),
            ("LimitRequestBody 1000\n", "raise LimitRequestBody or lower GroupwareBodyLimit")):
        server = Groupware(directives=directives)
        try:
            said = server.httpd.check_config()
            assert said.returncode != 0 and "GW0211" in said.stderr and wanted in said.stderr, directives + said.stderr
        finally:
            server.httpd.stop()


def test_a_host_without_the_api_may_have_a_smaller_limit():
    server = Groupware(directives="<VirtualHost *:81>\nGroupwareApi Off\nLimitRequestBody 1000\n</VirtualHost>\n")
    try:
        said = server.httpd.check_config()
        assert said.returncode == 0, said.stderr
    finally:
        server.httpd.stop()
