"""The servers of a mail address: known providers first, then the public directory, here a web server of our own."""

import http.server
import threading

MAIL = True

DOCUMENT = """<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="{domain}"><displayName>Provider</displayName>
<incomingServer type="imap"><hostname>192.0.2.2</hostname><port>143</port><socketType>plain</socketType>
<username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></incomingServer>
<incomingServer type="imap"><hostname>{host}</hostname><port>993</port><socketType>SSL</socketType>
<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
<outgoingServer type="smtp"><hostname>{host}</hostname><port>465</port><socketType>SSL</socketType>
<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></outgoingServer>
</emailProvider></clientConfig>"""


class Directory(http.server.BaseHTTPRequestHandler):
    """/<domain>: a document; of `own.test` it names a server inside."""

    def do_GET(self):
        domain = self.path.rpartition("/")[2]
        if domain == "moved.test":
            self.send_response(302)
            self.send_header("Location", "/v1/known.test")
            self.end_headers()
        elif domain in ("known.test", "own.test", "long.test"):
            host = "10.0.0.1" if domain == "own.test" else "192.0.2.1"
            self.send_response(200)
            self.end_headers()
            text = DOCUMENT.format(domain=domain, host=host)
            self.wfile.write((text + " " * (300_000 if domain == "long.test" else 0)).encode())
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


DIRECTORY = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Directory)
threading.Thread(target=DIRECTORY.serve_forever, daemon=True).start()

# Only the address that the directory listens at may be reached inside.
DIRECTIVES = f"""
GroupwareMailAccounts 2
GroupwareMailAccountDeny 10.0.0.0/8
GroupwareMailAutoconfig directory=http://127.0.0.1:{DIRECTORY.server_address[1]}/v1/
GroupwareMailProvider shop.test imap://192.0.2.3 submission://192.0.2.4 login=%u
"""


def find(api, email: str, **fields):
    return api.form("autoconfig", {"email": email, "password": "secret", **fields}, action="get")


def test_a_known_provider_needs_no_look_up(api):
    found = find(api, "Ann@Shop.test").data
    assert found["mail_url"] == "imap://192.0.2.3:143" and found["mail_starttls"] is True
    assert found["login"] == "Ann" and found["transport_url"] == "smtp://192.0.2.4:587"
    assert found["primary_address"] == "Ann@shop.test" and "password" not in found


def test_the_directory_is_asked_for_others(api):
    found = find(api, "ann@known.test").data
    assert (found["mail_server"], found["mail_port"], found["mail_secure"]) == ("192.0.2.1", 993, True)
    assert found["login"] == "ann@known.test" and found["transport_port"] == 465
    plain = find(api, "ann@known.test", force_secure="false").data
    assert (plain["mail_server"], plain["mail_port"], plain["login"]) == ("192.0.2.2", 143, "ann")


def test_what_is_not_found_is_an_empty_object(api):
    for domain in ("unknown.test", "moved.test", "long.test", "own.test"):
        assert find(api, f"ann@{domain}").data == {}, domain


def test_bad_requests_are_refused(api):
    find(api, "ann").expect_error("MSG-1008")
    find(api, "ann@x.test", oauth="1").expect_error("MSG-0108")
    api.form("autoconfig", {"email": "ann@known.test"}, action="get").expect_error("SVL-0002")
    api.form("autoconfig", {"password": "x"}, action="get").expect_error("SVL-0002")
