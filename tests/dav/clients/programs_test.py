"""Programs that people use: each copies a tree in and out again, and finds it unchanged."""

import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import urllib.parse

from support import dav, npm
from support.groupware import PASSWORD
from support.runner import Skipped
from support.servers import build_folder, wait_until

NAMES = ("plain.txt", "Ünïcödé.txt", "100% #1 + more.txt", "日本語.txt", "a b.txt", "e\u0301.txt", "[x] & 'y'.txt", "~tilde;=.txt")


def make_tree(folder: pathlib.Path, count: int) -> None:
    """Files with odd names and sizes, some folders deep."""
    chance = random.Random(5)
    for number in range(count):
        where = folder / f"folder {number % 7}" / ("deep" if number % 3 else "Größe")
        where.mkdir(parents=True, exist_ok=True)
        (where / f"{number}.bin").write_bytes(chance.randbytes(chance.choice((0, 1, 300, 70_000))))
    for name in NAMES:
        (folder / name).write_text(name)


def same(one: pathlib.Path, other: pathlib.Path) -> None:
    dav.run("diff", "-r", one, other)


def test_curl_uploads_resumes_and_downloads(api):
    program, place = dav.need("curl"), dav.url(api, dav.home(api) + "/curl file.bin")
    dav.client(api)
    login = ("-sS", "--fail", "-u", f"{api.login_name('user1')}:{PASSWORD}")
    with tempfile.TemporaryDirectory() as folder:
        source, copy = pathlib.Path(folder) / "in", pathlib.Path(folder) / "out"
        source.write_bytes(random.Random(1).randbytes(3_000_000))
        dav.run(program, *login, "-T", source, place)
        dav.run(program, *login, "-T", source, "-H", "Transfer-Encoding: chunked", place)
        copy.write_bytes(source.read_bytes()[:1_000_000])
        dav.run(program, *login, "-C", "-", "-o", copy, place)
        assert copy.read_bytes() == source.read_bytes()


def test_cadaver_walks_puts_gets_and_locks(api):
    program = dav.need("cadaver")
    dav.client(api)
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        (home / ".netrc").write_text(f"machine 127.0.0.1 login {api.login_name('user1')} password {PASSWORD}\n")
        (home / ".netrc").chmod(0o600)
        (home / "local.txt").write_text("by cadaver\n")
        steps = ["mkcol Sub", "cd Sub", "put local.txt", "copy local.txt copied.txt", "move copied.txt moved.txt",
                 "lock moved.txt", "unlock moved.txt", "get moved.txt back.txt", "ls", "delete local.txt", "quit"]
        done = dav.run(program, dav.url(api, dav.home(api) + "/"), folder=home, environment={**os.environ, "HOME": folder},
                       text="\n".join(steps) + "\n")
        assert (home / "back.txt").read_text() == "by cadaver\n", done.stdout
        assert "failed" not in done.stdout, done.stdout
    assert dav.client(api).list(dav.home(api) + "/Sub") == ["moved.txt"]


def test_rclone_syncs_both_ways_and_finds_no_difference(api):
    program = dav.need("rclone")
    dav.client(api)
    hidden = dav.run(program, "obscure", PASSWORD).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        source, copy = pathlib.Path(folder) / "in", pathlib.Path(folder) / "out"
        source.mkdir(), copy.mkdir()
        make_tree(source, 60)
        environment = {**os.environ, "RCLONE_CONFIG": f"{folder}/none.conf", "RCLONE_CONFIG_GW_TYPE": "webdav",
                       "RCLONE_CONFIG_GW_URL": dav.url(api, dav.home(api)), "RCLONE_CONFIG_GW_VENDOR": "other",
                       "RCLONE_CONFIG_GW_USER": api.login_name("user1"), "RCLONE_CONFIG_GW_PASS": hidden}
        dav.run(program, "sync", source, "gw:tree", environment=environment)
        dav.run(program, "check", "--download", source, "gw:tree", environment=environment)
        dav.run(program, "sync", "gw:tree", copy, environment=environment)
        same(source, copy)
        (source / "plain.txt").write_text("changed and longer")
        (source / NAMES[1]).unlink()
        dav.run(program, "sync", source, "gw:tree", environment=environment)
        dav.run(program, "check", "--download", source, "gw:tree", environment=environment)


def test_a_davfs_mount_takes_a_source_tree(api):
    program = dav.need("mount.davfs")
    if os.geteuid() != 0 or not os.path.exists("/dev/fuse"):
        raise Skipped("mounting needs root and /dev/fuse")
    dav.client(api)
    with tempfile.TemporaryDirectory() as folder:
        source, mount = pathlib.Path(folder) / "in", pathlib.Path(folder) / "mnt"
        source.mkdir(), mount.mkdir()
        make_tree(source, int(os.environ.get("GW_DAVFS_FILES", "200")))
        secrets, settings = pathlib.Path(folder) / "secrets", pathlib.Path(folder) / "davfs2.conf"
        # davfs2 encodes the path itself.
        place = urllib.parse.unquote(dav.url(api, dav.home(api) + "/"))
        secrets.write_text(f'"{place}" "{api.login_name("user1")}" "{PASSWORD}"\n')
        secrets.chmod(0o600)
        # Kernels since 6 ask for lists of folders in larger pieces than the 16 KiB that davfs2 takes by itself, and then
        # give EINVAL.
        settings.write_text(f"secrets {secrets}\ncache_dir {folder}/cache\ndelay_upload 0\nuse_locks 1\nask_auth 0\n"
                            "buf_size 256\n")
        # The mount's process drops to an account of its own, which keeps the cache.
        cache = pathlib.Path(folder) / "cache"
        cache.mkdir()
        cache.chmod(0o775)
        shutil.chown(cache, "root", "davfs2")
        pathlib.Path(folder).chmod(0o755)
        def mounted_do(work) -> None:
            done = subprocess.run([program, place, str(mount), "-o", f"conf={settings},uid=0,gid=0"], capture_output=True,
                                  text=True, timeout=60)
            if done.returncode != 0:
                raise Skipped(f"mounting is not permitted here: {done.stderr.strip()[-200:]}")
            try:
                work()
            finally:
                dav.run("umount", mount, timeout=600)
                # The process of the mount ends a little later.
                marks = pathlib.Path("/var/run/mount.davfs")
                wait_until(lambda: not list(marks.glob(f"*{pathlib.Path(folder).name}*")), "the end of the mount")

        mounted_do(lambda: dav.run("cp", "-r", f"{source}/.", mount / "tree", timeout=900))
        # The end of the mount waits for the last upload; the next one has to fetch everything again.
        mounted_do(lambda: dav.run("diff", "-r", source, mount / "tree", timeout=900))
        assert server_tree(dav.client(api), dav.home(api) + "/tree") == local_tree(source)


def local_tree(folder: pathlib.Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes() for path in folder.rglob("*")}


def server_tree(client: dav.DavClient, top: str) -> dict[str, bytes | None]:
    found, waiting = {}, [""]
    while waiting:
        place = waiting.pop()
        for name in client.list(f"{top}/{place}"):
            path = place + name
            if name.endswith("/"):
                found[path.rstrip("/")] = None
                waiting.append(path)
            else:
                found[path] = client.send("GET", f"{top}/{path}").body
    return found


SCRIPT = """
import { createClient } from "webdav";
const [url, username, password] = process.argv.slice(2);
const client = createClient(url, { username, password });
const equal = (one, other) => { if (one !== other) throw new Error(`${one} is not ${other}`); };
await client.createDirectory("/Ordner ä");
await client.putFileContents("/Ordner ä/100% #1.txt", "content");
equal(await client.getFileContents("/Ordner ä/100% #1.txt", { format: "text" }), "content");
const stat = await client.stat("/Ordner ä/100% #1.txt");
equal(stat.size, 7);
equal((await client.getDirectoryContents("/Ordner ä")).map(one => one.basename).join(), "100% #1.txt");
await client.copyFile("/Ordner ä/100% #1.txt", "/copy.txt");
await client.moveFile("/copy.txt", "/moved.txt");
equal(await client.exists("/copy.txt"), false);
const lock = await client.lock("/moved.txt");
await client.unlock("/moved.txt", lock.token);
const quota = await client.getQuota();
if (quota === null || quota.used < 7) throw new Error(`quota ${JSON.stringify(quota)}`);
await client.deleteFile("/Ordner ä");
console.log("done");
"""


def test_the_webdav_package_of_npm_reads_and_writes(api):
    try:
        package = npm.package(build_folder(), "webdav", "5.7.1")
    except npm.Missing as missing:
        raise Skipped(str(missing)) from None
    dav.client(api)
    # The package tells no quota where there is none.
    api.ctl("context", "change", "--id", api.context_id, "--quota", 1_000_000)
    script = package.parents[1] / "webdav_test.mjs"
    script.write_text(SCRIPT)
    done = dav.run("node", script, dav.url(api, dav.home(api)), api.login_name("user1"), PASSWORD)
    assert done.stdout.strip() == "done", done.stdout
