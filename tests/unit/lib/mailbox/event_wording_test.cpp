#include "mailbox/event_wording.hpp"

#include <gtest/gtest.h>

#include "model/calendar/event_time.hpp"

namespace gw::mailbox {
namespace {

namespace calendar = model::calendar;

std::string described(std::string_view start, std::string_view end, std::string_view locale = "en_GB",
                      std::string_view zone = "Europe/Berlin") {
  calendar::EventData event;
  event.start = *calendar::parse_time(start);
  event.end = *calendar::parse_time(end);
  return describe_time(event, *TimeZone::find(zone), locale);
}

TEST(EventWording, ShowsTheClocksOfTheReader) {
  EXPECT_EQ(described("20240701T070000Z", "20240701T080000Z"),
            "Monday, 1 July 2024, 09:00 - 10:00 (Europe/Berlin)");
  EXPECT_EQ(described("America/New_York:20240229T200000", "America/New_York:20240229T203000", "fr_FR"),
            "Friday, 1 March 2024, 02:00 - 02:30 (Europe/Berlin)");
  EXPECT_EQ(described("20240701T070000Z", "20240701T080000Z", "de_DE", "UTC"),
            "Montag, 1. Juli 2024, 07:00 - 08:00 Uhr (UTC)");
}

TEST(EventWording, NamesTheOtherDayWhereThereIsOne) {
  EXPECT_EQ(described("20241231T220000Z", "20250101T010000Z"),
            "Tuesday, 31 December 2024, 23:00 - Wednesday, 1 January 2025, 02:00 (Europe/Berlin)");
  EXPECT_EQ(described("20240701T070000Z", "20240701T070000Z"), "Monday, 1 July 2024, 09:00 (Europe/Berlin)");
}

TEST(EventWording, DaysAndFloatingTimesHaveNoZone) {
  EXPECT_EQ(described("20240701", "20240702"), "Monday, 1 July 2024");
  EXPECT_EQ(described("20240701", "20240701"), "Monday, 1 July 2024");
  EXPECT_EQ(described("19690301", "19690304", "de_AT"), "Samstag, 1. März 1969 - Montag, 3. März 1969");
  EXPECT_EQ(described("20240701T090000", "20240701T100000"), "Monday, 1 July 2024, 09:00 - 10:00");
}

}  // namespace
}  // namespace gw::mailbox
