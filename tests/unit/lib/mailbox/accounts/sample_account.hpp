// An account as a user may enter it, and the code of an error.
#pragma once

#include <string>

#include "core/error.hpp"
#include "mailbox/accounts/account_record.hpp"

namespace gw::test {

inline mailbox::accounts::AccountRecord sample_account() {
  mailbox::accounts::AccountRecord record;
  record.name = "Provider";
  record.address = "anna@provider.test";
  record.store = {"imap", "192.0.2.1", 993, mailbox::accounts::Tls::Always, "anna", "", "secret"};
  record.transport = {"smtp", "192.0.2.1", 587, mailbox::accounts::Tls::StartTls, "", "", {}};
  return record;
}

/// "": nothing was thrown.
template <class Act>
std::string code_of(const Act& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

}  // namespace gw::test
