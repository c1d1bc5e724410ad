#include "mail/feeds/feed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace gw::mail::feeds {
namespace {

Feed read(std::string_view xml, std::string_view content_type = {}) {
  auto feed = parse_feed(xml, content_type);
  EXPECT_TRUE(feed) << xml;
  return feed.value_or(Feed{});
}

TEST(Feed, Rss2WithItsModules) {
  const Feed feed = read(R"(
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>News &amp;amp; more</title><link>http://a.test/</link>
<atom:link rel="self" href="http://a.test/feed.xml"/>
<image><url>http://a.test/logo.png</url><title>Logo</title></image>
<item><title><![CDATA[One <b>bold</b>]]></title><link> http://a.test/1 </link><description>short</description>
 <c:encoded><![CDATA[<p>long</p>]]></c:encoded><dc:creator>Ann</dc:creator><author>x@a.test</author>
 <pubDate>Tue, 01 Sep 2020 10:00:00 +0200</pubDate><enclosure url="http://a.test/1.png" type="image/png"/></item>
<item><title>Two</title><guid>http://a.test/2</guid><description>only this &lt;i&gt;here&lt;/i&gt;</description>
 <media:group><media:thumbnail url="http://a.test/2.png"/></media:group></item>
<item><guid isPermaLink="false">http://a.test/no</guid></item>
</channel></rss>)");
  EXPECT_EQ(feed.title, "News & more");
  EXPECT_EQ(feed.image_url, "http://a.test/logo.png");
  ASSERT_EQ(feed.articles.size(), 3U);
  const Article& one = feed.articles[0];
  EXPECT_EQ(one.subject, "One bold");
  EXPECT_EQ(one.url, "http://a.test/1");
  EXPECT_EQ(one.author, "Ann");
  EXPECT_EQ(one.body, "<p>long</p>");
  EXPECT_EQ(one.date, Millis{1'598'947'200'000});
  EXPECT_EQ(one.image_url, "http://a.test/1.png");
  EXPECT_EQ(feed.articles[1].url, "http://a.test/2");
  EXPECT_EQ(feed.articles[1].body, "only this <i>here</i>");
  EXPECT_EQ(feed.articles[1].image_url, "http://a.test/2.png");
  EXPECT_EQ(feed.articles[1].date, std::nullopt);
  EXPECT_EQ(feed.articles[2].url, "");
}

TEST(Feed, Rss1HasItsItemsBesideTheChannel) {
  const Feed feed = read(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>T</title><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel>
<image><title>not the feed's</title><url>/i.png</url></image>
<item rdf:about="y"><title>A</title><link>/a</link><d:date>2004-05-06T07:08:09Z</d:date></item></rdf:RDF>)");
  EXPECT_EQ(feed.title, "T");
  EXPECT_EQ(feed.image_url, "/i.png");
  ASSERT_EQ(feed.articles.size(), 1U);
  EXPECT_EQ(feed.articles[0].url, "/a");
  EXPECT_EQ(feed.articles[0].date, Millis{1'083'827'289'000});
}

TEST(Feed, AtomWithEveryKindOfText) {
  const Feed feed =
      read(R"(<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title type="text">5 &lt; 6</a:title>
<a:logo>logo.png</a:logo><a:author><a:name>All</a:name></a:author>
<a:entry><a:title type="html">&lt;em&gt;A&lt;/em&gt;</a:title><a:link rel="self" href="s"/><a:link href="p"/>
 <a:author><a:name>Jo</a:name></a:author><a:author><a:name>Al</a:name></a:author>
 <a:updated>2020-01-02T00:00:00Z</a:updated><a:published>2020-01-01T00:00:00+01:00</a:published>
 <a:source><a:title>another</a:title></a:source>
 <a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b class="x">T</b><br/>&lt;</div></a:content></a:entry>
<a:entry><a:title>B</a:title><a:summary>1 &lt; 2</a:summary><a:updated>2020-02-01T00:00:00Z</a:updated></a:entry>
</a:feed>)");
  EXPECT_EQ(feed.title, "5 < 6");
  EXPECT_EQ(feed.image_url, "logo.png");
  ASSERT_EQ(feed.articles.size(), 2U);
  const Article& one = feed.articles[0];
  EXPECT_EQ(one.subject, "A");
  EXPECT_EQ(one.url, "p");
  EXPECT_EQ(one.author, "Jo, Al");
  EXPECT_EQ(one.date, Millis{1'577'833'200'000});
  EXPECT_EQ(one.body, R"(<div><b class="x">T</b><br>&lt;</div>)");
  EXPECT_EQ(feed.articles[1].author, "All");
  EXPECT_EQ(feed.articles[1].body, "1 &lt; 2");
  EXPECT_EQ(feed.articles[1].date, Millis{1'580'515'200'000});
}

TEST(Feed, CharsetsComeFromTheMarkThenTheTransportThenTheDocument) {
  const std::string latin =
      "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><title>\xE4</title></channel></rss>";
  EXPECT_EQ(read(latin).title, "\xC3\xA4");
  EXPECT_EQ(read(latin, "application/xml; charset=\"windows-1251\"").title, "\xD0\xB4");
  EXPECT_EQ(
      read("\xEF\xBB\xBF<rss><channel><title>\xC3\xA4</title></channel></rss>", "text/xml; charset=latin1")
          .title,
      "\xC3\xA4");
  std::string wide("\xFF\xFE", 2);
  for (const char c : std::string_view("<rss><channel><title>x</title></channel></rss>")) wide += {c, '\0'};
  EXPECT_EQ(read(wide).title, "x");
}

TEST(Feed, NamesOfHtmlAreKnownAndDeclaredEntitiesAreNot) {
  EXPECT_EQ(read("<rss><channel><title>a&eacute;b</title></channel></rss>").title,
            "a\xC3\xA9"
            "b");
  EXPECT_EQ(read(R"(<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">
<rss version="0.91"><channel><title>a &amp; &uuml;</title></channel></rss>)")
                .title,
            "a & \xC3\xBC");
  for (
      const char* bad :
      {R"(<!DOCTYPE rss [<!ENTITY x "y">]><rss><channel><title>&x;</title></channel></rss>)",
       R"(<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>)"})
    EXPECT_FALSE(parse_feed(bad, {})) << bad;
}

TEST(Feed, WhatIsNoFeedIsNone) {
  for (const char* bad : {"", "<html><title>x</title></html>", "{}", "<rss><channel>", "<rss><a:b/></rss>"})
    EXPECT_FALSE(parse_feed(bad, {})) << bad;
  std::string deep = "<rss>";
  for (int i = 0; i < 101; ++i) deep += "<x>";
  EXPECT_FALSE(parse_feed(deep, {}));
  EXPECT_FALSE(parse_feed("<rss/>" + std::string(kMaxFeed, ' '), {}));
}

TEST(Feed, ArticlesBehindTheLimitAreNotRead) {
  std::string many = "<rss><channel>";
  for (std::size_t i = 0; i < kMaxArticles + 5; ++i) many += "<item><title>x</title></item>";
  EXPECT_EQ(read(many + "</channel></rss>").articles.size(), kMaxArticles);
}

TEST(FeedDate, BothKindsOfDates) {
  EXPECT_EQ(parse_feed_date("Sat, 07 Sep 2002 00:00:01 GMT"), Millis{1'031'356'801'000});
  EXPECT_EQ(parse_feed_date("2002"), Millis{1'009'843'200'000});
  EXPECT_EQ(parse_feed_date("2002-09"), Millis{1'030'838'400'000});
  EXPECT_EQ(parse_feed_date(" 2002-09-07 "), Millis{1'031'356'800'000});
  EXPECT_EQ(parse_feed_date("2002-09-07T00:00Z"), Millis{1'031'356'800'000});
  EXPECT_EQ(parse_feed_date("2002-09-07T00:00:01.75-01:30"), Millis{1'031'362'201'000});
  for (const char* bad : {"", "yesterday", "2002-13-01", "2002-09-07T25:00Z"})
    EXPECT_FALSE(parse_feed_date(bad)) << bad;
}

}  // namespace
}  // namespace gw::mail::feeds
