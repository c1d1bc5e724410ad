#include "model/scheduling/outbox.hpp"

#include "model/scheduling/event_snapshot.hpp"
#include "model/scheduling/inbox_ledger.hpp"
#include "unit/lib/model/calendar/writing_desk.hpp"

namespace gw::test {
namespace {

namespace outbox = model::scheduling;

class OutboxDesk : public WritingDesk {
 protected:
  std::vector<outbox::Letter> claimed(UserId user, std::size_t most = 10) {
    return outbox::claim_due(as(user), most);
  }
  void pass(std::int64_t minutes) { database.clock.set(database.clock.now().value + minutes * 60'000); }
  Names recipients(const std::vector<outbox::Letter>& letters) {
    Names names;
    for (const outbox::Letter& letter : letters) names.push_back(letter.recipient.uri);
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(OutboxDesk, LettersAreWrittenWithTheChangeAndClaimedOnce) {
  Draft draft("20240701T090000Z", "20240701T100000Z", "Meeting");
  draft.with({user(kAnna), user(kBerta), outsider("x@far.test"), outsider("y@far.test")});
  const ObjectId event = create(kAnna, draft);
  // The actor is told nothing, and nobody else's session sends for her.
  EXPECT_TRUE(claimed(kBerta).empty());
  const auto letters = claimed(kAnna);
  EXPECT_EQ(recipients(letters),
            (Names{"mailto:berta@example.test", "mailto:x@far.test", "mailto:y@far.test"}));
  for (const outbox::Letter& letter : letters) {
    EXPECT_EQ(letter.event.method, calendar::SchedulingMethod::Request);
    EXPECT_TRUE(letter.event.is_new);
    EXPECT_EQ(letter.event.originator.entity, kAnna.value);
    EXPECT_EQ(letter.event.event.summary, "Meeting");
    EXPECT_EQ(letter.event.event.attendees.size(), 4U);
    EXPECT_EQ(letter.event.event.id, event);
  }
  EXPECT_TRUE(claimed(kAnna).empty());
  // One is out, one has to wait, one was not tried.
  outbox::drop_sent(as(kAnna), letters[0]);
  EXPECT_EQ(outbox::put_back(as(kAnna), letters[1], "MSG-1013", false), outbox::Fate::Waits);
  outbox::give_back(as(kAnna), std::span(&letters[2], 1));
  const auto again = claimed(kAnna);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].id, letters[2].id);
  outbox::drop_sent(as(kAnna), again[0]);
  pass(1);
  const auto late = claimed(kAnna);
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].id, letters[1].id);
  EXPECT_EQ(late[0].tries, 1);
  EXPECT_EQ(late[0].created, letters[1].created);
  // A process that dies gives its letters to others in the end.
  pass(9);
  EXPECT_TRUE(claimed(kAnna).empty());
  pass(1);
  const auto orphaned = claimed(kAnna);
  ASSERT_EQ(orphaned.size(), 1U);
  pass(48 * 60);
  EXPECT_EQ(outbox::put_back(as(kAnna), orphaned[0], "MSG-1016", true), outbox::Fate::Gone);
  pass(60 * 24);
  EXPECT_TRUE(claimed(kAnna).empty());
  const sql::Lease lease = database.pool->acquire();
  EXPECT_FALSE(lease->query("SELECT 1 FROM scheduling_messages").next());
}

TEST_F(OutboxDesk, WhoseClaimIsOverDecidesNothing) {
  Draft draft("20240701T090000Z", "20240701T100000Z", "Meeting");
  draft.with({user(kAnna), outsider("x@far.test")});
  create(kAnna, draft);
  const outbox::Letter slow = claimed(kAnna).at(0);
  EXPECT_TRUE(outbox::is_held(as(kAnna), slow));
  pass(10);
  EXPECT_FALSE(outbox::is_held(as(kAnna), slow));
  const outbox::Letter fast = claimed(kAnna).at(0);
  ASSERT_EQ(fast.id, slow.id);
  EXPECT_NE(fast.claim, slow.claim);
  // The slow one wakes up: whatever he says, the letter stays with the other one, and no third gets it.
  EXPECT_EQ(outbox::put_back(as(kAnna), slow, "MSG-1016", false), outbox::Fate::Lost);
  outbox::give_back(as(kAnna), std::span(&slow, 1));
  EXPECT_EQ(outbox::give_up(as(kAnna), slow), outbox::Fate::Lost);
  EXPECT_TRUE(claimed(kAnna).empty());
  EXPECT_EQ(outbox::put_back(as(kAnna), fast, "MSG-1016", false), outbox::Fate::Waits);
  // Who puts back has no claim any more, either.
  EXPECT_EQ(outbox::give_up(as(kAnna), fast), outbox::Fate::Lost);
  pass(1);
  const outbox::Letter third = claimed(kAnna).at(0);
  EXPECT_EQ(third.tries, 1);
  // What is out is out, though it took longer than the claim: nobody sends it again.
  outbox::drop_sent(as(kAnna), slow);
  EXPECT_EQ(outbox::put_back(as(kAnna), third, "MSG-1016", false), outbox::Fate::Lost);
  pass(60);
  EXPECT_TRUE(claimed(kAnna).empty());
}

TEST_F(OutboxDesk, AServerThatIsAwayIsLeftAloneForAMinute) {
  Draft draft("20240701T090000Z", "20240701T100000Z", "Meeting");
  draft.with({user(kAnna), outsider("x@far.test")});
  create(kAnna, draft);
  EXPECT_EQ(outbox::put_back(as(kAnna), claimed(kAnna).at(0), "MSG-1016", true), outbox::Fate::Waits);
  create(kAnna, draft);
  EXPECT_TRUE(claimed(kAnna).empty());
  pass(1);
  const auto letters = claimed(kAnna);
  ASSERT_EQ(letters.size(), 2U);
  for (const outbox::Letter& letter : letters)
    EXPECT_EQ(outbox::put_back(as(kAnna), letter, "MSG-1016", true), outbox::Fate::Waits);
  // Whose second try failed waits for two minutes, others do not.
  pass(1);
  EXPECT_EQ(claimed(kAnna).size(), 1U);
}

TEST_F(OutboxDesk, AClockThatGoesBackKeepsNothingBack) {
  Draft draft("20240701T090000Z", "20240701T100000Z", "Meeting");
  create(kAnna, draft.with({user(kAnna), outsider("x@far.test")}));
  pass(-5);
  EXPECT_EQ(claimed(kAnna).size(), 1U);
}

TEST_F(OutboxDesk, OnlyWhatConcernsSomebodyIsTold) {
  Draft draft("20240701T090000Z", "20240701T100000Z", "Meeting");
  draft.with({user(kAnna), user(kBerta), outsider("x@far.test")});
  WriteOptions silent;
  silent.notify_internal = false;
  const ObjectId event = create(kAnna, draft, silent);
  EXPECT_EQ(recipients(claimed(kAnna)), (Names{"mailto:x@far.test"}));
  Draft color;
  color.input.event.color = "red";
  update(kAnna, event, color.send(EventField::Color));
  EXPECT_TRUE(claimed(kAnna).empty());
  // Who is new is invited; others on this server see that for themselves, those elsewhere must be told.
  Draft more;
  more.with({user(kAnna), user(kBerta), outsider("x@far.test"), outsider("y@far.test")});
  update(kAnna, event, more);
  auto letters = claimed(kAnna);
  EXPECT_EQ(recipients(letters), (Names{"mailto:x@far.test", "mailto:y@far.test"}));
  for (const auto& letter : letters)
    EXPECT_EQ(letter.event.is_new, letter.recipient.uri == "mailto:y@far.test");
  Draft fewer;
  fewer.with({user(kAnna), user(kBerta), outsider("y@far.test")});
  update(kAnna, event, fewer);
  letters = claimed(kAnna);
  EXPECT_EQ(recipients(letters), (Names{"mailto:x@far.test", "mailto:y@far.test"}));
  for (const auto& letter : letters) {
    const bool is_out = letter.recipient.uri == "mailto:x@far.test";
    EXPECT_EQ(letter.event.method,
              is_out ? calendar::SchedulingMethod::Cancel : calendar::SchedulingMethod::Request);
    EXPECT_EQ(letter.event.event.sequence, stored(event).sequence);
  }
  // An answer is told when it is another one.
  answer(kBerta, event, PartStat::Accepted);
  letters = claimed(kBerta);
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters[0].event.method, calendar::SchedulingMethod::Reply);
  EXPECT_EQ(letters[0].recipient.entity, kAnna.value);
  answer(kBerta, event, PartStat::Accepted);
  EXPECT_TRUE(claimed(kBerta).empty());
  remove(kAnna, event);
  EXPECT_EQ(recipients(claimed(kAnna)), (Names{"mailto:berta@example.test", "mailto:y@far.test"}));
}

TEST_F(OutboxDesk, ALookAtTheInboxIsToldWhatIsToBeDone) {
  Draft draft("20240701T090000Z", "20240701T100000Z", "Meeting");
  EXPECT_FALSE(outbox::find_duties(as(kAnna)).has_value());
  outbox::store_mark(as(kAnna), {17, 400, {5}});
  outbox::store_mark(as(kBerta), {18, 7, {5}});
  EXPECT_EQ(outbox::find_duties(as(kAnna))->uid_next, 400);
  EXPECT_FALSE(outbox::find_duties(as(kAnna))->has_letters_due);
  draft.with({user(kAnna), outsider("x@far.test")});
  create(kAnna, draft);
  EXPECT_TRUE(outbox::find_duties(as(kAnna))->has_letters_due);
  EXPECT_FALSE(outbox::find_duties(as(kBerta))->has_letters_due);
  // Somebody is at them; then it is not their time.
  const auto letters = claimed(kAnna);
  EXPECT_FALSE(outbox::find_duties(as(kAnna))->has_letters_due);
  for (const outbox::Letter& letter : letters) outbox::put_back(as(kAnna), letter, "greylisted", false);
  EXPECT_FALSE(outbox::find_duties(as(kAnna))->has_letters_due);
  pass(1);
  EXPECT_TRUE(outbox::find_duties(as(kAnna))->has_letters_due);
}

TEST_F(OutboxDesk, WhatWasLookedAtIsKnown) {
  model::UnitOfWork& work = as(kAnna);
  EXPECT_FALSE(outbox::find_mark(work).has_value());
  const outbox::InboxMark mark{17, 400, {5}};
  outbox::store_mark(work, {17, 300, {4}});
  outbox::store_mark(work, mark);
  EXPECT_EQ(outbox::find_mark(work), mark);
  EXPECT_FALSE(outbox::find_mark(as(kBerta)).has_value());
  const std::string key = outbox::mail_key("<a@far.test>", 17, 3);
  EXPECT_EQ(key, outbox::mail_key("<a@far.test>", 18, 9));
  EXPECT_EQ(outbox::mail_key("", 17, 3), "17:3");
  outbox::note_taken(work, key);
  outbox::note_taken(work, key);
  EXPECT_TRUE(outbox::is_taken(work, key));
  EXPECT_FALSE(outbox::is_taken(as(kBerta), key));
  pass(91 * 24 * 60);
  outbox::note_taken(work, "17:3");
  EXPECT_FALSE(outbox::is_taken(work, key));
}

TEST(Outbox, PausesGrow) {
  EXPECT_EQ(outbox::pause_after(1), Milliseconds(60'000));
  EXPECT_EQ(outbox::pause_after(3), Milliseconds(240'000));
  EXPECT_EQ(outbox::pause_after(40), outbox::kLongestPause);
}

TEST(EventSnapshot, NothingIsLost) {
  EventData event;
  event.id = ObjectId(7);
  event.series = ObjectId(7);
  event.uid = "u";
  event.sequence = 3;
  event.created = {1};
  event.last_modified = {2};
  event.start = when("Europe/Berlin:20240701T090000");
  event.end = when("Europe/Berlin:20240701T100000");
  event.recurrence_id = when("20240701T070000Z");
  event.rrule = "FREQ=DAILY";
  event.recurrence_dates = {when("20240709T070000Z")};
  event.delete_exception_dates = {when("20240703T070000Z")};
  event.summary = "S";
  event.location = "";
  event.categories = {"a", "b"};
  event.geo = calendar::Geo{1.5, -2};
  event.classification = calendar::Classification::Confidential;
  event.status = calendar::EventStatus::Tentative;
  event.is_transparent = true;
  event.organizer.emplace().uri = "mailto:boss@far.test";
  event.organizer->sent_by_uri = "mailto:deputy@far.test";
  Attendee line = outsider("x@far.test");
  line.part_stat = PartStat::Declined;
  line.comment = "no";
  line.rsvp = true;
  line.member = {"urn:x"};
  line.parameters = {{"X-P", "v"}};
  event.attendees = {line};
  event.extended = json("{'X-A':{'value':'1'}}");
  const EventData back = outbox::read_snapshot(*Json::parse(outbox::write_snapshot(event).dump()));
  EXPECT_EQ(back.attendees, event.attendees);
  EXPECT_EQ(back.organizer, event.organizer);
  EXPECT_EQ(back.start, event.start);
  EXPECT_EQ(back.recurrence_id, event.recurrence_id);
  EXPECT_EQ(back.recurrence_dates, event.recurrence_dates);
  EXPECT_EQ(back.location, "");
  EXPECT_FALSE(back.description.has_value());
  EXPECT_TRUE(back.extended.equals(event.extended));
  EXPECT_EQ(outbox::write_snapshot(back).dump(), outbox::write_snapshot(event).dump());
  // Broken rows give broken mails, not crashes.
  EXPECT_EQ(outbox::read_snapshot(Json()).uid, "");
  EXPECT_EQ(outbox::read_snapshot(json("{'class':9,'attendees':{},'geo':[1]}")).classification,
            calendar::Classification::Public);
}

}  // namespace
}  // namespace gw::test
