#include "core/time.hpp"

#include <gtest/gtest.h>

namespace gw {
namespace {

TEST(Date, MillisecondsRoundDownToTheDay) {
  EXPECT_EQ(Date::from_millis(86'399'999).days, 0);
  EXPECT_EQ(Date::from_millis(-1).days, -1);
  EXPECT_EQ(Date::from_millis(INT64_MAX).days, Date::from_millis(INT64_MAX - 1).days);
}

TEST(Date, CivilDaysRoundTripOverCenturies) {
  for (std::int32_t days = -200'000; days < 200'000; days += 37)
    EXPECT_EQ(date_from_civil(civil_day({days})), Date{days});
  for (const std::int32_t days : {-73'000'000, -10'000'000, -9'999'999, 9'999'999, 10'000'000, 73'000'000})
    EXPECT_EQ(date_from_civil(civil_day({days})), Date{days});
}

TEST(Date, DaysThatDoNotExistAreRefused) {
  EXPECT_FALSE(date_from_civil({2023, 2, 29}));
  EXPECT_TRUE(date_from_civil({2024, 2, 29}));
  EXPECT_FALSE(date_from_civil({2024, 13, 1}));
  EXPECT_FALSE(date_from_civil({2024, 0, 1}));
}

TEST(IsoDate, BothSpellingsAreReadAndOneIsWritten) {
  EXPECT_EQ(parse_iso_date("1970-01-02"), Date{1});
  EXPECT_EQ(parse_iso_date("19700102"), Date{1});
  EXPECT_FALSE(parse_iso_date("1970-1-2"));
  EXPECT_FALSE(parse_iso_date("1970-01-02T"));
  EXPECT_EQ(format_iso_date(Date{1}), "1970-01-02");
}

TEST(HttpDate, IsWrittenInTheFixedForm) {
  EXPECT_EQ(format_http_date({784'111'777'000}), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(TimeZone, OffsetsFollowDaylightSaving) {
  const auto berlin = TimeZone::find("Europe/Berlin");
  ASSERT_TRUE(berlin);
  EXPECT_EQ(berlin->offset_at({1'704'067'200'000}), 3'600'000);
  EXPECT_EQ(berlin->offset_at({1'719'792'000'000}), 7'200'000);
  EXPECT_EQ(to_zone_time({1'704'067'200'000}, *berlin), 1'704'070'800'000);
}

TEST(TimeZone, TimesOfTheWireAreTheInstantsTheyCameFrom) {
  const auto berlin = TimeZone::find("Europe/Berlin");
  ASSERT_TRUE(berlin);
  for (const std::int64_t instant :
       {1'704'067'200'123, 1'719'792'000'000, 1'711'846'799'000, 1'711'846'800'000})
    EXPECT_EQ(from_zone_time(to_zone_time({instant}, *berlin), *berlin), Millis{instant}) << instant;
  // 2024-03-31 02:30 does not exist, 2024-10-27 02:30 does twice.
  EXPECT_EQ(from_zone_time(1'711'852'200'000, *berlin), Millis{1'711'848'600'000});
  EXPECT_EQ(from_zone_time(1'729'996'200'000, *berlin), Millis{1'729'989'000'000});
  from_zone_time(INT64_MAX, *berlin);
  from_zone_time(INT64_MIN, *berlin);
}

TEST(TimeZone, UnknownNamesAndPathTricksAreRefused) {
  for (const char* bad : {"", "Mars/Base", "../../etc/passwd", "/etc/localtime", "Europe/Berlin\n"})
    EXPECT_FALSE(TimeZone::find(bad)) << bad;
  EXPECT_TRUE(TimeZone::find("utc"));
}

}  // namespace
}  // namespace gw
