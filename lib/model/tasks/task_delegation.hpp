// Who takes part in a task, and in which folders it therefore appears. Source: spec
// tasks-reminders-attachments section 1 (participants).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/tasks/task.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::tasks {

/// Most internal participants of one task, groups expanded. Errors beyond it: SVL-0010.
inline constexpr std::size_t kMaxUsers = 10'000;

/// Sets `task.users` from `task.participants`. Who took part before keeps what he said; who no longer does
/// stays as removed, and his group alone does not bring him back. Members that `before` named are not judged
/// again: a user or group may be gone. Errors: TSK-0018 nobody of that number, TSK-0052 empty group.
void expand_participants(sql::Connection& connection, ContextId context, Task& task, const Task& before);
/// He leaves the task by himself.
void remove_participant(Task& task, UserId user);

/// The home, and in a private folder one place for each participant but its owner: where he had it before,
/// else his default task folder. Cost: a query per new participant, or one for all of many.
std::vector<Place> places_of(sql::Connection& connection, ContextId context, const Task& task,
                             const Place& home, std::span<const Place> before);

}  // namespace gw::model::tasks
