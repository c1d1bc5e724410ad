"""Crashes in the middle of uploads: no half file is ever seen, no acknowledged one is missing, and what lies about in the
file store afterwards is found and removed by the check."""

import hashlib
import json
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from crash_test import ALWAYS, CRASH_LINES, Writer, crash_rounds  # noqa: E402
from support.client import ApiClient  # noqa: E402
from support.files import new_version, put_raw, upload  # noqa: E402

LARGEST = 400_000  # bytes: larger than any buffer on the way
# Files younger than this may belong to an upload that is under way; the check leaves them alone.
GRACE = 25 * 3600  # seconds, more than the tool's longest


def content_of(value: str) -> bytes:
    """Bytes that tell whether they are whole: size and every byte follow from the value."""
    seed = hashlib.sha256(value.encode()).digest()
    size = int.from_bytes(seed[:4], "big") % LARGEST
    return (value.encode() + seed * (size // len(seed) + 1))[: size + len(value)]


class Uploader(Writer):
    """Uploads new files and new versions, by multipart and as raw body. The comment of a version names its content."""

    def send(self, file_id: str | None, value: str):
        content, members = content_of(value), {"version_comment": value}
        is_raw = self.number % 3 == 0
        if is_raw:
            where = {"id": file_id, "timestamp": ALWAYS} if file_id else {}
            return put_raw(self.client, self.folder, f"{self.name}.bin", content, **members, **where)
        if file_id:
            return new_version(self.client, file_id, f"{self.name}.bin", content, members=members)
        return upload(self.client, self.folder, f"{self.name}.bin", content, members=members)

    def change(self, file_id: str, value: str):
        return self.send(file_id, value)

    def create(self, value: str):
        return self.send(None, value)

    def id_in(self, answer) -> str:
        return answer.data


def number_of(file_id: str) -> str:
    return file_id.split("/")[-1]


def check_files(client: ApiClient, folder: str, uploaders: list[Uploader], known: set) -> int:
    """The number of versions; raises when one is lost, wrong or half. Does not read those of `known` again."""
    there = {number_of(row[0]) for row in client.get("infostore", action="all", folder=folder, columns="1").data}
    acknowledged = {number_of(one): value for uploader in uploaders for one, value in uploader.acknowledged.items()}
    lost = acknowledged.keys() - there
    assert not lost, f"{len(lost)} of {len(acknowledged)} acknowledged files are gone: {sorted(lost)[:5]}"
    count = 0
    for number in sorted(there):
        rows = client.get("infostore", action="versions", id=f"{folder}/{number}", columns="705,709,704").data
        values = {row[1] for row in rows}
        assert number not in acknowledged or acknowledged[number] in values, f"{number}: {acknowledged[number]} is gone"
        for version, value, size in rows:
            count += 1
            if (number, version) in known:
                continue
            known.add((number, version))
            answer = client.get("infostore", action="document", id=f"{folder}/{number}", folder=folder, version=version)
            assert answer.status == 200 and len(answer.body) == size, f"{number} version {version}: {answer.status}"
            assert answer.body == content_of(value), f"{number} version {version} is not what was uploaded as {value}"
    return count


def make_old(store: pathlib.Path) -> int:
    """Ages every file of the store as if the crash had been long ago; gives their number."""
    then, count = time.time() - GRACE, 0
    for path in store.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))
            count += 1
    return count


def check_store(server, store: pathlib.Path, versions: int) -> int:
    """The number of orphans that the crashes left; afterwards there are none."""
    options = ("--file-store", f"file:{store}", "--json", "check", "--files")
    make_old(store)
    found = json.loads(server.try_ctl(*options).stdout or "[]")
    kinds = {one["check"] for one in found}
    assert "row-without-file" not in kinds, found
    server.ctl(*options, "--repair")
    assert json.loads(server.ctl(*options) or "[]") == [], "the check finds something after it has mended"
    left = [str(path.relative_to(store)) for path in store.rglob("*") if path.is_file()]
    assert len(left) == versions, f"{len(left)} files for {versions} versions: {[one for one in left if '.' in one]}"
    return sum(one["check"] == "file-without-row" for one in found)


def test_crashes_during_uploads_leave_no_half_file(proof):
    with proof.server(is_durable=True, always_fine=CRASH_LINES) as server:
        server.need_workers()
        api = server.tenant()
        client = api.user(1)
        folder = str(client.config("folder/infostore"))
        store = server.httpd.folder / "data" / "files"
        known: set = set()
        uploaders = crash_rounds(proof, server, client, ["worker", "worker", "group"], proof.rounds(6, 100), range(10, 30),
                                 lambda twin, name: Uploader(twin, folder, name),
                                 lambda uploaders: check_files(client, folder, uploaders, known))
        versions = check_files(client, folder, uploaders, set())
        orphans = check_store(server, store, versions)
        check_files(client, folder, uploaders, set())
        acknowledged = sum(len(uploader.acknowledged) for uploader in uploaders)
        print(f"        {versions} versions of {acknowledged} acknowledged files, {orphans} orphans found and removed")
        api.close()
