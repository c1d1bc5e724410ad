#include "core/text.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace gw {
namespace {

TEST(Utf8, OverlongFormsSurrogatesAndCutSequencesAreInvalid) {
  EXPECT_TRUE(is_valid_utf8("Grüße 日本 🎉"));
  EXPECT_FALSE(is_valid_utf8("\xC0\xAF"));
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xE2\x82"));
  EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));
}

TEST(Utf8, LengthsAreCountedInCharacters) {
  EXPECT_EQ(count_characters("Grüße"), 5U);
  EXPECT_EQ(count_characters("🎉"), 1U);
  EXPECT_EQ(first_characters("Grüße", 3), "Grü");
}

TEST(ControlCharacters, LineBreaksAndTabsAreFine) {
  EXPECT_FALSE(has_control_characters("a\r\n\tb"));
  EXPECT_TRUE(has_control_characters(std::string_view("a\0b", 3)));
  EXPECT_TRUE(has_control_characters("\x1B"));
  EXPECT_TRUE(has_control_characters("\x7F"));
}

template <class Text>
concept CanBeSplit = requires(Text&& text) {
  split(std::forward<Text>(text), ',');
};
// The parts of a text that is gone would be views of nothing.
static_assert(CanBeSplit<std::string&> && CanBeSplit<std::string_view> && CanBeSplit<const char*>);
static_assert(!CanBeSplit<std::string> && !CanBeSplit<const std::string>);

TEST(Booleans, TheApiSpellingIsAcceptedInAnyCase) {
  for (const char* yes : {"true", "TRUE", "1", "yes", "Y", "on", " true "})
    EXPECT_TRUE(parse_boolean(yes)) << yes;
  for (const char* no : {"false", "0", "", "no", "t", "2"}) EXPECT_FALSE(parse_boolean(no)) << no;
}

TEST(Integers, OnlyWholeDecimalNumbersCount) {
  EXPECT_EQ(parse_integer(" 42 "), 42);
  EXPECT_EQ(parse_integer("+7"), 7);
  EXPECT_EQ(parse_integer("-1"), -1);
  for (const char* bad : {"", " ", "1a", "0x10", "1.0", "99999999999999999999"})
    EXPECT_FALSE(parse_integer(bad)) << bad;
}

TEST(Percent, EscapesRoundTripAndBrokenOnesAreRefused) {
  EXPECT_EQ(percent_decode(percent_encode("a b/ü%"), false), "a b/ü%");
  EXPECT_EQ(percent_decode("a+b", true), "a b");
  EXPECT_EQ(percent_decode("a+b", false), "a+b");
  EXPECT_FALSE(percent_decode("%4", false));
  EXPECT_FALSE(percent_decode("%zz", false));
}

TEST(Fold, CaseAndAccentsVanish) {
  EXPECT_EQ(fold("Müller"), fold("MULLER"));
  EXPECT_EQ(fold("Ångström"), "angstrom");
  EXPECT_EQ(fold("Straße"), "strasse");
  EXPECT_EQ(fold("ΑΘΗΝΑ"), fold("αθηνα"));
  EXPECT_EQ(fold("ﬁ"), "fi");
  EXPECT_NE(fold("日本"), fold("日木"));
}

TEST(Wildcards, StarAndQuestionMarkMatchCharactersNotBytes) {
  EXPECT_TRUE(matches_wildcards("muller", "m?ller"));
  EXPECT_TRUE(matches_wildcards("日本語", "日?語"));
  EXPECT_TRUE(matches_wildcards("abcabc", "*bc"));
  EXPECT_TRUE(matches_wildcards("", "*"));
  EXPECT_FALSE(matches_wildcards("abc", "b*"));
  EXPECT_FALSE(matches_wildcards("abc", "ab"));
}

TEST(Wildcards, ManyStarsStayLinearEnough) {
  EXPECT_FALSE(matches_wildcards(std::string(20'000, 'a'), std::string(200, '*') + "b"));
}

TEST(Collator, GermanAndSwedishDisagreeAboutUmlauts) {
  const Collator german("de_DE");
  const Collator swedish("sv_SE");
  EXPECT_LT(german.compare("Ärger", "Zebra"), 0);
  EXPECT_GT(swedish.compare("Ärger", "Zebra"), 0);
  EXPECT_LT(german.sort_key("Ärger"), german.sort_key("Zebra"));
  EXPECT_GT(swedish.sort_key("Ärger"), swedish.sort_key("Zebra"));
}

TEST(Collator, UnknownLocalesFallBackInsteadOfFailing) {
  EXPECT_LT(Collator("xx_YY").compare("a", "b"), 0);
  EXPECT_LT(Collator("../../etc").compare("a", "b"), 0);
  EXPECT_LT(Collator("").compare("a", "B"), 0);
}

TEST(Html, EverySpecialCharacterIsEscaped) {
  EXPECT_EQ(escape_html("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
}

}  // namespace
}  // namespace gw
