#!/usr/bin/python3
"""Compares our reader of mails with Python's `email` over the messages of Debian packages.

    corpus_test.py DESCRIBE_MAIL BUILD_FOLDER [FOLDER...]

Without folders: the messages that support/corpora.py finds. What differs must stand in EXPLAINED with its reason; an
explanation that is not needed is a failure, too.
"""

import email
import email.utils
import hashlib
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support import corpora  # noqa: E402
from support.corpora import EXPLAINED, decoded_header, leaves, same_space  # noqa: E402

def files(folders: list[str]) -> list[str]:
    found = [path for folder in folders for path in sorted(pathlib.Path(folder).glob("*"))
             if path.suffix in (".txt", ".eml") and path.is_file()]
    return [str(path) for path in found]


def differences(ours: dict, path: str) -> list[tuple[str, str]]:
    message = email.message_from_bytes(pathlib.Path(path).read_bytes())
    found = []

    def compare(what: str, own, theirs) -> None:
        if own != theirs:
            found.append((what, f"ours {own!r:.160}, Python's {theirs!r:.160}"))

    subject = message["subject"]
    compare("subject", same_space(ours["subject"] or ""), same_space(decoded_header(subject) if subject is not None else ""))
    for field in ("from", "to", "cc"):
        pairs = email.utils.getaddresses([re.sub(r"[\r\n]+", "", str(value)) for value in message.get_all(field, [])])
        theirs = [[same_space(decoded_header(name)), address] for name, address in pairs if name or address]
        compare(field, [[same_space(name), address] for name, address in ours[field]], theirs)
    try:
        date = email.utils.parsedate_tz(str(message["date"])) if message["date"] else None
        theirs_date = email.utils.mktime_tz(date) * 1000 if date else None
    except (ValueError, OverflowError):
        theirs_date = None
    compare("date", ours["date"], theirs_date)

    own_leaves = {part["id"]: part for part in ours["parts"] if "sha256" in part}
    their_leaves = dict(leaves(message))
    compare("ids", sorted(own_leaves), sorted(their_leaves))
    for part_id in sorted(own_leaves.keys() & their_leaves.keys()):
        own, theirs = own_leaves[part_id], their_leaves[part_id]
        compare(f"{part_id} type", own["type"], theirs.get_content_type())
        filename = theirs.get_filename()
        compare(f"{part_id} filename", own["filename"], decoded_header(filename) if filename else None)
        if not theirs.is_multipart():
            payload = theirs.get_payload(decode=True) or b""
            compare(f"{part_id} bytes", own["sha256"], hashlib.sha256(payload).hexdigest())
    return found


def main() -> int:
    program, build, *folders = sys.argv[1:]
    paths = files(folders) if folders else [str(path) for path in corpora.mails(pathlib.Path(build))]
    if not paths:
        print("no messages: install libpython3.11-testsuite and spamassassin")
        return 1
    output = subprocess.run([program, *paths], capture_output=True, check=True, timeout=120).stdout
    rows = [json.loads(line) for line in output.splitlines()]
    assert len(rows) == len(paths)
    failed, used = 0, set()
    for row in rows:
        name = pathlib.Path(row["file"]).name
        for view in ("text", "html", "noimg", "document"):
            if "<script" in row["views"][view].lower():
                print(f"{name}: {view} holds a script")
                failed += 1
        for what, text in differences(row, row["file"]):
            if (name, what) in EXPLAINED:
                used.add((name, what))
                continue
            failed += 1
            print(f"{name}: {what}: {text}")
    if not folders:
        for name, what in sorted(EXPLAINED.keys() - used):
            if any(pathlib.Path(path).name == name for path in paths):
                failed += 1
                print(f"{name}: {what}: explained, but there is no difference")
    print(f"{len(paths)} messages, {len(used)} explained differences, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
