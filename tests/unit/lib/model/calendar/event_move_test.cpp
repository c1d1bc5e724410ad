#include "writing_desk.hpp"

namespace gw::test {
namespace {

using calendar::Classification;

class MovingDesk : public WritingDesk {
 protected:
  std::string move(UserId writer, FolderId from, ObjectId event, FolderId to) {
    return refusal([&] { last = calendar::move(as(writer), {from, event, {}}, to, {}); });
  }
  std::string hand_over(UserId writer, ObjectId event, UserId to, const WriteOptions& options = {},
                        std::optional<std::string_view> at = {}) {
    const EventRef ref{home(writer), event, at ? std::optional(when(*at)) : std::nullopt};
    return refusal([&] { last = calendar::change_organizer(as(writer), ref, user(to), options); });
  }
  CalendarResult last;
};

TEST_F(MovingDesk, BetweenOwnCalendarsOnlyTheOwnFolderChanges) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta)}));
  const FolderId other = second_folder(kAnna);
  database.events.events.clear();
  EXPECT_EQ(move(kAnna, home(kAnna), id, other), "");
  ASSERT_EQ(last.created.size(), 1U);
  EXPECT_EQ(last.created.front().event.folder, other);
  ASSERT_EQ(last.deleted.size(), 1U);
  EXPECT_EQ(last.deleted.front().folder, home(kAnna));
  EXPECT_EQ(get(kBerta, id).folder, home(kBerta));
  EXPECT_TRUE(tombstones(home(kAnna)).contains(id));
  EXPECT_FALSE(tombstones(home(kBerta)).contains(id));
  ASSERT_EQ(database.events.events.size(), 1U);
  EXPECT_EQ(database.events.events.front().kind, model::ChangeKind::Moved);
  EXPECT_EQ(database.events.events.front().source_folder, home(kAnna));
  EXPECT_EQ(move(kAnna, other, id, home(kAnna)), "");
  EXPECT_FALSE(tombstones(home(kAnna)).contains(id));
}

TEST_F(MovingDesk, AttendeesMoveOnlyTheirOwnView) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta)}));
  const FolderId other = second_folder(kBerta);
  EXPECT_EQ(move(kBerta, home(kBerta), id, other), "");
  EXPECT_EQ(get(kAnna, id).folder, home(kAnna));
  EXPECT_EQ(move(kBerta, other, id, public_folder(kAuthor)), "CAL-4038");
}

TEST_F(MovingDesk, ToAPublicFolderItIsThereForEverybodyAndBack) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta)}));
  const FolderId open = public_folder(kAuthor);
  EXPECT_EQ(move(kAnna, home(kAnna), id, open), "");
  EXPECT_EQ(stored(id).folder, open);
  EXPECT_TRUE(tombstones(home(kBerta)).contains(id));
  const FolderId other = second_folder(kAnna);
  EXPECT_EQ(move(kAnna, open, id, other), "");
  EXPECT_EQ(stored(id).folder, FolderId());
  const EventData event = stored(id);
  EXPECT_EQ(calendar::find_attendee(event, kAnna)->folder, other);
  EXPECT_EQ(calendar::find_attendee(event, kBerta)->folder, home(kBerta));
  EXPECT_TRUE(tombstones(open).contains(id));
  EXPECT_FALSE(tombstones(home(kBerta)).contains(id));
}

TEST_F(MovingDesk, ToSomebodyElseGoesOnlyWhatHasNoOtherAttendees) {
  share(home(kBerta), kAnna, kAuthor);
  const ObjectId alone = create(kAnna, Draft("20240701", "20240702"));
  const ObjectId meeting = create(kAnna, Draft("20240701", "20240702").with({user(kCarl)}));
  EXPECT_EQ(move(kAnna, home(kAnna), meeting, home(kBerta)), "CAL-4035");
  EXPECT_EQ(move(kAnna, home(kAnna), alone, home(kBerta)), "");
  const EventData event = stored(alone);
  EXPECT_EQ(event.calendar_user, kBerta);
  EXPECT_EQ(event.organizer->entity, kBerta.value);
  EXPECT_EQ(event.organizer->sent_by_entity, kAnna.value);
  EXPECT_EQ(names_of(event), (Names{"Beta, Berta"}));
  EXPECT_TRUE(tombstones(home(kAnna)).contains(alone));
}

TEST_F(MovingDesk, SeriesExceptionsAndPrivateEventsStay) {
  const FolderId other = second_folder(kAnna), open = public_folder(kAuthor);
  const ObjectId series = create(kAnna, Draft("20240701", "20240702").rule("FREQ=DAILY;COUNT=3"));
  const ObjectId exception = update_at(kAnna, series, "20240702", Draft().summary("x")).created[0].event.id;
  EXPECT_EQ(move(kAnna, home(kAnna), series, other), "CAL-4224");
  EXPECT_EQ(move(kAnna, home(kAnna), exception, other), "CAL-4225");
  const ObjectId secret = create(kAnna, Draft("20240701", "20240702").of_class(Classification::Private));
  EXPECT_EQ(move(kAnna, home(kAnna), secret, open), "CAL-4226");
  EXPECT_EQ(move(kAnna, home(kAnna), secret, other), "");
}

TEST_F(MovingDesk, MovingNeedsRightsHereAndThere) {
  const FolderId closed = public_folder(kReadAll), no_delete = public_folder({2, 2, 2, 0, false});
  const ObjectId id = create(kAnna, Draft("20240701", "20240702"));
  EXPECT_EQ(move(kAnna, home(kAnna), id, closed), "CAL-4031");
  EXPECT_EQ(move(kAnna, home(kAnna), id, no_delete), "");
  EXPECT_EQ(move(kAnna, no_delete, id, home(kAnna)), "CAL-4032");
}

TEST_F(MovingDesk, OrganizersHandOverWhereItIsAllowed) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta)}));
  EXPECT_EQ(hand_over(kAnna, id, kBerta), "CAL-4035");
  database.settings.calendar.organizer_changes = true;
  EXPECT_EQ(hand_over(kBerta, id, kBerta), "CAL-4038");
  EXPECT_EQ(hand_over(kAnna, id, UserId(99)), "CAL-4034");
  EXPECT_EQ(hand_over(kAnna, id, kCarl), "");
  const EventData event = stored(id);
  EXPECT_EQ(event.organizer->entity, kCarl.value);
  EXPECT_EQ(event.sequence, 1);
  EXPECT_EQ(names_of(event), (Names{"Alpha, Anna", "Beta, Berta", "Gamma, Carl"}));
  EXPECT_EQ(refusal([&] { update(kAnna, id, Draft().summary("x")); }), "CAL-4038");
  EXPECT_EQ(refusal([&] { update(kCarl, id, Draft().summary("x")); }), "");
}

TEST_F(MovingDesk, WithOutsidersNothingIsHandedOver) {
  database.settings.calendar.organizer_changes = true;
  const ObjectId id =
      create(kAnna, Draft("20240701", "20240702").with({user(kBerta), outsider("x@far.test")}));
  EXPECT_EQ(hand_over(kAnna, id, kBerta), "CAL-4035");
}

TEST_F(MovingDesk, ASeriesIsHandedOverWholeOrFromADayOn) {
  database.settings.calendar.organizer_changes = true;
  const ObjectId id = create(
      kAnna,
      Draft("20240701T090000Z", "20240701T100000Z", "x").rule("FREQ=DAILY;COUNT=4").with({user(kBerta)}));
  update_at(kAnna, id, "20240704T090000Z", Draft().summary("y"));
  EXPECT_EQ(hand_over(kAnna, id, kBerta, {}, "20240702T090000Z"), "CAL-40310");
  WriteOptions options;
  options.this_and_future = true;
  EXPECT_EQ(hand_over(kAnna, id, kBerta, options, "20240703T090000Z"), "");
  ASSERT_EQ(last.created.size(), 1U);
  EXPECT_EQ(stored(last.created.front().event.id).organizer->entity, kAnna.value);
  EXPECT_EQ(stored(id).organizer->entity, kBerta.value);
  EXPECT_EQ(exceptions(id).at(0).organizer->entity, kBerta.value);
  EXPECT_EQ(shown(kAnna, "20240701T000000Z", "20240708T000000Z").size(), 4U);
}

}  // namespace
}  // namespace gw::test
