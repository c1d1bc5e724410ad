// The objects inside events as JSON: both ways, and what is refused.
#include "ajax/chronos/event_parts.hpp"

#include <gtest/gtest.h>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/event_input.hpp"
#include "ajax/chronos/event_members.hpp"
#include "core/error.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;

Json json(std::string_view text) { return Json::parse(text).value(); }

template <class Call>
std::string refusal(const Call& call) try {
  call();
  return "";
} catch (const ApiError& error) {
  return format_code(error.code());
}

TEST(CalendarId, BothNamesOfACalendarMeanTheSame) {
  EXPECT_EQ(format_calendar_id(FolderId(31)), "cal://0/31");
  EXPECT_EQ(parse_calendar_id("cal://0/31"), FolderId(31));
  EXPECT_EQ(parse_calendar_id(" 31 "), FolderId(31));
  // Another account has one calendar.
  EXPECT_EQ(format_calendar_id(parse_calendar_id("cal://57/0")), "cal://57/0");
  EXPECT_NE(parse_calendar_id("cal://57/0"), FolderId(57));
  for (const char* wrong : {"cal://7/31", "cal://x/0", "cal://-1/0", "cal://99999999999/0"})
    EXPECT_EQ(refusal([&] { parse_calendar_id(wrong); }), "CAL-4044") << wrong;
  for (const char* wrong : {"", "cal://0/", "cal://0", "cal://0/x", "-1", "0", "default0/INBOX"})
    EXPECT_EQ(refusal([&] { parse_calendar_id(wrong); }), "CAL-4045") << wrong;
}

TEST(CalendarId, OccurrencesAreTimesOrNothing) {
  EXPECT_FALSE(parse_occurrence(" "));
  EXPECT_EQ(parse_occurrence("20240701")->kind, calendar::TimeKind::Date);
  EXPECT_EQ(parse_occurrence("20240701T090000")->kind, calendar::TimeKind::Floating);
  const auto utc = parse_occurrence("20240701T070000Z");
  EXPECT_EQ(utc->kind, calendar::TimeKind::Utc);
  EXPECT_EQ(*parse_occurrence("Europe/Berlin:20240701T090000"), *utc);
  for (const char* wrong : {"x", "2024-07-01", "20240230", "20240701T250000Z"})
    EXPECT_EQ(refusal([&] { parse_occurrence(wrong); }), "CAL-4061") << wrong;
}

TEST(CalendarId, ListsOfIdsHaveAnEnd) {
  Json list = Json::array();
  const Json one = json(R"({"folder":"cal://0/31","id":5,"recurrenceId":"20240701"})");
  for (std::size_t i = 0; i < calendar::kMostEvents; ++i) list.append(one);
  EXPECT_EQ(parse_event_refs(list).size(), calendar::kMostEvents);
  list.append(one);
  EXPECT_EQ(refusal([&] { parse_event_refs(list); }), "CAL-5072");
  EXPECT_EQ(refusal([] { parse_event_refs(json(R"([{"id":1}])")); }), "SVL-0031");
  EXPECT_EQ(refusal([] { parse_event_refs(json("{}")); }), "SVL-0028");
}

TEST(EventTimeJson, EachKindKeepsItsForm) {
  for (const char* text :
       {R"({"value":"20240701"})", R"({"value":"20240701T090000"})", R"({"value":"20240701T070000Z"})",
        R"({"value":"20240701T090000","tzid":"Europe/Berlin"})"})
    EXPECT_EQ(write_event_time(parse_event_time(json(text), "startDate")).dump(), text);
}

TEST(EventTimeJson, ZonesThatSayNothingAreDropped) {
  const auto read = [](const char* text) {
    return write_event_time(parse_event_time(json(text), "startDate")).dump();
  };
  EXPECT_EQ(read(R"({"value":"20240701","tzid":"Europe/Berlin"})"), R"({"value":"20240701"})");
  EXPECT_EQ(read(R"({"value":"20240701T070000","tzid":"UTC"})"), R"({"value":"20240701T070000Z"})");
  EXPECT_EQ(read(R"({"value":"20240701T070000Z","tzid":"Europe/Berlin"})"),
            R"({"value":"20240701T070000Z"})");
  EXPECT_EQ(refusal([&] { read(R"({"value":"20240701T070000","tzid":"Mars"})"); }), "CAL-4001");
  for (const char* wrong : {R"({})", R"("20240701")", R"({"value":5})", R"({"value":"20241301"})"})
    EXPECT_EQ(refusal([&] { read(wrong); }), "CAL-4006") << wrong;
}

TEST(AttendeeJson, WordsAndPeopleGoBothWays) {
  const char* text =
      R"({"uri":"mailto:a@x.test","cn":"A","email":"a@x.test","entity":3,"cuType":"INDIVIDUAL","role":"CHAIR",)"
      R"("partStat":"TENTATIVE","comment":"c","rsvp":true,"folder":"cal://0/31","member":["mailto:g@x.test"]})";
  EXPECT_EQ(write_attendee(parse_attendee(json(text))).dump(), text);
  const auto bare = parse_attendee(json(R"({"email":"b@x.test"})"));
  EXPECT_EQ(bare.uri, "mailto:b@x.test");
  EXPECT_EQ(bare.part_stat, calendar::PartStat::NeedsAction);
  // Groups answer through their members.
  EXPECT_TRUE(
      write_attendee(parse_attendee(json(R"({"entity":1,"cuType":"GROUP"})"))).get("partStat").is_missing());
  for (const char* wrong :
       {R"({"cuType":"CAT"})", R"({"partStat":"MAYBE"})", R"({"role":7})", R"({"entity":"x"})", R"(5)"})
    EXPECT_EQ(refusal([&] { parse_attendee(json(wrong)); }), "CAL-4006") << wrong;
}

TEST(AlarmJson, TriggersGoBothWays) {
  for (const char* trigger :
       {R"({"duration":"-PT15M","related":"START"})", R"({"duration":"-P1D","related":"END"})",
        R"({"duration":"PT0S","related":"START"})", R"({"dateTime":"20240701T070000Z"})"}) {
    const std::string text = std::string(R"({"action":"AUDIO","trigger":)") + trigger + "}";
    EXPECT_EQ(write_alarm(parse_alarm(json(text))).get("trigger").dump(), trigger);
  }
  for (const char* wrong :
       {R"({})", R"({"trigger":{}})", R"({"trigger":{"duration":"15"}})",
        R"({"trigger":{"duration":"P999999D"}})", R"({"trigger":{"dateTime":"20240701"}})", R"("x")"})
    EXPECT_EQ(refusal([&] { parse_alarm(json(wrong)); }), "CAL-4005") << wrong;
}

TEST(AlarmJson, WhatIsSnoozedNamesWhatItStandsFor) {
  const Json sent = json(
      R"({"uid":"b","trigger":{"duration":"PT0S"},"relatedTo":{"value":"a","relType":"SNOOZE"},"acknowledged":5})");
  const Json written = write_alarm(parse_alarm(sent));
  EXPECT_EQ(written.get("relatedTo").dump(), sent.get("relatedTo").dump());
  EXPECT_EQ(written.get("acknowledged").as_integer(), 5);
}

TEST(EventInput, NullClearsAndAbsentStays) {
  const auto input =
      parse_event(json(R"({"summary":null,"location":"","rrule":"FREQ=DAILY","created":5,"flags":[]})"));
  EXPECT_TRUE(input.sent.has(calendar::EventField::Summary));
  EXPECT_TRUE(input.sent.has(calendar::EventField::Location));
  EXPECT_FALSE(input.sent.has(calendar::EventField::Description));
  EXPECT_FALSE(input.sent.has(calendar::EventField::Created));
  EXPECT_FALSE(input.event.summary || input.event.location);
  EXPECT_EQ(*input.event.rrule, "FREQ=DAILY");
  EXPECT_EQ(refusal([] { parse_event(json("[]")); }), "SVL-0028");
}

TEST(EventFieldNames, EveryMemberIsFoundByItsName) {
  for (unsigned bit = 0; bit < static_cast<unsigned>(calendar::EventField::Count_); ++bit) {
    const auto field = static_cast<calendar::EventField>(bit);
    EXPECT_EQ(find_event_field(json_name(field)), field);
  }
  EXPECT_FALSE(find_event_field("nonsense"));
  EXPECT_FALSE(light_fields().has(calendar::EventField::Attendees));
  EXPECT_TRUE(light_fields().has(calendar::EventField::Flags));
}

}  // namespace
}  // namespace gw::ajax
