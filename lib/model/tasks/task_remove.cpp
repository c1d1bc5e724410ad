// Deleting tasks, and taking participants out of them.
#include <algorithm>
#include <array>

#include "core/errors/task.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/reminders/alarms.hpp"
#include "model/tasks/task_delegation.hpp"
#include "model/tasks/task_store.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {
namespace {

constexpr std::size_t kTasksRemovedAtOnce = 500;

}  // namespace

void TaskWriter::erase(ObjectId id, bool is_told) {
  const ContextId context = caller_.context;
  const auto task = store::find_home(connection_, context, store::with_dependencies({}), id);
  if (!task) return;
  const auto places = store::load_places(connection_, context, id);
  attachments::remove_with_parents(transaction_, context, attachments::ParentModule::Task, std::array{id});
  reminders::forget_target(transaction_, {reminders::TargetModule::Task, id});
  store::remove(connection_, context, std::array{id});
  for (const Place& place : places)
    write_tombstone(connection_, context, ObjectModule::Task, place.folder, id, stamp_);
  if (is_told || places.size() > 1) raise(ChangeKind::Deleted, *task, places);
}

void TaskWriter::end_part(ObjectId id, UserId user) {
  const auto stored = find_whole(id);
  if (!stored) return;
  Task task = *stored;
  remove_participant(task, user);
  const auto before = store::load_places(connection_, caller_.context, id);
  std::vector<Place> after = before;
  std::erase_if(after, [user](const Place& place) { return place.user == user; });
  if (after.empty()) return erase(id);
  // The home comes first, and is now that of the first participant who has it, if it was the leaving one's.
  after.front().is_home = true;
  task.folder_id = after.front().folder.value;
  task.modified_by = caller_.user.value;
  task.last_modified = stamp_;
  store::update(connection_, caller_.context, task);
  store::replace_members(connection_, caller_.context, task);
  write_places(task, before, after);
  raise(ChangeKind::Updated, task, before);
}

void TaskWriter::leave_folder(ObjectId id, FolderId folder, bool is_told) {
  for (const Place& place : store::load_places(connection_, caller_.context, id)) {
    if (place.folder != folder) continue;
    return place.is_home ? erase(id, is_told) : end_part(id, place.user);
  }
}

void TaskWriter::remove(TaskRef ref, Millis known) {
  const Task stored = load(ref);
  if (!may_remove(folder(ref.folder).rights, is_own(stored, caller_)))
    throw ApiError(errors::tsk::kNoDelete, {std::to_string(ref.folder.value)});
  if (stored.last_modified > known) throw ApiError(errors::tsk::kChanged);
  // A participant ends his own part alone.
  if (stored.is_home) tell(scheduling::TaskChange::Deleted, stored);
  leave_folder(ref.id, ref.folder);
}

Removed remove(UnitOfWork& work, std::span<const TaskRef> refs, Millis known) {
  Removed removed{std::vector<std::optional<ApiError>>(refs.size()), {}};
  for (std::size_t start = 0; start < refs.size(); start += kTasksRemovedAtOnce) {
    const std::size_t end = std::min(refs.size(), start + kTasksRemovedAtOnce);
    work.write([&](Transaction& transaction) {
      TaskWriter writer(transaction);
      for (std::size_t i = start; i < end; ++i) {
        removed.errors[i].reset();
        try {
          writer.remove(refs[i], known);
        } catch (const ApiError& refused) {
          removed.errors[i] = refused;
        }
      }
      removed.timestamp = transaction.stamp();
    });
  }
  return removed;
}

}  // namespace gw::model::tasks
