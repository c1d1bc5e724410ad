#include "model/tasks/task_access.hpp"

#include "core/error.hpp"
#include "core/errors/task.hpp"

namespace gw::model::tasks {

folders::FolderAccess load_task_folder(sql::Connection& connection, const Caller& caller, FolderId folder) {
  folders::FolderAccess access = folders::load_access(connection, caller, folder);
  if (access.module != ObjectModule::Task)
    throw ApiError(errors::tsk::kNoTaskFolder, {std::to_string(folder.value)});
  return access;
}

folders::FolderAccess load_readable_folder(sql::Connection& connection, const Caller& caller,
                                           FolderId folder) {
  folders::FolderAccess access = load_task_folder(connection, caller, folder);
  if (access.rights.read == 0) throw ApiError(errors::tsk::kNoRead, {std::to_string(folder.value)});
  return access;
}

bool is_visible(const Task& task, const folders::FolderAccess& folder, const Caller& caller) {
  // Only the owner sees his folder as private; to everybody else it is shared.
  if (task.private_flag && folder.type != folders::FolderType::Private) return false;
  return may_read(folder.rights, is_own(task, caller));
}

bool FolderLookup::is_visible(const Task& task) {
  const folders::FolderAccess* folder = find(FolderId(task.folder_id));
  return folder != nullptr && tasks::is_visible(task, *folder, caller());
}

}  // namespace gw::model::tasks
