#include "mailbox/no_reply.hpp"

#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/errors/mail.hpp"
#include "mailbox/primary_account.hpp"

namespace gw::mailbox {
namespace {

/// A transport gives up after so many waits (mail/smtp/transport.cpp); a small mail has no more.
constexpr int kWaits = 16;

const MailServerSettings& transport_of(const Settings& settings) {
  return settings.no_reply.transport.host.empty() ? settings.mail.transport : settings.no_reply.transport;
}

mail::Account make_account(const Settings& settings) {
  const NoReplySettings& own = settings.no_reply;
  ServerAccess access{{}, {}, settings.mail.connect_timeout, settings.mail.read_timeout};
  MailServerSettings server = transport_of(settings);
  server.signs_in = !own.login.empty();
  mail::Account account;
  account.name = settings.product_name;
  account.primary_address = own.address;
  account.transport = make_server(server, access, own.login, own.secret);
  return account;
}

}  // namespace

bool can_send_itself(const Settings& settings) {
  return settings.no_reply.is_configured() && !transport_of(settings).host.empty();
}

mail::Address no_reply_address(const Settings& settings) {
  return {settings.product_name, settings.no_reply.address};
}

Milliseconds longest_sending(const Settings& settings) {
  return settings.mail.connect_timeout + kWaits * settings.mail.read_timeout;
}

void send_no_reply(const Settings& settings, const mail::Registry& registry,
                   const mail::mime::Composition& composition) {
  if (const auto problem = mail::mime::check_composition(composition))
    throw ApiError(errors::msg::kBadAddress, {problem->value});
  const mail::Account account = make_account(settings);
  const auto built = mail::mime::build_message(composition);
  const auto place = registry.places().take(account.transport);
  registry.transport(account.transport.protocol)
      .open(account)
      ->send(mail::mime::make_envelope(composition), built.open_without_bcc(), built.size_without_bcc());
}

bool is_fault_of_server(const ApiError& error) {
  const std::array of_the_mail{errors::msg::kRecipientsRefused, errors::msg::kTransportRefused,
                               errors::msg::kMessageTooLarge, errors::msg::kBadAddress};
  return std::none_of(of_the_mail.begin(), of_the_mail.end(),
                      [&](const ErrorCode& code) { return error.code() == code; });
}

}  // namespace gw::mailbox
