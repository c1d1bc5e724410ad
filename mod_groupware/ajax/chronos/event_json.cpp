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

EventJson::EventJson(Invocation& invocation, EventFields fields, bool has_extended_entities)
    : people_(invocation),
      fields_(fields),
      extends_(has_extended_entities && invocation.arguments.boolean("extendedEntities")) {}

/// Nothing is appended for members that the event does not have.
bool EventJson::append_value(std::string& out, EventField field, const SeenEvent& seen) {
  const EventData& event = seen.event;
  switch (field) {
    case EventField::Attendees:
      if (event.attendees.empty()) return false;
      out += write_attendees(event.attendees).dump();
      return true;
    case EventField::CalendarUser:
      return append_user(out, event.calendar_user);
    case EventField::CreatedBy:
      return append_user(out, event.created_by);
    case EventField::ModifiedBy:
      return append_user(out, event.modified_by);
    default:
      return append_member(out, field, seen);
  }
}

bool EventJson::append_user(std::string& out, UserId user) {
  if (!user) return false;
  auto known = users_.find(user);
  if (known == users_.end()) known = users_.emplace(user, people_.user(user).dump()).first;
  out += known->second;
  return true;
}

void EventJson::append(std::string& out, const SeenEvent& seen) {
  char before = '{';
  for (unsigned bit = 0; bit < static_cast<unsigned>(EventField::Count_); ++bit) {
    const auto field = static_cast<EventField>(bit);
    if (!fields_.has(field)) continue;
    const std::size_t begin = out.size();
    out += before;
    out += '"';
    out += json_name(field);
    out += "\":";
    if (append_value(out, field, seen))
      before = ',';
    else
      out.resize(begin);
  }
  out += before == '{' ? "{}" : "}";
}

std::string EventJson::text(std::span<const SeenEvent> events) {
  constexpr std::size_t kMeasured = 8, kSpare = 1'024;
  std::string out = "[";
  std::size_t written = 0;
  for (const SeenEvent& seen : events) {
    if (out.size() > 1) out += ',';
    append(out, seen);
    // The rest is about as long: a text that grows by doubling is copied and touches fresh memory each time.
    if (++written == kMeasured) out.reserve(out.size() / kMeasured * (events.size() + 1) + kSpare);
  }
  return out += ']';
}

std::string EventJson::text(const SeenEvent& seen) {
  std::string out;
  append(out, seen);
  return out;
}

Json EventJson::write(const SeenEvent& seen) { return Json::parse(text(seen)).value_or(Json()); }

Json EventJson::write(std::span<const SeenEvent> events) {
  return Json::parse(text(events)).value_or(Json());
}

Json EventJson::write_attendees(std::span<const calendar::Attendee> attendees) {
  Json list = Json::array();
  for (const calendar::Attendee& attendee : attendees) {
    Json json = write_attendee(attendee);
    if (extends_) people_.extend(json, attendee);
    list.append(std::move(json));
  }
  return list;
}

Json EventJson::write(std::span<const calendar::Conflict> conflicts) {
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

Json EventJson::write(const calendar::CalendarResult& result) {
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
