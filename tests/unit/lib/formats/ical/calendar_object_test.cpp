#include "formats/ical/calendar_object.hpp"

#include <gtest/gtest.h>

#include "formats/lines/content_line.hpp"
#include "formats/lines/line_writer.hpp"

namespace gw::formats::ical {
namespace {

CalendarObject read(std::string_view inner) {
  return read_calendar(
      read_components("BEGIN:VCALENDAR\n" + std::string(inner) + "END:VCALENDAR\n").calendars.at(0));
}

Item read_event(std::string_view properties) {
  return read("BEGIN:VEVENT\n" + std::string(properties) + "END:VEVENT\n").items.at(0);
}

TEST(CalendarObject, PropertiesOfTheCalendar) {
  const CalendarObject object = read(
      "METHOD:request\nPRODID:-//x\nX-WR-CALNAME:Work\\, "
      "home\nX-WR-TIMEZONE:Europe/Berlin\nX-PUBLISHED-TTL:PT12H\n"
      "BEGIN:VTIMEZONE\nTZID:a\nEND:VTIMEZONE\nBEGIN:VTODO\nEND:VTODO\nBEGIN:X-OTHER\nEND:X-OTHER\n");
  EXPECT_EQ(object.method, "REQUEST");
  EXPECT_EQ(object.name, "Work, home");
  EXPECT_EQ(object.zone_name, "Europe/Berlin");
  EXPECT_EQ(object.refresh_interval->total_seconds(), 43'200);
  EXPECT_EQ(object.zones.size(), 1U);
  ASSERT_EQ(object.items.size(), 1U);
  EXPECT_EQ(object.items[0].kind, ItemKind::Todo);
}

TEST(CalendarObject, MembersOfAnEvent) {
  const Item item = read_event(
      "UID:1\nSUMMARY:a\\nb\nSTATUS:confirmed\nTRANSP:TRANSPARENT\nCLASS:Private\nSEQUENCE:3\nPRIORITY:"
      "5\nGEO:52.5;-13.4\n"
      "DTSTART;TZID=Europe/Berlin:20240701T090000\nDTEND;TZID=America/"
      "New_York:20240701T100000\nDTSTAMP:20240101T000000Z\n"
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20240701T070000Z\nRRULE:FREQ=DAILY\nEXDATE:20240702T070000Z,"
      "20240703T070000Z\n"
      "RDATE;VALUE=PERIOD:20240705T070000Z/"
      "PT2H\nCATEGORIES:a,b\nCATEGORIES:c\nX-B:2\nX-A:1\nSUMMARY:second\n");
  EXPECT_EQ(item.summary, "a\nb");
  EXPECT_EQ(item.status, "CONFIRMED");
  EXPECT_EQ(item.classification, "PRIVATE");
  EXPECT_EQ(item.sequence, 3);
  EXPECT_EQ(item.geo, std::pair(52.5, -13.4));
  EXPECT_EQ(item.start->tzid, "Europe/Berlin");
  EXPECT_EQ(item.end->tzid, "America/New_York");
  EXPECT_TRUE(item.is_this_and_future);
  EXPECT_EQ(item.rule->state, recurrence::RuleState::Ok);
  EXPECT_EQ(item.deleted.size(), 2U);
  EXPECT_EQ(item.extra[0].duration->total_seconds(), 7'200);
  EXPECT_EQ(item.categories, (std::vector<std::string>{"a", "b", "c"}));
  ASSERT_EQ(item.extensions.size(), 2U);
  EXPECT_EQ(item.extensions[0].name, "X-B");
  EXPECT_EQ(item.source.properties.size(), 20U);
}

TEST(CalendarObject, ABadValueIsLeftOutAndTold) {
  const CalendarObject object = read(
      "BEGIN:VEVENT\nDTSTART:20240230T250000\nGEO:100;0\nSEQUENCE:-1\nPRIORITY:x\nRRULE:FREQ=DAILY;INTERVAL="
      "0\nDURATION:x\n"
      "EXDATE:x\nDTSTAMP:y\nEND:VEVENT\n");
  const Item& item = object.items[0];
  EXPECT_FALSE(item.start || item.geo || item.sequence || item.priority || item.duration || item.stamp);
  EXPECT_EQ(object.warnings.size(), 8U);
  EXPECT_EQ(item.source.properties.size(), 8U);
}

TEST(CalendarObject, AttendeesRoundTripWithUnknownParameters) {
  const std::string text =
      "ATTENDEE;CN=\"Doe, Jane\";CUTYPE=INDIVIDUAL;ROLE=CHAIR;PARTSTAT=ACCEPTED;SENT\r\n"
      " -BY=\"mailto:s@x\";RSVP=TRUE;MEMBER=\"mailto:a@x\",\"mailto:b@x\";X-NUM-GUESTS=0\r\n"
      " :mailto:Jane%40office@x.test\r\n";
  const Item item = read_event(text);
  ASSERT_EQ(item.attendees.size(), 1U);
  const Attendee& attendee = item.attendees[0];
  EXPECT_EQ(attendee.name, "Doe, Jane");
  EXPECT_EQ(attendee.wants_reply, true);
  EXPECT_EQ(attendee.member.size(), 2U);
  EXPECT_EQ(attendee.others[0].name, "X-NUM-GUESTS");
  EXPECT_EQ(attendee.mail_address(), "Jane@office@x.test");
  EXPECT_EQ(lines::format_line(attendee_property("ATTENDEE", attendee), ""), text);
}

TEST(CalendarObject, MailAddressesOfAttendees) {
  const auto address = [](std::string_view text) { return read_event(text).attendees.at(0).mail_address(); };
  EXPECT_EQ(address("ATTENDEE:MAILTO:a@x\n"), "a@x");
  EXPECT_EQ(address("ATTENDEE:a@x\n"), "a@x");
  EXPECT_EQ(address("ATTENDEE;EMAIL=a@x:urn:uuid:1\n"), "a@x");
  EXPECT_EQ(address("ATTENDEE:urn:uuid:1\n"), "");
  EXPECT_EQ(read_event("ATTENDEE;CN=Doe, Jane;PARTSTAT=accepted:mailto:a@x\n").attendees[0].name,
            "Doe, Jane");
  EXPECT_EQ(read_event("ATTENDEE;PARTSTAT=accepted:mailto:a@x\n").attendees[0].status, "ACCEPTED");
}

TEST(CalendarObject, AlarmsOfBothTriggers) {
  const Item item = read_event(
      "BEGIN:VALARM\nACTION:Display\nTRIGGER;RELATED=END:-PT15M\nACKNOWLEDGED:20240701T000000Z\nUID:"
      "a1\nREPEAT:2\nDURATION:PT5M\n"
      "END:VALARM\nBEGIN:VALARM\nTRIGGER;VALUE=DATE-TIME:20240701T080000Z\nEND:VALARM\nBEGIN:VALARM\nTRIGGER:"
      "x\nEND:VALARM\n");
  ASSERT_EQ(item.alarms.size(), 3U);
  EXPECT_EQ(item.alarms[0].action, "DISPLAY");
  EXPECT_EQ(lines::format_line(trigger_property(*item.alarms[0].trigger), ""),
            "TRIGGER;RELATED=END:-PT15M\r\n");
  EXPECT_TRUE(item.alarms[0].acknowledged);
  EXPECT_EQ(item.alarms[0].repeat, 2);
  EXPECT_EQ(lines::format_line(trigger_property(*item.alarms[1].trigger), ""),
            "TRIGGER;VALUE=DATE-TIME:20240701T080000Z\r\n");
  EXPECT_FALSE(item.alarms[2].trigger);
}

TEST(CalendarObject, FreeBusyAndAvailability) {
  const CalendarObject object = read(
      "BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=busy-tentative:20240701T080000Z/PT1H,20240702T080000Z/"
      "20240702T090000Z\n"
      "FREEBUSY:20240703T080000Z/PT1H\nEND:VFREEBUSY\n"
      "BEGIN:VAVAILABILITY\nBUSYTYPE:busy\nBEGIN:AVAILABLE\nUID:2\nRRULE:FREQ=WEEKLY;BYDAY=MO\nEND:"
      "AVAILABLE\nEND:VAVAILABILITY\n");
  ASSERT_EQ(object.items.size(), 2U);
  ASSERT_EQ(object.items[0].busy.size(), 3U);
  EXPECT_EQ(object.items[0].busy[1].type, "BUSY-TENTATIVE");
  EXPECT_EQ(object.items[0].busy[2].type, "BUSY");
  EXPECT_EQ(object.items[1].busy_type, "BUSY");
  EXPECT_EQ(object.items[1].available.at(0).uid, "2");
}

}  // namespace
}  // namespace gw::formats::ical
