#include "formats/csv/values.hpp"

#include <gtest/gtest.h>

namespace gw::formats::csv {
namespace {

std::optional<Date> day(int year, int month, int number) { return date_from_civil({year, month, number}); }

TEST(CsvValues, DatesOfTheSpecAreRead) {
  EXPECT_EQ(parse_date("24.12.1980", false), day(1980, 12, 24));
  EXPECT_EQ(parse_date("12/24/1980", false), day(1980, 12, 24));
  EXPECT_EQ(parse_date("1980-12-24", false), day(1980, 12, 24));
  EXPECT_EQ(parse_date("346464000000", false), day(1980, 12, 24));
  EXPECT_EQ(parse_date("--12-24", false), day(1604, 12, 24));
}

TEST(CsvValues, SlashesFollowTheLanguageWhereBothOrdersFit) {
  EXPECT_EQ(parse_date("1/2/2000", false), day(2000, 1, 2));
  EXPECT_EQ(parse_date("1/2/2000", true), day(2000, 2, 1));
  EXPECT_EQ(parse_date("24/12/1980", false), day(1980, 12, 24));
  EXPECT_EQ(parse_date("12/24/1980", true), day(1980, 12, 24));
}

TEST(CsvValues, ShortYearsTimesAndDashesAreTolerated) {
  EXPECT_EQ(parse_date("1.2.75", false), day(1975, 2, 1));
  EXPECT_EQ(parse_date("1.2.05", false), day(2005, 2, 1));
  EXPECT_EQ(parse_date("31-12-1999", false), day(1999, 12, 31));
  EXPECT_EQ(parse_date("2001-05-06T00:00:00Z", false), day(2001, 5, 6));
  EXPECT_EQ(parse_date("06.05.2001 00:00", false), day(2001, 5, 6));
}

TEST(CsvValues, WhatIsNoDateIsNone) {
  for (const char* text :
       {"soon", "31.2.2000", "1.13.2000", "1/2", "1.2.2000x", "99/99/9999", "1.2-2000", ""})
    EXPECT_FALSE(parse_date(text, false)) << text;
  for (const char* text : {"0.0.00", "0/0/00", "00-00-0000", " "}) EXPECT_TRUE(is_empty_date(text)) << text;
}

TEST(CsvValues, FlagsAreReadInTheLanguagesOfTheTitles) {
  for (const char* word : {"true", "Ja", "OUI", "Waar", "Sí", "1", "Privat"})
    EXPECT_EQ(parse_flag(word), true) << word;
  for (const char* word : {"False", "nein", "Faux", "Onwaar", "0", ""})
    EXPECT_EQ(parse_flag(word), false) << word;
  EXPECT_EQ(parse_flag("maybe"), std::nullopt);
}

TEST(CsvValues, MembersSurviveAndPlainAddressesAreUnderstood) {
  std::vector<model::contacts::ListMember> members{{.display_name = "Doe, \"J\" <x>", .mail = "a@b.test"},
                                                   {.mail = "c@d.test"}};
  EXPECT_EQ(parse_members(format_members(members)), members);
  const auto plain = parse_members("a@b.test; Jane Doe <c@d.test>\ne@f.test,");
  ASSERT_EQ(plain.size(), 3U);
  EXPECT_EQ(plain[1].display_name, "Jane Doe");
  EXPECT_EQ(plain[1].mail, "c@d.test");
  EXPECT_EQ(plain[2].mail, "e@f.test");
}

}  // namespace
}  // namespace gw::formats::csv
