// The mail accounts of the caller beside the one of the configuration, and what he changed of that. Source:
// spec mail section 13.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "mailbox/accounts/account_record.hpp"
#include "mailbox/accounts/reach.hpp"
#include "model/unit_of_work.hpp"

namespace gw::mailbox::accounts {

/// The caller has the module, is no guest, and the server allows further accounts.
bool may_have_accounts(const model::UnitOfWork& work);

/// Errors: ACC-0014 when the caller may have none.
void require_allowed(const model::UnitOfWork& work);

/// Ascending by id. The record of id 0, if there is one, has only what was changed of the primary account.
/// Who may have none has only those that an administrator gave him. Cost: that of known_records.
std::vector<AccountRecord> load_records(model::UnitOfWork& work);

/// Gives the new account. `own`: addresses of the primary account.
/// Errors: ACC-0014 too many or none allowed, those of check_record, check_unique, and Reach::require.
AccountRecord create_account(model::UnitOfWork& work, const Reach& reach, const AccountRecord& record,
                             std::span<const std::string> own);

/// `change` works on the account as it is, maybe several times; a changed server or login without a new
/// password keeps the old one. Id 0 needs no row before. Errors: ACC-0002, ACC-0026 another protocol,
/// ACC-0027 more than names and folders of a given one, and those of create_account and of `change`.
AccountRecord change_account(model::UnitOfWork& work, const Reach& reach, std::int64_t id,
                             std::span<const std::string> own,
                             const std::function<void(AccountRecord&)>& change);

/// Gives those that were there. Errors: ACC-0006 for id 0, ACC-0027 for a given one: then none is deleted.
std::vector<std::int64_t> remove_accounts(model::UnitOfWork& work, std::span<const std::int64_t> ids);

/// What passwords of accounts are sealed with. It may write: call it outside of a transaction.
std::string load_seal(sql::Connection& connection);
/// An administrator gives the account to a user of the transaction's context. Errors: those of check_record
/// and check_unique.
void give_account(model::Transaction& transaction, UserId user, AccountRecord record, std::string_view seal);

/// Names, address and folders, without servers.
mail::Account describe_account(const model::UnitOfWork& work, const AccountRecord& record);
/// Empty when it has none. Owns: a secret, which the caller wipes. Errors: ACC-0010.
std::string open_store_password(model::UnitOfWork& work, const AccountRecord& record);
/// What is connected to. Not for one at the servers of the configuration. `Prefer` for servers where
/// encryption is only offered. Owns: copies of secrets, which the caller wipes. Errors: ACC-0010 when a
/// password cannot be opened, those of Reach::apply.
mail::Account make_account(model::UnitOfWork& work, const Reach& reach, const AccountRecord& record);

}  // namespace gw::mailbox::accounts
