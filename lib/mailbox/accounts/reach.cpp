#include "mailbox/accounts/reach.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <stdexcept>

#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"
#include "core/text.hpp"
#include "mail/net/socket.hpp"

namespace gw::mailbox::accounts {
namespace {

using mail::net::NetworkList;

bool is_literal(const std::string& host) {
  unsigned char bytes[16];
  return inet_pton(AF_INET, host.c_str(), bytes) == 1 || inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

}  // namespace

std::shared_ptr<const NetworkList> denied_networks(const std::vector<std::string>& words) {
  if (words.empty()) return nullptr;
  NetworkList list;
  for (const std::string& word : words) {
    const auto more = word == "internal" ? std::optional(NetworkList::internal()) : NetworkList::parse(word);
    if (!more) throw std::invalid_argument(word);
    list.add(*more);
  }
  return std::make_shared<const NetworkList>(std::move(list));
}

Reach::Reach(const MailAccountSettings& settings)
    : settings_(settings), denied_(denied_networks(settings.denied_networks)) {}

bool Reach::allows_port(int port) const {
  return settings_.ports.empty() ||
         std::find(settings_.ports.begin(), settings_.ports.end(), port) != settings_.ports.end();
}

void Reach::require_allowed(const std::string& host, int port, bool is_encrypted) const {
  const bool is_denied = denied_ != nullptr && is_literal(host) && denied_->contains(host);
  if (!allows_port(port) || is_denied) throw ApiError(errors::acc::kHostDenied, {host, std::to_string(port)});
  if (settings_.requires_tls && !is_encrypted) throw ApiError(errors::msg::kEncryptionRequired, {host});
}

void Reach::require(const ServerRecord& server) const {
  require_allowed(server.host, server.port, server.tls != Tls::Offered);
}

void Reach::require_resolved(const ServerRecord& server) const {
  require(server);
  if (mail::net::leads_to_denied(denied_.get(), server.host))
    throw ApiError(errors::acc::kHostDenied, {server.host, std::to_string(server.port)});
}

void Reach::apply(mail::Server& server) const {
  const bool is_encrypted =
      server.encryption == mail::Encryption::Tls || server.encryption == mail::Encryption::StartTls;
  require_allowed(server.host, server.port, is_encrypted);
  server.denied = denied_;
  server.is_named_by_user = true;
  server.verifies_certificate = settings_.verifies_certificate;
  server.ca_file = settings_.ca_file;
}

}  // namespace gw::mailbox::accounts
