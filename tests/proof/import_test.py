"""Ten thousand cards of many scripts in one request, found, sorted, exported and imported again; files of other programs."""

import csv
import datetime
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import many_cards  # noqa: E402
from many_cards import NAMES, Person  # noqa: E402

CARDS = 10_000
# Debian packages that carry vCard files.
SAMPLE_PACKAGES = ("evolution-data-server-tests",)
# What every program's file carries: last, first, company, mail, phone, city, note, birthday.
SHARED = "502,501,569,555,542,508,518,511"


def new_folder(api, title: str) -> str:
    return api.put("folders", {"folder": {"title": title, "module": "contacts"}}, action="new", folder_id="1", tree=0).data


def import_file(api, action: str, folder: str, name: str, data: bytes, **parameters):
    return api.multipart("import", {}, {"file": (name, "text/plain", data)}, action=action, folder=folder, **parameters)


def export_rows(api, folder: str, **parameters) -> list[list[str]]:
    """The folder's CSV export, sorted, with its titles first."""
    answer = api.get("export", action="CSV", folder=folder, **parameters)
    assert answer.status == 200 and answer.media_type == "text/csv", answer.text[:500]
    titles, *rows = csv.reader(io.StringIO(answer.text))
    return [titles] + sorted(rows)


def without_clocks(rows: list[list[str]]) -> list[list[str]]:
    """Who made and changed an object, and when, is the server's to say."""
    kept = [i for i, title in enumerate(rows[0]) if not re.search(r"^(Creat|Modif|Chang|Last mod)", title)]
    assert len(kept) >= len(rows[0]) - 4, rows[0]
    return [[rows[0][i] for i in kept]] + sorted([row[i] for i in kept] for row in rows[1:])


def must_equal(found: list[list[str]], wanted: list[list[str]]) -> None:
    assert found[0] == wanted[0] and len(found) == len(wanted), (len(found), len(wanted))
    differing = [[(title, a, b) for title, a, b in zip(found[0], x, y) if a != b] for x, y in zip(found, wanted) if x != y]
    assert not differing, f"{len(differing)} rows differ, such as {differing[0]}"


def wanted_rows(persons: list[Person]) -> list[list[str]]:
    return sorted([p.last, p.first, p.company, p.mail, p.phone, p.city, p.note, datetime.date(*p.birthday).isoformat()]
                  for p in persons)


def order_key(name: str) -> tuple | None:
    """Where a name belongs by its letters alone, computed without ICU; None where that is not known here."""
    letters = name.lower().replace("ё", "е")
    plain = "".join(c for c in unicodedata.normalize("NFD", letters) if not unicodedata.combining(c) and c.isalpha())
    if re.fullmatch(r"[a-z]+", plain):
        return 0, plain
    cyrillic = "".join(c for c in letters if c.isalpha())
    return (1, cyrillic) if re.fullmatch(r"[а-я]+", cyrillic) else None


def check_order(names: list[str]) -> None:
    known = [(order_key(name), name) for name in names if order_key(name) is not None]
    assert len({name for _, name in known}) > 15, "too few names to compare"
    for (before, first), (after, second) in zip(known, known[1:]):
        assert before <= after, f"{first} is sorted before {second}"


def check_search(api, folder: str, persons: list[Person]) -> None:
    for script, (_, last_names) in NAMES.items():
        for last in last_names[:2]:
            rows = api.put("contacts", {"last_name": last, "folder": folder, "exactMatch": True}, action="search",
                           columns="1,502").data
            wanted = sum(person.last == last for person in persons)
            exact = sum(row[1] == last for row in rows)
            assert exact == wanted > 0, f"{script}: {exact} of {wanted} found for {last}"
    # Case and accents do not matter to a reader who types without them.
    for typed, meant in (("MULLER", "Müller"), ("angstrom", "Ångström"), ("ИВАНОВ", "Иванов"), ("βασιλειου", "Βασιλείου")):
        rows = api.put("contacts", {"last_name": typed, "folder": folder}, action="search", columns="502").data
        assert [meant] in rows, f"{typed} does not find {meant}"


def test_ten_thousand_cards_of_many_scripts_survive_import_and_export(proof):
    with proof.server() as server:
        api = server.tenant()
        persons = many_cards.people(CARDS)
        folder, second, third = (new_folder(api, title) for title in ("First", "Second", "Third"))
        begin = time.monotonic()
        answer = import_file(api, "VCARD", folder, "all.vcf", "".join(map(many_cards.vcard, persons)).encode())
        seconds = time.monotonic() - begin
        print(f"        {CARDS} cards imported in {seconds:.1f} s")
        assert answer.callback == "callback_import"
        assert len(answer.data) == CARDS and all(set(e) == {"id", "folder_id", "last_modified"} for e in answer.data), (
            [e for e in answer.data if "error" in e][:3])
        assert len({element["id"] for element in answer.data}) == CARDS
        assert seconds < 60 or os.environ.get("GW_SANITIZER"), "far slower than the 10 s of a release build"

        # In file order, and complete.
        rows = api.get("contacts", action="all", folder=folder, columns="1,501,502").data
        by_id = {row[0]: row[1:] for row in rows}
        assert [by_id[e["id"]] for e in answer.data] == [[p.first, p.last] for p in persons]
        assert export_rows(api, folder, columns=SHARED)[1:] == wanted_rows(persons)

        for column in ("502", "607"):
            ordered = api.get("contacts", action="all", folder=folder, columns="502", sort=column, order="asc").data
            check_order([row[0] for row in ordered])
            reverse = api.get("contacts", action="all", folder=folder, columns="502", sort=column, order="desc").data
            check_order([row[0] for row in reversed(reverse)])
        check_search(api, folder, persons)

        exported = api.get("export", action="VCARD", folder=folder)
        assert exported.body.count(b"BEGIN:VCARD") == CARDS and exported.media_type == "text/x-vcard"
        assert exported.body.count(b"X-PROOF-UNKNOWN") == CARDS, "unknown properties are kept"
        again = import_file(api, "VCARD", second, "again.vcf", exported.body).data
        assert len(again) == CARDS and not any("error" in element for element in again)
        everything = without_clocks(export_rows(api, folder))
        must_equal(without_clocks(export_rows(api, second)), everything)

        by_csv = api.get("export", action="CSV", folder=folder)
        again = import_file(api, "CSV", third, "own.csv", by_csv.body).data
        assert len(again) == CARDS
        assert not [e for e in again if "id" not in e], [e for e in again if "id" not in e][:2]
        must_equal(without_clocks(export_rows(api, third)), everything)
        api.close()


def test_files_of_outlook_and_google_are_read_as_written(proof):
    with proof.server() as server:
        api = server.tenant()
        persons = many_cards.people(1_000)
        for action, name, data in (("OUTLOOK_CSV", "outlook", many_cards.outlook_csv(persons)),
                                   ("CSV", "google", many_cards.google_csv(persons))):
            folder = new_folder(api, name)
            elements = import_file(api, action, folder, name + ".csv", data).data
            assert len(elements) == len(persons) and all("id" in element for element in elements), elements[:2]
            warned = [element for element in elements if "error" in element]
            assert not warned, f"{name}: {len(warned)} warnings, such as {warned[0]}"
            found, wanted = export_rows(api, folder, columns=SHARED)[1:], wanted_rows(persons)
            differing = [(a, b) for a, b in zip(found, wanted) if a != b]
            assert not differing and len(found) == len(wanted), f"{name}: {len(differing)} rows differ: {differing[:1]}"
        api.close()


def unpack_sample_packages(folder: str) -> None:
    """Unpacked, not installed: installing would bring the programs that the samples belong to."""
    for package in SAMPLE_PACKAGES:
        done = subprocess.run(["apt-get", "download", package], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            print(f"        {package} cannot be downloaded: {done.stderr.strip().splitlines()[-1]}")
            continue
        archive = next(pathlib.Path(folder).glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", str(archive), folder], check=True)


def test_card_files_of_debian_packages_are_read_or_refused_clearly(proof):
    with tempfile.TemporaryDirectory() as unpacked:
        unpack_sample_packages(unpacked)
        folders = ("/usr/share", unpacked, pathlib.Path(__file__).resolve().parents[1] / "data")
        files = [path for folder in folders for path in sorted(pathlib.Path(folder).rglob("*.vcf"))
                 if path.is_file() and path.stat().st_size]
        import_and_compare(proof, files)


def import_and_compare(proof, files: list[pathlib.Path]) -> None:
    with proof.server() as server:
        api = server.tenant()
        cards = 0
        for number, path in enumerate(files):
            data = path.read_bytes()
            folder = new_folder(api, f"File {number}")
            answer = import_file(api, "VCARD", folder, path.name, data)
            assert answer.status == 200, (path, answer.status)
            begun = len(re.findall(rb"(?im)^BEGIN:VCARD\s*$", data))
            if answer.code:
                assert answer.code in ("I_E-0608", "I_E-0605") and not begun, (path, answer.text[:500])
                continue
            stored = [element for element in answer.data if "id" in element]
            assert 0 < len(answer.data) <= max(begun, 1), (path, begun, len(answer.data))
            rows = api.get("contacts", action="all", folder=folder, columns="1").data
            assert sorted(row[0] for row in rows) == sorted(element["id"] for element in stored), path
            before = without_clocks(export_rows(api, folder))
            if stored:
                second = new_folder(api, f"File {number} again")
                again = import_file(api, "VCARD", second, path.name, api.get("export", action="VCARD", folder=folder).body)
                again.data
                must_equal(without_clocks(export_rows(api, second)), before)
            cards += len(stored)
        print(f"        {len(files)} files, {cards} cards")
        assert cards > 0
        api.close()
