#include "writing_desk.hpp"

namespace gw::test {
namespace {

using calendar::Classification;

constexpr std::string_view kDay = "20240701T000000Z", kWeek = "20240708T000000Z";

Draft daily(int count = 5) {
  return Draft("20240701T090000Z", "20240701T100000Z", "Daily")
      .rule("FREQ=DAILY;COUNT=" + std::to_string(count));
}

TEST_F(WritingDesk, OnlyWhatWasSentChangesAndNullClears) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z").location("Hall"));
  const CalendarResult result = update(kAnna, id, Draft().summary("New"));
  ASSERT_EQ(result.updated.size(), 1U);
  EXPECT_EQ(result.updated.front().event.summary, "New");
  EXPECT_EQ(stored(id).location, "Hall");
  update(kAnna, id, Draft().send(EventField::Location));
  EXPECT_EQ(stored(id).location, std::nullopt);
  EXPECT_EQ(stored(id).timestamp, stored(id).last_modified);
}

TEST_F(WritingDesk, WhatEqualsTheStoredIsNoChange) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z").rule("FREQ=DAILY;COUNT=3"));
  const EventData before = stored(id);
  database.events.events.clear();
  Draft same("20240701T090000Z", "20240701T100000Z");
  same.rule("COUNT=3;INTERVAL=1;FREQ=DAILY").with(before.attendees);
  const CalendarResult result = update(kAnna, id, same);
  EXPECT_EQ(result.updated.size(), 1U);
  EXPECT_EQ(stored(id).timestamp, before.timestamp);
  EXPECT_TRUE(database.events.events.empty());
}

TEST_F(WritingDesk, AnOlderStateIsRefused) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702"));
  WriteOptions options;
  options.known = stored(id).timestamp;
  EXPECT_EQ(refusal([&] { update(kAnna, id, Draft().summary("1"), options); }), "");
  EXPECT_EQ(refusal([&] { update(kAnna, id, Draft().summary("2"), options); }), "CAL-4120");
  EXPECT_EQ(stored(id).summary, "1");
}

TEST_F(WritingDesk, TheSequenceGrowsWithWhatMattersToOthers) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta)}));
  update(kAnna, id, Draft().at("20240702", "20240703"));
  EXPECT_EQ(stored(id).sequence, 1);
  answer(kBerta, id, PartStat::Accepted);
  EXPECT_EQ(stored(id).sequence, 1);
  Draft old;
  old.summary("x").send(EventField::Sequence);
  EXPECT_EQ(refusal([&] { update(kAnna, id, old); }), "CAL-4121");
  old.input.event.sequence = 7;
  update(kAnna, id, old);
  EXPECT_EQ(stored(id).sequence, 7);
}

TEST_F(WritingDesk, UidAndOrganizerAreFixed) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").uid("u"));
  EXPECT_EQ(refusal([&] { update(kAnna, id, Draft().uid("v")); }), "CAL-4035");
  EXPECT_EQ(refusal([&] { update(kAnna, id, Draft().uid("u")); }), "");
  Draft other;
  other.input.event.organizer.emplace().entity = kBerta.value;
  EXPECT_EQ(refusal([&] { update(kAnna, id, other.send(EventField::Organizer)); }), "CAL-4035");
}

TEST_F(WritingDesk, AttendeesChangeOnlyWhatIsTheirs) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z").with({user(kBerta)}));
  EXPECT_EQ(refusal([&] { update(kBerta, id, Draft().summary("x")); }), "CAL-4038");
  EXPECT_EQ(refusal([&] {
              update(kBerta, id, Draft().with({user(kAnna), user(kBerta), user(kCarl)}));
            }),
            "CAL-4033");
  EXPECT_EQ(refusal([&] { update(kBerta, id, Draft().with({user(kBerta)})); }), "CAL-4033");
  std::vector<Attendee> attendees = stored(id).attendees;
  for (Attendee& attendee : attendees)
    if (attendee.entity == kBerta.value) attendee.part_stat = PartStat::Accepted;
  update(kBerta, id, Draft().summary("Meeting").with(attendees).transparent());
  EXPECT_EQ(answer_of(id, kBerta), PartStat::Accepted);
  EXPECT_FALSE(stored(id).is_transparent);
  const EventData event = stored(id);
  EXPECT_EQ(calendar::find_attendee(event, kBerta)->is_transparent, true);
}

TEST_F(WritingDesk, AttendeesWithPrivilegesEditAsTheOrganizer) {
  Draft draft("20240701", "20240702");
  draft.with({user(kBerta)}).input.event.attendees_may_modify = true;
  const ObjectId id = create(kAnna, draft.send(EventField::AttendeePrivileges));
  update(kBerta, id, Draft().summary("x"));
  EXPECT_EQ(stored(id).summary, "x");
  EXPECT_EQ(refusal([&] { update(kBerta, id, Draft().with({user(kBerta)})); }), "CAL-4039");
}

TEST_F(WritingDesk, MovingAnEventAsksEverybodyAgainShorteningDoesNot) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T110000Z").with({user(kBerta)}));
  answer(kBerta, id, PartStat::Accepted);
  update(kAnna, id, Draft().at("20240701T093000Z", "20240701T103000Z"));
  EXPECT_EQ(answer_of(id, kBerta), PartStat::Accepted);
  update(kAnna, id, Draft().at("20240701T093000Z", "20240701T120000Z"));
  EXPECT_EQ(answer_of(id, kBerta), PartStat::NeedsAction);
  EXPECT_EQ(answer_of(id, kAnna), PartStat::Accepted);
}

TEST_F(WritingDesk, ADeputyNeedsTheRightToWrite) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702"));
  const EventRef ref{home(kAnna), id, {}};
  EXPECT_EQ(refusal([&] { update_in(kBerta, ref, Draft().summary("x")); }), "FLD-0003");
  share(home(kAnna), kBerta, kReadAll);
  EXPECT_EQ(refusal([&] { update_in(kBerta, ref, Draft().summary("x")); }), "CAL-4031");
  share(home(kAnna), kCarl, kAuthor);
  EXPECT_EQ(refusal([&] { update_in(kCarl, ref, Draft().summary("x")); }), "");
  EXPECT_EQ(stored(id).modified_by, kCarl);
  update(kAnna, id, Draft().of_class(Classification::Confidential));
  EXPECT_EQ(refusal([&] { update_in(kCarl, ref, Draft().summary("y")); }), "CAL-4037");
}

TEST_F(WritingDesk, WhatIsPrivateDoesNotExistForDeputies) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").of_class(Classification::Private));
  share(home(kAnna), kCarl, {64, 64, 64, 64, false});
  const EventRef ref{home(kAnna), id, {}}, nothing{home(kAnna), ObjectId(id.value + 1'000), {}};
  for (const EventRef& each : {ref, nothing}) {
    EXPECT_EQ(refusal([&] { update_in(kCarl, each, Draft().summary("y")); }), "CAL-4040");
    EXPECT_EQ(refusal([&] { calendar::move(as(kCarl), each, home(kCarl), {}); }), "CAL-4040");
    EXPECT_EQ(remove_ref(kCarl, each), "CAL-4040");
  }
  EXPECT_EQ(stored(id).id, id);
}

TEST_F(WritingDesk, AnOccurrenceBecomesAnEventOfItsOwn) {
  const ObjectId id = create(kAnna, daily());
  const CalendarResult result = update_at(kAnna, id, "20240702T090000Z", Draft().summary("Special"));
  ASSERT_EQ(result.created.size(), 1U);
  ASSERT_EQ(result.updated.size(), 1U);
  EXPECT_EQ(result.updated.front().event.id, id);
  const ObjectId exception = result.created.front().event.id;
  EXPECT_EQ(shown(kAnna, kDay, "20240704T000000Z"),
            (Names{"20240701T090000Z Daily", "20240702T090000Z Special", "20240703T090000Z Daily"}));
  // A second change meets the same exception.
  const CalendarResult again = update_at(kAnna, id, "20240702T090000Z", Draft().location("Hall"));
  EXPECT_TRUE(again.created.empty());
  ASSERT_EQ(again.updated.size(), 1U);
  EXPECT_EQ(again.updated.front().event.id, exception);
  EXPECT_EQ(stored(exception).summary, "Special");
  EXPECT_EQ(stored(exception).uid, stored(id).uid);
}

TEST_F(WritingDesk, OccurrencesMustBeThoseOfTheSeries) {
  const ObjectId id = create(kAnna, daily());
  const ObjectId single = create(kAnna, Draft("20240701", "20240702"));
  EXPECT_EQ(refusal([&] { update_at(kAnna, id, "20240702T091500Z", Draft().summary("x")); }), "CAL-4042");
  EXPECT_EQ(refusal([&] { update_at(kAnna, id, "20240709T090000Z", Draft().summary("x")); }), "CAL-4042");
  EXPECT_EQ(refusal([&] { update_at(kAnna, single, "20240701", Draft().summary("x")); }), "CAL-4061");
  EXPECT_EQ(
      refusal([&] { update_at(kAnna, id, "20240702T090000Z", Draft().of_class(Classification::Private)); }),
      "CAL-4227");
  EXPECT_EQ(refusal([&] { update_at(kAnna, id, "20240702T090000Z", Draft().rule("FREQ=DAILY")); }),
            "CAL-4035");
}

TEST_F(WritingDesk, WhatExceptionsHadInCommonGoesAlong) {
  const ObjectId id = create(kAnna, daily());
  const ObjectId special =
      update_at(kAnna, id, "20240702T090000Z", Draft().summary("Special")).created[0].event.id;
  const ObjectId moved =
      update_at(kAnna, id, "20240703T090000Z", Draft().at("20240703T150000Z", "20240703T160000Z"))
          .created[0]
          .event.id;
  update(kAnna, id, Draft().summary("Renamed").location("Hall").at("20240701T093000Z", "20240701T103000Z"));
  EXPECT_EQ(stored(special).summary, "Special");
  EXPECT_EQ(stored(special).location, "Hall");
  EXPECT_EQ(stored(special).start, when("20240702T093000Z"));
  EXPECT_EQ(stored(moved).summary, "Renamed");
  EXPECT_EQ(stored(moved).start, when("20240703T150000Z"));
  EXPECT_EQ(stored(moved).recurrence_id, when("20240703T093000Z"));
  EXPECT_EQ(shown(kAnna, kDay, "20240704T000000Z"),
            (Names{"20240701T093000Z Renamed", "20240702T093000Z Special", "20240703T150000Z Renamed"}));
}

TEST_F(WritingDesk, ExceptionsSideBySideMoveTogetherByADay) {
  const ObjectId id =
      create(kAnna, Draft("20240701T090000Z", "20240701T100000Z", "x").rule("FREQ=WEEKLY;BYDAY=MO,TU"));
  update_at(kAnna, id, "20240708T090000Z", Draft().summary("Monday"));
  update_at(kAnna, id, "20240709T090000Z", Draft().summary("Tuesday"));
  update(kAnna, id, Draft().at("20240703T090000Z", "20240703T100000Z").rule("FREQ=WEEKLY;BYDAY=WE,TH"));
  EXPECT_EQ(shown(kAnna, kWeek, "20240715T000000Z"),
            (Names{"20240710T090000Z Monday", "20240711T090000Z Tuesday"}));
}

TEST_F(WritingDesk, ANewRuleKeepsTheExceptionsItHits) {
  const ObjectId id = create(kAnna, daily(6).without({"20240704T090000Z", "20240705T090000Z"}));
  update_at(kAnna, id, "20240702T090000Z", Draft().summary("Gone"));
  update_at(kAnna, id, "20240703T090000Z", Draft().summary("Kept"));
  const CalendarResult result = update(kAnna, id, Draft().rule("FREQ=DAILY;INTERVAL=2;COUNT=3"));
  EXPECT_EQ(result.deleted.size(), 1U);
  EXPECT_EQ(stored(id).delete_exception_dates, (std::vector{when("20240705T090000Z")}));
  EXPECT_EQ(shown(kAnna, kDay, kWeek), (Names{"20240701T090000Z Daily", "20240703T090000Z Kept"}));
}

TEST_F(WritingDesk, ASeriesWithoutRuleIsASingleEventAgain) {
  const ObjectId id = create(kAnna, daily());
  const ObjectId exception =
      update_at(kAnna, id, "20240702T090000Z", Draft().summary("x")).created[0].event.id;
  update(kAnna, id, Draft().no_rule());
  EXPECT_EQ(shown(kAnna, kDay, kWeek), (Names{"20240701T090000Z Daily"}));
  EXPECT_EQ(stored(exception).id, ObjectId());
  EXPECT_EQ(stored(id).series, ObjectId());
  EXPECT_TRUE(tombstones(home(kAnna)).contains(exception));
}

TEST_F(WritingDesk, AnswersAreAskedForWhenARuleGainsOccurrences) {
  const ObjectId id = create(kAnna, daily(3).with({user(kBerta)}));
  answer(kBerta, id, PartStat::Accepted);
  update(kAnna, id, Draft().rule("FREQ=DAILY;COUNT=2"));
  EXPECT_EQ(answer_of(id, kBerta), PartStat::Accepted);
  update(kAnna, id, Draft().rule("FREQ=DAILY;COUNT=4"));
  EXPECT_EQ(answer_of(id, kBerta), PartStat::NeedsAction);
}

TEST_F(WritingDesk, AttendeesOfASeriesComeToItsExceptionsToo) {
  const ObjectId id = create(kAnna, daily().with({user(kBerta)}));
  const ObjectId exception =
      update_at(kAnna, id, "20240702T090000Z", Draft().summary("x")).created[0].event.id;
  update(kAnna, id, Draft().with({user(kAnna), user(kCarl)}));
  EXPECT_EQ(names_of(stored(exception)), (Names{"Alpha, Anna", "Gamma, Carl"}));
  EXPECT_TRUE(tombstones(home(kBerta)).contains(exception));
  EXPECT_TRUE(tombstones(home(kBerta)).contains(id));
  EXPECT_EQ(shown(kBerta, kDay, kWeek), Names{});
  EXPECT_EQ(shown(kCarl, kDay, "20240703T000000Z"), (Names{"20240701T090000Z Daily", "20240702T090000Z x"}));
}

TEST_F(WritingDesk, ThisAndAllLaterOnesBecomeASeriesOfTheirOwn) {
  const ObjectId id =
      create(kAnna, daily(6).with({user(kBerta)}).without({"20240702T090000Z", "20240705T090000Z"}));
  const ObjectId early =
      update_at(kAnna, id, "20240701T090000Z", Draft().summary("Early")).created[0].event.id;
  const ObjectId late =
      update_at(kAnna, id, "20240704T090000Z", Draft().location("There")).created[0].event.id;
  WriteOptions options;
  options.this_and_future = true;
  const CalendarResult result = update_at(kAnna, id, "20240703T090000Z", Draft().summary("Later"), options);
  ASSERT_EQ(result.created.size(), 1U);
  const EventData earlier = stored(result.created.front().event.id), later = stored(id);
  EXPECT_EQ(earlier.rrule, "FREQ=DAILY;UNTIL=20240703T085959Z");
  EXPECT_EQ(later.rrule, "FREQ=DAILY;COUNT=4");
  EXPECT_NE(earlier.uid, later.uid);
  ASSERT_TRUE(earlier.related_to.has_value());
  EXPECT_EQ(earlier.related_to, later.related_to);
  EXPECT_EQ(stored(early).series, earlier.id);
  EXPECT_EQ(stored(early).uid, earlier.uid);
  EXPECT_EQ(stored(late).series, id);
  const Names all{"20240701T090000Z Early", "20240703T090000Z Later", "20240704T090000Z Later",
                  "20240706T090000Z Later"};
  EXPECT_EQ(shown(kAnna, kDay, kWeek), all);
  EXPECT_EQ(shown(kBerta, kDay, kWeek), all);
}

TEST_F(WritingDesk, ACutInvitesNobodyOnceMore) {
  const ObjectId id = create(kAnna, daily(6).with({user(kAnna), user(kBerta), outsider("x@far.test")}));
  const std::string uid = stored(id).uid;
  Attendee said = answering(outsider("x@far.test"), PartStat::Accepted);
  calendar::update_attendee(as(kAnna), {home(kAnna), id, {}}, said, {}, {});
  update_at(kAnna, id, "20240702T090000Z", Draft().summary("Early"));
  update_at(kAnna, id, "20240704T090000Z", Draft().summary("Late"));
  scheduling.events.clear();
  WriteOptions options;
  options.this_and_future = true;
  const CalendarResult result = update_at(kAnna, id, "20240703T090000Z", Draft().location("There"), options);
  const EventData earlier = stored(result.created.front().event.id), later = stored(id);
  // Elsewhere the series is known by its UID: it ends, and another one goes on.
  EXPECT_EQ(earlier.uid, uid);
  EXPECT_NE(later.uid, uid);
  EXPECT_EQ(exceptions(id).front().uid, later.uid);
  EXPECT_EQ(exceptions(earlier.id).front().uid, uid);
  ASSERT_EQ(scheduling.events.size(), 2U);
  const auto& [ends, goes_on] = std::pair(scheduling.events[0], scheduling.events[1]);
  EXPECT_EQ(ends.event.uid, uid);
  EXPECT_GT(ends.sequence, 0);
  EXPECT_EQ(ends.exceptions.size(), 1U);
  ASSERT_EQ(ends.recipients.size(), 1U);
  EXPECT_EQ(ends.recipients.front().uri, "mailto:x@far.test");
  EXPECT_EQ(goes_on.event.uid, later.uid);
  EXPECT_EQ(goes_on.recipients.size(), 2U);
  for (const auto* told : {&ends, &goes_on}) {
    EXPECT_EQ(told->method, calendar::SchedulingMethod::Request);
    EXPECT_FALSE(told->is_new);
    EXPECT_EQ(told->event.attendees.back().part_stat, PartStat::Accepted);
  }
  // Also where nothing else changes; and who is taken out knows of the later part nothing to be cancelled.
  scheduling.events.clear();
  update_at(kAnna, id, "20240705T090000Z", Draft(), options);
  EXPECT_EQ(scheduling.events.size(), 2U);
  scheduling.events.clear();
  update_at(kAnna, id, "20240706T090000Z", Draft().with({user(kAnna), user(kBerta)}), options);
  ASSERT_EQ(scheduling.events.size(), 1U);
  EXPECT_EQ(scheduling.events.front().recipients.front().uri, "mailto:x@far.test");
  EXPECT_NE(scheduling.events.front().event.uid, stored(id).uid);
}

TEST_F(WritingDesk, ASplitWhereClocksChangeMovesNothing) {
  const ObjectId id =
      create(kAnna, Draft("America/New_York:20241101T090000", "Europe/Berlin:20241101T143000", "Call")
                        .rule("FREQ=DAILY;COUNT=5"));
  const Names before = shown(kAnna, "20241101T000000Z", "20241201T000000Z");
  ASSERT_EQ(before.size(), 5U);
  WriteOptions options;
  options.this_and_future = true;
  const CalendarResult result = update_at(kAnna, id, "20241103T140000Z", Draft().location("Hall"), options);
  EXPECT_EQ(shown(kAnna, "20241101T000000Z", "20241201T000000Z"), before);
  EXPECT_EQ(stored(id).start.zone, "America/New_York");
  EXPECT_EQ(stored(id).end.zone, "Europe/Berlin");
  EXPECT_EQ(stored(id).rrule, "FREQ=DAILY;COUNT=3");
  ASSERT_EQ(result.created.size(), 1U);
  EXPECT_EQ(stored(result.created[0].event.id).rrule, "FREQ=DAILY;UNTIL=20241103T135959Z");
}

TEST_F(WritingDesk, AShiftOfTheEarlierPartBringsNothingBack) {
  const ObjectId id = create(kAnna, daily(6));
  WriteOptions options;
  options.this_and_future = true;
  const ObjectId earlier =
      update_at(kAnna, id, "20240703T090000Z", Draft().summary("Later"), options).created[0].event.id;
  update(kAnna, earlier, Draft().at("20240701T080000Z", "20240701T083000Z"));
  EXPECT_EQ(shown(kAnna, kDay, "20240704T000000Z"),
            (Names{"20240701T080000Z Daily", "20240702T080000Z Daily", "20240703T090000Z Later"}));
}

TEST_F(WritingDesk, TheFirstOccurrenceAndAllLaterOnesAreTheSeries) {
  const ObjectId id = create(kAnna, daily(3));
  WriteOptions options;
  options.this_and_future = true;
  const CalendarResult result = update_at(kAnna, id, "20240701T090000Z", Draft().summary("All"), options);
  EXPECT_TRUE(result.created.empty());
  EXPECT_EQ(shown(kAnna, kDay, kWeek),
            (Names{"20240701T090000Z All", "20240702T090000Z All", "20240703T090000Z All"}));
}

TEST_F(WritingDesk, AttendeesCannotSplitASeries) {
  const ObjectId id = create(kAnna, daily().with({user(kBerta)}));
  WriteOptions options;
  options.this_and_future = true;
  EXPECT_EQ(refusal([&] { update_at(kBerta, id, "20240703T090000Z", Draft().summary("x"), options); }),
            "CAL-4038");
}

TEST_F(WritingDesk, AnswersSpeakOfOccurrencesWhereTheyAreWanted) {
  WriteOptions options;
  options.expand = true;
  const TimeZone utc = TimeZone::utc();
  options.range = calendar::TimeRange{instant_of(when("20240702T000000Z"), utc),
                                      instant_of(when("20240704T000000Z"), utc)};
  const CalendarResult result = try_create(kAnna, daily(), options);
  ASSERT_EQ(result.created.size(), 2U);
  EXPECT_EQ(result.created[0].event.recurrence_id, when("20240702T090000Z"));
  EXPECT_EQ(result.created[1].event.start, when("20240703T090000Z"));
}

TEST_F(WritingDesk, WallTimesStayAcrossTheChangeOfClocks) {
  const ObjectId id =
      create(kAnna, Draft("Europe/Berlin:20241024T090000", "Europe/Berlin:20241024T100000", "Weekly")
                        .rule("FREQ=WEEKLY;COUNT=3"));
  update_at(kAnna, id, "20241031T080000Z", Draft().summary("Winter"));
  EXPECT_EQ(stored(exceptions(id).at(0).id).recurrence_id, when("Europe/Berlin:20241031T090000"));
  update(kAnna, id, Draft().at("Europe/Berlin:20241024T100000", "Europe/Berlin:20241024T110000"));
  EXPECT_EQ(stored(exceptions(id).at(0).id).start, when("Europe/Berlin:20241031T100000"));
}

}  // namespace
}  // namespace gw::test
