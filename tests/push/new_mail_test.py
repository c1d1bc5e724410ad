"""End to end: Dovecot delivers a mail and tells of it over HTTP; the owner's browsers and UDP clients hear of it, nobody else."""

import base64
import contextlib
import http.client
import json
import smtplib

from support.events import EventStream, event_server
from support.mail_servers import MailPair, missing_programs
from support.push import UdpClient, free_udp_port
from support.runner import Skipped

INBOX = "default0/INBOX"
END_POINT = "/preliminary/http-notify/v1/notify"
DIRECTIVES = f"""
GroupwareMailNotify dovecot news-secret
<Location {END_POINT}>
  SetHandler groupware-mail-notify
</Location>
OXPushUdp On
OXPushClientBind 127.0.0.1:{{udp}}
OXPushLimits clients-per-address=1000 registrations=10000 packets=10000
"""


@contextlib.contextmanager
def running():
    """Mail servers, the API with the push child, and a fresh context; Dovecot tells the server."""
    if missing_programs():
        raise Skipped(f"missing: {missing_programs()}")
    udp = free_udp_port()
    with MailPair() as mail, event_server(directives=DIRECTIVES.format(udp=udp), mail=mail) as server:
        mail.tell_of_new_mail(f"http://dovecot:news-secret@127.0.0.1:{server.port}{END_POINT}")
        api = server.tenant()
        api.udp = ("127.0.0.1", udp)
        yield api
        api.close()


def deliver(api, user: str, subject: str) -> None:
    address = f"{user}.{api.context_id}@example.test"
    with smtplib.LMTP("127.0.0.1", api.server.mail.dovecot.ports["lmtp"]) as lmtp:
        lmtp.sendmail("jo@example.org", [address], f"From: =?utf-8?q?J=C3=B6?= <jo@example.org>\r\nTo: {address}\r\n"
                      f"Subject: {subject}\r\nMessage-ID: <{subject}@x.test>\r\n\r\nHello you\r\n")


def tell(api, **news) -> int:
    """What Dovecot says, said by the test."""
    connection = http.client.HTTPConnection("127.0.0.1", api.server.port, timeout=30)
    connection.request("PUT", END_POINT, json.dumps(news), {
        "Authorization": "Basic " + base64.b64encode(b"dovecot:news-secret").decode()})
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_delivery_is_told_to_the_owner_and_to_nobody_else():
    with running() as api, contextlib.ExitStack() as stack:
        clients = [api.user(number) for number in (1, 2, 3)]
        udp = [stack.enter_context(UdpClient(api.udp)).register(client.user_id, client.context_id) for client in clients]
        streams = [stack.enter_context(EventStream(client, topics="ox:mail:*")) for client in clients[:2]]
        for client, stream in zip(clients, streams):
            # The third one never looks into his mailbox.
            assert client.get("mail", action="count", folder=INBOX).data == 0
            stream.ready()
        deliver(api, "user3", "Unheard")
        deliver(api, "user1", "First")
        event = streams[0].next()
        assert event.name == "ox:mail:new"
        assert event.data == {"folder": INBOX, "id": "1", "cid": f"{INBOX}/1", "email": "jo@example.org", "displayname": "Jö",
                              "subject": "First", "teaser": "Hello you", "unread": 1}, event.data
        assert udp[0].folders(1) == [1]
        assert clients[0].get("mail", action="get", folder=INBOX, id=event.data["id"], unseen=True).data["subject"] == "First"
        deliver(api, "user2", "Second")
        assert streams[1].next().data["subject"] == "Second"
        assert udp[1].folders(1) == [1]
        assert not any(client.waiting() for client in udp)


def test_a_mail_that_is_told_twice_is_heard_of_once():
    with running() as api, contextlib.ExitStack() as stack:
        client = api.user(1)
        stream = stack.enter_context(EventStream(client, topics="ox:mail:new"))
        stream.ready()
        news = {"user": f"{client.user_id}@{client.context_id}", "event": "messageNew", "folder": "INBOX", "imap-uidvalidity": 5}
        for uid in (7, 7, 8):
            assert tell(api, **news, **{"imap-uid": uid}) == 200
        assert [stream.next().data["id"] for _ in range(2)] == ["7", "8"]
