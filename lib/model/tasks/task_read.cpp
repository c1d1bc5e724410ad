// Reading tasks one by one and by folder.
#include <algorithm>
#include <array>
#include <set>

#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "model/reminders/alarms.hpp"
#include "model/tasks/task_access.hpp"
#include "model/tasks/task_listing.hpp"
#include "model/tasks/task_service.hpp"
#include "model/tasks/task_store.hpp"

namespace gw::model::tasks {

Task get(UnitOfWork& work, TaskRef ref, const FieldSet& fields) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  const folders::FolderAccess folder = load_readable_folder(connection, caller, ref.folder);
  auto found =
      store::find_in(connection, caller.context, store::with_dependencies(fields), ref.folder, ref.id);
  if (!found || !is_visible(*found, folder, caller))
    throw ApiError(errors::tsk::kNotFound, {std::to_string(ref.id.value)});
  if ((fields & fields_of(std::array{220, 221})).any())
    attach_members(connection, caller.context, std::array{&*found});
  if (is_sent(fields, 204))
    found->alarm = reminders::find_alarm(connection, caller.context, caller.user,
                                         {reminders::TargetModule::Task, ref.id});
  return std::move(*found);
}

ListResult list_folder(UnitOfWork& work, FolderId folder, const ListRequest& request, const Visitor& visit) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  const folders::FolderAccess access = load_readable_folder(connection, caller, folder);
  const auto run = [&] {
    Listing listing(work, connection, request, visit);
    store::scan(connection, caller.context, listing.fields(), {.folders = {folder}}, [&](const Task& task) {
      if (is_visible(task, access, caller)) listing.add(task);
    });
    return listing.finish();
  };
  ListResult result = run();
  if (!result.order.empty()) return result;
  // The stamp of an empty list is where the client's updates start. It is read first and the list again, so
  // that a task stored in between is either in the list or newer than the stamp.
  const Millis stamp = last_stamp(connection, caller.context);
  result = run();
  if (result.order.empty()) result.timestamp = stamp;
  return result;
}

ListResult list_refs(UnitOfWork& work, std::span<const TaskRef> refs, const ListRequest& request,
                     const Visitor& visit) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup folders(connection, caller);
  store::Condition condition;
  std::set<Shown> asked;
  std::vector<Shown> order;
  for (const TaskRef& ref : refs) {
    const Shown shown{ref.id.value, ref.folder.value};
    order.push_back(shown);
    if (asked.insert(shown).second && folders.find(ref.folder) != nullptr) condition.ids.push_back(ref.id);
  }
  std::sort(condition.ids.begin(), condition.ids.end());
  condition.ids.erase(std::unique(condition.ids.begin(), condition.ids.end()), condition.ids.end());
  Listing listing(work, connection, request, visit);
  if (!condition.ids.empty())
    store::scan(connection, caller.context, listing.fields(), condition, [&](const Task& task) {
      // Its folder was among those looked up, else it was not asked for there.
      if (asked.contains({task.id, task.folder_id}) && folders.is_visible(task)) listing.add(task);
    });
  return with_timestamp(listing.finish_as(order), connection, caller);
}

Updates updates(UnitOfWork& work, FolderId folder, Millis since, bool with_removed,
                const ListRequest& request, const Visitor& visit) {
  const Caller& caller = work.caller();
  Updates found;
  work.snapshot([&](sql::Connection& connection) {
    found = {};
    const folders::FolderAccess access = load_readable_folder(connection, caller, folder);
    if (with_removed && since.value > 0 && since < tombstone_horizon(connection, caller.context))
      throw ApiError(errors::svl::kChanged);
    Listing listing(work, connection, request, visit, fields_of(std::array{4}));
    Millis newest = since;
    const store::Condition condition{.folders = {folder}, .changed_after = since};
    store::scan(connection, caller.context, listing.fields(), condition, [&](const Task& task) {
      newest = std::max(newest, task.last_modified);
      if (is_visible(task, access, caller))
        listing.add(task);
      else if (with_removed && task.private_flag && task.creation_date <= since)
        found.removed.emplace_back(task.id);  // it existed before: the caller may have seen it
    });
    if (with_removed)
      for (const Tombstone& gone :
           tombstones_since(connection, caller.context, ObjectModule::Task, folder, since)) {
        newest = std::max(newest, gone.stamp);
        found.removed.push_back(gone.object);
      }
    found.changed = listing.finish();
    found.timestamp = newest;
  });
  std::sort(found.removed.begin(), found.removed.end());
  found.removed.erase(std::unique(found.removed.begin(), found.removed.end()), found.removed.end());
  return found;
}

}  // namespace gw::model::tasks
