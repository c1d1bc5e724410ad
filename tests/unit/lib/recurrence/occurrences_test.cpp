#include "recurrence/occurrences.hpp"

#include <gtest/gtest.h>

#include "sample_series.hpp"

namespace gw::recurrence {
namespace {

std::string spans(const Expansion& expansion) {
  std::string text;
  for (const Occurrence& found : expansion.occurrences)
    text += format_basic_utc(found.starts_at) + '/' + format_basic_utc(found.ends_at) + ' ';
  return text;
}

Expansion between(const Series& made, std::string_view from, std::string_view until, std::size_t most = 100,
                  const TimeZone& viewer = TimeZone::utc()) {
  return expand(made, {instant(from), instant(until)}, Include::Present, most, viewer);
}

TEST(Occurrences, TheWallTimeStaysOverChangesOfTheClock) {
  EXPECT_EQ(ids(series("20240325T090000", "Europe/Berlin", "FREQ=WEEKLY;COUNT=3")),
            "20240325T080000Z 20240401T070000Z 20240408T070000Z");
  EXPECT_EQ(ids(series("20240330T023000", "Europe/Berlin", "FREQ=DAILY;COUNT=3")),
            "20240330T013000Z 20240331T013000Z 20240401T003000Z");
  EXPECT_EQ(ids(series("20241026T023000", "Europe/Berlin", "FREQ=DAILY;COUNT=3")),
            "20241026T003000Z 20241027T003000Z 20241028T013000Z");
}

TEST(Occurrences, ANightOverAChangeEndsAtItsWallTime) {
  Series night = series("20240330T220000", "Europe/Berlin", "");
  night.duration = 8 * 3'600;
  EXPECT_EQ(spans(between(night, "20240101T000000Z", "20250101T000000Z")),
            "20240330T210000Z/20240331T040000Z ");
}

TEST(Occurrences, DaysAndFloatingTimesLieWhereTheViewerIs) {
  const Series day = series("20240701", "", "FREQ=DAILY;COUNT=2");
  EXPECT_EQ(ids(day), "20240701 20240702");
  EXPECT_EQ(
      spans(between(day, "20240101T000000Z", "20250101T000000Z", 1, *TimeZone::find("Pacific/Kiritimati"))),
      "20240630T100000Z/20240701T100000Z ");
  EXPECT_EQ(ids(series("20240701T090000", "", "FREQ=DAILY;COUNT=2")), "20240701T090000 20240702T090000");
}

TEST(Occurrences, UntilCountsInEveryForm) {
  EXPECT_EQ(ids(series("20240101T230000", "Europe/Berlin", "FREQ=DAILY;UNTIL=20240103")),
            "20240101T220000Z 20240102T220000Z 20240103T220000Z");
  EXPECT_EQ(ids(series("20240101T230000", "Europe/Berlin", "FREQ=DAILY;UNTIL=20240102T220000Z")),
            "20240101T220000Z 20240102T220000Z");
  EXPECT_EQ(ids(series("20240101T230000", "Europe/Berlin", "FREQ=DAILY;UNTIL=20240102T220000")),
            "20240101T220000Z");
  EXPECT_EQ(ids(series("20240101", "", "FREQ=DAILY;UNTIL=20240102T220000Z")), "20240101 20240102");
  EXPECT_EQ(ids(series("20240101T230000", "", "FREQ=DAILY;UNTIL=20240102T230000Z")),
            "20240101T230000 20240102T230000");
}

TEST(Occurrences, UntilInTheHourThatComesTwice) {
  EXPECT_EQ(ids(series("20241027T013000", "Europe/Berlin", "FREQ=DAILY;BYHOUR=1,2;UNTIL=20241027T003000Z")),
            "20241026T233000Z 20241027T003000Z");
  EXPECT_EQ(ids(series("20241027T013000", "Europe/Berlin", "FREQ=DAILY;BYHOUR=1,2;UNTIL=20241027T002959Z")),
            "20241026T233000Z");
}

TEST(Occurrences, AddedAndDeletedDatesOfEveryKind) {
  Series made = series("20240101T090000", "Europe/Berlin", "FREQ=DAILY;COUNT=6");
  made.extra = {
      {id("20240102T100000"), std::nullopt}, {id("20240103T080000Z"), std::nullopt}, {id("20240110"), 7'200}};
  made.deleted = {id("20240104"), id("Europe/Berlin:20240105T090000"), id("20240106T090000")};
  EXPECT_EQ(ids(made),
            "20240101T080000Z 20240102T080000Z 20240102T090000Z 20240103T080000Z 20240110T080000Z");
  EXPECT_EQ(spans(between(made, "20240110T093000Z", "20250101T000000Z")),
            "20240110T080000Z/20240110T100000Z ");
}

TEST(Occurrences, WalkBackwardsTheSameWay) {
  Series made = series("20240101T090000", "UTC", "FREQ=DAILY;COUNT=5");
  made.extra = {{id("20231231T090000Z"), std::nullopt},
                {id("20240102T120000Z"), std::nullopt},
                {id("20240201T090000Z"), std::nullopt}};
  Occurrences walk(made, Include::All);
  std::vector<RecurrenceId> forward;
  while (const auto found = walk.next()) forward.push_back(found->id);
  ASSERT_EQ(forward.size(), 8U);
  for (auto expected = forward.rbegin(); expected != forward.rend(); ++expected)
    EXPECT_EQ(walk.previous()->id, *expected);
  EXPECT_FALSE(walk.previous());
  for (const RecurrenceId& expected : forward) EXPECT_EQ(walk.next()->id, expected);
}

TEST(Occurrences, WhatAnotherEventStandsForIsTold) {
  Series made = series("20240101", "", "FREQ=DAILY;COUNT=3");
  made.overridden = {id("20240102")};
  made.deleted = {id("20240103T000000Z")};
  EXPECT_EQ(ids(made, Include::All), "20240101 20240102 20240103");
  EXPECT_EQ(ids(made, Include::Present), "20240101 20240102");
  EXPECT_EQ(ids(made, Include::Own), "20240101");
  Occurrences walk(made, Include::All);
  walk.next();
  EXPECT_TRUE(walk.next()->is_overridden);
  EXPECT_TRUE(walk.next()->is_deleted);
}

TEST(Occurrences, ASingleEventAndExtraDatesWithoutRule) {
  Series made = series("20240101T090000", "UTC", "");
  EXPECT_EQ(ids(made), "20240101T090000Z");
  made.extra = {{id("20231201T090000Z"), std::nullopt}, {id("20240101T090000Z"), std::nullopt}};
  EXPECT_EQ(ids(made), "20231201T090000Z 20240101T090000Z");
}

TEST(Expansion, OverlapIsEndBehindFromAndStartBeforeUntil) {
  Series made = series("20240101T090000", "UTC", "FREQ=DAILY");
  EXPECT_EQ(spans(between(made, "20300101T100000Z", "20300102T090000Z")), "");
  EXPECT_EQ(spans(between(made, "20300101T095959Z", "20300102T090001Z")),
            "20300101T090000Z/20300101T100000Z 20300102T090000Z/20300102T100000Z ");
  made.duration = 0;
  EXPECT_EQ(spans(between(made, "20300101T090000Z", "20300102T090000Z")),
            "20300101T090000Z/20300101T090000Z ");
  EXPECT_EQ(spans(between(made, "20300101T090001Z", "20300102T090000Z")), "");
}

TEST(Expansion, LongOccurrencesThatBeganBeforeAreFound) {
  Series made = series("20240101T090000", "UTC", "FREQ=DAILY");
  made.duration = 10 * 86'400;
  EXPECT_EQ(between(made, "20240601T000000Z", "20240601T000001Z").occurrences.size(), 10U);
}

TEST(Expansion, IsCutWhereMoreThanAllowed) {
  const Series made = series("20240101T090000", "UTC", "FREQ=DAILY;COUNT=5");
  EXPECT_FALSE(between(made, "20240101T000000Z", "20250101T000000Z", 5).is_cut);
  const Expansion cut = between(made, "20240101T000000Z", "20250101T000000Z", 4);
  EXPECT_TRUE(cut.is_cut);
  EXPECT_EQ(cut.occurrences.size(), 4U);
}

}  // namespace
}  // namespace gw::recurrence
