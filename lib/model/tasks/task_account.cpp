#include "model/tasks/task_account.hpp"

#include "model/tasks/task_store.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {

std::int64_t count_in_context(sql::Connection& connection, ContextId context) {
  return store::count_context(connection, context, INT64_MAX);
}

void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir) {
  sql::Connection& connection = transaction.connection();
  TaskWriter writer(transaction);
  for (const ObjectId id : store::private_ids_of(connection, context, user)) writer.erase(id);
  for (const ObjectId id : store::ids_with_user(connection, context, user)) writer.end_part(id, user);
  const auto inherited = store::ids_created_by(connection, context, user);
  store::change_creator(connection, context, user, heir);
  for (const ObjectId id : inherited) writer.touch(id);
}

}  // namespace gw::model::tasks
