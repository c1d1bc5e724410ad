#include "ajax/chronos/event_input.hpp"

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/event_members.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "ajax/chronos/repeated_value.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/calendar/event_words.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventData;
using calendar::EventField;

/// One member on its way in; null and "" arrive as missing.
struct Sent {
  const Json& value;
  std::string_view name;

  [[noreturn]] void refuse() const {
    throw ApiError(errors::cal::kBadData, {std::string(name), repeated(value)});
  }
  [[nodiscard]] bool is_cleared() const { return value.is_missing(); }
};

std::optional<std::string> sent_text(const Sent& sent) {
  if (sent.is_cleared()) return std::nullopt;
  auto text = sent.value.to_text();
  if (!text) sent.refuse();
  return text;
}

template <class T>
T sent_word(const Sent& sent, std::optional<T> (*find)(std::string_view), T cleared) {
  if (sent.is_cleared()) return cleared;
  const auto found = find(sent.value.as_string());
  if (!found) sent.refuse();
  return *found;
}

std::vector<std::string> sent_texts(const Sent& sent) {
  std::vector<std::string> texts;
  if (sent.is_cleared()) return texts;
  if (!sent.value.is_array()) sent.refuse();
  for (std::size_t i = 0; i < sent.value.size(); ++i) {
    const Json element = sent.value.at(i);
    if (!element.is_string()) sent.refuse();
    texts.emplace_back(element.as_string());
  }
  return texts;
}

std::vector<calendar::EventTime> sent_occurrences(const Sent& sent) {
  std::vector<calendar::EventTime> times;
  for (const std::string& text : sent_texts(sent))
    if (const auto time = parse_occurrence(text)) times.push_back(*time);
  return times;
}

std::optional<calendar::Geo> sent_geo(const Sent& sent) {
  if (sent.is_cleared()) return std::nullopt;
  const Json latitude = sent.value.get("lat"), longitude = sent.value.get("long");
  constexpr double kMaxLatitude = 90, kMaxLongitude = 180;
  calendar::Geo geo{latitude.as_real(), longitude.as_real()};
  const bool is_valid = latitude.is_number() && longitude.is_number() && geo.latitude >= -kMaxLatitude &&
                        geo.latitude <= kMaxLatitude && geo.longitude >= -kMaxLongitude &&
                        geo.longitude <= kMaxLongitude;
  if (!is_valid) throw ApiError(errors::cal::kBadGeo, {repeated(sent.value)});
  return geo;
}

std::vector<calendar::EventAttachment> sent_attachments(const Sent& sent) {
  std::vector<calendar::EventAttachment> attachments;
  if (sent.is_cleared()) return attachments;
  if (!sent.value.is_array()) sent.refuse();
  for (std::size_t i = 0; i < sent.value.size(); ++i) {
    const Json element = sent.value.at(i);
    if (!element.is_object()) sent.refuse();
    calendar::EventAttachment attachment;
    attachment.managed_id = element.get("managedId").to_integer().value_or(0);
    attachment.filename = element.get("filename").as_string();
    attachment.format_type = element.get("fmtType").as_string();
    attachment.uri = element.get("uri").as_string();
    attachments.push_back(std::move(attachment));
  }
  return attachments;
}

void parse_times(EventData& event, EventField field, const Sent& sent) {
  calendar::EventTime& time = field == EventField::StartDate ? event.start : event.end;
  if (sent.is_cleared()) throw ApiError(errors::cal::kMandatory, {std::string(sent.name)});
  time = parse_event_time(sent.value, sent.name.data());
}

std::int64_t sent_number(const Sent& sent) {
  if (sent.is_cleared()) return 0;
  const auto number = sent.value.to_integer();
  if (!number) sent.refuse();
  return *number;
}

bool sent_transparency(const Sent& sent) {
  if (sent.is_cleared()) return false;
  const std::string_view word = sent.value.as_string();
  const bool is_transparent = equal_ignoring_ascii_case(word, "TRANSPARENT");
  if (!is_transparent && !equal_ignoring_ascii_case(word, "OPAQUE")) sent.refuse();
  return is_transparent;
}

struct InputRow {
  EventField field;
  void (*parse)(EventData& event, const Sent& sent);
};

// clang-format off
constexpr InputRow kInputs[] = {
    {EventField::Uid, [](EventData& e, const Sent& s) { e.uid = sent_text(s).value_or(""); }},
    {EventField::Filename, [](EventData& e, const Sent& s) { e.filename = sent_text(s); }},
    {EventField::Sequence, [](EventData& e, const Sent& s) { e.sequence = sent_number(s); }},
    {EventField::StartDate, [](EventData& e, const Sent& s) { parse_times(e, EventField::StartDate, s); }},
    {EventField::EndDate, [](EventData& e, const Sent& s) { parse_times(e, EventField::EndDate, s); }},
    {EventField::Rrule, [](EventData& e, const Sent& s) { e.rrule = sent_text(s); }},
    {EventField::RecurrenceDates, [](EventData& e, const Sent& s) { e.recurrence_dates = sent_occurrences(s); }},
    {EventField::DeleteExceptionDates, [](EventData& e, const Sent& s) { e.delete_exception_dates = sent_occurrences(s); }},
    {EventField::Summary, [](EventData& e, const Sent& s) { e.summary = sent_text(s); }},
    {EventField::Location, [](EventData& e, const Sent& s) { e.location = sent_text(s); }},
    {EventField::Description, [](EventData& e, const Sent& s) { e.description = sent_text(s); }},
    {EventField::Color, [](EventData& e, const Sent& s) { e.color = sent_text(s); }},
    {EventField::Url, [](EventData& e, const Sent& s) { e.url = sent_text(s); }},
    {EventField::Categories, [](EventData& e, const Sent& s) { e.categories = sent_texts(s); }},
    {EventField::Geo, [](EventData& e, const Sent& s) { e.geo = sent_geo(s); }},
    {EventField::Class, [](EventData& e, const Sent& s) {
       e.classification = sent_word(s, calendar::find_classification, calendar::Classification::Public); }},
    {EventField::Status, [](EventData& e, const Sent& s) {
       e.status = sent_word(s, calendar::find_event_status, calendar::EventStatus::None); }},
    {EventField::Transp, [](EventData& e, const Sent& s) { e.is_transparent = sent_transparency(s); }},
    {EventField::AttendeePrivileges, [](EventData& e, const Sent& s) {
       e.attendees_may_modify = equal_ignoring_ascii_case(s.value.as_string(), "MODIFY"); }},
    {EventField::Organizer, [](EventData& e, const Sent& s) {
       e.organizer = s.is_cleared() ? std::nullopt : std::optional(parse_calendar_user(s.value, "organizer")); }},
    {EventField::Attendees, [](EventData& e, const Sent& s) { e.attendees = parse_attendees(s.value); }},
    {EventField::Alarms, [](EventData& e, const Sent& s) { e.alarms = parse_alarms(s.value); }},
    {EventField::Attachments, [](EventData& e, const Sent& s) { e.attachments = sent_attachments(s); }},
    {EventField::RelatedTo, [](EventData& e, const Sent& s) { e.related_to = sent_text(s); }},
    {EventField::ExtendedProperties, [](EventData& e, const Sent& s) {
       if (!s.is_cleared() && !s.value.is_object()) s.refuse();
       e.extended = s.value; }},
};
// clang-format on

}  // namespace

calendar::EventInput parse_event(const Json& source) {
  if (!source.is_object()) throw ApiError(errors::svl::kBodyType, {"an event"});
  calendar::EventInput input;
  for (const InputRow& row : kInputs) {
    const std::string_view name = json_name(row.field);
    const Json value = source.get(name.data());
    if (value.is_missing()) continue;
    const bool clears = value.is_null() || (value.is_string() && value.as_string().empty());
    row.parse(input.event, {clears ? Json() : value, name});
    input.sent.set(row.field);
  }
  return input;
}

}  // namespace gw::ajax
