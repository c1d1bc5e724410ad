#include "recurrence/rule.hpp"

#include <gtest/gtest.h>

namespace gw::recurrence {
namespace {

/// The canonical text, or the state in words.
std::string canonical(std::string_view text) {
  const ParsedRule parsed = parse_rule(text);
  if (parsed.state == RuleState::Invalid) return "invalid";
  if (parsed.state == RuleState::Unsupported) return "unsupported";
  return format_rule(parsed.rule);
}

bool same(std::string_view a, std::string_view b, std::string_view start = "20240101T090000") {
  return means_same(parse_rule(a).rule, parse_rule(b).rule, *parse_local_time(start), false);
}

TEST(Rule, OneTextForAllSpellings) {
  EXPECT_EQ(canonical("RRULE:freq=weekly;wkst=MO;byday=FR,MO,FR;interval=1;"), "FREQ=WEEKLY;BYDAY=MO,FR");
  EXPECT_EQ(canonical("BYSETPOS=-1;BYDAY=FR,TH,WE,TU,MO;FREQ=MONTHLY"),
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
  EXPECT_EQ(canonical("FREQ=YEARLY;UNTIL=20300101;BYMONTH=+3,1;WKST=SU;INTERVAL=2;BYWEEKNO=20;X-KEEP=1"),
            "FREQ=YEARLY;UNTIL=20300101;INTERVAL=2;BYWEEKNO=20;BYMONTH=1,3;WKST=SU");
  EXPECT_EQ(canonical("FREQ=MONTHLY;BYDAY=-1FR,+2TU;COUNT=3"), "FREQ=MONTHLY;COUNT=3;BYDAY=-1FR,2TU");
  EXPECT_EQ(canonical("FREQ=DAILY;UNTIL=20240105T060000Z"), "FREQ=DAILY;UNTIL=20240105T060000Z");
  EXPECT_EQ(canonical("FREQ=DAILY;UNTIL=20240105T060000"), "FREQ=DAILY;UNTIL=20240105T060000");
}

TEST(Rule, WhatIsNoRuleIsInvalid) {
  for (const char* text : {"",
                           "FREQ=",
                           "FREQ=FORTNIGHTLY",
                           "INTERVAL=2",
                           "FREQ=DAILY;INTERVAL=0",
                           "FREQ=DAILY;COUNT=0",
                           "FREQ=DAILY;COUNT=2;UNTIL=20240101",
                           "FREQ=YEARLY;BYMONTH=13",
                           "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                           "FREQ=MONTHLY;BYMONTHDAY=0",
                           "FREQ=MONTHLY;BYDAY=0MO",
                           "FREQ=MONTHLY;BYDAY=XX",
                           "FREQ=MONTHLY;BYDAY=",
                           "FREQ=WEEKLY;BYMONTHDAY=3",
                           "FREQ=MONTHLY;BYYEARDAY=3",
                           "FREQ=DAILY;BYWEEKNO=3",
                           "FREQ=DAILY;UNTIL=20240230",
                           "FREQ=DAILY;FREQ=WEEKLY",
                           "FREQ=DAILY;BYHOUR=24",
                           "FREQ=DAILY;WKST=1MO",
                           "FREQ=DAILY;BOGUS=1",
                           "FREQ=DAILY;COUNT",
                           "FREQ=DAILY;COUNT=99999999999999999999",
                           "FREQ=MONTHLY;BYDAY=54MO",
                           "FREQ=DAILY;BYMONTH=1;BYMONTH=2"})
    EXPECT_EQ(canonical(text), "invalid") << text;
}

TEST(Rule, WhatWeDoNotCountIsUnsupported) {
  for (const char* text :
       {"FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=HOURLY;BYDAY=MO", "RSCALE=HEBREW;FREQ=YEARLY",
        "FREQ=YEARLY;SKIP=FORWARD;RSCALE=GREGORIAN", "FREQ=DAILY;INTERVAL=40000", "FREQ=DAILY;COUNT=50001"})
    EXPECT_EQ(canonical(text), "unsupported") << text;
  std::string minutes = "FREQ=DAILY;BYHOUR=1,2;BYMINUTE=0";
  for (int minute = 1; minute < 60; ++minute) minutes += ',' + std::to_string(minute);
  EXPECT_EQ(canonical(minutes), "unsupported");
  EXPECT_EQ(canonical("RSCALE=GREGORIAN;FREQ=YEARLY"), "FREQ=YEARLY");
}

TEST(Rule, CarelessPartsAreForgiven) {
  EXPECT_EQ(canonical("FREQ=WEEKLY;BYDAY=1MO,-1MO"), "FREQ=WEEKLY;BYDAY=MO");
  EXPECT_EQ(canonical("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO"), "FREQ=YEARLY;BYDAY=MO;BYWEEKNO=20");
  EXPECT_EQ(canonical("FREQ=DAILY;BYSECOND=60"), "FREQ=DAILY;BYSECOND=59");
}

TEST(Rule, EqualIsWhatHitsTheSame) {
  EXPECT_TRUE(same("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO"));
  EXPECT_TRUE(same("FREQ=WEEKLY;BYDAY=MO;WKST=SU", "FREQ=WEEKLY;BYDAY=MO"));
  EXPECT_FALSE(same("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU"));
  EXPECT_TRUE(same("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0;BYSECOND=0"));
  EXPECT_TRUE(same("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=1"));
  EXPECT_FALSE(same("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=2"));
  EXPECT_FALSE(same("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=4"));
}

}  // namespace
}  // namespace gw::recurrence
