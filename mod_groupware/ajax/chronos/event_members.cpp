#include "ajax/chronos/event_members.hpp"

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

/// People and attendees need look-ups: they have no function here.
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

Json write_member(EventField field, const SeenEvent& seen) {
  const MemberRow& row = kMembers[static_cast<std::size_t>(field)];
  return row.write == nullptr ? Json() : row.write(seen);
}

}  // namespace gw::ajax
