// What the folder services ask of tasks: count, emptiness, deletion with the folder.
#include "model/tasks/task_access.hpp"
#include "model/tasks/task_service.hpp"
#include "model/tasks/task_store.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {
namespace {

class TaskContent final : public folders::ClassifiedContent {
 public:
  [[nodiscard]] ObjectModule module() const override { return ObjectModule::Task; }

  void delete_all(Transaction& transaction, FolderId folder) const override {
    erase(transaction, folder,
          store::ids_of_folder(transaction.connection(), transaction.work().context(), folder));
  }

  void delete_made_by(Transaction& transaction, FolderId folder, UserId creator) const override {
    sql::Connection& connection = transaction.connection();
    const ContextId context = transaction.work().context();
    erase(transaction, folder,
          folders::in_both(store::ids_of_folder(connection, context, folder),
                           store::ids_created_by(connection, context, creator)));
  }

 private:
  static void erase(Transaction& transaction, FolderId folder, const std::vector<ObjectId>& ids) {
    sql::Connection& connection = transaction.connection();
    const ContextId context = transaction.work().context();
    TaskWriter writer(transaction);
    if (ids.empty()) return;
    for (const ObjectId id : ids) writer.leave_folder(id, folder, false);
    // One event for all: object 0 means "several"; the audience is large and the same for each.
    Event event{.module = ObjectModule::Task, .kind = ChangeKind::Deleted, .folder = folder};
    event.tell(folder, folders::viewers(connection, context, folder));
    transaction.raise(std::move(event));
  }

  [[nodiscard]] folders::ClassifiedCount count(sql::Connection& connection, ContextId context,
                                               FolderId folder, UserId user) const override {
    return store::count_folder(connection, context, folder, user);
  }
};

}  // namespace

const folders::FolderContent& task_folder_content() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const TaskContent* const content = new TaskContent;
  return *content;
}

}  // namespace gw::model::tasks
