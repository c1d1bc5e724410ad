#include "formats/charset.hpp"

#include <gtest/gtest.h>

namespace gw::formats {
namespace {

TEST(Charset, NamesAreThoseOfIcuAndNothingElse) {
  EXPECT_TRUE(is_known_charset("UTF-8"));
  EXPECT_TRUE(is_known_charset("cp1252"));
  EXPECT_TRUE(is_known_charset("ISO-8859-15"));
  for (const char* name : {"", "no-such-charset", "UTF-8,swaplfnl", "../../etc/passwd"})
    EXPECT_FALSE(is_known_charset(name)) << name;
}

TEST(Charset, BytesBecomeUtf8AndBrokenOnesBecomeReplacements) {
  EXPECT_EQ(to_utf8("\xE4\x80", "windows-1252"), "ä€");
  EXPECT_EQ(to_utf8("a\xFF", "UTF-8"), "a\xEF\xBF\xBD");
  EXPECT_EQ(to_utf8("x", "nothing"), std::nullopt);
  EXPECT_EQ(guess_utf8("ä"), "ä");
  EXPECT_EQ(guess_utf8("\xE4"), "ä");
}

TEST(Charset, LongTextNeedsNoSecondCall) {
  const std::string long_text(100'000, '\x80');
  EXPECT_EQ(to_utf8(long_text, "windows-1252")->size(), 300'000U);
}

TEST(Charset, ByteOrderMarksAreFound) {
  EXPECT_EQ(find_byte_order_mark("\xEF\xBB\xBFx").size, 3U);
  EXPECT_EQ(find_byte_order_mark("\xFE\xFFx").charset, "UTF-16BE");
  EXPECT_EQ(find_byte_order_mark("x").size, 0U);
}

}  // namespace
}  // namespace gw::formats
