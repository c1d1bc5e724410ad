// Going through all contexts, one at a time, without holding them all.
#pragma once

#include <optional>

#include "core/ids.hpp"
#include "sql/connection.hpp"

namespace gw::model::contexts {

/// The smallest id that is greater. Empty: there is none. Cost: one query.
std::optional<ContextId> next_context(sql::Connection& connection, ContextId after);

}  // namespace gw::model::contexts
