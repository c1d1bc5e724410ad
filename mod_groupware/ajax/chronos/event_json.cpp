#include "ajax/chronos/event_json.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "core/text.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_words.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventField;
using calendar::EventFields;
using calendar::SeenEvent;

Json optional_string(const std::optional<std::string>& text) { return text ? Json::string(*text) : Json(); }

Json id_string(std::int64_t id) { return id == 0 ? Json() : Json::string(std::to_string(id)); }

Json present_instant(Millis instant) { return instant.value == 0 ? Json() : Json::integer(instant.value); }

Json occurrence_list(const std::vector<calendar::EventTime>& times) {
  if (times.empty()) return {};
  Json list = Json::array();
  for (const calendar::EventTime& time : times)
    list.append(Json::string(calendar::format_recurrence_id(time)));
  return list;
}

Json string_list(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  Json list = Json::array();
  for (const std::string& text : texts) list.append(Json::string(text));
  return list;
}

Json write_status(calendar::EventStatus status) {
  const std::string_view word = calendar::word_of(status);
  return word.empty() ? Json() : Json::string(word);
}

Json write_geo(const std::optional<calendar::Geo>& geo) {
  if (!geo) return {};
  return Json::object().set("lat", Json::real(geo->latitude)).set("long", Json::real(geo->longitude));
}

Json write_flags(const SeenEvent& seen) {
  Json flags = Json::array();
  for (unsigned bit = 0; bit < static_cast<unsigned>(calendar::EventFlag::Count_); ++bit)
    if (seen.has(static_cast<calendar::EventFlag>(bit)))
      flags.append(Json::string(calendar::name_of(static_cast<calendar::EventFlag>(bit))));
  return flags;
}

Json write_alarms(const std::vector<calendar::Alarm>& alarms) {
  if (alarms.empty()) return {};
  Json list = Json::array();
  for (const calendar::Alarm& alarm : alarms) list.append(write_alarm(alarm));
  return list;
}

Json write_attachments(const std::vector<calendar::EventAttachment>& attachments) {
  if (attachments.empty()) return {};
  Json list = Json::array();
  for (const calendar::EventAttachment& attachment : attachments)
    list.append(write_event_attachment(attachment));
  return list;
}

/// A missing Json leaves the member out. Attendees and people need the writer: they have no function here.
struct MemberRow {
  EventField field;
  const char* name;
  Json (*write)(const SeenEvent& seen) = nullptr;
};

// clang-format off
constexpr MemberRow kMembers[] = {
    {EventField::Id, "id", [](const SeenEvent& s) { return id_string(s.event.id.value); }},
    {EventField::Folder, "folder", [](const SeenEvent& s) {
       return s.event.folder ? Json::string(format_calendar_id(s.event.folder)) : Json(); }},
    {EventField::SeriesId, "seriesId", [](const SeenEvent& s) { return id_string(s.event.series.value); }},
    {EventField::RecurrenceId, "recurrenceId", [](const SeenEvent& s) {
       return s.event.recurrence_id ? Json::string(calendar::format_recurrence_id(*s.event.recurrence_id)) : Json(); }},
    {EventField::Uid, "uid", [](const SeenEvent& s) { return s.event.uid.empty() ? Json() : Json::string(s.event.uid); }},
    {EventField::Filename, "filename", [](const SeenEvent& s) { return optional_string(s.event.filename); }},
    {EventField::CalendarUser, "calendarUser"},
    {EventField::CreatedBy, "createdBy"},
    {EventField::ModifiedBy, "modifiedBy"},
    {EventField::Created, "created", [](const SeenEvent& s) { return present_instant(s.event.created); }},
    {EventField::LastModified, "lastModified", [](const SeenEvent& s) { return present_instant(s.event.last_modified); }},
    {EventField::Timestamp, "timestamp", [](const SeenEvent& s) { return Json::integer(s.event.timestamp.value); }},
    {EventField::Sequence, "sequence", [](const SeenEvent& s) { return Json::integer(s.event.sequence); }},
    {EventField::StartDate, "startDate", [](const SeenEvent& s) { return write_event_time(s.event.start); }},
    {EventField::EndDate, "endDate", [](const SeenEvent& s) { return write_event_time(s.event.end); }},
    {EventField::Rrule, "rrule", [](const SeenEvent& s) { return optional_string(s.event.rrule); }},
    {EventField::RecurrenceDates, "recurrenceDates", [](const SeenEvent& s) { return occurrence_list(s.event.recurrence_dates); }},
    {EventField::DeleteExceptionDates, "deleteExceptionDates", [](const SeenEvent& s) {
       return occurrence_list(s.event.delete_exception_dates); }},
    {EventField::ChangeExceptionDates, "changeExceptionDates", [](const SeenEvent& s) {
       return occurrence_list(s.event.change_exception_dates); }},
    {EventField::Summary, "summary", [](const SeenEvent& s) { return optional_string(s.event.summary); }},
    {EventField::Location, "location", [](const SeenEvent& s) { return optional_string(s.event.location); }},
    {EventField::Description, "description", [](const SeenEvent& s) { return optional_string(s.event.description); }},
    {EventField::Color, "color", [](const SeenEvent& s) { return optional_string(s.event.color); }},
    {EventField::Url, "url", [](const SeenEvent& s) { return optional_string(s.event.url); }},
    {EventField::Categories, "categories", [](const SeenEvent& s) { return string_list(s.event.categories); }},
    {EventField::Geo, "geo", [](const SeenEvent& s) { return write_geo(s.event.geo); }},
    {EventField::Class, "class", [](const SeenEvent& s) { return Json::string(calendar::word_of(s.event.classification)); }},
    {EventField::Status, "status", [](const SeenEvent& s) { return write_status(s.event.status); }},
    {EventField::Transp, "transp", [](const SeenEvent& s) {
       return Json::string(s.event.is_transparent ? "TRANSPARENT" : "OPAQUE"); }},
    {EventField::AttendeePrivileges, "attendeePrivileges", [](const SeenEvent& s) {
       return Json::string(s.event.attendees_may_modify ? "MODIFY" : "DEFAULT"); }},
    {EventField::Organizer, "organizer", [](const SeenEvent& s) {
       return s.event.organizer ? write_calendar_user(*s.event.organizer) : Json(); }},
    {EventField::Attendees, "attendees"},
    {EventField::Alarms, "alarms", [](const SeenEvent& s) { return write_alarms(s.event.alarms); }},
    {EventField::Attachments, "attachments", [](const SeenEvent& s) { return write_attachments(s.event.attachments); }},
    {EventField::RelatedTo, "relatedTo", [](const SeenEvent& s) { return optional_string(s.event.related_to); }},
    {EventField::ExtendedProperties, "extendedProperties", [](const SeenEvent& s) {
       return s.event.extended.is_object() && s.event.extended.size() > 0 ? s.event.extended : Json(); }},
    {EventField::Flags, "flags", write_flags},
};
// clang-format on
static_assert(std::size(kMembers) == static_cast<std::size_t>(EventField::Count_));

/// Members with tables of their own, or long ones.
constexpr EventFields kHeavyFields{EventField::Description, EventField::Attendees, EventField::Alarms,
                                   EventField::Attachments, EventField::ExtendedProperties};

/// What is told of an event that is in the way; the model leaves out of these what may not be read.
constexpr EventFields kConflictFields{EventField::Id,           EventField::Folder,    EventField::SeriesId,
                                      EventField::RecurrenceId, EventField::Timestamp, EventField::StartDate,
                                      EventField::EndDate,      EventField::CreatedBy, EventField::Transp,
                                      EventField::Summary,      EventField::Location};

}  // namespace

std::string_view json_name(EventField field) { return kMembers[static_cast<std::size_t>(field)].name; }

std::optional<EventField> find_event_field(std::string_view name) {
  for (const MemberRow& row : kMembers)
    if (row.name == trim(name)) return row.field;
  return std::nullopt;
}

EventFields light_fields() {
  EventFields fields = EventFields::all();
  for (const MemberRow& row : kMembers)
    if (kHeavyFields.has(row.field)) fields.set(row.field, false);
  return fields;
}

EventFields asked_fields(const Arguments& arguments, EventFields fallback) {
  const std::string_view names = arguments.text("fields");
  if (trim(names).empty()) return fallback;
  EventFields fields = kIdentifyingFields;
  for (const std::string_view name : split(names, ','))
    if (const auto field = find_event_field(name)) fields.set(*field);
  return fields;
}

EventWriter::EventWriter(Invocation& invocation, EventFields fields, bool has_extended_entities)
    : people_(invocation),
      fields_(fields),
      extends_(has_extended_entities && invocation.arguments.boolean("extendedEntities")) {}

Json EventWriter::write(const SeenEvent& seen) {
  const EventData& event = seen.event;
  Json json = Json::object();
  for (const MemberRow& row : kMembers) {
    if (!fields_.has(row.field)) continue;
    Json value;
    if (row.write != nullptr)
      value = row.write(seen);
    else if (row.field == EventField::Attendees)
      value = event.attendees.empty() ? Json() : write_attendees(event.attendees);
    else
      value = people_.user(row.field == EventField::CalendarUser ? event.calendar_user
                           : row.field == EventField::CreatedBy  ? event.created_by
                                                                 : event.modified_by);
    if (!value.is_missing()) json.set(row.name, std::move(value));
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
