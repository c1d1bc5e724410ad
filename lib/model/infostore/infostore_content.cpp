// What the folder services ask of files: count, emptiness, locks, deletion with the folder, trashing.
#include "model/infostore/infostore_account.hpp"
#include "model/infostore/item_access.hpp"
#include "model/infostore/item_locks.hpp"
#include "model/infostore/item_recipients.hpp"
#include "model/infostore/item_store.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {
namespace {

class InfostoreContent final : public folders::FolderContent {
 public:
  [[nodiscard]] ObjectModule module() const override { return ObjectModule::Infostore; }

  std::int64_t count_readable(UnitOfWork& work, FolderId folder, const Rights& rights) const override {
    if (rights.read == 0) return 0;
    const auto counted = store::count_folder(work.connection(), work.context(), folder, work.caller().user);
    return may_read(rights, false) ? counted.all : counted.own;
  }

  [[nodiscard]] bool is_empty(Transaction& transaction, FolderId folder) const override {
    return count(transaction, folder).all == 0;
  }

  [[nodiscard]] bool may_delete_all(Transaction& transaction, FolderId folder,
                                    const Rights& rights) const override {
    const auto counted = count(transaction, folder);
    return counted.all == 0 || may_remove(rights, counted.own == counted.all);
  }

  [[nodiscard]] bool is_locked(Transaction& transaction, FolderId folder) const override {
    const UnitOfWork& work = transaction.work();
    LockView locks(transaction.connection(), work.caller(), work.now());
    if (locks.is_blocked(locks.covering(folder))) return true;
    for (const Lock& lock : store::list_all_locks(transaction.connection(), work.context(), work.now())) {
      if (!lock.item || lock.owner == work.caller().user) continue;
      const auto item =
          store::find(transaction.connection(), work.context(), work.now(), lock.item, kCurrentVersion);
      if (item && FolderId(item->folder_id) == folder) return true;
    }
    return false;
  }

  void delete_all(Transaction& transaction, FolderId folder) const override {
    sql::Connection& connection = transaction.connection();
    const ContextId context = transaction.work().context();
    const Millis stamp = transaction.stamp();
    store::remove_locks_of_folder(connection, context, folder);
    store::remove_properties_of_folder(connection, context, folder);
    const std::vector<ObjectId> ids = store::ids_of_folder(connection, context, folder);
    if (ids.empty()) return;
    files::discard_files(transaction, context,
                         store::names_of(store::files_of_folder(connection, context, folder)));
    const store::PermissionsOf shared = tell_recipients(transaction, folder);
    for (const ObjectId id : ids) {
      store::remove(connection, context, id);
      write_tombstone(connection, context, ObjectModule::Infostore, folder, id, stamp);
    }
    for (const auto& [id, entries] : shared) release_guests(transaction, ObjectId(id), entries, {});
    // One event for all: object 0 means "several"; the audience is large and the same for each.
    Event event{.module = ObjectModule::Infostore, .kind = ChangeKind::Deleted, .folder = folder};
    const auto viewers = folders::viewers(connection, context, folder);
    event.tell(folder, viewers);
    for (const auto& [id, entries] : shared)
      event.tell(kSharedFiles, recipients(connection, context, entries, viewers));
    transaction.raise(std::move(event));
  }

  void delete_made_by(Transaction& transaction, FolderId folder, UserId creator) const override {
    sql::Connection& connection = transaction.connection();
    const UnitOfWork& work = transaction.work();
    const std::vector<ObjectId> ids =
        folders::in_both(store::ids_of_folder(connection, work.context(), folder),
                         store::ids_created_by(connection, work.context(), creator));
    auto permissions = store::load_permissions(connection, work.context(), ids);
    ItemWriter writer(transaction);
    for (const ObjectId id : ids) {
      auto item = store::find(connection, work.context(), work.now(), id, kCurrentVersion);
      if (!item) continue;
      item->object_permissions = std::move(permissions[id.value]);
      writer.erase(*item);
    }
  }

  [[nodiscard]] bool has_named(Transaction& transaction, FolderId folder,
                               std::string_view name) const override {
    return store::find_named(transaction.connection(), transaction.work().context(), folder, name)
        .has_value();
  }

  [[nodiscard]] bool has_shared(Transaction& transaction, FolderId folder) const override {
    return !store::shared_items_in(transaction.connection(), transaction.work().context(), folder).empty();
  }

  void drop_shares(Transaction& transaction, FolderId folder) const override {
    sql::Connection& connection = transaction.connection();
    const ContextId context = transaction.work().context();
    const store::PermissionsOf shared = tell_recipients(transaction, folder);
    if (shared.empty()) return;
    Event event{.module = ObjectModule::Infostore, .kind = ChangeKind::Updated, .folder = kSharedFiles};
    const auto viewers = folders::viewers(connection, context, folder);
    for (const auto& [id, entries] : shared) {
      event.tell(kSharedFiles, recipients(connection, context, entries, viewers));
      store::replace_permissions(connection, context, ObjectId(id), {}, {});
      release_guests(transaction, ObjectId(id), entries, {});
    }
    transaction.raise(std::move(event));
  }

 private:
  static store::FolderCount count(Transaction& transaction, FolderId folder) {
    return store::count_folder(transaction.connection(), transaction.work().context(), folder,
                               transaction.work().caller().user);
  }
  /// Gives who had which file of the folder.
  static store::PermissionsOf tell_recipients(Transaction& transaction, FolderId folder) {
    const ContextId context = transaction.work().context();
    const auto ids = store::shared_items_in(transaction.connection(), context, folder);
    for (const ObjectId id : ids)
      write_tombstone(transaction.connection(), context, ObjectModule::Infostore, kSharedFiles, id,
                      transaction.stamp());
    return store::load_permissions(transaction.connection(), context, ids);
  }
};

}  // namespace

const folders::FolderContent& infostore_folder_content() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const InfostoreContent* const content = new InfostoreContent;
  return *content;
}

}  // namespace gw::model::infostore
