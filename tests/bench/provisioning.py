"""A thousand users through each face of provisioning, one after another, as a script or the connector of a directory makes them.
Prints, asserts that all are there."""

import os
import subprocess
import time
from typing import Callable

from bench import load
from bench.figures import WORKERS, line
from support import provisioning
from support.groupware import PASSWORD, Groupware, groupwarectl_path
from support.provisioning import DIRECTIVES, Rest, credentials, soap, user_data
from support.servers import MariaDB

USERS = 1_000


def by_soap(api) -> Callable[[str], None]:
    users, ctx, admin = soap(api, "OXUserService"), {"id": api.context_id}, credentials("oxadmin")
    return lambda name: users.create(ctx=ctx, usrdata=user_data(name), auth=admin)


def by_rest(api) -> Callable[[str], None]:
    rest = Rest(api, "oxadmin")

    def create(name: str) -> None:
        answer = rest("POST", f"contexts/{api.context_id}/users", user_data(name))
        assert answer.status == 201, answer

    return create


def by_tool(api) -> Callable[[str], None]:
    """A process a user, as loops of the shell have it."""
    link = api.server.httpd.folder / "createuser"
    link.symlink_to(groupwarectl_path())
    environment = {**os.environ, "GROUPWARE_DATABASE": api.server.url, "GROUPWARE_ADMIN_PASSWORD": PASSWORD}

    def create(name: str) -> None:
        data = user_data(name)
        subprocess.run([str(link), "-A", "oxadmin", "-c", str(api.context_id), "-u", name, "-d", data["display_name"], "-g", name,
                        "-s", data["sur_name"], "-p", data["password"], "-e", data["email1"]],
                       env=environment, check=True, stdout=subprocess.DEVNULL)

    return create


FACES = {"SOAP by zeep": by_soap, "REST": by_rest, "createuser": by_tool}


def bench(name: str, mariadb: MariaDB | None) -> None:
    with Groupware(mariadb or "sqlite", directives=WORKERS + DIRECTIVES) as server:
        for face, start in FACES.items():
            api = server.tenant()
            provisioning.need_master(api)
            create = start(api)
            before, began = load.cpu_seconds(server.httpd.pid), time.monotonic()
            for number in range(USERS):
                create(f"user{number}")
            seconds, cpu = time.monotonic() - began, load.cpu_seconds(server.httpd.pid) - before
            made = len(Rest(api, "oxadmin")("GET", f"contexts/{api.context_id}/users").data)
            assert made == USERS + 1, (face, made)
            line(f"{name}: {USERS} users by {face}", USERS / seconds, None, "1/s")
            if face != "createuser":
                line(f"{name}: a user by {face}, CPU of the server", cpu / USERS * 1e3, None, "ms")
            api.close()
