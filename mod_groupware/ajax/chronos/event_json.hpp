// Events as chronos delivers them, and the parameters that choose their members and order. Source: spec
// chronos section 3; http-api.json EventData.
#pragma once

#include <span>
#include <string_view>

#include "ajax/chronos/event_people.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::ajax {

/// The name of a member in JSON; of no member twice.
std::string_view json_name(model::calendar::EventField field);
/// Errors: empty.
std::optional<model::calendar::EventField> find_event_field(std::string_view name);

/// What is always delivered: id, folder, seriesId, recurrenceId, timestamp.
inline constexpr model::calendar::EventFields kIdentifyingFields{
    model::calendar::EventField::Id, model::calendar::EventField::Folder,
    model::calendar::EventField::SeriesId, model::calendar::EventField::RecurrenceId,
    model::calendar::EventField::Timestamp};
/// Lists without `fields`: everything but the heavy members.
model::calendar::EventFields light_fields();
/// Parameter `fields`, which must be declared; unknown names are left out. `fallback` when it is absent.
model::calendar::EventFields asked_fields(const Arguments& arguments, model::calendar::EventFields fallback);

/// Writes the events of one answer.
class EventWriter {
 public:
  /// Takes the parameter `extendedEntities` where the action declares it.
  EventWriter(Invocation& invocation, model::calendar::EventFields fields, bool has_extended_entities);

  Json write(const model::calendar::SeenEvent& seen);
  Json write(std::span<const model::calendar::SeenEvent> events);
  Json write_attendees(std::span<const model::calendar::Attendee> attendees);
  /// `{created, updated, deleted}`, or `{conflicts}` alone.
  Json write(const model::calendar::CalendarResult& result);
  [[nodiscard]] EventPeople& people() { return people_; }

 private:
  Json write(std::span<const model::calendar::Conflict> conflicts);

  EventPeople people_;
  model::calendar::EventFields fields_;
  bool extends_ = false;
};

/// `{folder, id, recurrenceId?}`: all that is told of an event that is gone.
Json write_event_ref(const model::calendar::EventRef& ref);

}  // namespace gw::ajax
