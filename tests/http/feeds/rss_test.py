"""News feeds: read by this server from a web server of our own, cleaned, merged, and never from where users may not look."""

import http.server
import threading

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Beta</title><image><url>/logo.png</url></image>
<item><title>Old</title><link>/old</link><pubDate>Wed, 01 Jan 2020 00:00:00 GMT</pubDate>
<description><![CDATA[<p onclick="x()">text<script>alert(1)</script><img src="http://192.0.2.1/pixel.png"></p>]]></description></item>
<item><title>New</title><link>/new</link><pubDate>Fri, 01 Jan 2021 00:00:00 GMT</pubDate><author>ann@x.test</author></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Alpha</title>
<entry><title>Middle</title><link href="javascript:alert(1)"/><updated>2020-06-01T00:00:00Z</updated></entry></feed>"""
ASKED = []


class Feeds(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        ASKED.append(self.path)
        answers = {"/rss": RSS, "/atom": ATOM, "/page": "<html></html>", "/large": RSS + " " * 2_100_000}
        if self.path in ("/moved", "/away"):
            self.send_response(302)
            self.send_header("Location", "/atom" if self.path == "/moved" else "http://127.0.0.2:1/")
            self.end_headers()
        elif self.path in answers:
            self.send_response(200)
            self.send_header("Content-Type", "application/xml; charset=utf-8")
            self.end_headers()
            self.wfile.write(answers[self.path].encode())
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


SERVER = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
threading.Thread(target=SERVER.serve_forever, daemon=True).start()
PORT = SERVER.server_address[1]
BASE = f"http://127.0.0.1:{PORT}"

# Only the address that the server listens at may be reached inside.
DIRECTIVES = f"GroupwareFeeds on ports={PORT},80 deny=10.0.0.0/8,127.0.0.2/32\n"


def subjects(answer) -> list:
    return [article["subject"] for article in answer.json["data"]]


def codes(answer) -> list:
    warnings = answer.json.get("warnings", [])
    return [warning["code"] for warning in (warnings if isinstance(warnings, list) else [warnings])]


def test_articles_of_several_feeds_are_merged(api):
    urls = [BASE + "/rss", BASE + "/moved"]
    assert subjects(api.put("rss", urls)) == ["New", "Middle", "Old"]
    assert subjects(api.put("rss", {"feedUrl": urls}, order="asc")) == ["Old", "Middle", "New"]
    assert subjects(api.put("rss", urls, sort="SOURCE")) == ["Middle", "New", "Old"]
    assert subjects(api.put("rss", urls, sort="source", order="desc", limit=2)) == ["New", "Old"]
    assert subjects(api.put("rss", None, feedUrl=",".join(urls), limit=1)) == ["New"]


def test_an_article_has_its_members_and_is_cleaned(api):
    new, old = api.put("rss", [BASE + "/rss"]).data
    assert (new["url"], new["feedTitle"], new["feedUrl"]) == (BASE + "/new", "Beta", BASE + "/rss")
    assert (new["author"], new["date"], new["imageUrl"]) == ("ann@x.test", 1609459200000, BASE + "/logo.png")
    assert "text" in old["body"] and "script" not in old["body"] and "onclick" not in old["body"]
    assert "192.0.2.1" not in old["body"]
    assert "192.0.2.1" in api.put("rss", [BASE + "/rss"], forceImages="true").data[1]["body"]
    api.put("config/modules/mail/allowhtmlimages", True)
    assert "192.0.2.1" in api.put("rss", [BASE + "/rss"]).data[1]["body"]
    assert api.put("rss", [BASE + "/atom"]).data[0]["url"] == ""


def test_a_feed_that_fails_is_a_warning(api):
    wrong = {"/none": "RSS-0002", "/page": "RSS-0003", "/large": "RSS-0004", "/away": "RSS-0005"}
    answer = api.put("rss", [BASE + path for path in wrong] + [BASE + "/atom"])
    assert subjects(answer) == ["Middle"]
    assert codes(answer) == list(wrong.values())


def test_what_nobody_may_read_is_not_asked(api):
    answer = api.put("rss", [f"http://127.0.0.2:{PORT}/rss", "http://10.0.0.1/", f"http://127.0.0.1:{PORT - 1}/",
                             f"http://[::ffff:127.0.0.2]:{PORT}/rss"])
    assert answer.json["data"] == [] and codes(answer) == ["RSS-0005"] * 4
    bad = api.put("rss", ["file:///etc/passwd", "feed.xml", f"http://a:b@127.0.0.1:{PORT}/rss", "gopher://127.0.0.1/"])
    assert bad.json["data"] == [] and codes(bad) == ["RSS-0006"] * 4


def test_a_feed_is_asked_once_in_a_while(api):
    api.put("rss", [BASE + "/atom"])
    before = ASKED.count("/atom")
    for _ in range(3):
        assert subjects(api.put("rss", [BASE + "/atom"])) == ["Middle"]
    # One server process may answer for the first time.
    assert ASKED.count("/atom") - before <= 3


def test_bad_requests_are_refused(api):
    api.put("rss", []).expect_error("SVL-0002")
    api.put("rss", [1]).expect_error("SVL-0028")
    api.put("rss", {"feedUrl": 5}).expect_error("SVL-0028")
    api.put("rss", [BASE + "/rss"], sort="size").expect_error("SVL-0010")
    api.put("rss", [BASE + "/rss"], order="up").expect_error("SVL-0010")
    api.put("rss", [f"{BASE}/{number}" for number in range(21)]).expect_error("RSS-0007")
    assert "rss" in [entry["id"] for entry in api.get("capabilities", action="all").data]
