"""Feeds are off."""

DIRECTIVES = "GroupwareFeeds off\n"


def test_nobody_reads_feeds(api):
    api.put("rss", ["http://127.0.0.1/"]).expect_error("SVL-0015")
    assert "rss" not in [entry["id"] for entry in api.get("capabilities", action="all").data]
