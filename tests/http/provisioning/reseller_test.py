"""Resellers: who may what, against a table of the rules that knows nothing of the code; limits under contention."""

import concurrent.futures
import http.client
import json
import pathlib
import re
import shutil
import subprocess

from support import provisioning
from support.groupware import PASSWORD
from support.provisioning import MASTER, Rest, credentials, soap, user_data, wsdl_url
from support.runner import Skipped

DIRECTIVES = provisioning.DIRECTIVES
GOOD = "ok"
CREDENTIALS, CONTEXT, RESELLER = "InvalidCredentialsException", "NoSuchContextException", "OXResellerException"


def outcome(call, **arguments) -> str:
    """`ok`, or the name of the fault."""
    zeep = provisioning.zeep_module()
    try:
        call(**arguments)
    except zeep.exceptions.Fault as fault:
        return fault.detail[0].tag.split("}")[1]
    return GOOD


class World:
    """Two resellers and one below the first; each with a context, and one of the installation."""

    def __init__(self, api, base: int):
        provisioning.need_master(api)
        self.api, self.base = api, base
        self.master = credentials(MASTER)
        self.resellers, self.contexts = soap(api, "OXResellerService"), soap(api, "OXResellerContextService")
        tag = f"{api.context_id}x{base}"
        self.names = {who: f"{who}{tag}" for who in ("a", "b", "sub")}
        self.ids = {}
        self.make("a", self.master, [("Subadmin.CanCreateSubadmin", "true")])
        self.make("b", self.master)
        self.make("sub", self.login("a"))
        self.numbers = {}
        for place, (owner, who) in enumerate({"a": "a", "b": "b", "sub": "sub", "master": "master"}.items()):
            self.numbers[owner] = self.make_context(place, who)
        admin = credentials("boss")
        soap(api, "OXUserService").create(ctx={"id": self.numbers["a"]}, usrdata=user_data("plain"), auth=admin)

    def make(self, who: str, creds: dict, restrictions=()) -> None:
        made = self.resellers.create(
            adm={"name": self.names[who], "displayname": who.title(), "password": PASSWORD,
                 "restrictions": [{"name": name, "value": value} for name, value in restrictions]}, creds=creds)
        self.ids[who] = made.id

    def login(self, who: str) -> dict:
        return self.master if who == "master" else credentials(self.names.get(who, who))

    def make_context(self, place: int, who: str, **more) -> int:
        number = self.api.context_id + 300_000 + self.base * 1_000 + place
        self.contexts.createModuleAccessByName(
            ctx={"id": number, "name": f"{who}_{number}", "maxQuota": 10, **more}, admin_user=user_data("boss"),
            access_combination_name="pim", auth=self.login(who))
        return number


#: Who may see the contexts of whom.
SEES = {"master": {"a", "b", "sub", "master"}, "a": {"a", "sub"}, "b": {"b"}, "sub": {"sub"}}
#: Nobody of these administers the installation.
STRANGERS = ("boss", "plain", "nobody")
#: Operations about one context: service, name, further arguments.
ABOUT_CONTEXT = [(service, name, more) for service in ("OXContextService", "OXResellerContextService")
                 for name, more in (("getData", {}), ("change", {}), ("disable", {}), ("enable", {}),
                                    ("getModuleAccess", {}), ("getAccessCombinationName", {}), ("getAdminId", {}),
                                    ("changeModuleAccessByName", {"access_combination_name": "pim"}),
                                    ("changeQuota", {"module": "task", "quotaValue": "7"}), ("listQuota", {}),
                                    ("changeCapabilities", {"capsToDrop": "calendar"}),
                                    ("getContextCapabilities", {}))]
#: Operations inside a context that its administrator may do, and its reseller in the services of resellers.
INSIDE = [("User", "listAll", {}), ("User", "getData", {"user": {"name": "boss"}}),
          ("User", "exists", {"user": {"name": "boss"}}), ("Group", "listAll", {}), ("Resource", "listAll", {})]
#: What is the installation's alone.
OF_MASTER = [("OXUtilService", name) for name in (
    "registerDatabase", "changeDatabase", "unregisterDatabase", "listDatabase", "listAllDatabase", "registerFilestore",
    "changeFilestore", "unregisterFilestore", "listFilestore", "listAllFilestore", "registerServer", "unregisterServer",
    "listServer", "listAllServer", "createMaintenanceReason", "deleteMaintenanceReason", "listMaintenanceReason",
    "listAllMaintenanceReason")] + [("OXContextService", name) for name in (
        "listByDatabase", "listByFilestore", "listPageByDatabase", "listPageByFilestore", "moveContextDatabase",
        "moveContextFilestore", "checkCountsConsistency")] + [
            ("OXTaskMgmtService", "getJobList"), ("OXTaskMgmtService", "getTaskResults"), ("OXTaskMgmtService", "deleteJob"),
            ("OXTaskMgmtService", "flush"), ("OXUserService", "changeModuleAccessGlobal"), ("OXResellerService", "removeDatabaseRestrictions"),
            ("OXResellerService", "updateDatabaseModuleAccessRestrictions")]


class Stranger:
    """Calls from another address each time: wrong passwords are counted by it."""
    calls = 0

    def __init__(self, api):
        self.port = api.server.port

    def __call__(self, service: str, operation: str, body: str, login: str) -> str:
        Stranger.calls += 1
        source = f"127.{1 + Stranger.calls // 200}.3.{1 + Stranger.calls % 200}"
        name = "creds" if service == "OXResellerService" else "auth"
        text = (f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><{operation}>{body}<{name}>'
                f"<login>{login}</login><password>{PASSWORD}</password></{name}></{operation}></s:Body></s:Envelope>")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))
        try:
            connection.request("POST", f"/webservices/{service}", text, {"Content-Type": "text/xml"})
            answer = connection.getresponse().read().decode()
        finally:
            connection.close()
        found = re.search(r"<e:(\w+Exception)", answer)
        return found[1] if found else GOOD


class Watch:
    """Says all that is wrong at once."""

    def __init__(self):
        self.wrong, self.count = [], 0

    def __call__(self, expected: str, what: tuple, call, **arguments) -> None:
        self.count += 1
        got = call(**arguments) if isinstance(call, Stranger) else outcome(call, **arguments)
        if got != expected:
            self.wrong.append((what, expected, got))

    def finish(self, least: int) -> None:
        assert not self.wrong, self.wrong[:12]
        assert self.count >= least, self.count


def test_contexts_are_their_owners(api):
    world, watch = World(api, 1), Watch()
    for service, name, more in ABOUT_CONTEXT:
        call = getattr(soap(api, service), name)
        for who, seen in SEES.items():
            for owner, number in world.numbers.items():
                watch(GOOD if owner in seen else CONTEXT, (who, owner, service, name), call, ctx={"id": number},
                      auth=world.login(who), **more)
    watch.finish(380)
    for service in ("OXContextService", "OXResellerContextService"):
        for who, seen in SEES.items():
            listed = {each.id for each in soap(api, service).listAll(auth=world.login(who))}
            mine = {number for owner, number in world.numbers.items() if owner in seen}
            assert mine <= listed and (who == "master" or listed == mine), (who, listed)
            for owner, number in world.numbers.items():
                there = soap(api, service).exists(ctx={"id": number}, auth=world.login(who))
                assert there == (owner in seen), (who, owner)


def test_what_is_inside_is_of_administrators_and_owners(api):
    world, watch = World(api, 2), Watch()
    for service, name, more in INSIDE:
        plain = getattr(soap(api, f"OX{service}Service"), name)
        own = getattr(soap(api, f"OXReseller{service}Service"), name)
        for owner, number in world.numbers.items():
            for call in (plain, own):
                watch(GOOD, ("boss", owner, service, name), call, ctx={"id": number}, auth=credentials("boss"), **more)
            for who in ("a", "b", "sub"):
                if owner in SEES[who]:
                    watch(GOOD, (who, owner, service, name), own, ctx={"id": number}, auth=world.login(who), **more)
    watch.finish(60)


def test_strangers_and_what_is_the_installations(api):
    """Whoever may not is refused like somebody with a wrong password, wherever there is such a context or not."""
    world, watch, call = World(api, 3), Watch(), Stranger(api)
    everybody = {"a": world.names["a"], "b": world.names["b"], "sub": world.names["sub"], "boss": "boss",
                 "plain": "plain", "nobody": "nobody"}
    places = {**world.numbers, "nowhere": 2_000_000_001}
    for who, login in everybody.items():
        for service, name in OF_MASTER:
            watch(CREDENTIALS, (who, service, name), call, service=service, operation=name, body="", login=login)
        if who in STRANGERS:
            for service, name in (("OXContextService", "listAll"), ("OXResellerContextService", "listAll"),
                                  ("OXContextService", "create"), ("OXResellerService", "getSelfData"),
                                  ("OXResellerService", "list"), ("OXResellerService", "create")):
                watch(CREDENTIALS, (who, service, name), call, service=service, operation=name, body="", login=login)
        for owner, number in places.items():
            for service in ("User", "Group", "Resource", "ResellerUser", "ResellerGroup", "ResellerResource"):
                is_owner = service.startswith("Reseller") and owner in SEES.get(who, ())
                expected = GOOD if is_owner or (who == "boss" and owner != "nowhere") else CREDENTIALS
                watch(expected, (who, owner, service), call, service=f"OX{service}Service", operation="listAll",
                      body=f"<ctx><id>{number}</id></ctx>", login=login)
            watch(GOOD if who == "boss" and owner != "nowhere" else CREDENTIALS, (who, owner, "accounts"), call,
                  service="OXSecondaryAccountService", operation="list", body=f"<context><id>{number}</id></context>",
                  login=login)
    watch.finish(280)


def test_resellers_see_themselves_and_those_below(api):
    world, watch = World(api, 4), Watch()
    service = world.resellers
    sees = {"master": {"a", "b", "sub"}, "a": {"a", "sub"}, "b": {"b"}, "sub": {"sub"}}
    changes = {"master": {"a", "b", "sub"}, "a": {"sub"}, "b": set(), "sub": set()}
    for who, seen in sees.items():
        for other, number in world.ids.items():
            watch(GOOD if other in seen else RESELLER, (who, other, "getData"), service.getData, adm={"id": number},
                  creds=world.login(who))
            expected = GOOD if other in changes[who] else CREDENTIALS if other in seen else RESELLER
            watch(expected, (who, other, "change"), service.change, adm={"id": number, "displayname": "New"},
                  creds=world.login(who))
        listed = {each.id for each in service.list(search_pattern="*", creds=world.login(who)) or []}
        mine = {world.ids[other] for other in changes[who]}
        assert mine <= listed and (who == "master" or listed == mine), (who, listed)
    watch("InvalidDataException", ("b", "create"), service.create, creds=world.login("b"),
          adm={"name": "below-b", "password": PASSWORD})
    watch("InvalidDataException", ("sub", "create"), service.create, creds=world.login("sub"),
          adm={"name": "below-sub", "password": PASSWORD})
    watch("InvalidDataException", ("a", "changeSelf"), service.changeSelf, creds=world.login("a"),
          adm={"restrictions": [{"name": "Subadmin.MaxContext", "value": "9"}]})
    watch("InvalidDataException", ("master", "delete"), service.delete, adm={"id": world.ids["b"]}, creds=world.master)
    watch.finish(28)
    service.changeSelf(adm={"displayname": "Renamed"}, creds=world.login("b"))
    me = service.getSelfData(creds=world.login("b"))
    assert me.displayname == "Renamed" and me.password is None and me.parentId == 0, me
    below = service.getMultipleData(admins=[{"name": world.names["sub"]}], creds=world.login("a"))
    assert below[0].parentId == world.ids["a"] and below[0].parentName == world.names["a"], below
    # When his contexts are gone he may go, and his login with him.
    world.contexts.delete(ctx={"id": world.numbers["b"]}, auth=world.login("b"))
    service.delete(adm={"id": world.ids["b"]}, creds=world.master)
    assert outcome(world.contexts.listAll, auth=world.login("b")) == CREDENTIALS


def test_what_a_context_shows(api):
    world = World(api, 5)
    number = world.make_context(20, "a", customid="K-7", restriction=[{"name": "Context.MaxUser", "value": "2"}])
    shown = world.contexts.getData(ctx={"id": number}, auth=world.login("a"))
    assert shown.owner.name == world.names["a"] and shown.customid == "K-7" and shown.sid == world.ids["a"], shown
    assert [(each.name, each.value) for each in shown.restriction] == [("Context.MaxUser", "2")], shown
    assert shown.filestoreId is None and shown.readDatabase is None, shown
    users = soap(api, "OXResellerUserService")
    users.create(ctx={"id": number}, usrdata=user_data("one"), auth=world.login("a"))
    assert outcome(users.create, ctx={"id": number}, usrdata=user_data("two"),
                   auth=world.login("a")) == "InvalidDataException"
    assert outcome(world.contexts.create, ctx={"name": "placed", "maxQuota": 1, "filestoreId": 1},
                   admin_user=user_data("boss"), auth=world.login("a")) == "InvalidDataException"
    # What is taken elsewhere does not tell by whom.
    zeep = provisioning.zeep_module()
    try:
        world.contexts.create(ctx={"name": f"b_{world.numbers['b']}", "maxQuota": 1}, admin_user=user_data("boss"),
                              auth=world.login("a"))
        raise AssertionError("two contexts of one name")
    except zeep.exceptions.Fault as fault:
        assert str(world.numbers["b"]) not in fault.message.replace(f"b_{world.numbers['b']}", ""), fault.message
    world.contexts.change(ctx={"id": number, "owner": {"id": world.ids["sub"]}}, auth=world.login("a"))
    assert world.contexts.exists(ctx={"id": number}, auth=world.login("sub")) is True


def restrict(world: World, who: str, **values) -> None:
    world.resellers.change(adm={"id": world.ids[who], "restrictions": [
        {"name": name.replace("_", ".", 1), "value": str(value)} for name, value in values.items()]}, creds=world.master)


def test_limits_stop_what_grows(api):
    world, refused = World(api, 6), "InvalidDataException"
    ctx, b = {"id": world.numbers["b"]}, world.login("b")
    users = soap(api, "OXResellerUserService")
    restrict(world, "b", Subadmin_MaxOverallUser=2, Subadmin_MaxContext=1, Subadmin_MaxOverallContextQuota=15)
    users.create(ctx=ctx, usrdata=user_data("one"), auth=b)
    # The administrator of the context counts; so does what others make there.
    assert outcome(users.create, ctx=ctx, usrdata=user_data("two"), auth=b) == refused
    assert outcome(soap(api, "OXUserService").create, ctx=ctx, usrdata=user_data("two"),
                   auth=credentials("boss")) == refused
    assert Rest(api, "boss")("POST", f"contexts/{ctx['id']}/users", user_data("two")).status == 400
    assert outcome(world.contexts.create, ctx={"name": f"more{ctx['id']}", "maxQuota": 1}, admin_user=user_data("boss"),
                   auth=b) == refused
    assert outcome(world.contexts.change, ctx={**ctx, "maxQuota": 16}, auth=b) == refused
    assert outcome(world.contexts.change, ctx={**ctx, "maxQuota": -1}, auth=b) == refused
    world.contexts.change(ctx={**ctx, "maxQuota": 15}, auth=b)
    # Below what is there: everything but growth goes on.
    restrict(world, "b", Subadmin_MaxOverallUser=1)
    users.change(ctx=ctx, usrdata={"name": "one", "company": "Acme"}, auth=b)
    users.delete(ctx=ctx, user={"name": "one"}, auth=b)
    restrict(world, "b", **{"Subadmin_MaxOverallUserByModuleaccess_webmail": 1})
    users.createByModuleAccessName(ctx=ctx, usrdata=user_data("w1"), access_combination_name="webmail", auth=b)
    assert outcome(users.createByModuleAccessName, ctx=ctx, usrdata=user_data("w2"), access_combination_name="webmail",
                   auth=b) == refused
    users.createByModuleAccessName(ctx=ctx, usrdata=user_data("w2"), access_combination_name="pim", auth=b)
    assert outcome(users.changeByModuleAccessName, ctx=ctx, user={"name": "w2"}, access_combination_name="webmail",
                   auth=b) == refused
    assert outcome(world.resellers.change, creds=world.master, adm={"id": world.ids["b"], "restrictions": [
        {"name": "Subadmin.MaxOverallUserByModuleaccess_nonsense", "value": "1"}]}) == refused


def test_two_who_grow_at_once_do_not_pass_together(api):
    """What is below a reseller counts for him: four creators in two contexts, of which three fit."""
    world = World(api, 7)
    restrict(world, "a", Subadmin_CanCreateSubadmin="true", Subadmin_MaxOverallUser=6, Subadmin_MaxContext=3)
    places = [world.numbers["a"], world.numbers["sub"]] * 4

    def create(place: int) -> int:
        return Rest(api, "boss")("POST", f"contexts/{places[place]}/users", user_data(f"racer{place}")).status

    with concurrent.futures.ThreadPoolExecutor(len(places)) as pool:
        answers = list(pool.map(create, range(len(places))))
    # Three are there: two administrators and one user.
    assert sorted(answers) == [201] * 3 + [400] * 5, answers
    service = soap(api, "OXUserService")
    there = sum(len(service.listAll(ctx={"id": number}, auth=credentials("boss")))
                for number in (world.numbers["a"], world.numbers["sub"]))
    assert there == 6, there
    restrict(world, "a", Subadmin_CanCreateSubadmin="true", Subadmin_MaxContext=3)

    def create_context(place: int) -> int:
        return Rest(api, world.names["a"])("POST", "contexts", {
            "name": f"race{world.numbers['a']}-{place}", "maxQuota": 1, "admin_user": user_data("boss")}).status

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(create_context, range(4)))
    assert sorted(answers) == [201, 400, 400, 400], answers


def test_resellers_by_rest(api):
    provisioning.need_master(api)
    master, name = Rest(api, MASTER), f"rest{api.context_id}"
    made = master("POST", "resellers", {"name": name, "displayname": "Rest", "password": PASSWORD,
                                        "restrictions": [{"name": "Subadmin.MaxContext", "value": "1"}]})
    assert made.status == 201 and "password" not in made.data, made
    own = Rest(api, name)
    assert own("GET", "self").data["restrictions"] == [{"name": "Subadmin.MaxContext", "value": "1"}]
    assert own("PUT", "self", {"displayname": "Self"}).status == 204
    read = master("GET", f"resellers/{name}")
    assert read.data["displayname"] == "Self" and master("GET", f"resellers/{made.data['id']}").data == read.data
    assert any(each["name"] == "Context.MaxUser" for each in own("GET", "restrictions").data)
    assert own("GET", "contexts").data == [] and own("GET", f"contexts/{api.context_id}").status == 404
    assert own("GET", "resellers").data == [] and own("GET", "filestores").status == 401
    assert master("PUT", f"resellers/{name}", {"restrictions": []}).status == 204
    assert master("DELETE", f"resellers/{name}").status == 204
    assert master("GET", f"resellers/{name}").status == 404
    assert "/resellers/{id}" in master("GET", "openapi.json").data["paths"]


def test_php_uses_the_descriptions_unchanged(api):
    if shutil.which("php") is None or "soap" not in subprocess.run(["php", "-m"], capture_output=True, text=True).stdout:
        raise Skipped("php-cli or php-soap is missing")
    provisioning.need_master(api)
    script = pathlib.Path(__file__).with_name("reseller_client.php")
    number = api.context_id + 390_000
    done = subprocess.run(["php", "-d", "soap.wsdl_cache_enabled=0", str(script), wsdl_url(api, "OXResellerService"),
                           wsdl_url(api, "OXResellerContextService"), MASTER, PASSWORD, str(number)],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told == {"owner": f"php{number}", "restriction": "Context.MaxUser=5", "listed": 1,
                    "fault": "OXResellerException"}, told
