#include "model/calendar/event_audience.hpp"

#include <algorithm>
#include <array>

#include "model/calendar/attendee_resolution.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::model::calendar {

std::vector<Sighting> sightings_of(const EventData& event) {
  std::vector<Sighting> sightings;
  if (event.folder) {
    sightings.push_back({event.folder, {}});
    return sightings;
  }
  for (const Attendee& attendee : event.attendees)
    if (is_internal_user(attendee) && attendee.folder && !attendee.is_hidden)
      sightings.push_back({attendee.folder, UserId(attendee.entity)});
  std::sort(sightings.begin(), sightings.end());
  sightings.erase(std::unique(sightings.begin(), sightings.end()), sightings.end());
  return sightings;
}

void raise_change(Transaction& transaction, ChangeKind kind, FolderId folder, const EventData* before,
                  const EventData* after, FolderId source) {
  std::vector<Sighting> sightings;
  bool is_private = true;
  for (const EventData* event : {before, after}) {
    if (event == nullptr) continue;
    is_private = is_private && event->classification == Classification::Private;
    for (const Sighting& sighting : sightings_of(*event)) sightings.push_back(sighting);
  }
  std::sort(sightings.begin(), sightings.end());
  sightings.erase(std::unique(sightings.begin(), sightings.end()), sightings.end());
  Event event{.module = ObjectModule::Calendar,
              .kind = kind,
              .folder = folder,
              .source_folder = source,
              .object = before != nullptr ? before->id : after->id};
  for (const Sighting& sighting : sightings) {
    // Whose calendar it is must hear of it in any case; of private ones nobody else knows.
    if (sighting.owner) event.tell(sighting.folder, std::array{sighting.owner});
    if (!is_private || !sighting.owner)
      event.tell(sighting.folder, folders::viewers(transaction, sighting.folder));
  }
  transaction.raise(std::move(event));
}

void settle_tombstones(Transaction& transaction, const EventData* before, const EventData* after) {
  const std::vector<Sighting> was = before != nullptr ? sightings_of(*before) : std::vector<Sighting>{};
  const std::vector<Sighting> now = after != nullptr ? sightings_of(*after) : std::vector<Sighting>{};
  const auto holds = [](const std::vector<Sighting>& list, FolderId folder) {
    return std::any_of(list.begin(), list.end(), [&](const Sighting& each) { return each.folder == folder; });
  };
  const ContextId context = transaction.work().context();
  const ObjectId id = before != nullptr ? before->id : after->id;
  for (const Sighting& sighting : was)
    if (!holds(now, sighting.folder))
      write_tombstone(transaction.connection(), context, ObjectModule::Calendar, sighting.folder, id,
                      transaction.stamp());
  if (before == nullptr) return;
  for (const Sighting& sighting : now)
    if (!holds(was, sighting.folder))
      clear_tombstone(transaction.connection(), context, ObjectModule::Calendar, sighting.folder, id);
}

}  // namespace gw::model::calendar
