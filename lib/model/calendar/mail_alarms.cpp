#include "model/calendar/mail_alarms.hpp"

#include <algorithm>
#include <array>

#include "core/random.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_audience.hpp"
#include "model/calendar/event_time.hpp"
#include "sql/error.hpp"

namespace gw::model::calendar {
namespace {

constexpr Milliseconds kFirstWait{60'000}, kLongestWait{300'000};
constexpr std::size_t kMessageIdBytes = 16;

store::LedgerKey key_of(const store::DueMail& due) {
  return {due.context, due.trigger.user, due.trigger.event, due.trigger.at};
}

/// The event of a reminder with what its due times are made from, inside of a transaction.
class Reminded {
 public:
  explicit Reminded(Transaction& transaction, const store::LedgerKey& key, const EventMaker& maker)
      : transaction_(transaction),
        connection_(transaction.connection()),
        key_(key),
        is_made_(maker != nullptr),
        people_(transaction.work()) {
    // Nobody writes events of the context meanwhile.
    transaction.stamp();
    if (is_made_)
      event_ = maker(transaction.work(), key.event);
    else if (auto row = store::find(connection_, key.context, key.event))
      event_ = std::move(row->event);
    if (!event_) return;
    alarms_ = store::load_alarms(connection_, key.context, key.event);
    if (is_made_ || !is_series_master(*event_)) return;
    for (const store::EventRow& exception : store::exceptions_of(
             connection_, key.context, std::array{key.event}, {.texts = false, .attendees = false}))
      if (exception.event.recurrence_id) left_out_.push_back(*exception.event.recurrence_id);
  }

  [[nodiscard]] const EventData* event() const { return event_ ? &*event_ : nullptr; }
  /// When the alarm of the user is due by what is stored now.
  std::optional<store::Trigger> trigger_of(std::int64_t alarm) {
    for (const store::Trigger& trigger : triggers())
      if (trigger.alarm == alarm) return trigger;
    return std::nullopt;
  }
  /// All alarms that are due at that time count as done.
  void acknowledge() {
    for (Alarm& alarm : alarms_[key_.user]) {
      const auto trigger = trigger_of(alarm.id);
      const bool is_due = trigger && trigger->at == key_.due && trigger->action == "EMAIL";
      if (is_due) alarm.acknowledged = std::max(alarm.acknowledged.value_or(key_.due), key_.due);
    }
  }
  void store_alarms() {
    store::replace_alarms(connection_, key_.context, key_.event, key_.user, alarms_[key_.user]);
    if (is_made_) return;
    store::touch(connection_, key_.context, key_.event, transaction_.stamp());
    raise_change(transaction_, ChangeKind::Updated, folder_for(*event_, key_.user), event(), event());
  }
  /// The index as the alarms are now; without the event it has no place there.
  void settle() { store::replace_triggers(connection_, key_.context, key_.event, key_.user, triggers()); }

 private:
  std::vector<store::Trigger> triggers() {
    if (!event_) return {};
    const std::map<UserId, std::vector<Alarm>> own{{key_.user, alarms_[key_.user]}};
    return triggers_of(*event_, own, left_out_, people_, transaction_.work().now());
  }

  Transaction& transaction_;
  sql::Connection& connection_;
  const store::LedgerKey key_;
  const bool is_made_;
  People people_;
  std::optional<EventData> event_;
  std::map<UserId, std::vector<Alarm>> alarms_;
  std::vector<EventTime> left_out_;
};

/// Makes the entry the caller's. Errors: SqlError Duplicate when somebody was faster.
ClaimState claim_entry(sql::Connection& connection, const store::LedgerKey& key, store::LedgerEntry& entry,
                       Millis now, Millis until) {
  const auto before = store::find_entry(connection, key);
  if (!before) {
    entry = {store::MailOutcome::Open, 1, now, until, random_uuid(), random_hex(kMessageIdBytes)};
    store::insert_entry(connection, key, entry);
    return ClaimState::Claimed;
  }
  if (before->outcome != store::MailOutcome::Open) return ClaimState::Settled;
  if (before->next_try > now) return ClaimState::Elsewhere;
  entry = *before;
  const bool is_too_late = now.value - entry.first_try.value >= kMailPatience.count();
  if (is_too_late) {
    entry.outcome = store::MailOutcome::GivenUp;
    entry.next_try = {};
  } else {
    ++entry.tries;
    entry.next_try = until;
    entry.token = random_uuid();
  }
  store::update_entry(connection, key, entry);
  return is_too_late ? ClaimState::GivenUp : ClaimState::Claimed;
}

/// What was tried and is no longer due was not sent in time. Gives whether there was such an entry.
bool close_open_entry(sql::Connection& connection, const store::LedgerKey& key) {
  auto entry = store::find_entry(connection, key);
  if (!entry || entry->outcome != store::MailOutcome::Open) return false;
  entry->outcome = store::MailOutcome::GivenUp;
  entry->next_try = {};
  store::update_entry(connection, key, *entry);
  return true;
}

MailClaim claim(Transaction& transaction, const store::DueMail& due, Milliseconds life,
                const EventMaker& maker) {
  MailClaim made;
  made.mail.key = key_of(due);
  sql::Connection& connection = transaction.connection();
  Reminded reminded(transaction, made.mail.key, maker);
  const auto trigger = reminded.trigger_of(due.trigger.alarm);
  if (!trigger || trigger->at != due.trigger.at) {
    made.state = close_open_entry(connection, made.mail.key) ? ClaimState::GivenUp : ClaimState::Settled;
    reminded.settle();
    return made;
  }
  const Millis now = transaction.work().now();
  made.state = claim_entry(connection, made.mail.key, made.mail.entry, now, {now.value + life.count()});
  if (made.state == ClaimState::Settled || made.state == ClaimState::GivenUp) {
    reminded.acknowledge();
    reminded.settle();
    return made;
  }
  made.mail.alarm = trigger->alarm;
  made.mail.folder = trigger->folder;
  if (is_series_master(*reminded.event())) made.mail.recurrence_id = parse_time(trigger->recurrence_id);
  return made;
}

}  // namespace

MailClaim claim_mail(UnitOfWork& work, const store::DueMail& due, Milliseconds life,
                     const EventMaker& maker) {
  MailClaim made;
  try {
    work.write([&](Transaction& transaction) { made = claim(transaction, due, life, maker); });
  } catch (const sql::SqlError& error) {
    if (error.kind() != sql::ErrorKind::Duplicate) throw;
    made.state = ClaimState::Elsewhere;
  }
  return made;
}

void mark_mailed(UnitOfWork& work, const ClaimedMail& mail, const EventMaker& maker) {
  work.write([&](Transaction& transaction) {
    Reminded reminded(transaction, mail.key, maker);
    store::LedgerEntry sent = mail.entry;
    sent.outcome = store::MailOutcome::Sent;
    sent.next_try = {};
    store::update_entry(transaction.connection(), mail.key, sent);
    const auto trigger = reminded.trigger_of(mail.alarm);
    if (trigger && trigger->at == mail.key.due) {
      reminded.acknowledge();
      reminded.store_alarms();
    }
    reminded.settle();
  });
}

void postpone_mail(UnitOfWork& work, const ClaimedMail& mail) {
  work.write([&](Transaction& transaction) {
    store::LedgerEntry later = mail.entry;
    const int doublings = std::min(mail.entry.tries - 1, 10);
    const Milliseconds wait = std::min(kFirstWait * (1 << doublings), kLongestWait);
    later.next_try = {work.now().value + wait.count()};
    store::postpone_entry(transaction.connection(), mail.key, later);
  });
}

void pass_over(UnitOfWork& work, const store::DueMail& due, const EventMaker& maker) {
  work.write([&](Transaction& transaction) {
    Reminded reminded(transaction, key_of(due), maker);
    close_open_entry(transaction.connection(), key_of(due));
    reminded.acknowledge();
    reminded.settle();
  });
}

}  // namespace gw::model::calendar
