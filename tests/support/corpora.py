"""Mails and attacks by HTML that Debian packages carry for their own tests, read from where they were unpacked
(cmake/packages.sh), never kept here; and what Python's own reader says about a mail."""

import email.header
import json
import pathlib
import re

from support import npm

PYTHON = pathlib.Path("/usr/lib/python3.11/test/test_email/data")
#: Package: below it, the files that are mails.
MAILS = {
    "spamassassin": ["usr/share/doc/spamassassin/examples/sample-*.txt"],
    "python3-flufl.bounce": ["usr/lib/python3/dist-packages/flufl/bounce/tests/data/*.txt"],
    "golang-github-jhillyerd-enmime-dev": ["usr/share/gocode/src/github.com/jhillyerd/enmime/testdata/*/*.raw"],
    "mailman3": ["usr/lib/python3/dist-packages/mailman/**/*.eml"],
}
SAME_BOUNDARY = "multiparts in each other have one boundary; we end the inner one where it says so, as its author meant"
NO_BOUNDARY = "a multipart without a single boundary line: people see its text, Python an empty multipart"
EMPTY_PART = "between two boundary lines in a row we see an empty part, Python sees none"

BROKEN_BASE64 = "not whole base64: we keep what is whole, as Dovecot does; Python gives other leftovers"
LAST_LINE = "one line end more or less at a boundary or at the end of a mail that breaks off"
NO_HEADER = "the first line is none of a header: we show the mail as text, Python passes over the line"
BAD_NAME = "addresses that break the rules: ours shows more of what was written"
BAD_TYPE = "a content type that breaks the rules: ours leaves the rest out"

# (file, what differs): why ours is right, or as good.
EXPLAINED: dict[tuple[str, str], str] = {
    **{("msg_15.txt", what): SAME_BOUNDARY for what in ("ids", "2 type", "2 filename", "2 bytes")},
    ("msg_39.txt", "ids"): SAME_BOUNDARY,
    **{(f"msg_{number}.txt", "1 type"): NO_BOUNDARY for number in (17, 25, 31, 41)},
    **{("msg_42.txt", what): NO_BOUNDARY for what in ("2.1 type", "2.1 bytes")},
    **{("msg_37.txt", what): EMPTY_PART for what in ("ids", "2 type", "2 bytes")},
}
READ_DIFFERENTLY = {name for name, _ in EXPLAINED}
GO_STRING = re.compile(r"`[^`]*`|\"(?:[^\"\\\n]|\\.)*\"")


def mails(build: pathlib.Path) -> list[pathlib.Path]:
    """Of all packages that are there, in a fixed order."""
    found = sorted(path for path in PYTHON.glob("*") if path.suffix in (".txt", ".eml"))
    for package, patterns in MAILS.items():
        for pattern in patterns:
            found += sorted((build / "corpora" / package).glob(pattern))
    return found


def go_strings(path: pathlib.Path) -> list[str]:
    """The literals of a source file in Go."""
    texts = []
    for literal in GO_STRING.findall(path.read_text("utf-8", "replace")):
        if literal[0] == "`":
            texts.append(literal[1:-1])
            continue
        try:
            texts.append(literal[1:-1].encode("latin-1", "backslashreplace").decode("unicode_escape"))
        except UnicodeDecodeError:
            texts.append(literal[1:-1])
    return texts


def parser_inputs(path: pathlib.Path) -> list[str]:
    """The documents of a file of tests in the form of html5lib."""
    return re.findall(r"^#data\n(.*?)\n#errors", path.read_text("utf-8", "replace"), re.M | re.S)


def naughty_strings(build: pathlib.Path) -> list[str]:
    """A public list of npm. Errors: npm.Missing."""
    package = npm.package(build, "blns", "2.0.4")
    return json.loads((package / "resources" / "blns.json").read_text(encoding="utf-8"))


def attacks(build: pathlib.Path) -> list[str]:
    """HTML that tries to run scripts, or to confuse whoever reads it, from all packages that are there."""
    corpora = build / "corpora"
    go = corpora / "golang-github-microcosm-cc-bluemonday-dev/usr/share/gocode/src/github.com/microcosm-cc/bluemonday"
    texts = [text for path in sorted(go.glob("*_test.go")) for text in go_strings(path) if "<" in text or "script" in text]
    html = corpora / "golang-golang-x-net-dev/usr/share/gocode/src/golang.org/x/net/html"
    texts += [text for path in sorted(html.glob("testdata/**/*.dat")) for text in parser_inputs(path)]
    texts += [text for name in ("token_test.go", "parse_test.go", "comment_test.go") if (html / name).exists()
              for text in go_strings(html / name) if "<" in text]
    for path in sorted((corpora / "wfuzz/usr/share/wfuzz/wordlist/Injections").glob("*.txt")):
        if path.name in ("XSS.txt", "All_attack.txt"):
            texts += [line for line in path.read_text("utf-8", "replace").splitlines() if line.strip()]
    try:
        texts += naughty_strings(build)
    except npm.Missing as why:
        print(f"without a list: {why}")
    return list(dict.fromkeys(texts))


def leaves(message) -> list:
    """(id, part) of everything that holds bytes."""
    out = []

    def walk(part, own: str, inner: str) -> None:
        if part.get_content_type() in ("message/rfc822", "message/global") and part.is_multipart():
            body = part.get_payload(0)
            walk(body, f"{own}.1", f"{own}.")
        elif part.is_multipart() and part.get_content_maintype() == "multipart":
            for number, child in enumerate(part.get_payload(), 1):
                walk(child, f"{inner}{number}", f"{inner}{number}.")
        else:
            out.append((own, part))

    walk(message, "1", "")
    return out


def decoded_header(value) -> str:
    text = str(email.header.make_header(email.header.decode_header(re.sub(r"[\r\n]+", "", str(value)))))
    return text.strip()


def same_space(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
