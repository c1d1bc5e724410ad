#include "model/calendar/mail_alarms.hpp"

#include "writing_desk.hpp"

namespace gw::test {
namespace {

using calendar::Alarm;
using calendar::ClaimState;
using calendar::MailClaim;
using calendar::store::DueMail;
using calendar::store::MailOutcome;

constexpr Milliseconds kClaimLife{300'000};
constexpr std::int64_t kMailMinute = 60'000;

Alarm mail_before(std::int64_t minutes) {
  Alarm alarm = minutes_before(minutes);
  alarm.action = "EMAIL";
  return alarm;
}

class MailAlarms : public WritingDesk {
 protected:
  void at(std::string_view time) { database.clock.set(instant_of(when(time), TimeZone::utc()).value); }
  std::vector<DueMail> due_mails() {
    const sql::Lease lease = database.pool->acquire();
    return calendar::store::due_mails(*lease, database.clock.now(), 100);
  }
  DueMail the_due_mail() {
    const auto all = due_mails();
    EXPECT_EQ(all.size(), 1U);
    return all.empty() ? DueMail{} : all.front();
  }
  MailClaim claim(const DueMail& mail) {
    return calendar::claim_mail(as(mail.trigger.user), mail, kClaimLife);
  }
  MailOutcome outcome(const DueMail& mail) {
    const sql::Lease lease = database.pool->acquire();
    const auto entry = calendar::store::find_entry(
        *lease, {mail.context, mail.trigger.user, mail.trigger.event, mail.trigger.at});
    EXPECT_TRUE(entry.has_value());
    return entry ? entry->outcome : MailOutcome::Open;
  }
  ObjectId meeting(UserId writer = kAnna) {
    return create(writer, Draft("20240701T090000Z", "20240701T100000Z", "Talk").reminding({mail_before(15)}));
  }
};

TEST_F(MailAlarms, OneIsDueAtItsTimeAndClaimedOnce) {
  const ObjectId id = meeting();
  create(kBerta, Draft("20240701T090000Z", "20240701T100000Z").reminding({minutes_before(15)}));
  at("20240701T084459Z");
  EXPECT_TRUE(due_mails().empty());
  at("20240701T084500Z");
  const DueMail mail = the_due_mail();
  EXPECT_EQ(mail.trigger.event, id);
  const MailClaim mine = claim(mail);
  ASSERT_EQ(mine.state, ClaimState::Claimed);
  EXPECT_EQ(mine.mail.folder, home(kAnna));
  EXPECT_FALSE(mine.mail.entry.message_id.empty());
  // Another process that has listed it before.
  EXPECT_EQ(claim(mail).state, ClaimState::Elsewhere);
  EXPECT_TRUE(due_mails().empty());
}

TEST_F(MailAlarms, WhatWasSentIsAcknowledgedAndNeverSentAgain) {
  const ObjectId id = meeting();
  at("20240701T084600Z");
  const DueMail mail = the_due_mail();
  const MailClaim mine = claim(mail);
  const Millis before = stored(id).timestamp;
  calendar::mark_mailed(as(kAnna), mine.mail);
  EXPECT_EQ(outcome(mail), MailOutcome::Sent);
  EXPECT_TRUE(due_mails().empty());
  EXPECT_EQ(due(kAnna), Names{});
  EXPECT_GT(stored(id).timestamp, before);
  const EventData seen = get(kAnna, id);
  ASSERT_EQ(seen.alarms.size(), 1U);
  EXPECT_EQ(seen.alarms[0].acknowledged, mail.trigger.at);
  // A client that sets the same alarm anew, without what was acknowledged.
  update(kAnna, id, Draft().reminding({mail_before(15)}));
  const DueMail again = the_due_mail();
  EXPECT_EQ(claim(again).state, ClaimState::Settled);
  EXPECT_TRUE(due_mails().empty());
  EXPECT_EQ(claim(mail).state, ClaimState::Settled);
}

TEST_F(MailAlarms, AClaimWhoseHolderDiedIsTakenOverWithTheSameMessageId) {
  meeting();
  at("20240701T084500Z");
  const MailClaim dead = claim(the_due_mail());
  database.clock.advance(kClaimLife.count() - 1);
  EXPECT_TRUE(due_mails().empty());
  database.clock.advance(1);
  const MailClaim next = claim(the_due_mail());
  ASSERT_EQ(next.state, ClaimState::Claimed);
  EXPECT_EQ(next.mail.entry.message_id, dead.mail.entry.message_id);
  EXPECT_EQ(next.mail.entry.tries, 2);
  // The dead one was only slow: what it does now does not count.
  calendar::postpone_mail(as(kAnna), dead.mail);
  calendar::mark_mailed(as(kAnna), next.mail);
  database.clock.advance(kMailMinute);
  EXPECT_TRUE(due_mails().empty());
}

TEST_F(MailAlarms, TriesGrowRareAndEndAfterADay) {
  create(kAnna, Draft("20240701T090000Z", "20240704T100000Z").reminding({mail_before(15)}));
  at("20240701T084500Z");
  std::vector<std::int64_t> waits;
  for (int tries = 0; tries < 6; ++tries) {
    const MailClaim mine = claim(the_due_mail());
    ASSERT_EQ(mine.state, ClaimState::Claimed);
    calendar::postpone_mail(as(kAnna), mine.mail);
    const std::int64_t begin = database.clock.now().value;
    while (due_mails().empty()) database.clock.advance(kMailMinute);
    waits.push_back((database.clock.now().value - begin) / kMailMinute);
  }
  EXPECT_EQ(waits, (std::vector<std::int64_t>{1, 2, 4, 5, 5, 5}));
  at("20240702T084500Z");
  const DueMail mail = the_due_mail();
  EXPECT_EQ(claim(mail).state, ClaimState::GivenUp);
  EXPECT_EQ(outcome(mail), MailOutcome::GivenUp);
  EXPECT_TRUE(due_mails().empty());
  EXPECT_EQ(due(kAnna), Names{});
}

TEST_F(MailAlarms, AnEventThatIsOverRemindsNobody) {
  meeting();
  at("20240701T084500Z");
  calendar::postpone_mail(as(kAnna), claim(the_due_mail()).mail);
  at("20240701T100001Z");
  const DueMail mail = the_due_mail();
  EXPECT_EQ(claim(mail).state, ClaimState::GivenUp);
  EXPECT_TRUE(due_mails().empty());
  // One that was never tried goes without a word.
  create(kBerta, Draft("20240702T090000Z", "20240702T100000Z").reminding({mail_before(15)}));
  at("20240703T000000Z");
  EXPECT_EQ(claim(the_due_mail()).state, ClaimState::Settled);
  EXPECT_TRUE(due_mails().empty());
}

TEST_F(MailAlarms, SeriesRemindOfEachOccurrenceButThoseThatWereTakenOut) {
  create(kAnna, Draft("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000")
                    .rule("FREQ=DAILY;COUNT=4")
                    .without({"Europe/Berlin:20240702T090000"})
                    .reminding({mail_before(15)}));
  Names sent;
  at("20240701T000000Z");
  for (int quarter = 0; quarter < 5 * 24 * 4; ++quarter, database.clock.advance(15 * kMailMinute))
    for (const DueMail& mail : due_mails()) {
      const MailClaim mine = claim(mail);
      ASSERT_EQ(mine.state, ClaimState::Claimed);
      sent.push_back(format_time(*mine.mail.recurrence_id));
      calendar::mark_mailed(as(kAnna), mine.mail);
    }
  EXPECT_EQ(sent, (Names{"Europe/Berlin:20240701T090000", "Europe/Berlin:20240703T090000",
                         "Europe/Berlin:20240704T090000"}));
}

TEST_F(MailAlarms, WhoDeclinedOrAcknowledgedOrPutItOffMeanwhileGetsNone) {
  const ObjectId declined = create(
      kAnna, Draft("20240701T090000Z", "20240701T100000Z").with({user(kBerta)}).reminding({mail_before(15)}));
  calendar::update_alarms(as(kBerta), {home(kBerta), declined, {}}, std::vector{mail_before(15)}, {});
  at("20240701T084500Z");
  std::vector<DueMail> listed = due_mails();
  ASSERT_EQ(listed.size(), 2U);
  answer(kBerta, declined, PartStat::Declined);
  calendar::acknowledge_alarm(as(kAnna), {home(kAnna), declined, {}}, listed[0].trigger.alarm);
  // Listed before, looked at afterwards.
  for (const DueMail& mail : listed) EXPECT_EQ(claim(mail).state, ClaimState::Settled);
  EXPECT_TRUE(due_mails().empty());

  const ObjectId put_off = meeting(kCarl);
  const DueMail mail = the_due_mail();
  calendar::snooze_alarm(as(kCarl), {home(kCarl), put_off, {}}, mail.trigger.alarm, Milliseconds(300'000));
  EXPECT_EQ(claim(mail).state, ClaimState::Settled);
  EXPECT_TRUE(due_mails().empty());
  database.clock.advance(300'000);
  EXPECT_EQ(claim(the_due_mail()).state, ClaimState::Claimed);
}

TEST_F(MailAlarms, WhatMovedIsDueAtItsNewTime) {
  const ObjectId id = meeting();
  at("20240701T084500Z");
  const DueMail early = the_due_mail();
  update(kAnna, id, Draft().at("20240701T110000Z", "20240701T120000Z"));
  EXPECT_EQ(claim(early).state, ClaimState::Settled);
  EXPECT_EQ(due(kAnna), (Names{"20240701T104500Z"}));
  at("20240701T104500Z");
  EXPECT_EQ(claim(the_due_mail()).state, ClaimState::Claimed);
  remove(kAnna, id);
  EXPECT_EQ(claim(early).state, ClaimState::Settled);
}

TEST_F(MailAlarms, WhomNobodyCanRemindLosesOnlyThisOne) {
  const ObjectId id = create(
      kAnna,
      Draft("20240701T090000Z", "20240701T100000Z").rule("FREQ=DAILY;COUNT=2").reminding({mail_before(15)}));
  at("20240701T084500Z");
  calendar::pass_over(as(kAnna), the_due_mail());
  EXPECT_EQ(due(kAnna), (Names{"20240702T084500Z 20240702T090000Z"}));
  EXPECT_FALSE(get(kAnna, id).alarms.at(0).acknowledged.has_value());
}

TEST_F(MailAlarms, TheLedgerForgets) {
  meeting();
  at("20240701T084500Z");
  const DueMail mail = the_due_mail();
  calendar::mark_mailed(as(kAnna), claim(mail).mail);
  const auto prune = [&](std::int64_t before) {
    const sql::Lease lease = database.pool->acquire();
    return calendar::store::prune_entries(*lease, {before});
  };
  EXPECT_EQ(prune(database.clock.now().value), 0);
  EXPECT_EQ(prune(database.clock.now().value + 1), 1);
}

}  // namespace
}  // namespace gw::test
