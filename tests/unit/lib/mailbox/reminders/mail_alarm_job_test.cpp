#include "mailbox/reminders/mail_alarm_job.hpp"

#include <algorithm>

#include "calendars/birthdays/birthday_calendar.hpp"
#include "core/errors/mail.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "mail/smtp/failure.hpp"
#include "mailbox/no_reply.hpp"
#include "mailbox/server_jobs.hpp"
#include "model/calendar/mail_alarms.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/folders/account_folders.hpp"
#include "model/users/provisioning.hpp"
#include "unit/lib/model/calendar/writing_desk.hpp"

namespace gw::test {
namespace {

struct SentMail {
  mail::Server server;
  mail::Envelope envelope;
  std::string bytes;
};

/// What the server behind it was given, and how it answers.
class RecordedTransport final : public mail::TransportProvider {
 public:
  struct Log {
    std::vector<SentMail> mails;
    std::function<void(const SentMail&)> answer;
  };
  explicit RecordedTransport(Log& log) : log_(log) {}
  [[nodiscard]] std::string_view protocol() const override { return "smtp"; }
  std::unique_ptr<mail::Transport> open(const mail::Account& account) override {
    return std::make_unique<One>(log_, account.transport);
  }

 private:
  class One final : public mail::Transport {
   public:
    One(Log& log, mail::Server server) : log_(log), server_(std::move(server)) {}
    mail::SendOutcome send(const mail::Envelope& envelope, const mail::ByteSource& message,
                           std::int64_t) override {
      log_.mails.push_back({server_, envelope, message(1'000'000)});
      if (log_.answer) log_.answer(log_.mails.back());
      return {};
    }
    void ping() override {}

   private:
    Log& log_;
    mail::Server server_;
  };
  Log& log_;
};

class MailAlarmJob : public WritingDesk {
 protected:
  MailAlarmJob() {
    set_log_sink([this](LogLevel, std::string_view line) { lines += std::string(line) + '\n'; });
    database.settings.no_reply.address = "no-reply@example.test";
    database.settings.mail.transport.protocol = "smtp";
    database.settings.mail.transport.host = "mail.example.test";
    registry.add(std::make_unique<RecordedTransport>(transport));
  }
  ~MailAlarmJob() override { set_log_sink({}); }

  void at(std::string_view time) { database.clock.set(instant_of(when(time), TimeZone::utc()).value); }
  /// A round of a process of its own.
  std::int64_t run() {
    model::jobs::JobRunner runner(*database.environment, mailbox::server_jobs(database.settings, registry));
    for (const auto& report : runner.run_now("mail-alarms")) {
      EXPECT_EQ(report.outcome, model::jobs::JobReport::Outcome::Done) << report.problem;
      return report.done;
    }
    return -1;
  }
  ObjectId remind(UserId user, const std::string& summary = "Talk", std::int64_t minutes = 15) {
    calendar::Alarm alarm = minutes_before(minutes);
    alarm.action = "EMAIL";
    return create(user, Draft("20240701T090000Z", "20240701T100000Z", summary).reminding({alarm}));
  }
  Names recipients() const {
    Names names;
    for (const SentMail& mail : transport.mails) names.push_back(join(mail.envelope.recipients, ","));
    return names;
  }
  static std::string message_id(const SentMail& mail) {
    const std::size_t begin = mail.bytes.find("Message-ID: ");
    return mail.bytes.substr(begin, mail.bytes.find("\r\n", begin) - begin);
  }

  std::string lines;
  RecordedTransport::Log transport;
  mail::Registry registry;
};

TEST_F(MailAlarmJob, SendsOnceToWhoseReminderItIs) {
  remind(kAnna);
  at("20240701T084459Z");
  EXPECT_EQ(run(), 0);
  at("20240701T084500Z");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run(), 0);
  ASSERT_EQ(recipients(), (Names{"anna@example.test"}));
  const SentMail& mail = transport.mails[0];
  EXPECT_EQ(mail.envelope.sender, "no-reply@example.test");
  EXPECT_EQ(mail.server.host, "mail.example.test");
  EXPECT_EQ(mail.server.mechanism, mail::Mechanism::None);
  EXPECT_NE(mail.bytes.find("Subject: Reminder: Talk - Monday, 1 July 2024"), std::string::npos);
  EXPECT_NE(message_id(mail).find("@example.test>"), std::string::npos);
  EXPECT_EQ(lines, "");
}

TEST_F(MailAlarmJob, AServerThatIsAwayIsAskedOnceARound) {
  remind(kAnna);
  remind(kBerta);
  at("20240701T084500Z");
  transport.answer = [](const SentMail&) { throw ApiError(errors::msg::kConnectFailed, {"host", "away"}); };
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(transport.mails.size(), 1U);
  EXPECT_NE(lines.find("GW0640"), std::string::npos);
  database.clock.advance(60'000);
  run();
  database.clock.advance(60'000);
  run();
  EXPECT_EQ(transport.mails.size(), 3U);
  transport.answer = nullptr;
  database.clock.advance(300'000);
  EXPECT_EQ(run(), 2);
  std::map<std::string, std::set<std::string>> ids;
  for (const SentMail& mail : transport.mails) ids[mail.envelope.recipients.at(0)].insert(message_id(mail));
  EXPECT_EQ(ids.size(), 2U);
  for (const auto& [who, his] : ids) EXPECT_EQ(his.size(), 1U) << who;
}

TEST_F(MailAlarmJob, AMailThatIsRefusedHoldsNobodyUp) {
  remind(kAnna);
  remind(kBerta);
  at("20240701T084500Z");
  transport.answer = [](const SentMail& mail) {
    if (mail.envelope.recipients.at(0).starts_with("anna"))
      throw ApiError(errors::msg::kRecipientsRefused, {"anna"});
  };
  EXPECT_EQ(run(), 1);
  at("20240701T100100Z");
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(recipients(), (Names{"anna@example.test", "berta@example.test"}));
  EXPECT_NE(lines.find("GW0641"), std::string::npos);
  EXPECT_EQ(run(), 0);
}

TEST_F(MailAlarmJob, WhatMayHaveArrivedGoesAgainAsTheSameMail) {
  remind(kAnna);
  at("20240701T084500Z");
  transport.answer = [](const SentMail&) { throw mail::smtp::UnknownOutcome("host"); };
  run();
  transport.answer = nullptr;
  database.clock.advance(60'000);
  EXPECT_EQ(run(), 1);
  ASSERT_EQ(transport.mails.size(), 2U);
  EXPECT_EQ(message_id(transport.mails[0]), message_id(transport.mails[1]));
}

TEST_F(MailAlarmJob, ACrashWhileSendingIsMadeGoodAfterTheClaim) {
  remind(kAnna);
  at("20240701T084500Z");
  // The process dies with the mail on its way: nothing behind the sending happens.
  transport.answer = [](const SentMail&) { throw std::runtime_error("killed"); };
  model::jobs::JobRunner dead(*database.environment, mailbox::server_jobs(database.settings, registry));
  EXPECT_EQ(dead.run_now("mail-alarms").at(0).outcome, model::jobs::JobReport::Outcome::Failed);
  transport.answer = nullptr;
  EXPECT_EQ(run(), 0);
  database.clock.advance(2 * mailbox::longest_sending(database.settings).count());
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(message_id(transport.mails[0]), message_id(transport.mails[1]));
}

TEST_F(MailAlarmJob, UsersWhoMayNotOrCannotBeRemindedGetNone) {
  model::UnitOfWork admin(*database.environment, model::contexts::provisioning_caller(kContext));
  remind(kAnna);
  remind(kBerta);
  model::users::UserChanges disabled;
  disabled.enabled = false;
  model::users::change_user(admin, kAnna, disabled);
  at("20240701T084500Z");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(recipients(), (Names{"berta@example.test"}));
  const sql::Lease lease = database.pool->acquire();
  EXPECT_TRUE(calendar::store::due_mails(*lease, database.clock.now(), 10).empty());
}

class BirthdayMails : public MailAlarmJob {
 protected:
  BirthdayMails() { database.contents.push_back(&model::contacts::contact_folder_content()); }

  FolderId book(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).contacts_folder;
  }
  /// A day before, at midnight, by mail.
  ObjectId remind_of(UserId user, const std::string& name, const std::string& day) {
    const std::string text = "{'folder_id':'" + std::to_string(book(user).value) + "','display_name':'" +
                             name + "','birthday':" + std::to_string(parse_iso_date(day)->to_millis()) + "}";
    const ObjectId id =
        model::contacts::create(as(user), model::contacts::parse_contact(json(text), true)).id;
    calendar::Alarm alarm;
    alarm.action = "EMAIL";
    alarm.offset_seconds = -86'400;
    calendars::birthdays::BirthdayCalendar().update_alarms(
        as(user), {model::folders::kBirthdayFolder, id, {}}, std::array{alarm}, {});
    return id;
  }
  std::string subject_of_last() const {
    const std::string& bytes = transport.mails.back().bytes;
    const std::size_t begin = bytes.find("Subject: ");
    return bytes.substr(begin, bytes.find("\r\n", begin) - begin);
  }
};

TEST_F(BirthdayMails, ComeOnceAYearWithTheAge) {
  remind_of(kAnna, "Zoe", "1990-07-01");
  at("20240629T235959Z");
  EXPECT_EQ(run(), 0);
  at("20240630T000000Z");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(recipients(), (Names{"anna@example.test"}));
  EXPECT_NE(subject_of_last().find("Reminder: Zoe (34) - Monday, 1 July 2024"), std::string::npos)
      << subject_of_last();
  at("20250630T000000Z");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run(), 0);
  EXPECT_NE(subject_of_last().find("Zoe (35)"), std::string::npos) << subject_of_last();
  EXPECT_EQ(lines, "");
}

TEST_F(BirthdayMails, OneThatCouldNotBeSentGoesAgainAsTheSame) {
  remind_of(kAnna, "Zoe", "1990-07-01");
  at("20240630T000000Z");
  transport.answer = [](const SentMail&) { throw mail::smtp::UnknownOutcome("host"); };
  run();
  transport.answer = nullptr;
  EXPECT_EQ(run(), 0);
  database.clock.advance(60'000);
  EXPECT_EQ(run(), 1);
  ASSERT_EQ(transport.mails.size(), 2U);
  EXPECT_EQ(message_id(transport.mails[0]), message_id(transport.mails[1]));
}

TEST_F(BirthdayMails, NobodyIsRemindedOfWhomHeDoesNotKnowAnyMore) {
  const ObjectId gone = remind_of(kAnna, "Gone", "1990-07-01");
  const ObjectId moved = remind_of(kAnna, "Moved", "1990-07-01");
  remind_of(kBerta, "Without", "1990-07-01");
  model::contacts::remove(as(kAnna), std::array{model::contacts::ContactRef{book(kAnna), gone}},
                          model::contacts::kAnyVersion);
  const auto later = json("{'birthday':" + std::to_string(parse_iso_date("1990-08-01")->to_millis()) + "}");
  model::contacts::update(as(kAnna), {book(kAnna), moved}, model::contacts::parse_contact(later, false),
                          model::contacts::kAnyVersion);
  model::UnitOfWork admin(*database.environment, model::contexts::provisioning_caller(kContext));
  model::users::UserChanges disabled;
  disabled.enabled = false;
  model::users::change_user(admin, kBerta, disabled);
  at("20240630T000000Z");
  EXPECT_EQ(run(), 0);
  const sql::Lease lease = database.pool->acquire();
  EXPECT_TRUE(calendar::store::due_mails(*lease, database.clock.now(), 10).empty());
  // The new day counts.
  at("20240731T000000Z");
  EXPECT_EQ(run(), 1);
  EXPECT_NE(subject_of_last().find("Moved"), std::string::npos);
}

TEST_F(MailAlarmJob, IsThereWhereTheServerKnowsHowToSend) {
  const auto is_there = [&](std::string_view name) {
    const auto jobs = mailbox::server_jobs(database.settings, registry);
    return std::any_of(jobs.begin(), jobs.end(), [&](const auto& job) { return job.name == name; });
  };
  EXPECT_TRUE(is_there("mail-alarms"));
  database.settings.mail.transport.host.clear();
  EXPECT_FALSE(is_there("mail-alarms"));
  EXPECT_TRUE(is_there("alarm-ledger"));
  database.settings.no_reply.transport = {"smtp", "other.example.test", 587};
  database.settings.no_reply.login = "robot";
  database.settings.no_reply.secret = "s";
  remind(kAnna);
  at("20240701T084500Z");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(transport.mails[0].server.host, "other.example.test");
  EXPECT_EQ(transport.mails[0].server.login, "robot");
  EXPECT_EQ(transport.mails[0].server.mechanism, mail::Mechanism::Password);
  database.settings.no_reply.address.clear();
  EXPECT_FALSE(is_there("mail-alarms"));
}

}  // namespace
}  // namespace gw::test
