#include "unit/lib/mail/imap/support/dovecot.hpp"

#include "core/json.hpp"
#include "core/random.hpp"

namespace gw::mail::imap::test {
const Dovecot& Dovecot::shared() {
  static const Dovecot server;
  return server;
}

Dovecot::Dovecot() {
  if (!service_.is_ready()) return;
  const auto told = Json::parse(service_.told());
  port_ = static_cast<int>(told->get("port").as_integer());
  tls_port_ = static_cast<int>(told->get("tls_port").as_integer());
  ca_file_ = told->get("ca_file").as_string();
  told->get("addresses").for_each_member([&](std::string_view name, const Json& address) {
    addresses_[std::string(name)] = address.as_string();
  });
}

std::vector<std::string> Dovecot::variants() const {
  std::vector<std::string> names;
  for (const auto& [name, address] : addresses_) names.push_back(name);
  return names;
}

Account Dovecot::account(const std::string& variant, const std::string& login) const {
  Account account;
  account.name = "Mail";
  account.store.protocol = "imap";
  account.store.host = addresses_.at(variant);
  account.store.port = port_;
  account.store.encryption = Encryption::None;
  account.store.ca_file = ca_file_;
  account.store.login = login;
  account.store.secret = "secret";
  return account;
}

std::string new_login() { return "u" + random_hex(6); }

}  // namespace gw::mail::imap::test
