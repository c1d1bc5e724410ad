"""Connections to the mail server that nobody uses are given up."""

from support.servers import wait_until

MAIL = True
DIRECTIVES = "\nGroupwareMailConnections idle=1s\n"


def test_an_unused_connection_is_closed(api):
    api.get("mail", action="count", folder="default0/INBOX")
    login = f"user1.{api.context_id}"

    def is_connected() -> bool:
        return api.server.mail.mailboxes.has_connection(login)

    assert is_connected()
    wait_until(lambda: not is_connected(), "the end of the connection")
    assert api.get("mail", action="count", folder="default0/INBOX").data == 0
