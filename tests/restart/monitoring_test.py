"""What operators see: figures that are right over all processes and restarts, health, logs that can be followed."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess

from support import dav, metrics, provisioning
from support.files import upload
from support.groupware import PASSWORD, Groupware, groupwarectl_path, module_path
from support.load import Load
from support.metrics import PAGES, Metrics
from support.runner import Skipped
from support.servers import PROJECT, give_to, state_folder, wait_until

STATUS_PAGE = "<Location /status>\n  SetHandler server-status\n</Location>\n"
CONTACTS = {"module": "contacts", "action": "all", "status": "OK"}


def asked(scrape: Metrics) -> float:
    return scrape.sum("gw_http_requests_seconds_count", **CONTACTS)


def requests_by_process(server: Groupware) -> dict[str, int]:
    """Of the page of mod_status: the first two columns are the process and its requests."""
    page = metrics.get(server.port, "/status")[2].partition("<h2>Groupware</h2>")[2]
    return {pid: int(count) for pid, count in re.findall(r"<tr><td>(\d+)</td><td>(\d+)</td>", page)}


def contact_load(api) -> Load:
    names = iter([f"user{number}" for number in range(1, 5)])
    clients = {name: api.named(name) for name in [f"user{number}" for number in range(1, 5)]}

    def make_request():
        client = clients[next(names)]
        folder = api.private_folder(client)

        def request() -> None:
            client.close()
            client.get("contacts", action="all", folder=folder, columns="1")

        return request

    return Load(make_request)


def test_counters_of_all_workers_add_up_and_never_fall():
    with Groupware(directives=PAGES + STATUS_PAGE) as server:
        server.need_workers()
        api = server.tenant()
        before = asked(Metrics(server.port))
        with contact_load(api) as load:
            wait_until(lambda: sum(count > 0 for count in requests_by_process(server).values()) >= 2, "two busy workers", 60)
        assert not load.failures, load.failures[:5]
        done = load.done
        last = Metrics(server.port)
        assert asked(last) - before == done, f"{asked(last) - before} of {done} requests were counted"
        assert sum(count > 0 for count in requests_by_process(server).values()) >= 2

        server.announce(r"exit signal Killed|AH00052|AH10264")
        for worker in server.httpd.children_named("apache2")[:2]:
            os.kill(worker, signal.SIGKILL)
            wait_until(lambda: worker not in server.httpd.children() and server.httpd.answers(), "a new worker")
            now = Metrics(server.port)
            assert not now.fallen_since(last), now.fallen_since(last)
            assert asked(now) - before == done
            last = now
        for _ in range(2):
            server.httpd.reload()
            now = Metrics(server.port)
            assert not now.fallen_since(last), now.fallen_since(last)
            assert asked(now) - before == done
            last = now
        # Processes that took the places of others go on with their figures.
        with contact_load(api) as load:
            load.wait_for(50)
        assert not load.failures, load.failures[:5]
        assert asked(Metrics(server.port)) - before == done + load.done
        # Nothing is worked on, so no process that is gone is counted as at work.
        wait_until(lambda: Metrics(server.port).sum("gw_http_inflight") == 0, "no request at work")
        api.close()


def test_the_pages_tell_what_was_done_in_names_of_a_bounded_number():
    with Groupware(directives=PAGES + dav.DIRECTIVES, modules=dav.MODULES) as server:
        api = server.tenant()
        client = api.user(1)
        upload(client, api.file_folder(), "seven.bin", b"1234567").data
        for number in range(40):
            assert client.get(f"nonsense{number}", action=f"odd{number}").code
            client.get("contacts", action=f"odd{number}").expect_error("SVL-0021")
        api.anonymous().try_login(api.login_name("user1"), "wrong").expect_error("LGI-0006")
        found = subprocess.run(["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-X", "PROPFIND", "-H", "Depth: 0", "-u",
                                f"{api.login_name('user1')}:{PASSWORD}", f"http://127.0.0.1:{server.port}{dav.ROOT}/"],
                               capture_output=True, text=True, timeout=60)
        assert found.stdout == "207", found
        scrape = wait_until(lambda: seen(Metrics(server.port), "gw_dav_requests_seconds_count"), "the request of WebDAV")
        assert scrape.type == "text/plain; version=0.0.4; charset=utf-8"
        assert scrape.sum("gw_dav_requests_seconds_count", interface="INFOSTORE", method="PROPFIND", status="2xx") >= 1
        modules = scrape.labels("gw_http_requests_seconds_count", "module")
        actions = scrape.labels("gw_http_requests_seconds_count", "action")
        assert not [word for word in modules | actions if "nonsense" in word or "odd" in word], modules | actions
        assert scrape.sum("gw_http_requests_seconds_count", module="other", action="other") >= 1
        assert scrape.sum("gw_logins_total", result="failed") >= 1 and scrape.sum("gw_logins_total", result="success") >= 1
        assert scrape.sum("gw_sessions", bucket="active") >= 1
        assert scrape.sum("gw_filestore_bytes", store="file") == 7
        assert scrape.sum("gw_db_use_seconds_count") > 0
        # Nobody is told of people, addresses or folders.
        for secret in (api.login_name("user1"), api.context_name, "user1", client.session, str(server.httpd.folder)):
            assert secret not in scrape.text, secret

        reference = Metrics(server.port, "/metrics-reference")
        assert reference.sum("appsuite_health_status", status="UP") == 1
        assert reference.sum("appsuite_httpapi_requests_seconds_count", module="login") >= 1
        assert reference.sum("appsuite_sessions_total", client="all") >= 1
        assert metrics.get(server.port, "/metrics", "PUT")[0] == 405
        look_at_stats(server)
        check_with_promtool(scrape)
        api.close()


def seen(scrape: Metrics, name: str) -> Metrics | None:
    return scrape if scrape.sum(name) > 0 else None


def look_at_stats(server: Groupware) -> None:
    url = f"http://127.0.0.1:{server.port}/stats"
    text = metrics.get(server.port, "/stats")[2]
    lines = dict(line.split(" = ", 1) for line in text.splitlines())
    assert int(lines["com.openexchange.monitoring:name=GeneralMonitor,NumberOfActiveSessions"]) >= 1
    assert int(lines["com.openexchange.pooling:name=DB Pool 1,PoolSize"]) >= 8
    for words in (["stats"], ["showruntimestats", "-a"]):
        done = subprocess.run([str(groupwarectl_path()), *words, "--url", url], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0 and set(dict(line.split(" = ", 1) for line in done.stdout.splitlines())) == set(lines), done
    done = subprocess.run([str(groupwarectl_path()), "--json", "stats", "--pnsstats", "--url", url], capture_output=True, text=True)
    assert json.loads(done.stdout)["com.openexchange.pns:name=PushNotificationMBean,EnqueuedNotifications"] == 0, done
    nowhere = subprocess.run([str(groupwarectl_path()), "stats", "--url", f"http://127.0.0.1:{server.port}/nothing"],
                             capture_output=True, text=True)
    assert nowhere.returncode == 1 and "SetHandler groupware-stats" in nowhere.stderr, nowhere


def check_with_promtool(scrape: Metrics) -> None:
    if not shutil.which("promtool"):
        print("        promtool is not installed: its judgement is missing")
        return
    done = subprocess.run(["promtool", "check", "metrics"], input=scrape.text, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr.strip(), done.stdout + done.stderr


def test_calls_of_soap_are_counted_by_operation_and_fault():
    with Groupware(directives=PAGES + provisioning.DIRECTIVES) as server:
        api = server.tenant()
        users, ctx = provisioning.soap(api, "OXUserService"), {"id": api.context_id}
        for password in (PASSWORD, "wrong"):
            with contextlib.suppress(provisioning.zeep_module().exceptions.Fault):
                users.listAll(ctx=ctx, auth=provisioning.credentials("oxadmin", password))
        seen = Metrics(server.port)
        for status in ("OK", "InvalidCredentialsException"):
            assert seen.sum("gw_soap_requests_seconds_count", service="OXUserService", operation="listAll", status=status) == 1, status
        api.close()


def test_the_alert_rules_are_what_prometheus_takes():
    if not shutil.which("promtool"):
        raise Skipped("promtool is not installed")
    rules = PROJECT / "conf" / "prometheus" / "groupware-alerts.yml"
    done = subprocess.run(["promtool", "check", "rules", str(rules)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def used_metrics() -> set[str]:
    texts = [(PROJECT / "conf" / "prometheus" / "groupware-alerts.yml").read_text(),
             (PROJECT / "conf" / "grafana" / "groupware.json").read_text()]
    return set(re.findall(r"\bgw_[a-z_]+", " ".join(texts)))


def known_metrics() -> set[str]:
    """Of the sources, since a page has only those that counted something."""
    sources = "".join(path.read_text() for folder in ("lib/monitoring", "mod_groupware/apache")
                      for path in sorted((PROJECT / folder).glob("*pp")))
    return set(re.findall(r'"(gw_[a-z_]+)"', sources))


def test_board_and_alerts_ask_for_metrics_that_exist():
    json.loads((PROJECT / "conf" / "grafana" / "groupware.json").read_text())
    known = known_metrics()
    missing = {name for name in used_metrics() if re.sub(r"_(bucket|sum|count)$", "", name) not in known}
    assert not missing, missing


# Source: spec monitoring section 7.
NAMES_OF_THE_SPEC = """
    gw_build_info gw_http_requests_seconds gw_http_inflight gw_dav_requests_seconds gw_soap_requests_seconds gw_sessions gw_logins_total
    gw_db_connections gw_db_waiting gw_db_timeouts_total gw_db_use_seconds gw_imap_connections gw_imap_commands_seconds
    gw_imap_errors_total gw_filestore_bytes gw_filestore_operations_seconds gw_udp_registrations gw_udp_packets_total gw_udp_peers
    gw_udp_queue_length gw_udp_queue_oldest_seconds gw_push_streams gw_push_events_total gw_http_notify_total
    gw_subscription_refresh_seconds gw_subscription_errors_total gw_ldap_requests_seconds gw_ldap_import_users_total
    gw_sip_provision_requests_total gw_shm_bytes gw_shm_full_total""".split()


def test_each_name_of_the_spec_is_counted_or_documented_as_missing():
    page, heading = (PROJECT / "docs" / "monitoring.md").read_text(), "## Figures that are not there"
    missing = set(re.findall(r"^\| `(gw_[a-z_]+)` \|", page.partition(heading)[2].partition("\n## ")[0], re.M))
    offered = set(re.findall(r"`(gw_[a-z_]+)`", page[:page.index(heading)]))
    assert offered <= known_metrics(), offered - known_metrics()
    assert missing == set(NAMES_OF_THE_SPEC) - known_metrics(), missing ^ (set(NAMES_OF_THE_SPEC) - known_metrics())
    assert set(NAMES_OF_THE_SPEC) - missing <= offered, set(NAMES_OF_THE_SPEC) - missing - offered


def test_health_and_readiness():
    with Groupware(directives=PAGES + "GroupwareHealth files=on ignore=clock\n") as server:
        status, told = metrics.health(server.port)
        assert status == 200 and told["status"] == "UP", told
        assert {check["name"] for check in told["checks"]} >= {"database", "sessionStore", "fileStore", "diskSpace"}, told
        assert all(check["status"] == "UP" for check in told["checks"]), told
        assert told["service"]["charset"] == "UTF-8" and "mailServer" in told["skipped"], told
        assert metrics.get(server.port, "/health?verbose=0")[::2] == (200, "UP\n")
        wait_until(lambda: metrics.get(server.port, "/ready")[0] == 200, "readiness")
        # Nothing of the probe is left.
        left = [path for path in (server.httpd.folder / "data" / "files").rglob("*") if path.is_file()]
        assert not left, left
    with Groupware(directives=PAGES + "GroupwareHealth disk=1000000G cached=0s skip=clock,fileStore\n") as server:
        status, told = metrics.health(server.port)
        down = [check["name"] for check in told["checks"] if check["status"] == "DOWN"]
        assert (status, told["status"], down) == (503, "DOWN", ["diskSpace"]), told
        assert metrics.get(server.port, "/health?verbose=0")[::2] == (503, "DOWN\n")


def test_readiness_and_health_tell_that_the_database_is_not_usable():
    with Groupware(directives=PAGES + "GroupwareHealth cached=0s\nGroupwareAutoMigrate Off\n") as server:
        server.httpd.terminate()
        database = server.httpd.folder / "data" / "groupware.db"
        for path in database.parent.glob("groupware.db*"):
            path.unlink()
        database.touch()
        give_to(database, server.httpd.account)
        server.announce(r"GW\d{4}: .*(database|schema)")
        server.httpd.start_again()
        assert metrics.get(server.port, "/ready")[0] == 503
        status, told = metrics.health(server.port)
        assert status == 503 and told["checks"][0] == {"name": "database", "status": "DOWN", "data": told["checks"][0]["data"]}
        assert Metrics(server.port).sum("gw_database_ready") == 0
        server.ctl("migrate")
        wait_until(lambda: metrics.get(server.port, "/ready")[0] == 200, "the database again")
        wait_until(lambda: metrics.health(server.port)[0] == 200, "health again")


def test_a_request_is_found_in_both_logs_by_the_id_that_its_client_was_told():
    logging = (PROJECT / "conf" / "logging.conf").read_text()
    directives = (PAGES + logging + 'CustomLog "logs/access.json" groupware_json\nLogLevel groupware:debug\n')
    with Groupware(directives=directives, modules=("unique_id",),
                   always_fine=(r".",)) as server:
        api = server.tenant()
        answer = api.user(1).get("contacts", action="nonsense")
        answer.expect_error("SVL-0021")
        told = answer.headers["X-Request-Id"]
        access = server.httpd.folder / "logs" / "access.json"
        entries = wait_until(lambda: [entry for entry in map(json.loads, access.read_text().splitlines())
                                      if entry["request"] == told], "its line in the access log")
        assert entries[0]["path"] == "/ajax/contacts" and entries[0]["status"] == 200, entries
        assert api.user(1).session not in access.read_text()
        lines = [line for line in server.httpd.log_text().splitlines() if "GW0001" in line]
        assert any(f"[request {told}]" in line for line in lines), lines[:3]
        api.close()


def test_a_statement_that_waits_for_a_lock_is_logged_with_the_id_of_its_request():
    logging = (PROJECT / "conf" / "logging.conf").read_text()
    directives = PAGES + logging + 'CustomLog "logs/access.json" groupware_json\nLogLevel groupware:info\nGroupwareLogSlow 1ms\n'
    with Groupware(directives=directives, modules=("unique_id",), always_fine=(r".",)) as server:
        api = server.tenant()
        client, folder = api.user(1), api.private_folder()

        def slow_lines_of_a_blocked_write() -> list[str]:
            with contextlib.closing(sqlite3.connect(server.url.removeprefix("sqlite:"), timeout=20, isolation_level=None)) as other:
                with concurrent.futures.ThreadPoolExecutor(1) as pool:
                    other.execute("BEGIN IMMEDIATE")
                    write = pool.submit(client.put, "contacts", {"folder_id": folder, "display_name": "x"}, action="new")
                    wait_until(lambda: Metrics(server.port).sum("gw_http_inflight", kind="ajax") >= 1, "the request at work")
                    other.execute("COMMIT")
                    told = write.result().headers["X-Request-Id"]
            return [line for line in server.httpd.log_text().splitlines() if "BEGIN IMMEDIATE" in line and f"[request {told}]" in line]

        # The request may be at work and not at the lock yet when it is given up: then once more.
        lines = wait_until(slow_lines_of_a_blocked_write, "a slow statement with the id of its request")
        told = re.search(r"\[request (\S+)\].*GW0100: slow statement, [0-9]+\.[0-9] ms: ", lines[0])
        assert told, lines
        access = server.httpd.folder / "logs" / "access.json"
        entry = wait_until(lambda: [each for each in map(json.loads, access.read_text().splitlines()) if each["request"] == told[1]],
                           "its line in the access log")
        assert entry[0]["path"] == "/ajax/contacts", entry
        api.close()


MUNIN_GRAPHS = ("ox_sessions", "ox_misc", "ox_overview", "ox_broken", "ox_connection_usage", "ox_database_1", "ox_database_times_1",
                "ox_mailinterface", "ox_pns", "ox_threadpool", "ox_threadpool_tasks")


def plugin(name: str, folder: pathlib.Path, url: str, *words: str) -> str:
    link = folder / name
    if not link.exists():
        link.symlink_to(PROJECT / "conf" / "munin" / "groupware_munin")
    done = subprocess.run([str(link), *words], capture_output=True, text=True, timeout=60, env={**os.environ, "url": url})
    assert done.returncode == 0, (name, words, done)
    return done.stdout


def test_munin_plugins_draw_every_graph():
    folder = state_folder("gwmunin")
    try:
        with Groupware(directives=PAGES) as server:
            api = server.tenant()
            api.private_folder()
            url = f"http://127.0.0.1:{server.port}/stats"
            for name in MUNIN_GRAPHS:
                config = plugin(name, folder, url, "config")
                assert "graph_title " in config and "graph_category Open Xchange" in config, config
                fields = set(re.findall(r"^(\w+)\.label ", config, re.M))
                values = dict(re.findall(r"^(\w+)\.value (\S+)$", plugin(name, folder, url), re.M))
                assert set(values) == fields and "U" not in values.values(), (name, values)
            assert int(dict(re.findall(r"^(\w+)\.value (\S+)$", plugin("ox_sessions", folder, url), re.M))["active"]) >= 1
            assert plugin("ox_sessions", folder, url, "autoconf") == "yes\n"
            nowhere = f"http://127.0.0.1:{server.port}/nothing"
            assert plugin("ox_sessions", folder, nowhere, "autoconf").startswith("no (")
            assert "active.value U" in plugin("ox_sessions", folder, nowhere)
            run_under_munin_node(folder, url)
            api.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_under_munin_node(plugins: pathlib.Path, url: str) -> None:
    runner = shutil.which("munin-run") or "/usr/sbin/munin-run"
    if not os.path.exists(runner):
        print("        munin-node is not installed: its judgement is missing")
        return
    folder = state_folder("gwnode")
    try:
        (folder / "conf.d").mkdir()
        (folder / "conf.d" / "groupware").write_text(f"[ox_*]\nenv.url {url}\nuser root\n")
        (folder / "node.conf").write_text(f"log_file {folder}/node.log\npid_file {folder}/node.pid\nhost 127.0.0.1\nport 4949\n"
                                          "user root\ngroup root\nallow ^127\\.0\\.0\\.1$\n")
        for words in (["config"], []):
            done = subprocess.run([runner, "--config", str(folder / "node.conf"), "--servicedir", str(plugins), "--sconfdir",
                                   str(folder / "conf.d"), "ox_sessions", *words], capture_output=True, text=True, timeout=60,
                                  env={**os.environ, "MUNIN_PLUGSTATE": str(folder)})
            wanted = r"^active\.label " if words else r"^active\.value [0-9]+$"
            assert done.returncode == 0 and re.search(wanted, done.stdout, re.M), done
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_figures_of_the_push_child_and_its_health_are_told():
    loads = (("oxpush_module", str(module_path("mod_oxpush"))),)
    with Groupware(directives=PAGES + "OXPush On\nGroupwareHealth cached=0s\n", loads=loads) as server:
        wait_until(lambda: metrics.health(server.port)[0] == 200, "health with the push child")
        names = {check["name"] for check in metrics.health(server.port)[1]["checks"]}
        assert "pushChild" in names, names
        api = server.tenant()
        api.put("contacts", {"folder_id": api.private_folder(), "display_name": "x"}, action="new")
        wait_until(lambda: Metrics(server.port).sum("gw_udp_events_total", result="received") >= 1, "the event in the figures")
        scrape = Metrics(server.port)
        assert scrape.sum("gw_push_child_starts_total") == 1 and ("gw_udp_registrations", frozenset()) in scrape.samples
        api.close()
