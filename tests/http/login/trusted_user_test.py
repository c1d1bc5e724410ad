"""Users whom another module of the web server signs in: here mod_auth_basic with a file of its own. docs/sign-in.md"""

import atexit
import base64
import pathlib
import shutil
import tempfile

from support.client import ApiClient
from support.groupware import PASSWORD
from support.second_factor import App
from support.servers import modules_folder

FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="gwtrust-", dir="/tmp"))
atexit.register(shutil.rmtree, FOLDER, True)
FOLDER.chmod(0o755)
USERS = FOLDER / "users"
USERS.touch(0o644)
#: Of "letmein", which is nobody's password here.
HASH = "{SHA}t6h1/B6iKLkGEEG3zsS9PFKrPOM="
LOADS = "\n".join(f"LoadModule {name}_module {modules_folder()}/mod_{name}.so"
                  for name in ("authn_core", "auth_basic", "authn_file", "authz_user"))
BASIC = f"GroupwareApi On\nAuthType Basic\nAuthName SSO\nAuthBasicProvider file\nAuthUserFile {USERS}\nRequire valid-user"
# A module that signs users in sets variables; mod_setenvif stands for it.
DIRECTIVES = f"""
{LOADS}
LogLevel auth_basic:crit
<Location /sso>
{BASIC}
GroupwareTrustedUser On logout=https://idp.test/logout
</Location>
SetEnvIf User-Agent "company=(\\S+)" COMPANY=$1
<Location /company>
{BASIC}
GroupwareTrustedUser On context-variable=COMPANY second-factor=done
</Location>
<Location /untrusted>
{BASIC}
</Location>
<Location /open>
GroupwareApi On
GroupwareTrustedUser On
Require all granted
</Location>
"""


def browser(api, root: str, name: str, agent: str | None = None) -> tuple[ApiClient, dict]:
    """A browser and the header by which mod_auth_basic knows `name`."""
    with USERS.open("a") as users:
        users.write(f"{name}:{HASH}\n")
    client = ApiClient(api.server.port, root, agent)
    api.all_clients.append(client)
    return client, {"Authorization": "Basic " + base64.b64encode(f"{name}:letmein".encode()).decode()}


def autologin(client: ApiClient, headers: dict):
    answer = client.get("login", headers, action="autologin", client="web", session=None)
    client.session = answer.json.get("session") if answer.status == 200 else None
    return answer


def test_who_was_proved_needs_no_password_of_ours(api):
    owner = api.user(1)
    client, proved = browser(api, "/sso", api.login_name("user1"))
    answer = autologin(client, proved)
    assert answer.json["user_id"] == owner.user_id and answer.json["context_id"] == api.context_id
    assert client.get("config/identifier", proved).data == owner.user_id
    # The session is an ordinary one, wherever the API answers.
    client.root = "/ajax"
    assert client.get("config/identifier").data == owner.user_id


def test_a_browser_is_sent_to_the_ui_and_back_to_where_it_came_from(api):
    api.user(1)
    client, proved = browser(api, "/sso", api.login_name("user1"))
    answer = client.get("login/httpAuth", proved)
    assert answer.status == 302 and answer.headers["Location"].startswith("/appsuite/#session=")
    client.session = answer.headers["Location"].split("#session=")[1].split("&")[0]
    away = client.get("logout", proved)
    assert away.status == 302 and away.headers["Location"] == "https://idp.test/logout" and client.cookies == {}
    client.get("config/identifier", proved).expect_error("SES-0203")


def test_nobody_is_believed_who_was_not_proved_in_this_request(api):
    owner = api.user(1)
    name = api.login_name("user1")
    client, proved = browser(api, "/open", name)
    forged = {"Remote-User": name, "X-Remote-User": name, "REMOTE_USER": name, "X-Forwarded-User": name, **proved}
    autologin(client, forged).expect_error("SVL-0003")
    for root in ("/ajax", "/untrusted"):
        client.root = root
        autologin(client, forged).expect_error("SVL-0003")
    client.root = "/sso"
    assert client.get("login", {**forged, "Authorization": "Basic !"}, action="autologin").status == 401
    wrong = {"Authorization": "Basic " + base64.b64encode(f"{name}:{PASSWORD}".encode()).decode()}
    assert client.get("login", wrong, action="autologin").status == 401, "our password is not that of the module"
    assert client.cookies == {} and owner.get("config/identifier").data == owner.user_id


def test_users_without_account_here_are_denied(api):
    api.user(1)
    client, proved = browser(api, "/sso", "nobody@" + api.context_name)
    autologin(client, proved).expect_error("LGI-0026")
    assert client.cookies == {}
    api.ctl("user", "disable", "--context", api.context_id, "--name", "user1")
    client, proved = browser(api, "/sso", api.login_name("user1"))
    autologin(client, proved).expect_error("LGI-0013")


def test_a_variable_says_where_a_user_belongs(api):
    owner = api.user(1)
    client, proved = browser(api, "/company", "user1@idp.test", f"company={api.context_name}")
    assert autologin(client, proved).json["user_id"] == owner.user_id
    client, proved = browser(api, "/company", "user1@idp.test", "without one")
    autologin(client, proved).expect_error("SVL-0003")


def test_the_second_factor_is_asked_unless_it_was_proved_there(api):
    App(api.user(1))
    client, proved = browser(api, "/sso", api.login_name("user1"))
    assert autologin(client, proved).json["requires_multifactor"] is True
    client.get("config/identifier", proved).expect_error("MFA-0001")
    client, proved = browser(api, "/company", "user1@x", f"company={api.context_name}")
    assert "requires_multifactor" not in autologin(client, proved).json
    assert client.get("config/identifier", proved).data == api.user(1).user_id
