#include "writing_desk.hpp"

namespace gw::test {
namespace {

using calendar::Classification;

TEST_F(WritingDesk, WhoCreatesAnEventIsOrganizerAndComes) {
  const ObjectId id = create(kAnna, Draft("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000"));
  const EventData event = get(kAnna, id);
  EXPECT_EQ(event.summary, "Meeting");
  EXPECT_EQ(event.folder, home(kAnna));
  ASSERT_TRUE(event.organizer.has_value());
  EXPECT_EQ(event.organizer->entity, kAnna.value);
  EXPECT_EQ(event.organizer->uri, "mailto:anna@example.test");
  ASSERT_EQ(event.attendees.size(), 1U);
  EXPECT_EQ(event.attendees.front().part_stat, PartStat::Accepted);
  EXPECT_FALSE(event.uid.empty());
  EXPECT_EQ(event.calendar_user, kAnna);
  EXPECT_EQ(event.created_by, kAnna);
}

TEST_F(WritingDesk, AttendeesSeeItInTheirOwnCalendars) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z").with({user(kBerta)}));
  const EventData event = get(kBerta, id);
  EXPECT_EQ(event.folder, home(kBerta));
  EXPECT_EQ(names_of(event), (Names{"Alpha, Anna", "Beta, Berta"}));
  EXPECT_EQ(answer_of(id, kBerta), PartStat::NeedsAction);
  EXPECT_EQ(refusal([&] { get(kCarl, id); }), "CAL-4040");
  ASSERT_EQ(scheduling.events.size(), 1U);
  EXPECT_EQ(scheduling.events.front().method, calendar::SchedulingMethod::Request);
  ASSERT_EQ(scheduling.events.front().recipients.size(), 1U);
  EXPECT_EQ(scheduling.events.front().recipients.front().entity, kBerta.value);
}

TEST_F(WritingDesk, NobodyCanAcceptForSomebodyElse) {
  const ObjectId id = create(kAnna, Draft("20240701T090000Z", "20240701T100000Z")
                                        .with({answering(user(kAnna), PartStat::Tentative),
                                               answering(user(kBerta), PartStat::Accepted)}));
  EXPECT_EQ(answer_of(id, kAnna), PartStat::Tentative);
  EXPECT_EQ(answer_of(id, kBerta), PartStat::NeedsAction);
}

TEST_F(WritingDesk, ADeputyWritesForTheOwnerOfTheFolder) {
  share(home(kAnna), kBerta, kAuthor);
  const ObjectId id =
      create_in(kBerta, home(kAnna), Draft("20240701T090000Z", "20240701T100000Z").with({user(kCarl)}));
  const EventData event = get(kAnna, id);
  EXPECT_EQ(event.organizer->entity, kAnna.value);
  EXPECT_EQ(event.organizer->sent_by_entity, kBerta.value);
  EXPECT_EQ(names_of(event), (Names{"Alpha, Anna", "Gamma, Carl"}));
  EXPECT_EQ(event.created_by, kBerta);
}

TEST_F(WritingDesk, InPublicFoldersTheCreatorOrganizesAndFoldersOfAttendeesDoNotCount) {
  const FolderId folder = public_folder(kAuthor);
  const ObjectId id =
      create_in(kBerta, folder, Draft("20240701T090000Z", "20240701T100000Z").with({user(kCarl)}));
  const EventData event = stored(id);
  EXPECT_EQ(event.folder, folder);
  EXPECT_EQ(event.organizer->entity, kBerta.value);
  for (const Attendee& attendee : event.attendees) EXPECT_EQ(attendee.folder, FolderId());
}

TEST_F(WritingDesk, WhoMayNotCreateIsRefused) {
  EXPECT_EQ(refusal([&] { create_in(kBerta, home(kAnna), Draft("20240701", "20240702")); }), "FLD-0003");
  share(home(kAnna), kBerta, kReadAll);
  EXPECT_EQ(refusal([&] { create_in(kBerta, home(kAnna), Draft("20240701", "20240702")); }), "CAL-4031");
  EXPECT_EQ(refusal([&] { create_in(kAnna, FolderId(6), Draft("20240701", "20240702")); }), "CAL-4060");
}

TEST_F(WritingDesk, TheStartIsMandatoryAndTheEndFollowsFromIt) {
  Draft draft;
  draft.summary("x");
  EXPECT_EQ(refusal([&] { create(kAnna, draft); }), "CAL-4220");
  draft.input.event.start = when("20240701");
  draft.send(EventField::StartDate);
  EXPECT_EQ(stored(create(kAnna, draft)).end, when("20240702"));
}

TEST_F(WritingDesk, AUidBelongsToOneEventOfACalendarUser) {
  create(kAnna, Draft("20240701", "20240702").uid("u1").with({user(kBerta)}));
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").uid("u1")); }), "CAL-4090");
  EXPECT_EQ(refusal([&] { create(kBerta, Draft("20240701", "20240702").uid("u1")); }), "CAL-4090");
  EXPECT_EQ(refusal([&] { create(kCarl, Draft("20240701", "20240702").uid("u1")); }), "");
}

TEST_F(WritingDesk, PrivateEventsAreForOwnCalendars) {
  const FolderId folder = public_folder(kAuthor);
  share(home(kAnna), kBerta, kAuthor);
  const Draft secret = Draft("20240701", "20240702").of_class(Classification::Private);
  EXPECT_EQ(refusal([&] { create(kAnna, secret); }), "");
  EXPECT_EQ(refusal([&] { create_in(kAnna, folder, secret); }), "CAL-4222");
  EXPECT_EQ(refusal([&] { create_in(kBerta, home(kAnna), secret); }), "CAL-4222");
  const ResourceId blue = new_room("blue");
  EXPECT_EQ(refusal([&] { create(kAnna, Draft(secret).with({room(blue)})); }), "CAL-42210");
}

TEST_F(WritingDesk, CopiesOfForeignEventsKnowOnlyTheirCalendarUser) {
  Draft draft("20240701T090000Z", "20240701T100000Z");
  draft.with({outsider("anna@example.test"), outsider("berta@example.test"), outsider("boss@far.test")});
  draft.input.event.organizer.emplace();
  draft.input.event.organizer->uri = "mailto:boss@far.test";
  draft.send(EventField::Organizer);
  const EventData event = stored(create(kAnna, draft));
  EXPECT_EQ(event.organizer->uri, "mailto:boss@far.test");
  EXPECT_NE(calendar::find_attendee(event, kAnna), nullptr);
  EXPECT_EQ(calendar::find_attendee(event, kBerta), nullptr);
  EXPECT_EQ(event.attendees.size(), 3U);
}

TEST_F(WritingDesk, ChangesAreToldToThoseWhoSeeTheFolders) {
  share(home(kAnna), kCarl, kReadAll);
  database.events.events.clear();
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta)}));
  ASSERT_EQ(database.events.events.size(), 2U);
  const model::Event &event = database.events.events[0], &question = database.events.events[1];
  EXPECT_EQ(event.kind, model::ChangeKind::Created);
  EXPECT_EQ(told(event), (std::vector<UserId>{kAnna, kCarl}));
  EXPECT_EQ(told(event, home(kAnna)), (std::vector<UserId>{kAnna, kCarl}));
  // Who is asked for an answer hears that instead.
  EXPECT_EQ(told(question), (std::vector<UserId>{kBerta}));
  EXPECT_EQ(told(question, home(kBerta)), (std::vector<UserId>{kBerta}));
  EXPECT_EQ(question.data, R"({"needsAction":[{"id":")" + std::to_string(id.value) + R"("}]})");
  database.events.events.clear();
  create(kAnna, Draft("20240701", "20240702").of_class(Classification::Private));
  ASSERT_EQ(database.events.events.size(), 1U);
  EXPECT_EQ(told(database.events.events.front()), (std::vector<UserId>{kAnna}));
}

TEST_F(WritingDesk, ARefusedEventLeavesNothing) {
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240702T090000Z", "20240701T090000Z")); }), "CAL-4221");
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").with({user(UserId(99))})); }),
            "CAL-4034");
  EXPECT_TRUE(shown(kAnna, "20240101T000000Z", "20250101T000000Z").empty());
}

TEST_F(WritingDesk, TheContextHoldsAsManyEventsAsItMay) {
  database.settings.limits.events_per_context = 2;
  create(kAnna, Draft("20240701", "20240702"));
  create(kAnna, Draft("20240701", "20240702"));
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702")); }), "QUOTA-0003");
}

}  // namespace
}  // namespace gw::test
