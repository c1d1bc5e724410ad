#include "writing_desk.hpp"

namespace gw::test {
namespace {

Draft weekdays() { return Draft("20240701T090000Z", "20240701T100000Z", "Daily").rule("FREQ=DAILY;COUNT=3"); }

TEST_F(WritingDesk, AnAnswerChangesOnlyItsOwnLine) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta), user(kCarl)}));
  scheduling.events.clear();
  const CalendarResult result = answer(kBerta, id, PartStat::Accepted);
  ASSERT_EQ(result.updated.size(), 1U);
  EXPECT_EQ(answer_of(id, kBerta), PartStat::Accepted);
  EXPECT_EQ(answer_of(id, kCarl), PartStat::NeedsAction);
  EXPECT_EQ(stored(id).sequence, 0);
  ASSERT_EQ(scheduling.events.size(), 1U);
  EXPECT_EQ(scheduling.events.front().method, calendar::SchedulingMethod::Reply);
  EXPECT_EQ(scheduling.events.front().originator.entity, kBerta.value);
}

TEST_F(WritingDesk, CommentsStayUntilTheyAreReplaced) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta)}));
  const auto reply = [&](std::optional<std::string> comment) {
    Attendee line = answering(user(kBerta), PartStat::Tentative);
    line.comment = std::move(comment);
    calendar::update_attendee(as(kBerta), {home(kBerta), id, {}}, line, {}, {});
    const EventData event = stored(id);
    return calendar::find_attendee(event, kBerta)->comment;
  };
  EXPECT_EQ(reply("later"), "later");
  EXPECT_EQ(reply(std::nullopt), "later");
  EXPECT_EQ(reply(""), std::nullopt);
}

TEST_F(WritingDesk, NobodyAnswersForOthers) {
  const ObjectId id =
      create(kAnna, Draft("20240701", "20240702").with({user(kBerta), outsider("x@far.test")}));
  const auto reply = [&](UserId writer, const Attendee& line) {
    return refusal([&] { calendar::update_attendee(as(writer), {home(writer), id, {}}, line, {}, {}); });
  };
  EXPECT_EQ(reply(kBerta, answering(user(kAnna), PartStat::Declined)), "CAL-4033");
  EXPECT_EQ(reply(kBerta, answering(outsider("x@far.test"), PartStat::Declined)), "CAL-4033");
  // For people outside their answer comes through the organizer.
  EXPECT_EQ(reply(kAnna, answering(outsider("x@far.test"), PartStat::Declined)), "");
  EXPECT_EQ(reply(kAnna, answering(outsider("y@far.test"), PartStat::Declined)), "CAL-4043");
  EXPECT_EQ(reply(kCarl, answering(user(kCarl), PartStat::Accepted)), "CAL-4040");
}

TEST_F(WritingDesk, ADeputyAnswersForTheOwner) {
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta)}));
  share(home(kBerta), kCarl, kReadAll);
  const auto reply = [&] {
    calendar::update_attendee(as(kCarl), {home(kBerta), id, {}}, answering(Attendee{}, PartStat::Accepted),
                              {}, {});
  };
  EXPECT_EQ(refusal(reply), "CAL-4031");
  const sql::Lease lease = database.pool->acquire();
  lease->execute("UPDATE folder_permissions SET bits=? WHERE cid=? AND folder=? AND entity=?",
                 model::to_bits(kAuthor), kContext, home(kBerta), kCarl);
  lease->execute("UPDATE context_sequence SET folder_stamp=folder_stamp+1 WHERE cid=?", kContext);
  EXPECT_EQ(refusal(reply), "");
  EXPECT_EQ(answer_of(id, kBerta), PartStat::Accepted);
}

TEST_F(WritingDesk, WhoDoesNotSeeThePublicFolderAnswersAllTheSame) {
  const FolderId folder =
      make_folder(model::folders::FolderType::Public, kAdmin, false, kAnna.value, kAuthor);
  const ObjectId id = create_in(kAnna, folder, Draft("20240701", "20240702").with({user(kBerta)}));
  calendar::update_attendee(as(kBerta), {folder, id, {}}, answering(Attendee{}, PartStat::Accepted), {}, {});
  EXPECT_EQ(answer_of(id, kBerta), PartStat::Accepted);
  EXPECT_EQ(refusal([&] { update_in(kBerta, {folder, id, {}}, Draft().summary("x")); }), "CAL-4031");
  EXPECT_EQ(refusal([&] { update_in(kCarl, {folder, id, {}}, Draft().summary("x")); }), "FLD-0003");
}

TEST_F(WritingDesk, AnAnswerToOneOccurrenceMakesAnException) {
  const ObjectId id = create(kAnna, weekdays().with({user(kBerta)}));
  const CalendarResult result = answer(kBerta, id, PartStat::Accepted, "20240702T090000Z");
  ASSERT_EQ(result.created.size(), 1U);
  ASSERT_EQ(result.updated.size(), 1U);
  EXPECT_EQ(answer_of(id, kBerta), PartStat::NeedsAction);
  EXPECT_EQ(answer_of(result.created.front().event.id, kBerta), PartStat::Accepted);
  // The same answer again is none.
  EXPECT_TRUE(answer(kBerta, id, PartStat::NeedsAction, "20240703T090000Z").created.empty());
}

TEST_F(WritingDesk, AnAnswerToTheSeriesGoesToItsExceptions) {
  const ObjectId id = create(kAnna, weekdays().with({user(kBerta)}));
  const ObjectId same = update_at(kAnna, id, "20240701T090000Z", Draft().summary("x")).created[0].event.id;
  const ObjectId moved =
      update_at(kAnna, id, "20240702T090000Z", Draft().at("20240702T120000Z", "20240702T130000Z"))
          .created[0]
          .event.id;
  answer(kBerta, id, PartStat::Declined, "20240703T090000Z");
  answer(kBerta, id, PartStat::Accepted);
  EXPECT_EQ(answer_of(id, kBerta), PartStat::Accepted);
  EXPECT_EQ(answer_of(same, kBerta), PartStat::Accepted);
  EXPECT_EQ(answer_of(moved, kBerta), PartStat::NeedsAction);
  EXPECT_EQ(answer_of(exceptions(id).at(2).id, kBerta), PartStat::Declined);
}

TEST_F(WritingDesk, AlarmsMayComeWithTheAnswer) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z").with({user(kBerta)}));
  calendar::update_attendee(as(kBerta), {home(kBerta), id, {}}, answering(Attendee{}, PartStat::Accepted),
                            std::vector{minutes_before(10)}, {});
  EXPECT_EQ(due(kBerta), (Names{"20240701T085000Z"}));
  EXPECT_EQ(due(kAnna), Names{});
  answer(kBerta, id, PartStat::Declined);
  EXPECT_EQ(due(kBerta), Names{});
}

}  // namespace
}  // namespace gw::test
