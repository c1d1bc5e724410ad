#include "model/calendar/event_audience.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/json.hpp"
#include "model/calendar/attendee_resolution.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_time.hpp"
#include "model/folders/folder_access.hpp"
#include "model/private_tombstones.hpp"

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
void tell_the_others(Transaction& transaction, Event& event, FolderId folder, std::vector<UserId> users,
                     const std::vector<Sighting>& asked) {
  const bool has_asked = std::any_of(asked.begin(), asked.end(),
                                     [&](const Sighting& sighting) { return sighting.folder == folder; });
  if (has_asked)
    users = folders::expand(transaction.connection(), transaction.work().context(), std::move(users));
  std::erase_if(users, [&](UserId user) {
    return std::find(asked.begin(), asked.end(), Sighting{folder, user}) != asked.end();
  });
  event.tell(folder, users);
}

/// For whom an event of class PRIVATE is there: those whom sight_by_class shows it to. Ascending.
std::vector<UserId> knowers_of(const EventData& event) {
  std::vector<UserId> users{event.calendar_user ? event.calendar_user : event.created_by};
  if (event.organizer && event.organizer->entity > 0) users.emplace_back(event.organizer->entity);
  for (const Attendee& attendee : event.attendees)
    if (is_internal_user(attendee)) users.emplace_back(attendee.entity);
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  return users;
}

bool is_private(const EventData* event) {
  return event != nullptr && event->classification == Classification::Private;
}

/// One event that was or is seen in some folders.
class TombstoneWriter {
 public:
  TombstoneWriter(Transaction& transaction, const EventData* before, const EventData* after)
      : transaction_(transaction), before_(before), after_(after), id_((before ? before : after)->id) {
    if (is_private(before)) knew_ = knowers_of(*before);
    if (!is_private(before) || !is_private(after)) return;
    const std::vector<UserId> know = knowers_of(*after);
    std::set_difference(knew_.begin(), knew_.end(), know.begin(), know.end(), std::back_inserter(lost_));
  }

  void leave(FolderId folder) const {
    if (is_private(before_))
      tell(folder, knew_);
    else
      write_tombstone(transaction_.connection(), transaction_.work().context(), ObjectModule::Calendar,
                      folder, id_, transaction_.stamp());
  }
  /// For those who know of it still it is no tombstone: see `updates`.
  void stay(FolderId folder) const {
    if (is_private(after_) && !is_private(before_))
      leave(folder);
    else if (is_private(before_) && !is_private(after_))
      come(folder);
    else
      tell(folder, lost_);
  }
  void come(FolderId folder) const {
    const ContextId context = transaction_.work().context();
    // To those who take no part in what is PRIVATE nothing came.
    if (!is_private(after_))
      clear_tombstone(transaction_.connection(), context, ObjectModule::Calendar, folder, id_);
    clear_private_tombstones(transaction_.connection(), context, ObjectModule::Calendar, folder, id_);
  }

 private:
  void tell(FolderId folder, const std::vector<UserId>& users) const {
    write_private_tombstone(transaction_.connection(), transaction_.work().context(), ObjectModule::Calendar,
                            {folder, id_, transaction_.stamp()}, users);
  }

  Transaction& transaction_;
  const EventData *before_, *after_;
  ObjectId id_;
  std::vector<UserId> knew_, lost_;
};

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
  bool is_secret = true;
  for (const EventData* event : {before, after}) {
    if (event == nullptr) continue;
    is_secret = is_secret && event->classification == Classification::Private;
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
    if (sighting.owner) tell_the_others(transaction, event, sighting.folder, {sighting.owner}, asked);
    if (!is_secret || !sighting.owner)
      tell_the_others(transaction, event, sighting.folder, folders::viewers(transaction, sighting.folder),
                      asked);
  }
  transaction.raise(std::move(event));
  if (asked.empty()) return;
  question.data = waiting_data(*after);
  transaction.raise(std::move(question));
}

void settle_tombstones(Transaction& transaction, const EventData* before, const EventData* after) {
  if (before == nullptr) return;
  const std::vector<Sighting> was = sightings_of(*before);
  const std::vector<Sighting> now = after != nullptr ? sightings_of(*after) : std::vector<Sighting>{};
  const auto holds = [](const std::vector<Sighting>& list, FolderId folder) {
    return std::any_of(list.begin(), list.end(), [&](const Sighting& each) { return each.folder == folder; });
  };
  const TombstoneWriter tombstones(transaction, before, after);
  for (const Sighting& sighting : was)
    if (holds(now, sighting.folder))
      tombstones.stay(sighting.folder);
    else
      tombstones.leave(sighting.folder);
  for (const Sighting& sighting : now)
    if (!holds(was, sighting.folder)) tombstones.come(sighting.folder);
}

}  // namespace gw::model::calendar
