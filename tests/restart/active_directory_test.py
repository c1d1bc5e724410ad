"""Active Directory, by a domain controller of Samba: sign-in, import, address books, with the shipped mapping."""

import json

from support import samba_server as ad
from support.groupware import PASSWORD, PASSWORD_HASH, Groupware
from support.runner import Skipped

WRONG = "LGI-0006"


def code_of(server: Groupware, name: str, password: str) -> str:
    client = server.client()
    try:
        return client.try_login(name, password).json.get("code", "")
    finally:
        client.close()


def make_context(server: Groupware) -> None:
    server.ctl("context", "create", "--id", "1", "--name", "defaultcontext", "--admin", "oxadmin", "--password-hash",
               PASSWORD_HASH, "--mapping", "ADRIG")
    server.ctl("user", "create", "--context", "1", "--name", "local", "--display-name", "Local", "--password-hash",
               PASSWORD_HASH)


def show(server: Groupware, kind: str, name: str) -> dict:
    return json.loads(server.ctl("--json", kind, "show", "--context", "1", "--name", name))


def take(server: Groupware) -> dict:
    return json.loads(server.ctl_with_config("--json", "directory", "import"))


def sign_in(domain: ad.SambaDomain, login: str) -> None:
    with Groupware(directives=domain.directives(login=login)) as server:
        make_context(server)
        assert code_of(server, "anna", ad.password_of("anna")) == ""
        mine = show(server, "user", "anna")
        assert (mine["mail"], mine["display_name"]) == ("anna@example.test", "Anna Person"), mine
        # Also with the domain in front. A wrong password, a disabled account and nobody are the same.
        assert code_of(server, "ADRIG\\anna", ad.password_of("anna")) == ""
        assert show(server, "user", "anna")["id"] == mine["id"]
        assert code_of(server, "anna", "wrong") == WRONG
        assert code_of(server, "carl", ad.password_of("carl")) == WRONG
        assert code_of(server, "an*", ad.password_of("anna")) == WRONG
        assert code_of(server, "nobody", "x") == WRONG
        assert code_of(server, "local", PASSWORD) == ""


def follow(domain: ad.SambaDomain) -> None:
    lines = domain.directives(intake="context=defaultcontext stop=50%,50", books="Company")
    with Groupware(directives=lines) as server:
        make_context(server)
        first = take(server)
        # Not those of the domain itself, and no disabled ones.
        made = server.ctl("user", "list", "--context", "1") + server.ctl("group", "list", "--context", "1")
        assert all(name in made for name in ("anna", "bert", "dora", "inner", "outer")), made
        assert not any(name in made for name in ("carl", "Administrator", "krbtgt", "Domain Admins")), made
        assert (first["users"]["failed"], first["groups"]["failed"]) == (0, 0), first
        anna, bert = (show(server, "user", login)["id"] for login in ("anna", "bert"))
        assert show(server, "group", "outer")["members"] == sorted((anna, bert))
        assert show(server, "group", "inner")["members"] == [bert]
        again = take(server)
        assert (again["users"]["changed"], again["groups"]["changed"]) == (0, 0), again

        client = server.client()
        client.login("local", PASSWORD)
        folders = {row[1]: row[0] for row in client.get("folders", action="list", parent="2", columns="1,300").data}

        def book() -> set:
            return {row[0] for row in client.get("contacts", action="all", folder=folders["Company"], columns="500").data}

        assert {"Anna Person", "Bert Person"} <= book()

        # Another name, place and login: objectGUID stays, so it is the same user.
        domain.modify(f"dn: {ad.dn_of('anna')}\nchangetype: modrdn\nnewrdn: CN=Anna Berg\ndeleteoldrdn: 1\n"
                      f"newsuperior: OU=Domain Controllers,{ad.BASE}\n\n")
        domain.modify(f"dn: CN=Anna Berg,OU=Domain Controllers,{ad.BASE}\nchangetype: modify\nreplace: sAMAccountName\n"
                      "sAMAccountName: anna.berg\n-\nreplace: displayName\ndisplayName: Anna Berg\n\n")
        domain.replace("bert", userAccountControl=str(ad.DISABLED))
        report = take(server)
        assert (report["users"]["changed"], report["users"]["suspended"], report["users"]["created"]) == (1, 1, 0), report
        renamed = show(server, "user", "anna.berg")
        assert (renamed["id"], renamed["display_name"]) == (anna, "Anna Berg"), renamed
        assert anna in show(server, "group", "outer")["members"]
        assert show(server, "user", "bert")["enabled"] is False
        assert "Anna Berg" in book() and "Anna Person" not in book()
        domain.replace("bert", userAccountControl=str(ad.ENABLED))
        assert take(server)["users"]["restored"] == 1
        assert show(server, "user", "bert")["enabled"] is True
        client.close()


def test_a_domain_controller_lets_users_in_and_is_followed():
    missing = ad.missing_domain_programs()
    if missing:
        raise Skipped(f"missing: {missing}")
    entries = (ad.user("anna", title="Engineer") + ad.user("bert") + ad.user("carl", ad.DISABLED) + ad.user("dora")
               + ad.group("inner", "bert", "carl") + ad.group("outer", "anna", "inner"))
    # The domain's references to its other parts come with every search, and are not followed.
    with ad.SambaDomain(entries) as domain:
        sign_in(domain, "search=(sAMAccountName=%u) create=on")
        sign_in(domain, f"principal={ad.DOMAIN} create=on")
        follow(domain)
