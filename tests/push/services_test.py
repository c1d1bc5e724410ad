"""End to end: what a client changes over HTTP and WebDAV reaches UDP clients of exactly those who see the folder.
Source: spec udp-push sections 4 and 9."""

import contextlib

from support.groupware import Groupware, module_path
from support.push import UdpClient, free_udp_port
from support.servers import wait_until

VIEWER = 257
OWNER = 403710016
ALWAYS = 2**62


@contextlib.contextmanager
def running(delay: str = "0"):
    """The API, the push child and a fresh context."""
    udp = free_udp_port()
    directives = (f"OXPush On\nOXPushUdp On\nOXPushClientBind 127.0.0.1:{udp}\nOXPushDelay {delay}\n"
                  "OXPushLimits clients-per-address=1000 registrations=10000 packets=10000\n")
    with Groupware("sqlite", directives, loads=(("oxpush_module", str(module_path("mod_oxpush"))),)) as server:
        api = server.tenant()
        api.udp = ("127.0.0.1", udp)
        yield api
        api.close()


def registered(api, stack: contextlib.ExitStack, *clients) -> list[UdpClient]:
    """One UDP client for each, and the push child hears of changes."""
    found = [stack.enter_context(UdpClient(api.udp)).register(client.user_id, api.context_id) for client in clients]
    for client, udp in zip(clients, found):
        def hears(client=client, udp=udp) -> bool:
            remove(client, add_contact(client, api.private_folder(client)))
            return bool(udp.waiting())

        wait_until(hears, "the first push")
    for udp in found:
        drain(udp)
    return found


def drain(udp: UdpClient) -> None:
    wait_until(lambda: not udp.waiting(), "quiet")


def add_contact(client, folder: str) -> tuple[str, str]:
    made = client.put("contacts", {"folder_id": folder, "display_name": "Pushed"}, action="new").data["id"]
    return folder, made


def remove(client, contact: tuple[str, str]) -> None:
    client.put("contacts", [{"folder": contact[0], "id": contact[1]}], action="delete", timestamp=ALWAYS).data


def new_folder(client, title: str, *viewers) -> str:
    folder = client.put("folders", {"title": title, "module": "contacts"}, action="new", folder_id="1", tree=0).data
    entries = [{"entity": client.user_id, "group": False, "bits": OWNER}]
    entries += [{"entity": viewer.user_id, "group": False, "bits": VIEWER} for viewer in viewers]
    client.put("folders", {"permissions": entries}, action="update", id=folder, timestamp=ALWAYS).data
    return folder


def until(udp: UdpClient, folder: str) -> list[str]:
    """Folders pushed up to the first packet of this one."""
    seen = []
    while not seen or seen[-1] != folder:
        seen += [str(number) for number in udp.folders(1)]
    return seen


def test_whoever_sees_a_shared_folder_is_told_of_a_new_contact_and_nobody_else():
    with running() as api, contextlib.ExitStack() as stack:
        first, second, third = api.user(1), api.user(2), api.user(3)
        shared, closed = new_folder(first, "Shared", second), new_folder(first, "Closed")
        owner, reader, stranger = registered(api, stack, first, second, third)
        add_contact(first, closed)
        add_contact(first, shared)
        assert closed in until(owner, shared), "the actor's own client is told, too"
        assert closed not in until(reader, shared)
        mark = new_folder(third, "Later than all this")
        assert not {shared, closed} & set(until(stranger, mark))


def test_a_move_tells_each_folder_to_those_who_see_that_folder():
    with running() as api, contextlib.ExitStack() as stack:
        first, second, third = api.user(1), api.user(2), api.user(3)
        left, target = new_folder(first, "Left", second), new_folder(first, "Target", third)
        from_reader, to_reader = registered(api, stack, second, third)
        _, contact = add_contact(first, left)
        until(from_reader, left)
        first.put("contacts", {"folder_id": target}, action="update", folder=left, id=contact, timestamp=ALWAYS).data
        assert target not in until(from_reader, left)
        assert left not in until(to_reader, target)


def test_equal_changes_are_merged_within_the_delay():
    with running(delay="2s") as api, contextlib.ExitStack() as stack:
        first = api.user(1)
        folder = new_folder(first, "Busy")
        (udp,) = registered(api, stack, first)
        for _ in range(10):
            add_contact(first, folder)
        seen = until(udp, folder)
        seen += until(udp, new_folder(first, "Later than all this"))
        assert seen.count(folder) == 1, seen
