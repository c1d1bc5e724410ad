#include "recurrence/classic_pattern.hpp"

#include <gtest/gtest.h>

#include "sample_series.hpp"

namespace gw::recurrence {
namespace {

using Pattern = ClassicPattern;

const Series& berlin_evening() {
  // A Monday.
  static const Series made = series("20240101T230000", "Europe/Berlin", "");
  return made;
}

std::string rule_text(const Pattern& pattern, const Series& start = berlin_evening()) {
  const RuleOfPattern made = rule_of(pattern, start);
  return made.state == PatternState::Ok ? format_rule(made.rule) : "refused";
}

PatternState state(const Pattern& pattern) { return rule_of(pattern, berlin_evening()).state; }

PatternOfRule read(std::string_view rule, std::string_view start = "20240101T230000",
                   std::string_view zone = "Europe/Berlin") {
  return pattern_of(series(start, zone, rule));
}

TEST(ClassicPattern, EachTypeHasItsRule) {
  EXPECT_EQ(rule_text({.type = 1, .interval = 2}), "FREQ=DAILY;INTERVAL=2");
  EXPECT_EQ(rule_text({.type = 2, .interval = 1, .days = 62}), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
  EXPECT_EQ(rule_text({.type = 3, .interval = 1, .day_in_month = 31}), "FREQ=MONTHLY;BYMONTHDAY=31");
  EXPECT_EQ(rule_text({.type = 3, .interval = 1, .days = 2, .day_in_month = 5}),
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1");
  EXPECT_EQ(rule_text({.type = 3, .interval = 1, .days = 62, .day_in_month = 2}),
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2");
  EXPECT_EQ(rule_text({.type = 4, .interval = 1, .day_in_month = 24, .month = 11}),
            "FREQ=YEARLY;BYMONTHDAY=24;BYMONTH=12");
  EXPECT_EQ(rule_text({.type = 4, .interval = 1, .days = 1, .day_in_month = 5, .month = 9}),
            "FREQ=YEARLY;BYDAY=SU;BYMONTH=10;BYSETPOS=-1");
}

TEST(ClassicPattern, UntilIsTheStartTimeOfTheDay) {
  const Pattern pattern{.type = 1, .interval = 1, .until = parse_basic_date("20240701")};
  EXPECT_EQ(rule_text(pattern), "FREQ=DAILY;UNTIL=20240701T210000Z");
  EXPECT_EQ(rule_text(pattern, series("20240101", "", "")), "FREQ=DAILY;UNTIL=20240701");
  EXPECT_EQ(rule_text(pattern, series("20240101T230000", "", "")), "FREQ=DAILY;UNTIL=20240701T230000");
  EXPECT_EQ(rule_text({.type = 1, .interval = 1, .occurrences = 5}), "FREQ=DAILY;COUNT=5");
  EXPECT_EQ(rule_text({.type = 1, .interval = 1, .occurrences = 0}), "FREQ=DAILY");
}

TEST(ClassicPattern, TheLastEveningIsInItWestOfUtc) {
  const Series evening = series("20240101T230000", "America/Los_Angeles", "");
  Series made = evening;
  made.rule = rule_of({.type = 1, .interval = 1, .until = parse_basic_date("20240103")}, evening).rule;
  EXPECT_EQ(ids(made), "20240102T070000Z 20240103T070000Z 20240104T070000Z");
  EXPECT_EQ(pattern_of(made).pattern.until, parse_basic_date("20240103"));
}

TEST(ClassicPattern, EveryMistakeHasItsState) {
  using S = PatternState;
  const Date day = *parse_basic_date("20240701");
  EXPECT_EQ(state({}), S::NotRecurring);
  EXPECT_EQ(state({.type = 0}), S::NotRecurring);
  EXPECT_EQ(state({.interval = 1}), S::TypeMissing);
  EXPECT_EQ(state({.type = 5, .interval = 1}), S::TypeMissing);
  EXPECT_EQ(state({.type = 0, .interval = 1}), S::Unnecessary);
  EXPECT_EQ(state({.type = 1, .interval = 1, .days = 2}), S::UnnecessaryForType);
  EXPECT_EQ(state({.type = 2, .interval = 1, .days = 2, .month = 1}), S::UnnecessaryForType);
  EXPECT_EQ(state({.type = 3, .interval = 1, .day_in_month = 2, .month = 1}), S::UnnecessaryForType);
  EXPECT_EQ(state({.type = 1, .interval = 1, .until = day, .occurrences = 3}), S::UntilAndOccurrences);
  EXPECT_EQ(state({.type = 1}), S::IntervalMissing);
  EXPECT_EQ(state({.type = 1, .interval = 0}), S::IntervalTooSmall);
  EXPECT_EQ(state({.type = 1, .interval = 1'000}), S::TooLarge);
  EXPECT_EQ(state({.type = 1, .interval = 1, .occurrences = 1'000}), S::TooLarge);
  EXPECT_EQ(state({.type = 1, .interval = 1, .occurrences = -1}), S::TooLarge);
  EXPECT_EQ(state({.type = 2, .interval = 1, .days = 0}), S::NoDays);
  EXPECT_EQ(state({.type = 2, .interval = 1, .days = 128}), S::TooLarge);
  EXPECT_EQ(state({.type = 2, .interval = 1}), S::WeekdayMissing);
  EXPECT_EQ(state({.type = 3, .interval = 1}), S::DayMissing);
  EXPECT_EQ(state({.type = 3, .interval = 1, .day_in_month = 32}), S::BadMonthlyDay);
  EXPECT_EQ(state({.type = 3, .interval = 1, .days = 2, .day_in_month = 6}), S::BadMonthlyDay);
  EXPECT_EQ(state({.type = 4, .interval = 1, .day_in_month = 1}), S::MonthMissing);
  EXPECT_EQ(state({.type = 4, .interval = 1, .day_in_month = 1, .month = 12}), S::BadMonth);
  EXPECT_EQ(state({.type = 4, .interval = 1, .day_in_month = 0, .month = 1}), S::BadYearlyDay);
  EXPECT_EQ(state({.type = 4, .interval = 1, .month = 1}), S::DayMissing);
  EXPECT_EQ(state({.type = 4, .interval = 1, .day_in_month = 30, .month = 1}), S::NeverHits);
  EXPECT_EQ(state({.type = 1, .interval = 1, .until = parse_basic_date("20231231")}), S::UntilBeforeStart);
}

TEST(ClassicPattern, WhatWasWrittenIsReadBack) {
  for (const Pattern& pattern :
       {Pattern{.type = 1, .interval = 3}, Pattern{.type = 2, .interval = 2, .days = 42},
        Pattern{.type = 3, .interval = 1, .day_in_month = 15},
        Pattern{.type = 3, .interval = 1, .days = 65, .day_in_month = 5},
        Pattern{.type = 4, .interval = 1, .day_in_month = 29, .month = 1},
        Pattern{.type = 4, .interval = 1, .days = 4, .day_in_month = 2, .month = 10},
        Pattern{.type = 2, .interval = 1, .days = 4, .until = parse_basic_date("20240702")}}) {
    Series made = berlin_evening();
    made.rule = rule_of(pattern, made).rule;
    const PatternOfRule found = pattern_of(made);
    EXPECT_EQ(found.pattern, pattern) << format_rule(*made.rule);
    EXPECT_TRUE(found.is_exact) << format_rule(*made.rule);
  }
}

TEST(ClassicPattern, RulesOfOthersAreReadAsFarAsTheyGo) {
  EXPECT_EQ(read("").pattern, (Pattern{.type = 0}));
  EXPECT_EQ(read("FREQ=WEEKLY").pattern, (Pattern{.type = 2, .interval = 1, .days = 2}));
  EXPECT_EQ(read("FREQ=DAILY;BYDAY=MO,FR").pattern, (Pattern{.type = 2, .interval = 1, .days = 34}));
  EXPECT_TRUE(read("FREQ=DAILY;BYDAY=MO,FR").is_exact);
  EXPECT_FALSE(read("FREQ=DAILY;INTERVAL=2;BYDAY=MO,FR").is_exact);
  EXPECT_EQ(read("FREQ=MONTHLY;BYDAY=-1FR").pattern,
            (Pattern{.type = 3, .interval = 1, .days = 32, .day_in_month = 5}));
  EXPECT_TRUE(read("FREQ=MONTHLY;BYDAY=-1FR").is_exact);
  EXPECT_EQ(read("FREQ=MONTHLY;BYDAY=2TU").pattern,
            (Pattern{.type = 3, .interval = 1, .days = 4, .day_in_month = 2}));
  EXPECT_FALSE(read("FREQ=MONTHLY;BYDAY=5TU").is_exact);
  EXPECT_FALSE(read("FREQ=MONTHLY;BYDAY=1MO,1TU").is_exact);
  EXPECT_EQ(read("FREQ=MONTHLY").pattern, (Pattern{.type = 3, .interval = 1, .day_in_month = 1}));
  EXPECT_EQ(read("FREQ=YEARLY").pattern, (Pattern{.type = 4, .interval = 1, .day_in_month = 1, .month = 0}));
  EXPECT_TRUE(read("FREQ=YEARLY").is_exact);
  EXPECT_EQ(read("FREQ=MONTHLY;BYMONTHDAY=3,17").pattern,
            (Pattern{.type = 3, .interval = 1, .day_in_month = 3}));
  EXPECT_FALSE(read("FREQ=MONTHLY;BYMONTHDAY=3,17").is_exact);
  EXPECT_EQ(read("FREQ=DAILY;BYMONTH=3").state, RuleState::Unsupported);
  EXPECT_EQ(read("FREQ=HOURLY").state, RuleState::Unsupported);
}

TEST(ClassicPattern, CountComesWithTheDayItEnds) {
  const PatternOfRule found = read("FREQ=DAILY;COUNT=3");
  EXPECT_EQ(found.pattern.occurrences, 3);
  EXPECT_EQ(found.pattern.until, parse_basic_date("20240103"));
  EXPECT_TRUE(found.is_exact);
  EXPECT_FALSE(read("FREQ=DAILY;COUNT=5000").is_exact);
}

TEST(ClassicPattern, AnUntilBeforeTheHitOfItsDayIsTheDayBefore) {
  EXPECT_EQ(read("FREQ=DAILY;UNTIL=20240110T120000Z").pattern.until, parse_basic_date("20240109"));
  EXPECT_EQ(read("FREQ=DAILY;UNTIL=20240110T220000Z").pattern.until, parse_basic_date("20240110"));
  EXPECT_EQ(read("FREQ=WEEKLY;UNTIL=20240110T120000Z").pattern.until, parse_basic_date("20240110"));
  EXPECT_EQ(read("FREQ=DAILY;UNTIL=20240110").pattern.until, parse_basic_date("20240110"));
}

}  // namespace
}  // namespace gw::recurrence
