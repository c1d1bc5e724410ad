#include "formats/ical/items.hpp"

#include <gtest/gtest.h>

#include "recurrence/occurrences.hpp"

namespace gw::formats::ical {
namespace {

CalendarObject read(std::string_view inner) {
  return read_calendar(
      read_components("BEGIN:VCALENDAR\n" + std::string(inner) + "END:VCALENDAR\n").calendars.at(0));
}

std::string event(std::string_view properties) {
  return "BEGIN:VEVENT\n" + std::string(properties) + "END:VEVENT\n";
}

ZoneResolver resolver() { return {{}, {TimeZone::utc()}, {0}, {0}}; }

std::string span_text(std::string_view properties, std::size_t warnings = 0) {
  const CalendarObject object = read(event(properties));
  ZoneResolver zones = resolver();
  std::vector<Warning> found;
  const auto span = span_of(object.items.at(0), zones, found);
  EXPECT_EQ(found.size(), warnings) << properties;
  return span ? format_date_value(span->start) + '/' + format_date_value(span->end) : "none";
}

TEST(ItemSpans, EndsAreFoundOrMade) {
  EXPECT_EQ(span_text("DTSTART:20240701T090000Z\nDTEND:20240701T100000Z\n"),
            "20240701T090000Z/20240701T100000Z");
  EXPECT_EQ(span_text("DTSTART:20240701T090000Z\nDURATION:PT1H\n"), "20240701T090000Z/20240701T100000Z");
  EXPECT_EQ(span_text("DTSTART;VALUE=DATE:20240701\nDURATION:P2D\n"), "20240701/20240703");
  EXPECT_EQ(span_text("DTSTART;VALUE=DATE:20240701\n"), "20240701/20240702");
  EXPECT_EQ(span_text("DTSTART;VALUE=DATE:20240701\nDTEND;VALUE=DATE:20240701\n"), "20240701/20240702");
  EXPECT_EQ(span_text("DTSTART:20240701T090000\n"), "20240701T090000/20240701T090000");
  EXPECT_EQ(span_text("DUE:20240701T090000\n"), "20240701T090000/20240701T090000");
  EXPECT_EQ(span_text("SUMMARY:x\n"), "none");
}

TEST(ItemSpans, AnEndBeforeTheStartIsDropped) {
  EXPECT_EQ(span_text("DTSTART:20240701T090000Z\nDTEND:20240701T080000Z\n", 1),
            "20240701T090000Z/20240701T090000Z");
  EXPECT_EQ(span_text("DTSTART;VALUE=DATE:20240701\nDURATION:-P1D\n", 1), "20240701/20240702");
}

TEST(ItemSpans, KindsAreMadeEqual) {
  EXPECT_EQ(span_text("DTSTART;VALUE=DATE:20240701\nDTEND:20240702T120000Z\n"), "20240701/20240702");
  EXPECT_EQ(span_text("DTSTART:20240701T090000\nDTEND:20240701T100000Z\n"),
            "20240701T090000/20240701T100000");
  EXPECT_EQ(span_text("DTSTART;TZID=Europe/Berlin:20240701T090000\nDTEND;VALUE=DATE:20240702\n"),
            "20240701T090000/20240702T000000");
}

TEST(ItemSpans, SecondsPassExactlyAndDaysOnTheWall) {
  EXPECT_EQ(span_text("DTSTART;TZID=Europe/Berlin:20240330T120000\nDURATION:PT24H\n"),
            "20240330T120000/20240331T130000");
  EXPECT_EQ(span_text("DTSTART;TZID=Europe/Berlin:20240330T120000\nDURATION:P1D\n"),
            "20240330T120000/20240331T120000");
}

TEST(ItemSeries, HasRuleDatesAndOverrides) {
  const CalendarObject object = read(
      event("UID:1\nDTSTART;TZID=Europe/Berlin:20240701T090000\nDTEND;TZID=Europe/London:20240701T090000\n"
            "RRULE:FREQ=DAILY;COUNT=4\nEXDATE;TZID=Europe/"
            "Berlin:20240702T090000\nRDATE;VALUE=PERIOD:20240710T070000Z/PT3H\n"));
  ZoneResolver zones = resolver();
  std::vector<Warning> warnings;
  const Item& item = object.items[0];
  const recurrence::Series series = series_of(item, *span_of(item, zones, warnings), zones,
                                              {*recurrence::parse_recurrence_id("20240703T070000Z")});
  EXPECT_EQ(series.duration, 3'600);
  EXPECT_TRUE(series.last_hit);
  recurrence::Occurrences walk(series, recurrence::Include::Own);
  std::string text;
  while (const auto found = walk.next())
    text += recurrence::format_recurrence_id(found->id) + '/' + format_basic_utc(found->ends_at) + ' ';
  EXPECT_EQ(text,
            "20240701T070000Z/20240701T080000Z 20240704T070000Z/20240704T080000Z "
            "20240710T070000Z/20240710T100000Z ");
}

TEST(ItemSeries, RulesThatAreNotCountedAreLeftOut) {
  const CalendarObject object = read(event("DTSTART:20240701T090000Z\nRRULE:FREQ=HOURLY\n"));
  ZoneResolver zones = resolver();
  std::vector<Warning> warnings;
  const Item& item = object.items[0];
  EXPECT_FALSE(series_of(item, *span_of(item, zones, warnings), zones, {}).is_recurring());
  EXPECT_EQ(item.rule->state, recurrence::RuleState::Unsupported);
}

TEST(ItemGroups, MastersOverridesAndStrays) {
  CalendarObject object =
      read(event("UID:1\nRECURRENCE-ID:20240702T070000Z\n") + event("UID:2\nRECURRENCE-ID:20240702\n") +
           event("UID:1\nRRULE:FREQ=DAILY\n") + event("SUMMARY:x\n") + event("SUMMARY:y\n") +
           "BEGIN:VTODO\nUID:1\nEND:VTODO\n");
  int made = 0;
  std::vector<Warning> warnings;
  const auto groups = group_items(
      object.items, [&] { return "made" + std::to_string(++made); }, warnings);
  ASSERT_EQ(groups.size(), 5U);
  EXPECT_EQ(groups[0].uid, "1");
  EXPECT_NE(groups[0].master, nullptr);
  EXPECT_EQ(groups[0].overrides.size(), 1U);
  EXPECT_EQ(groups[1].master, nullptr);
  EXPECT_EQ(groups[2].uid, "made1");
  EXPECT_EQ(groups[3].uid, "made2");
  EXPECT_EQ(groups[3].master->source.text("UID"), "made2");
  EXPECT_EQ(groups[4].master->kind, ItemKind::Todo);
  EXPECT_EQ(warnings,
            (std::vector<Warning>{{WarningKind::MissingUid, "VEVENT"}, {WarningKind::MissingUid, "VEVENT"}}));
}

TEST(ItemGroups, OfTwoWithOneUidTheNewerStays) {
  CalendarObject object =
      read(event("UID:1\nSEQUENCE:2\nSUMMARY:kept\n") + event("UID:1\nSEQUENCE:1\n") +
           event("UID:2\nLAST-MODIFIED:20240101T000000Z\n") +
           event("UID:2\nLAST-MODIFIED:20250101T000000Z\nSUMMARY:kept\n") +
           event("UID:3\nRECURRENCE-ID:20240101\n") + event("UID:3\nRECURRENCE-ID:20240101\nSUMMARY:kept\n"));
  std::vector<Warning> warnings;
  const auto groups = group_items(
      object.items, [] { return std::string(); }, warnings);
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].master->summary, "kept");
  EXPECT_EQ(groups[1].master->summary, "kept");
  ASSERT_EQ(groups[2].overrides.size(), 1U);
  EXPECT_EQ(groups[2].overrides[0]->summary, "kept");
  EXPECT_EQ(warnings.size(), 3U);
}

}  // namespace
}  // namespace gw::formats::ical
