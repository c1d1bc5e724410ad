// Ids of sessions and of what leads to them end with the number of the database that has the row: no other
// database need be asked. What was made before there were numbers ends in anything, and lies in the home
// database, where a number that nobody has leads to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sql/scope.hpp"

namespace gw::session {

/// 32 hex characters, the last four of which are the number of the database.
std::string new_id(const sql::Scope& database);
/// 0 for what is no id.
std::int64_t database_of_id(std::string_view id);

}  // namespace gw::session
