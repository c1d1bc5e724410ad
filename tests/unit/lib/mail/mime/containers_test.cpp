// winmail.dat and uuencoded files.
#include <gtest/gtest.h>

#include "mail/mime/tnef.hpp"
#include "mail/mime/uuencode.hpp"

namespace gw::mail::mime {
namespace {

std::string number(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFFU);
  return out;
}
std::string attribute(std::uint32_t id, const std::string& data) {
  return std::string(1, '\2') + number(id, 4) + number(static_cast<std::uint32_t>(data.size()), 4) + data +
         number(0, 2);
}
std::string property(std::uint32_t tag, const std::string& data) {
  std::string padded = data;
  while (padded.size() % 4 != 0) padded += '\0';
  return number(tag, 4) + number(1, 4) + number(static_cast<std::uint32_t>(data.size()), 4) + padded;
}

std::string sample() {
  const std::string long_name = std::string("J\0\xF6\0r\0g\0.\0d\0o\0c\0\0\0", 18);
  return number(0x223E9F78, 4) + number(1, 2) + attribute(0x00069007, number(1252, 4) + number(0, 4)) +
         attribute(0x00069002, std::string(14, '\0')) +
         attribute(0x00018010, std::string("J\xF6RG.DOC\0", 9)) + attribute(0x0006800F, "file bytes") +
         attribute(0x00069005, number(2, 4) + property(0x3707001F, long_name) +
                                   property(0x370E001E, std::string("text/x\0", 7))) +
         attribute(0x00069002, std::string(14, '\0')) + attribute(0x0006800F, "second");
}

TEST(Tnef, GivesFilesWithTheirLongNames) {
  const std::string bytes = sample();
  const Tnef tnef = parse_tnef(bytes);
  ASSERT_EQ(tnef.files.size(), 2U);
  EXPECT_EQ(tnef.files[0].name, "Jörg.doc");
  EXPECT_EQ(tnef.files[0].type, "text/x");
  EXPECT_EQ(tnef.files[0].bytes, "file bytes");
  EXPECT_EQ(tnef.files[1].name, "attachment-2");
  EXPECT_EQ(tnef.files[1].bytes, "second");
}

TEST(Tnef, SurvivesEveryCutAndEveryBrokenByte) {
  const std::string bytes = sample();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_LE(parse_tnef(std::string_view(bytes).substr(0, size)).files.size(), 2U);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string broken = bytes;
    broken[at] = static_cast<char>(broken[at] ^ 0xFF);
    EXPECT_LE(parse_tnef(broken).files.size(), 10U);
  }
  EXPECT_TRUE(parse_tnef("no container").files.empty());
}

TEST(Uuencode, TakesWholeBlocksOutOfTheText) {
  const UuText found = extract_uuencoded("before\nbegin 644 a.txt\n%2&5L;&\\\n`\nend\nafter\n");
  EXPECT_EQ(found.text, "before\nafter\n");
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(found.files[0].name, "a.txt");
  EXPECT_EQ(found.files[0].bytes, "Hello");
}

TEST(Uuencode, LeavesTextThatOnlyLooksLikeIt) {
  for (const char* text :
       {"begin 644 a day\nwith me\n", "begin 644 a.txt\n%2&5L;&\\\n", "begin at once\nend\n"}) {
    EXPECT_EQ(extract_uuencoded(text).text, text);
    EXPECT_TRUE(extract_uuencoded(text).files.empty());
  }
}

}  // namespace
}  // namespace gw::mail::mime
