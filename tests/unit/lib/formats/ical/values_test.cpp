#include "formats/ical/values.hpp"

#include <gtest/gtest.h>

#include "formats/lines/content_line.hpp"

namespace gw::formats::ical {
namespace {

Property property_of(std::string_view text) { return lines::parse_content_line(text).value(); }

std::string date_again(std::string_view text) {
  const Property property = property_of(text);
  const auto value = read_date(&property);
  if (!value) return "refused";
  const Property out = date_property(property.name, *value);
  std::string parameters;
  for (const Parameter& parameter : out.parameters)
    parameters += ';' + parameter.name + '=' + parameter.values[0];
  return out.name + parameters + ':' + out.value;
}

TEST(IcalDates, EveryKindRoundTrips) {
  for (const char* text : {"DTSTART;VALUE=DATE:20240701", "DTSTART:20240701T090000",
                           "DTSTART:20240701T070000Z", "DTSTART;TZID=Europe/Berlin:20240701T090000"})
    EXPECT_EQ(date_again(text), text);
}

TEST(IcalDates, WhatProgramsWriteIsRead) {
  EXPECT_EQ(date_again("DTSTART:20240701"), "DTSTART;VALUE=DATE:20240701");
  EXPECT_EQ(date_again("DTSTART;VALUE=DATE:20240701T090000"), "DTSTART:20240701T090000");
  EXPECT_EQ(date_again("DTSTART;TZID=Europe/Berlin:20240701T070000Z"), "DTSTART:20240701T070000Z");
  EXPECT_EQ(date_again("DTSTART;TZID=Europe/Berlin;VALUE=DATE:20240701"), "DTSTART;VALUE=DATE:20240701");
  EXPECT_EQ(date_again("DTSTART:20240701Z"), "DTSTART;VALUE=DATE:20240701");
  EXPECT_EQ(date_again("DTSTART:20240701T0900"), "DTSTART:20240701T090000");
  EXPECT_EQ(date_again("DTSTART:20240701t090000z"), "DTSTART:20240701T090000Z");
  EXPECT_EQ(date_again("DTEND:20240630T240000"), "DTEND:20240701T000000");
}

TEST(IcalDates, WhatDoesNotExistIsRefused) {
  for (const char* text :
       {"D:20240230T250000", "D:20240230", "D:", "D:T", "D:2024", "D:20240701T", "D:20240701TZ", "D:Z"})
    EXPECT_EQ(date_again(text), "refused") << text;
  EXPECT_FALSE(read_date(nullptr));
}

std::string duration_again(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration ? format_duration(*duration) : "refused";
}

TEST(IcalDurations, HaveOneText) {
  for (const char* text :
       {"PT15M", "-PT15M", "P1D", "P2W", "P1DT2H3M4S", "PT1H0M30S", "PT0S", "-P1DT1H", "PT30S", "P8D"})
    EXPECT_EQ(duration_again(text), text);
  EXPECT_EQ(duration_again("+P7D"), "P1W");
  EXPECT_EQ(duration_again("PT90M"), "PT1H30M");
  EXPECT_EQ(duration_again("P1DT"), "P1D");
  EXPECT_EQ(duration_again("P"), "refused");
  for (const char* text :
       {"", "15M", "PT15", "P15M", "PT1D", "P-1D", "PT1.5H", "P99999999999999999999D", "P1X", "-"})
    EXPECT_EQ(duration_again(text), "refused") << text;
}

TEST(IcalPeriods, ListsOfDatesAndPeriods) {
  std::size_t broken = 0;
  const auto periods = read_periods(property_of("RDATE;TZID=Europe/Berlin;VALUE=PERIOD:20240701T090000/"
                                                "PT1H,20240702T090000/20240702T100000,,x,20240703T090000"),
                                    broken);
  ASSERT_EQ(periods.size(), 3U);
  EXPECT_EQ(broken, 1U);
  EXPECT_EQ(periods[0].duration->total_seconds(), 3'600);
  EXPECT_EQ(format_date_value(*periods[1].end), "20240702T100000");
  EXPECT_EQ(periods[2].start.tzid, "Europe/Berlin");
}

TEST(IcalLists, SplitAtCommasOnly) {
  const auto words = read_list(property_of("CATEGORIES:Work\\, hard, Home ,,a\\;b"));
  EXPECT_EQ(words, (std::vector<std::string>{"Work, hard", "Home", "a;b"}));
  EXPECT_EQ(read_list(list_property("CATEGORIES", words)), words);
}

}  // namespace
}  // namespace gw::formats::ical
