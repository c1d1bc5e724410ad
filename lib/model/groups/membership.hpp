// Who is in which group: what users, folders and participants ask. Changing groups by clients is in
// group_service.hpp.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/unit_of_work.hpp"
#include "sql/connection.hpp"

namespace gw::model::groups {

/// Stored memberships of one user; groups 0 and 2147483647 are computed by the caller. Cost: one query.
std::vector<GroupId> list_groups_of(sql::Connection& connection, ContextId context, UserId user);
/// All stored memberships of a context. Cost: one query.
std::vector<std::pair<UserId, GroupId>> list_memberships(sql::Connection& connection, ContextId context);
/// Members, ascending; groups 0 and 2147483647 are computed. Empty for an unknown group. Cost: one query.
std::vector<UserId> list_members(sql::Connection& connection, ContextId context, GroupId group);
/// True for stored groups and for the computed ones. Cost: one query.
bool group_exists(sql::Connection& connection, ContextId context, GroupId group);

/// Stores groups 0 and 1 of a new context; the members of 0 are computed.
void create_standard_groups(Transaction& transaction, ContextId context);
/// Puts a new user into the standard group and marks groups 0 and 1 as changed.
void join_standard_group(Transaction& transaction, ContextId context, UserId user);
/// Takes a user out of every group and marks those as changed.
void leave_all_groups(Transaction& transaction, ContextId context, UserId user);

}  // namespace gw::model::groups
