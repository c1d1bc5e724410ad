"""Guessing passwords and tokens is slowed down as signing in is."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import sharing  # noqa: E402

DIRECTIVES = "GroupwareFailedLogins 20"


def test_guessing_the_password_of_a_link_is_stopped(api):
    file_id = sharing.make_file(api)
    what = sharing.target(file_id.split("/")[0], file_id)
    link = sharing.get_link(api.user(1), what)
    sharing.update_link(api.user(1), what, {"password": "pin"}).data
    client = api.anonymous()
    codes = [sharing.sign_in(client, link["url"], f"guess {number}").code for number in range(11)]
    assert codes == ["LGI-0025"] * 10 + ["LGI-0028"]
    sharing.sign_in(client, link["url"], "pin").expect_error("LGI-0028")
    header = {"Authorization": "Basic YW55Ym9keTpwaW4="}
    assert client.request("GET", sharing.path_of(link["url"]) + "?dl=true", headers=header).status == 429
    # Nobody else is kept out.
    assert api.anonymous().login(api.login_name("user1"), sharing.PASSWORD).json["session"]


def test_guessing_tokens_is_stopped_and_signing_in_is_not(api):
    link = sharing.get_link(api.user(1), sharing.target(sharing.make_folder(api)))
    client = api.anonymous()
    wrong = [f"{int(sharing.token_of(link['url'])[:8], 16):08x}{number:040x}" for number in range(21)]
    answers = [client.request("GET", f"/ajax/share/{token}").status for token in wrong]
    assert answers == [404] * 20 + [429]
    assert sharing.open_link(api, link["url"], client).session
    assert client.login(api.login_name("user1"), sharing.PASSWORD).json["session"]
