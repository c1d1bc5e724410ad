// Module `chronos/alarm`: reminders that are due, and what becomes of them. Source: spec chronos section 9.
#include "ajax/chronos/all_calendars.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/chronos.hpp"
#include "ajax/chronos/chronos_parameters.hpp"
#include "ajax/chronos/event_json.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/calendar/event_time.hpp"
#include "model/folders/account_folders.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;

/// What web clients show when `actions` is absent.
constexpr std::string_view kShownActions = "DISPLAY,AUDIO";
/// Longest snooze: a year.
constexpr std::int64_t kMaxSnooze = 366LL * 86'400'000;

Response answer_alarm_result(Invocation& invocation, const calendar::CalendarResult& result,
                             calendar::EventFields fields) {
  EventJson writer(invocation, fields, true);
  return Response::with_data(writer.write(result), result.timestamp);
}

Json write_trigger_row(const calendar::AlarmTrigger& trigger) {
  Json json = Json::object();
  json.set("action", Json::string(trigger.action));
  const bool is_elsewhere = model::folders::is_account_folder(trigger.folder);
  json.set("account", Json::integer(is_elsewhere ? model::folders::account_of(trigger.folder) : 0));
  json.set("folder", Json::string(format_calendar_id(trigger.folder)));
  json.set("eventId", Json::string(std::to_string(trigger.event.value)));
  if (trigger.recurrence_id)
    json.set("recurrenceId", Json::string(calendar::format_recurrence_id(*trigger.recurrence_id)));
  json.set("alarmId", Json::string(std::to_string(trigger.alarm)));
  json.set("time", Json::string(format_basic_utc(trigger.at)));
  return json;
}

Response pending_alarms(Invocation& invocation) {
  const Millis until = parse_instant(invocation.arguments.text("rangeEnd"), "rangeEnd");
  std::vector<std::string> actions;
  for (const std::string_view word : split(invocation.arguments.text("actions", kShownActions), ','))
    if (!word.empty()) actions.emplace_back(word);
  Json data = Json::array();
  for (const calendar::AlarmTrigger& trigger :
       calendars_of(invocation).pending_alarms(invocation.work, until, actions))
    data.append(write_trigger_row(trigger));
  return Response::with_data(std::move(data));
}

Response acknowledge(Invocation& invocation) {
  const auto options = write_options(invocation.arguments);
  const calendar::EventRef ref = asked_event(invocation);
  return answer_alarm_result(
      invocation,
      calendars_of(invocation)
          .of(invocation.work, ref.folder)
          .acknowledge_alarm(invocation.work, ref, invocation.arguments.integer("alarmId")),
      options.fields);
}

Response snooze(Invocation& invocation) {
  const auto options = write_options(invocation.arguments);
  const std::int64_t time = invocation.arguments.integer("snoozeTime");
  if (time <= 0 || time > kMaxSnooze)
    throw ApiError(errors::svl::kBadParameter, {"snoozeTime", std::to_string(time)});
  const calendar::EventRef ref = asked_event(invocation);
  return answer_alarm_result(
      invocation,
      calendars_of(invocation)
          .of(invocation.work, ref.folder)
          .snooze_alarm(invocation.work, ref, invocation.arguments.integer("alarmId"), Milliseconds(time)),
      options.fields);
}

Response update_alarms(Invocation& invocation) {
  const auto options = write_options(invocation.arguments);
  if (!invocation.body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of alarms"});
  const auto alarms = parse_alarms(invocation.body);
  const calendar::EventRef ref = asked_event(invocation);
  return answer_alarm_result(invocation,
                             calendars_of(invocation)
                                 .of(invocation.work, ref.folder)
                                 .update_alarms(invocation.work, ref, alarms, options),
                             options.fields);
}

#define GW_ALARM_EVENT {"folder", Type::Id, true}, {"id", Type::Id, true}, {"recurrenceId"}, GW_EVENT_WRITE
constexpr Parameter kPending[] = {{"rangeEnd", Type::Text, true}, {"actions"}};
constexpr Parameter kOneAlarm[] = {GW_ALARM_EVENT, {"alarmId", Type::Integer, true}};
constexpr Parameter kSnoozedAlarm[] = {
    GW_ALARM_EVENT, {"alarmId", Type::Integer, true}, {"snoozeTime", Type::Integer, true}};
constexpr Parameter kAllAlarms[] = {GW_ALARM_EVENT};
#undef GW_ALARM_EVENT

constexpr auto kNeedsCalendar = model::Module::Calendar;

// Published as GET, sent as PUT by web clients: both are answered.
constexpr Action kAlarmActions[] = {
    {"ack", kGet | kPut, acknowledge, kSerial, kOneAlarm, kNeedsCalendar},
    {"pending", kGet, pending_alarms, 0, kPending, kNeedsCalendar},
    {"snooze", kGet | kPut, snooze, kSerial, kSnoozedAlarm, kNeedsCalendar},
    {"updateAlarms", kPut, update_alarms, kBody | kSerial, kAllAlarms, kNeedsCalendar},
};

}  // namespace

const ApiModule kChronosAlarmModule{"chronos/alarm", kAlarmActions};

}  // namespace gw::ajax
