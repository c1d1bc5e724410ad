// Writing the rows of users, aliases and attributes. Rules are in provisioning and user_service.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/users/user.hpp"
#include "sql/connection.hpp"

namespace gw::model::users {

/// The next user id of the context; never given twice. Call after the stamp was taken (it locks the row).
UserId reserve_user_id(sql::Connection& connection, ContextId context);

void insert_user(sql::Connection& connection, ContextId context, const User& user);
/// Writes every column but the password.
void update_user(sql::Connection& connection, ContextId context, const User& user);
/// Without hash nobody signs in with a password.
void update_password(sql::Connection& connection, ContextId context, UserId user,
                     const std::optional<std::string>& hash, Millis stamp);
void replace_aliases(sql::Connection& connection, ContextId context, const User& user);
/// Only the row itself; see contexts/context_rows.hpp for the rest.
void delete_user_row(sql::Connection& connection, ContextId context, UserId user);

/// Somebody else of the context who has it already; empty when it is free. Names of guests are nobody's.
std::optional<UserId> find_login_owner(sql::Connection& connection, ContextId context,
                                       std::string_view login);
std::optional<UserId> find_display_name_owner(sql::Connection& connection, ContextId context,
                                              std::string_view name, UserId except);
std::optional<UserId> find_alias_owner(sql::Connection& connection, ContextId context, std::string_view alias,
                                       UserId except);

}  // namespace gw::model::users
