#!/usr/bin/python3
"""Puts public payloads, cleaned, into a page of headless Chromium: nothing may run, and no address may be a script.

    browser_test.py CLEAN_TEXTS BUILD_FOLDER

The page's policy forbids scripts without its nonce, and the browser tells each attempt. The payloads as they are go through a
second page, which must tell many. Exit code 77: there is no Chromium or no list here.
"""

import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from support import corpora  # noqa: E402

CORPUS = FOLDER.parent / "fuzz" / "corpus" / "html"
CHROMIUM = ["chromium", "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-extensions",
            "--virtual-time-budget=5000", "--dump-dom"]
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src 'nonce-ours' 'report-sample'; style-src 'unsafe-inline'; img-src data:">
</head><body><div id="stage"></div><pre id="result"></pre>
<script nonce="ours" id="texts" type="application/json">%s</script>
<script nonce="ours">
"use strict";
const attempts = [];
document.addEventListener("securitypolicyviolation", event => {
  if (event.effectiveDirective.startsWith("script-src")) attempts.push(`${event.effectiveDirective} ${event.sample}`);
});
const fine = new Set(["http:", "https:", "ftp:", "mailto:", "tel:", "file:", "cid:"]);
const stage = document.getElementById("stage");
let elements = 0;
for (const text of JSON.parse(document.getElementById("texts").textContent)) {
  const place = document.createElement("div");
  stage.append(place);
  place.innerHTML = text;
  for (const element of place.querySelectorAll("*")) {
    ++elements;
    if (/^(script|iframe|object|embed|base|form|meta|link)$/i.test(element.localName)) attempts.push(`element ${element.outerHTML}`);
    for (const attribute of element.attributes) {
      const name = attribute.localName.toLowerCase();
      if (name.startsWith("on")) attempts.push(`handler ${element.outerHTML}`);
      if (!/^(href|src|action|formaction|background|poster|data|srcdoc)$/.test(name)) continue;
      let scheme = "broken:";
      try { scheme = new URL(attribute.value, location.href).protocol; } catch {}
      if (!fine.has(scheme) && !(scheme === "data:" && element.localName === "img") && scheme !== "broken:")
        attempts.push(`address ${element.outerHTML}`);
    }
    for (const kind of ["mouseover", "focus", "toggle", "animationstart", "error", "load"])
      element.dispatchEvent(new Event(kind));
  }
}
setTimeout(() => {
  document.getElementById("result").textContent = JSON.stringify({elements, attempts});
}, 2000);
</script></body></html>
"""


def attempts_in(texts: list[str], folder: pathlib.Path) -> dict:
    page = folder / "page.html"
    # "</script" inside would end the list.
    page.write_text(PAGE % json.dumps(texts).replace("<", "\\u003c"), encoding="utf-8")
    done = subprocess.run([*CHROMIUM, f"--user-data-dir={folder}/profile", page.as_uri()], capture_output=True, timeout=270)
    found = re.search(r'<pre id="result">(\{.*?\})</pre>', done.stdout.decode("utf-8", "replace"), re.S)
    if not found:
        raise SystemExit(f"no result\n{done.stderr.decode('utf-8', 'replace')[-4000:]}")
    return json.loads(html.unescape(found.group(1)))


def main() -> int:
    program, build = sys.argv[1:3]
    if shutil.which("chromium") is None:
        print("skipped: chromium is not installed")
        return 77
    texts = corpora.attacks(pathlib.Path(build))
    if not texts:
        print("skipped: no list of payloads is here")
        return 77
    texts += [path.read_text("utf-8", "replace") for path in sorted(CORPUS.iterdir())]
    raw = [form % text for text in texts for form in ("%s", '<img title="%s">', "<style>%s</style>", "<svg><p>%s")]
    done = subprocess.run([program, "--print"], input=json.dumps(raw).encode(), capture_output=True, timeout=120, check=True)
    clean = json.loads(done.stdout)
    assert len(clean) == len(raw)
    with tempfile.TemporaryDirectory(prefix="gwb-") as name:
        control, ours = attempts_in(raw, pathlib.Path(name)), attempts_in(clean, pathlib.Path(name))
    print(f"{len(raw)} texts: {len(control['attempts'])} attempts as they are, {len(ours['attempts'])} cleaned "
          f"({ours['elements']} elements)")
    for attempt in ours["attempts"][:20]:
        print(f"  {attempt}")
    assert len(control["attempts"]) > 100, "the page notices nothing"
    return 1 if ours["attempts"] else 0


if __name__ == "__main__":
    sys.exit(main())
