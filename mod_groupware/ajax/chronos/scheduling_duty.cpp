#include "ajax/chronos/scheduling_duty.hpp"

#include <fmt/format.h>

#include "ajax/mail/mail_call.hpp"
#include "ajax/session_check.hpp"
#include "core/log.hpp"
#include "mailbox/mailbox.hpp"
#include "mailbox/scheduling/inbox_pickup.hpp"
#include "mailbox/scheduling/outbox_sender.hpp"
#include "model/scheduling/inbox_ledger.hpp"

namespace gw::ajax {
namespace {

namespace scheduling = mailbox::scheduling;

constexpr Milliseconds kBetweenVisits{60'000}, kAfterFailure{600'000};

/// Neither mail servers nor the database may spoil what a request has done.
template <class Duty>
bool without_errors(const model::UnitOfWork& work, Duty duty) noexcept {
  try {
    duty();
    return true;
  } catch (const std::exception& error) {
    log(LogLevel::Info, "GW0603",
        fmt::format("scheduling mails of user {} in context {} wait: {}", work.caller().user.value,
                    work.caller().context.value, error.what()));
    return false;
  }
}

void put_off(model::UnitOfWork& work) {
  auto mark = model::scheduling::find_mark(work).value_or(model::scheduling::InboxMark{});
  mark.checked = {work.now().value + (kAfterFailure - kBetweenVisits).count()};
  model::scheduling::store_mark(work, mark);
}

}  // namespace

bool sends_scheduling_mails(const Runtime& runtime) {
  const Settings& settings = runtime.environment.settings;
  return settings.calendar.scheduling && runtime.mail_protocols != nullptr && settings.mail.is_configured() &&
         !settings.mail.transport.host.empty();
}

void send_scheduled(const Request& request, Runtime& runtime, model::UnitOfWork& work,
                    const session::Session& session) noexcept {
  without_errors(work, [&] {
    const mailbox::MailKeys keys{secret_of(request, runtime, session), request.mail_token};
    mailbox::Mailbox mailbox(work, *runtime.mail_protocols, session, keys);
    scheduling::send_due(mailbox);
  });
  work.release();
}

void visit_inbox(Invocation& invocation) noexcept {
  model::UnitOfWork& work = invocation.work;
  if (invocation.session == nullptr || !sends_scheduling_mails(invocation.runtime) ||
      !work.caller().modules.has(model::Module::Webmail))
    return;
  const bool is_well = without_errors(work, [&] {
    if (!scheduling::is_time_for_visit(work, kBetweenVisits)) return;
    mailbox::Mailbox mailbox(work, *invocation.runtime.mail_protocols, *invocation.session,
                             mail_keys(invocation));
    scheduling::send_due(mailbox);
    scheduling::pick_up(mailbox);
  });
  if (!is_well) without_errors(work, [&] { put_off(work); });
}

void take_news(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder, mail::Uid newest) noexcept {
  const Settings& settings = mailbox.work().settings();
  if (!settings.calendar.scheduling || folder.account != 0 || folder.fullname != "INBOX") return;
  without_errors(mailbox.work(), [&] {
    const auto duties = model::scheduling::find_duties(mailbox.work());
    const bool has_news = newest > 0 && (!duties || newest >= duties->uid_next);
    if (has_news) scheduling::pick_up(mailbox);
    // What was picked up may have been answered.
    if (has_news || !duties || duties->has_letters_due) scheduling::send_due(mailbox);
  });
}

}  // namespace gw::ajax
