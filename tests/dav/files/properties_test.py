"""Live and dead properties, lists, depth, conditions, quota."""

import time
import xml.etree.ElementTree as etree

from support import dav
from support.files import download, item, new_folder, upload

WIN = "urn:schemas-microsoft-com:"


def test_live_properties_of_a_file_and_a_collection(api):
    client, home = dav.client(api), dav.home(api)
    client.put(f"{home}/a.txt", b"abc", Content_Type="text/plain")
    found = client.propfind(f"{home}/a.txt")[0]
    assert found.text("getcontentlength") == "3" and found.text("getcontenttype") == "text/plain"
    assert found.text("displayname") == "a.txt" and not found.is_collection
    answer = client.send("GET", f"{home}/a.txt")
    assert found.text("getetag") == answer.headers["ETag"]
    assert found.text("getlastmodified") == answer.headers["Last-Modified"]
    assert found.text("creationdate").endswith("Z")
    collection = client.propfind(home, names=["<D:getetag/>", "<D:getcontentlength/>", "<D:displayname/>", "<D:resourcetype/>",
                                              "<D:getlastmodified/>", "<x:unknown xmlns:x='urn:x'/>"])[0]
    assert collection.missing == {"getetag", "getcontentlength", "{urn:x}unknown"}
    assert collection.text("displayname") == "User1 Test" and collection.is_collection and collection.text("getlastmodified")


def test_live_properties_cannot_be_changed(api):
    client, place = dav.client(api), dav.home(api) + "/a.txt"
    client.put(place, b"abc")
    answer = client.proppatch(place, "<D:getetag>x</D:getetag><x:dead xmlns:x='urn:x'>1</x:dead>")
    assert " 200 " not in answer.text and "424" in answer.text
    assert "{urn:x}dead" not in client.propfind(place)[0].properties, "all or nothing"


DEAD = (f'<w:Win32FileAttributes xmlns:w="{WIN}">00000020</w:Win32FileAttributes>'
        '<x:rich xmlns:x="urn:x" xmlns:y="urn:y" xml:lang="de" y:a="1 &lt; 2"><y:inner>Ümlaut &amp; <x:more/></y:inner></x:rich>'
        '<plain xmlns="">no namespace</plain>')


def dead_of(found) -> dict:
    return {name: etree.canonicalize(etree.tostring(value, encoding="unicode"), strip_text=True)
            for name, value in found.properties.items() if name.startswith("{urn") or name == "plain"}


def test_dead_properties_are_kept_and_travel(api):
    client, home = dav.client(api), dav.home(api)
    client.send("MKCOL", f"{home}/Folder")
    client.put(f"{home}/Folder/a.txt", b"abc")
    for place in (f"{home}/Folder/a.txt", f"{home}/Folder"):
        assert client.proppatch(place, DEAD).text.count("200 OK") == 1
        found = client.propfind(place)[0]
        assert found.text(f"{{{WIN}}}Win32FileAttributes") == "00000020" and found.text("plain") == "no namespace"
        rich = found.properties["{urn:x}rich"]
        assert rich.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "de" and rich.attrib["{urn:y}a"] == "1 < 2"
        assert rich.find("{urn:y}inner").text == "Ümlaut & " and rich.find("{urn:y}inner/{urn:x}more") is not None
        named = client.propfind(place, names=['<x:rich xmlns:x="urn:x"/>', '<x:other xmlns:x="urn:x"/>'])[0]
        assert named.missing == {"{urn:x}other"} and "{urn:x}rich" in named.properties
    before = dead_of(client.propfind(f"{home}/Folder/a.txt")[0])
    client.put(f"{home}/Folder/a.txt", b"new bytes")
    assert client.transfer("COPY", f"{home}/Folder", f"{home}/Copy").status == 201
    assert client.transfer("MOVE", f"{home}/Folder/a.txt", f"{home}/moved.txt").status == 201
    for place in (f"{home}/Copy", f"{home}/Copy/a.txt", f"{home}/moved.txt"):
        assert dead_of(client.propfind(place)[0]) == before, place
    inside = {one.path: dead_of(one) for one in client.propfind(f"{home}/Copy", "1")}
    assert inside == {f"{home}/Copy/": before, f"{home}/Copy/a.txt": before}
    answer = client.proppatch(f"{home}/moved.txt", remove=f'<w:Win32FileAttributes xmlns:w="{WIN}"/><x:never xmlns:x="urn:x"/>')
    assert " 200 " in answer.text
    assert f"{{{WIN}}}Win32FileAttributes" not in client.propfind(f"{home}/moved.txt")[0].properties


def test_a_dead_property_is_no_change_of_the_file(api):
    client, folder = dav.client(api), api.file_folder()
    file_id = upload(api.user(1), folder, "a.txt", b"abc").data
    before = item(api.user(1), file_id)
    client.proppatch(dav.home(api) + "/a.txt", DEAD)
    assert item(api.user(1), file_id) == before


def test_the_number_and_size_of_dead_properties_are_limited(api):
    client, place = dav.client(api), dav.home(api) + "/a.txt"
    client.put(place, b"abc")
    assert " 200 " not in client.proppatch(place, f'<x:big xmlns:x="urn:x">{"b" * 70_000}</x:big>').text
    assert dead_of(client.propfind(place)[0]) == {}


def test_readers_may_read_properties_and_not_change_them(api):
    owner, reader = dav.client(api), dav.client(api, 2)
    new_folder(api.user(1), api.file_folder(), "Shared",
               [{"entity": api.user(1).user_id, "group": False, "bits": 403710016},
                {"entity": api.user(2).user_id, "group": False, "bits": 257}])
    place = dav.home(api) + "/Shared/a.txt"
    owner.put(place, b"1")
    assert owner.proppatch(place, DEAD).status == 207
    assert dead_of(reader.propfind(place)[0])
    assert reader.proppatch(place, DEAD).status == 403
    assert reader.send("LOCK", place, dav.LOCK_INFO.format(scope="exclusive", owner="").encode()).status == 403


def test_infinity_is_refused_with_its_precondition(api):
    client = dav.client(api)
    for headers in ({}, {"Depth": "infinity"}):
        answer = client.send("PROPFIND", dav.home(api), **headers)
        assert answer.status == 403 and b"propfind-finite-depth" in answer.body
    client.put(dav.home(api) + "/a.txt", b"1")
    assert client.send("PROPFIND", dav.home(api) + "/a.txt", Depth="infinity").status == 207


def fastest(work) -> float:
    times = []
    for _ in range(5):
        start = time.monotonic()
        work()
        times.append(time.monotonic() - start)
    return min(times)


def test_a_large_collection_takes_few_statements(api):
    client, home = dav.client(api), dav.home(api)
    client.put(f"{home}/0.txt", b"1")
    client.proppatch(f"{home}/0.txt", DEAD)
    for number in range(1, 200):
        client.put(f"{home}/{number}.txt", b"1")
    found = client.propfind(home, "1")
    assert len(found) == 201 and sum(1 for one in found if "{urn:x}rich" in one.properties) == 1
    # One statement for each file, or a sub-request, costs a good part of what a request for one file costs.
    many = fastest(lambda: client.propfind(home, "1"))
    one = fastest(lambda: client.propfind(f"{home}/0.txt"))
    assert many < 50 * one, f"200 files: {many * 1000:.1f} ms, one: {one * 1000:.1f} ms"


def test_conditions_guard_writes(api):
    client, place = dav.client(api), dav.home(api) + "/a.txt"
    assert client.put(place, b"1", If_None_Match="*").status == 201
    assert client.put(place, b"2", If_None_Match="*").status == 412
    tag = client.send("GET", place).headers["ETag"]
    answer = client.put(place, b"2", If_Match=tag)
    assert answer.status == 204 and answer.headers["ETag"] != tag
    assert client.put(place, b"3", If_Match=tag).status == 412
    assert client.put(place, b"3", If=f"([{tag}])").status == 412
    assert client.send("DELETE", place, If_Match=tag).status == 412
    assert client.transfer("MOVE", place, dav.home(api) + "/b.txt", If_Match=tag).status == 412
    assert client.send("GET", place, If_None_Match=answer.headers["ETag"]).status == 304
    assert client.send("DELETE", place, If_Match=answer.headers["ETag"]).status == 204


def test_parts_of_files_are_read_and_never_written(api):
    client, place = dav.client(api), dav.home(api) + "/a.txt"
    client.put(place, b"0123456789")
    answer = client.send("GET", place, Range="bytes=2-4")
    assert (answer.status, answer.body, answer.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert client.send("GET", place, Range="bytes=-3").body == b"789"
    assert client.send("GET", place, Range="bytes=20-").status == 416
    several = client.send("GET", place, Range="bytes=0-1,8-9")
    assert several.status == 206 and several.media_type == "multipart/byteranges"
    head = client.send("HEAD", place)
    assert (head.status, head.headers["Content-Length"], head.body) == (200, "10", b"")
    assert client.put(place, b"XX", Content_Range="bytes 2-3/10").status == 400
    assert client.send("GET", place).body == b"0123456789"


def test_uploaded_pages_do_not_run_in_our_origin(api):
    client, place = dav.client(api), dav.home(api) + "/page.html"
    client.put(place, b"<script>alert(1)</script>", Content_Type="text/html")
    answer = client.send("GET", place)
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Content-Disposition"] == "attachment"
    listing = client.send("GET", dav.home(api))
    assert listing.status == 200 and f'href="{dav.ROOT}{dav.quote(place)}"' in listing.text


def test_the_quota_is_shown_and_kept(api):
    client, home = dav.client(api), dav.home(api)
    api.ctl("context", "change", "--id", api.context_id, "--quota", 1000)
    client.put(f"{home}/a.bin", b"x" * 400)
    found = client.propfind(home, names=["<D:quota-used-bytes/>", "<D:quota-available-bytes/>"])[0]
    assert (found.text("quota-used-bytes"), found.text("quota-available-bytes")) == ("400", "600")
    assert client.put(f"{home}/b.bin", b"x" * 601).status == 507
    assert client.transfer("COPY", f"{home}/a.bin", f"{home}/c.bin").status == 201
    assert client.transfer("COPY", f"{home}/a.bin", f"{home}/d.bin").status == 507
    assert client.list(home) == ["a.bin", "c.bin"]
    chunked = client.send("PUT", f"{home}/e.bin", iter([b"x" * 300]))
    assert chunked.status == 507
    assert download(api.user(1), api.get("infostore", action="all", folder=api.file_folder(), columns="1").data[0][0]).status == 200
