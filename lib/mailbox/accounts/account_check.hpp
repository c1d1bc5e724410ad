// Whether an account works: tries its servers. Source: spec mail section 13, `validate` and `status`.
#pragma once

#include <string>

#include "mail/store/provider.hpp"
#include "mailbox/accounts/account_rules.hpp"

namespace gw::mailbox::accounts {

struct CheckResult {
  bool store_works = false, transport_works = false;
  Warnings warnings;
};
/// Signs in at both servers, each with a connection of its own. A transport without a host works. Cost: at
/// most the time-outs of the account. Hold no database connection.
CheckResult check_servers(const mail::Registry& registry, const mail::Account& account);

/// What is wrong in one word for `status`: "ok", "invalid_credentials", "denied", "unavailable".
struct AccountState {
  std::string word = "ok";
  std::string message;  ///< for people; empty with "ok"
};
AccountState to_state(const ApiError& error);

}  // namespace gw::mailbox::accounts
