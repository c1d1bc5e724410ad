// The table of available times. No rules here.
#pragma once

#include <span>
#include <vector>

#include "model/availability/available_time.hpp"
#include "sql/connection.hpp"

namespace gw::model::availability::store {

/// Ascending by user and id. Cost: one select for each 256 users.
std::vector<AvailableTime> list_of_users(sql::Connection& connection, ContextId context,
                                         std::span<const UserId> users);
void insert(sql::Connection& connection, ContextId context, const AvailableTime& time);
void remove_of_user(sql::Connection& connection, ContextId context, UserId user);

}  // namespace gw::model::availability::store
