#include "core/zone_names.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/local_time.hpp"

namespace gw {
namespace {

std::string name_of(std::string_view text) {
  const auto found = find_zone_by_name(text);
  return found ? found->name() : "";
}

Millis instant(std::string_view text) { return parse_basic_utc(text).value(); }

TEST(ZoneNames, TheVersionOfTzdataIsTold) { EXPECT_EQ(tzdata_version().substr(0, 2), "20"); }

TEST(ZoneNames, PrefixesOfProgramsAreDropped) {
  EXPECT_EQ(name_of("Europe/Berlin"), "Europe/Berlin");
  EXPECT_EQ(name_of("/freeassociation.sourceforge.net/Europe/Berlin"), "Europe/Berlin");
  EXPECT_EQ(name_of("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires"),
            "America/Argentina/Buenos_Aires");
  EXPECT_EQ(name_of("\"Europe/Berlin\""), "Europe/Berlin");
  EXPECT_EQ(name_of("Etc/GMT+1"), "Etc/GMT+1");
}

TEST(ZoneNames, NamesOfWindowsAreKnown) {
  EXPECT_EQ(name_of("W. Europe Standard Time"), "Europe/Berlin");
  EXPECT_EQ(name_of("Eastern Standard Time"), "America/New_York");
  EXPECT_EQ(find_windows_zone("Europe/Berlin"), std::nullopt);
}

TEST(ZoneNames, UnknownNamesAreEmpty) {
  for (const char* name :
       {"", "/", "Customized Time Zone", "../etc/passwd", "Europe/Atlantis", "right/Europe/Berlin/x"})
    EXPECT_EQ(name_of(name), "") << name;
  EXPECT_EQ(name_of(std::string(5'000, 'a')), "");
}

TEST(ZoneHistory, ListsTheChangesOfTheSpan) {
  const OffsetHistory history = offset_history(*TimeZone::find("Africa/Casablanca"),
                                               instant("20240101T000000Z"), instant("20250101T000000Z"));
  EXPECT_EQ(history.first_offset, 3'600'000);
  ASSERT_EQ(history.changes.size(), 2U);
  EXPECT_EQ(history.changes[0].offset, 0);
  EXPECT_EQ(history.changes[1].offset, 3'600'000);
}

TEST(ZoneHistory, ThePreferredZoneWinsThenTheClosestName) {
  const Millis from = instant("20240101T000000Z");
  const Millis until = instant("20270101T000000Z");
  const OffsetHistory history = offset_history(*TimeZone::find("Europe/Paris"), from, until);
  const std::array<TimeZone, 2> preferred{*TimeZone::find("America/New_York"),
                                          *TimeZone::find("Europe/Vienna")};
  EXPECT_EQ(find_zone_by_history(history, from, until, "Customized", preferred)->name(), "Europe/Vienna");
  EXPECT_EQ(find_zone_by_history(history, from, until, "Rome, Italy", {})->name(), "Europe/Rome");
  EXPECT_FALSE(find_zone_by_history({12'345, {}}, from, until, "Europe/Rome", {}));
}

TEST(ZoneHistory, AChangeAtTheWrongHourIsTheSameChange) {
  const Millis from = instant("20240101T000000Z");
  const Millis until = instant("20270101T000000Z");
  OffsetHistory history = offset_history(*TimeZone::find("Europe/Paris"), from, until);
  for (OffsetHistory::Change& change : history.changes) change.at.value -= 3'600'000;
  const std::array<TimeZone, 1> preferred{*TimeZone::find("Europe/Vienna")};
  EXPECT_EQ(find_zone_by_history(history, from, until, "Central European", preferred)->name(),
            "Europe/Vienna");
  for (OffsetHistory::Change& change : history.changes) change.at.value -= 2 * std::int64_t{86'400'000};
  EXPECT_FALSE(find_zone_by_history(history, from, until, "Central European", preferred));
}

TEST(ZoneHistory, WithoutAnyNameAWellKnownZoneIsTaken) {
  const Millis from = instant("20240101T000000Z");
  const Millis until = instant("20270101T000000Z");
  const OffsetHistory history = offset_history(*TimeZone::find("Europe/Berlin"), from, until);
  const std::string name = find_zone_by_history(history, from, until, "Custom", {})->name();
  EXPECT_TRUE(name == "Europe/Berlin" || name == "Europe/Paris" || name == "Europe/Budapest" ||
              name == "Europe/Warsaw")
      << name;
}

}  // namespace
}  // namespace gw
