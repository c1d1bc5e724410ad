// Participants, places, and counting.
#include <algorithm>

#include "model/tasks/task_store.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::tasks::store {
namespace {

constexpr std::string_view kSelectPlaces =
    "SELECT user_id,folder,is_home FROM task_folders WHERE cid=? AND task=? ORDER BY is_home DESC,user_id";
constexpr std::string_view kSelectParticipants =
    "SELECT task,type,entity,mail,display_name FROM task_participants WHERE cid=? AND task IN (";
constexpr std::string_view kParticipantsInOrder = " ORDER BY task,position";
constexpr std::string_view kSelectUsers =
    "SELECT task,user_id,confirmation,message,is_removed FROM task_users WHERE cid=? AND task IN (";
constexpr std::string_view kUsersInOrder = " ORDER BY task,user_id";
constexpr std::string_view kCountTasks =
    "SELECT COUNT(*) FROM (SELECT 1 FROM tasks WHERE cid=? LIMIT ?) counted";
constexpr std::string_view kCountTaskFolder =
    "SELECT COUNT(*),COUNT(CASE WHEN t.created_by=? THEN 1 END),COUNT(CASE WHEN t.private_flag=0 THEN 1 END),"
    "COUNT(CASE WHEN t.created_by=? AND t.private_flag=0 THEN 1 END) FROM task_folders p JOIN tasks t ON "
    "t.cid=p.cid AND t.id=p.task WHERE p.cid=? AND p.folder=?";
constexpr std::string_view kTasksOfFolder =
    "SELECT task FROM task_folders WHERE cid=? AND folder=? ORDER BY +task";
constexpr std::string_view kPrivateTasksOf =
    "SELECT id FROM tasks WHERE cid=? AND created_by=? AND private_flag=1 ORDER BY +id";
constexpr std::string_view kTasksWithUser =
    "SELECT task FROM task_users WHERE cid=? AND user_id=? UNION SELECT task FROM task_folders WHERE cid=? "
    "AND user_id=? ORDER BY task";
constexpr std::string_view kTasksCreatedBy = "SELECT id FROM tasks WHERE cid=? AND created_by=? ORDER BY +id";

std::vector<ObjectId> read_task_ids(sql::Query row) {
  std::vector<ObjectId> ids;
  while (row.next()) ids.push_back(row.id<ObjectId>(0));
  return ids;
}

sql::StatementText list_statement(std::string_view head, std::string_view tail, ContextId context,
                                  std::span<const ObjectId> ids) {
  sql::StatementText statement;
  statement.add(head, context);
  statement.add_marks(ids);
  statement.add(tail);
  return statement;
}

}  // namespace

std::vector<Place> load_places(sql::Connection& connection, ContextId context, ObjectId id) {
  std::vector<Place> places;
  sql::Query row = connection.query(kSelectPlaces, context, id);
  while (row.next()) places.push_back({row.id<UserId>(0), row.id<FolderId>(1), row.integer(2) != 0});
  return places;
}

MembersOf load_members(sql::Connection& connection, ContextId context, std::span<const ObjectId> tasks) {
  MembersOf members;
  sql::each_slice(tasks, [&](std::span<const ObjectId> slice) {
    {
      const auto statement = list_statement(kSelectParticipants, kParticipantsInOrder, context, slice);
      sql::Query row = statement.run(connection);
      while (row.next())
        members[row.integer(0)].participants.push_back({static_cast<ParticipantType>(row.integer(1)),
                                                        row.integer(2), row.optional_string(3),
                                                        row.optional_string(4)});
    }
    const auto statement = list_statement(kSelectUsers, kUsersInOrder, context, slice);
    sql::Query row = statement.run(connection);
    while (row.next())
      members[row.integer(0)].users.push_back({.id = row.integer(1),
                                               .confirmation = row.integer(2),
                                               .message = row.optional_string(3),
                                               .is_removed = row.integer(4) != 0});
  });
  return members;
}

std::int64_t count_context(sql::Connection& connection, ContextId context, std::int64_t limit) {
  sql::Query row = connection.query(kCountTasks, context, limit);
  return row.next() ? row.integer(0) : 0;
}

folders::ClassifiedCount count_folder(sql::Connection& connection, ContextId context, FolderId folder,
                                      UserId user) {
  sql::Query row = connection.query(kCountTaskFolder, user, user, context, folder);
  if (!row.next()) return {};
  return {row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
}

std::vector<ObjectId> ids_of_folder(sql::Connection& connection, ContextId context, FolderId folder) {
  return read_task_ids(connection.query(kTasksOfFolder, context, folder));
}

std::vector<ObjectId> private_ids_of(sql::Connection& connection, ContextId context, UserId user) {
  return read_task_ids(connection.query(kPrivateTasksOf, context, user));
}

std::vector<ObjectId> ids_with_user(sql::Connection& connection, ContextId context, UserId user) {
  return read_task_ids(connection.query(kTasksWithUser, context, user, context, user));
}

std::vector<ObjectId> ids_created_by(sql::Connection& connection, ContextId context, UserId user) {
  return read_task_ids(connection.query(kTasksCreatedBy, context, user));
}

}  // namespace gw::model::tasks::store
