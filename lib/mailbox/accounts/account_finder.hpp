// Which servers an address has: asks what the configuration allows, one source after the other. Source: spec
// mail section 13, settings "autoconfig".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/autoconfig/proposal.hpp"
#include "mail/store/provider.hpp"
#include "mailbox/accounts/account_record.hpp"
#include "mailbox/accounts/reach.hpp"

namespace gw::mailbox::accounts {

struct Wanted {
  mail::autoconfig::MailAddress address;
  std::string password;        ///< guesses sign in with it
  bool wants_security = true;  ///< only TLS, or a STARTTLS that must be offered
};

struct FoundAccount {
  AccountRecord record;     ///< without password
  std::string_view source;  ///< "providers", "domain", "directory", "guess"
};

/// Sources: GroupwareMailProvider, documents of the domain, the public directory, guesses. Servers out of
/// reach are passed over. Errors: empty when nothing was found. Cost: at most 30 seconds on the network; hold
/// no database connection.
std::optional<FoundAccount> find_servers(const Settings& settings, const mail::Registry& registry,
                                         const Reach& reach, const Wanted& wanted);

}  // namespace gw::mailbox::accounts
