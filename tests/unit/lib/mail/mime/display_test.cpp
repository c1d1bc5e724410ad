#include "mail/mime/display.hpp"

#include <gtest/gtest.h>

#include "mail/mime/structure.hpp"

namespace gw::mail::mime {
namespace {

/// Parses a mail and plans its display.
struct Shown {
  Structure structure;
  Display display;
  explicit Shown(std::string_view mail, const DisplayOptions& options = {})
      : structure(parse_structure(mail)),
        display(plan_display(structure.root, options, [&](const Part& part, std::size_t most) {
          std::string bytes;
          read_part(read_from(mail), structure, part, [&](std::string_view piece) {
            bytes += piece;
            return true;
          });
          return bytes.substr(0, most);
        })) {}
  [[nodiscard]] std::string list() const {
    std::string out;
    for (const DisplayElement& element : display.elements)
      out += element.id + " " + element.content_type.substr(0, element.content_type.find(';')) + " " +
             element.disposition + (element.filename ? " " + *element.filename : "") +
             (element.is_virtual ? " virtual" : "") + "\n";
    return out;
  }
  [[nodiscard]] const std::string& text() const { return *display.elements.front().content; }
};

DisplayOptions view(View kind) {
  DisplayOptions options;
  options.view = kind;
  options.is_embedded = true;
  options.image_address = [](const Part& part) { return "/ajax/image/mail/picture?uid=" + part.content_id; };
  return options;
}

std::string multipart(std::string_view kind, std::initializer_list<std::string> parts) {
  const std::string boundary = "b" + std::string(kind);
  std::string out = "Content-Type: multipart/" + std::string(kind) + "; boundary=" + boundary + "\n\n";
  for (const std::string& part : parts) out += "--" + boundary + "\n" + part + "\n";
  return out + "--" + boundary + "--\n";
}
const std::string kPlain = "Content-Type: text/plain\n\nplain <text>";
const std::string kHtml = "Content-Type: text/html\n\n<b>html</b><script>x</script>";
const std::string kImage =
    "Content-Type: image/png; name=a.png\nContent-ID: <pic>\nContent-Disposition: inline\n\nPNG";
const std::string kPdf = "Content-Type: application/pdf\nContent-Disposition: attachment\n\nPDF";

TEST(Display, AlternativeShowsHtmlOrPlainByView) {
  const std::string mail = multipart("alternative", {kPlain, kHtml});
  EXPECT_EQ(Shown(mail, view(View::Html)).list(), "2 text/html inline\n");
  EXPECT_EQ(Shown(mail, view(View::Html)).text(), "<div class=\"gw-mail\"><b>html</b></div>");
  EXPECT_EQ(Shown(mail, view(View::Text)).list(), "1 text/plain inline\n2 text/html alternative virtual\n");
  EXPECT_EQ(Shown(mail, view(View::Text)).text(), "plain &lt;text&gt;");
  EXPECT_EQ(Shown(mail, view(View::TextNoHtmlAttach)).list(), "1 text/plain inline\n");
  EXPECT_EQ(Shown(mail, view(View::Raw)).text(), "<b>html</b><script>x</script>");
}

TEST(Display, EmptyHtmlGivesWayToPlain) {
  const std::string mail =
      multipart("alternative", {kPlain, "Content-Type: text/html\n\n<html><body><br></body></html>"});
  EXPECT_EQ(Shown(mail, view(View::Html)).list(), "1 text/plain inline\n");
}

TEST(Display, HtmlOnlyIsConvertedForTextViews) {
  EXPECT_EQ(Shown(kHtml, view(View::Text)).text(), "html<br>\n");
  EXPECT_EQ(Shown(kHtml, view(View::Text)).list(), "1 text/plain inline\n");
}

TEST(Display, SeveralTextsJoinAndInlineImagesFollow) {
  const std::string mail = multipart("mixed", {kPlain, kImage, "Content-Type: text/plain\n\nsecond", kPdf});
  const Shown shown(mail, view(View::Html));
  EXPECT_EQ(shown.list(),
            "1 text/plain inline\n2 image/png inline a.png\n4 application/pdf attachment part_4.pdf\n");
  EXPECT_EQ(shown.text(),
            "plain &lt;text&gt;<br>\nsecond<br><img "
            "src=\"/ajax/image/mail/picture?uid=pic&amp;scaleType=contain&amp;width=800\" alt=\"a.png\">");
}

TEST(Display, RelatedImagesAreRewrittenAndListed) {
  const std::string mail =
      multipart("related", {"Content-Type: text/html\n\n<img src=cid:pic><img src=http://x/y.png>", kImage});
  const Shown shown(mail, view(View::NoImages));
  EXPECT_EQ(shown.text(), "<div class=\"gw-mail\"><img src=\"/ajax/image/mail/picture?uid=pic\"><img></div>");
  EXPECT_TRUE(shown.display.is_modified);
  EXPECT_FALSE(Shown(mail, view(View::Html)).display.is_modified);
  EXPECT_EQ(shown.list(), "1 text/html inline\n2 image/png inline a.png\n");
}

TEST(Display, NestedMailsAreUnpackedOrListed) {
  const std::string mail =
      multipart("mixed", {kPlain, "Content-Type: message/rfc822\n\nSubject: in\n\nbody"});
  EXPECT_EQ(Shown(mail).display.nested.size(), 1U);
  DisplayOptions options;
  options.unpacks_nested = false;
  EXPECT_TRUE(Shown(mail, options).display.nested.empty());
  EXPECT_EQ(Shown(mail, options).list(), "1 text/plain inline\n2 message/rfc822 attachment part_2.eml\n");
}

TEST(Display, NothingTextualGivesAnEmptyElement) {
  const Shown shown(kPdf);
  EXPECT_EQ(shown.list(), "1 text/plain inline\n1 application/pdf attachment part_1.pdf\n");
  EXPECT_EQ(shown.text(), "");
}

TEST(Display, UuencodedFilesAreTakenOut) {
  const Shown shown("\nbefore\nbegin 644 a.txt\n%2&5L;&\\\n`\nend\nafter\n");
  EXPECT_EQ(shown.text(), "before<br>\nafter<br>\n");
  EXPECT_EQ(shown.list(), "1 text/plain inline\n1:uu1 application/octet-stream attachment a.txt\n");
  EXPECT_EQ(read_inner_file("1:uu1", "begin 644 a.txt\n%2&5L;&\\\n`\nend\n"), "Hello");
  EXPECT_EQ(read_inner_file("1:uu2", "x"), std::nullopt);
  EXPECT_EQ(outer_part_id("1.2:tnef3"), "1.2");
}

TEST(Display, TextIsCutAtMaxSize) {
  DisplayOptions options = view(View::Html);
  options.max_size = 5;
  const Shown shown("\n" + std::string(20'000, 'x'), options);
  EXPECT_TRUE(shown.display.is_truncated);
  EXPECT_EQ(shown.text().size(), kMinMaxSize);
  EXPECT_TRUE(
      Shown("Content-Type: text/html\n\n<p>" + std::string(20'000, 'x'), options).display.is_truncated);
}

TEST(Display, TextXmlInAnAlternativeIsDropped) {
  const std::string mail = multipart(
      "alternative", {kPlain, "Content-Type: text/xml\n\n<x/>", "Content-Type: text/calendar\n\nBEGIN"});
  EXPECT_EQ(Shown(mail).list(), "1 text/plain inline\n3 text/calendar attachment part_3.ics\n");
}

TEST(HasAttachments, FollowsTheStructure) {
  const auto has = [](const std::string& mail) { return has_attachments(parse_structure(mail).root); };
  EXPECT_FALSE(has(kPlain));
  EXPECT_FALSE(has(multipart("alternative", {kPlain, kHtml})));
  EXPECT_FALSE(has(multipart("related", {kHtml, kImage})));
  EXPECT_FALSE(
      has(multipart("signed", {kPlain, "Content-Type: application/pgp-signature; name=s.asc\n\nx"})));
  EXPECT_TRUE(has(multipart("mixed", {kPlain, kPdf})));
  EXPECT_TRUE(has(multipart("mixed", {kPlain, kImage})));
  EXPECT_TRUE(has(multipart("mixed", {kPlain, "Content-Type: message/rfc822\n\nSubject: x\n\ny"})));
}

TEST(ParseView, KnowsTheWords) {
  EXPECT_EQ(parse_view("noimg"), View::NoImages);
  EXPECT_EQ(parse_view("other"), std::nullopt);
}

}  // namespace
}  // namespace gw::mail::mime
