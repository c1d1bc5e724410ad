// The table of reminders. No rights, no stamps here.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "model/reminders/reminder.hpp"
#include "sql/connection.hpp"

namespace gw::model::reminders::store {

/// By time, then id.
std::vector<Reminder> list_until(sql::Connection& connection, ContextId context, UserId user, Millis end);
/// Those of one user that changed after that.
std::vector<Reminder> list_changed(sql::Connection& connection, ContextId context, UserId user, Millis since);
std::vector<Reminder> list_of_user(sql::Connection& connection, ContextId context, UserId user,
                                   TargetModule module);
std::vector<Reminder> list_of_target(sql::Connection& connection, ContextId context, TargetModule module,
                                     ObjectId target);
std::optional<Reminder> find(sql::Connection& connection, ContextId context, UserId user, ObjectId id);
std::optional<Reminder> find_for(sql::Connection& connection, ContextId context, UserId user,
                                 TargetModule module, ObjectId target);

void insert(sql::Connection& connection, ContextId context, const Reminder& reminder);
/// Writes alarm, folder, position and last change.
void update(sql::Connection& connection, ContextId context, const Reminder& reminder);
void remove(sql::Connection& connection, ContextId context, ObjectId id);
void remove_of_target(sql::Connection& connection, ContextId context, TargetModule module, ObjectId target);

}  // namespace gw::model::reminders::store
