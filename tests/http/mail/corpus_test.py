"""Mails that Debian packages carry, in a mailbox: listed with every column, opened in every view, every part downloaded, and
held against Python's own reader. A sample; all of them with GW_CORPUS=all, those whose path matches with GW_CORPUS=PATTERN."""

import imaplib
import json
import os
import pathlib
import re

from support import corpora
from support.corpora import EXPLAINED, ON_SERVERS, decoded_header, leaves, same_space
from support.runner import Skipped
from support.servers import PROJECT, build_folder

MAIL = True
FOLDER = "default0/Corpus"
WANTED = os.environ.get("GW_CORPUS", "")
EVERY = 25
VIEWS = ("raw", "text", "textNoHtmlAttach", "html", "noimg", "document")
COLUMNS = sorted(map(int, json.loads((PROJECT / "tests" / "data" / "columns.json").read_text())["mail"]))


def as_sent(path: pathlib.Path) -> bytes:
    """With the line ends of mails; servers take no zero bytes."""
    return path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").replace(b"\0", b"")


def filled(api) -> list[tuple[pathlib.Path, bytes]]:
    """The mails, as the server gives them back: some it does not keep byte by byte (single CRs)."""
    paths = corpora.mails(build_folder())
    chosen = paths if WANTED == "all" else [path for path in paths if re.search(WANTED, str(path))] if WANTED else paths[::EVERY]
    sources = [(path, as_sent(path)) for path in chosen]
    if not sources:
        raise Skipped("no mails: tests/run.sh unpacks them")
    api.user(1).put("folders", {"title": "Corpus", "module": "mail"}, action="new", folder_id="default0").data
    with imaplib.IMAP4("127.0.0.1", api.server.mail.mailboxes.ports["imap"]) as line:
        line.login(f"user1.{api.context_id}", "secret")
        taken = [path for path, source in sources if line.append("Corpus", None, None, source)[0] == "OK"]
        assert len(taken) == len(sources), "the server refused mails"
        line.select("Corpus", readonly=True)
        return [(path, line.fetch(str(number), "BODY.PEEK[]")[1][0][1]) for number, path in enumerate(taken, 1)]


def subject_of(message) -> str:
    subject = message["subject"]
    return same_space(decoded_header(subject)) if subject is not None else ""


def is_comparable(path: pathlib.Path, what: str) -> bool:
    """Where readers differ, and why, is what tests/mail/corpus_test.py knows."""
    return (path.name, what) not in {**EXPLAINED, **ON_SERVERS}


def check_parts(client, id: str, path: pathlib.Path, message, differences: list) -> tuple[int, int]:
    """Downloads every part, and notes what is not as Python has it; gives how many there were, and how many were compared."""
    theirs, compared = leaves(message), 0
    if (path.name, "ids") in ON_SERVERS:
        return len(theirs), 0
    for part_id, part in theirs:
        answer = client.get("mail", action="attachment", folder=FOLDER, id=id, attachment=part_id, save=1)
        if not is_comparable(path, "ids") or not is_comparable(path, f"{part_id} bytes"):
            assert answer.status == 200, (path.name, part_id, answer.text[:200])
            continue
        compared += 1
        is_file = answer.status == 200 and "Content-Disposition" in answer.headers
        payload = b"" if part.is_multipart() else part.get_payload(decode=True) or b""
        if not is_file or not part.is_multipart() and answer.body != payload:
            differences.append((path.name, part_id, answer.body[-80:], payload[-80:]))
    return len(theirs), compared


def test_mails_of_others_are_listed_opened_and_their_parts_downloaded(api):
    client = api.user(1)
    sources = filled(api)
    listed = client.get("mail", action="all", folder=FOLDER, columns=",".join(map(str, COLUMNS)), sort=600, order="asc").data
    assert len(listed) == len(sources)
    at = {column: COLUMNS.index(column) for column in (600, 607)}
    for column in (603, 604, 607, 608, 609, 610):
        assert len(client.get("mail", action="all", folder=FOLDER, columns="600", sort=column, order="desc").data) == len(sources)
    threads = client.get("mail", action="threadedAll", folder=FOLDER, columns="600", sort=610, order="desc").data
    assert sum(len(head["thread"]) for head in threads) == len(sources)
    parts, compared, subjects, differences = 0, 0, 0, []
    for row, (path, source) in zip(listed, sources):
        message = corpora.read_as_servers(source)
        id, subject = row[at[600]], row[at[607]]
        if is_comparable(path, "subject"):
            subjects += 1
            if same_space(subject or "") != subject_of(message):
                differences.append((path.name, subject, subject_of(message)))
        for view in VIEWS:
            answer = client.get("mail", action="get", folder=FOLDER, id=id, view=view, unseen=True)
            is_shown = answer.status == 200 and (view == "document" or "error" not in answer.json)
            if not is_shown or view != "raw" and "<script" in answer.text.lower():
                differences.append((path.name, view, answer.text[:200]))
        assert client.get("mail", action="get", folder=FOLDER, id=id, src=1, save=1).body == source, path.name
        those, alike = check_parts(client, id, path, message, differences)
        parts, compared = parts + those, compared + alike
    assert not differences, "\n".join(map(str, differences))
    print(f"{len(sources)} mails: {subjects} subjects and {compared} of {parts} parts compared")
    assert parts >= len(sources)
