#include "ajax/push/mail_watch.hpp"

#include <exception>
#include <limits>
#include <string>

#include "ajax/mail/mail_call.hpp"
#include "ajax/push/event_streams.hpp"
#include "mail/net/sasl.hpp"
#include "mail/net/socket.hpp"
#include "mail/net/stream.hpp"
#include "mailbox/mailbox.hpp"
#include "mailbox/primary_account.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/user_directory.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kMostAddresses = 4;

bool is_wanted(const Runtime& runtime) {
  const MailSettings& mail = runtime.environment.settings.mail;
  return runtime.events != nullptr && runtime.events->listens_to_mail() && mail.is_configured() &&
         !mail.is_told_of_new_mail();
}

const char* word_of(mail::Encryption encryption) {
  switch (encryption) {
    case mail::Encryption::None:
      return "none";
    case mail::Encryption::StartTls:
      return "starttls";
    case mail::Encryption::Tls:
      return "tls";
    case mail::Encryption::Prefer:
      break;
  }
  return "prefer";
}

bool fits_record(std::int64_t id) { return id > 0 && id <= std::numeric_limits<std::int32_t>::max(); }

/// The connection to the database was given back: names are looked up here.
std::optional<push::MailWatch> to_watch(const mail::Server& server, ContextId context, UserId user) {
  if (server.protocol != "imap" || server.login.empty() || !fits_record(context.value) ||
      !fits_record(user.value))
    return std::nullopt;
  push::MailWatch watch;
  watch.context = static_cast<std::int32_t>(context.value);
  watch.user = static_cast<std::int32_t>(user.value);
  for (const std::string& address : mail::net::find_addresses(server.host, kMostAddresses))
    watch.addresses += (watch.addresses.empty() ? "" : ",") + address;
  if (watch.addresses.empty()) return std::nullopt;
  watch.host = server.host;
  watch.port = server.port;
  watch.encryption = word_of(server.encryption);
  watch.verifies_certificate = server.verifies_certificate;
  watch.ca_file = server.ca_file;
  watch.mechanism = mail::sasl_name(server.mechanism);
  watch.login = server.login;
  watch.authorize_as = server.authorize_as;
  watch.secret = server.secret;
  return watch;
}

}  // namespace

std::optional<push::MailWatch> find_mail_watch(const Invocation& invocation,
                                               std::chrono::milliseconds life) noexcept try {
  if (!is_wanted(invocation.runtime)) return std::nullopt;
  const auto mailbox = open_mailbox(invocation);
  const mail::Server& server = mailbox->account(0).store;
  invocation.work.release();
  auto watch = to_watch(server, invocation.caller().context, invocation.caller().user);
  if (watch) watch->life = static_cast<std::int32_t>(std::chrono::ceil<std::chrono::seconds>(life).count());
  return watch;
} catch (const std::exception&) {
  return std::nullopt;
}

std::optional<push::MailWatch> find_master_watch(Runtime& runtime, ContextId context, UserId user) noexcept
    try {
  const MailSettings& settings = runtime.environment.settings.mail;
  if (!is_wanted(runtime) || settings.master.empty()) return std::nullopt;
  model::UnitOfWork work(runtime.environment, {});
  work.enter(context);
  const auto caller = model::users::load_caller(work.connection(), context, user);
  if (!caller || !caller->modules.has(model::Module::Webmail)) return std::nullopt;
  const model::users::User account = model::users::load_user(work.connection(), context, user);
  work.release();
  mail::Server server = mailbox::make_primary_account(settings, account, context, {}).store;
  auto watch = to_watch(server, context, user);
  mail::net::wipe(server.secret);
  return watch;
} catch (const std::exception&) {
  return std::nullopt;
}

}  // namespace gw::ajax
