// What changed and went since a stamp.
#include <algorithm>

#include "core/errors/calendar.hpp"
#include "model/calendar/event_places.hpp"
#include "model/changes.hpp"
#include "model/folders/account_folders.hpp"

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
      note(hit.row.event, folder.id, seen.sight);
      view_.add(std::move(hit.row), seen);
    }
    read_tombstones(folder.id);
  }

  void read_own() {
    for (store::Found& hit : search({.folders = places_.own(), .takers = {caller_.user.value}})) {
      const auto seen = places_.as_participant(hit.row.event);
      if (!seen) continue;
      note(hit.row.event, seen->folder, seen->sight);
      view_.add(std::move(hit.row), *seen);
    }
    // In public folders nobody knows any more who took part: a client drops what it does not have for
    // nothing.
    for (const folders::FolderAccess* folder : places_.readable())
      if (folder->type != folders::FolderType::Shared && !folders::is_account_folder(folder->id))
        read_tombstones(folder->id);
  }

  EventUpdates finish() {
    updates_.changed = view_.finish();
    return std::move(updates_);
  }

 private:
  std::vector<store::Found> search(const store::Places& places) {
    return store::search(connection_, caller_.context, places, condition_, view_.parts());
  }

  void note(const EventData& event, FolderId folder, Sight sight) {
    updates_.timestamp = std::max(updates_.timestamp, event.timestamp);
    // It became PRIVATE: the caller may have seen it before.
    const bool is_hidden_now = sight == Sight::Nothing && event.classification == Classification::Private;
    if (is_hidden_now && event.created <= since_) updates_.removed.push_back({folder, event.id, {}});
  }

  void read_tombstones(FolderId folder) {
    for (const Tombstone& gone :
         tombstones_since(connection_, caller_.context, ObjectModule::Calendar, folder, since_)) {
      updates_.timestamp = std::max(updates_.timestamp, gone.stamp);
      updates_.removed.push_back({folder, gone.object, {}});
    }
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
