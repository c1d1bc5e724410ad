#include "model/calendar/event_remover.hpp"
#include "writing_desk.hpp"

namespace gw::test {
namespace {

Draft three_days() {
  return Draft("20240701T090000Z", "20240701T100000Z", "Daily").rule("FREQ=DAILY;COUNT=3");
}
constexpr std::string_view kFirst = "20240701T000000Z", kLast = "20240801T000000Z";

TEST_F(WritingDesk, TheOrganizerCancelsForEverybody) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta)}));
  scheduling.events.clear();
  const auto outcomes = calendar::remove(as(kAnna), std::array{EventRef{home(kAnna), id, {}}}, {});
  EXPECT_FALSE(outcomes.front().error.has_value());
  ASSERT_EQ(outcomes.front().result.deleted.size(), 1U);
  EXPECT_EQ(stored(id).id, ObjectId());
  EXPECT_TRUE(tombstones(home(kAnna)).contains(id));
  EXPECT_TRUE(tombstones(home(kBerta)).contains(id));
  ASSERT_EQ(scheduling.events.size(), 1U);
  EXPECT_EQ(scheduling.events.front().method, calendar::SchedulingMethod::Cancel);
}

TEST_F(WritingDesk, AnAttendeeDeclinesAndHidesUntilItIsRescheduled) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z").with({user(kBerta)}));
  EXPECT_EQ(remove(kBerta, id), "");
  EXPECT_EQ(answer_of(id, kBerta), PartStat::Declined);
  EXPECT_EQ(shown(kBerta, kFirst, kLast), Names{});
  EXPECT_EQ(shown(kAnna, kFirst, kLast).size(), 1U);
  EXPECT_TRUE(tombstones(home(kBerta)).contains(id));
  EXPECT_EQ(remove(kBerta, id), "CAL-4040");
  update(kAnna, id, Draft().at("20240702T090000Z", "20240702T100000Z"));
  EXPECT_EQ(shown(kBerta, kFirst, kLast).size(), 1U);
  EXPECT_EQ(answer_of(id, kBerta), PartStat::NeedsAction);
  EXPECT_FALSE(tombstones(home(kBerta)).contains(id));
}

TEST_F(WritingDesk, ASeriesIsNewForWhomAnOccurrenceGoesAndComesBack) {
  const ObjectId id = create(kAnna, three_days().with({user(kBerta)}));
  const ObjectId exception =
      update_at(kAnna, id, "20240702T090000Z", Draft().at("20240710T090000Z", "20240710T100000Z"))
          .created[0]
          .event.id;
  Millis stamp = stored(id).timestamp;
  EXPECT_EQ(remove(kBerta, exception), "");
  EXPECT_GT(stored(id).timestamp, stamp);
  stamp = stored(id).timestamp;
  update(kAnna, exception, Draft().at("20240711T090000Z", "20240711T100000Z"));
  EXPECT_EQ(answer_of(exception, kBerta), PartStat::NeedsAction);
  EXPECT_GT(stored(id).timestamp, stamp);
  stamp = stored(id).timestamp;
  Draft renamed;
  renamed.summary("Other");
  update(kAnna, exception, renamed);
  EXPECT_EQ(stored(id).timestamp, stamp);
}

TEST_F(WritingDesk, EachIsRefusedAlone) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702"));
  const std::array refs{EventRef{home(kAnna), ObjectId(9'999), {}}, EventRef{home(kAnna), id, {}}};
  const auto outcomes = calendar::remove(as(kAnna), refs, {});
  ASSERT_TRUE(outcomes[0].error.has_value());
  EXPECT_EQ(format_code(outcomes[0].error->code()), "CAL-4040");
  EXPECT_FALSE(outcomes[1].error.has_value());
  EXPECT_EQ(stored(id).id, ObjectId());
}

TEST_F(WritingDesk, DeletingNeedsTheRightAndTheNewestState) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702"));
  const EventRef ref{home(kAnna), id, {}};
  share(home(kAnna), kBerta, {2, 2, 2, 0, false});
  EXPECT_EQ(remove_ref(kBerta, ref), "CAL-4032");
  WriteOptions options;
  options.known = {stored(id).timestamp.value - 1};
  EXPECT_EQ(remove_ref(kAnna, ref, options), "CAL-4120");
  EXPECT_EQ(remove_ref(kAnna, ref), "");
}

TEST_F(WritingDesk, AnOccurrenceIsTakenOutOfItsSeries) {
  const ObjectId id = create(kAnna, three_days().with({user(kBerta)}));
  EXPECT_EQ(remove(kAnna, id, "20240702T090000Z"), "");
  EXPECT_EQ(stored(id).delete_exception_dates, (std::vector{when("20240702T090000Z")}));
  EXPECT_EQ(shown(kBerta, kFirst, kLast), (Names{"20240701T090000Z Daily", "20240703T090000Z Daily"}));
  EXPECT_EQ(remove(kAnna, id, "20240702T090000Z"), "CAL-4042");
}

TEST_F(WritingDesk, AnExceptionGoesWithItsDate) {
  const ObjectId id = create(kAnna, three_days());
  const ObjectId exception =
      update_at(kAnna, id, "20240702T090000Z", Draft().at("20240710T090000Z", "20240710T100000Z"))
          .created[0]
          .event.id;
  EXPECT_EQ(remove(kAnna, exception), "");
  EXPECT_EQ(shown(kAnna, kFirst, kLast), (Names{"20240701T090000Z Daily", "20240703T090000Z Daily"}));
  EXPECT_TRUE(tombstones(home(kAnna)).contains(exception));
}

TEST_F(WritingDesk, WithItsLastOccurrenceASeriesIsGone) {
  const ObjectId id = create(kAnna, three_days());
  EXPECT_EQ(remove(kAnna, id, "20240701T090000Z"), "");
  EXPECT_EQ(remove(kAnna, id, "20240702T090000Z"), "");
  EXPECT_EQ(remove(kAnna, id, "20240703T090000Z"), "");
  EXPECT_EQ(stored(id).id, ObjectId());
}

TEST_F(WritingDesk, AnAttendeeLosesOneDateTheOthersKeepIt) {
  const ObjectId id = create(kAnna, three_days().with({user(kBerta)}));
  EXPECT_EQ(remove(kBerta, id, "20240702T090000Z"), "");
  EXPECT_EQ(shown(kBerta, kFirst, kLast), (Names{"20240701T090000Z Daily", "20240703T090000Z Daily"}));
  EXPECT_EQ(shown(kAnna, kFirst, kLast).size(), 3U);
  EXPECT_EQ(get(kBerta, id).delete_exception_dates, (std::vector{when("20240702T090000Z")}));
  EXPECT_EQ(remove(kBerta, id, "20240702T090000Z"), "CAL-4042");
  EXPECT_EQ(answer_of(exceptions(id).at(0).id, kBerta), PartStat::Declined);
}

TEST_F(WritingDesk, AnAttendeeWhoDeletesTheSeriesDeletesItsExceptionsForHimself) {
  const ObjectId id = create(kAnna, three_days().with({user(kBerta)}));
  const ObjectId exception =
      update_at(kAnna, id, "20240702T090000Z", Draft().summary("x")).created[0].event.id;
  EXPECT_EQ(remove(kBerta, id), "");
  EXPECT_EQ(shown(kBerta, kFirst, kLast), Names{});
  EXPECT_EQ(answer_of(exception, kBerta), PartStat::Declined);
  EXPECT_EQ(tombstones(home(kBerta)), (std::set<ObjectId>{id, exception}));
}

TEST_F(WritingDesk, ThisAndAllLaterOnesAreCutOff) {
  const ObjectId id = create(kAnna, three_days());
  const ObjectId exception =
      update_at(kAnna, id, "20240703T090000Z", Draft().summary("x")).created[0].event.id;
  WriteOptions options;
  options.this_and_future = true;
  EXPECT_EQ(remove(kAnna, id, "20240702T090000Z", options), "");
  EXPECT_EQ(shown(kAnna, kFirst, kLast), (Names{"20240701T090000Z Daily"}));
  EXPECT_EQ(stored(exception).id, ObjectId());
  EXPECT_EQ(remove(kAnna, id, "20240701T090000Z", options), "");
  EXPECT_EQ(stored(id).id, ObjectId());
}

TEST_F(WritingDesk, PrivilegesToModifyAreNoneToCancel) {
  Draft draft("20240701", "20240702");
  draft.with({user(kBerta)}).input.event.attendees_may_modify = true;
  const ObjectId id = create(kAnna, draft.send(EventField::AttendeePrivileges));
  EXPECT_EQ(remove(kBerta, id), "");
  EXPECT_EQ(stored(id).id, id);
}

TEST_F(WritingDesk, ACalendarThatGoesCancelsItsOwnAndLeavesTheOthers) {
  const FolderId folder = second_folder(kBerta);
  const ObjectId own = create_in(kBerta, folder, three_days().with({user(kCarl)}));
  update_in(kBerta, {folder, own, when("20240702T090000Z")}, Draft().summary("x"));
  const ObjectId invited = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z").with({user(kBerta)}));
  calendar::move(as(kBerta), {home(kBerta), invited, {}}, folder, {});
  as(kBerta).write(
      [&](model::Transaction& transaction) { calendar::remove_folder_events(transaction, folder); });
  EXPECT_EQ(stored(own).id, ObjectId());
  EXPECT_TRUE(exceptions(own).empty());
  EXPECT_EQ(answer_of(invited, kBerta), PartStat::Declined);
  update(kAnna, invited, Draft().at("20240705T090000Z", "20240705T100000Z"));
  EXPECT_EQ(shown(kBerta, kFirst, kLast), (Names{"20240705T090000Z Meeting"}));
}

}  // namespace
}  // namespace gw::test
