// What a task must look like before it is stored, apart from rights, participants and recurrence. Pure.
// Source: spec tasks-reminders-attachments section 1.
#pragma once

#include "model/folders/folder_access.hpp"
#include "model/tasks/task.hpp"
#include "model/tasks/task_service.hpp"

namespace gw::model::tasks {

/// Copies the sent rows over the task: values, dates, and what status means for date_completed.
/// Errors: TSK-0040.
void apply_input(Task& task, const TaskInput& input, Millis now);
/// What the server decides on a new task, whatever the input says.
void settle_new(Task& task, const FieldSet& sent);
/// Errors: TSK-0041, TSK-0058 for a text among the sent rows.
void check_texts(const Task& task, const FieldSet& sent);
/// `folder`: where the task is seen through. Errors: TSK-0008 no private folder, TSK-0028 with participants,
/// TSK-0043 not the creator.
void check_private_flag(const Task& task, const folders::FolderAccess& folder, const Caller& caller);

}  // namespace gw::model::tasks
