#include "ajax/chronos/event_json.hpp"

#include <utility>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventField;
using calendar::EventFields;
using calendar::SeenEvent;

/// What is told of an event that is in the way; the model leaves out of these what may not be read.
constexpr EventFields kConflictFields{EventField::Id,           EventField::Folder,    EventField::SeriesId,
                                      EventField::RecurrenceId, EventField::Timestamp, EventField::StartDate,
                                      EventField::EndDate,      EventField::CreatedBy, EventField::Transp,
                                      EventField::Summary,      EventField::Location};

}  // namespace

EventWriter::EventWriter(Invocation& invocation, EventFields fields, bool has_extended_entities)
    : people_(invocation),
      fields_(fields),
      extends_(has_extended_entities && invocation.arguments.boolean("extendedEntities")) {}

Json EventWriter::write(const SeenEvent& seen) {
  const EventData& event = seen.event;
  Json json = Json::object();
  for (unsigned bit = 0; bit < static_cast<unsigned>(EventField::Count_); ++bit) {
    const auto field = static_cast<EventField>(bit);
    if (!fields_.has(field)) continue;
    Json value;
    switch (field) {
      case EventField::Attendees:
        if (!event.attendees.empty()) value = write_attendees(event.attendees);
        break;
      case EventField::CalendarUser:
        value = people_.user(event.calendar_user);
        break;
      case EventField::CreatedBy:
        value = people_.user(event.created_by);
        break;
      case EventField::ModifiedBy:
        value = people_.user(event.modified_by);
        break;
      default:
        value = write_member(field, seen);
    }
    if (!value.is_missing()) json.set(json_name(field).data(), std::move(value));
  }
  return json;
}

Json EventWriter::write(std::span<const SeenEvent> events) {
  Json list = Json::array();
  for (const SeenEvent& seen : events) list.append(write(seen));
  return list;
}

Json EventWriter::write_attendees(std::span<const calendar::Attendee> attendees) {
  Json list = Json::array();
  for (const calendar::Attendee& attendee : attendees) {
    Json json = write_attendee(attendee);
    if (extends_) people_.extend(json, attendee);
    list.append(std::move(json));
  }
  return list;
}

Json EventWriter::write(std::span<const calendar::Conflict> conflicts) {
  Json list = Json::array();
  const EventFields asked = std::exchange(fields_, kConflictFields);
  for (const calendar::Conflict& conflict : conflicts) {
    Json json = Json::object();
    json.set("hard_conflict", Json::boolean(conflict.is_hard));
    json.set("conflicting_attendees", write_attendees(conflict.attendees));
    json.set("event", write(conflict.event));
    list.append(std::move(json));
  }
  fields_ = asked;
  return list;
}

Json EventWriter::write(const calendar::CalendarResult& result) {
  Json json = Json::object();
  if (!result.conflicts.empty()) return json.set("conflicts", write(result.conflicts));
  Json deleted = Json::array();
  for (const calendar::EventRef& ref : result.deleted) {
    Json gone = write_event_ref(ref);
    gone.set("timestamp", Json::integer(result.timestamp.value));
    deleted.append(std::move(gone));
  }
  json.set("created", write(result.created));
  json.set("updated", write(result.updated));
  json.set("deleted", std::move(deleted));
  return json;
}

Json write_event_ref(const calendar::EventRef& ref) {
  Json json = Json::object();
  json.set("id", Json::string(std::to_string(ref.event.value)));
  json.set("folder", Json::string(format_calendar_id(ref.folder)));
  if (ref.recurrence_id)
    json.set("recurrenceId", Json::string(calendar::format_recurrence_id(*ref.recurrence_id)));
  return json;
}

}  // namespace gw::ajax
