#include "model/reminders/reminder_store.hpp"

#include "model/field_sql.hpp"
#include "model/reminders/reminder_fields.hpp"

namespace gw::model::reminders::store {
namespace {

#define GW_REMINDER_COLUMNS \
  "SELECT id,user_id,module,target,folder,alarm,recurrence_position,last_modified FROM reminders "
constexpr std::string_view kListUntil =
    GW_REMINDER_COLUMNS "WHERE cid=? AND user_id=? AND alarm<=? ORDER BY alarm,id";
constexpr std::string_view kListChanged =
    GW_REMINDER_COLUMNS "WHERE cid=? AND user_id=? AND last_modified>? ORDER BY alarm,id";
constexpr std::string_view kListOfUser = GW_REMINDER_COLUMNS "WHERE cid=? AND user_id=? AND module=?";
constexpr std::string_view kListOfTarget = GW_REMINDER_COLUMNS "WHERE cid=? AND module=? AND target=?";
constexpr std::string_view kFindReminder = GW_REMINDER_COLUMNS "WHERE cid=? AND user_id=? AND id=?";
constexpr std::string_view kFindForTarget =
    GW_REMINDER_COLUMNS "WHERE cid=? AND user_id=? AND module=? AND target=?";
#undef GW_REMINDER_COLUMNS
constexpr std::string_view kInsertReminder =
    "INSERT INTO reminders (cid,id,user_id,module,target,folder,alarm,recurrence_position,last_modified) "
    "VALUES (?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kUpdateReminder =
    "UPDATE reminders SET folder=?,alarm=?,recurrence_position=?,last_modified=? WHERE cid=? AND id=?";
constexpr std::string_view kDeleteReminder = "DELETE FROM reminders WHERE cid=? AND id=?";
constexpr std::string_view kDeleteOfTarget = "DELETE FROM reminders WHERE cid=? AND module=? AND target=?";

std::vector<Reminder> read_all(sql::Query row) {
  const FieldSet fields = stored_fields(reminder_fields());
  std::vector<Reminder> found;
  while (row.next()) read_row(found.emplace_back(), row, reminder_fields(), fields);
  return found;
}

std::optional<Reminder> read_first(sql::Query row) {
  auto found = read_all(std::move(row));
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::int64_t number_of(TargetModule module) { return static_cast<std::int64_t>(module); }

}  // namespace

std::vector<Reminder> list_until(sql::Connection& connection, ContextId context, UserId user, Millis end) {
  return read_all(connection.query(kListUntil, context, user, end));
}

std::vector<Reminder> list_changed(sql::Connection& connection, ContextId context, UserId user,
                                   Millis since) {
  return read_all(connection.query(kListChanged, context, user, since));
}

std::vector<Reminder> list_of_user(sql::Connection& connection, ContextId context, UserId user,
                                   TargetModule module) {
  return read_all(connection.query(kListOfUser, context, user, number_of(module)));
}

std::vector<Reminder> list_of_target(sql::Connection& connection, ContextId context, TargetModule module,
                                     ObjectId target) {
  return read_all(connection.query(kListOfTarget, context, number_of(module), target));
}

std::optional<Reminder> find(sql::Connection& connection, ContextId context, UserId user, ObjectId id) {
  return read_first(connection.query(kFindReminder, context, user, id));
}

std::optional<Reminder> find_for(sql::Connection& connection, ContextId context, UserId user,
                                 TargetModule module, ObjectId target) {
  return read_first(connection.query(kFindForTarget, context, user, number_of(module), target));
}

void insert(sql::Connection& connection, ContextId context, const Reminder& reminder) {
  connection.enqueue(kInsertReminder, context, reminder.id, reminder.user_id, reminder.module,
                     reminder.target_id, reminder.folder, reminder.alarm, reminder.recurrence_position,
                     reminder.last_modified);
}

void update(sql::Connection& connection, ContextId context, const Reminder& reminder) {
  connection.enqueue(kUpdateReminder, reminder.folder, reminder.alarm, reminder.recurrence_position,
                     reminder.last_modified, context, reminder.id);
}

void remove(sql::Connection& connection, ContextId context, ObjectId id) {
  connection.enqueue(kDeleteReminder, context, id);
}

void remove_of_target(sql::Connection& connection, ContextId context, TargetModule module, ObjectId target) {
  connection.enqueue(kDeleteOfTarget, context, number_of(module), target);
}

}  // namespace gw::model::reminders::store
