// The table of available times. No rules here.
#pragma once

#include <vector>

#include "model/availability/available_time.hpp"
#include "sql/connection.hpp"

namespace gw::model::availability::store {

/// Ascending by id.
std::vector<AvailableTime> list_of_user(sql::Connection& connection, ContextId context, UserId user);
void insert(sql::Connection& connection, ContextId context, const AvailableTime& time);
void remove_of_user(sql::Connection& connection, ContextId context, UserId user);

}  // namespace gw::model::availability::store
