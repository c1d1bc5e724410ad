// Events as chronos delivers them. Source: spec chronos section 3; http-api.json EventData.
#pragma once

#include <span>
#include <string_view>

#include "ajax/chronos/event_members.hpp"
#include "ajax/chronos/event_people.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::ajax {

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
