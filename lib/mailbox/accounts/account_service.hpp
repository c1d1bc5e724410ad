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
/// No further accounts are given to who may have none. Cost: one query.
std::vector<AccountRecord> load_records(model::UnitOfWork& work);

/// Gives the new account. `own`: addresses of the primary account.
/// Errors: ACC-0014 too many or none allowed, those of check_record, check_unique, and Reach::require.
AccountRecord create_account(model::UnitOfWork& work, const Reach& reach, const AccountRecord& record,
                             std::span<const std::string> own);

/// `change` works on the account as it is, maybe several times; a changed server or login without a new
/// password keeps the old one. Id 0 needs no row before. Errors: ACC-0002, ACC-0026 another protocol, and
/// those of create_account and of `change`.
AccountRecord change_account(model::UnitOfWork& work, const Reach& reach, std::int64_t id,
                             std::span<const std::string> own,
                             const std::function<void(AccountRecord&)>& change);

/// Gives those that were there. Errors: ACC-0006 for id 0: then none is deleted.
std::vector<std::int64_t> remove_accounts(model::UnitOfWork& work, std::span<const std::int64_t> ids);

/// What is connected to. `Prefer` for servers where encryption is only offered. Owns: copies of secrets,
/// which the caller wipes. Errors: ACC-0010 when a password cannot be opened, those of Reach::apply.
mail::Account make_account(model::UnitOfWork& work, const Reach& reach, const AccountRecord& record);

}  // namespace gw::mailbox::accounts
