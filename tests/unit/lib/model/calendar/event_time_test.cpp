#include "model/calendar/event_time.hpp"

#include <gtest/gtest.h>

#include "agenda.hpp"

namespace gw::test {
namespace {

using calendar::TimeKind;

TEST(EventTimes, TextsKeepKindAndZone) {
  for (const char* text :
       {"20240701", "20240701T090000", "20240701T070000Z", "Europe/Berlin:20240701T090000"})
    EXPECT_EQ(format_time(at(text)), text);
  EXPECT_EQ(at("20240701").kind, TimeKind::Date);
  EXPECT_EQ(at("Europe/Berlin:20240701T090000").zone, "Europe/Berlin");
  for (const char* text :
       {"", "2024", "20240230", "Mars/Base:20240701T090000", "Europe/Berlin:20240701", "x"})
    EXPECT_FALSE(calendar::parse_time(text).has_value()) << text;
}

TEST(EventTimes, ListsKeepTheirOrder) {
  const std::string text = "20240702,20240701,Europe/Berlin:20240701T090000";
  EXPECT_EQ(calendar::format_times(calendar::parse_times(text)), text);
  EXPECT_TRUE(calendar::parse_times("").empty());
}

TEST(EventTimes, RecurrenceIdsOfZonedTimesAreUtc) {
  EXPECT_EQ(calendar::format_recurrence_id(at("Europe/Berlin:20240701T090000")), "20240701T070000Z");
  EXPECT_EQ(calendar::format_recurrence_id(at("Europe/Berlin:20240101T090000")), "20240101T080000Z");
  EXPECT_EQ(calendar::format_recurrence_id(at("20240701T090000")), "20240701T090000");
  EXPECT_EQ(calendar::format_recurrence_id(at("20240701")), "20240701");
}

TEST(EventTimes, FloatingTimesAreInstantsOfTheViewer) {
  const TimeZone tokyo = TimeZone::find("Asia/Tokyo").value();
  EXPECT_EQ(instant_of(at("20240701T090000"), tokyo), instant("20240701T000000Z"));
  EXPECT_EQ(instant_of(at("20240701"), tokyo), instant("20240630T150000Z"));
  EXPECT_EQ(instant_of(at("Europe/Berlin:20240701T090000"), tokyo), instant("20240701T070000Z"));
}

TEST(EventTimes, ATimeBecomesOneOfTheSeries) {
  const EventTime berlin = at("Europe/Berlin:20240101T090000");
  const auto in = [](const char* text, const EventTime& model) {
    return format_time(in_terms_of(at(text), model));
  };
  EXPECT_EQ(in("20240701T070000Z", berlin), "Europe/Berlin:20240701T090000");
  EXPECT_EQ(in("America/New_York:20240701T030000", berlin), "Europe/Berlin:20240701T090000");
  EXPECT_EQ(in("20240701", berlin), "Europe/Berlin:20240701T000000");
  EXPECT_EQ(in("20240701T070000Z", at("20240101")), "20240701");
  EXPECT_EQ(in("Europe/Berlin:20240701T090000", at("20240101T000000Z")), "20240701T070000Z");
  EXPECT_EQ(in("20240701T090000", at("20240101T000000")), "20240701T090000");
}

TEST(EventTimes, TheLengthOfANightOfClockChangesIsReal) {
  EventData event;
  event.start = at("Europe/Berlin:20240330T220000");
  event.end = at("Europe/Berlin:20240331T060000");
  EXPECT_EQ(duration_of(event), std::chrono::hours(7));
  event.start = at("20240330");
  event.end = at("20240401");
  EXPECT_EQ(duration_of(event), std::chrono::hours(48));
}

}  // namespace
}  // namespace gw::test
