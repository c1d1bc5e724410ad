#include "recurrence/series_queries.hpp"

#include <gtest/gtest.h>

#include "sample_series.hpp"

namespace gw::recurrence {
namespace {

std::string id_text(const std::optional<Occurrence>& found) {
  return found ? format_recurrence_id(found->id) : "none";
}

TEST(SeriesQueries, PositionsCountEveryHit) {
  Series made = series("20240101T090000", "Europe/Berlin", "FREQ=DAILY");
  made.deleted = {id("20240102T080000Z")};
  made.overridden = {id("20240103T080000Z")};
  EXPECT_EQ(position_of(made, id("20240104T080000Z")), 4);
  EXPECT_EQ(position_of(made, id("20240102T080000Z")), 2);
  EXPECT_FALSE(position_of(made, id("20240104T080001Z")));
  EXPECT_EQ(id_text(occurrence_at(made, 2)), "20240102T080000Z");
  EXPECT_EQ(id_text(occurrence_at(made, 999)), "20260925T070000Z");
  EXPECT_EQ(id_text(occurrence_at(made, 1'000)), "none");
  EXPECT_EQ(id_text(occurrence_at(made, 0)), "none");
  EXPECT_FALSE(position_of(made, id("20260926T070000Z")));
}

TEST(SeriesQueries, AStartOutsideOfTheRuleIsNotCounted) {
  const Series made = series("20240101T090000", "UTC", "FREQ=WEEKLY;BYDAY=FR;COUNT=2");
  EXPECT_EQ(id_text(first_occurrence(made, Include::All)), "20240105T090000Z");
  EXPECT_EQ(position_of(made, id("20240112T090000Z")), 2);
  EXPECT_EQ(id_text(last_occurrence(made, Include::All)), "20240112T090000Z");
}

TEST(SeriesQueries, DaysAreThoseOfTheSeriesWall) {
  const Series made = series("20240101T003000", "Asia/Tokyo", "FREQ=DAILY");
  EXPECT_EQ(id_text(occurrence_on(made, *parse_basic_date("20240301"))), "20240229T153000Z");
  EXPECT_EQ(id_text(occurrence_on(made, *parse_basic_date("20231231"))), "none");
  EXPECT_EQ(id_text(find_occurrence(made, id("20240301"))), "20240229T153000Z");
}

TEST(SeriesQueries, NamesOfEveryKindFindTheOccurrence) {
  const Series timed = series("20240330T023000", "Europe/Berlin", "FREQ=DAILY;COUNT=3");
  EXPECT_EQ(id_text(find_occurrence(timed, id("20240331T013000Z"))), "20240331T013000Z");
  EXPECT_EQ(id_text(find_occurrence(timed, id("20240331T023000"))), "20240331T013000Z");
  EXPECT_EQ(id_text(find_occurrence(timed, id("20240402T003000Z"))), "none");
  const Series day = series("20240701", "", "FREQ=WEEKLY");
  EXPECT_EQ(id_text(find_occurrence(day, id("20240708T120000Z"))), "20240708");
  EXPECT_EQ(id_text(find_occurrence(day, id("20240709"))), "none");
}

TEST(SeriesQueries, FirstAndLastLeaveOutWhatWasDeleted) {
  Series made = series("20240101", "", "FREQ=DAILY;COUNT=4");
  made.deleted = {id("20240101"), id("20240104")};
  EXPECT_EQ(id_text(first_occurrence(made, Include::Present)), "20240102");
  EXPECT_EQ(id_text(last_occurrence(made, Include::Present)), "20240103");
  EXPECT_EQ(id_text(last_occurrence(series("20240101", "", "FREQ=DAILY"), Include::All)), "none");
}

TEST(SeriesQueries, TheSpanHoldsEveryOccurrence) {
  const auto zoned = span_of(series("20240325T090000", "Europe/Berlin", "FREQ=WEEKLY;COUNT=3"));
  EXPECT_EQ(format_basic_utc(zoned->from), "20240325T080000Z");
  EXPECT_EQ(format_basic_utc(zoned->until), "20240408T080000Z");
  const auto day = span_of(series("20240701", "", ""));
  EXPECT_EQ(format_basic_utc(day->from), "20240630T100000Z");
  EXPECT_EQ(format_basic_utc(day->until), "20240702T120000Z");
  EXPECT_EQ(span_of(series("20240701", "", "FREQ=YEARLY"))->until, kEndless);
  EXPECT_FALSE(span_of(series("20240101T090000", "UTC", "FREQ=DAILY;INTERVAL=7;BYDAY=TU")));
  EXPECT_FALSE(is_endless(series("20240101T090000", "UTC", "FREQ=DAILY;INTERVAL=7;BYDAY=TU")));
}

TEST(SeriesQueries, AnUntilOfAnyFormIsWrittenInThatOfTheStart) {
  const auto settled = [](std::string_view start, std::string_view zone, std::string_view until,
                          std::string_view more = "") {
    Series made = series(start, zone, "FREQ=DAILY;UNTIL=" + std::string(until) + std::string(more));
    const std::string before = ids(made);
    settle_until(made);
    EXPECT_EQ(ids(made), before);
    return format_rule(*made.rule);
  };
  // A day takes in what starts on it: a reader that compares it with instants would end a day early.
  EXPECT_EQ(settled("20240101T230000", "America/New_York", "20240103"), "FREQ=DAILY;UNTIL=20240104T040000Z");
  EXPECT_EQ(settled("20240330T023000", "Europe/Berlin", "20240331"), "FREQ=DAILY;UNTIL=20240331T013000Z");
  EXPECT_EQ(settled("20240101T090000", "Europe/Berlin", "20240103T090000"),
            "FREQ=DAILY;UNTIL=20240103T080000Z");
  EXPECT_EQ(settled("20240101T090000", "UTC", "20240103", ";BYHOUR=9,17"),
            "FREQ=DAILY;UNTIL=20240103T235959Z;BYHOUR=9,17");
  EXPECT_EQ(settled("20240101T090000", "", "20240103"), "FREQ=DAILY;UNTIL=20240103T090000");
  EXPECT_EQ(settled("20240101T090000", "", "20240103T100000Z"), "FREQ=DAILY;UNTIL=20240103T100000");
  EXPECT_EQ(settled("20240101", "", "20240103T090000Z"), "FREQ=DAILY;UNTIL=20240103");
}

TEST(SeriesSplit, BothHalvesTogetherHitTheSame) {
  for (const char* zone : {"Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", ""})
    for (const char* rule :
         {"FREQ=DAILY;COUNT=12", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO,FR;COUNT=12;WKST=SU",
          "FREQ=MONTHLY;COUNT=12", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1;COUNT=12",
          "FREQ=DAILY;UNTIL=20240412T090000Z", "FREQ=YEARLY;COUNT=12",
          "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,30;COUNT=18",
          "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=29,30,31;COUNT=12"}) {
      Series whole = series("20240329T023000", zone, rule);
      whole.extra = {{id("20240401T120000"), std::nullopt}};
      whole.deleted = {id("20240331T023000")};
      const std::string all = ids(whole);
      Occurrences walk(whole, Include::All);
      walk.next();
      while (const auto point = walk.next()) {
        const Split split = split_at(whole, point->id);
        if (split.state == SplitState::NoHit) continue;
        ASSERT_EQ(split.state, SplitState::Ok);
        const std::string before = ids(split.before);
        const std::string after = ids(split.after);
        EXPECT_EQ(before + (before.empty() || after.empty() ? "" : " ") + after, all) << zone << ' ' << rule;
        EXPECT_FALSE(split.before.rule->count);
      }
    }
}

TEST(SeriesSplit, TheEndStandsInTheFormOfTheStart) {
  const auto until = [](std::string_view start, std::string_view zone, std::string_view point) {
    return format_rule(*split_at(series(start, zone, "FREQ=DAILY"), id(point)).before.rule);
  };
  EXPECT_EQ(until("20240101T090000", "Europe/Berlin", "20240104T080000Z"),
            "FREQ=DAILY;UNTIL=20240104T075959Z");
  EXPECT_EQ(until("20240101T090000", "", "20240104T090000"), "FREQ=DAILY;UNTIL=20240104T085959");
  EXPECT_EQ(until("20240101", "", "20240104"), "FREQ=DAILY;UNTIL=20240103");
}

TEST(SeriesSplit, CountIsShared) {
  const Split split = split_at(series("20240101", "", "FREQ=DAILY;COUNT=10"), id("20240104"));
  EXPECT_EQ(format_rule(*split.before.rule), "FREQ=DAILY;UNTIL=20240103");
  EXPECT_EQ(format_rule(*split.after.rule), "FREQ=DAILY;COUNT=7");
  EXPECT_EQ(ids(split.after), "20240104 20240105 20240106 20240107 20240108 20240109 20240110");
}

TEST(SeriesSplit, OnlyAtLaterHitsOfTheRule) {
  Series made = series("20240101", "", "FREQ=WEEKLY;COUNT=3");
  made.extra = {{id("20240103"), std::nullopt}};
  EXPECT_EQ(split_at(made, id("20240101")).state, SplitState::IsFirst);
  EXPECT_EQ(split_at(made, id("20240103")).state, SplitState::NoHit);
  EXPECT_EQ(split_at(made, id("20240109")).state, SplitState::NoHit);
  EXPECT_EQ(split_at(made, id("20240122")).state, SplitState::NoHit);
}

}  // namespace
}  // namespace gw::recurrence
