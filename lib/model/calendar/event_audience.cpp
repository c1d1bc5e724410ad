#include "model/calendar/event_audience.hpp"

#include <algorithm>
#include <array>

#include "core/json.hpp"
#include "model/calendar/attendee_resolution.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_time.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::model::calendar {
namespace {

bool is_asked(const Attendee& attendee) {
  return is_internal_user(attendee) && !attendee.is_hidden && attendee.part_stat == PartStat::NeedsAction;
}

/// Who has to answer now and had not to before, with the folder where he finds the event.
std::vector<Sighting> newly_asked(const EventData* before, const EventData* after) {
  std::vector<Sighting> asked;
  if (after == nullptr) return asked;
  for (const Attendee& attendee : after->attendees) {
    const UserId user(attendee.entity);
    const FolderId folder = after->folder ? after->folder : attendee.folder;
    if (!is_asked(attendee) || !folder) continue;
    const Attendee* was = before != nullptr ? find_attendee(*before, user) : nullptr;
    if (was == nullptr || !is_asked(*was)) asked.push_back({folder, user});
  }
  return asked;
}

/// What browsers are told beside the folder, which is another for each. Source: spec push-modern section 3.
std::string waiting_data(const EventData& event) {
  Json named = Json::object().set("id", Json::string(std::to_string(event.id.value)));
  if (event.recurrence_id)
    named.set("recurrenceId", Json::string(format_recurrence_id(*event.recurrence_id)));
  return Json::object().set("needsAction", Json::array().append(std::move(named))).dump();
}

/// Those who are told more than the others are told it instead.
void tell_the_others(Event& event, FolderId folder, std::vector<UserId> users,
                     const std::vector<Sighting>& asked) {
  std::erase_if(users, [&](UserId user) {
    return std::find(asked.begin(), asked.end(), Sighting{folder, user}) != asked.end();
  });
  event.tell(folder, users);
}

}  // namespace

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
  const std::vector<Sighting> asked = newly_asked(before, after);
  Event question = event;
  for (const Sighting& sighting : asked) question.tell(sighting.folder, std::array{sighting.owner});
  for (const Sighting& sighting : sightings) {
    // Whose calendar it is must hear of it in any case; of private ones nobody else knows.
    if (sighting.owner) tell_the_others(event, sighting.folder, {sighting.owner}, asked);
    if (!is_private || !sighting.owner)
      tell_the_others(event, sighting.folder, folders::viewers(transaction, sighting.folder), asked);
  }
  transaction.raise(std::move(event));
  if (asked.empty()) return;
  question.data = waiting_data(*after);
  transaction.raise(std::move(question));
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
