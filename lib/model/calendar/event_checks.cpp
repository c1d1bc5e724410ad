#include "model/calendar/event_checks.hpp"

#include <algorithm>
#include <cmath>

#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_time.hpp"
#include "recurrence/rule.hpp"
#include "recurrence/series_queries.hpp"

namespace gw::model::calendar {
namespace {

namespace cal = errors::cal;
using OptionalText = std::optional<std::string>;

constexpr std::size_t kLongestUid = 760, kLongestName = 255, kLongestUri = 512, kLongestNote = 1'000;
constexpr std::size_t kMostCategories = 100;
/// Seconds: alarms more than ten years away from their event are a mistake of somebody.
constexpr std::int64_t kFarthestAlarm = std::int64_t{3'660} * LocalTime::kDaySeconds;

struct TextRule {
  EventField field;
  std::string_view name;
  OptionalText EventData::*member;
  std::size_t longest;  ///< characters
  bool is_one_line;
};
constexpr TextRule kTextRules[] = {
    {EventField::Summary, "summary", &EventData::summary, 255, false},
    {EventField::Location, "location", &EventData::location, 255, false},
    {EventField::Description, "description", &EventData::description, 1'000'000, false},
    {EventField::Color, "color", &EventData::color, 32, true},
    {EventField::Url, "url", &EventData::url, 767, true},
    {EventField::Filename, "filename", &EventData::filename, 255, true},
    {EventField::RelatedTo, "relatedTo", &EventData::related_to, 767, true},
    {EventField::Rrule, "rrule", &EventData::rrule, 255, true},
};

void check_event_text(std::string_view name, std::string_view text, std::size_t longest, bool is_one_line) {
  const std::size_t length = count_characters(text);
  if (length > longest)
    throw ApiError(
        cal::kTooLong, {std::string(name), std::to_string(longest), std::to_string(length)},
        {{0, std::string(name), static_cast<std::int64_t>(length), static_cast<std::int64_t>(longest)}});
  // Names and addresses are written raw into iCalendar lines: a line break there would begin a line of its
  // own.
  if (!is_valid_utf8(text) || has_control_characters(text) ||
      (is_one_line && text.find_first_of("\r\n\t") != std::string_view::npos))
    throw ApiError(cal::kBadCharacter, {std::string(name)}, {{0, std::string(name), -1, -1}});
}

void check_calendar_user(const CalendarUser& user, std::string_view name) {
  check_event_text(name, user.uri, kLongestUri, true);
  check_event_text(name, user.cn, kLongestName, true);
  check_event_text(name, user.email, kLongestName, true);
  check_event_text(name, user.sent_by_uri, kLongestUri, true);
}

void check_sent_attendees(const std::vector<Attendee>& attendees) {
  if (attendees.size() > kMostAttendees)
    throw ApiError(cal::kTooManyAttendees, {std::to_string(kMostAttendees)});
  for (const Attendee& attendee : attendees) {
    check_calendar_user(attendee, "attendees");
    if (attendee.comment) check_event_text("comment", *attendee.comment, kLongestNote, false);
    if (attendee.member.size() > kMostAttendees) throw ApiError(cal::kBadData, {"member", "too many"});
    for (const std::string& uri : attendee.member) check_event_text("member", uri, kLongestUri, true);
    if (attendee.parameters.size() > kMostCategories)
      throw ApiError(cal::kBadData, {"attendees", "parameters"});
    for (const auto& [name, value] : attendee.parameters) {
      check_event_text("attendees", name, kLongestName, true);
      check_event_text("attendees", value, kLongestNote, true);
    }
  }
}

void check_zone(const EventTime& time) {
  if (time.kind == TimeKind::Zoned && !TimeZone::find(time.zone)) throw ApiError(cal::kBadZone, {time.zone});
}

void check_dates(const std::vector<EventTime>& dates, std::string_view name) {
  if (dates.size() > kMostDates)
    throw ApiError(cal::kBadData, {std::string(name), "more than " + std::to_string(kMostDates)});
  for (const EventTime& date : dates) check_zone(date);
}

recurrence::Rule checked_rule(const std::string& text) {
  const recurrence::ParsedRule parsed = recurrence::parse_rule(text);
  if (parsed.state == recurrence::RuleState::Invalid) throw ApiError(cal::kBadRule, {text});
  if (parsed.state == recurrence::RuleState::Unsupported)
    throw ApiError(cal::kRuleUnsupported, {text, "frequency, calendar or size"});
  return parsed.rule;
}

void check_sent_geo(const Geo& geo) {
  constexpr double kPole = 90, kDateLine = 180;
  // Written so that a value which is no number is refused, too.
  const bool is_on_earth = std::abs(geo.latitude) <= kPole && std::abs(geo.longitude) <= kDateLine;
  if (!is_on_earth)
    throw ApiError(cal::kBadGeo, {std::to_string(geo.latitude) + ";" + std::to_string(geo.longitude)});
}

void check_sent_lists(const EventInput& input) {
  const EventData& event = input.event;
  if (input.sent.has(EventField::Categories)) {
    if (event.categories.size() > kMostCategories) throw ApiError(cal::kBadData, {"categories", "too many"});
    for (const std::string& category : event.categories)
      check_event_text("categories", category, kLongestName, true);
  }
  if (input.sent.has(EventField::ExtendedProperties) && event.extended.is_object()) {
    const std::string text = event.extended.dump();
    check_event_text("extendedProperties", text, kLongestExtended, false);
  }
  if (input.sent.has(EventField::RecurrenceDates)) check_dates(event.recurrence_dates, "recurrenceDates");
  if (input.sent.has(EventField::DeleteExceptionDates))
    check_dates(event.delete_exception_dates, "deleteExceptionDates");
  if (input.sent.has(EventField::Attendees)) check_sent_attendees(event.attendees);
  if (input.sent.has(EventField::Alarms)) check_alarms(event.alarms);
}

/// Of one kind with the start, ascending, each once.
void settle_dates(std::vector<EventTime>& dates, const EventTime& model) {
  for (EventTime& date : dates) date = in_terms_of(date, model);
  std::sort(dates.begin(), dates.end(),
            [](const EventTime& a, const EventTime& b) { return a.local < b.local; });
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
}

bool is_timed(TimeKind kind) { return kind == TimeKind::Utc || kind == TimeKind::Zoned; }

}  // namespace

std::string_view class_name(Classification classification) {
  switch (classification) {
    case Classification::Private:
      return "PRIVATE";
    case Classification::Confidential:
      return "CONFIDENTIAL";
    default:
      return "PUBLIC";
  }
}

void check_alarms(std::span<const Alarm> alarms) {
  if (alarms.size() > kMostAlarms) throw ApiError(cal::kTooManyAlarms, {std::to_string(kMostAlarms)});
  for (const Alarm& alarm : alarms) {
    if (alarm.action.empty()) throw ApiError(cal::kBadAlarm, {"action"});
    if (alarm.offset_seconds.has_value() == alarm.at.has_value()) throw ApiError(cal::kBadAlarm, {"trigger"});
    if (alarm.offset_seconds &&
        (*alarm.offset_seconds < -kFarthestAlarm || *alarm.offset_seconds > kFarthestAlarm))
      throw ApiError(cal::kBadAlarm, {"trigger"});
    check_event_text("alarms", alarm.action, 32, true);
    check_event_text("alarms", alarm.uid, kLongestUid, true);
    check_event_text("alarms", alarm.related_uid, kLongestUid, true);
    check_event_text("alarms", alarm.description, kLongestExtended, false);
    check_event_text("alarms", alarm.summary, kLongestNote, false);
    if (alarm.attendees.size() > kMostAlarms) throw ApiError(cal::kBadAlarm, {"attendees"});
    for (const CalendarUser& user : alarm.attendees) check_calendar_user(user, "alarms");
    if (!alarm.rest.is_missing()) check_event_text("alarms", alarm.rest.dump(), kLongestExtended, false);
  }
}

void check_sent(const EventInput& input) {
  const EventData& event = input.event;
  for (const TextRule& rule : kTextRules)
    if (const OptionalText& text = event.*rule.member; input.sent.has(rule.field) && text)
      check_event_text(rule.name, *text, rule.longest, rule.is_one_line);
  if (input.sent.has(EventField::Uid)) check_event_text("uid", event.uid, kLongestUid, true);
  if (input.sent.has(EventField::Geo) && event.geo) check_sent_geo(*event.geo);
  if (input.sent.has(EventField::StartDate)) check_zone(event.start);
  if (input.sent.has(EventField::EndDate)) check_zone(event.end);
  if (input.sent.has(EventField::Rrule) && event.rrule) checked_rule(*event.rrule);
  if (input.sent.has(EventField::Organizer) && event.organizer)
    check_calendar_user(*event.organizer, "organizer");
  check_sent_lists(input);
}

void complete_end(EventData& event, bool has_end) {
  if (!has_end) event.end = event.start;
  if (event.start.kind == TimeKind::Date && event.end == event.start)
    event.end.local.seconds += LocalTime::kDaySeconds;
}

void settle_times(EventData& event) {
  check_zone(event.start);
  check_zone(event.end);
  if (event.start.kind != event.end.kind && !(is_timed(event.start.kind) && is_timed(event.end.kind)))
    throw ApiError(cal::kKindsDiffer);
  const TimeZone utc = TimeZone::utc();
  if (instant_of(event.end, utc) < instant_of(event.start, utc)) throw ApiError(cal::kEndBeforeStart);
  if (event.rrule && event.rrule->empty()) event.rrule.reset();
  if (event.rrule) {
    checked_rule(*event.rrule);
    recurrence::Series series = series_of(event);
    recurrence::settle_until(series);
    event.rrule = recurrence::format_rule(*series.rule);
  }
  settle_dates(event.recurrence_dates, event.start);
  settle_dates(event.delete_exception_dates, event.start);
  if (!event.rrule && event.recurrence_dates.empty()) return;
  if (!first_occurrence(event)) throw ApiError(cal::kBadRule, {event.rrule.value_or("")});
}

void check_class(const EventData& event, bool is_own_private_folder) {
  if (event.classification == Classification::Public) return;
  const std::string name(class_name(event.classification));
  if (!is_own_private_folder) throw ApiError(cal::kClassNotHere, {name});
  if (event.classification != Classification::Private) return;
  const bool has_resource =
      std::any_of(event.attendees.begin(), event.attendees.end(), [](const Attendee& attendee) {
        return attendee.entity != 0 &&
               (attendee.cu_type == CuType::Resource || attendee.cu_type == CuType::Room);
      });
  if (has_resource) throw ApiError(cal::kClassWithResources, {name});
}

}  // namespace gw::model::calendar
