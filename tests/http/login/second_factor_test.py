"""The second factor over HTTP. Source: settings, section "multifactor"; conventions 9.4; RFC 6238."""

import base64

from support.groupware import PASSWORD
from support.second_factor import App


def sign_in(api, name: str = "user1"):
    client = api.anonymous()
    answer = client.login(api.login_name(name), PASSWORD)
    return client, answer.json


def is_in(client) -> bool:
    return "data" in client.get("config/identifier").json


def test_a_session_waits_for_the_code_of_the_app(api):
    owner, bystander = api.user(1), api.user(2)
    before, _ = sign_in(api)
    app = App(owner)
    assert base64.b64decode(app.challenge["base64Image"]).startswith(b"\x89PNG")
    assert app.challenge["url"].startswith("otpauth://totp/")
    before.get("config/identifier").expect_error("SES-0203")
    assert is_in(owner) and is_in(bystander)
    client, answer = sign_in(api)
    assert answer["requires_multifactor"] is True
    for module, action in (("config/identifier", "GET"), ("folders", "root"), ("contacts", "all"), ("user", "get"),
                           ("appPasswords", "list"), ("sessionmanagement", "all"), ("token", "acquireToken")):
        client.get(module, action=action).expect_error("MFA-0001")
    assert client.get("multifactor/device", action="all").data == [
        {"id": app.id, "name": "Phone", "providerName": "TOTP", "enabled": True, "backup": False}]
    assert client.put("jslob", ["io.ox/core"], action="list").data[0]["id"] == "io.ox/core"
    app.try_code(client, app.last_code()).expect_error("MFA-0004")  # the set-up has used it
    app.prove(client)
    assert is_in(client)
    # Every process knows it, and so does a session that goes on by its cookies.
    assert all(is_in(client) for _ in range(6))
    again = client.get("login", action="autologin", session=None)
    assert again.json["session"] == client.session and "requires_multifactor" not in again.json


def test_guessing_is_slowed_down(api):
    app = App(api.user(1))
    client, _ = sign_in(api)
    codes = [app.try_code(client, "00000x").code for _ in range(7)]
    assert codes == ["MFA-0004"] * 5 + ["MFA-0005"] * 2
    app.try_code(client, app.next_code()).expect_error("MFA-0005")
    other, _ = sign_in(api)
    app.try_code(other, app.next_code()).expect_error("MFA-0005")
    client.get("config/identifier").expect_error("MFA-0001")


def test_one_code_opens_one_session_however_many_ask_at_once(api):
    import threading
    app = App(api.user(1))
    clients = [sign_in(api)[0] for _ in range(4)]
    code, answers = app.next_code(), []
    threads = [threading.Thread(target=lambda c=client: answers.append(app.try_code(c, code).code)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == ["MFA-0004"] * 3 + [None], answers
    assert [is_in(client) for client in clients].count(True) == 1


def test_backup_codes_work_once_each(api):
    owner = api.user(1)
    App(owner)
    made = owner.put("multifactor/device", {"providerName": "BACKUP_STRING"}, action="startRegistration").data
    codes = made["challenge"]["sharedSecret"].split()
    named = {"providerName": "BACKUP_STRING", "deviceId": made["deviceId"]}
    for number, (code, expected) in enumerate(((codes[0], None), (codes[0], "MFA-0004"), (codes[1].upper(), None))):
        client, _ = sign_in(api)
        length = client.get("multifactor/device", action="startAuthentication", **named).data["challenge"]
        assert length == {"backupStringLength": len(code)}
        answer = client.put("multifactor/device", {"secret_code": code}, action="finishAuthentication", **named)
        assert answer.code == expected, number
        assert is_in(client) == (expected is None)


def test_an_administrator_lets_in_again_who_has_lost_his_phone(api):
    app = App(api.user(1))
    waiting, _ = sign_in(api)
    chosen = ("--context", api.context_id, "--name", "user1")
    assert app.id in api.ctl("user", "multifactor", *chosen)
    assert api.ctl("user", "multifactor", "--delete", *chosen) == "removed: 1\n"
    waiting.get("config/identifier").expect_error("SES-0203")
    client, answer = sign_in(api)
    assert "requires_multifactor" not in answer and is_in(client)


def test_a_deleted_device_is_asked_no_more(api):
    owner = api.user(1)
    app = App(owner)
    renamed = owner.put("multifactor/device", {"id": app.id, "name": "Old phone"}, action="rename", providerName="TOTP")
    assert renamed.data["name"] == "Old phone"
    deleted = owner.call("DELETE", "multifactor/device", {"action": "delete", **app.named()})
    assert deleted.data == [app.id]
    assert owner.get("multifactor/device", action="all").data == []
    client, answer = sign_in(api)
    assert "requires_multifactor" not in answer and is_in(client)
