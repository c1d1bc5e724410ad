"""Where the API answers, and what may stand in front of it: Location, SetHandler, Alias, Redirect, Require, mod_status."""

from support.groupware import Groupware

SWITCHED_ON = "GroupwareApi On\nGroupwareApiRoot /ajax\n"


def server(directives: str) -> Groupware:
    """With `directives` in the place of those that switch the API on; {folder} stands for the server's folder."""
    made = Groupware()
    assert SWITCHED_ON in made.httpd.config
    made.httpd.config = made.httpd.config.replace(SWITCHED_ON, directives.replace("{folder}", str(made.httpd.folder)))
    return made


def statuses(made: Groupware, *paths: str) -> dict[str, int]:
    client = made.client()
    found = {}
    for path in paths:
        answer = client.request("GET", f"{path}?action=nonsense")
        found[path] = answer.status
        # An answer of the API, not a page of httpd that happens to have this status.
        assert answer.status != 200 or answer.json["code"].startswith("SVL-"), answer.text
    client.close()
    return found


def test_without_a_directive_the_api_answers_nowhere():
    with server("") as made:
        assert statuses(made, "/ajax/login", "/appsuite/api/login") == {"/ajax/login": 404, "/appsuite/api/login": 404}


def test_a_location_makes_a_root_of_its_own():
    with server('<Location "/mail/api">\nGroupwareApi On\n</Location>\n') as made:
        assert statuses(made, "/mail/api/login", "/mail/apilogin", "/ajax/login") == {
            "/mail/api/login": 200, "/mail/apilogin": 404, "/ajax/login": 404}


def test_sethandler_and_locationmatch_open_the_usual_roots():
    for directives in ('<Location "/ajax">\nSetHandler groupware\n</Location>\n',
                       '<LocationMatch "^/ajax/">\nGroupwareApi On\n</LocationMatch>\n'):
        with server(directives) as made:
            assert statuses(made, "/ajax/login", "/appsuite/api/login") == {"/ajax/login": 200, "/appsuite/api/login": 404}


def test_off_takes_a_part_out_again():
    with server('GroupwareApi On\n<Location "/ajax/contacts">\nGroupwareApi Off\n</Location>\n') as made:
        assert statuses(made, "/ajax/login", "/ajax/contacts", "/appsuite/api/contacts") == {
            "/ajax/login": 200, "/ajax/contacts": 404, "/appsuite/api/contacts": 200}


def test_neither_an_alias_of_everything_nor_a_closed_disk_is_in_the_way():
    with server('GroupwareApi On\nAlias / "{folder}/htdocs/"\n<Directory />\nRequire all denied\nAllowOverride None\n</Directory>\n'
                '<Directory "{folder}/htdocs">\nRequire all granted\n</Directory>\n') as made:
        assert statuses(made, "/ajax/login") == {"/ajax/login": 200}


def test_redirects_and_access_control_come_first():
    with server('GroupwareApi On\nRedirect permanent /ajax/login https://example.test/\n'
                '<Location "/ajax/contacts">\nRequire all denied\n</Location>\n') as made:
        made.announce("AH01630")  # "client denied by server configuration"
        assert statuses(made, "/ajax/login", "/ajax/contacts", "/ajax/folders") == {
            "/ajax/login": 301, "/ajax/contacts": 403, "/ajax/folders": 200}


def test_the_status_page_counts_the_requests_of_all_processes():
    status = '<Location "/server-status">\nSetHandler server-status\n</Location>\n'
    with server(SWITCHED_ON + status) as made:
        for _ in range(5):
            statuses(made, "/ajax/login")
        client = made.client()
        client.request("PROPFIND", "/ajax/login")
        short = dict(line.split(": ", 1) for line in client.request("GET", "/server-status?auto").text.splitlines()
                     if line.startswith("Groupware"))
        assert int(short["GroupwareRequests"]) == 6 and int(short["GroupwareRefused"]) == 1, short
        assert int(short["GroupwareRequestsRunning"]) == 0 and int(short["GroupwareErrors"]) == 0, short
        page = client.request("GET", "/server-status").text
        assert "<h2>Groupware</h2>" in page and "Session cache hits" in page
        client.close()
    with server(SWITCHED_ON + status + "GroupwareStatus Off\n") as made:
        assert "Groupware" not in made.client().request("GET", "/server-status?auto").text


def test_trust_in_another_module_is_given_in_locations_only():
    trust = "GroupwareTrustedUser On\n"
    for directives, is_fine in (
            (f"GroupwareApi On\n<Location /ajax/login>\n{trust}</Location>\n", True),
            (f'GroupwareApi On\n<LocationMatch "^/ajax/log(in|out)">\n{trust}</LocationMatch>\n', True),
            (f"GroupwareApi On\n{trust}", False),
            (f"GroupwareApi On\n<VirtualHost *:81>\n{trust}</VirtualHost>\n", False),
            (f'GroupwareApi On\n<Directory "/">\n{trust}</Directory>\n', False),
            (f'GroupwareApi On\n<Location /ajax>\n<If "true">\n{trust}</If>\n</Location>\n', False)):
        made = server(directives)
        try:
            said = made.httpd.check_config()
            assert (said.returncode == 0) == is_fine, directives + said.stderr
            assert is_fine or "write it into the <Location>" in said.stderr, said.stderr
        finally:
            made.httpd.stop()
