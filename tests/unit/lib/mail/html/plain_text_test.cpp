#include "mail/html/plain_text.hpp"

#include <gtest/gtest.h>

#include "mail/html/cleaner.hpp"

namespace gw::mail::html {
namespace {

TEST(TextToHtml, EscapesLinksAndKeepsBlanks) {
  EXPECT_EQ(text_to_html("a < b & c\r\n  d  e"), "a &lt; b &amp; c<br>\n&nbsp;&nbsp;d &nbsp;e");
  EXPECT_EQ(text_to_html("see https://x.org/a?b=1&c=2, or (www.y.org)."),
            "see <a href=\"https://x.org/a?b=1&amp;c=2\" target=\"_blank\" rel=\"noopener "
            "noreferrer\">https://x.org/a?b=1&amp;c=2</a>, or "
            "(<a href=\"http://www.y.org\" target=\"_blank\" rel=\"noopener noreferrer\">www.y.org</a>).");
  EXPECT_EQ(
      text_to_html("to <bob@x.org>."),
      "to &lt;<a href=\"mailto:bob@x.org\" target=\"_blank\" rel=\"noopener noreferrer\">bob@x.org</a>&gt;.");
  EXPECT_EQ(text_to_html("no@dot http:// x@ @y"), "no@dot http:// x@ @y");
}

TEST(TextToHtml, IsLeftAloneByTheCleaner) {
  const std::string html =
      "<div class=\"gw-mail\">" + text_to_html("a  b http://x.org/ c@d.org\n\"<x>\"") + "</div>";
  EXPECT_EQ(clean_html(clean_html(html, {}).html, {}).html, clean_html(html, {}).html);
}

TEST(HtmlToText, ShowsBlocksListsQuotesAndLinks) {
  EXPECT_EQ(html_to_text("<p>One<p>Two<br>three"), "One\n\nTwo\nthree\n");
  EXPECT_EQ(html_to_text("<ul><li>a<li>b</ul><ol><li>c<li>d</ol>"), "* a\n* b\n1. c\n2. d\n");
  EXPECT_EQ(html_to_text("<div>x</div><blockquote><div>q</div><div>r</div></blockquote>y"),
            "x\n\n> q\n> r\n\ny\n");
  EXPECT_EQ(html_to_text("<a href='http://x.org/'>here</a> <a href='http://x.org/'>x.org</a> <a "
                         "href=mailto:a@b.c>a@b.c</a>"),
            "here <http://x.org/> x.org a@b.c\n");
  EXPECT_EQ(html_to_text("<table><tr><td>a<td>b<tr><td>c</table>"), "a b\nc\n");
  EXPECT_EQ(html_to_text("<style>x</style><script>y</script>a &amp; b<img alt=pic src=x><pre>1\n  2</pre>"),
            "a & bpic\n1\n  2\n");
  EXPECT_EQ(html_to_text("a <b> b </b> c&nbsp;d"), "a b c d\n");
  EXPECT_EQ(html_to_text(""), "");
}

TEST(Enriched, BecomesHtml) {
  EXPECT_EQ(enriched_to_html("<bold>b</bold> a\nb\n\nc << <italic>x"), "<b>b</b> a b<br>\nc &lt; <i>x</i>");
  EXPECT_EQ(enriched_to_html("<color><param>red</param>x</color><script>y</script>"),
            "<font color=\"red\">x</font>y");
  EXPECT_EQ(enriched_to_html("<nofill>a\nb</nofill></bold>"), "a<br>\nb");
}

TEST(WrapText, BreaksLongLinesAtBlanks) {
  EXPECT_EQ(wrap_text("aaa bbb ccc\n> ddd eee fff\nggggggggg hh", 7),
            "aaa bbb\nccc\n> ddd eee fff\nggggggggg\nhh");
  EXPECT_EQ(wrap_text("aaa bbb", 0), "aaa bbb");
}

TEST(EmptyHtml, HasNeitherTextNorImage) {
  EXPECT_TRUE(is_empty_html("<html><body><p>&nbsp;</p></body></html>"));
  EXPECT_FALSE(is_empty_html("<p>x"));
  EXPECT_FALSE(is_empty_html("<IMG src=x>"));
}

}  // namespace
}  // namespace gw::mail::html
