// Reading users: for login, for the request's caller, for lists. Changes are in user_service.hpp and
// provisioning.hpp.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "model/users/user.hpp"
#include "sql/connection.hpp"

namespace gw::model {
class Transaction;
}

namespace gw::model::users {

/// What load_caller saw of the context.
struct AccountState {
  bool is_locked = false;
  std::int64_t stamp = 0;  ///< context_sequence.account_stamp; compare for equality only
  Millis ends;             ///< when the account of a guest ends; 0 = never. Callers compare it with the clock
};
/// Who asks, with groups and modules. Empty when the user is unknown or disabled or the context is unknown or
/// disabled. Cost: two queries; served from a per-process cache that is checked against
/// context_sequence.account_stamp, then one. So a disabled user is out at the next request, on every node.
std::optional<Caller> load_caller(sql::Connection& connection, ContextId context, UserId user,
                                  AccountState* state = nullptr);

/// Login name of one context, compared as stored (lower case). Errors: none; empty when unknown.
std::optional<User> find_by_login(sql::Connection& connection, ContextId context, std::string_view login);
/// The internal user with this address, folded as fold_mail_address does.
std::optional<UserId> find_by_address(sql::Connection& connection, ContextId context,
                                      std::string_view address);
std::optional<User> find_user(sql::Connection& connection, ContextId context, UserId user);
/// Errors: ApiError USR-0010.
User load_user(sql::Connection& connection, ContextId context, UserId user);
/// Never null. Errors: ApiError USR-0010. Cost: none when this process has asked under the same `marks`, if
/// they are known, else two queries.
std::shared_ptr<const MailUser> load_mail_user(sql::Connection& connection, ContextId context, UserId user,
                                               const Marks& marks);
/// The user's own file quota, his file folder and his trash. Empty when unknown.
struct FileSettings {
  std::int64_t quota = -1;  ///< bytes; -1: his files count for the context
  FolderId home;
  FolderId trash;
};
/// Cost: none when this process has asked under the same `marks`, if they are known.
std::optional<FileSettings> find_file_settings(sql::Connection& connection, ContextId context, UserId user,
                                               const Marks& marks = {});
/// Internal users, ascending by id.
std::vector<User> list_users(sql::Connection& connection, ContextId context);
/// The ids of internal users, ascending: who hears of account changes, who is in group 0. Cost: one query.
std::vector<UserId> list_internal_ids(sql::Connection& connection, ContextId context);
std::vector<UserId> list_guest_ids(sql::Connection& connection, ContextId context);
/// Tells every node that users, groups or modules of the context changed. Call inside the transaction that
/// changed them. `account_stamp` becomes a mark that no other state of any database has; compare it for
/// equality only.
void touch_accounts(Transaction& transaction, ContextId context, Millis stamp);

}  // namespace gw::model::users
