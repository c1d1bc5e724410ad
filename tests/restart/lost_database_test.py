"""A database that goes away and comes back: a clear 503 with Retry-After, a line in the log, and recovery by itself."""

import signal

from support.groupware import Groupware
from support.servers import MariaDB, wait_until

DATABASE_LINES = r"GW\d{4}: .*(database|MySQL|MariaDB|connect)"


def is_clear_failure(answer) -> bool:
    """503 with Retry-After, or the API's own error about the database."""
    if answer.status == 503:
        return answer.headers.get("Retry-After", "").isdigit()
    return answer.status == 200 and answer.code is not None


def test_requests_fail_clearly_while_mariadb_is_away_and_work_when_it_is_back():
    with MariaDB(is_durable=True) as mariadb, Groupware(
            mariadb, "GroupwareDatabaseTimeouts connect=2s statement=2s\nGroupwareDatabasePool size=4 wait=500ms",
            always_fine=(DATABASE_LINES,)) as server:
        api = server.tenant()
        folder = api.private_folder()
        request = {"action": "all", "folder": folder, "columns": "1,500"}
        assert api.get("contacts", **request).status == 200
        mariadb.kill_group()
        for _ in range(8):
            answer = api.get("contacts", **request)
            assert answer.status == 503, (answer.status, answer.text)
            assert answer.headers.get("Retry-After", "").isdigit(), answer.headers
            assert server.client().try_login(api.login_name("user1"), "secret").status in (200, 503)
        lines = [line for line in server.httpd.log_text().splitlines() if "GW" in line]
        processes = 1 if server.httpd.single_process else len(server.httpd.children())
        assert 1 <= len(lines) <= 2 * processes, "one line of each process, and one of what it was doing\n" + "\n".join(lines)
        assert mariadb.start_again()
        wait_until(lambda: api.get("contacts", **request).status == 200, "recovery", 10)
        api.put("contacts", {"folder_id": folder, "display_name": "After"}, action="new").data
        api.close()


def test_httpd_starts_without_its_database_and_works_when_it_comes():
    with MariaDB(is_durable=True) as mariadb, Groupware(
            mariadb, "GroupwareDatabaseTimeouts connect=1s statement=2s", always_fine=(DATABASE_LINES,)) as server:
        api = server.tenant()
        api.user(1)
        mariadb.kill_group()
        server.httpd.terminate()
        server.httpd.start_again()
        begin = len(server.httpd.log_text())
        for _ in range(30):
            answer = server.client().try_login(api.login_name("user1"), "secret")
            assert answer.status == 503 and answer.headers.get("Retry-After", "").isdigit(), (answer.status, answer.text)
        lines = [line for line in server.httpd.log_text()[begin:].splitlines() if "GW" in line]
        assert len(lines) <= 4, "a line of each process, not of each request\n" + "\n".join(lines)
        assert mariadb.start_again()
        wait_until(lambda: api.get("config/folder/contacts").status == 200, "recovery", 10)
        api.close()


def test_a_graceful_restart_without_the_database_keeps_httpd_alive():
    with MariaDB(is_durable=True) as mariadb, Groupware(
            mariadb, "GroupwareDatabaseTimeouts connect=1s statement=2s", always_fine=(DATABASE_LINES,)) as server:
        server.need_workers()
        mariadb.kill_group()
        server.httpd.reload()
        assert server.httpd.answers()
        assert mariadb.start_again()


def test_a_stalled_database_ends_in_a_clear_error_within_its_time_out():
    with MariaDB(is_durable=True) as mariadb, Groupware(
            mariadb, "GroupwareDatabaseTimeouts connect=1s statement=1s\nGroupwareDatabasePool size=2 wait=500ms",
            always_fine=(DATABASE_LINES,)) as server:
        api = server.tenant()
        folder = api.private_folder()
        request = {"action": "all", "folder": folder, "columns": "1,500"}
        mariadb.process.send_signal(signal.SIGSTOP)
        try:
            answer = api.get("contacts", **request)
            assert is_clear_failure(answer), (answer.status, answer.text)
            assert server.httpd.answers(), "other locations must not suffer"
        finally:
            mariadb.process.send_signal(signal.SIGCONT)
        wait_until(lambda: api.get("contacts", **request).status == 200, "recovery", 10)
        api.close()
