"""Mail accounts that an administrator gives: they are there with their mails, and only he changes them."""

from support import provisioning
from support.groupware import PASSWORD
from support.provisioning import credentials, soap

MAIL = True
DIRECTIVES = provisioning.DIRECTIVES + """
GroupwareMailAccounts 3
GroupwareMailAccountDeny none
GroupwareMailAccountPorts any
GroupwareMailAccountTls verify=off
"""


def login(api, name: str) -> str:
    return f"{name}.{api.context_id}"


def save(api, name: str, subject: str) -> None:
    api.server.mail.dovecot.save(login(api, name), (
        f"From: Ann <ann@example.org>\r\nTo: x@example.test\r\nSubject: {subject}\r\n"
        f"Date: Mon, 01 Jul 2024 10:00:00 +0200\r\nMessage-ID: <{subject}@x.test>\r\n\r\ntext\r\n").encode())


def given(api, name: str, **members) -> dict:
    return {"primaryAddress": f"{login(api, name)}@example.test", "name": f"Team {name}", "login": login(api, name),
            "personal": f"The {name}", **members}


def own_server(api) -> dict:
    return {"mailEndpointSource": "none", "mailServer": "127.0.0.1", "mailProtocol": "imap", "mailStartTls": True,
            "mailPort": api.server.mail.dovecot.ports["imap"], "password": PASSWORD}


def further(client) -> dict:
    rows = client.get("account", action="all", columns="1001,1007,1006").data
    return {row[1]: row[0] for row in rows if row[0] != 0}


def subjects(client, account: int) -> list:
    return [row[0] for row in client.get("mail", action="all", folder=f"default{account}/INBOX", columns="607").data]


def refused(call, **arguments) -> str:
    zeep = provisioning.zeep_module()
    try:
        call(**arguments)
    except zeep.exceptions.Fault as fault:
        return fault.detail[0].tag.split("}")[1]
    return "none"


def test_a_group_has_a_mailbox_with_a_password_that_nobody_sees(api):
    first, second = api.user(1), api.user(2)
    service, ctx, admin = soap(api, "OXSecondaryAccountService"), {"id": api.context_id}, credentials("oxadmin")
    save(api, "team", "for the team")
    service.create(context=ctx, accountDataOnCreate=given(api, "team", **own_server(api)), groups=[{"id": 0}], auth=admin)
    address = f"{login(api, 'team')}@example.test"
    for client in (first, second):
        account = further(client)[address]
        assert subjects(client, account) == ["for the team"]
        read = client.get("account", action="get", id=account)
        assert read.data["name"] == "Team team" and "password" not in read.data and PASSWORD not in str(read.data), read.data
        assert f"default{account}/INBOX" in [row[0] for row in client.get(
            "folders", action="list", parent=f"default{account}", columns="1", tree=1).data]
    account = further(first)[address]
    for change in ({"mail_url": "imap://elsewhere.test"}, {"login": "x"}, {"password": "x"},
                   {"primary_address": "x@example.test"}):
        first.put("account", {"id": account, **change}, action="update").expect_error("ACC-0027")
    first.put("account", [account], action="delete").expect_error("ACC-0027")
    # Trying it elsewhere asks the server it is at: the password goes nowhere else.
    assert first.put("account", {"id": account, "mail_url": "imap://192.0.2.1:1"}, action="validate").data is True
    assert first.put("account", {"id": account, "name": "Mine"}, action="update").json["data"]["name"] == "Mine"
    assert subjects(first, account) == ["for the team"]
    told = service.list(context=ctx, auth=admin)
    # Everybody: the two, and the administrator.
    assert {each.primaryAddress for each in told} == {address} and len(told) >= 3, told
    assert refused(service.create, context=ctx, accountDataOnCreate=given(api, "team", **own_server(api)),
                   groups=[{"id": 0}], auth=admin) == "InvalidDataException"
    service.delete(context=ctx, primaryAddress=address, groups=[{"id": 0}], auth=admin)
    assert not service.list(context=ctx, auth=admin) and further(first) == {} and further(second) == {}
    first.get("mail", action="all", folder=f"default{account}/INBOX", columns="607").expect_error("ACC-0002")


def test_at_the_servers_of_the_configuration_with_the_users_own_password(api):
    """As the connector of a directory gives it: no server, no password."""
    first = api.user(1)
    service, ctx, admin = soap(api, "OXSecondaryAccountService"), {"id": api.context_id}, credentials("oxadmin")
    api.server.mail.save(
        login(api, "shared"), b"From: a@example.org\r\nSubject: shared one\r\nMessage-ID: <s@x.test>\r\n\r\ntext\r\n")
    service.create(context=ctx, accountDataOnCreate=given(api, "shared", mailEndpointSource="primary"),
                   users=[{"name": "user1"}], auth=admin)
    account = further(first)[f"{login(api, 'shared')}@example.test"]
    assert subjects(first, account) == ["shared one"]
    assert further(api.user(2)) == {}
    assert first.get("account", action="status", id=account).data["status"] == "ok"


def test_what_is_refused(api):
    service, ctx, admin = soap(api, "OXSecondaryAccountService"), {"id": api.context_id}, credentials("oxadmin")
    create = {"context": ctx, "auth": admin, "users": [{"name": "oxadmin"}]}
    for wrong in ({"mailEndpointSource": "localhost"}, {"mailEndpointSource": "none"},
                  {**own_server(api), "password": None}, {**own_server(api), "primaryAddress": "nobody"}):
        assert refused(service.create, accountDataOnCreate=given(api, "x", **wrong) | wrong,
                       **create) == "InvalidDataException", wrong
    fine = given(api, "x", **own_server(api))
    assert refused(service.create, **{**create, "users": []}, accountDataOnCreate=fine) == "InvalidDataException"
    assert refused(service.create, **{**create, "users": [{"name": "nobody"}]},
                   accountDataOnCreate=fine) == "NoSuchUserException"
    assert refused(service.list, context=ctx, auth=credentials("user1")) == "InvalidCredentialsException"
