// The table `app_passwords`.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "session/app_passwords/app_password.hpp"
#include "sql/connection.hpp"

namespace gw::session::app_passwords {

void insert_app_password(sql::Connection& connection, ContextId context, UserId user,
                         const AppPassword& password, std::string_view digest);
/// Ascending by creation.
std::vector<AppPassword> list_app_passwords(sql::Connection& connection, ContextId context, UserId user);
std::optional<AppPassword> find_app_password(sql::Connection& connection, ContextId context, UserId user,
                                             AppScope scope, std::string_view digest);
bool has_app_password(sql::Connection& connection, ContextId context, UserId user, std::string_view id);
/// False when there is none.
bool delete_app_password(sql::Connection& connection, ContextId context, UserId user, std::string_view id);
/// Writes last_used, address and client.
void note_app_password_use(sql::Connection& connection, ContextId context, UserId user,
                           const AppPassword& password);

}  // namespace gw::session::app_passwords
