#include "ajax/upload/multipart.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/error.hpp"

namespace gw::ajax {
namespace {

struct Part {
  PartHead head;
  std::string data;
  bool ended = false;
};

class Collected final : public PartSink {
 public:
  void begin_part(const PartHead& head) override { parts.push_back({head, "", false}); }
  void part_data(std::string_view bytes) override { parts.back().data += bytes; }
  void end_part() override { parts.back().ended = true; }
  std::vector<Part> parts;
};

/// Parses `body` in chunks of `chunk` bytes.
std::vector<Part> parse(const std::string& body, std::size_t chunk = 1'000'000,
                        std::string_view boundary = "xyz", MultipartLimits limits = {}) {
  Collected sink;
  MultipartParser parser(boundary, sink, limits);
  for (std::size_t at = 0; at < body.size(); at += chunk)
    parser.feed(std::string_view(body).substr(at, chunk));
  parser.finish();
  return sink.parts;
}

int status_of(const std::string& body, MultipartLimits limits = {}, std::size_t chunk = 1'000'000) {
  try {
    parse(body, chunk, "xyz", limits);
  } catch (const HttpError& error) {
    return error.status();
  }
  return 0;
}

std::string part(const std::string& headers, const std::string& data) {
  return "--xyz\r\n" + headers + "\r\n\r\n" + data + "\r\n";
}

const std::string kEnd = "--xyz--\r\n";
const std::string kTwoParts =
    part("Content-Disposition: form-data; name=\"json\"", "{\"a\":1}") +
    part("Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain",
         "line\r\n--xy\r\n\r\n-- end\r") +
    kEnd;

TEST(Multipart, GivesTheSamePartsForEveryChunkSize) {
  for (std::size_t chunk = 1; chunk <= kTwoParts.size(); ++chunk) {
    const auto parts = parse(kTwoParts, chunk);
    ASSERT_EQ(parts.size(), 2U) << "chunk " << chunk;
    EXPECT_EQ(parts[0].head.name, "json");
    EXPECT_FALSE(parts[0].head.file_name.has_value());
    EXPECT_EQ(parts[0].data, "{\"a\":1}");
    EXPECT_EQ(parts[1].head.file_name, "a.txt");
    EXPECT_EQ(parts[1].head.content_type, "text/plain");
    EXPECT_EQ(parts[1].data, "line\r\n--xy\r\n\r\n-- end\r") << "chunk " << chunk;
    EXPECT_TRUE(parts[1].ended);
  }
}

TEST(Multipart, KeepsAFileWithoutBytes) {
  const auto parts =
      parse(part("Content-Disposition: form-data; name=\"file\"; filename=\"empty\"", "") + kEnd);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].data, "");
  EXPECT_TRUE(parts[0].ended);
}

TEST(Multipart, ToleratesPreambleEpilogueAndBlanksBehindABoundary) {
  const auto parts = parse(
      "This is MIME.\r\n--xyz \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--xyz--\r\ntrailer");
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].head.name, "a");
  EXPECT_EQ(parts[0].data, "1");
}

TEST(Multipart, ToleratesHeadersThatEndWithLineFeedsAlone) {
  const std::string body = "--xyz\nContent-Disposition: form-data; name=a\n\nvalue\r\n--xyz--";
  for (std::size_t chunk = 1; chunk <= body.size(); ++chunk) {
    const auto parts = parse(body, chunk);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].data, "value");
  }
}

TEST(Multipart, ReadsAPartWithoutHeaders) {
  const auto parts = parse("--xyz\r\n\r\nvalue\r\n--xyz--");
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].head.name, "");
  EXPECT_EQ(parts[0].data, "value");
}

TEST(Multipart, UnfoldsAHeaderThatGoesOnInTheNextLine) {
  const auto parts =
      parse(part("Content-Disposition: form-data;\r\n name=\"file\";\r\n\tfilename=\"b.ics\"", "x") + kEnd);
  EXPECT_EQ(parts.at(0).head.file_name, "b.ics");
}

TEST(Multipart, RefusesABodyWithoutItsClosingBoundary) {
  EXPECT_EQ(status_of(part("Content-Disposition: form-data; name=\"a\"", "1")), 400);
  EXPECT_EQ(status_of("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n"), 400);
  EXPECT_EQ(status_of(""), 400);
}

TEST(Multipart, RefusesABodyThatNeverShowsItsBoundary) {
  EXPECT_EQ(status_of(std::string(100'000, 'x')), 400);
}

TEST(Multipart, RefusesTextBehindABoundary) { EXPECT_EQ(status_of("--xyzabc\r\n\r\n1\r\n--xyz--"), 400); }

TEST(Multipart, RefusesGiantHeaders) {
  EXPECT_EQ(status_of(part("X-Long: " + std::string(20'000, 'h'), "1") + kEnd), 413);
  EXPECT_EQ(status_of("--xyz\r\nX-Long: " + std::string(20'000, 'h')), 413);
}

TEST(Multipart, HasTheSameLimitsForEveryChunkSize) {
  const std::string blanks = "--xyz" + std::string(71, ' ') + "\r\n\r\n1\r\n" + kEnd;
  for (const std::size_t chunk : {1U, 7U, 4'096U, 1'000'000U}) {
    for (const std::size_t length : {99U, 100U, 101U}) {
      // The line feed of the last header line stands at `length`.
      const std::string header = "X: " + std::string(length - 4, 'h');
      EXPECT_EQ(status_of(part(header, "1") + kEnd, {.header_bytes = 100}, chunk), length > 100 ? 413 : 0)
          << length << " in chunks of " << chunk;
    }
    for (const std::size_t length : {8'192U, 8'193U})  // with the CR LF that stands before the body
      EXPECT_EQ(status_of(std::string(length - 2, 'p') + "\r\n" + kTwoParts, {}, chunk),
                length > 8'192 ? 400 : 0)
          << length << " in chunks of " << chunk;
    EXPECT_EQ(status_of(blanks, {}, chunk), 400) << "chunk " << chunk;
  }
}

TEST(Multipart, RefusesMorePartsThanAllowed) {
  std::string body;
  for (int count = 0; count < 3; ++count) body += part("Content-Disposition: form-data; name=a", "1");
  EXPECT_EQ(status_of(body + kEnd, {.parts = 3}), 0);
  EXPECT_EQ(status_of(body + kEnd, {.parts = 2}), 413);
}

TEST(Multipart, HoldsBackOnlyWhatMayBeABoundary) {
  Collected sink;
  MultipartParser parser("xyz", sink);
  parser.feed("--xyz\r\n\r\n");
  parser.feed(std::string(100'000, 'a') + "\r\n--x");
  ASSERT_EQ(sink.parts.size(), 1U);
  EXPECT_EQ(sink.parts[0].data.size(), 100'000U);
}

TEST(MultipartBoundary, IsReadFromTheContentType) {
  EXPECT_EQ(find_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(find_boundary("multipart/form-data; charset=utf-8; Boundary=\"a b\""), "a b");
  EXPECT_EQ(find_boundary("multipart/form-data"), std::nullopt);
  EXPECT_EQ(find_boundary("multipart/form-data; boundary="), std::nullopt);
  EXPECT_EQ(find_boundary("multipart/form-data; boundary=" + std::string(71, 'a')), std::nullopt);
}

struct NameCase {
  const char* disposition;
  std::optional<std::string> expected;
};

TEST(MultipartFileName, IsReadInEveryFormThatClientsSend) {
  const NameCase cases[] = {
      {"form-data; name=file; filename=plain.txt", "plain.txt"},
      {"form-data; name=file; filename=\"two words.txt\"", "two words.txt"},
      {"form-data; name=file; filename=\"semi;colon=.txt\"", "semi;colon=.txt"},
      {"form-data; name=file; filename=\"quo\\\"te.txt\"", "quo\"te.txt"},
      {"form-data; name=file; filename=\"back\\\\slash.txt\"", "back\\slash.txt"},
      {"form-data; name=file; filename=\"C:\\users\\new.txt\"", "C:\\users\\new.txt"},
      {"form-data; name=file; filename=\"M\xC3\xBCller.txt\"", "M\xC3\xBCller.txt"},
      {"form-data; name=file; filename=\"broken \xFC.txt\"", "broken \xEF\xBF\xBD.txt"},
      {"form-data; name=file; filename*=UTF-8''M%C3%BCller.txt", "M\xC3\xBCller.txt"},
      {"form-data; name=file; filename=\"old.txt\"; filename*=utf-8'de'neu%20.txt", "neu .txt"},
      {"form-data; name=file; filename*=ISO-8859-1''M%FCller.txt", "M\xC3\xBCller.txt"},
      {"form-data; name=file; filename*0=\"long \"; filename*1=\"name.txt\"", "long name.txt"},
      {"form-data; name=file; filename*0*=UTF-8''%C3%BC; filename*1=\"ber.txt\"",
       "\xC3\xBC"
       "ber.txt"},
      {"form-data; name=file; filename=\"\"", ""},
      {"form-data; name=file", std::nullopt},
      {"form-data; name=\"filename=x\"", std::nullopt},
      {"form-data; name=file; filename=\"never closed", "never closed"},
  };
  for (const NameCase& test : cases)
    EXPECT_EQ(find_header_parameter(test.disposition, "filename"), test.expected) << test.disposition;
}

TEST(MultipartFileName, LosesItsFoldersAndControlCharacters) {
  EXPECT_EQ(clean_file_name("C:\\users\\me\\a.txt"), "a.txt");
  EXPECT_EQ(clean_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(clean_file_name("a\r\nb\x7F.txt"), "ab.txt");
  EXPECT_EQ(clean_file_name(std::string(254, 'a') + "\xC3\xBC"), std::string(254, 'a'));
}

}  // namespace
}  // namespace gw::ajax
