#include "ajax/calendar/appointment_input.hpp"

#include <algorithm>

#include "ajax/calendar/appointment_people.hpp"
#include "ajax/calendar/appointment_times.hpp"
#include "ajax/calendar/appointment_view.hpp"
#include "ajax/calendar/color_labels.hpp"
#include "ajax/calendar/recurrence_members.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/repeated_value.hpp"
#include "core/errors/appointment.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventField;
using calendar::EventInput;

bool is_absent_text(const Json& value) {
  return value.is_null() || (value.is_string() && value.as_string().empty());
}

[[noreturn]] void refuse_member(const char* name, const Json& value) {
  throw ApiError(errors::svl::kBadParameter, {name, repeated(value)});
}

std::optional<std::string> member_text(const Json& value, const char* name) {
  if (is_absent_text(value)) return std::nullopt;
  auto text = value.to_text();
  if (!text) refuse_member(name, value);
  return text;
}

/// One member: absent ones are not looked at, those that are as before not marked as sent.
template <class T>
void take(EventInput& input, EventField field, T EventData::*member, T value, const EventData* current) {
  if (current != nullptr && current->*member == value) return;
  input.event.*member = std::move(value);
  input.sent.set(field);
}

struct TextMember {
  const char* name;
  EventField field;
  std::optional<std::string> EventData::*member;
};
constexpr TextMember kTexts[] = {
    {"title", EventField::Summary, &EventData::summary},
    {"location", EventField::Location, &EventData::location},
    {"note", EventField::Description, &EventData::description},
};

void parse_texts(const Json& body, const EventData* current, EventInput& input) {
  for (const TextMember& row : kTexts)
    if (const Json value = body.get(row.name); !value.is_missing())
      take(input, row.field, row.member, member_text(value, row.name), current);
  if (const Json value = body.get("categories"); !value.is_missing()) {
    std::vector<std::string> categories;
    const auto text = member_text(value, "categories").value_or("");
    for (const std::string_view part : split(text, ','))
      if (!part.empty()) categories.emplace_back(part);
    take(input, EventField::Categories, &EventData::categories, std::move(categories), current);
  }
  if (const auto uid = body.get("uid").to_text(); uid && !uid->empty())
    take(input, EventField::Uid, &EventData::uid, *uid, current);
}

void parse_color(const Json& body, const EventData* current, EventInput& input) {
  const Json value = body.get("color_label");
  if (value.is_missing()) return;
  const auto label = value.is_null() ? std::optional<std::int64_t>(0) : value.to_integer();
  if (!label || *label < 0 || *label > kMaxColorLabel) throw ApiError(errors::app::kBadLabel, {value.dump()});
  // A colour that has no label reads as 0 and stays when 0 comes back.
  if (current != nullptr && label_of_color(current->color) == *label) return;
  take(input, EventField::Color, &EventData::color, color_of_label(*label), current);
}

void parse_private_flag(const Json& body, const EventData* current, EventInput& input) {
  const Json value = body.get("private_flag");
  if (value.is_missing()) return;
  const auto flag = value.is_null() ? std::optional(false) : value.to_boolean();
  if (!flag) throw ApiError(errors::app::kBadPrivateFlag);
  const bool was_private = current != nullptr && current->classification != calendar::Classification::Public;
  if (current != nullptr && was_private == *flag) return;
  take(input, EventField::Class, &EventData::classification,
       *flag ? calendar::Classification::Confidential : calendar::Classification::Public, current);
}

Json with_intended_status(const Json& extended, std::string_view word) {
  Json changed = extended.is_object() ? extended.deep_copy() : Json::object();
  changed.set(kIntendedStatus, Json::object().set("value", Json::string(word)));
  return changed;
}

void parse_shown_as(const Json& body, const EventData* current, EventInput& input) {
  constexpr std::int64_t kReserved = 1, kFree = 4;
  constexpr std::string_view kWords[] = {"BUSY", "TENTATIVE", "OOF", "FREE"};
  const Json value = body.get("shown_as");
  if (value.is_missing() || value.is_null()) return;
  const auto number = value.to_integer();
  if (!number || *number < kReserved || *number > kFree)
    throw ApiError(errors::app::kBadShownAs, {value.dump()});
  if (current != nullptr && shown_as_of(*current, current->is_transparent) == *number) return;
  take(input, EventField::Transp, &EventData::is_transparent, *number == kFree, current);
  // The ordinary one needs no word, unless another stands there.
  const Json extended = current != nullptr ? current->extended : Json();
  if (current == nullptr && (*number == kReserved || *number == kFree)) return;
  input.event.extended = with_intended_status(extended, kWords[static_cast<std::size_t>(*number - 1)]);
  input.sent.set(EventField::ExtendedProperties);
}

/// Only the alarm that classic clients see is theirs to change.
void parse_alarm_member(const Json& body, const EventData* current, EventInput& input) {
  const Json value = body.get("alarm");
  if (value.is_missing()) return;
  const auto minutes = value.is_null() ? std::optional<std::int64_t>(-1) : value.to_integer();
  constexpr std::int64_t kMostMinutes = 100LL * 366 * 24 * 60;
  if (!minutes || *minutes > kMostMinutes) refuse_member("alarm", value);
  const bool is_wanted = *minutes >= 0;
  const auto shown = current != nullptr ? shown_alarm(*current) : std::nullopt;
  if (is_wanted ? shown == minutes : !shown) return;
  std::vector<calendar::Alarm> alarms = current != nullptr ? current->alarms : std::vector<calendar::Alarm>();
  const auto old = std::find_if(alarms.begin(), alarms.end(), [&](const calendar::Alarm& alarm) {
    constexpr std::int64_t kMinuteSeconds = 60;
    return shown && alarm.offset_seconds && -*alarm.offset_seconds / kMinuteSeconds == *shown &&
           !alarm.is_related_to_end && equal_ignoring_ascii_case(alarm.action, "DISPLAY");
  });
  if (old != alarms.end()) alarms.erase(old);
  if (is_wanted) {
    calendar::Alarm alarm;
    alarm.offset_seconds = *minutes * -60;
    alarms.insert(alarms.begin(), std::move(alarm));
  }
  input.event.alarms = std::move(alarms);
  input.sent.set(EventField::Alarms);
}

void parse_people(const Json& body, const EventData* current, EventInput& input) {
  static const std::vector<calendar::Attendee> kNobody;
  const auto& before = current != nullptr ? current->attendees : kNobody;
  if (const Json value = body.get("participants"); !value.is_missing()) {
    auto attendees = parse_participants(value, before);
    if (current == nullptr || !(attendees == before)) {
      input.event.attendees = std::move(attendees);
      input.sent.set(EventField::Attendees);
    }
  }
  // Only what is made anew can be of somebody else; later changes go through changeOrganizer.
  if (current != nullptr) return;
  if (auto organizer = parse_organizer(body)) {
    input.event.organizer = std::move(organizer);
    input.sent.set(EventField::Organizer);
  }
}

void parse_sequence(const Json& body, const EventData* current, EventInput& input) {
  const Json value = body.get("sequence");
  if (value.is_missing() || value.is_null()) return;
  const auto number = value.to_integer();
  if (!number) refuse_member("sequence", value);
  take(input, EventField::Sequence, &EventData::sequence, *number, current);
}

void parse_delete_exceptions(const Json& body, const EventData* current, EventInput& input) {
  const Json value = body.get("delete_exceptions");
  if (!value.is_array() || !input.event.rrule) return;
  SeriesPlaces places(input.event);
  std::vector<calendar::EventTime> times;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto day = value.at(i).to_integer();
    if (!day) refuse_member("delete_exceptions", value);
    // A rule that changes in the same request leaves days behind that it no longer hits.
    if (!input.sent.has(EventField::Rrule))
      times.push_back(places.on_day(Date::from_millis(*day)));
    else if (const auto time = places.find_on_day(Date::from_millis(*day)))
      times.push_back(*time);
  }
  take(input, EventField::DeleteExceptionDates, &EventData::delete_exception_dates, std::move(times),
       current);
}

void parse_series(const Json& body, const EventData* current, EventInput& input) {
  if (current != nullptr && current->recurrence_id) {
    // Occurrences show the members of their series, and clients send them back; exceptions have none.
    const auto type = body.get("recurrence_type").to_integer();
    if (current->id != current->series && type && *type != 0)
      throw ApiError(errors::app::kSeriesFromException);
    return;
  }
  parse_recurrence(body, current, input);
  if (current == nullptr || calendar::is_series_master(*current))
    parse_delete_exceptions(body, current, input);
}

calendar::WriteOptions options_of(const Json& body) {
  calendar::WriteOptions options;
  options.check_conflicts = !body.get("ignore_conflicts").to_boolean().value_or(false);
  options.notify_internal = body.get("notification").to_boolean().value_or(true);
  options.fields = calendar::EventFields{EventField::Id, EventField::Folder, EventField::SeriesId,
                                         EventField::RecurrenceId, EventField::Timestamp};
  return options;
}

}  // namespace

FolderId parse_folder_member(const Json& value) {
  const auto text = value.to_text();
  return text ? parse_calendar_id(*text) : FolderId();
}

AppointmentInput parse_appointment(const Invocation& invocation, const Json& body, const EventData* current) {
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an appointment"});
  const auto id = body.get("id").to_integer();
  if (current == nullptr && id && *id != 0) throw ApiError(errors::app::kIdOnInsert);
  AppointmentInput parsed;
  parsed.options = options_of(body);
  parsed.folder = parse_folder_member(body.get("folder_id"));
  // What a rule is made from are start and end as they will be.
  if (current != nullptr) parsed.event.event = *current;
  parse_appointment_times(invocation, body, current, parsed.event);
  parse_texts(body, current, parsed.event);
  parse_color(body, current, parsed.event);
  parse_private_flag(body, current, parsed.event);
  parse_shown_as(body, current, parsed.event);
  parse_alarm_member(body, current, parsed.event);
  parse_people(body, current, parsed.event);
  parse_sequence(body, current, parsed.event);
  parse_series(body, current, parsed.event);
  return parsed;
}

}  // namespace gw::ajax
