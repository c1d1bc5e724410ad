// What modules ask of the reminders of their objects: the alarm of an object is the reminder of its reader.
// Rights are the caller's business. All writes after Transaction::stamp.
#pragma once

#include <map>
#include <optional>

#include "model/reminders/reminder.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::reminders {

/// An object that people are reminded of.
struct Target {
  TargetModule module = TargetModule::Task;
  ObjectId object;
};

/// When this user is to be reminded; 0: not.
Millis find_alarm(sql::Connection& connection, ContextId context, UserId user, Target target);
/// All of a user's alarms of one module, by object. Cost: one query.
std::map<std::int64_t, Millis> alarms_of(sql::Connection& connection, ContextId context, UserId user,
                                         TargetModule module);

/// The user's only reminder of that object; `alarm` 0 removes it.
void set_alarm(Transaction& transaction, UserId user, Target target, FolderId folder, Millis alarm);
/// The object is gone: so are the reminders of everybody.
void forget_target(Transaction& transaction, Target target);
/// Where users see the object now: reminders of those who do not see it any more go. `place_of` gives 0 for
/// them.
void follow_target(Transaction& transaction, Target target,
                   const std::function<FolderId(UserId user, FolderId before)>& place_of);
/// Each reminder of `from` as one of `to`, later by that much. Units: ms.
void copy_alarms(Transaction& transaction, Target from, Target to, std::int64_t later);

}  // namespace gw::model::reminders
