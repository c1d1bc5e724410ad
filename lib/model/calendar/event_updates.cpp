// What changed and went since a stamp.
#include <algorithm>
#include <set>

#include "core/errors/calendar.hpp"
#include "model/calendar/event_places.hpp"
#include "model/changes.hpp"
#include "model/folders/account_folders.hpp"
#include "model/private_tombstones.hpp"

namespace gw::model::calendar {
namespace {

class UpdateReader {
 public:
  UpdateReader(sql::Connection& connection, const Caller& caller, Millis since, const ReadOptions& options)
      : connection_(connection),
        caller_(caller),
        since_(since),
        places_(connection, caller),
        view_(connection, caller, options),
        condition_{.range = options.range, .changed_after = since} {
    updates_.timestamp = since;
    if (since.value > 0 && since < tombstone_horizon(connection, caller.context))
      throw ApiError(errors::cal::kUnexpected,
                     {"the timestamp is older than the kept history; load the folder again"});
  }

  void read_folder(const folders::FolderAccess& folder) {
    for (store::Found& hit : search(places_of(folder))) {
      const Perspective seen = places_.through(folder, hit.row.event);
      note(hit.row.event, seen.sight);
      view_.add(std::move(hit.row), seen);
    }
    read_tombstones({&folder});
  }

  void read_own() {
    for (store::Found& hit : search({.folders = places_.own(), .takers = {caller_.user.value}})) {
      const auto seen = places_.as_participant(hit.row.event);
      if (!seen) continue;
      note(hit.row.event, seen->sight);
      view_.add(std::move(hit.row), *seen);
    }
    // In public folders nobody knows any more who took part: a client drops what it does not have for
    // nothing.
    std::vector<const folders::FolderAccess*> folders;
    for (const folders::FolderAccess* folder : places_.readable())
      if (folder->type != folders::FolderType::Shared && !folders::is_account_folder(folder->id))
        folders.push_back(folder);
    read_tombstones(folders);
  }

  EventUpdates finish() {
    updates_.changed = view_.finish();
    return std::move(updates_);
  }

 private:
  std::vector<store::Found> search(const store::Places& places) {
    return store::search(connection_, caller_.context, places, condition_, view_.parts());
  }

  /// What the caller does not see moves nothing of his.
  void note(const EventData& event, Sight sight) {
    if (sight != Sight::Nothing) updates_.timestamp = std::max(updates_.timestamp, event.timestamp);
  }

  void read_tombstones(const std::vector<const folders::FolderAccess*>& folders) {
    std::vector<PrivateTombstone> gone;
    for (const folders::FolderAccess* folder : folders)
      for (const Tombstone& each :
           tombstones_since(connection_, caller_.context, ObjectModule::Calendar, folder->id, since_))
        gone.push_back({folder->id, each.object, each.stamp});
    const auto is_asked_for = [&](FolderId id) {
      return std::any_of(folders.begin(), folders.end(), [&](const auto* each) { return each->id == id; });
    };
    for (const PrivateTombstone& each :
         private_tombstones_since(connection_, caller_.context, ObjectModule::Calendar, caller_.user, since_))
      if (is_asked_for(each.folder)) gone.push_back(each);
    if (gone.empty()) return;
    std::set<std::pair<FolderId, ObjectId>> told = seen_of(gone, folders);
    for (const PrivateTombstone& each : gone) {
      if (!told.emplace(each.folder, each.object).second) continue;
      updates_.timestamp = std::max(updates_.timestamp, each.stamp);
      updates_.removed.push_back({each.folder, each.object, {}});
    }
  }

  /// What became PRIVATE has a tombstone for others where whoever takes part still sees it.
  std::set<std::pair<FolderId, ObjectId>> seen_of(const std::vector<PrivateTombstone>& gone,
                                                  const std::vector<const folders::FolderAccess*>& folders) {
    std::vector<ObjectId> ids;
    ids.reserve(gone.size());
    for (const PrivateTombstone& each : gone) ids.push_back(each.object);
    std::set<std::pair<FolderId, ObjectId>> seen;
    for (const store::EventRow& row :
         store::find_each(connection_, caller_.context, ids, {.texts = false, .attendees = true}))
      for (const folders::FolderAccess* folder : folders)
        if (lies_in(row.event, *folder) && places_.through(*folder, row.event).sight != Sight::Nothing)
          seen.emplace(folder->id, row.event.id);
    return seen;
  }

  sql::Connection& connection_;
  const Caller& caller_;
  Millis since_;
  EventPlaces places_;
  EventView view_;
  store::Condition condition_;
  EventUpdates updates_;
};

}  // namespace

EventUpdates updates(UnitOfWork& work, FolderId folder, Millis since, const ReadOptions& options) {
  EventUpdates found;
  work.snapshot([&](sql::Connection& connection) {
    const folders::FolderAccess access = load_readable_folder(connection, work.caller(), folder);
    UpdateReader reader(connection, work.caller(), since, options);
    reader.read_folder(access);
    found = reader.finish();
  });
  return found;
}

EventUpdates updates_own(UnitOfWork& work, Millis since, const ReadOptions& options) {
  EventUpdates found;
  work.snapshot([&](sql::Connection& connection) {
    UpdateReader reader(connection, work.caller(), since, options);
    reader.read_own();
    found = reader.finish();
  });
  return found;
}

}  // namespace gw::model::calendar
