// Lines as such; what vCards and calendars make of them is tested there.
#include "formats/lines/content_line.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"
#include "formats/lines/line_writer.hpp"

namespace gw::formats::lines {
namespace {

std::string again(std::string_view line) {
  const auto property = parse_content_line(line);
  return property ? format_line(*property, "BASE64") : "refused";
}

TEST(ContentLine, IsReadAndWrittenTheSame) {
  for (const char* line : {"SUMMARY:a\\, b\\; c\\\\d\\ne",
                           "ATTENDEE;CN=\"Doe, Jane\";MEMBER=\"mailto:a@x\",\"mailto:b@x\":mailto:jane@x",
                           "X-A;X-B=^^^n^':v", "ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJD", "A.B:c", "X:"})
    EXPECT_EQ(again(line), std::string(line) + "\r\n");
}

TEST(ContentLine, NoValueBringsALineOfItsOwn) {
  Property property;
  property.name = "ATTENDEE";
  property.value = "mailto:a@x\r\nATTENDEE:mailto:b@x\x01\x7f\t.";
  property.add_parameter("CN", "a\r\nb\"c");
  EXPECT_EQ(format_line(property, ""), "ATTENDEE;CN=a^nb^'c:mailto:a@x  ATTENDEE:mailto:b@x  \t.\r\n");
}

TEST(ContentLine, FoldsOnCharactersAndComesBack) {
  Property property;
  property.name = "SUMMARY";
  for (int i = 0; i < 60; ++i) property.value += "a\xE2\x82\xAC\xF0\x9F\x98\x80";
  const std::string text = format_line(property, "");
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find("\r\n", begin);
    EXPECT_LE(end - begin, 75U);
    EXPECT_TRUE(is_valid_utf8(text.substr(begin, end - begin)));
    begin = end + 2;
  }
  LineReader reader(text);
  std::string line;
  ASSERT_TRUE(reader.next_logical(line));
  EXPECT_EQ(parse_content_line(line)->value, property.value);
}

TEST(LineReader, JoinsCharactersThatOthersCutInTheMiddle) {
  LineReader reader("X:\xE2\r\n \x82\xAC\r\nY:\xF0\x9F\n\t\x98\x80\rZ:1");
  std::string line;
  reader.next_logical(line);
  EXPECT_EQ(line, "X:\xE2\x82\xAC");
  reader.next_logical(line);
  EXPECT_EQ(line, "Y:\xF0\x9F\x98\x80");
  reader.next_logical(line);
  EXPECT_EQ(line, "Z:1");
  EXPECT_FALSE(reader.next_logical(line));
}

TEST(LineReader, BareBase64GoesOnUntilAnotherPropertyBegins) {
  const std::string name(80, 'N');
  const std::string text = "PHOTO;ENCODING=BASE64:AAAA\r\nBBBB\r\nCC==\r\n" + name.substr(0, 75) + "\r\n " +
                           name.substr(75) + ":v\r\n";
  LineReader reader(text);
  std::string line;
  ASSERT_TRUE(reader.next_logical(line));
  EXPECT_EQ(line, "PHOTO;ENCODING=BASE64:AAAABBBBCC==");
  ASSERT_TRUE(reader.next_logical(line));
  EXPECT_EQ(line, name + ":v");
}

TEST(LineReader, JoinsOverEmptyLines) {
  LineReader reader("VERSION\r\r\n :2.0\r\r\nX\n\n\n\t:1\n\n\nY:2\n\n");
  std::string line;
  for (const char* expected : {"VERSION:2.0", "X:1", "Y:2"}) {
    ASSERT_TRUE(reader.next_logical(line));
    EXPECT_EQ(line, expected);
  }
  EXPECT_FALSE(reader.next_logical(line));
}

}  // namespace
}  // namespace gw::formats::lines
