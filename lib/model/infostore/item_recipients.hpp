// Who finds a file in his view of shared files, for the audience of events. What he may do there is decided
// by item_access.hpp.
#pragma once

#include <span>
#include <vector>

#include "model/infostore/item.hpp"
#include "sql/connection.hpp"

namespace gw::model::infostore {

/// Everybody with an object permission, groups expanded, but for those who see the file in its folder.
/// Gives them ascending. `viewers` must be ascending. Cost: one query per group among the entries.
std::vector<UserId> recipients(sql::Connection& connection, ContextId context,
                               std::span<const ObjectPermission> entries, std::span<const UserId> viewers);

}  // namespace gw::model::infostore
