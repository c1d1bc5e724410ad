// Who administers the whole installation: logins with password hashes. Signing in is lib/provisioning's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "sql/scope.hpp"

namespace gw::model::administration {

/// The password hash. Errors: empty when there is no such administrator. Cost: one query.
std::optional<std::string> find_administrator(sql::Connection& connection, std::string_view login);
std::vector<std::string> list_administrators(sql::Connection& connection);
/// New, or with a new hash. Errors: ProvisioningError Invalid (the name).
void store_administrator(sql::Scope& database, std::string_view login, const std::string& hash, Millis now);
/// False when there was none.
bool remove_administrator(sql::Scope& database, std::string_view login);

}  // namespace gw::model::administration
