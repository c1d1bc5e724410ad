#include "mail/mime/charset.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"
#include "mail/mime/transfer_encoding.hpp"

namespace gw::mail::mime {
namespace {

TEST(RealCharset, KnowsWhatLabelsReallyMean) {
  EXPECT_EQ(real_charset("ISO-8859-1"), "windows-1252");
  EXPECT_EQ(real_charset("latin1"), "windows-1252");
  EXPECT_EQ(real_charset("win-1251"), "windows-1251");
  EXPECT_EQ(real_charset("\"utf-8\""), "utf-8");
  EXPECT_EQ(real_charset("gb2312"), "gb18030");
  EXPECT_EQ(real_charset("x-unknown"), "");
  EXPECT_EQ(real_charset("no such thing"), "");
  EXPECT_EQ(real_charset(""), "");
}

TEST(ToUtf8, ConvertsAndGuesses) {
  EXPECT_EQ(to_utf8("\x80 \xE4", "iso-8859-1"), "€ ä");
  EXPECT_EQ(to_utf8("\xE4", "us-ascii"), "ä");
  EXPECT_EQ(to_utf8("\xC3\xA4", "us-ascii"), "ä");
  EXPECT_EQ(to_utf8("\x1B$B$\"\x1B(B", "iso-2022-jp"), "あ");
  EXPECT_EQ(to_utf8("\x1B$B$\"\x1B(B", ""), "あ");
  EXPECT_EQ(to_utf8("a\xFFz", "utf-8"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(to_utf8(std::string_view("a\0b", 3), "utf-8"), "ab");
  EXPECT_EQ(to_utf8("\xEF\xBB\xBFx", "utf-8"), "x");
  EXPECT_EQ(to_utf8("+AOQ-", "utf-7"), "ä");
}

TEST(ToUtf8, ACutTextLosesOnlyItsBrokenEnd) {
  EXPECT_EQ(to_utf8("a\xC3", "utf-8", Ends::Cut), "a");
  EXPECT_EQ(to_utf8("a\xC3", "", Ends::Cut), "a");
  EXPECT_EQ(to_utf8("a\x83", "shift_jis", Ends::Cut), "a");
}

TEST(ToUtf8, GivesValidUtf8ForAnyBytes) {
  std::string all;
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i * (round + 1));
  for (const char* label : {"", "utf-8", "utf-16", "utf-16le", "utf-7", "gb18030", "shift_jis", "iso-2022-jp",
                            "big5", "hz", "euc-kr", "koi8-r", "macintosh", "ibm850", "us-ascii", "bogus"})
    for (const Ends ends : {Ends::Whole, Ends::Cut})
      EXPECT_TRUE(is_valid_utf8(to_utf8(all, label, ends))) << label;
}

TEST(TransferEncoding, ReadsPiecesOfAnySize) {
  std::string bytes;
  for (int i = 0; i < 1'000; ++i) bytes += static_cast<char>(i * 7);
  for (const Encoding encoding : {Encoding::Base64, Encoding::QuotedPrintable}) {
    TransferEncoder encoder(encoding);
    std::string coded;
    for (std::size_t at = 0; at < bytes.size(); at += 13)
      coded += encoder.encode(std::string_view(bytes).substr(at, 13));
    coded += encoder.finish();
    TransferDecoder decoder(encoding_name(encoding));
    std::string decoded;
    for (std::size_t at = 0; at < coded.size(); at += 7)
      decoded += decoder.decode(std::string_view(coded).substr(at, 7));
    EXPECT_EQ(decoded, bytes);
  }
}

TEST(ChooseEncoding, TakesTheSmallestThatFits) {
  EXPECT_EQ(choose_encoding("plain\n"), Encoding::SevenBit);
  EXPECT_EQ(choose_encoding("mostly plain text with one ä\n"), Encoding::QuotedPrintable);
  EXPECT_EQ(choose_encoding("äöüäöüäöü"), Encoding::Base64);
  EXPECT_EQ(choose_encoding(std::string(2'000, 'x')), Encoding::QuotedPrintable);
}

}  // namespace
}  // namespace gw::mail::mime
