// Which tables hold rows of a tenant and of a user. The one list; deletion and the integrity check read it,
// and a test compares it with the schema, so a new table cannot be forgotten.
#pragma once

#include <span>
#include <string_view>

#include "core/ids.hpp"
#include "sql/connection.hpp"

namespace gw::model::contexts {

struct AccountTable {
  std::string_view name;
  /// Has a column `user_id` whose rows belong to that user alone and go with him.
  bool per_user = false;
};

/// Every table with a column `cid`; `context_sequence` and `contexts` come last.
std::span<const AccountTable> account_tables();

/// Removes every row of the context. Cost: one statement for each table.
void delete_context_rows(sql::Connection& connection, ContextId context);
/// Removes what belongs to one user alone (settings, sessions, attributes …), not his objects, folders and
/// row.
void delete_rows_of_user(sql::Connection& connection, ContextId context, UserId user);

}  // namespace gw::model::contexts
