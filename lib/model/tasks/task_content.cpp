// What the folder services ask of tasks: count, emptiness, deletion with the folder.
#include "model/tasks/task_access.hpp"
#include "model/tasks/task_service.hpp"
#include "model/tasks/task_store.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {
namespace {

/// Private tasks count for the folder's owner only.
bool sees_private(sql::Connection& connection, const Caller& caller, FolderId folder) {
  const auto access = folders::find_access(connection, caller, folder);
  return access && access->type == folders::FolderType::Private;
}

class TaskContent final : public folders::FolderContent {
 public:
  [[nodiscard]] ObjectModule module() const override { return ObjectModule::Task; }

  std::int64_t count_readable(UnitOfWork& work, FolderId folder, const Rights& rights) const override {
    if (rights.read == 0) return 0;
    sql::Connection& connection = work.connection();
    const store::FolderCount count =
        store::count_folder(connection, work.context(), folder, work.caller().user);
    const bool all = may_read(rights, false);
    const std::int64_t with_private = all ? count.all : count.own;
    const std::int64_t without = all ? count.all_public : count.own_public;
    if (with_private == without) return without;
    return sees_private(connection, work.caller(), folder) ? with_private : without;
  }

  [[nodiscard]] bool is_empty(Transaction& transaction, FolderId folder) const override {
    return count(transaction, folder).all == 0;
  }

  [[nodiscard]] bool may_delete_all(Transaction& transaction, FolderId folder,
                                    const Rights& rights) const override {
    const store::FolderCount counted = count(transaction, folder);
    if (counted.all == 0) return true;
    if (!may_remove(rights, counted.own == counted.all)) return false;
    return counted.all == counted.all_public ||
           sees_private(transaction.connection(), transaction.work().caller(), folder);
  }

  void delete_all(Transaction& transaction, FolderId folder) const override {
    sql::Connection& connection = transaction.connection();
    const ContextId context = transaction.work().context();
    TaskWriter writer(transaction);
    const std::vector<ObjectId> ids = store::ids_of_folder(connection, context, folder);
    if (ids.empty()) return;
    for (const ObjectId id : ids) writer.leave_folder(id, folder, false);
    // One event for all: object 0 means "several"; the audience is large and the same for each.
    Event event{.module = ObjectModule::Task, .kind = ChangeKind::Deleted, .folder = folder};
    event.tell(folder, folders::viewers(connection, context, folder));
    transaction.raise(std::move(event));
  }

 private:
  static store::FolderCount count(Transaction& transaction, FolderId folder) {
    return store::count_folder(transaction.connection(), transaction.work().context(), folder,
                               transaction.work().caller().user);
  }
};

}  // namespace

const folders::FolderContent& task_folder_content() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const TaskContent* const content = new TaskContent;
  return *content;
}

}  // namespace gw::model::tasks
