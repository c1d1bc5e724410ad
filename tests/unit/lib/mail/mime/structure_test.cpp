#include "mail/mime/structure.hpp"

#include <gtest/gtest.h>

namespace gw::mail::mime {
namespace {

/// `id:type/subtype(children)`.
std::string shape(const Part& part) {
  std::string out = part.id + ":" + part.media_type();
  if (!part.children.empty()) {
    out += "(";
    for (const Part& child : part.children) out += (out.back() == '(' ? "" : " ") + shape(child);
    out += ")";
  }
  return out;
}

std::string crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

std::string bytes_of(std::string_view message, std::string_view id) {
  const Structure structure = parse_structure(message);
  const Part* part = find_part(structure.root, id);
  if (part == nullptr) return "(missing)";
  std::string out;
  read_part(read_from(message), structure, *part, [&](std::string_view piece) {
    out += piece;
    return true;
  });
  return out;
}

constexpr std::string_view kNested =
    "Content-Type: multipart/mixed; boundary=outer\n\npreamble\n"
    "--outer\nContent-Type: multipart/alternative; boundary=\"in ner\"\n\n"
    "--in ner\n\nplain\n--in ner\nContent-Type: text/html\n\n<p>\n--in ner--\nepilogue\n"
    "--outer\nContent-Type: message/rfc822\n\n"
    "Subject: embedded\nContent-Type: multipart/mixed; boundary=deep\n\n--deep\n\nx\n--deep\n"
    "Content-Type: message/rfc822\n\nSubject: single\n\nbody\n--deep--\n"
    "--outer\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: "
    "base64\nContent-Disposition: attachment\n\n"
    "SGVs\nbG8=\n--outer--\nend\n";

TEST(Structure, NumbersPartsAsImapDoes) {
  for (const std::string& message : {std::string(kNested), crlf(kNested)}) {
    const Structure structure = parse_structure(message);
    EXPECT_EQ(shape(structure.root),
              ":multipart/mixed(1:multipart/alternative(1.1:text/plain 1.2:text/html) "
              "2:message/rfc822(2.TEXT:multipart/mixed(2.1:text/plain 2.2:message/rfc822(2.2.1:text/plain))) "
              "3:application/pdf)");
    EXPECT_EQ(structure.size, static_cast<std::int64_t>(message.size()));
    EXPECT_FALSE(structure.is_cut);
    EXPECT_EQ(bytes_of(message, "1.1"), "plain");
    EXPECT_EQ(bytes_of(message, "3"), "Hello");
    EXPECT_EQ(bytes_of(message, "2.2.1"), "body");
    EXPECT_EQ(read_embedded_headers(read_from(message), structure, "2.2"),
              (HeaderList{{"Subject", "single"}}));
  }
}

TEST(Structure, DoesNotDependOnHowTheBytesArrive) {
  const std::string message = crlf(kNested);
  const std::string whole = shape(parse_structure(message).root);
  for (const std::size_t step : {1U, 2U, 7U, 64U}) {
    StructureParser parser;
    for (std::size_t at = 0; at < message.size(); at += step)
      parser.feed(std::string_view(message).substr(at, step));
    const Structure structure = parser.finish();
    EXPECT_EQ(shape(structure.root), whole);
    EXPECT_EQ(structure.extents.at("3").body_end, parse_structure(message).extents.at("3").body_end);
  }
}

TEST(Structure, ASingleTextIsPart1) {
  const Structure structure = parse_structure("Subject: x\n\nbody\n");
  EXPECT_EQ(shape(structure.root), "1:text/plain");
  EXPECT_EQ(structure.root.size, 5);
  EXPECT_EQ(structure.root.lines, 1);
}

TEST(Structure, RepairsWhatIsBroken) {
  EXPECT_EQ(shape(parse_structure("").root), "1:text/plain");
  EXPECT_EQ(shape(parse_structure("Content-Type: multipart/mixed\n\nno boundary\n").root), "1:text/plain");
  EXPECT_EQ(bytes_of("Content-Type: multipart/mixed; boundary=b\n\nnever begins\n", "1"), "never begins\n");
  EXPECT_EQ(shape(parse_structure("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nnot closed").root),
            ":multipart/mixed(1:text/plain)");
  EXPECT_EQ(shape(parse_structure("Content-Type: text\n\nx").root), "1:text/plain");
  EXPECT_EQ(bytes_of("no header at all\nsecond\n", "1"), "no header at all\nsecond\n");
  // An inner multipart that never ends is ended by the outer boundary.
  EXPECT_EQ(shape(parse_structure("Content-Type: multipart/mixed; boundary=a\n\n--a\n"
                                  "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--a\n\ny\n--a--\n")
                      .root),
            ":multipart/mixed(1:multipart/mixed(1.1:text/plain) 2:text/plain)");
}

TEST(Structure, KeepsTheLimits) {
  std::string deep = "Content-Type: message/rfc822\n\n";
  std::string message;
  for (int i = 0; i < 300; ++i) message += deep;
  const Structure nested = parse_structure(message);
  EXPECT_TRUE(nested.is_cut);
  int depth = 0;
  for (const Part* part = &nested.root; !part->children.empty(); part = &part->children.front()) ++depth;
  EXPECT_LE(depth, kMaxPartDepth);
  std::string many = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < kMaxParts + 500; ++i) many += "--b\n\nx\n";
  const Structure wide = parse_structure(many);
  EXPECT_TRUE(wide.is_cut);
  EXPECT_LT(wide.root.children.size(), static_cast<std::size_t>(kMaxParts) + 1);
  EXPECT_GT(wide.root.children.size(), static_cast<std::size_t>(kMaxParts) - 10);
}

TEST(Structure, DigestsHoldMessages) {
  EXPECT_EQ(
      shape(parse_structure("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: a\n\nx\n--b--\n")
                .root),
      ":multipart/digest(1:message/rfc822(1.1:text/plain))");
}

}  // namespace
}  // namespace gw::mail::mime
