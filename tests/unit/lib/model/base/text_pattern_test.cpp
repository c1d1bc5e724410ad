#include "model/text_pattern.hpp"

#include <gtest/gtest.h>

namespace gw::model {
namespace {

TEST(TextPattern, WithoutWildcardsMeansWhatItsKindSays) {
  EXPECT_TRUE(TextPattern("ÖL", PatternKind::Substring).matches("Motorol"));
  EXPECT_FALSE(TextPattern("ol", PatternKind::Prefix).matches("Motoröl"));
  EXPECT_TRUE(TextPattern("mot", PatternKind::Prefix).matches("Motoröl"));
  EXPECT_TRUE(TextPattern("motorol", PatternKind::Whole).matches("Motoröl"));
  EXPECT_FALSE(TextPattern("motor", PatternKind::Whole).matches("Motoröl"));
}

TEST(TextPattern, WithWildcardsDescribesTheWholeValue) {
  EXPECT_TRUE(TextPattern("m*l", PatternKind::Substring).matches("Motoröl"));
  EXPECT_FALSE(TextPattern("o*o", PatternKind::Substring).matches("Motoröl"));
  EXPECT_TRUE(TextPattern("?", PatternKind::Prefix).matches("ö"));
  EXPECT_FALSE(TextPattern("a*", PatternKind::Literal).matches("abc"));
  EXPECT_TRUE(TextPattern("a*", PatternKind::Literal).matches("A*"));
}

TEST(TextPattern, AbsentTextMatchesEverythingOnly) {
  EXPECT_TRUE(TextPattern("*", PatternKind::Substring).matches(std::nullopt));
  EXPECT_TRUE(TextPattern("", PatternKind::Substring).matches(std::nullopt));
  EXPECT_FALSE(TextPattern("?", PatternKind::Substring).matches(std::nullopt));
  EXPECT_FALSE(TextPattern("", PatternKind::Whole).matches(std::nullopt));
}

TEST(TextPattern, ItsPieceIsTheLongestRunAndCutBetweenCharacters) {
  EXPECT_EQ(TextPattern("a*bcd?ef", PatternKind::Whole).piece(), "bcd");
  EXPECT_EQ(TextPattern("***", PatternKind::Whole).piece(), "");
  std::string text(99, 'x');
  EXPECT_EQ(TextPattern(text + "ж", PatternKind::Whole).piece(), text);
  EXPECT_EQ(count_literal_characters(" a*b?ж "), 3U);
}

}  // namespace
}  // namespace gw::model
