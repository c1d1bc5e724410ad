// SQL of groups and their stored members. Rules are in group_service.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/groups/group.hpp"
#include "sql/connection.hpp"

namespace gw::model::groups {

/// Stored groups with stored members, ascending by id; groups 0 and 1 among them. Cost: two queries.
std::vector<Group> list_stored(sql::Connection& connection, ContextId context);
std::optional<Group> find_stored(sql::Connection& connection, ContextId context, GroupId group);
void insert_group(sql::Connection& connection, ContextId context, const Group& group);
void update_group(sql::Connection& connection, ContextId context, const Group& group);
void replace_members(sql::Connection& connection, ContextId context, const Group& group);
void add_member(sql::Connection& connection, ContextId context, GroupId group, UserId user);
/// With its members.
void delete_group(sql::Connection& connection, ContextId context, GroupId group);
/// Compared without case. Another group than `except` that has this simple name.
bool is_name_taken(sql::Connection& connection, ContextId context, std::string_view name, GroupId except);

}  // namespace gw::model::groups
