#include "calendars/feeds/feed_document.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace gw::calendars::feeds {
namespace {

std::string document(const std::string& inside) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + inside + "END:VCALENDAR\r\n";
}
std::string event_text(const std::string& lines) { return "BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n"; }

FeedDocument whole(const std::string& inside) {
  const auto read = read_feed(document(inside), TimeZone::utc());
  EXPECT_TRUE(read.has_value());
  return read.value_or(FeedDocument{});
}

TEST(FeedDocument, TellsItsNameAndHowOftenItChanges) {
  const auto read = whole(
      "X-WR-CALNAME:Holidays\r\nX-WR-CALDESC:All of them\r\nREFRESH-INTERVAL;VALUE=DURATION:PT2H\r\n"
      "COLOR:teal\r\n");
  EXPECT_EQ(read.title, "Holidays");
  EXPECT_EQ(read.description, "All of them");
  EXPECT_EQ(read.color, "teal");
  EXPECT_EQ(read.refresh_minutes, 120);
  EXPECT_TRUE(read.series.empty());
}

TEST(FeedDocument, WhatIsNoWholeCalendarIsNone) {
  const std::string good = document(event_text("UID:a\r\nDTSTART:20240701T090000Z\r\n"));
  EXPECT_TRUE(read_feed(good, TimeZone::utc()));
  for (const std::string& bad : {std::string(), std::string("<html>no</html>"), std::string("\0\1\2", 3),
                                 good.substr(0, good.size() - 20), good.substr(0, good.size() / 2)})
    EXPECT_FALSE(read_feed(bad, TimeZone::utc())) << bad;
}

TEST(FeedDocument, TheMomentOfTheExportMakesNoDifference) {
  const auto with_stamp = [](int day) {
    return whole(event_text(fmt::format(
        "UID:a\r\nDTSTAMP:202407{:02}T090000Z\r\nDTSTART:20240701T090000Z\r\nSUMMARY:x\r\n", day)));
  };
  EXPECT_EQ(with_stamp(1).series[0].master.digest, with_stamp(2).series[0].master.digest);
  const auto other = whole(event_text("UID:a\r\nDTSTART:20240701T090000Z\r\nSUMMARY:y\r\n"));
  EXPECT_NE(with_stamp(1).series[0].master.digest, other.series[0].master.digest);
}

TEST(FeedDocument, WithoutUidAnEventIsKnownByWhatItSays) {
  const std::string one = event_text("DTSTART:20240701T090000Z\r\nSUMMARY:x\r\n");
  const std::string two = event_text("DTSTART:20240702T090000Z\r\nSUMMARY:y\r\n");
  const auto first = whole(one + two), second = whole(two + one);
  ASSERT_EQ(first.series.size(), 2U);
  EXPECT_EQ(first.series[0].master.input.event.uid, second.series[1].master.input.event.uid);
  EXPECT_NE(first.series[0].master.input.event.uid, first.series[1].master.input.event.uid);
}

TEST(FeedDocument, TooLongIsCutAndWithoutStartIsDropped) {
  const auto read =
      whole(event_text("UID:a\r\nDTSTART:20240701T090000Z\r\nSUMMARY:" + std::string(400, 'x') +
                       "\r\nURL:http://a.test/" + std::string(900, 'u') +
                       "\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n") +
            event_text("UID:b\r\nSUMMARY:never\r\n") +
            event_text("UID:c\r\nDTSTART:20240701T090000Z\r\nRRULE:FREQ=SECONDLY\r\n"));
  ASSERT_EQ(read.series.size(), 2U);
  EXPECT_EQ(read.left_out, 1U);
  // As imports do: what recurs every second is shown once.
  EXPECT_FALSE(read.series[1].master.input.event.rrule);
  const auto& event = read.series[0].master.input.event;
  EXPECT_EQ(event.summary->size(), 255U);
  EXPECT_FALSE(event.url);
  EXPECT_TRUE(event.alarms.empty());
}

TEST(FeedDocument, NobodyInItIsAUserHere) {
  const auto read =
      whole(event_text("UID:a\r\nDTSTART;VALUE=DATE:20240701\r\nORGANIZER;CN=A:mailto:a@example.test\r\n"
                       "ATTENDEE;CN=B:mailto:b@example.test\r\n"));
  const auto& event = read.series.at(0).master.input.event;
  EXPECT_EQ(event.organizer->entity, 0);
  ASSERT_EQ(event.attendees.size(), 1U);
  EXPECT_EQ(event.attendees[0].entity, 0);
  EXPECT_EQ(event.attendees[0].uri, "mailto:b@example.test");
}

TEST(FeedDocument, OccurrencesWithoutTheirSeriesAreEventsOfTheirOwn) {
  const auto read =
      whole(event_text("UID:a\r\nRECURRENCE-ID:20240701T090000Z\r\nDTSTART:20240701T100000Z\r\n") +
            event_text("UID:a\r\nRECURRENCE-ID:20240708T090000Z\r\nDTSTART:20240708T100000Z\r\n"));
  ASSERT_EQ(read.series.size(), 2U);
  EXPECT_EQ(read.series[0].master.input.event.uid, "a");
  EXPECT_NE(read.series[1].master.input.event.uid, "a");
  EXPECT_FALSE(read.series[0].master.input.event.recurrence_id);
}

}  // namespace
}  // namespace gw::calendars::feeds
