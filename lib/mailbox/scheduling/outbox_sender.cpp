#include "mailbox/scheduling/outbox_sender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/errors/mail.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mailbox/scheduling/event_words.hpp"
#include "mailbox/scheduling/scheduling_mail.hpp"
#include "mailbox/scheduling/task_mail.hpp"
#include "mailbox/sending.hpp"
#include "mailbox/typed_text.hpp"
#include "model/calendar/calendar_people.hpp"
#include "model/scheduling/outbox.hpp"
#include "model/settings/config_tree.hpp"
#include "model/users/user_directory.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
namespace outbox = model::scheduling;
using outbox::Letter;

/// Letters that are claimed together.
constexpr std::size_t kClaimedTogether = 5;

/// This recipient's own trouble, others may still be told.
bool is_of_recipient(const ErrorCode& code) {
  return code == errors::msg::kRecipientsRefused || code == errors::msg::kBadAddress ||
         code == errors::msg::kBadHeader || code == errors::msg::kSenderNotAllowed;
}

/// The server may take it later: greylisting, a full mailbox.
bool is_passing(const ApiError& error) {
  return error.code() == errors::msg::kRecipientsRefused && !error.arguments().empty() &&
         error.arguments().front().find(" (4") != std::string::npos;
}

mail::Address address_of(const calendar::CalendarUser& user) {
  mail::Address address;
  address.address = calendar::address_of_uri(user.uri);
  if (address.address.empty()) address.address = user.email;
  if (!user.cn.empty() && user.cn != address.address) address.personal = user.cn;
  return address;
}

class Postman {
 public:
  explicit Postman(Mailbox& mailbox) : mailbox_(mailbox), work_(mailbox.work()) {}

  /// Errors: those of sending.
  void post(const Letter& letter) {
    const auto delivery = delivery_of(letter);
    if (!delivery) return;
    const mail::mime::Composition composition =
        letter.task ? compose_task_mail(letter, *delivery, people_of(*letter.task))
                    : compose_scheduling_mail(letter, *delivery);
    require_buildable(composition);
    mail::Envelope envelope = mail::mime::make_envelope(composition);
    // Reports of failures go to whoever really sends it.
    envelope.sender = mail::mime::to_ascii_domain(delivery->sender.address);
    const std::int64_t account = require_sendable(mailbox_, envelope);
    const auto built = mail::mime::build_message(composition);
    work_.release();
    mailbox_.open_transport(account)->send(envelope, built.open(), built.size());
  }

 private:
  std::string people_of(const outbox::TaskNotice& notice) {
    std::string text;
    for (calendar::CalendarUser person : notice.people) {
      if (person.entity != 0) {
        const auto user = model::users::find_user(work_.connection(), work_.context(), UserId(person.entity));
        if (!user) continue;
        person.cn = user->display_name;
        person.email = user->mail;
      }
      text += (text.empty() ? "" : ", ") + person_words(person);
    }
    return text;
  }

  /// Whose words these are, as an address of the session's user where it is one of his.
  mail::Address originator_of(const Letter& letter) {
    if (letter.event.originator.entity == letter.event.actor.value) {
      mail::Address own = mailbox_.default_sender();
      // Others know him by the address that the event names.
      const mail::Address named = address_of(letter.event.originator);
      for (const std::string& each : mailbox_.own_addresses())
        if (equal_ignoring_ascii_case(each, named.address)) own.address = each;
      return own;
    }
    mail::Address named = address_of(letter.event.originator);
    return named.address.empty() ? mailbox_.default_sender() : named;
  }

  /// Empty: he wants no such mails, or has none.
  std::optional<Delivery> delivery_of(const Letter& letter) {
    Delivery delivery;
    delivery.originator = originator_of(letter);
    const bool is_own = letter.event.originator.entity == letter.event.actor.value;
    delivery.sender = is_own ? delivery.originator : mailbox_.default_sender();
    delivery.recipient = address_of(letter.recipient);
    delivery.is_internal = letter.recipient.entity != 0;
    delivery.product = work_.settings().product_name;
    delivery.locale = work_.caller().locale;
    const auto& start = letter.event.event.start;
    const auto zone = start.kind == calendar::TimeKind::Zoned ? TimeZone::find(start.zone) : std::nullopt;
    delivery.zone = zone.value_or(work_.caller().timezone);
    if (delivery.is_internal && !fit_to_user(letter, delivery)) return std::nullopt;
    if (delivery.recipient.address.empty()) return std::nullopt;
    if (!delivery.is_internal && !letter.task) delivery.files = files_of(work_, letter);
    return delivery;
  }

  /// His language, zone and wishes.
  bool fit_to_user(const Letter& letter, Delivery& delivery) {
    const UserId id(letter.recipient.entity);
    const auto caller = model::users::load_caller(work_.connection(), work_.context(), id);
    const auto user = model::users::find_user(work_.connection(), work_.context(), id);
    if (!caller || !user) return false;
    delivery.locale = caller->locale;
    delivery.zone = caller->timezone;
    delivery.recipient = {user->display_name, user->mail};
    work_.release();
    model::UnitOfWork his(work_.environment(), *caller);
    return model::settings::read_config(his, wish_about(letter)).to_boolean().value_or(true);
  }

  /// The setting of the recipient that says whether he wants it.
  static std::string_view wish_about(const Letter& letter) {
    if (letter.task) {
      if (letter.task->change != outbox::TaskChange::Confirmed)
        return "modules/tasks/notifyNewModifiedDeleted";
      return letter.task->created_by == letter.recipient.entity
                 ? "modules/tasks/notifyAcceptedDeclinedAsCreator"
                 : "modules/tasks/notifyAcceptedDeclinedAsParticipant";
    }
    return letter.event.method == calendar::SchedulingMethod::Reply
               ? "modules/calendar/notifyAcceptedDeclinedAsCreator"
               : "modules/calendar/notifyNewModifiedDeleted";
  }

  Mailbox& mailbox_;
  model::UnitOfWork& work_;
};

std::string_view kind_of(const Letter& letter) { return letter.task ? "task" : "event"; }

/// Into his own INBOX; where even that fails the log has said it.
void tell_sender(Mailbox& mailbox, const Letter& letter, const ApiError& error) {
  try {
    const Words& words = words_of(mailbox.work().caller().locale);
    const std::string title = title_of(letter.event.event, words);
    mail::mime::Composition mail;
    mail.from.push_back(mailbox.default_sender());
    mail.to = mail.from;
    mail.subject = fmt::format("{}: {}", words.failure, title);
    mail.text = fmt::format("{}.\n\n{}\n", fill_in(words.undelivered, person_words(letter.recipient), title),
                            as_one_line(error.what()));
    require_buildable(mail);
    const auto built = mail::mime::build_message(mail);
    mail::Deposit deposit{built.open(), built.size(), {}, {}};
    store_mails(mailbox, {0, "INBOX"}, {&deposit, 1});
  } catch (const ApiError&) {
    return;
  }
}

void give_up(Mailbox& mailbox, const Letter& letter, const ApiError& error) {
  log(LogLevel::Warning, "GW0600",
      fmt::format("a scheduling mail for {} {} of context {} was refused for good: {}", kind_of(letter),
                  letter.event.event.id.value, letter.event.context.value, format_code(error.code())));
  if (outbox::give_up(mailbox.work(), letter) == outbox::Fate::Gone) tell_sender(mailbox, letter, error);
}

void keep(Mailbox& mailbox, const Letter& letter, const ApiError& error) {
  const outbox::Fate fate =
      outbox::put_back(mailbox.work(), letter, format_code(error.code()), !is_of_recipient(error.code()));
  if (fate == outbox::Fate::Lost) return;
  if (fate == outbox::Fate::Waits) {
    log(LogLevel::Info, "GW0602",
        fmt::format("a scheduling mail for {} {} of context {} could not be sent yet: {}", kind_of(letter),
                    letter.event.event.id.value, letter.event.context.value, format_code(error.code())));
    return;
  }
  log(LogLevel::Warning, "GW0601",
      fmt::format("a scheduling mail for {} {} of context {} was given up after two days: {}",
                  kind_of(letter), letter.event.event.id.value, letter.event.context.value,
                  format_code(error.code())));
  tell_sender(mailbox, letter, error);
}

}  // namespace

std::size_t send_due(Mailbox& mailbox, const SendBudget& budget) {
  model::UnitOfWork& work = mailbox.work();
  const auto end = std::chrono::steady_clock::now() + budget.time;
  std::size_t sent = 0, tried = 0;
  std::optional<ApiError> failure;
  Postman postman(mailbox);
  while (tried < budget.mails && !failure && std::chrono::steady_clock::now() < end) {
    const auto letters = outbox::claim_due(work, std::min(kClaimedTogether, budget.mails - tried));
    if (letters.empty()) break;
    for (const Letter& letter : letters) {
      ++tried;
      if (!outbox::is_held(work, letter)) continue;
      if (failure) {
        keep(mailbox, letter, *failure);
        continue;
      }
      try {
        postman.post(letter);
        outbox::drop_sent(work, letter);
        ++sent;
      } catch (const ApiError& error) {
        if (is_of_recipient(error.code()) && !is_passing(error)) {
          give_up(mailbox, letter, error);
          continue;
        }
        if (!is_of_recipient(error.code())) failure = error;
        keep(mailbox, letter, error);
      }
    }
  }
  return sent;
}

}  // namespace gw::mailbox::scheduling
