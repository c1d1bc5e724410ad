#include "ajax/chronos/event_members.hpp"

#include <iterator>
#include <utility>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_words.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventField;
using calendar::EventFields;
using calendar::SeenEvent;

/// The value of a member as JSON text. Gives false, and appends nothing, where the event has none.
using Append = bool (*)(std::string& out, const SeenEvent& seen);

bool put_text(std::string& out, std::string_view text) {
  append_json_string(out, text);
  return true;
}

bool put_optional(std::string& out, const std::optional<std::string>& text) {
  return text && put_text(out, *text);
}

bool put_word(std::string& out, std::string_view word) { return !word.empty() && put_text(out, word); }

bool put_integer(std::string& out, std::int64_t number) {
  append_json_integer(out, number);
  return true;
}

bool put_id(std::string& out, std::int64_t id) {
  if (id == 0) return false;
  out += '"';
  append_json_integer(out, id);
  out += '"';
  return true;
}

bool put_instant(std::string& out, Millis instant) {
  return instant.value != 0 && put_integer(out, instant.value);
}

bool put_time(std::string& out, const calendar::EventTime& time) {
  append_event_time(out, time);
  return true;
}

bool put_json(std::string& out, const Json& value) {
  if (value.is_missing()) return false;
  out += value.dump();
  return true;
}

/// `each` appends one element. Empty lists are no member.
template <class List, class Each>
bool put_list(std::string& out, const List& list, const Each& each) {
  if (list.empty()) return false;
  char before = '[';
  for (const auto& element : list) {
    out += before;
    before = ',';
    each(element);
  }
  out += ']';
  return true;
}

bool put_occurrences(std::string& out, const std::vector<calendar::EventTime>& times) {
  return put_list(out, times, [&](const calendar::EventTime& time) {
    append_json_string(out, calendar::format_recurrence_id(time));
  });
}

bool put_texts(std::string& out, const std::vector<std::string>& texts) {
  return put_list(out, texts, [&](const std::string& text) { append_json_string(out, text); });
}

bool put_geo(std::string& out, const std::optional<calendar::Geo>& geo) {
  if (!geo) return false;
  return put_json(
      out, Json::object().set("lat", Json::real(geo->latitude)).set("long", Json::real(geo->longitude)));
}

bool put_flags(std::string& out, const SeenEvent& seen) {
  char before = '[';
  for (unsigned bit = 0; bit < static_cast<unsigned>(calendar::EventFlag::Count_); ++bit) {
    if (!seen.has(static_cast<calendar::EventFlag>(bit))) continue;
    out += before;
    before = ',';
    append_json_string(out, calendar::name_of(static_cast<calendar::EventFlag>(bit)));
  }
  out += before == '[' ? "[]" : "]";
  return true;
}

bool put_alarms(std::string& out, const std::vector<calendar::Alarm>& alarms) {
  return put_list(out, alarms, [&](const calendar::Alarm& alarm) { out += write_alarm(alarm).dump(); });
}

bool put_attachments(std::string& out, const std::vector<calendar::EventAttachment>& attachments) {
  return put_list(out, attachments, [&](const calendar::EventAttachment& attachment) {
    out += write_event_attachment(attachment).dump();
  });
}

/// People and attendees need look-ups: they have no function here.
struct MemberRow {
  EventField field;
  const char* name;
  Append append = nullptr;
};

// clang-format off
constexpr MemberRow kMembers[] = {
    {EventField::Id, "id", [](std::string& o, const SeenEvent& s) { return put_id(o, s.event.id.value); }},
    {EventField::Folder, "folder", [](std::string& o, const SeenEvent& s) {
       return s.event.folder && put_text(o, format_calendar_id(s.event.folder)); }},
    {EventField::SeriesId, "seriesId", [](std::string& o, const SeenEvent& s) { return put_id(o, s.event.series.value); }},
    {EventField::RecurrenceId, "recurrenceId", [](std::string& o, const SeenEvent& s) {
       return s.event.recurrence_id && put_text(o, calendar::format_recurrence_id(*s.event.recurrence_id)); }},
    {EventField::Uid, "uid", [](std::string& o, const SeenEvent& s) { return put_word(o, s.event.uid); }},
    {EventField::Filename, "filename", [](std::string& o, const SeenEvent& s) { return put_optional(o, s.event.filename); }},
    {EventField::CalendarUser, "calendarUser"},
    {EventField::CreatedBy, "createdBy"},
    {EventField::ModifiedBy, "modifiedBy"},
    {EventField::Created, "created", [](std::string& o, const SeenEvent& s) { return put_instant(o, s.event.created); }},
    {EventField::LastModified, "lastModified", [](std::string& o, const SeenEvent& s) {
       return put_instant(o, s.event.last_modified); }},
    {EventField::Timestamp, "timestamp", [](std::string& o, const SeenEvent& s) { return put_integer(o, s.event.timestamp.value); }},
    {EventField::Sequence, "sequence", [](std::string& o, const SeenEvent& s) { return put_integer(o, s.event.sequence); }},
    {EventField::StartDate, "startDate", [](std::string& o, const SeenEvent& s) { return put_time(o, s.event.start); }},
    {EventField::EndDate, "endDate", [](std::string& o, const SeenEvent& s) { return put_time(o, s.event.end); }},
    {EventField::Rrule, "rrule", [](std::string& o, const SeenEvent& s) { return put_optional(o, s.event.rrule); }},
    {EventField::RecurrenceDates, "recurrenceDates", [](std::string& o, const SeenEvent& s) {
       return put_occurrences(o, s.event.recurrence_dates); }},
    {EventField::DeleteExceptionDates, "deleteExceptionDates", [](std::string& o, const SeenEvent& s) {
       return put_occurrences(o, s.event.delete_exception_dates); }},
    {EventField::ChangeExceptionDates, "changeExceptionDates", [](std::string& o, const SeenEvent& s) {
       return put_occurrences(o, s.event.change_exception_dates); }},
    {EventField::Summary, "summary", [](std::string& o, const SeenEvent& s) { return put_optional(o, s.event.summary); }},
    {EventField::Location, "location", [](std::string& o, const SeenEvent& s) { return put_optional(o, s.event.location); }},
    {EventField::Description, "description", [](std::string& o, const SeenEvent& s) { return put_optional(o, s.event.description); }},
    {EventField::Color, "color", [](std::string& o, const SeenEvent& s) { return put_optional(o, s.event.color); }},
    {EventField::Url, "url", [](std::string& o, const SeenEvent& s) { return put_optional(o, s.event.url); }},
    {EventField::Categories, "categories", [](std::string& o, const SeenEvent& s) { return put_texts(o, s.event.categories); }},
    {EventField::Geo, "geo", [](std::string& o, const SeenEvent& s) { return put_geo(o, s.event.geo); }},
    {EventField::Class, "class", [](std::string& o, const SeenEvent& s) {
       return put_text(o, calendar::word_of(s.event.classification)); }},
    {EventField::Status, "status", [](std::string& o, const SeenEvent& s) { return put_word(o, calendar::word_of(s.event.status)); }},
    {EventField::Transp, "transp", [](std::string& o, const SeenEvent& s) {
       return put_text(o, s.event.is_transparent ? "TRANSPARENT" : "OPAQUE"); }},
    {EventField::AttendeePrivileges, "attendeePrivileges", [](std::string& o, const SeenEvent& s) {
       return put_text(o, s.event.attendees_may_modify ? "MODIFY" : "DEFAULT"); }},
    {EventField::Organizer, "organizer", [](std::string& o, const SeenEvent& s) {
       return s.event.organizer && put_json(o, write_calendar_user(*s.event.organizer)); }},
    {EventField::Attendees, "attendees"},
    {EventField::Alarms, "alarms", [](std::string& o, const SeenEvent& s) { return put_alarms(o, s.event.alarms); }},
    {EventField::Attachments, "attachments", [](std::string& o, const SeenEvent& s) {
       return put_attachments(o, s.event.attachments); }},
    {EventField::RelatedTo, "relatedTo", [](std::string& o, const SeenEvent& s) { return put_optional(o, s.event.related_to); }},
    {EventField::ExtendedProperties, "extendedProperties", [](std::string& o, const SeenEvent& s) {
       return s.event.extended.is_object() && s.event.extended.size() > 0 && put_json(o, s.event.extended); }},
    {EventField::Flags, "flags", put_flags},
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

bool append_member(std::string& out, EventField field, const SeenEvent& seen) {
  const MemberRow& row = kMembers[static_cast<std::size_t>(field)];
  return row.append != nullptr && row.append(out, seen);
}

}  // namespace gw::ajax
