// What creating, changing and removing share: folders, places, quota, events.
#include "model/tasks/task_writer.hpp"

#include <algorithm>
#include <array>

#include "core/errors/account.hpp"
#include "core/errors/task.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/reminders/alarms.hpp"
#include "model/tasks/task_listing.hpp"
#include "model/tasks/task_store.hpp"

namespace gw::model::tasks {

TaskWriter::TaskWriter(Transaction& transaction, std::int64_t new_ids)
    : transaction_(transaction),
      work_(transaction.work()),
      connection_(transaction.connection()),
      caller_(work_.caller()),
      stamp_(transaction.stamp(new_ids)),
      lookup_(connection_, caller_) {}

const folders::FolderAccess& TaskWriter::folder(FolderId id) {
  const auto known = folders_.find(id);
  if (known != folders_.end()) return known->second;
  return folders_.emplace(id, load_task_folder(connection_, caller_, id)).first->second;
}

Task TaskWriter::load(TaskRef ref) {
  const folders::FolderAccess& place = folder(ref.folder);
  auto stored = store::find_in(connection_, caller_.context, all_fields(), ref.folder, ref.id);
  if (!stored) refuse_place(ref);
  if (!is_visible(*stored, place, caller_))
    throw ApiError(errors::tsk::kNotFound, {std::to_string(ref.id.value)});
  attach_members(connection_, caller_.context, std::array{&*stored});
  return std::move(*stored);
}

void TaskWriter::refuse_place(TaskRef ref) {
  // Telling that it is elsewhere would tell that it exists.
  const std::string id = std::to_string(ref.id.value);
  std::vector<Task> shown;
  store::scan(connection_, caller_.context, store::with_dependencies({}), {.ids = {ref.id}},
              [&](const Task& task) { shown.push_back(task); });
  const bool is_seen =
      std::any_of(shown.begin(), shown.end(), [&](const Task& task) { return lookup_.is_visible(task); });
  if (!is_seen) throw ApiError(errors::tsk::kNotFound, {id});
  throw ApiError(errors::tsk::kNotInFolder, {id, std::to_string(ref.folder.value)});
}

std::optional<Task> TaskWriter::find_whole(ObjectId id) {
  auto stored = store::find_home(connection_, caller_.context, all_fields(), id);
  if (stored) attach_members(connection_, caller_.context, std::array{&*stored});
  return stored;
}

void TaskWriter::check_quota(ObjectId next) {
  const std::int64_t limit = administration::count_limit(
      connection_, caller_.context, "task", work_.settings().limits.tasks_per_context, transaction_.marks());
  // Every task took one id of the context's sequence, so below the limit nothing needs to be counted.
  if (limit < 0 || next.value <= limit) return;
  const std::int64_t used = store::count_context(connection_, caller_.context, limit);
  if (used >= limit)
    throw ApiError(errors::quota::kExceeded, {"tasks", std::to_string(used), std::to_string(limit)});
}

Place TaskWriter::home_in(const folders::FolderAccess& access) const {
  const bool is_personal =
      access.type == folders::FolderType::Private || access.type == folders::FolderType::Shared;
  return {is_personal ? access.owner : UserId{}, access.id, true};
}

void TaskWriter::write_places(const Task& task, std::span<const Place> before, std::span<const Place> after) {
  const ContextId context = caller_.context;
  const ObjectId id(task.id);
  if (std::equal(before.begin(), before.end(), after.begin(), after.end()))
    return store::touch(connection_, context, id, caller_.user, stamp_);
  store::replace_places(connection_, context, id, after, stamp_);
  const auto shows = [](std::span<const Place> places, FolderId folder) {
    return std::any_of(places.begin(), places.end(), [&](const Place& p) { return p.folder == folder; });
  };
  for (const Place& place : before)
    if (!shows(after, place.folder))
      write_tombstone(connection_, context, ObjectModule::Task, place.folder, id, stamp_);
  for (const Place& place : after)
    if (!shows(before, place.folder))
      clear_tombstone(connection_, context, ObjectModule::Task, place.folder, id);
  const Place& home = after.front();
  reminders::follow_target(transaction_, {reminders::TargetModule::Task, id},
                           [&](UserId user, FolderId known) {
                             if (!home.user) return home.folder;
                             for (const Place& place : after)
                               if (place.user == user) return place.folder;
                             // Who sees it in somebody else's folder follows it there.
                             const bool was_home = !before.empty() && before.front().folder == known;
                             return was_home ? home.folder : FolderId{};
                           });
}

const std::vector<UserId>& TaskWriter::viewers_of(FolderId id) {
  const auto known = viewers_.find(id);
  if (known != viewers_.end()) return known->second;
  return viewers_.emplace(id, folders::viewers(transaction_, id)).first->second;
}

void TaskWriter::raise(ChangeKind kind, const Task& task, std::span<const Place> places, FolderId source) {
  Event event{.module = ObjectModule::Task,
              .kind = kind,
              .folder = FolderId(task.folder_id),
              .source_folder = source,
              .object = ObjectId(task.id)};
  for (const Place& place : places) {
    if (task.private_flag && place.user)
      event.tell(place.folder, std::array{place.user});
    else
      event.tell(place.folder, viewers_of(place.folder));
  }
  transaction_.raise(std::move(event));
}

void TaskWriter::touch(ObjectId id) {
  auto task = store::find_home(connection_, caller_.context, store::with_dependencies({}), id);
  if (!task) return;
  store::touch(connection_, caller_.context, id, caller_.user, stamp_);
  raise(ChangeKind::Updated, *task, store::load_places(connection_, caller_.context, id));
}

void TaskWriter::set_attachments(ObjectId id, std::int64_t number, Millis newest) {
  store::set_attachments(connection_, caller_.context, id, number, newest);
  touch(id);
}

}  // namespace gw::model::tasks
