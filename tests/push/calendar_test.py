"""A change of an event on its way to those who look at a calendar it lies in: UDP clients hear the folder's number, browsers the
id that the web client knows, and who is asked for an answer hears that, too. Source: spec push-modern section 3, udp-push 9."""

import contextlib

from support.agenda import answer_invitation, cal, change, created, delete, event, names, update_appointment, user, zoned
from support.events import EventStream, event_server
from support.push import UdpClient, free_udp_port
from support.servers import wait_until

UDP = """
OXPushUdp On
OXPushDelay 0
OXPushClientBind 127.0.0.1:{udp}
OXPushLimits clients-per-address=1000 registrations=10000 packets=10000
"""
READER = 1 | (2 << 7)
LATER = {"startDate": zoned("20240702T090000"), "endDate": zoned("20240702T100000")}


class Watcher:
    """A user with a UDP client and a browser's stream. What he hears up to a mark in a calendar of his own is all there was."""

    def __init__(self, stack: contextlib.ExitStack, api, udp: int, number: int):
        self.client = api.user(number)
        self.folder = api.calendar_folder(self.client)
        self.mark = self.client.put("folders", {"folder": {"title": "Marks", "module": "calendar"}}, action="new", folder_id=1,
                                    tree=0).data
        self.udp = stack.enter_context(UdpClient(("127.0.0.1", udp))).register(self.client.user_id, self.client.context_id)
        self.stream = stack.enter_context(EventStream(self.client, topics="ox:calendar:*", connection=f"tab{number}"))
        self.stream.ready()
        # The first changes may come before the push child listens.
        wait_until(lambda: bool(created(self.client, self.folder, event()) and self.udp.waiting()), "the first push")
        self.heard()

    def heard(self) -> tuple[set[str], set[str], list[dict]]:
        """The folders of UDP packets, those of the stream, and the events that wait for an answer."""
        created(self.client, self.mark, event())
        packets, folders, waiting = set(), set(), []
        while (packet := str(self.udp.folders(1)[0])) != self.mark:
            packets.add(packet)
        while (data := self.stream.next().data)["folders"] != [cal(self.mark)]:
            folders |= set(data["folders"])
            waiting += data["needsAction"]
        assert data["needsAction"] == []
        return packets, folders, waiting


def share(api, owner: Watcher, reader: Watcher) -> None:
    folder = owner.client.get("folders", action="get", id=owner.folder)
    permissions = [*folder.data["permissions"], {"bits": READER, "entity": reader.client.user_id, "group": False}]
    owner.client.put("folders", {"folder": {"permissions": permissions}}, action="update", id=owner.folder,
                     timestamp=folder.timestamp).data


def test_who_sees_an_event_hears_of_its_changes_and_who_is_asked_of_the_question():
    with contextlib.ExitStack() as stack:
        udp = free_udp_port()
        server = stack.enter_context(event_server(directives=UDP.format(udp=udp)))
        api = server.tenant()
        stack.callback(api.close)
        first, second, third = (Watcher(stack, api, udp, number) for number in (1, 2, 3))
        mine, his = ({one.folder} for one in (first, second))
        names_mine, names_his = {cal(first.folder)}, {cal(second.folder)}
        share(api, second, third)
        for one in (first, second, third):
            one.heard()

        def all_heard(*waiting: dict, also: bool = True) -> None:
            """Both calendars changed; the second user has to answer these."""
            assert first.heard() == (mine, names_mine if also else set(), [])
            assert second.heard() == (his, names_his, [{**one, "folderId": cal(second.folder)} for one in waiting])
            assert third.heard() == (his, names_his, [])

        made = created(first.client, first.folder, event(attendees=[user(second.client)]))
        all_heard({"id": made["id"]})
        assert answer_invitation(second.client, made, "ACCEPTED", second.folder).code is None
        all_heard()
        change(first.client, made, LATER).data
        all_heard({"id": made["id"]})
        # Where it is asked already, it is not asked again; nor does a browser hear of what it did itself.
        change(first.client, made, {"summary": "Other"}, pushToken="tab1").data
        all_heard(also=False)
        update_appointment(first.client, first.folder, made["id"], {"location": "here"}).data
        all_heard()
        delete(first.client, names(made)).data
        all_heard()

        series = created(first.client, first.folder, event(rrule="FREQ=WEEKLY;COUNT=3", attendees=[user(second.client)]))
        all_heard({"id": series["id"]})
        assert answer_invitation(second.client, series, "ACCEPTED", second.folder).code is None
        all_heard()
        moved = change(first.client, series, {"startDate": zoned("20240709T090000"), "endDate": zoned("20240709T100000")},
                       "20240708T070000Z").data["created"][0]
        all_heard({"id": moved["id"], "recurrenceId": "20240708T070000Z"})

        # A secret of one is nobody else's news.
        created(second.client, second.folder, event(**{"class": "PRIVATE"}))
        assert [one.heard() for one in (first, second, third)] == [(set(), set(), []), (his, names_his, []), (set(), set(), [])]
