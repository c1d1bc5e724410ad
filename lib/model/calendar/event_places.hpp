// Where a caller sees events: his calendars, those of others, public ones. Which folder shows an event best.
#pragma once

#include <optional>
#include <vector>

#include "model/calendar/event_search.hpp"
#include "model/calendar/event_view.hpp"
#include "model/folders/folder_lookup.hpp"

namespace gw::model::calendar {

/// Threads: one. Connection and caller must outlive it.
class EventPlaces {
 public:
  EventPlaces(sql::Connection& connection, const Caller& caller)
      : caller_(caller), readable_(connection, caller, ObjectModule::Calendar, 1) {}

  /// nullptr: no calendar, or nothing in it may be read.
  const folders::FolderAccess* find(FolderId folder) { return readable_.find(folder); }
  std::vector<const folders::FolderAccess*> readable() { return readable_.all(); }
  /// The caller's own calendars; not what he has subscribed elsewhere.
  std::vector<FolderId> own();
  /// What he takes part in, and his calendars.
  store::Places own_places() { return {.folders = own(), .takers = {caller_.user.value}}; }

  /// Through this folder.
  [[nodiscard]] Perspective through(const folders::FolderAccess& folder, const EventData& event) const;
  /// As one who takes part, or as owner of the calendar. Empty: he does not.
  [[nodiscard]] std::optional<Perspective> as_participant(const EventData& event);
  /// His own part first, else a folder that shows it to him. Empty: he may see nothing of it.
  std::optional<Perspective> best(const EventData& event);

 private:
  const Caller& caller_;
  folders::FolderLookup readable_;
};

/// Where the events of one folder are found.
store::Places places_of(const folders::FolderAccess& folder);

/// Range and limit. Series are rows that may have nothing in the range, and some are hidden from the caller,
/// so more rows are read than may be delivered.
store::Condition condition_of(const ReadOptions& options);
/// What is far beyond the limit is refused without reading it all. Errors: CAL-5072.
void check_rows(const std::vector<store::Found>& found, const ReadOptions& options);

}  // namespace gw::model::calendar
