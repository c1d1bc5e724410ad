#include "mail/mime/words.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"

namespace gw::mail::mime {
namespace {

TEST(DecodeWords, ReadsBothEncodingsAndDropsBlanksBetweenWords) {
  EXPECT_EQ(decode_words("=?iso-8859-1?Q?Gr=FC=DFe?= aus =?utf-8?b?TcO8bmNoZW4=?="), "Grüße aus München");
  EXPECT_EQ(decode_words("=?utf-8?q?a_b?= \r\n =?utf-8?q?_c?="), "a b c");
  EXPECT_EQ(decode_words("plain  text"), "plain  text");
}

TEST(DecodeWords, JoinsCharactersThatWereSplitBetweenWords) {
  EXPECT_EQ(decode_words("=?utf-8?Q?M=C3?= =?utf-8?Q?=BCller?="), "Müller");
  EXPECT_EQ(decode_words("=?UTF-8?B?TcM=?= =?utf8?B?vGxsZXI=?="), "Müller");
  // Cut in the middle of a base64 group.
  EXPECT_EQ(decode_words("=?UTF-8?B?TcO8b?= =?UTF-8?B?Gxlcg==?="), "Müller");
}

TEST(DecodeWords, UnderstandsBrokenSpellings) {
  EXPECT_EQ(decode_words("\"=?utf-8?Q?J=C3=B6rg?=\""), "\"Jörg\"");
  EXPECT_EQ(decode_words("Re:=?utf-8?Q?J=C3=B6rg?=!"), "Re:Jörg!");
  EXPECT_EQ(decode_words("=?utf-8?Q?zwei Worte =C3=A4?="), "zwei Worte ä");
  EXPECT_EQ(decode_words("=?utf-8?Q?Was?=C3=A4?="), "Was?ä");
  EXPECT_EQ(decode_words("=?utf-8?Q?abgeschnitten=C3=A4"), "abgeschnittenä");
  EXPECT_EQ(decode_words("=?UTF8?Q?=C3=A4?="), "ä");
  EXPECT_EQ(decode_words("=?utf-8*de?Q?=C3=A4?="), "ä");
  EXPECT_EQ(decode_words("=?no-such-set?Q?=E4?="), "ä");
}

TEST(DecodeWords, ReadsRaw8BitAsUtf8OrWindows1252) {
  EXPECT_EQ(decode_words("Gr\xC3\xBC\xC3\x9F"
                         "e"),
            "Grüße");
  EXPECT_EQ(decode_words("Gr\xFC\xDF"
                         "e"),
            "Grüße");
}

TEST(DecodeWords, AByteOrderMarkIsNoText) {
  EXPECT_EQ(decode_words("\xEF\xBB\xBFhello"), "hello");
  EXPECT_EQ(decode_words("=?UTF-8?Q?=EF=BB=BF=EF=BB=BFhello?="), "hello");
}

TEST(DecodeWords, DecodesWhatWasEncodedTwice) {
  EXPECT_EQ(decode_words("=?utf-8?Q?=3D=3Futf-8=3FQ=3FJ=3DC3=3DB6rg=3F=3D?="), "Jörg");
}

TEST(DecodeWords, LeavesWhatIsNoWord) {
  EXPECT_EQ(decode_words("=?utf-8?X?abc?="), "=?utf-8?X?abc?=");
  EXPECT_EQ(decode_words("a =? b ?= c"), "a =? b ?= c");
  EXPECT_EQ(decode_words("tab\there\x01"
                         "x\0y"),
            "tab here x");
}

TEST(DecodeWords, StaysLinearForHeadersFullOfBeginnings) {
  std::string value;
  for (int i = 0; i < 100'000; ++i) value += "=?a?q?x ";
  EXPECT_TRUE(decode_words(value) == value.substr(0, value.size() - 8) + "x");
}

TEST(EncodeWords, MakesWordsThatReadBackTheSame) {
  for (const std::string text : {"Grüße", "日本語の件名はとても長いので分けなければなりません。そうですね。",
                                 "a=?b_c", "Ä short one"}) {
    const std::string coded = encode_words(text, 9);
    EXPECT_EQ(decode_words(coded), text);
    for (const std::string_view word : split(coded, ' ')) {
      EXPECT_LE(word.size(), 75U);
      EXPECT_TRUE(word.starts_with("=?UTF-8?"));
    }
  }
}

}  // namespace
}  // namespace gw::mail::mime
