// Alarms as JSON, both ways. Source: spec chronos section 9.
#include "ajax/chronos/event_parts.hpp"
#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "formats/ical/values.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;

constexpr std::int64_t kDaySeconds = 86'400;
/// Longest offset of an alarm: some hundred years, far from the limits of the number.
constexpr std::int64_t kMaxDuration = 100LL * 366 * kDaySeconds;

[[noreturn]] void refuse_alarm(std::string_view why) {
  throw ApiError(errors::cal::kBadAlarm, {std::string(why)});
}

std::string alarm_text(const Json& alarm, const char* member) {
  const Json value = alarm.get(member);
  if (value.is_missing() || value.is_null()) return {};
  const auto text = value.to_text();
  if (!text) refuse_alarm(member);
  return *text;
}

Json write_trigger(const calendar::Alarm& alarm) {
  Json trigger = Json::object();
  if (alarm.at) {
    trigger.set("dateTime", Json::string(format_basic_utc(*alarm.at)));
  } else if (alarm.offset_seconds) {
    const std::int64_t days = *alarm.offset_seconds / kDaySeconds;
    trigger.set(
        "duration",
        Json::string(formats::ical::format_duration({days, *alarm.offset_seconds - days * kDaySeconds})));
    trigger.set("related", Json::string(alarm.is_related_to_end ? "END" : "START"));
  }
  return trigger;
}

void parse_trigger(calendar::Alarm& alarm, const Json& trigger) {
  if (!trigger.is_object()) refuse_alarm("trigger");
  if (const std::string at = alarm_text(trigger, "dateTime"); !at.empty()) {
    alarm.at = parse_basic_utc(at);
    if (!alarm.at) refuse_alarm("trigger.dateTime");
    return;
  }
  const auto duration = formats::ical::parse_duration(alarm_text(trigger, "duration"));
  const std::int64_t seconds = duration ? duration->total_seconds() : 0;
  if (!duration || seconds > kMaxDuration || seconds < -kMaxDuration) refuse_alarm("trigger.duration");
  alarm.offset_seconds = seconds;
  alarm.is_related_to_end = equal_ignoring_ascii_case(alarm_text(trigger, "related"), "END");
}

}  // namespace

Json write_alarm(const calendar::Alarm& alarm) {
  Json json = Json::object();
  json.set("id", Json::integer(alarm.id));
  json.set("uid", Json::string(alarm.uid));
  json.set("action", Json::string(alarm.action));
  json.set("trigger", write_trigger(alarm));
  if (alarm.acknowledged) json.set("acknowledged", Json::integer(alarm.acknowledged->value));
  if (!alarm.related_uid.empty())
    json.set(
        "relatedTo",
        Json::object().set("value", Json::string(alarm.related_uid)).set("relType", Json::string("SNOOZE")));
  if (!alarm.description.empty()) json.set("description", Json::string(alarm.description));
  if (!alarm.summary.empty()) json.set("summary", Json::string(alarm.summary));
  if (!alarm.attendees.empty()) {
    Json attendees = Json::array();
    for (const calendar::CalendarUser& user : alarm.attendees) attendees.append(write_calendar_user(user));
    json.set("attendees", std::move(attendees));
  }
  if (alarm.rest.is_object()) json.set("extendedProperties", alarm.rest);
  return json;
}

calendar::Alarm parse_alarm(const Json& value) {
  if (!value.is_object()) refuse_alarm("an object is expected");
  calendar::Alarm alarm;
  alarm.id = value.get("id").to_integer().value_or(0);
  alarm.uid = alarm_text(value, "uid");
  if (const std::string action = alarm_text(value, "action"); !action.empty()) alarm.action = action;
  parse_trigger(alarm, value.get("trigger"));
  if (const Json acknowledged = value.get("acknowledged");
      !acknowledged.is_missing() && !acknowledged.is_null()) {
    const auto number = acknowledged.to_integer();
    if (!number) refuse_alarm("acknowledged");
    alarm.acknowledged = Millis{*number};
  }
  if (const Json related = value.get("relatedTo"); related.is_object())
    alarm.related_uid = alarm_text(related, "value");
  alarm.description = alarm_text(value, "description");
  alarm.summary = alarm_text(value, "summary");
  const Json attendees = value.get("attendees");
  for (std::size_t i = 0; attendees.is_array() && i < attendees.size(); ++i)
    alarm.attendees.push_back(parse_calendar_user(attendees.at(i), "alarms.attendees"));
  if (const Json rest = value.get("extendedProperties"); rest.is_object()) alarm.rest = rest;
  return alarm;
}

std::vector<calendar::Alarm> parse_alarms(const Json& value) {
  std::vector<calendar::Alarm> alarms;
  if (value.is_missing() || value.is_null()) return alarms;
  if (!value.is_array()) refuse_alarm("an array is expected");
  for (std::size_t i = 0; i < value.size(); ++i) alarms.push_back(parse_alarm(value.at(i)));
  return alarms;
}

}  // namespace gw::ajax
