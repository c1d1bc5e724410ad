#include "model/calendar/event_checks.hpp"

#include <cmath>
#include <limits>

#include "writing_desk.hpp"

namespace gw::test {
namespace {

using calendar::Alarm;

std::string problem(const Draft& draft) {
  return refusal([&] { calendar::check_sent(draft.input); });
}

std::string problem(const std::vector<Alarm>& alarms) {
  return refusal([&] { calendar::check_alarms(alarms); });
}

EventData settled(std::string_view start, std::string_view end, const std::string& rule = {}) {
  EventData event;
  event.start = when(start);
  event.end = when(end);
  if (!rule.empty()) event.rrule = rule;
  calendar::settle_times(event);
  return event;
}

std::string time_problem(std::string_view start, std::string_view end, const std::string& rule = {}) {
  return refusal([&] { settled(start, end, rule); });
}

TEST(EventChecks, TextsHaveLimits) {
  EXPECT_EQ(problem(Draft().summary(std::string(255, 'x'))), "");
  EXPECT_EQ(problem(Draft().summary(std::string(256, 'x'))), "CAL-5070");
  std::string umlauts;
  for (int i = 0; i < 255; ++i) umlauts += "ä";
  EXPECT_EQ(problem(Draft().summary(umlauts)), "");
}

TEST(EventChecks, ControlCharactersAndLineBreaksInNamesAreRefused) {
  EXPECT_EQ(problem(Draft().summary(std::string("a\x01", 2))), "CAL-5071");
  EXPECT_EQ(problem(Draft().summary("a\nb")), "");
  EXPECT_EQ(problem(Draft().uid("a\r\nDTSTART:x")), "CAL-5071");
  EXPECT_EQ(problem(Draft().with({outsider("a@b.test\r\nX:y")})), "CAL-5071");
  EXPECT_EQ(problem(Draft().summary("\xff")), "CAL-5071");
}

TEST(EventChecks, AnUntilIsStoredInTheFormOfTheStart) {
  const auto rule = [](std::string_view start, std::string_view end, const std::string& until) {
    return settled(start, end, "FREQ=DAILY;UNTIL=" + until).rrule;
  };
  EXPECT_EQ(rule("Europe/Berlin:20240701T230000", "Europe/Berlin:20240701T233000", "20240703"),
            "FREQ=DAILY;UNTIL=20240703T210000Z");
  EXPECT_EQ(rule("20240701", "20240702", "20240703T210000Z"), "FREQ=DAILY;UNTIL=20240703");
}

TEST(EventChecks, OnlyWhatWasSentIsLookedAt) {
  Draft draft;
  draft.input.event.summary = std::string(300, 'x');
  EXPECT_EQ(problem(draft), "");
}

TEST(EventChecks, GeoIsOnEarth) {
  const auto geo = [](double latitude, double longitude) {
    Draft draft;
    draft.input.event.geo = calendar::Geo{latitude, longitude};
    return problem(draft.send(EventField::Geo));
  };
  EXPECT_EQ(geo(90, -180), "");
  EXPECT_EQ(geo(90.1, 0), "CAL-4003");
  EXPECT_EQ(geo(0, 181), "CAL-4003");
  EXPECT_EQ(geo(std::numeric_limits<double>::quiet_NaN(), 0), "CAL-4003");
}

TEST(EventChecks, RulesAreReadAndWrittenInOneForm) {
  EXPECT_EQ(problem(Draft().rule("FREQ=NEVER")), "CAL-4002");
  EXPECT_EQ(problem(Draft().rule("FREQ=SECONDLY")), "CAL-4223");
  EXPECT_EQ(settled("20240701", "20240702", "INTERVAL=1;FREQ=DAILY").rrule, "FREQ=DAILY");
  EXPECT_EQ(time_problem("20240701", "20240702", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "CAL-4002");
}

TEST(EventChecks, StartAndEndAreOfOneKindAndInOrder) {
  EXPECT_EQ(time_problem("20240701", "20240702T000000Z"), "CAL-4229");
  EXPECT_EQ(time_problem("20240701T000000", "20240702T000000Z"), "CAL-4229");
  EXPECT_EQ(time_problem("20240701T080000Z", "Europe/Berlin:20240701T110000"), "");
  EXPECT_EQ(time_problem("20240701T080000Z", "Europe/Berlin:20240701T093000"), "CAL-4221");
  EXPECT_EQ(time_problem("20240701T080000", "20240701T080000"), "");
  EXPECT_EQ(time_problem("20240701T080000", "20240701T075959"), "CAL-4221");
}

TEST(EventChecks, ZonesMustBeKnown) {
  Draft draft("20240701T080000Z", "20240701T090000Z");
  draft.input.event.start.kind = calendar::TimeKind::Zoned;
  draft.input.event.start.zone = "Mars/Olympus";
  EXPECT_EQ(problem(draft), "CAL-4001");
}

TEST(EventChecks, DatesBecomeThoseOfTheSeries) {
  EventData event;
  event.start = when("Europe/Berlin:20240701T090000");
  event.end = when("Europe/Berlin:20240701T100000");
  event.rrule = "FREQ=DAILY";
  event.delete_exception_dates = {when("20240703T070000Z"), when("20240702T070000Z"),
                                  when("20240703T070000Z")};
  calendar::settle_times(event);
  EXPECT_EQ(event.delete_exception_dates,
            (std::vector{when("Europe/Berlin:20240702T090000"), when("Europe/Berlin:20240703T090000")}));
}

TEST(EventChecks, AnAllDayEventLastsADay) {
  EventData event;
  event.start = event.end = when("20240701");
  calendar::complete_end(event, true);
  EXPECT_EQ(event.end, when("20240702"));
  event.start = when("20240701T090000Z");
  calendar::complete_end(event, false);
  EXPECT_EQ(event.end, event.start);
}

TEST(EventChecks, AlarmsHaveOneTriggerAndAnAction) {
  EXPECT_EQ(problem(std::vector{minutes_before(15)}), "");
  Alarm both = minutes_before(15);
  both.at = Millis{1};
  EXPECT_EQ(problem(std::vector{both}), "CAL-4005");
  EXPECT_EQ(problem(std::vector{Alarm{}}), "CAL-4005");
  Alarm silent = minutes_before(15);
  silent.action.clear();
  EXPECT_EQ(problem(std::vector{silent}), "CAL-4005");
  Alarm far = minutes_before(15);
  far.offset_seconds = INT64_MIN;
  EXPECT_EQ(problem(std::vector{far}), "CAL-4005");
  EXPECT_EQ(problem(std::vector<Alarm>(101, minutes_before(1))), "CAL-5074");
}

}  // namespace
}  // namespace gw::test
