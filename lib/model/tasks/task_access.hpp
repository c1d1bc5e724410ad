// What a caller may see of tasks: folder rights plus the private flag. The one place that decides it.
// Source: spec tasks-reminders-attachments section 1 (permissions).
#pragma once

#include "model/folders/folder_lookup.hpp"
#include "model/tasks/task.hpp"

namespace gw::model::tasks {

/// Errors: FLD-0003, FLD-0008; TSK-0006 when it keeps no tasks.
folders::FolderAccess load_task_folder(sql::Connection& connection, const Caller& caller, FolderId folder);
/// The same, and TSK-0023 when nothing in it may be read.
folders::FolderAccess load_readable_folder(sql::Connection& connection, const Caller& caller,
                                           FolderId folder);

inline bool is_own(const Task& task, const Caller& caller) { return task.created_by == caller.user.value; }
/// `folder`: the one that the task was read through.
bool is_visible(const Task& task, const folders::FolderAccess& folder, const Caller& caller);

/// Task folders in which the caller may read something.
class FolderLookup : public folders::FolderLookup {
 public:
  FolderLookup(sql::Connection& connection, const Caller& caller)
      : folders::FolderLookup(connection, caller, ObjectModule::Task, 1) {}
  [[nodiscard]] bool is_visible(const Task& task);
};

}  // namespace gw::model::tasks
