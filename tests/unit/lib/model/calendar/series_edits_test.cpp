#include "model/calendar/series_edits.hpp"

#include "model/calendar/event_expansion.hpp"
#include "writing_desk.hpp"

namespace gw::test {
namespace {

EventData series(std::string_view start, std::string_view end, const std::string& rule) {
  EventData event;
  event.id = event.series = ObjectId(100);
  event.start = when(start);
  event.end = when(end);
  event.rrule = rule;
  event.summary = "Series";
  return event;
}

EventData single(std::string_view start, std::string_view end) {
  EventData event = series(start, end, "");
  event.rrule.reset();
  event.series = {};
  return event;
}

EventData exception_of(const EventData& master, std::string_view original, std::string_view start,
                       std::string_view end) {
  EventData event = master;
  event.id = ObjectId(101);
  event.rrule.reset();
  event.recurrence_id = when(original);
  event.start = when(start);
  event.end = when(end);
  return event;
}

std::string moved_slot(const EventData& before, const EventData& after, std::string_view original) {
  const auto found = calendar::SlotMap(before, after).find(when(original));
  return found ? calendar::format_time(*found) : "";
}

bool gains(const EventData& before, const EventData& after) {
  return calendar::gains_time(before, after, TimeZone::utc());
}

TEST(SlotMap, TheTimeOfDayGoesAlongWithTheStart) {
  const EventData before = series("20240701T090000", "20240701T100000", "FREQ=DAILY");
  const EventData after = series("20240701T103000", "20240701T113000", "FREQ=DAILY");
  EXPECT_EQ(moved_slot(before, after, "20240703T090000"), "20240703T103000");
}

TEST(SlotMap, ASeriesThatMovesAsAWholeTakesItsDaysAlong) {
  const EventData monday = series("20240701T090000", "20240701T100000", "FREQ=WEEKLY;BYDAY=MO");
  const EventData tuesday = series("20240702T090000", "20240702T100000", "FREQ=WEEKLY;BYDAY=TU");
  EXPECT_EQ(moved_slot(monday, tuesday, "20240708T090000"), "20240709T090000");
}

TEST(SlotMap, ASeriesThatBeginsLaterOrEarlierKeepsItsDays) {
  const EventData before = series("20240701T090000", "20240701T100000", "FREQ=DAILY");
  const EventData later = series("20240703T090000", "20240703T100000", "FREQ=DAILY");
  EXPECT_EQ(moved_slot(before, later, "20240705T090000"), "20240705T090000");
  EXPECT_EQ(moved_slot(before, later, "20240702T090000"), "");
  EXPECT_EQ(moved_slot(later, before, "20240705T090000"), "20240705T090000");
}

TEST(SlotMap, WhatTheNewRuleDoesNotHitIsGone) {
  const EventData before = series("20240701T090000", "20240701T100000", "FREQ=DAILY");
  const EventData after = series("20240701T090000", "20240701T100000", "FREQ=DAILY;INTERVAL=2");
  EXPECT_EQ(moved_slot(before, after, "20240703T090000"), "20240703T090000");
  EXPECT_EQ(moved_slot(before, after, "20240702T090000"), "");
}

TEST(SlotMap, AnotherKindOfTimeKeepsTheDays) {
  const EventData timed =
      series("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000", "FREQ=DAILY");
  const EventData day = series("20240701", "20240702", "FREQ=DAILY");
  EXPECT_EQ(moved_slot(timed, day, "Europe/Berlin:20240703T090000"), "20240703");
  EXPECT_EQ(moved_slot(day, timed, "20240703"), "Europe/Berlin:20240703T090000");
}

TEST(GainsTime, EarlierLaterAndMoreAreGainsShorterIsNone) {
  const EventData before = single("20240701T090000Z", "20240701T100000Z");
  EXPECT_FALSE(gains(before, before));
  EXPECT_TRUE(gains(before, single("20240701T083000Z", "20240701T100000Z")));
  EXPECT_TRUE(gains(before, single("20240701T090000Z", "20240701T103000Z")));
  EXPECT_TRUE(gains(before, single("20240702T090000Z", "20240702T100000Z")));
  EXPECT_FALSE(gains(before, single("20240701T091500Z", "20240701T094500Z")));
  EXPECT_TRUE(gains(before, series("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY;COUNT=2")));
}

TEST(GainsTime, RulesGainByHitsAndByTheirEnd) {
  const auto with = [](const std::string& rule) {
    return series("20240701T090000Z", "20240701T100000Z", rule);
  };
  EXPECT_TRUE(gains(with("FREQ=DAILY;COUNT=3"), with("FREQ=DAILY;COUNT=4")));
  EXPECT_FALSE(gains(with("FREQ=DAILY;COUNT=4"), with("FREQ=DAILY;COUNT=3")));
  EXPECT_TRUE(gains(with("FREQ=DAILY;COUNT=3"), with("FREQ=DAILY")));
  EXPECT_FALSE(gains(with("FREQ=DAILY"), with("FREQ=DAILY;INTERVAL=2")));
  EXPECT_TRUE(gains(with("FREQ=DAILY;INTERVAL=2"), with("FREQ=DAILY")));
  EXPECT_TRUE(gains(with("FREQ=DAILY;COUNT=2000"), with("FREQ=DAILY;COUNT=2001")));
  EventData deleted = with("FREQ=DAILY;COUNT=3");
  deleted.delete_exception_dates = {when("20240702T090000Z")};
  EXPECT_TRUE(gains(deleted, with("FREQ=DAILY;COUNT=3")));
  EXPECT_FALSE(gains(with("FREQ=DAILY;COUNT=3"), deleted));
}

TEST(ResetAnswers, EverybodyButOneAndRoomsAnswersAnew) {
  EventData event = single("20240701", "20240702");
  event.attendees = {answering(user(kAnna), PartStat::Accepted), answering(user(kBerta), PartStat::Declined),
                     answering(room(ResourceId(9)), PartStat::Accepted),
                     answering(outsider("x@far.test"), PartStat::Accepted)};
  event.attendees[1].is_hidden = true;
  calendar::reset_answers(event, kAnna);
  EXPECT_EQ(event.attendees[0].part_stat, PartStat::Accepted);
  EXPECT_EQ(event.attendees[1].part_stat, PartStat::NeedsAction);
  EXPECT_FALSE(event.attendees[1].is_hidden);
  EXPECT_EQ(event.attendees[2].part_stat, PartStat::Accepted);
  EXPECT_EQ(event.attendees[3].part_stat, PartStat::NeedsAction);
}

TEST(InheritFromMaster, OnlyWhatWasCommonGoesAlong) {
  const EventData before = series("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY");
  EventData exception = exception_of(before, "20240702T090000Z", "20240702T090000Z", "20240702T100000Z");
  exception.summary = "Special";
  EventData after = before;
  after.summary = "Renamed";
  after.location = "Hall";
  EXPECT_TRUE(calendar::inherit_from_master(exception, before, after));
  EXPECT_EQ(exception.summary, "Special");
  EXPECT_EQ(exception.location, "Hall");
  EXPECT_FALSE(calendar::inherit_from_master(exception, after, after));
}

TEST(InheritFromMaster, AttendeesComeAndGoEverywhere) {
  EventData before = series("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY");
  before.attendees = {user(kAnna), user(kBerta)};
  EventData exception = exception_of(before, "20240702T090000Z", "20240702T090000Z", "20240702T100000Z");
  exception.attendees.push_back(outsider("guest@far.test"));
  EventData after = before;
  after.attendees = {user(kAnna), user(kCarl)};
  EXPECT_TRUE(calendar::inherit_from_master(exception, before, after));
  ASSERT_EQ(exception.attendees.size(), 3U);
  EXPECT_EQ(calendar::find_attendee(exception, kBerta), nullptr);
  EXPECT_NE(calendar::find_attendee(exception, kCarl), nullptr);
}

TEST(InheritAnswer, OnlyWhereItWasTheSameAndTheTimeTheOriginal) {
  EventData master = series("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY");
  master.attendees = {user(kAnna), user(kBerta)};
  const Attendee before = master.attendees[1];
  const Attendee after = answering(before, PartStat::Accepted);
  EventData there = exception_of(master, "20240702T090000Z", "20240702T090000Z", "20240702T100000Z");
  EventData moved = exception_of(master, "20240702T090000Z", "20240702T120000Z", "20240702T130000Z");
  EventData declined = there;
  declined.attendees[1].part_stat = PartStat::Declined;
  EXPECT_TRUE(calendar::inherit_answer(there, master, before, after));
  EXPECT_EQ(there.attendees[1].part_stat, PartStat::Accepted);
  EXPECT_FALSE(calendar::inherit_answer(moved, master, before, after));
  EXPECT_FALSE(calendar::inherit_answer(declined, master, before, after));
  EXPECT_EQ(declined.attendees[1].part_stat, PartStat::Declined);
}

TEST(SplitSeries, BothPartsTogetherAreTheWhole) {
  EventData master = series("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY;COUNT=5");
  master.delete_exception_dates = {when("20240702T090000Z"), when("20240704T090000Z")};
  const calendar::SplitSeries parts = calendar::split_series(master, when("20240703T090000Z"));
  ASSERT_EQ(parts.state, recurrence::SplitState::Ok);
  EXPECT_EQ(parts.earlier.rrule, "FREQ=DAILY;UNTIL=20240703T085959Z");
  EXPECT_EQ(parts.later.rrule, "FREQ=DAILY;COUNT=3");
  EXPECT_EQ(parts.later.start, when("20240703T090000Z"));
  EXPECT_EQ(parts.later.end, when("20240703T100000Z"));
  EXPECT_EQ(parts.earlier.delete_exception_dates, (std::vector{when("20240702T090000Z")}));
  EXPECT_EQ(parts.later.delete_exception_dates, (std::vector{when("20240704T090000Z")}));
}

TEST(SplitSeries, WhereClocksSkipTheTimeTheLaterPartKeepsItsOwn) {
  const std::string zone = "Europe/Berlin:";
  const EventData master = series(zone + "20240330T023000", zone + "20240330T024500", "FREQ=DAILY;COUNT=4");
  const calendar::SplitSeries parts = calendar::split_series(master, when("20240331T013000Z"));
  ASSERT_EQ(parts.state, recurrence::SplitState::Ok);
  EXPECT_EQ(parts.later.start, when(zone + "20240331T023000"));
  EXPECT_EQ(parts.later.end, when(zone + "20240331T024500"));
  EXPECT_EQ(calendar::last_occurrence(parts.later), when(zone + "20240402T023000"));
  EXPECT_EQ(calendar::first_occurrence(parts.later),
            calendar::find_occurrence(master, when("20240331T013000Z"))->start);
}

TEST(KeepEnd, AnUntilGoesAlongWithTheStart) {
  const auto ends = [](std::string_view old_start, std::string_view new_start, const std::string& rule) {
    const EventData before = series(old_start, old_start, rule);
    EventData after = series(new_start, new_start, rule);
    calendar::keep_end(after, before);
    return *after.rrule;
  };
  // One that was cut off a second before its next occurrence would hit there again.
  EXPECT_EQ(ends("20240701T090000Z", "20240701T083000Z", "FREQ=DAILY;UNTIL=20240705T085959Z"),
            "FREQ=DAILY;UNTIL=20240704T083000Z");
  EXPECT_EQ(ends("20240701T090000Z", "20240701T110000Z", "FREQ=DAILY;UNTIL=20240705T090000Z"),
            "FREQ=DAILY;UNTIL=20240705T110000Z");
  // It cuts at the same place: what a client wrote stays.
  EXPECT_EQ(ends("20240701T090000Z", "20240701T110000Z", "FREQ=DAILY;UNTIL=20240705T215959Z"),
            "FREQ=DAILY;UNTIL=20240705T215959Z");
  EXPECT_EQ(ends("20240701T090000Z", "20240703T090000Z", "FREQ=DAILY;UNTIL=20240705T090000Z"),
            "FREQ=DAILY;UNTIL=20240705T090000Z");
  EXPECT_EQ(ends("20240701T090000Z", "20240802T090000Z", "FREQ=WEEKLY;UNTIL=20240715T090000Z"),
            "FREQ=WEEKLY;UNTIL=20240816T090000Z");
  EXPECT_EQ(ends("20240701", "20240701T090000Z", "FREQ=DAILY;UNTIL=20240705"), "FREQ=DAILY;UNTIL=20240705");
  EXPECT_EQ(ends("20240701T090000Z", "20240701T083000Z", "FREQ=DAILY;COUNT=3"), "FREQ=DAILY;COUNT=3");
}

TEST(SplitSeries, OnlyWhereTheRuleHitsAndSomethingLiesBefore) {
  const EventData master = series("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY;COUNT=5");
  EXPECT_EQ(calendar::split_series(master, when("20240703T091000Z")).state, recurrence::SplitState::NoHit);
  EXPECT_EQ(calendar::split_series(master, when("20240701T090000Z")).state, recurrence::SplitState::IsFirst);
}

}  // namespace
}  // namespace gw::test
