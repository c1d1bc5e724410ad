// Events to text and back: nothing is lost that either side knows, and what only the text knows survives.
#include <gtest/gtest.h>

#include "formats/ical/component_writer.hpp"
#include "formats/ical/event_reader.hpp"
#include "formats/ical/event_writer.hpp"

namespace gw::formats::ical {
namespace {

namespace calendar = model::calendar;
using calendar::EventField;

calendar::EventTime wall(std::string_view local, std::string zone = "Europe/Berlin") {
  return {calendar::TimeKind::Zoned, *parse_local_time(local), std::move(zone)};
}

calendar::EventData sample_event() {
  calendar::EventData event;
  event.uid = "a@example.test";
  event.start = wall("20240701T090000");
  event.end = wall("20240701T100000");
  event.rrule = "FREQ=WEEKLY;COUNT=4;BYDAY=MO";
  event.recurrence_dates = {wall("20240710T090000")};
  event.delete_exception_dates = {wall("20240708T090000")};
  event.summary = "a, b; c\nd";
  event.location = "here";
  event.description = "what";
  event.url = "https://example.test/";
  event.color = "red";
  event.categories = {"x", "y, z"};
  event.geo = calendar::Geo{51.5, -0.12};
  event.classification = calendar::Classification::Confidential;
  event.status = calendar::EventStatus::Tentative;
  event.is_transparent = true;
  event.sequence = 3;
  event.related_to = "other";
  event.created = Millis{1'719'000'000'000};
  event.last_modified = Millis{1'719'100'000'000};
  event.extended = Json::parse(R"({"X-FOO":{"value":"bar","parameters":{"X-P":"1"}}})").value();
  calendar::Alarm alarm;
  alarm.uid = "alarm";
  alarm.offset_seconds = -900;
  event.alarms = {alarm};
  return event;
}

/// The first event of a calendar that holds this component.
ReadEvent read_back(const std::string& component) {
  const ReadText text =
      read_components("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + component + "END:VCALENDAR\r\n");
  const CalendarObject object = read_calendar(text.calendars.at(0));
  ZoneResolver zones(object.zones, {TimeZone::utc()}, Millis{0}, Millis{1'800'000'000'000});
  std::vector<Warning> warnings;
  auto read = read_event(object.items.at(0), zones, warnings);
  EXPECT_TRUE(read.has_value());
  EXPECT_TRUE(warnings.empty());
  return read.value_or(ReadEvent());
}

TEST(EventText, EveryMemberComesBack) {
  const calendar::EventData event = sample_event();
  const std::string text = format_component(event_component(event, {true, true, {}}));
  const ReadEvent read = read_back(text);
  EXPECT_EQ(read.event.uid, event.uid);
  EXPECT_EQ(read.event.start, event.start);
  EXPECT_EQ(read.event.end, event.end);
  EXPECT_EQ(read.event.rrule, event.rrule);
  EXPECT_EQ(read.event.recurrence_dates, event.recurrence_dates);
  EXPECT_EQ(read.event.delete_exception_dates, event.delete_exception_dates);
  EXPECT_EQ(read.event.summary, event.summary);
  EXPECT_EQ(read.event.location, event.location);
  EXPECT_EQ(read.event.description, event.description);
  EXPECT_EQ(read.event.url, event.url);
  EXPECT_EQ(read.event.color, event.color);
  EXPECT_EQ(read.event.categories, event.categories);
  EXPECT_EQ(read.event.geo, event.geo);
  EXPECT_EQ(read.event.classification, event.classification);
  EXPECT_EQ(read.event.status, event.status);
  EXPECT_EQ(read.event.is_transparent, event.is_transparent);
  EXPECT_EQ(read.event.sequence, event.sequence);
  EXPECT_EQ(read.event.related_to, event.related_to);
  EXPECT_EQ(read.event.created, event.created);
  EXPECT_EQ(read.event.last_modified, event.last_modified);
  EXPECT_EQ(read.event.extended.get("X-FOO").dump(), event.extended.get("X-FOO").dump());
  ASSERT_EQ(read.event.alarms.size(), 1U);
  EXPECT_EQ(read.event.alarms[0].offset_seconds, -900);
  EXPECT_TRUE(read.sent.has(EventField::Rrule) && read.sent.has(EventField::Alarms));
  EXPECT_FALSE(read.sent.has(EventField::Attendees));
}

TEST(EventText, WhatOnlyTheOriginalKnowsSurvives) {
  const std::string original =
      "BEGIN:VEVENT\r\nUID:a@example.test\r\nSUMMARY;LANGUAGE=en:Old\r\nX-UNKNOWN;P=1:kept\r\n"
      "CONFERENCE;VALUE=URI:https://meet.example.test/\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\n"
      "END:VALARM\r\nEND:VEVENT\r\n";
  const std::string text = format_component(event_component(sample_event(), {true, false, original}));
  EXPECT_NE(text.find("X-UNKNOWN;P=1:kept\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("CONFERENCE;VALUE=URI:https://meet.example.test/\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("SUMMARY:a\\, b\\; c\\nd\r\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("VALARM"), std::string::npos) << text;
}

TEST(EventText, OnlyTextsAreEscaped) {
  calendar::EventData event = sample_event();
  event.extended = Json::parse(R"({"X-PLACE":{"value":"geo:1,2","parameters":{"VALUE":"URI"}},
                                  "X-TEXT":{"value":"a,b"}})")
                       .value();
  const std::string text = format_component(event_component(event, {true, true, {}}));
  EXPECT_NE(text.find("X-PLACE;VALUE=URI:geo:1,2\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("X-TEXT:a\\,b\r\n"), std::string::npos) << text;
}

TEST(EventText, WhatStartsNeverIsNoEventAndTold) {
  const ReadText text = read_components("BEGIN:VEVENT\r\nUID:x\r\nCLASS:\r\nEND:VEVENT\r\n");
  const CalendarObject object = read_calendar(text.calendars.at(0));
  ZoneResolver zones({}, {}, Millis{0}, Millis{1});
  std::vector<Warning> warnings;
  EXPECT_FALSE(read_event(object.items.at(0), zones, warnings));
  EXPECT_EQ(warnings, (std::vector<Warning>{{WarningKind::MissingStart, "x"}}));
}

TEST(EventText, SomebodyAloneMeetsNobody) {
  calendar::EventData event = sample_event();
  event.organizer = calendar::CalendarUser{3, "mailto:a@x.test", "A", "a@x.test", {}, 0};
  calendar::Attendee owner, guest;
  owner.uri = "mailto:a@x.test";
  guest.uri = "mailto:b@x.test";
  guest.part_stat = calendar::PartStat::Tentative;
  event.attendees = {owner};
  EXPECT_EQ(format_component(event_component(event, {})).find("ATTENDEE"), std::string::npos);
  event.attendees.push_back(guest);
  const ReadEvent read = read_back(format_component(event_component(event, {})));
  ASSERT_EQ(read.event.attendees.size(), 2U);
  EXPECT_EQ(read.event.attendees[1].part_stat, calendar::PartStat::Tentative);
  EXPECT_EQ(read.event.organizer->uri, "mailto:a@x.test");
}

TEST(EventText, ZonesAreWrittenOnceEach) {
  std::vector<calendar::EventData> events{sample_event(), sample_event()};
  events[1].start = wall("20240701T090000", "America/New_York");
  const auto zones = zones_of(events);
  ASSERT_EQ(zones.size(), 2U);
  EXPECT_EQ(zones[0].text("TZID"), "America/New_York");
  EXPECT_EQ(zones[1].text("TZID"), "Europe/Berlin");
  const std::string head = calendar_head("My, calendar");
  EXPECT_TRUE(head.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_TRUE(head.ends_with("X-WR-CALNAME:My\\, calendar\r\n")) << head;
}

}  // namespace
}  // namespace gw::formats::ical
