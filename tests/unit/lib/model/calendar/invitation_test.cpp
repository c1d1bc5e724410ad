#include "model/calendar/invitation.hpp"

#include "model/calendar/calendar_people.hpp"
#include "writing_desk.hpp"

namespace gw::test {
namespace {

using calendar::Invitation;
using calendar::InvitationPart;

class InvitationDesk : public WritingDesk {
 protected:
  /// What boss@far.test writes to Anna.
  static InvitationPart part(Draft draft, std::int64_t sequence, std::int64_t stamp,
                             const std::optional<std::string>& occurrence = {}) {
    EventInput& input = draft.input;
    input.event.organizer.emplace().uri = "mailto:boss@far.test";
    input.event.sequence = sequence;
    input.sent.set(EventField::Organizer);
    input.sent.set(EventField::Sequence);
    if (input.event.attendees.empty())
      draft.with({answering(outsider("boss@far.test"), PartStat::Accepted), outsider("anna@example.test"),
                  outsider("berta@example.test")});
    if (occurrence) input.event.recurrence_id = when(*occurrence);
    return {input, {stamp}, ""};
  }
  static Invitation whole(const InvitationPart& main, std::vector<InvitationPart> occurrences = {}) {
    return {"foreign-1", main, std::move(occurrences)};
  }
  EventData copy_of(UserId user, std::optional<std::string_view> occurrence = {}) {
    const auto found = calendar::find_invitation(
        as(user), "foreign-1", occurrence ? std::optional(when(*occurrence)) : std::nullopt);
    return found ? found->event : EventData{};
  }
  /// What an attendee answers to an event of ours.
  Invitation answer_from(ObjectId event, const std::string& address, PartStat part_stat, std::int64_t stamp,
                         const std::optional<std::string>& occurrence = {}) {
    Draft draft;
    draft.with({answering(outsider(address), part_stat)});
    InvitationPart answer{draft.input, {stamp}, "see you"};
    answer.input.event.sequence = stored(event).sequence;
    answer.input.sent.set(EventField::Sequence);
    if (occurrence) answer.input.event.recurrence_id = when(*occurrence);
    Invitation invitation{stored(event).uid, {}, {}};
    if (occurrence)
      invitation.occurrences.push_back(answer);
    else
      invitation.main = answer;
    return invitation;
  }
  template <class Act>
  static std::string refused(Act act) {
    try {
      act();
      return "";
    } catch (const ApiError& error) {
      return format_code(error.code());
    }
  }
  std::size_t replies() {
    return static_cast<std::size_t>(
        std::count_if(scheduling.events.begin(), scheduling.events.end(),
                      [](const auto& each) { return each.method == calendar::SchedulingMethod::Reply; }));
  }
};

TEST_F(InvitationDesk, EachUserHasACopyOfHisOwn) {
  const Invitation first = whole(part(Draft("20240701T090000Z", "20240701T100000Z", "Review"), 0, 1'000'000));
  calendar::take_request(as(kAnna), first, {}, {});
  calendar::take_request(as(kBerta), first, PartStat::Accepted, {});
  EventData annas = copy_of(kAnna);
  EXPECT_NE(annas.id, copy_of(kBerta).id);
  EXPECT_EQ(annas.organizer->entity, 0);
  EXPECT_EQ(answer_of(annas.id, kAnna), PartStat::NeedsAction);
  EXPECT_EQ(calendar::find_attendee(annas, kBerta), nullptr);  // others are addresses
  EXPECT_EQ(annas.attendees.size(), 3U);
  EXPECT_EQ(shown(kAnna, "20240701T000000Z", "20240702T000000Z"), (Names{"20240701T090000Z Review"}));
  ASSERT_EQ(replies(), 1U);
  EXPECT_EQ(scheduling.events.back().recipients.front().uri, "mailto:boss@far.test");
  // The same once more is nothing, something older is refused.
  scheduling.events.clear();
  EXPECT_TRUE(calendar::take_request(as(kAnna), first, {}, {}).created.empty());
  const auto second = part(Draft("20240701T090000Z", "20240701T100000Z", "New name"), 0, 2'000'000);
  calendar::take_request(as(kAnna), whole(second), {}, {});
  EXPECT_EQ(copy_of(kAnna).summary, "New name");
  EXPECT_EQ(refused([&] { calendar::take_request(as(kAnna), first, {}, {}); }), "CAL-4121");
  // An answer stands while the time does.
  calendar::take_request(as(kAnna), whole(second), PartStat::Accepted, {});
  EXPECT_EQ(replies(), 1U);
  calendar::take_request(
      as(kAnna), whole(part(Draft("20240701T090000Z", "20240701T093000Z", "Short"), 1, 3'000'000)), {}, {});
  EXPECT_EQ(answer_of(copy_of(kAnna).id, kAnna), PartStat::Accepted);
  calendar::take_request(
      as(kAnna), whole(part(Draft("20240702T090000Z", "20240702T100000Z", "Moved"), 2, 4'000'000)), {}, {});
  EXPECT_EQ(answer_of(copy_of(kAnna).id, kAnna), PartStat::NeedsAction);
  EXPECT_EQ(answer_of(copy_of(kBerta).id, kBerta), PartStat::Accepted);
  // Cancelled: it stays and says so, until its user removes it.
  const auto cancel = whole(part(Draft("20240702T090000Z", "20240702T100000Z", "Moved"), 3, 5'000'000));
  calendar::take_cancel(as(kAnna), cancel, false);
  EXPECT_EQ(copy_of(kAnna).status, calendar::EventStatus::Cancelled);
  EXPECT_TRUE(copy_of(kAnna).is_transparent);
  EXPECT_EQ(refused([&] { calendar::take_cancel(as(kAnna), first, true); }), "CAL-4121");
  scheduling.events.clear();
  calendar::take_cancel(as(kAnna), cancel, true);
  EXPECT_FALSE(copy_of(kAnna).id);
  EXPECT_TRUE(scheduling.events.empty());
}

TEST_F(InvitationDesk, SeriesAndTheirOccurrencesAreKeptTogether) {
  const auto series =
      part(Draft("20240701T090000Z", "20240701T100000Z", "Daily").rule("FREQ=DAILY;COUNT=4"), 0, 1'000'000);
  const auto moved =
      part(Draft("20240702T150000Z", "20240702T160000Z", "Later"), 0, 1'000'000, "20240702T090000Z");
  calendar::take_request(as(kAnna), whole(series, {moved}), {}, {});
  const auto july = [&] { return shown(kAnna, "20240701T000000Z", "20240801T000000Z"); };
  EXPECT_EQ(july(), (Names{"20240701T090000Z Daily", "20240702T150000Z Later", "20240703T090000Z Daily",
                           "20240704T090000Z Daily"}));
  calendar::take_cancel(
      as(kAnna),
      {"foreign-1",
       {},
       {part(Draft("20240703T090000Z", "20240703T100000Z"), 1, 2'000'000, "20240703T090000Z")}},
      true);
  EXPECT_EQ(july().size(), 3U);
  calendar::take_cancel(
      as(kAnna),
      {"foreign-1",
       {},
       {part(Draft("20240704T090000Z", "20240704T100000Z"), 1, 2'000'000, "20240704T090000Z")}},
      false);
  ASSERT_EQ(exceptions(copy_of(kAnna).id).size(), 2U);
  EXPECT_EQ(exceptions(copy_of(kAnna).id).back().status, calendar::EventStatus::Cancelled);
  // An answer to one occurrence.
  calendar::take_request(
      as(kAnna),
      {"foreign-1",
       {},
       {part(Draft("20240701T110000Z", "20240701T120000Z", "Moved"), 1, 3'000'000, "20240701T090000Z")}},
      PartStat::Declined, {});
  EXPECT_EQ(answer_of(copy_of(kAnna).id, kAnna), PartStat::NeedsAction);
  EXPECT_EQ(answer_of(exceptions(copy_of(kAnna).id).front().id, kAnna), PartStat::Declined);
  EXPECT_EQ(scheduling.events.back().method, calendar::SchedulingMethod::Reply);
  EXPECT_EQ(scheduling.events.back().event.recurrence_id, when("20240701T090000Z"));
}

TEST_F(InvitationDesk, WhoIsInvitedToSingleOccurrencesHasThem) {
  const auto one =
      part(Draft("20240702T090000Z", "20240702T100000Z", "One"), 0, 1'000'000, "20240702T090000Z");
  const auto other =
      part(Draft("20240709T090000Z", "20240709T100000Z", "Other"), 0, 1'000'000, "20240709T090000Z");
  calendar::take_request(as(kAnna), {"foreign-1", {}, {one}}, {}, {});
  calendar::take_request(as(kAnna), {"foreign-1", {}, {other}}, PartStat::Accepted, {});
  EXPECT_EQ(shown(kAnna, "20240701T000000Z", "20240801T000000Z"),
            (Names{"20240702T090000Z One", "20240709T090000Z Other"}));
  EXPECT_EQ(calendar::occurrence_of(copy_of(kAnna, "20240709T090000Z")), "20240709T090000Z");
  calendar::take_cancel(as(kAnna), {"foreign-1", {}, {one}}, true);
  EXPECT_EQ(shown(kAnna, "20240701T000000Z", "20240801T000000Z"), (Names{"20240709T090000Z Other"}));
  // The whole series takes their place.
  calendar::take_request(
      as(kAnna),
      whole(part(Draft("20240702T090000Z", "20240702T100000Z", "All").rule("FREQ=WEEKLY;COUNT=2"), 1,
                 2'000'000)),
      {}, {});
  EXPECT_EQ(shown(kAnna, "20240701T000000Z", "20240801T000000Z"),
            (Names{"20240702T090000Z All", "20240709T090000Z All"}));
}

TEST_F(InvitationDesk, AMessageNamesNoRoomsOfOurs) {
  const ResourceId room_id = new_room("room");
  const std::string urn = calendar::entity_uri(kContext, calendar::CuType::Resource, room_id.value);
  Attendee crafted;
  crafted.uri = urn;
  crafted.cu_type = calendar::CuType::Room;
  Draft draft("20240701T090000Z", "20240701T100000Z");
  draft.with({outsider("anna@example.test"), crafted});
  calendar::take_request(as(kAnna), whole(part(draft, 0, 1'000'000)), {}, {});
  EXPECT_EQ(copy_of(kAnna).attendees.size(), 1U);
}

TEST_F(InvitationDesk, AnswersFromElsewhereReachTheEvent) {
  Draft draft("20240701T090000Z", "20240701T100000Z", "Daily");
  draft.rule("FREQ=DAILY;COUNT=3").with({user(kAnna), user(kBerta), outsider("x@far.test")});
  const ObjectId event = create(kAnna, draft);
  scheduling.events.clear();
  calendar::take_reply(as(kAnna), answer_from(event, "X@far.test", PartStat::Accepted, 2'000'000), false);
  const auto line = [&](ObjectId id) {
    const EventData found = stored(id);
    for (const Attendee& each : found.attendees)
      if (each.uri == "mailto:x@far.test") return each;
    return Attendee{};
  };
  EXPECT_EQ(line(event).part_stat, PartStat::Accepted);
  EXPECT_EQ(line(event).comment, "see you");
  EXPECT_TRUE(scheduling.events.empty());
  // Mails overtake each other.
  const auto older = answer_from(event, "x@far.test", PartStat::Declined, 1'000'000);
  EXPECT_EQ(refused([&] { calendar::take_reply(as(kAnna), older, false); }), "CAL-4121");
  auto outdated = answer_from(event, "x@far.test", PartStat::Declined, 3'000'000);
  outdated.main->input.event.sequence = -1;
  EXPECT_EQ(refused([&] { calendar::take_reply(as(kAnna), outdated, false); }), "CAL-4121");
  calendar::take_reply(
      as(kAnna), answer_from(event, "x@far.test", PartStat::Declined, 3'000'000, "20240702T090000Z"), false);
  ASSERT_EQ(exceptions(event).size(), 1U);
  EXPECT_EQ(line(exceptions(event).front().id).part_stat, PartStat::Declined);
  EXPECT_EQ(line(event).part_stat, PartStat::Accepted);
  // Somebody who was not invited.
  const auto crasher = answer_from(event, "y@far.test", PartStat::Accepted, 4'000'000);
  EXPECT_EQ(refused([&] { calendar::take_reply(as(kAnna), crasher, false); }), "CAL-4043");
  calendar::take_reply(as(kAnna), crasher, true);
  EXPECT_EQ(stored(event).attendees.size(), 4U);
  EXPECT_FALSE(scheduling.events.empty());
  // Nobody answers for what others organize.
  EXPECT_EQ(refused([&] { calendar::take_reply(as(kBerta), crasher, true); }), "CAL-4040");
}

TEST_F(InvitationDesk, WhoAsksIsTold) {
  Draft draft("20240701T090000Z", "20240701T100000Z", "Meeting");
  const ObjectId event = create(kAnna, draft.with({user(kAnna), outsider("x@far.test")}));
  scheduling.events.clear();
  calendar::CalendarUser asks;
  asks.uri = "mailto:x@far.test";
  calendar::resend(as(kAnna), stored(event).uid, asks);
  ASSERT_EQ(scheduling.events.size(), 1U);
  EXPECT_EQ(scheduling.events.front().method, calendar::SchedulingMethod::Request);
  asks.uri = "mailto:z@far.test";
  EXPECT_EQ(refused([&] { calendar::resend(as(kAnna), stored(event).uid, asks); }), "CAL-4043");
  // A proposal is noted where the organizer sees it, and refused by mail.
  auto proposal = answer_from(event, "x@far.test", PartStat::NeedsAction, 2'000'000);
  calendar::take_proposal(as(kAnna), proposal, "later, please");
  EXPECT_EQ(stored(event).start, when("20240701T090000Z"));
  EXPECT_EQ(stored(event).attendees.back().comment, "later, please");
  EXPECT_EQ(stored(event).attendees.back().part_stat, PartStat::Tentative);
  calendar::decline_proposal(as(kAnna), proposal);
  EXPECT_EQ(scheduling.events.back().method, calendar::SchedulingMethod::DeclineCounter);
  calendar::send_refresh(as(kBerta), whole(part(Draft("20240701T090000Z", "20240701T100000Z"), 0, 1)));
  EXPECT_EQ(scheduling.events.back().method, calendar::SchedulingMethod::Refresh);
  EXPECT_EQ(scheduling.events.back().originator.entity, kBerta.value);
}

}  // namespace
}  // namespace gw::test
