"""SOAP by zeep, by PHP and by node, all from our description as it is served."""

import http.client
import json
import pathlib
import shutil
import subprocess
import time

from support import npm, provisioning
from support.provisioning import MASTER, USERS, credentials, print_rate, soap, user_data, wsdl_url
from support.runner import Skipped
from support.servers import build_folder

DIRECTIVES = provisioning.DIRECTIVES
SERVICES = ("OXContextService", "OXUserService", "OXGroupService", "OXResourceService", "OXUtilService",
            "OXSecondaryAccountService", "OXTaskMgmtService", "UserImportService", "OXResellerService", "OXResellerContextService", "OXResellerUserService",
            "OXResellerGroupService", "OXResellerResourceService")
ENVELOPE = ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{}</s:Body></s:Envelope>')


def expect_fault(name: str, call, *arguments, **named):
    zeep = provisioning.zeep_module()
    try:
        call(*arguments, **named)
    except zeep.exceptions.Fault as fault:
        assert fault.detail is not None and fault.detail[0].tag.endswith("}" + name), (name, fault.message)
        return fault
    raise AssertionError(f"no {name}")


def post(api, service: str, body: str | bytes, content_type: str = "text/xml") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", api.server.port, timeout=60)
    try:
        connection.request("POST", f"/webservices/{service}", body, {"Content-Type": content_type})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_every_description_is_read_by_zeep(api):
    for service in SERVICES:
        assert soap(api, service) is not None


def test_a_context_and_its_users_by_zeep(api):
    provisioning.need_master(api)
    master, admin = credentials(MASTER), credentials("boss")
    contexts, users = soap(api, "OXContextService"), soap(api, "OXUserService")
    number = api.context_id + 100_000
    made = contexts.createModuleAccessByName(
        ctx={"id": number, "name": f"zeep{number}", "maxQuota": 100, "loginMappings": [f"zeep{number}.test"],
             "userAttributes": {"entries": [{"key": "config", "value": {"entries": [{"key": "a", "value": "<&>"}]}}]}},
        admin_user=user_data("boss"), access_combination_name="groupware_premium", auth=master)
    assert made.id == number and made.enabled, made
    ctx = {"id": number}
    stored = contexts.getData(ctx={"name": f"ZEEP{number}.test"}, auth=master)
    assert stored.userAttributes.entries[0].value.entries[0].value == "<&>", stored
    # As the connector of a directory does: is he there, make him, read him, change him.
    assert users.exists(ctx=ctx, user={"name": "anna"}, auth=admin) is False
    anna = users.create(ctx=ctx, usrdata=user_data("anna", language="de_DE", birthday="1980-02-29",
                                                    aliases=["a1@example.test", "a2@example.test"]), auth=admin)
    assert anna.id == 3 and str(anna.birthday) == "1980-02-29" and len(anna.aliases) == 3, anna
    users.change(ctx=ctx, usrdata={"id": anna.id, "company": "Äpfel & Söhne", "mailenabled": True}, auth=admin)
    read = users.getData(ctx=ctx, user={"name": "anna"}, auth=admin)
    assert read.company == "Äpfel & Söhne" and read.password is None and read.email1 == "anna@example.test", read
    assert users.getAccessCombinationName(ctx=ctx, user={"id": 3}, auth=admin) == "groupware_premium"
    users.changeByModuleAccessName(ctx, {"id": 3}, "pim", admin)
    access = users.getModuleAccess(ctx=ctx, user={"id": 3}, auth=admin)
    assert access.calendar is True and access.infostore is False and access.USM is False, access
    assert [user.id for user in users.list(ctx=ctx, search_pattern="an*", auth=admin)] == [3]

    groups, rooms = soap(api, "OXGroupService"), soap(api, "OXResourceService")
    team = groups.create(ctx=ctx, grp={"name": "team", "displayname": "Team", "members": [3]}, auth=admin)
    groups.addMember(ctx=ctx, grp={"id": team.id}, members=[{"name": "boss"}], auth=admin)
    assert groups.getData(ctx=ctx, grp={"name": "team"}, auth=admin).members == [2, 3]
    room = rooms.create(ctx=ctx, res={"name": "room", "displayname": "Room", "email": "room@example.test"}, auth=admin)
    assert rooms.getData(ctx=ctx, res={"id": room.id}, auth=admin).available is True

    session = api.server.client()
    session.login(f"anna@zeep{number}.test", "secret")
    session.close()
    users.delete(ctx=ctx, user={"name": "anna"}, auth=admin)
    contexts.delete(ctx=ctx, auth=master)
    assert contexts.exists(ctx=ctx, auth=master) is False


def test_faults_have_their_kinds(api):
    provisioning.need_master(api)
    master, admin, ctx = credentials(MASTER), credentials("oxadmin"), {"id": api.context_id}
    contexts, users = soap(api, "OXContextService"), soap(api, "OXUserService")
    expect_fault("InvalidCredentialsException", contexts.listAll, auth=credentials(MASTER, "wrong"))
    expect_fault("NoSuchContextException", contexts.getData, ctx={"id": 2_000_000_000}, auth=master)
    expect_fault("ContextExistsException", contexts.create, ctx=ctx, admin_user=user_data("boss"), auth=master)
    expect_fault("NoSuchUserException", users.getData, ctx=ctx, user={"name": "nobody"}, auth=admin)
    expect_fault("NoSuchGroupException", soap(api, "OXGroupService").getData, ctx=ctx, grp={"id": 9999}, auth=admin)
    expect_fault("NoSuchResourceException", soap(api, "OXResourceService").getData, ctx=ctx, res={"id": 9999},
                 auth=admin)
    expect_fault("NoSuchDatabaseException", contexts.listByDatabase, db={"id": 1}, auth=master)
    expect_fault("RemoteException", contexts.moveContextDatabase, ctx=ctx, dst_database_id={"id": 1}, auth=master)
    fault = expect_fault("InvalidDataException", users.create, ctx=ctx, usrdata={"name": "x"}, auth=admin)
    assert "password" in fault.message, fault.message


def test_many_users_by_soap(api):
    ctx, admin = {"id": api.context_id}, credentials("oxadmin")
    users = soap(api, "OXUserService")
    began = time.monotonic()
    for number in range(USERS):
        users.create(ctx=ctx, usrdata=user_data(f"soap{number}"), auth=admin)
    print_rate("SOAP", USERS, began)
    assert len(users.listAll(ctx=ctx, auth=admin)) == USERS + 1


def test_php_uses_the_description_unchanged(api):
    if shutil.which("php") is None or "soap" not in subprocess.run(["php", "-m"], capture_output=True, text=True).stdout:
        raise Skipped("php-cli or php-soap is missing")
    script = pathlib.Path(__file__).with_name("soap_client.php")
    done = subprocess.run(["php", "-d", "soap.wsdl_cache_enabled=0", str(script), wsdl_url(api, "OXUserService"),
                           str(api.context_id), "oxadmin", "secret"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["id"] >= 3 and told["company"] == "Grün & Co", told
    assert told["fault"] == "NoSuchUserException" and told["listed"] == 2, told


def test_php_asks_for_jobs(api):
    if shutil.which("php") is None or "soap" not in subprocess.run(["php", "-m"], capture_output=True, text=True).stdout:
        raise Skipped("php-cli or php-soap is missing")
    provisioning.need_master(api)
    script = pathlib.Path(__file__).with_name("job_client.php")
    done = subprocess.run(["php", "-d", "soap.wsdl_cache_enabled=0", str(script), f"http://127.0.0.1:{api.server.port}",
                           str(api.context_id), MASTER, "secret"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["operation"] == "moveContextFilestore" and (told["context"], told["target"]) == (api.context_id, 0), told
    assert told["listed"] == [told["number"]] and told["left"] == 0 and told["fault"] == "InvalidDataException", told


def test_node_uses_the_descriptions_unchanged(api):
    try:
        package = npm.package(build_folder(), "soap", "1.1.5")
    except npm.Missing as missing:
        raise Skipped(str(missing)) from None
    provisioning.need_master(api)
    number = api.context_id + 200_000
    script = pathlib.Path(__file__).with_name("soap_client.mjs")
    done = subprocess.run(["node", str(script), str(package), f"http://127.0.0.1:{api.server.port}", str(number), MASTER, "boss",
                           "secret"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["operations"] > 20 and told["context"] == number and told["attribute"] == "<&>", told
    assert told["user"] == 3 and told["company"] == "Äpfel & Söhne" and told["aliases"] == 3 and told["password"] is None, told
    assert sorted(told["listed"]) == [2, 3] and told["left"] == [2] and told["exists"] is False, told
    assert told["job"] and told["jobContext"] == number and told["jobOperation"] == "moveContextFilestore", told
    assert told["jobFault"] == "InvalidDataException" and told["imported"] == ["2 noded create"], told
    assert told["faults"] == ["NoSuchUserException", "InvalidCredentialsException", "ContextExistsException"], told


def test_hostile_messages_are_faults(api):
    laughs = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>' + ENVELOPE.format("<listAll>&b;</listAll>")
    for body in (laughs, "", "<a>", "no xml", ENVELOPE.format("<nonsense/>"), ENVELOPE.format("<a>" * 200),
                 ENVELOPE.format("<listAll>" + "<x/>" * 200_000 + "</listAll>")):
        status, text = post(api, "OXContextService", body)
        assert status == 500 and "InvalidDataException" in text, (body[:40], status, text[:200])
    outside = f'<!DOCTYPE x SYSTEM "file:///etc/passwd">{ENVELOPE.format("<listAll/>")}'
    assert "root:" not in post(api, "OXContextService", outside)[1]
    assert post(api, "OXContextService", b" " * (2 * 1024 * 1024 + 1))[0] == 413
    assert post(api, "OXNoService", "<a/>")[0] == 404
