// How clients see mail accounts: one table of columns. Source: spec columns section 10.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "mailbox/accounts/account_record.hpp"
#include "mailbox/mailbox.hpp"

namespace gw::ajax {

/// An account on its way to a client. `record.fullnames` are what is shown as full names.
struct AccountView {
  mailbox::accounts::AccountRecord record;
  std::vector<std::string> addresses;  ///< of the primary account only
};

struct AccountColumn {
  int number = 0;
  const char* name = nullptr;
  Json (*write)(const AccountView& view) = nullptr;
  /// Of the primary account, too, the user may change it.
  bool is_open_in_primary = false;
};

/// Ascending by number.
std::span<const AccountColumn> account_columns();
/// Null: there is none.
const AccountColumn* find_account_column(int number);

/// The primary account as a record. `asks_server`: with the full names of its default folders; a server that
/// does not answer takes these away, not the account.
AccountView view_primary(mailbox::Mailbox& mailbox, bool asks_server);
/// A further account. `asks_server`: for full names that are not stored.
AccountView view_further(mailbox::Mailbox& mailbox, const mailbox::accounts::AccountRecord& record,
                         bool asks_server);
/// Errors: ACC-0002.
AccountView view_account(mailbox::Mailbox& mailbox, std::int64_t id, bool asks_server);

/// All members that have a value.
Json write_account(const AccountView& view);

/// Full names of the account's default folders; empty where its server does not answer.
mail::FolderNames find_fullnames(mailbox::Mailbox& mailbox, std::int64_t account);

}  // namespace gw::ajax
