// Hits that the two programs of the comparison (tests/calendar) cannot judge, and what libical's iterator
// gets wrong.
#include "recurrence/rule_hits.hpp"

#include <gtest/gtest.h>

namespace gw::recurrence {
namespace {

Rule rule(std::string_view text) {
  const ParsedRule parsed = parse_rule(text);
  EXPECT_EQ(parsed.state, RuleState::Ok) << text;
  return parsed.rule;
}

LocalTime at(std::string_view text) { return parse_local_time(text).value(); }

/// The first hits, with blanks between; times are left out where all are that of the start.
std::string hits(std::string_view text, std::string_view start, int count) {
  RuleHits walk(rule(text), {at(start), false});
  std::string out;
  for (int i = 0; i < count; ++i) {
    const auto hit = walk.next();
    if (!hit) return out + "end";
    const std::string full = format_local_time(*hit);
    out += (full.substr(8) == start.substr(8) ? full.substr(0, 8) : full) + ' ';
  }
  return out;
}

TEST(RuleHits, PositionsCountInDaysAndWeeksToo) {
  EXPECT_EQ(hits("FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1", "20240101T090000", 3), "20240101 20240108 20240115 ");
  EXPECT_EQ(hits("FREQ=MONTHLY;BYDAY=MO;BYHOUR=9,10;BYSETPOS=2", "20240101T100000", 2), "20240101 20240205 ");
  EXPECT_EQ(hits("FREQ=DAILY;BYHOUR=9,12,15;BYSETPOS=-1", "20240101T150000", 2), "20240101 20240102 ");
}

TEST(RuleHits, TheLastDayOfTheMonthIsHitByDays) {
  EXPECT_EQ(hits("FREQ=DAILY;BYMONTHDAY=-1", "20240101T090000", 3), "20240131 20240229 20240331 ");
}

TEST(RuleHits, PartsOfTheYearAllLimitEachOther) {
  EXPECT_EQ(hits("FREQ=YEARLY;BYYEARDAY=1,100;BYMONTH=1", "20240101T090000", 2), "20240101 20250101 ");
  EXPECT_EQ(hits("FREQ=YEARLY;BYWEEKNO=20;BYMONTHDAY=15", "20240101T090000", 3),
            "20240515 20250515 20260515 ");
}

TEST(RuleHits, TheLastWeeksOfAYearReachIntoTheNextOne) {
  EXPECT_EQ(hits("FREQ=YEARLY;BYWEEKNO=52", "20091227T090000", 5),
            "20091227 20110102 20120101 20121230 20131229 ");
  EXPECT_EQ(hits("FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU", "20091227T090000", 4),
            "20100103 20160103 20210103 20270103 ");
}

TEST(RuleHits, FiveMeansFifthAndSkipsMonths) {
  EXPECT_EQ(hits("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5", "20240101T090000", 2), "20240129 20240429 ");
  EXPECT_EQ(hits("FREQ=MONTHLY;BYDAY=-1MO", "20240101T090000", 2), "20240129 20240226 ");
  EXPECT_EQ(hits("FREQ=MONTHLY", "20240131T090000", 3), "20240131 20240331 20240531 ");
}

TEST(RuleHits, AStartOutsideOfTheRuleIsNoHit) {
  EXPECT_EQ(hits("FREQ=WEEKLY;BYDAY=FR", "20240101T090000", 2), "20240105 20240112 ");
}

TEST(RuleHits, WeeksBeginWhereTheRuleSays) {
  EXPECT_EQ(hits("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "19970805T090000", 4),
            "19970805 19970810 19970819 19970824 ");
  EXPECT_EQ(hits("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "19970805T090000", 4),
            "19970805 19970817 19970819 19970831 ");
}

TEST(RuleHits, RulesThatNeverHitEnd) {
  EXPECT_EQ(hits("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "20230101T090000", 1), "end");
  EXPECT_EQ(hits("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "20240101T090000", 1), "end");
  EXPECT_EQ(hits("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", "20240101T090000", 1), "end");
  EXPECT_EQ(hits("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "20240101T090000", 1), "end");
}

TEST(RuleHits, TheCalendarEndsWithTheYear9999) {
  EXPECT_EQ(hits("FREQ=YEARLY;INTERVAL=7000", "20240101T090000", 3), "20240101 90240101 end");
  EXPECT_EQ(hits("FREQ=MONTHLY;INTERVAL=32767", "99991201T090000", 2), "99991201 end");
}

TEST(RuleHits, SeekingAndWalkingAgreeBothWays) {
  for (const char* text :
       {"FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU,FR", "FREQ=MONTHLY;BYMONTHDAY=31,-31",
        "FREQ=YEARLY;INTERVAL=3;BYMONTH=2,11;BYDAY=-1MO,2TU", "FREQ=YEARLY;BYWEEKNO=1,-1;BYDAY=MO,SU",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYHOUR=8,20;BYSETPOS=1,-1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"}) {
    const LocalTime start = at("20240101T090000");
    std::vector<LocalTime> all;
    RuleHits walk(rule(text), {start, false});
    for (int i = 0; i < 60; ++i) all.push_back(*walk.next());
    for (int i = 59; i >= 0; --i) EXPECT_EQ(walk.previous(), all[static_cast<std::size_t>(i)]) << text;
    EXPECT_FALSE(walk.previous()) << text;
    for (std::size_t i = 1; i < all.size(); ++i) {
      RuleHits other(rule(text), {start, false});
      other.seek({all[i].seconds - 1});
      EXPECT_EQ(other.next(), all[i]) << text;
      other.seek(all[i]);
      EXPECT_EQ(other.previous(), all[i - 1]) << text;
      EXPECT_EQ(other.next(), all[i - 1]) << text;
      EXPECT_EQ(other.next(), all[i]) << text;
    }
  }
}

TEST(RuleHits, NothingLiesBehindTheLimit) {
  RuleHits walk(rule("FREQ=DAILY"), {at("20240101T090000"), false}, at("20240103T090000"));
  walk.seek(at("20300101T000000"));
  EXPECT_FALSE(walk.next());
  EXPECT_EQ(walk.previous(), at("20240103T090000"));
  RuleHits none(rule("FREQ=DAILY"), {at("20240101T090000"), false}, at("20231231T000000"));
  EXPECT_FALSE(none.next());
  EXPECT_FALSE(none.previous());
}

TEST(RuleHits, WhatClocksSkipLiesWhereTheyThenStand) {
  const auto shown = [](std::string_view text, std::string_view start, std::string_view zone) {
    RuleHits walk(rule(text), {at(start), false, TimeZone::find(zone)});
    std::string out;
    while (out.size() < 16 * 4) out += format_local_time(*walk.next()) + ' ';
    return out;
  };
  EXPECT_EQ(shown("FREQ=DAILY", "20240330T023000", "Europe/Berlin"),
            "20240330T023000 20240331T033000 20240401T023000 20240402T023000 ");
  EXPECT_EQ(shown("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,15", "20240331T020000", "Europe/Berlin"),
            "20240331T030000 20240331T031500 20240401T020000 20240401T021500 ");
  // Samoa had no 30th of December.
  EXPECT_EQ(shown("FREQ=DAILY", "20111229T120000", "Pacific/Apia"),
            "20111229T120000 20111231T120000 20120101T120000 20120102T120000 ");
  EXPECT_EQ(shown("FREQ=DAILY;INTERVAL=2", "20111228T120000", "Pacific/Apia"),
            "20111228T120000 20111231T120000 20120101T120000 20120103T120000 ");
  // Greenland skips the hour before midnight.
  EXPECT_EQ(shown("FREQ=DAILY", "20390325T233000", "America/Nuuk"),
            "20390325T233000 20390327T003000 20390327T233000 20390328T233000 ");
  EXPECT_EQ(shown("FREQ=DAILY;BYHOUR=0,23", "20390326T000000", "America/Nuuk"),
            "20390326T000000 20390327T000000 20390327T230000 20390328T000000 ");
}

TEST(RuleHits, WhatClocksMovedIntoAnotherDayIsFoundThere) {
  RuleHits walk(rule("FREQ=DAILY"), {at("20390320T233000"), false, TimeZone::find("America/Nuuk")});
  walk.seek(at("20390327T000000"));
  EXPECT_EQ(walk.next(), at("20390327T003000"));
  EXPECT_EQ(walk.next(), at("20390327T233000"));
  walk.seek(at("20390327T003001"));
  EXPECT_EQ(walk.previous(), at("20390327T003000"));
  EXPECT_EQ(walk.previous(), at("20390325T233000"));
}

TEST(RuleHits, DaysHaveNoHours) {
  RuleHits walk(rule("FREQ=DAILY;BYHOUR=8,12"), {at("20240101T000000"), true});
  walk.next();
  EXPECT_EQ(walk.next(), at("20240102T000000"));
}

TEST(RuleHits, TheCountedLastIsFound) {
  EXPECT_EQ(last_counted_hit(rule("FREQ=WEEKLY;BYDAY=FR;COUNT=3"), {at("20240101T090000")}),
            at("20240119T090000"));
  EXPECT_FALSE(last_counted_hit(rule("FREQ=DAILY"), {at("20240101T090000")}));
  EXPECT_EQ(last_counted_hit(rule("FREQ=YEARLY;INTERVAL=7000;COUNT=9"), {at("20240101T090000")}),
            at("90240101T090000"));
}

}  // namespace
}  // namespace gw::recurrence
