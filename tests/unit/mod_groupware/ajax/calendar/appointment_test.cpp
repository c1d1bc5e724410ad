// Classic members and those of events: colours, places in series, patterns, people.
#include <gtest/gtest.h>

#include "ajax/calendar/appointment_input.hpp"
#include "ajax/calendar/appointment_people.hpp"
#include "ajax/calendar/appointment_view.hpp"
#include "ajax/calendar/color_labels.hpp"
#include "ajax/calendar/recurrence_members.hpp"
#include "core/error.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;

Json parsed(std::string_view text) { return Json::parse(text).value(); }

template <class Call>
std::string refused_with(const Call& call) try {
  call();
  return "";
} catch (const ApiError& error) {
  return format_code(error.code());
}

calendar::EventTime berlin(std::string_view local) {
  return {calendar::TimeKind::Zoned, *parse_local_time(local), "Europe/Berlin"};
}

/// Mondays at nine.
calendar::EventData weekly(std::string rule = "FREQ=WEEKLY;BYDAY=MO") {
  calendar::EventData event;
  event.id = event.series = ObjectId(5);
  event.start = berlin("20240701T090000");
  event.end = berlin("20240701T100000");
  event.rrule = std::move(rule);
  return event;
}

TEST(ColorLabel, EveryLabelHasAColourOfItsOwn) {
  for (std::int64_t label = 0; label <= kMaxColorLabel; ++label)
    EXPECT_EQ(label_of_color(color_of_label(label)), label);
  EXPECT_EQ(label_of_color("#123456"), 0);
  EXPECT_FALSE(color_of_label(11));
}

TEST(WireTime, OffsetsAreThoseOfTheInstant) {
  const TimeZone zone = TimeZone::find("Europe/Berlin").value();
  for (const char* text :
       {"20240701T070000Z", "20240101T070000Z", "20240331T005900Z", "20240331T010000Z", "20241027T020000Z"}) {
    const Millis instant = *parse_basic_utc(text);
    EXPECT_EQ(from_wire_time(to_zone_time(instant, zone), zone), instant) << text;
  }
}

TEST(SeriesPlaces, PositionsCountEveryHit) {
  calendar::EventData event = weekly();
  event.delete_exception_dates = {berlin("20240708T090000")};
  SeriesPlaces places(event);
  EXPECT_EQ(places.position_of(berlin("20240715T090000")), 3);
  EXPECT_EQ(places.at_position(3), berlin("20240715T090000"));
  EXPECT_EQ(places.on_day({*parse_basic_date("20240715")}), berlin("20240715T090000"));
  EXPECT_EQ(places.day_of(berlin("20240715T090000")), parse_basic_date("20240715")->to_millis());
  EXPECT_FALSE(places.position_of(berlin("20240716T090000")));
  // Far ahead, behind the last one that has a position, and back again.
  event.rrule = "FREQ=WEEKLY";
  SeriesPlaces endless(event);
  EXPECT_EQ(endless.position_of(berlin("20250630T090000")), 53);
  EXPECT_FALSE(endless.position_of(berlin("20500704T090000")));
  EXPECT_EQ(endless.position_of(berlin("20240715T090000")), 3);
  for (const std::int64_t wrong : {0, -1, 1000})
    EXPECT_EQ(refused_with([&] { return places.at_position(wrong); }), "APP-0074");
  EXPECT_EQ(refused_with([&] { return places.on_day({*parse_basic_date("20240716")}); }), "APP-0075");
}

TEST(RecurrenceMembers, APatternBecomesARule) {
  calendar::EventInput input;
  input.event = weekly();
  input.event.rrule.reset();
  parse_recurrence(parsed(R"({"recurrence_type":3,"interval":2,"days":2,"day_in_month":5,"occurrences":4})"),
                   nullptr, input);
  EXPECT_TRUE(input.sent.has(calendar::EventField::Rrule));
  EXPECT_EQ(*input.event.rrule, "FREQ=MONTHLY;COUNT=4;INTERVAL=2;BYDAY=MO;BYSETPOS=-1");
}

TEST(RecurrenceMembers, WhatIsAsBeforeIsNoChange) {
  const calendar::EventData stored = weekly();
  for (const char* body : {"{}", R"({"recurrence_type":2,"interval":1,"days":2})", R"({"until":null})"}) {
    calendar::EventInput input;
    input.event = stored;
    parse_recurrence(parsed(body), &stored, input);
    EXPECT_TRUE(input.sent.is_empty()) << body;
  }
  calendar::EventInput input;
  input.event = stored;
  parse_recurrence(parsed(R"({"days":4})"), &stored, input);
  EXPECT_EQ(*input.event.rrule, "FREQ=WEEKLY;BYDAY=TU");
  parse_recurrence(parsed(R"({"recurrence_type":0})"), &stored, input);
  EXPECT_FALSE(input.event.rrule);
}

TEST(RecurrenceMembers, TheEndThatChangedCounts) {
  const calendar::EventData stored = weekly("FREQ=WEEKLY;COUNT=3;BYDAY=MO");
  const auto rule_after = [&](const std::string& body) {
    calendar::EventInput input;
    input.event = stored;
    parse_recurrence(parsed(body), &stored, input);
    return *input.event.rrule;
  };
  const std::string until = std::to_string(parse_basic_date("20240715")->to_millis());
  EXPECT_EQ(rule_after(R"({"occurrences":5,"until":)" + until + "}"), "FREQ=WEEKLY;COUNT=5;BYDAY=MO");
  EXPECT_EQ(rule_after(R"({"occurrences":3,"until":)" +
                       std::to_string(parse_basic_date("20240708")->to_millis()) + "}"),
            "FREQ=WEEKLY;UNTIL=20240708T070000Z;BYDAY=MO");
  EXPECT_EQ(refused_with([&] { rule_after(R"({"occurrences":5,"until":0})"); }), "APP-0095");
}

TEST(RecurrenceMembers, AnEndOnADayMovesWithTheStart) {
  const calendar::EventData stored = weekly("FREQ=WEEKLY;UNTIL=20240715T070000Z;BYDAY=MO");
  calendar::EventInput input;
  input.event = stored;
  input.event.start = berlin("20240701T110000");
  parse_recurrence(parsed("{}"), &stored, input);
  EXPECT_EQ(*input.event.rrule, "FREQ=WEEKLY;UNTIL=20240715T090000Z;BYDAY=MO");
}

TEST(Confirmation, NumbersAndWords) {
  for (std::int64_t number = 0; number <= 3; ++number)
    EXPECT_EQ(confirmation_of(parse_confirmation(Json::integer(number))), number);
  EXPECT_EQ(confirmation_of(calendar::PartStat::Delegated), 0);
  EXPECT_EQ(refused_with([] { parse_confirmation(Json::integer(4)); }), "SVL-0010");
}

TEST(Participants, WhoWasThereKeepsWhatIsKnownOfHim) {
  calendar::Attendee before;
  before.entity = 3;
  before.part_stat = calendar::PartStat::Declined;
  calendar::Attendee group;
  group.entity = 9;
  group.cu_type = calendar::CuType::Group;
  group.uri = "urn:group";
  calendar::Attendee member;
  member.entity = 4;
  member.member = {"urn:group"};
  const std::vector stored{before, group, member};
  const auto with_group = parse_participants(parsed(R"([{"id":3,"type":1},{"id":9,"type":2}])"), stored);
  ASSERT_EQ(with_group.size(), 3U);
  EXPECT_EQ(with_group[0].part_stat, calendar::PartStat::Declined);
  EXPECT_EQ(with_group[2].entity, 4);
  // Members go with their group.
  EXPECT_EQ(parse_participants(parsed(R"([{"id":3,"type":1}])"), stored).size(), 1U);
  EXPECT_TRUE(parse_participants(Json::null(), stored).empty());
}

TEST(Organizer, WhoActsForAPrincipalIsSentBy) {
  const auto user = parse_organizer(
      parsed(R"({"organizer":"s@x.test","organizerId":4,"principal":"p@x.test","principalId":3})"));
  ASSERT_TRUE(user);
  EXPECT_EQ(user->email, "p@x.test");
  EXPECT_EQ(user->entity, 3);
  EXPECT_EQ(user->sent_by_uri, "mailto:s@x.test");
  EXPECT_FALSE(parse_organizer(parsed("{}")));
}

TEST(AppointmentView, OnlyAlarmsThatPopUpBeforeTheStartAreShown) {
  calendar::EventData event = weekly();
  calendar::Alarm mail, late, shown;
  mail.action = "EMAIL";
  mail.offset_seconds = -60;
  late.offset_seconds = 60;
  shown.offset_seconds = -900;
  event.alarms = {mail, late, shown};
  EXPECT_EQ(shown_alarm(event), 15);
  event.series = {};
  event.alarms = {shown};
  event.alarms.front().acknowledged = Millis{1};
  EXPECT_FALSE(shown_alarm(event));
}

TEST(AppointmentFields, ColumnsNameWhatTheyNeed) {
  const auto light = event_fields_of(std::vector{1, 200});
  EXPECT_TRUE(light.has(calendar::EventField::Summary) && light.has(calendar::EventField::Rrule));
  EXPECT_FALSE(light.has(calendar::EventField::Attendees));
  EXPECT_TRUE(event_fields_of(std::vector{221}).has(calendar::EventField::Attendees));
  EXPECT_TRUE(needs_positions(std::vector{1, 207}));
  EXPECT_FALSE(needs_positions(std::vector{1, 208}));
}

}  // namespace
}  // namespace gw::ajax
