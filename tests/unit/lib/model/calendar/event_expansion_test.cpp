#include "model/calendar/event_expansion.hpp"

#include <gtest/gtest.h>

#include "agenda.hpp"
#include "recurrence/series_queries.hpp"

namespace gw::test {
namespace {

EventData event_of(const std::string& start, const std::string& end, const std::string& rule = {}) {
  EventData event;
  event.id = ObjectId(5);
  event.start = at(start);
  event.end = at(end);
  if (!rule.empty()) {
    event.series = event.id;
    event.rrule = rule;
  }
  return event;
}

Names expanded(const EventData& event, const calendar::TimeRange& range,
               const std::vector<EventTime>& left_out = {}, const TimeZone& viewer = TimeZone::utc()) {
  Names found;
  for (const auto& occurrence :
       occurrences_in(event, {.range = range, .viewer = viewer, .left_out = left_out}))
    found.push_back(format_recurrence_id(occurrence.recurrence_id) + "/" +
                    format_basic_utc(occurrence.until));
  return found;
}

TEST(EventExpansion, WallTimeStaysOverBothClockChanges) {
  const EventData weekly =
      event_of("Europe/Berlin:20240304T090000", "Europe/Berlin:20240304T100000", "FREQ=WEEKLY");
  EXPECT_EQ(expanded(weekly, days("20240325", "20240406")),
            (Names{"20240325T080000Z/20240325T090000Z", "20240401T070000Z/20240401T080000Z"}));
  EXPECT_EQ(expanded(weekly, days("20241021", "20241029")),
            (Names{"20241021T070000Z/20241021T080000Z", "20241028T080000Z/20241028T090000Z"}));
}

TEST(EventExpansion, RangesTakeWhatOverlapsThem) {
  const EventData daily = event_of("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY");
  EXPECT_EQ(expanded(daily, {instant("20240702T100000Z"), instant("20240703T090000Z")}), Names());
  EXPECT_EQ(expanded(daily, {instant("20240702T095900Z"), instant("20240703T090100Z")}).size(), 2U);
  EXPECT_EQ(expanded(daily, days("20240601", "20240701")), Names());
}

TEST(EventExpansion, DeletedAndExchangedOccurrencesAreLeftOut) {
  EventData daily =
      event_of("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000", "FREQ=DAILY;COUNT=4");
  daily.delete_exception_dates = {at("Europe/Berlin:20240702T090000")};
  daily.recurrence_dates = {at("Europe/Berlin:20240710T120000")};
  EXPECT_EQ(expanded(daily, days("20240701", "20240720"), {at("Europe/Berlin:20240703T090000")}),
            (Names{"20240701T070000Z/20240701T080000Z", "20240704T070000Z/20240704T080000Z",
                   "20240710T100000Z/20240710T110000Z"}));
}

TEST(EventExpansion, FloatingSeriesFollowTheViewer) {
  const EventData daily = event_of("20240701T090000", "20240701T100000", "FREQ=DAILY;COUNT=2");
  const TimeZone tokyo = TimeZone::find("Asia/Tokyo").value();
  EXPECT_EQ(expanded(daily, days("20240701", "20240702"), {}, tokyo),
            (Names{"20240701T090000/20240701T010000Z"}));
  EXPECT_EQ(expanded(daily, days("20240701", "20240702")), (Names{"20240701T090000/20240701T100000Z"}));
}

TEST(EventExpansion, AnEndInAnotherZoneStaysThere) {
  const EventData flight =
      event_of("Europe/Berlin:20240701T090000", "America/New_York:20240701T110000", "FREQ=WEEKLY;COUNT=2");
  const auto found = occurrences_in(
      flight, {.range = days("20240708", "20240709"), .viewer = TimeZone::utc(), .left_out = {}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(format_time(found[0].end), "America/New_York:20240708T110000");
  EXPECT_EQ(found[0].until, instant("20240708T150000Z"));
}

TEST(EventExpansion, AnOccurrenceIsTheMasterAtAnotherTime) {
  EventData daily = event_of("20240701", "20240702", "FREQ=DAILY");
  daily.summary = "s";
  const auto found = find_occurrence(daily, at("20240705"));
  ASSERT_TRUE(found);
  const EventData occurrence = occurrence_event(daily, *found);
  EXPECT_EQ(format_time(occurrence.start), "20240705");
  EXPECT_EQ(format_time(occurrence.end), "20240706");
  EXPECT_EQ(format_time(*occurrence.recurrence_id), "20240705");
  EXPECT_EQ(occurrence.summary, "s");
  EXPECT_EQ(occurrence.series, daily.id);
  EXPECT_FALSE(occurrence.rrule);
}

TEST(EventExpansion, OccurrencesAreFoundByTheirNames) {
  EventData weekly =
      event_of("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000", "FREQ=WEEKLY");
  weekly.delete_exception_dates = {at("Europe/Berlin:20240708T090000")};
  EXPECT_TRUE(find_occurrence(weekly, at("20240715T070000Z")));
  EXPECT_FALSE(find_occurrence(weekly, at("20240715T080000Z")));
  EXPECT_FALSE(find_occurrence(weekly, at("20240708T070000Z")));
  EXPECT_TRUE(find_occurrence(weekly, at("20240708T070000Z"), true));
  EXPECT_FALSE(find_occurrence(event_of("20240701", "20240702"), at("20240701")));
}

TEST(EventExpansion, FirstAndLastCountWhatIsLeft) {
  EventData daily = event_of("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY;COUNT=3");
  daily.delete_exception_dates = {at("20240701T090000Z")};
  EXPECT_EQ(first_occurrence(daily), at("20240702T090000Z"));
  EXPECT_EQ(last_occurrence(daily), at("20240703T090000Z"));
  daily.rrule = "FREQ=DAILY";
  EXPECT_FALSE(last_occurrence(daily));
}

TEST(EventExpansion, TheNextOccurrenceIsForAlarms) {
  const EventData daily = event_of("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY;COUNT=3");
  const auto next = [&](const char* from, const std::vector<EventTime>& left_out = {}) {
    const auto found = next_occurrence(daily, instant(from), TimeZone::utc(), left_out);
    return found ? format_time(found->start) : "";
  };
  EXPECT_EQ(next("20240601T000000Z"), "20240701T090000Z");
  EXPECT_EQ(next("20240701T090000Z"), "20240701T090000Z");
  EXPECT_EQ(next("20240701T090001Z"), "20240702T090000Z");
  EXPECT_EQ(next("20240701T090001Z", {at("20240702T090000Z")}), "20240703T090000Z");
  EXPECT_EQ(next("20240703T090001Z"), "");
}

TEST(EventExpansion, SpansCoverAllThatMayHappen) {
  const auto span = [](const EventData& event) {
    const auto found = span_of(event);
    return format_basic_utc(found.from) + "/" + format_basic_utc(found.until);
  };
  EXPECT_EQ(span(event_of("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000")),
            "20240701T070000Z/20240701T080000Z");
  // Somewhere on earth this day begins 14 hours before that of UTC and ends 12 hours after.
  EXPECT_EQ(span(event_of("20240701", "20240702")), "20240630T100000Z/20240702T120000Z");
  const EventData counted = event_of("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY;COUNT=10");
  EXPECT_EQ(span(counted), "20240701T090000Z/20240710T100000Z");
  EXPECT_EQ(span_of(counted).last_hit, at("20240710T090000Z").local);
  EXPECT_EQ(span_of(event_of("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY")).until,
            recurrence::kEndless);
}

TEST(EventExpansion, ManyQuestionsAreAnsweredLikeOne) {
  EventData event = event_of("20240701T090000Z", "20240701T100000Z", "FREQ=DAILY;COUNT=3");
  event.delete_exception_dates = {at("20240702T090000Z")};
  const calendar::OccurrenceFinder finder(event);
  event.delete_exception_dates.clear();
  EXPECT_TRUE(finder.find(at("20240701T090000Z")));
  EXPECT_FALSE(finder.find(at("20240702T090000Z")));
  EXPECT_TRUE(finder.find(at("20240702T090000Z"), true));
  EXPECT_TRUE(finder.find(at("20240703T090000Z")));
  EXPECT_FALSE(finder.find(at("20240704T090000Z"), true));
  event.series = {};
  EXPECT_FALSE(calendar::OccurrenceFinder(event).find(at("20240701T090000Z")));
}

}  // namespace
}  // namespace gw::test
