// Alarms of users and the times they are due next.
#include <algorithm>

#include "model/calendar/store_statement.hpp"

namespace gw::model::calendar::store {
namespace {

#define GW_ALARM_COLUMNS                                                                            \
  "id,event,user_id,uid,action,offset_seconds,is_related_to_end,fixed_at,acknowledged,related_uid," \
  "description,summary,attendees,rest"
constexpr std::string_view kAlarmsOfUser =
    "SELECT " GW_ALARM_COLUMNS " FROM event_alarms WHERE cid=? AND user_id=?";
constexpr std::string_view kAlarmOrder = " ORDER BY id";
constexpr std::string_view kAlarmsOfEvent =
    "SELECT " GW_ALARM_COLUMNS " FROM event_alarms WHERE cid=? AND event=? ORDER BY +id";
constexpr std::string_view kFindAlarm = "SELECT " GW_ALARM_COLUMNS " FROM event_alarms WHERE cid=? AND id=?";
constexpr std::string_view kInsertAlarm =
    "INSERT INTO event_alarms (cid," GW_ALARM_COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kDeleteAlarms = "DELETE FROM event_alarms WHERE cid=? AND event=? AND user_id=?";
#undef GW_ALARM_COLUMNS
constexpr std::string_view kInsertTrigger =
    "INSERT INTO event_triggers (cid,user_id,alarm,event,recurrence_id,due_at,action,folder_id) VALUES "
    "(?,?,?,?,?,?,?,?)";
constexpr std::string_view kDeleteTriggers = "DELETE FROM event_triggers WHERE cid=? AND event=?";
constexpr std::string_view kDeleteTriggersOfUser =
    "DELETE FROM event_triggers WHERE cid=? AND event=? AND user_id=?";
constexpr std::string_view kSelectTriggers =
    "SELECT user_id,alarm,event,recurrence_id,due_at,action,folder_id FROM event_triggers WHERE cid=? AND "
    "user_id=?";
constexpr std::string_view kOfAlarm = " AND alarm=?";
constexpr std::string_view kDueBefore = " AND due_at<?";
constexpr std::string_view kDueOrder = " ORDER BY due_at,alarm LIMIT ?";

std::string dump_users(const std::vector<CalendarUser>& users) {
  Json list = Json::array();
  for (const CalendarUser& user : users)
    list.append(Json::array()
                    .append(Json::integer(user.entity))
                    .append(Json::string(user.uri))
                    .append(Json::string(user.cn))
                    .append(Json::string(user.email)));
  return list.dump();
}

std::vector<CalendarUser> parse_users(std::string_view text) {
  std::vector<CalendarUser> users;
  const Json list = Json::parse(text).value_or(Json());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json user = list.at(i);
    CalendarUser& made = users.emplace_back();
    made.entity = user.at(0).as_integer();
    made.uri = user.at(1).as_string();
    made.cn = user.at(2).as_string();
    made.email = user.at(3).as_string();
  }
  return users;
}

OwnedAlarm read_alarm(const sql::Query& row) {
  OwnedAlarm owned{row.id<UserId>(2), row.id<ObjectId>(1), {}};
  Alarm& alarm = owned.alarm;
  alarm.id = row.integer(0);
  alarm.uid = row.text(3);
  alarm.action = row.text(4);
  alarm.offset_seconds = row.optional_integer(5);
  alarm.is_related_to_end = row.integer(6) != 0;
  if (!row.is_null(7)) alarm.at = row.millis(7);
  if (!row.is_null(8)) alarm.acknowledged = row.millis(8);
  alarm.related_uid = row.text(9);
  alarm.description = row.text(10);
  alarm.summary = row.text(11);
  if (!row.is_null(12)) alarm.attendees = parse_users(row.text(12));
  if (!row.is_null(13)) alarm.rest = Json::parse(row.text(13)).value_or(Json());
  return owned;
}

std::optional<std::string> if_any(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

void insert_alarm(sql::Connection& connection, ContextId context, ObjectId event, UserId user,
                  const Alarm& alarm) {
  const auto attendees = alarm.attendees.empty() ? std::nullopt : std::optional(dump_users(alarm.attendees));
  const auto rest = if_any(alarm.rest.is_object() && alarm.rest.size() > 0 ? alarm.rest.dump() : "");
  connection.enqueue(kInsertAlarm, context, alarm.id, event, user, alarm.uid, alarm.action,
                     alarm.offset_seconds, alarm.is_related_to_end, alarm.at, alarm.acknowledged,
                     alarm.related_uid, if_any(alarm.description), if_any(alarm.summary), attendees, rest);
}

Trigger read_trigger(const sql::Query& row) {
  return {row.id<UserId>(0), row.integer(1), row.id<ObjectId>(2), row.string(3),
          row.millis(4),     row.string(5),  row.id<FolderId>(6)};
}

void insert_triggers(sql::Connection& connection, ContextId context, std::span<const Trigger> triggers) {
  for (const Trigger& trigger : triggers)
    connection.enqueue(kInsertTrigger, context, trigger.user, trigger.alarm, trigger.event,
                       trigger.recurrence_id, trigger.at, trigger.action, trigger.folder);
}

}  // namespace

AlarmsOf load_alarms(sql::Connection& connection, ContextId context, UserId user,
                     std::span<const ObjectId> events) {
  AlarmsOf found;
  for (std::size_t start = 0; start < events.size(); start += sql::kMaxMarks) {
    Statement statement;
    statement.add(kAlarmsOfUser, context);
    statement.values.push_back(sql::to_value(user));
    statement.add_list("event", events.subspan(start, std::min(sql::kMaxMarks, events.size() - start)));
    statement.sql += kAlarmOrder;
    sql::Query row = statement.run(connection);
    while (row.next()) {
      OwnedAlarm owned = read_alarm(row);
      found[owned.event].push_back(std::move(owned.alarm));
    }
  }
  return found;
}

std::map<UserId, std::vector<Alarm>> load_alarms(sql::Connection& connection, ContextId context,
                                                 ObjectId event) {
  std::map<UserId, std::vector<Alarm>> found;
  sql::Query row = connection.query(kAlarmsOfEvent, context, event);
  while (row.next()) {
    OwnedAlarm owned = read_alarm(row);
    found[owned.user].push_back(std::move(owned.alarm));
  }
  return found;
}

std::optional<OwnedAlarm> find_alarm(sql::Connection& connection, ContextId context, std::int64_t alarm) {
  sql::Query row = connection.query(kFindAlarm, context, alarm);
  return row.next() ? std::optional(read_alarm(row)) : std::nullopt;
}

void replace_alarms(sql::Connection& connection, ContextId context, ObjectId event, UserId user,
                    std::span<const Alarm> alarms) {
  connection.enqueue(kDeleteAlarms, context, event, user);
  for (const Alarm& alarm : alarms) insert_alarm(connection, context, event, user, alarm);
}

void replace_triggers(sql::Connection& connection, ContextId context, ObjectId event,
                      std::span<const Trigger> triggers) {
  connection.enqueue(kDeleteTriggers, context, event);
  insert_triggers(connection, context, triggers);
}

void replace_triggers(sql::Connection& connection, ContextId context, ObjectId event, UserId user,
                      std::span<const Trigger> triggers) {
  connection.enqueue(kDeleteTriggersOfUser, context, event, user);
  insert_triggers(connection, context, triggers);
}

std::optional<Trigger> find_trigger(sql::Connection& connection, ContextId context, UserId user,
                                    std::int64_t alarm) {
  Statement statement;
  statement.add(kSelectTriggers, context);
  statement.values.push_back(sql::to_value(user));
  statement.add(kOfAlarm, alarm);
  sql::Query row = statement.run(connection);
  return row.next() ? std::optional(read_trigger(row)) : std::nullopt;
}

std::vector<Trigger> due_triggers(sql::Connection& connection, ContextId context, UserId user, Millis until,
                                  std::span<const std::string> actions, std::size_t most) {
  std::vector<Trigger> triggers;
  Statement statement;
  statement.add(kSelectTriggers, context);
  statement.values.push_back(sql::to_value(user));
  statement.add(kDueBefore, until);
  if (!actions.empty()) statement.add_list("action", actions);
  statement.add(kDueOrder, most);
  sql::Query row = statement.run(connection);
  while (row.next()) triggers.push_back(read_trigger(row));
  return triggers;
}

}  // namespace gw::model::calendar::store
