"""A mail server that takes connections and never answers, and more clients than the server has threads."""

import threading

from support.mail_proxy import Fault
from support.servers import wait_until

MAIL = "faulty"
THREADS, AT_MAIL, CLIENTS = 8, 4, 24
# The time-outs are longer than the test: only the bound on waiting requests can help.
DIRECTIVES = (f"ServerLimit 1\nStartServers 1\nThreadsPerChild {THREADS}\nThreadLimit {THREADS}\nMaxRequestWorkers {THREADS}\n"
              "MinSpareThreads 1\nMaxSpareThreads 8\nGroupwareMailTimeouts connect=60s read=60s\n")


def answers_while_hanging(api, proxy, ask, refusal: str) -> None:
    """`ask(client)` gives the code of an error, from a client of its own; the one of `api` asks for contacts meanwhile."""
    folder = api.private_folder()
    clients = []
    for _ in range(CLIENTS):
        clients.append(api.anonymous())
        clients[-1].login(api.login_name("user1"), "secret")
        clients[-1].close()
    codes: list[str | None] = []

    def work(client) -> None:
        codes.append(ask(client))
        client.close()

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    with proxy.failing(Fault()):
        for thread in threads:
            thread.start()
        wait_until(lambda: len(codes) >= CLIENTS - AT_MAIL, "the refusals")
        for _ in range(3):
            assert api.get("contacts", action="all", folder=folder, columns="1").data == []
        assert set(codes) == {refusal}
        assert len(codes) == CLIENTS - AT_MAIL and len(proxy.connections) == AT_MAIL, "the others still wait"
    for thread in threads:
        thread.join()
    assert len(codes) == CLIENTS


def test_contacts_answer_while_the_mailboxes_hang(api):
    def ask(client) -> str | None:
        return client.get("mail", action="all", folder="default0/INBOX", columns="600").code

    answers_while_hanging(api, api.server.mail.imap, ask, "MSG-1016")
    assert ask(api.user(1)) is None


def test_contacts_answer_while_the_filter_server_hangs(api):
    def ask(client) -> str | None:
        return client.get("mailfilter/v2", action="list").code

    answers_while_hanging(api, api.server.mail.sieve, ask, "MAIL_FILTER-0014")
    assert ask(api.user(1)) is None
