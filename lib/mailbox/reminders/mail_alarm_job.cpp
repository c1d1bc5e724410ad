#include "mailbox/reminders/mail_alarm_job.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "calendars/calendars.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "mailbox/no_reply.hpp"
#include "mailbox/reminders/alarm_mail.hpp"
#include "model/calendar/mail_alarms.hpp"
#include "model/users/user_directory.hpp"

namespace gw::mailbox::reminders {
namespace {

namespace calendar = model::calendar;
using calendar::ClaimState;
using calendar::store::DueMail;

constexpr std::size_t kBatch = 100;
/// A claim lasts at least that long, so that clocks of nodes need not agree to the second.
constexpr Milliseconds kShortestClaim{300'000};

constexpr calendar::EventFields kMailFields{
    calendar::EventField::Id,       calendar::EventField::Folder,      calendar::EventField::Summary,
    calendar::EventField::Location, calendar::EventField::Description, calendar::EventField::StartDate,
    calendar::EventField::EndDate,  calendar::EventField::Organizer,   calendar::EventField::Attendees,
    calendar::EventField::Status,   calendar::EventField::Class};

std::string name_of(const DueMail& due) {
  return fmt::format("event {} of user {} in context {}", due.trigger.event.value, due.trigger.user.value,
                     due.context.value);
}

class Sender {
 public:
  Sender(model::jobs::JobRun& run, const mail::Registry& registry)
      : run_(run), environment_(run.environment()), registry_(registry) {}

  std::int64_t run() {
    for (bool is_worth_it = true; is_worth_it;) {
      const std::int64_t before = sent_;
      std::vector<DueMail> batch;
      {
        sql::Scope database(environment_.pool);
        batch = calendar::store::due_mails(database.connection(), run_.now(), kBatch);
      }
      for (const DueMail& due : batch) {
        if (is_server_away_ || !run_.goes_on()) return sent_;
        remind(due);
      }
      is_worth_it = sent_ > before && batch.size() == kBatch;
    }
    return sent_;
  }

 private:
  /// One that fails unexpectedly does not keep the others from being sent.
  void remind(const DueMail& due) try {
    model::UnitOfWork work(environment_, caller_of(due));
    const auto user = model::users::find_user(work.connection(), due.context, due.trigger.user);
    const calendars::CalendarProvider* provider = find_provider(work, due);
    const calendar::EventMaker maker = provider != nullptr ? provider->event_maker() : nullptr;
    const bool may_remind = provider != nullptr && user && !user->mail.empty() &&
                            work.caller().modules.has(model::Module::Calendar);
    if (!may_remind) return calendar::pass_over(work, due, maker);
    const Milliseconds life = std::max(kShortestClaim, 2 * longest_sending(environment_.settings));
    const calendar::MailClaim claim = calendar::claim_mail(work, due, life, maker);
    if (claim.state == ClaimState::GivenUp)
      log(LogLevel::Warning, "GW0641", fmt::format("the reminder by mail of {} was given up", name_of(due)));
    if (claim.state == ClaimState::Claimed) send(work, due, *provider, claim.mail, *user);
  } catch (const ApiError& error) {
    log(LogLevel::Error, "GW0642",
        fmt::format("the reminder of {} failed: {} {}", name_of(due), format_code(error.code()),
                    error.what()));
  }

  /// nullptr: the calendar is his no longer.
  const calendars::CalendarProvider* find_provider(model::UnitOfWork& work, const DueMail& due) const {
    try {
      return &calendars_.of(work, due.trigger.folder);
    } catch (const ApiError&) {
      return nullptr;
    }
  }

  model::Caller caller_of(const DueMail& due) {
    sql::Scope database(environment_.pool);
    if (auto caller = model::users::load_caller(database.connection(), due.context, due.trigger.user))
      return std::move(*caller);
    // No account, or a disabled one: without modules.
    model::Caller nobody;
    nobody.context = due.context;
    nobody.user = due.trigger.user;
    nobody.modules = {};
    return nobody;
  }

  void send(model::UnitOfWork& work, const DueMail& due, const calendars::CalendarProvider& provider,
            const calendar::ClaimedMail& mail, const model::users::User& user) {
    const calendar::EventMaker maker = provider.event_maker();
    std::optional<calendar::SeenEvent> seen;
    try {
      seen = provider.get(work, {mail.folder, mail.key.event, mail.recurrence_id}, kMailFields);
    } catch (const ApiError&) {
      // He may no longer read it.
      return calendar::pass_over(work, due, maker);
    }
    work.release();
    const std::string domain =
        environment_.settings.no_reply.address.substr(environment_.settings.no_reply.address.find('@') + 1);
    const AlarmMail about{seen->event,
                          no_reply_address(environment_.settings),
                          {user.display_name, user.mail},
                          work.caller().locale,
                          work.caller().timezone,
                          "<" + mail.entry.message_id + "@" + domain + ">"};
    try {
      send_no_reply(environment_.settings, registry_, compose_alarm_mail(about));
    } catch (const ApiError& error) {
      is_server_away_ = is_fault_of_server(error);
      // Once for each reminder, not at each try.
      if (mail.entry.tries == 1)
        log(LogLevel::Warning, "GW0640",
            fmt::format("the reminder by mail of {} could not be sent and is tried again: {} {}",
                        name_of(due), format_code(error.code()), error.what()));
      return calendar::postpone_mail(work, mail);
    }
    ++sent_;
    calendar::mark_mailed(work, mail, maker);
  }

  model::jobs::JobRun& run_;
  model::Environment& environment_;
  const mail::Registry& registry_;
  /// Nothing is read elsewhere for a reminder.
  const calendars::Calendars calendars_{std::nullopt};
  std::int64_t sent_ = 0;
  bool is_server_away_ = false;
};

}  // namespace

std::int64_t send_due_mails(model::jobs::JobRun& run, const mail::Registry& registry) {
  return Sender(run, registry).run();
}

}  // namespace gw::mailbox::reminders
