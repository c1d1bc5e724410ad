"""A context's files move to another store while clients upload, change, read and delete them, and the moving tool is killed
again and again: every file can be read at every moment, none is lost, and what is left is clean and in the new store."""

import contextlib
import json
import pathlib
import random
import subprocess
import threading

from support import npm
from support.client import ApiClient
from support.files import download, new_version, upload
from support.groupware import groupwarectl_path
from support.runner import Skipped
from support.s3_server import S3Server
from support.servers import IS_ROOT, build_folder, give_to

from upload_crash_test import content_of

LATE = 2**63 - 1
FILES = 40
# An append or a write that meets the move of the same file, and requests of S3 that the end of a worker breaks off.
LINES = ("GW0310", "GW0311", "GW0313")


class Client(threading.Thread):
    """Uploads, changes, deletes and reads its own files until it is told to stop."""

    def __init__(self, twin: ApiClient, folder: str, name: str, stop: threading.Event):
        super().__init__()
        self.client, self.folder, self.prefix, self.stop_event = twin, folder, name, stop
        self.noise = random.Random(name)
        self.content: dict[str, str] = {}
        self.problem: BaseException | None = None
        self.reads = 0

    def run(self) -> None:
        try:
            while not self.stop_event.is_set():
                self.step()
        except BaseException as problem:
            self.problem = problem

    def step(self) -> None:
        kind = self.noise.random()
        if len(self.content) < 5 or kind < 0.15:
            value = f"{self.prefix}-{self.noise.random()}"
            answer = upload(self.client, self.folder, f"{self.prefix}.bin", content_of(value))
            self.content[answer.data] = value
            return
        file_id = self.noise.choice(sorted(self.content))
        if kind < 0.3:
            value = f"{self.prefix}-{self.noise.random()}"
            answer = new_version(self.client, file_id, f"{self.prefix}.bin", content_of(value))
            assert answer.code is None, answer.text
            self.content[file_id] = value
        elif kind < 0.35:
            refs = [{"id": file_id, "folder": self.folder}]
            assert self.client.put("infostore", refs, action="delete", timestamp=LATE, hardDelete=True).data == []
            del self.content[file_id]
        else:
            self.check(file_id)

    def check(self, file_id: str) -> None:
        answer = download(self.client, file_id)
        assert answer.status == 200, f"{file_id}: {answer.status} {answer.text[:200]}"
        assert answer.body == content_of(self.content[file_id]), f"{file_id} has other bytes"
        self.reads += 1


def twin(client: ApiClient) -> ApiClient:
    """The same session on a connection of its own."""
    made = ApiClient(client.port, client.root, client.user_agent)
    made.cookies, made.session = dict(client.cookies), client.session
    return made


class Mover:
    """groupwarectl under the server's account."""

    def __init__(self, server, tenant):
        self.options = {"user": server.httpd.account[0], "group": server.httpd.account[1], "extra_groups": []} if IS_ROOT else {}
        self.base = [str(groupwarectl_path()), "--database", server.url, "--file-store",
                     f"file:{server.httpd.folder}/data/files", "--json"]
        self.context = str(tenant.context_id)

    def start(self, target: str, keep: int) -> subprocess.Popen:
        words = ["filestore", "move", "--context", self.context, "--to", target, "--keep", str(keep)]
        return subprocess.Popen([*self.base, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/",
                                **self.options)

    def finish(self, target: str, keep: int = 0) -> dict:
        process = self.start(target, keep)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, f"exit code {process.returncode}: {out}{err}"
        return json.loads(out)

    def run(self, *words) -> list:
        done = subprocess.run([*self.base, *words], capture_output=True, text=True, timeout=120, cwd="/", **self.options)
        assert done.returncode == 0, f"{words}: exit code {done.returncode}: {done.stdout}{done.stderr}"
        return json.loads(done.stdout or "[]")


def kill_and_repeat(mover: Mover, target: str, rounds: int, noise: random.Random) -> int:
    """How many runs were killed before their end."""
    killed = 0
    for _ in range(rounds):
        process = mover.start(target, 1)
        try:
            process.wait(noise.random() * 0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.communicate()
    return killed


def move_under_load(proof, server, tenant, targets: list[tuple[str, bool]], rounds: int) -> None:
    """`targets`: addresses with whether the tool is killed on the way there."""
    client, folder = tenant.user(1), str(tenant.file_folder())
    mover, stop, noise = Mover(server, tenant), threading.Event(), random.Random(proof.database)
    clients = [Client(twin(client), folder, name, stop) for name in ("one", "two")]
    for one in clients:
        for _ in range(FILES // 2):
            value = f"{one.prefix}-{noise.random()}"
            one.content[upload(client, folder, f"{one.prefix}.bin", content_of(value)).data] = value
        one.start()
    try:
        for target, is_killed in targets:
            killed = kill_and_repeat(mover, target, rounds, noise) if is_killed else 0
            report = mover.finish(target, 1)
            assert report["missing"] == [], report
            reads = sum(one.reads for one in clients)
            print(f"        {killed} runs killed, then {report['files']} files moved, {report['removed']} removed, {reads} reads")
    finally:
        stop.set()
        for one in clients:
            one.join()
            one.client.close()
            one.client = client
    for one in clients:
        if one.problem:
            raise one.problem
    # What was on its way in while the last run ended.
    mover.finish(targets[-1][0])
    for one in clients:
        for file_id in sorted(one.content):
            one.check(file_id)
    stores = mover.run("filestore", "list", "--context", mover.context)
    assert [(store["files"] > 0, store["leftovers"]) for store in stores if not store["takes_new"]] == \
        [(False, 0)] * (len(stores) - 1), stores
    assert mover.run("check", "--files", "--context", mover.context) == []


def count(folder: pathlib.Path) -> int:
    """Whole files. What a killed run was writing stays for a day under a temporary name."""
    return sum(path.is_file() and not path.name.startswith(".upload-") for path in folder.rglob("*"))


def test_a_move_loses_nothing(proof):
    with proof.server(is_durable=True, always_fine=LINES) as server, contextlib.closing(server.tenant()) as tenant:
        first, second = (server.httpd.folder / "data" / name for name in ("second", "third"))
        for folder in (first, second):
            folder.mkdir()
            give_to(folder, server.httpd.account)
        move_under_load(proof, server, tenant, [(f"file:{first}", True), (f"file:{second}", True)], proof.rounds(2, 60))
        left = [count(folder) for folder in (server.httpd.folder / "data" / "files", first, second)]
        assert left[:2] == [0, 0] and left[2] > 0, left


def test_a_move_to_s3_and_back_loses_nothing(proof):
    try:
        s3 = S3Server(build_folder())
    except npm.Missing as problem:
        raise Skipped(str(problem)) from problem
    with s3, proof.server(is_durable=True, always_fine=LINES) as server, contextlib.closing(server.tenant()) as tenant:
        move_under_load(proof, server, tenant, [(s3.store_uri("move"), True), ("server", True)], proof.rounds(1, 30))
        assert count(server.httpd.folder / "data" / "files") > 0
        left = [path for path in pathlib.Path(s3.folder).rglob("*") if path.is_file() and "ctx_store" in str(path)]
        assert left == [], left
