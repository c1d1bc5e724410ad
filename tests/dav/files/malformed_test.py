"""Requests that make no sense: bodies that are no XML, or other XML, and headers If, Depth, Timeout and Lock-Token full of
noise. Whatever comes, no answer is 5xx, no child dies (the suite looks after each test), and the file stays as it was."""

import random

from support import dav

ROUNDS = 150
BODIES = (
    '<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:prop><D:getetag/><x:a xmlns:x="u:x"/></D:prop></D:propfind>',
    '<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:allprop/></D:propfind>',
    '<?xml version="1.0"?><D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><x:n xmlns:x="u:x" xml:lang="de"><x:m/>t</x:n>'
    "</D:prop></D:set><D:remove><D:prop><x:o xmlns:x='u:x'/></D:prop></D:remove></D:propertyupdate>",
    '<?xml version="1.0"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/>'
    "</D:locktype><D:owner><D:href>mailto:a</D:href></D:owner></D:lockinfo>",
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "&b;&b;">]><a>&c;</a>',
    "<a " * 200, "<a>" * 500 + "</a>" * 500, '<a xmlns:b=""><b:c/></a>', "", "\x00\x01", "<a/>" + " " * 5000,
)
CONDITIONS = (
    "(<opaquelocktoken:1>)", "(Not <DAV:no-lock>)", '(["etag"])', "<http://127.0.0.1/x> (<a> [\"b\"]) (Not <c>)", "<>()", "(",
    "(<", "([", "<http://[::1> (<a>)", "()" * 300, "(<" + "a" * 3000 + ">)", "<%zz> (<a>)", '(["' + "\xff" * 20 + '"])',
    "(<opaquelocktoken:>)(<opaquelocktoken:>)", "Not", "(Not Not <a>)",
)
TOKENS = ("<opaquelocktoken:1>", "opaquelocktoken:1", "<", ">", "<>", "<" * 200, "<opaquelocktoken:" + "f" * 500 + ">")
DEPTHS = ("0", "1", "infinity", "2", "-1", "x" * 100, "")
TIMES = ("Second-1", "Infinite", "Second-99999999999999999999", "Second-", "Second--5, Infinite", "x", ",,,")
METHODS = ("PROPFIND", "PROPPATCH", "LOCK", "UNLOCK", "MKCOL", "COPY", "MOVE", "DELETE", "PUT", "OPTIONS", "REPORT")


def bent(noise: random.Random, text: str) -> str:
    """The text, most often with a few changes."""
    for _ in range(noise.choice((0, 1, 1, 3, 8))):
        at = noise.randrange(len(text) + 1)
        kind = noise.randrange(4)
        piece = noise.choice(("<", ">", "&", '"', "'", ":", "/", "D:", "]]>", "<!--", "&#0;", "&x;", "\x07", "é", "xmlns"))
        if kind == 0:
            text = text[:at]
        elif kind == 1:
            text = text[:at] + text[at + noise.randrange(1, 20):]
        else:
            text = text[:at] + piece + text[at:]
    return text


def header(noise: random.Random, choices) -> str:
    """One line of Latin-1 without its ends."""
    text = bent(noise, noise.choice(choices)).encode("utf-8", "replace").decode("latin-1")
    return "".join(c for c in text if c >= " " and c != "\x7f")


def test_no_noise_gets_a_5xx(api):
    api.announce("AH|GW0200|GW0330|XML")
    client, home = dav.client(api), dav.home(api)
    kept = home + "/kept.txt"
    client.put(kept, b"kept")
    noise = random.Random(20260705)
    for round_number in range(ROUNDS):
        method = noise.choice(METHODS)
        client.put(home + "/victim.txt", b"1")
        target = noise.choice((home + "/victim.txt", home, home + "/none", "/", "/Userstore", home + "/none/deeper"))
        if method in ("DELETE", "MOVE", "COPY") and target != home + "/victim.txt":
            target = home + "/none"
        headers = {}
        if noise.random() < 0.5:
            headers["If"] = header(noise, CONDITIONS)
        if noise.random() < 0.5:
            headers["Depth"] = header(noise, DEPTHS)
        if noise.random() < 0.3:
            headers["Lock_Token"] = header(noise, TOKENS)
        if noise.random() < 0.3:
            headers["Timeout"] = header(noise, TIMES)
        if method in ("COPY", "MOVE"):
            headers["Destination"] = header(noise, (dav.url(api, home + "/victim2.txt"), "nonsense", dav.url(api, home)))
            headers["Overwrite"] = noise.choice(("T", "F", "x", ""))
        body = bent(noise, noise.choice(BODIES)).encode("utf-8", "replace")
        answer = client.send(method, target, body, **headers)
        described = f"round {round_number}: {method} {target} {headers} {body[:300]!r}"
        # 501, 502 and 507 are mod_dav's own words for a type of lock, a server or a property that it cannot take.
        assert answer.status < 500 or answer.status in (501, 502, 507), f"{described}: {answer.status}"
        for lock in client.propfind(home, "1", ["<D:lockdiscovery/>"]):
            for token in lock.properties["lockdiscovery"].findall(".//D:locktoken/D:href", dav.NAMES):
                client.unlock(lock.path, token.text)
    assert client.send("GET", kept).body == b"kept"
