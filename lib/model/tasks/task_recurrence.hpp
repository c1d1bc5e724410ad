// Tasks that recur: one row, the occurrence that is open now. Source: spec tasks-reminders-attachments
// section 1 (recurrence), calendar section 4.
#pragma once

#include <optional>

#include "model/tasks/task.hpp"
#include "model/tasks/task_service.hpp"

namespace gw::model::tasks {

/// Brings the members of the rule into order after a change: what belongs to no rule of that type goes, and
/// the dates shift to the first day that the rule hits, keeping the length. `before`: the task as it was
/// stored; `sent`: the rows that the request gave. Nothing happens when neither the rule nor the dates were
/// sent. `zone`: in which days begin. Errors: TSK-0036 members without type, TSK-0037 without both dates;
/// APP-00xx as for appointments; SVL-0010 for a day that no year has.
void settle_recurrence(Task& task, const Task& before, const FieldSet& sent, const TimeZone& zone);

/// The next open task after this one, which is done: later dates, not started, one occurrence less. Empty
/// when the rule hits no more. Its place in the database is the caller's business.
std::optional<Task> next_open(const Task& done, const TimeZone& zone);
/// The done one recurs no longer.
void clear_recurrence(Task& task);

}  // namespace gw::model::tasks
