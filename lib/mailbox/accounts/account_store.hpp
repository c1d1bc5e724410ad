// The rows of mail_accounts. Rules are in account_service.hpp.
#pragma once

#include <vector>

#include "core/ids.hpp"
#include "mailbox/accounts/account_record.hpp"
#include "sql/connection.hpp"

namespace gw::mailbox::accounts {

/// All of a user, ascending by id; the one of id 0 holds what was changed of the primary account.
std::vector<AccountRecord> list_records(sql::Connection& connection, ContextId context, UserId user);
/// Users who have accounts beside the primary one. Ascending.
std::vector<UserId> list_owners(sql::Connection& connection, ContextId context);
/// Replaces the row of the record's id.
void store_record(sql::Connection& connection, ContextId context, UserId user, const AccountRecord& record);
/// False: there was none.
bool delete_record(sql::Connection& connection, ContextId context, UserId user, std::int64_t id);

}  // namespace gw::mailbox::accounts
