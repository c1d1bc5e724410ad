"""Files: WebDAV beside stock mod_dav_fs, downloads of the HTTP API beside Apache's static files."""

import base64
import time
from dataclasses import dataclass

from bench import load
from bench.figures import WORKERS, checked, line
from support import dav
from support.files import upload
from support.groupware import PASSWORD, Groupware
from support.servers import Apache, MariaDB, give_to

SIZE = 10 * 1024 * 1024
FILES = 1000
PROPERTIES = ('<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:prop><D:getetag/><D:getcontentlength/>'
              "<D:getlastmodified/><D:resourcetype/></D:prop></D:propfind>")


@dataclass
class Place:
    """Where a server takes the files, with what its requests need."""

    client: dav.HttpClient
    pid: int
    path: str
    headers: dict

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.client.port}{self.path}"

    def send(self, method: str, name: str, body: bytes | None = None) -> None:
        answer = self.client.request(method, self.path + name, body, self.headers)
        assert answer.status < 300, f"{method} {name}: {answer.status}"

    def fill(self) -> None:
        self.send("MKCOL", "/many")
        for number in range(FILES):
            self.send("PUT", f"/many/{number}.txt", b"x")
        self.send("PUT", "/big.bin", bytes(SIZE))


@dataclass
class Times:
    """Milliseconds, the median of the runs."""

    put: float
    get: float
    propfind: float


def median_of_puts(place: Place, rounds: int) -> float:
    content, times = bytes(range(256)) * (SIZE // 256), []
    for _ in range(rounds):
        begin = time.perf_counter()
        place.send("PUT", "/put.bin", content)
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)[rounds // 2]


def measure(place: Place, seconds: int) -> Times:
    place.fill()
    get = checked(load.run(f"{place.url}/big.bin", 1, seconds, place.pid, place.headers), "GET")
    listed = checked(load.run(f"{place.url}/many/", 1, seconds, place.pid, {**place.headers, "Depth": "1"}, PROPERTIES,
                              "PROPFIND"), "PROPFIND")
    return Times(median_of_puts(place, 15), get.p50, listed.p50)


def floor_of_dav(seconds: int) -> Times:
    """Stock mod_dav_fs on the same disk."""
    httpd = Apache(modules=("dav", "dav_fs"))
    folder = httpd.folder / "data" / "dav"
    folder.mkdir()
    give_to(folder, httpd.account)
    httpd.config = (WORKERS + f"DavLockDB {httpd.folder}/data/locks\nAlias /dav {folder}\n"
                    f"<Directory {folder}>\n  DAV On\n  Require all granted\n</Directory>\n")
    with httpd:
        return measure(Place(dav.HttpClient(httpd.port), httpd.pid, "/dav", {}), seconds)


def bench_downloads(name: str, server: Groupware, seconds: int) -> None:
    tenant = server.tenant()
    user, folder = tenant.user(1), tenant.file_folder()
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in user.cookies.items()), "User-Agent": user.user_agent}
    for label, size in (("1 KiB", 1024), ("10 MiB", SIZE)):
        content = bytes(size)
        (server.httpd.folder / "htdocs" / "floor.bin").write_bytes(content)
        file_id = upload(user, folder, f"{size}.bin", content).data
        url = f"http://127.0.0.1:{server.port}"
        target = f"{url}/ajax/infostore?action=document&id={file_id}&folder={folder}&session={user.session}"
        for address in (target, f"{url}/floor.bin"):
            load.run(address, 1, 1, server.httpd.pid, headers)
        ours = checked(load.run(target, 1, seconds, server.httpd.pid, headers), target)
        floor = checked(load.run(f"{url}/floor.bin", 1, seconds, server.httpd.pid, headers), "static file")
        line(f"{name}: document of {label} beside static, p50", ours.p50, floor.p50, "ms")
    for number in range(FILES):
        upload(user, folder, f"{number}.txt", b"x", "text/plain")
    rows = f"http://127.0.0.1:{server.port}/ajax/infostore?action=all&folder={folder}&columns=1,20,5,700,702,704,707,710&" \
           f"session={user.session}"
    listed = checked(load.run(rows, 1, seconds, server.httpd.pid, headers), rows)
    line(f"{name}: infostore all, {FILES} files x 8 columns, p50", listed.p50, None, "ms")


def bench(name: str, mariadb: MariaDB | None, seconds: int) -> None:
    floor = floor_of_dav(seconds)
    directives = WORKERS + "GroupwareUserConcurrency 1000\n" + dav.DIRECTIVES
    with Groupware(mariadb or "sqlite", directives, dav.MODULES) as server:
        tenant = server.tenant()
        client = dav.client(tenant)
        login = base64.b64encode(f"{tenant.login_name('user1')}:{PASSWORD}".encode()).decode()
        ours = measure(Place(client, server.httpd.pid, dav.ROOT + dav.quote(dav.home(tenant)),
                             {"Authorization": f"Basic {login}"}), seconds)
        bar = "bar: ratio <= 1"
        line(f"{name}: WebDAV PUT 10 MiB beside mod_dav_fs", ours.put, floor.put, "ms", bar)
        line(f"{name}: WebDAV GET 10 MiB beside mod_dav_fs, p50", ours.get, floor.get, "ms", bar)
        line(f"{name}: PROPFIND of {FILES} files beside mod_dav_fs, p50", ours.propfind, floor.propfind, "ms", bar)
        line(f"{name}: private memory of the largest worker", load.private_kilobytes(server.httpd.pid) / 1024, None, "MB",
             "bar: < 12")
        bench_downloads(name, server, seconds)
