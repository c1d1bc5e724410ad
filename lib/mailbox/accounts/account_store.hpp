// The rows of mail_accounts. Rules are in account_service.hpp.
#pragma once

#include <memory>
#include <vector>

#include "core/ids.hpp"
#include "mailbox/accounts/account_record.hpp"
#include "model/unit_of_work.hpp"

namespace gw::mailbox::accounts {

/// All of a user, ascending by id; the one of id 0 holds what was changed of the primary account.
std::vector<AccountRecord> list_records(sql::Connection& connection, ContextId context, UserId user);
/// The same of the caller. Never null. Cost: none when this process has asked under the caller's marks, if
/// they are known.
std::shared_ptr<const std::vector<AccountRecord>> known_records(model::UnitOfWork& work);
/// Users who have accounts beside the primary one. Ascending.
std::vector<UserId> list_owners(sql::Connection& connection, ContextId context);
/// Replaces the row of the record's id. The mark of the accounts moves, for known_records of other processes.
void store_record(model::Transaction& transaction, UserId user, const AccountRecord& record);
/// False: there was none.
bool delete_record(model::Transaction& transaction, UserId user, std::int64_t id);

}  // namespace gw::mailbox::accounts
