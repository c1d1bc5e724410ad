// The little of a user's row that signing in needs, at the same cost whether the user exists or not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "sql/connection.hpp"

namespace gw::model::users {

struct LoginAccount {
  UserId id;
  bool is_enabled = true;
  bool is_guest = false;
  std::optional<std::string> password_hash;
};

/// `login` in lower case. Errors: empty when unknown. Cost: one query, found or not.
std::optional<LoginAccount> find_login_account(sql::Connection& connection, ContextId context,
                                               std::string_view login);
std::optional<LoginAccount> find_login_account(sql::Connection& connection, ContextId context, UserId user);

/// Stores the same password in a newer scheme. Does nothing when the password was changed since `old_hash`
/// was read. Call inside a write transaction. A real change of password is provisioning's
/// store_password_hash.
void renew_password_hash(sql::Connection& connection, ContextId context, UserId user,
                         const std::string& old_hash, const std::string& new_hash);

}  // namespace gw::model::users
