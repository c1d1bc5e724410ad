"""Mails and attacks by HTML that Debian packages carry for their own tests, read from where they were unpacked
(cmake/packages.sh), never kept here; and what Python's own reader says about a mail."""

import email.feedparser
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
    "python3-django-hyperkitty": ["usr/lib/python3/dist-packages/hyperkitty/tests/testdata/*.txt"],
    "python3-dkim": [f"usr/lib/python3/dist-packages/dkim/tests/data/{name}" for name in ("*.msg", "*.message*", "*.mbox")],
}
SAME_BOUNDARY = "multiparts in each other have one boundary; we end the inner one where it says so, as its author meant"
NO_BOUNDARY = "a multipart without a single boundary line: people see its text, Python an empty multipart"
EMPTY_PART = "between two boundary lines in a row we see an empty part, Python sees none"

LAST_LINE = "an empty last part, or one that breaks off: we keep its line end"
LEFTOVERS = "base64 that breaks off in the middle of a group: Python decodes the rest of the group, too"
NO_BASE64 = "text that is said to be base64 and is none: Python gives it as it is, we what can be decoded"
NO_HEADER = "a first line that is none of a header: we take all for text, Python passes over the line"
NO_FIELD = "a line in the middle of a header that is none: we pass over it, Python's body begins there"
BAD_ADDRESS = "addresses that break the rules: people see more of what was written"
NO_TYPE = "a type that is none: text by RFC 2045 section 5.2, and a file as it has a name"
BAD_TYPE = "a parameter without the semicolon before it: no part of the type"
RAW_BYTES = "bytes beyond ASCII in a header: we read them in a usual charset, Python as unknown"
WINDOWS_1252 = "bytes between 0x80 and 0x9f in what is said to be ISO 8859-1: people see what Windows means by them"
NO_ZONE = "a zone thirty hours from Greenwich: there is none, so we take the time for UTC"
OLD_YEAR = "the year 101 is what broken programs wrote for 2001"

# (file, what differs): why ours is right, or as good.
EXPLAINED: dict[tuple[str, str], str] = {
    **{("msg_15.txt", what): SAME_BOUNDARY for what in ("ids", "2 type", "2 filename", "2 bytes")},
    ("msg_39.txt", "ids"): SAME_BOUNDARY,
    **{(f"msg_{number}.txt", "1 type"): NO_BOUNDARY for number in (17, 25, 31, 41)},
    **{("msg_42.txt", what): NO_BOUNDARY for what in ("2.1 type", "2.1 bytes")},
    **{("msg_37.txt", what): EMPTY_PART for what in ("ids", "2 type", "2 bytes")},
    **{(name, what): LAST_LINE for name, what in (("dsn_03.txt", "3.1 bytes"), ("badboundary.raw", "3 bytes"),
                                                       ("multimixed-no-closing-boundary.raw", "1 bytes"))},
    **{(f"{name}.raw", "2 bytes"): LEFTOVERS for name in (
        "inlinemultipart", "malformed-multiple-address-header-values", "mime-bad-content-type", "mime-blank-media-name",
        "mime-duplicate-param", "mime-unquoted-tspecials-param")},
    **{("groupwise_03.txt", what): LEFTOVERS for what in ("1.2 bytes", "2 bytes")},
    ("mime-bad-content-transfer-encoding.raw", "1 bytes"): NO_BASE64,
    **{("bad-header-start.raw", what): NO_HEADER for what in ("subject", "to", "date", "ids", "1 bytes")},
    ("bad-header-wrap.raw", "2 bytes"): NO_FIELD,
    ("header-only.raw", "1 type"): NO_BOUNDARY,
    **{(name, "from"): BAD_ADDRESS for name in ("simple_35.txt", "malformed-multiple-address-header-values.raw",
                                                "qp-utf8-header-recursed.raw", "bad_email.eml", "non-ascii-headers.txt",
                                                "strange-in-reply-to-header.txt", "wrong-in-reply-to-header.txt")},
    **{("unconvertable_msg-2.txt", f"1 {what}"): NO_TYPE for what in ("type", "filename")},
    ("unicode_issue.txt", "1 type"): NO_BOUNDARY, ("rfc6376.w1258.msg", "from"): RAW_BYTES,
    **{(f"{name}.raw", "2 type"): BAD_TYPE for name in ("mime-bad-content-type", "mime-blank-media-name")},
    ("sina_01.txt", "subject"): RAW_BYTES, ("mime-bad-8bit-filename.raw", "2 filename"): RAW_BYTES,
    ("smtp32_01.txt", "date"): OLD_YEAR,
    ("bad-subject-header.txt", "subject"): WINDOWS_1252,
    ("bad_date_tz.txt", "date"): NO_ZONE, ("bad_folding.txt", "date"): NO_ZONE,
}
#: Besides, where an IMAP server reads the mail before us.
ON_SERVERS: dict[tuple[str, str], str] = {
    (name, "1 bytes"): NO_BOUNDARY for name in ("msg_17.txt", "msg_25.txt", "msg_31.txt", "msg_41.txt", "unicode_issue.txt")}
ON_SERVERS["msg_33.txt", "ids"] = "a boundary in the form of RFC 2231, which Dovecot does not read: to it there are no parts"
HEADER_LINE = re.compile(r"(From |[!-9;-~]+[ \t]*:)")
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


class ServersReader(email.feedparser.BytesFeedParser):
    """Python's reader with the rule of IMAP servers for where a header ends: at the first empty line, and lines in it that are none
    of a header are passed over. Python ends it at such a line; then what follows is body, for RFC 5322 has no word on it."""

    class Anything:
        """In place of the pattern of header lines."""

        @staticmethod
        def match(line: str) -> bool:
            return not email.feedparser.NLCRE.match(line)

    def _parse_headers(self, lines: list[str]) -> None:
        kept: list[str] = []
        is_field = False
        for line in lines:
            is_field = is_field if line[0] in " \t" else bool(HEADER_LINE.match(line))
            if is_field:
                kept.append(line)
        super()._parse_headers(kept)


def read_as_servers(source: bytes):
    reader, pattern = ServersReader(), email.feedparser.headerRE
    email.feedparser.headerRE = ServersReader.Anything
    try:
        reader.feed(source)
        return reader.close()
    finally:
        email.feedparser.headerRE = pattern


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
