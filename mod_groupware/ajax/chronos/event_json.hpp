// Events as chronos delivers them. Source: spec chronos section 3; http-api.json EventData.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "ajax/chronos/event_members.hpp"
#include "ajax/chronos/event_people.hpp"
#include "model/calendar/calendar_writing.hpp"

namespace gw::ajax {

/// Writes the events of one answer.
class EventJson {
 public:
  /// Takes the parameter `extendedEntities` where the action declares it.
  EventJson(Invocation& invocation, model::calendar::EventFields fields, bool has_extended_entities);

  /// As text, for answers that are lists: nothing is held as a tree of values.
  std::string text(std::span<const model::calendar::SeenEvent> events);
  std::string text(const model::calendar::SeenEvent& seen);
  /// The same as values.
  Json write(const model::calendar::SeenEvent& seen);
  Json write(std::span<const model::calendar::SeenEvent> events);
  Json write_attendees(std::span<const model::calendar::Attendee> attendees);
  /// `{created, updated, deleted}`, or `{conflicts}` alone.
  Json write(const model::calendar::CalendarResult& result);
  [[nodiscard]] EventPeople& people() { return people_; }

 private:
  Json write(std::span<const model::calendar::Conflict> conflicts);
  void append(std::string& out, const model::calendar::SeenEvent& seen);
  bool append_value(std::string& out, model::calendar::EventField field,
                    const model::calendar::SeenEvent& seen);
  bool append_user(std::string& out, UserId user);

  EventPeople people_;
  std::map<UserId, std::string> users_;  ///< as text
  model::calendar::EventFields fields_;
  bool extends_ = false;
};

/// `{folder, id, recurrenceId?}`: all that is told of an event that is gone.
Json write_event_ref(const model::calendar::EventRef& ref);

}  // namespace gw::ajax
