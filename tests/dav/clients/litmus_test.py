"""The conformance suite litmus: basic, copymove, props, locks, http."""

import re
import tempfile

from support import dav
from support.groupware import PASSWORD

TESTS = 104


def test_litmus_passes_every_test(api):
    program = dav.need("litmus")
    dav.client(api)
    # It sends broken XML on purpose, and httpd's parser tells.
    api.announce("AH0054[01]: XML")
    api.announce("AH0054[01]: XML")
    with tempfile.TemporaryDirectory(prefix="gw-litmus-") as folder:
        done = dav.run(program, "-k", dav.url(api, dav.home(api)) + "/", api.login_name("user1"), PASSWORD, folder=folder)
    said = done.stdout.replace("\r", "\n")
    summary = [tuple(map(int, found)) for found in
               re.findall(r"of (\d+) tests run: (\d+) passed, (\d+) failed", said)]
    assert sum(passed for _, passed, _ in summary) == TESTS and not any(failed for *_, failed in summary), said[-8000:]
