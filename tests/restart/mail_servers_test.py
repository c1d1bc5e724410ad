"""The private mail servers of the tests: they start, know their users, deliver, fail on demand and outlive a crash."""

import imaplib
import smtplib
import ssl

from support.mail_servers import Dovecot, Exim, make_token, missing_programs
from support.runner import Skipped
from support.servers import wait_until


def need_programs() -> None:
    missing = missing_programs()
    if missing:
        raise Skipped(f"missing: {missing}")


def count(mailbox: imaplib.IMAP4, folder: str = "INBOX") -> int:
    return int(mailbox.select(folder, readonly=True)[1][0])


def token_login(user: str):
    return lambda _: f"user={user}\x01auth=Bearer {make_token(user)}\x01\x01".encode()


def send(exim: Exim, *recipients: str) -> dict:
    context = ssl.create_default_context(cafile=str(exim.ca))
    with smtplib.SMTP("localhost", exim.ports["smtp"]) as sender:
        sender.starttls(context=context)
        sender.login("user1", "secret")
        return sender.sendmail("user1@example.test", [f"{name}@example.test" for name in recipients], "Subject: x\r\n\r\ny\r\n")


def refusal(exim: Exim, *recipients: str) -> int:
    try:
        send(exim, *recipients)
    except smtplib.SMTPRecipientsRefused as error:
        return next(iter(error.recipients.values()))[0]
    except smtplib.SMTPDataError as error:
        return error.smtp_code
    return 0


def test_dovecot_and_exim_deliver_and_fail_on_demand():
    need_programs()
    with Dovecot() as dovecot, Exim(dovecot) as exim:
        send(exim, "user2")
        context = ssl.create_default_context(cafile=str(dovecot.ca))
        with imaplib.IMAP4_SSL("localhost", dovecot.ports["imaps"], ssl_context=context) as mailbox:
            mailbox.login("user2", "secret")
            wait_until(lambda: count(mailbox) == 1, "the delivery")
            assert b"STORAGE" in mailbox.getquotaroot("INBOX")[1][1][0]
            assert mailbox.setacl("INBOX", "user1", "lr")[0] == "OK"
        with imaplib.IMAP4("localhost", dovecot.ports["imap"]) as mailbox:
            mailbox.authenticate("XOAUTH2", token_login("user1"))
            assert b"shared/user2" in b" ".join(mailbox.list()[1])
        with imaplib.IMAP4("localhost", dovecot.ports["imap"]) as mailbox:
            mailbox.login("user2*master", "msecret")
            assert count(mailbox) == 1
        assert set(send(exim, "user2", "reject", "defer")) == {"reject@example.test", "defer@example.test"}
        for fault, code in (("reject", 550), ("defer", 451), ("reject-data", 554), ("defer-data", 451)):
            with exim.fault(fault, "on purpose"):
                assert refusal(exim, "user2") == code, fault
        assert refusal(exim, "user2") == 0


def test_dovecot_comes_back_after_a_crash():
    need_programs()
    with Dovecot({"anna": "other"}) as dovecot:
        dovecot.save("anna", b"Subject: kept\r\n\r\nx\r\n")
        dovecot.kill_group()
        assert dovecot.start_again()
        with imaplib.IMAP4("127.0.0.1", dovecot.ports["imap"]) as mailbox:
            mailbox.login("anna", "other")
            assert count(mailbox) == 1
        dovecot.configure("protocol imap {\n  imap_capability = IMAP4rev1\n}\n")
        with imaplib.IMAP4("127.0.0.1", dovecot.ports["imap"]) as mailbox:
            mailbox.login("anna", "other")
            assert mailbox.capability()[1][-1] == b"IMAP4rev1"
