// Finding what a reference names, and who may change it. Source: spec calendar section 7, chronos sections 4
// and 7.
#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"

namespace gw::model::calendar {
namespace {

namespace cal = errors::cal;

}  // namespace

EventData EventWriter::load_event(ObjectId id) {
  auto stored = store::find(connection_, caller_.context, id);
  // Who takes part needs no right in the folder that it lies in; of other folders he learns nothing.
  if (!stored || find_attendee(stored->event, caller_.user) == nullptr || !lies_in(stored->event, access_))
    require_folder();
  if (!stored) throw ApiError(cal::kNotFound, {std::to_string(id.value)});
  EventData& event = stored->event;
  if (!lies_in(event, access_)) {
    // Telling that it is elsewhere would tell that it exists.
    const bool is_his = folder_for(event, caller_.user) && find_attendee(event, caller_.user) != nullptr;
    if (!is_his) throw ApiError(cal::kNotFound, {std::to_string(id.value)});
    throw ApiError(cal::kNotInFolder, {std::to_string(id.value), std::to_string(place_.folder.value)});
  }
  // Reading is another right than writing; what is hidden by its class is hidden from deputies, too.
  switch (sight_by_class(event, caller_.user)) {
    case Sight::Nothing:
      throw ApiError(cal::kNotFound, {std::to_string(id.value)});
    case Sight::Block:
      throw ApiError(cal::kRestrictedByClass, {std::to_string(id.value)});
    case Sight::Everything:
      break;
  }
  return std::move(event);
}

std::vector<EventData> EventWriter::load_exceptions(const EventData& master) {
  std::vector<EventData> exceptions;
  for (store::EventRow& row : store::exceptions_of(connection_, caller_.context, std::span(&master.id, 1)))
    exceptions.push_back(std::move(row.event));
  return exceptions;
}

Target EventWriter::load(const EventRef& ref) {
  Target target{load_event(ref.event), {}, {}};
  EventData& event = target.event;
  const std::string id = std::to_string(event.id.value);
  if (is_exception(event)) {
    if (ref.recurrence_id && in_terms_of(*ref.recurrence_id, *event.recurrence_id) != *event.recurrence_id)
      throw ApiError(cal::kOccurrenceNotFound, {id, format_recurrence_id(*ref.recurrence_id)});
    if (auto master = store::find(connection_, caller_.context, event.series))
      target.master = std::move(master->event);
    return target;
  }
  if (!ref.recurrence_id) return target;
  const std::string name = format_recurrence_id(*ref.recurrence_id);
  if (!is_series_master(event)) throw ApiError(cal::kBadRecurrenceId, {name, id});
  const auto occurrence = find_occurrence(event, *ref.recurrence_id, true);
  for (EventData& exception : load_exceptions(event)) {
    if (in_terms_of(*ref.recurrence_id, *exception.recurrence_id) != *exception.recurrence_id &&
        !(occurrence && occurrence->recurrence_id == *exception.recurrence_id))
      continue;
    if (!lies_in(exception, access_)) throw ApiError(cal::kOccurrenceNotFound, {id, name});
    target.master = std::move(event);
    target.event = std::move(exception);
    return target;
  }
  const auto present = find_occurrence(event, *ref.recurrence_id);
  if (!present)
    throw ApiError(options_.this_and_future ? cal::kBadSplit : cal::kOccurrenceNotFound, {id, name});
  target.occurrence = present->recurrence_id;
  return target;
}

void EventWriter::check_known(const EventData& event) const {
  if (event.timestamp > options_.known) throw ApiError(cal::kChanged, {std::to_string(event.id.value)});
}

void EventWriter::check_write(const EventData& event) const {
  if (!may_write(access_.rights, is_own(event, caller_)))
    throw ApiError(cal::kNoWrite, {std::to_string(place_.folder.value)});
}

void EventWriter::check_delete(const EventData& event) const {
  if (!may_remove(access_.rights, is_own(event, caller_)))
    throw ApiError(cal::kNoDelete, {std::to_string(place_.folder.value)});
}

bool EventWriter::acts_as_organizer(const EventData& event) const {
  if (place_.is_public || !is_scheduled(event) || is_organizer(event, user_)) return true;
  // Of an event that somebody elsewhere organizes this is only a copy.
  return event.attendees_may_modify && event.organizer->entity != 0 && find_attendee(event, user_) != nullptr;
}

void EventWriter::refuse_as_attendee(const EventData& event) const {
  throw ApiError(cal::kNotOrganizer, {std::to_string(event.id.value), std::to_string(place_.folder.value)});
}

bool EventWriter::is_own_private_folder() const { return access_.type == folders::FolderType::Private; }

}  // namespace gw::model::calendar
