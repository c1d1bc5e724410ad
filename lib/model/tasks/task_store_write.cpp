// Writing rows of the tasks table.
#include "model/field_sql.hpp"
#include "model/tasks/task_fields.hpp"
#include "model/tasks/task_store.hpp"
#include "sql/dialect.hpp"

namespace gw::model::tasks::store {
namespace {

constexpr std::string_view kInsertTask = "INSERT INTO tasks (cid,search_fold,number_of_participants";
constexpr std::string_view kUpdateTask = "UPDATE tasks SET search_fold=?,number_of_participants=?";
constexpr std::string_view kUpdateTaskWhere = " WHERE cid=? AND id=?";
constexpr std::string_view kTouchTask = "UPDATE tasks SET modified_by=?,last_modified=? WHERE cid=? AND id=?";
constexpr std::string_view kTouchPlaces = "UPDATE task_folders SET last_modified=? WHERE cid=? AND task=?";
constexpr std::string_view kSetAttachments =
    "UPDATE tasks SET number_of_attachments=?,newest_attachment=? WHERE cid=? AND id=?";
constexpr std::string_view kDeleteTask = "DELETE FROM tasks WHERE cid=? AND id=?";
constexpr std::string_view kDeletePlaces = "DELETE FROM task_folders WHERE cid=? AND task=?";
constexpr std::string_view kDeleteParticipants = "DELETE FROM task_participants WHERE cid=? AND task=?";
constexpr std::string_view kDeleteUsers = "DELETE FROM task_users WHERE cid=? AND task=?";
constexpr std::string_view kInsertPlace =
    "INSERT INTO task_folders (cid,task,user_id,folder,is_home,last_modified) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kInsertParticipant =
    "INSERT INTO task_participants (cid,task,position,type,entity,mail,display_name) VALUES (?,?,?,?,?,?,?)";
constexpr std::string_view kInsertUser =
    "INSERT INTO task_users (cid,task,user_id,confirmation,message,is_removed) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kConfirm =
    "UPDATE task_users SET confirmation=?,message=? WHERE cid=? AND task=? AND user_id=?";
constexpr std::string_view kChangeTaskCreator = "UPDATE tasks SET created_by=? WHERE cid=? AND created_by=?";

std::int64_t count_members(const Task& task) {
  return static_cast<std::int64_t>(task.participants.size() + task.users.size());
}

}  // namespace

void insert(sql::Connection& connection, ContextId context, const Task& task) {
  const std::string folded = search_text(task);
  std::string statement(kInsertTask);
  std::vector<sql::Value> values{sql::to_value(context), sql::to_value(folded),
                                 sql::to_value(count_members(task))};
  for (const Field<Task>& field : task_fields()) {
    if (field.sql.empty()) continue;
    statement += ',';
    statement += field.sql;
    values.push_back(bind_field(task, field));
  }
  statement += ") VALUES (" + sql::placeholders(values.size()) + ")";
  connection.enqueue_values(statement, values);
}

void update(sql::Connection& connection, ContextId context, const Task& task) {
  const std::string folded = search_text(task);
  std::string statement(kUpdateTask);
  std::vector<sql::Value> values{sql::to_value(folded), sql::to_value(count_members(task))};
  for (const Field<Task>& field : task_fields()) {
    if (field.sql.empty() || field.sql == "id") continue;
    statement += ',';
    statement += field.sql;
    statement += "=?";
    values.push_back(bind_field(task, field));
  }
  statement += kUpdateTaskWhere;
  values.push_back(sql::to_value(context));
  values.push_back(sql::to_value(task.id));
  connection.enqueue_values(statement, values);
}

void touch(sql::Connection& connection, ContextId context, ObjectId id, UserId modifier, Millis stamp) {
  connection.enqueue(kTouchTask, modifier, stamp, context, id);
  connection.enqueue(kTouchPlaces, stamp, context, id);
}

void set_attachments(sql::Connection& connection, ContextId context, ObjectId id, std::int64_t number,
                     Millis newest) {
  connection.enqueue(kSetAttachments, number, newest, context, id);
}

void remove(sql::Connection& connection, ContextId context, std::span<const ObjectId> ids) {
  for (const ObjectId id : ids)
    for (const std::string_view statement : {kDeleteTask, kDeletePlaces, kDeleteParticipants, kDeleteUsers})
      connection.enqueue(statement, context, id);
}

void replace_places(sql::Connection& connection, ContextId context, ObjectId id,
                    std::span<const Place> places, Millis stamp) {
  connection.enqueue(kDeletePlaces, context, id);
  for (const Place& place : places)
    connection.enqueue(kInsertPlace, context, id, place.user, place.folder, place.is_home, stamp);
}

void replace_members(sql::Connection& connection, ContextId context, const Task& task) {
  connection.enqueue(kDeleteParticipants, context, task.id);
  connection.enqueue(kDeleteUsers, context, task.id);
  for (std::size_t i = 0; i < task.participants.size(); ++i) {
    const Participant& one = task.participants[i];
    connection.enqueue(kInsertParticipant, context, task.id, i, static_cast<int>(one.type), one.id, one.mail,
                       one.display_name);
  }
  for (const TaskUser& user : task.users)
    connection.enqueue(kInsertUser, context, task.id, user.id, user.confirmation, user.message,
                       user.is_removed);
}

void confirm(sql::Connection& connection, ContextId context, ObjectId id, const TaskUser& user) {
  connection.enqueue(kConfirm, user.confirmation, user.message, context, id, user.id);
}

void change_creator(sql::Connection& connection, ContextId context, UserId from, UserId to) {
  connection.enqueue(kChangeTaskCreator, to, context, from);
}

}  // namespace gw::model::tasks::store
