#include "core/local_time.hpp"

#include <gtest/gtest.h>

namespace gw {
namespace {

LocalTime at(std::string_view text) { return parse_local_time(text).value(); }

TimeZone zone(std::string_view name) { return TimeZone::find(name).value(); }

std::string utc_of(std::string_view zone_name, std::string_view local) {
  return format_basic_utc(zone(zone_name).to_instant(at(local)));
}

TEST(LocalTime, BasicTextsRoundTrip) {
  for (const char* text : {"19691231T235959", "20240229T000000", "00010101T000000", "99991231T235959"})
    EXPECT_EQ(format_local_time(at(text)), text);
  EXPECT_EQ(format_basic_date(*parse_basic_date("20240229")), "20240229");
  EXPECT_EQ(format_basic_utc(*parse_basic_utc("20240701T070000Z")), "20240701T070000Z");
}

TEST(LocalTime, ALeapSecondIsTheSecondBefore) { EXPECT_EQ(at("20161231T235960"), at("20161231T235959")); }

TEST(LocalTime, WhatDoesNotExistIsRefused) {
  for (const char* text : {"20230229T000000", "20240230T250000", "20240101T240000", "20240101T006000",
                           "20240101T000061", "20240101t000000", "20240101T00000", "2024010aT000000",
                           "00000101T000000", "20240101T000000Z", "-0240101T000000", ""})
    EXPECT_FALSE(parse_local_time(text)) << text;
  EXPECT_FALSE(parse_basic_date("2024-1-1"));
  EXPECT_FALSE(parse_basic_utc("20240701T070000"));
}

TEST(LocalTime, DaysAndSecondsOfTheDayHoldBefore1970) {
  const LocalTime time = at("19691231T235959");
  EXPECT_EQ(time.seconds, -1);
  EXPECT_EQ(time.date().days, -1);
  EXPECT_EQ(time.second_of_day(), 86'399);
}

TEST(LocalTime, ATimeInTheGapIsReadWithTheOffsetBefore) {
  EXPECT_EQ(utc_of("Europe/Berlin", "20240331T023000"), "20240331T013000Z");
  EXPECT_EQ(format_local_time(zone("Europe/Berlin").local_at(*parse_basic_utc("20240331T013000Z"))),
            "20240331T033000");
  EXPECT_EQ(utc_of("Australia/Lord_Howe", "20241006T021500"), "20241005T154500Z");
}

TEST(LocalTime, ATimeThatComesTwiceIsTheFirst) {
  EXPECT_EQ(utc_of("Europe/Berlin", "20241027T023000"), "20241027T003000Z");
  EXPECT_EQ(utc_of("America/New_York", "20241103T013000"), "20241103T053000Z");
}

TEST(LocalTime, ADayThatAZoneSkippedIsReadWithTheOffsetBefore) {
  EXPECT_EQ(utc_of("Pacific/Apia", "20111230T120000"), "20111230T220000Z");
}

TEST(LocalTime, OffsetsHoldBeyond2037) {
  EXPECT_EQ(utc_of("Europe/Berlin", "20450701T120000"), "20450701T100000Z");
}

TEST(TimeZoneChanges, AreFoundInOrderAndEndWhereTheZoneIsSettled) {
  const TimeZone berlin = zone("Europe/Berlin");
  const auto spring = berlin.next_change(*parse_basic_utc("20240101T000000Z"));
  ASSERT_TRUE(spring);
  EXPECT_EQ(format_basic_utc(*spring), "20240331T010000Z");
  const TimeZone::Phase phase = berlin.phase_at(*spring);
  EXPECT_EQ(phase.offset, 7'200'000);
  EXPECT_TRUE(phase.is_daylight);
  EXPECT_EQ(phase.abbreviation, "CEST");
  EXPECT_EQ(format_basic_utc(*berlin.next_change(*spring)), "20241027T010000Z");
  EXPECT_FALSE(zone("Asia/Kathmandu").next_change(*parse_basic_utc("20240101T000000Z")));
  EXPECT_FALSE(TimeZone::utc().next_change({0}));
}

TEST(TimeZone, FilesWithLeapSecondsAndOfTheMachineAreNoZones) {
  for (const char* name : {"right/Europe/Berlin", "posix/Europe/Berlin", "posixrules", "localtime"})
    EXPECT_FALSE(TimeZone::find(name)) << name;
}

}  // namespace
}  // namespace gw
