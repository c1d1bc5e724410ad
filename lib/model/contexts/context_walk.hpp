// Going through all contexts, one at a time, without holding them all.
#pragma once

#include <optional>

#include "core/ids.hpp"
#include "sql/connection.hpp"

namespace gw::model::contexts {

/// The smallest id that is greater, of the contexts whose data are in this database. Empty: there is none.
/// Cost: one query.
std::optional<ContextId> next_context(sql::Connection& connection, ContextId after);
/// The same of all contexts of the installation, asked of the home database.
std::optional<ContextId> next_context_anywhere(sql::Connection& home, ContextId after);

}  // namespace gw::model::contexts
