#include "model/infostore/infostore_account.hpp"

#include <algorithm>

#include "model/changes.hpp"
#include "model/infostore/item_access.hpp"
#include "model/infostore/item_locks.hpp"
#include "model/infostore/item_store.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::infostore {
namespace {

/// Items that somebody can no longer reach are gone for him.
void forget_shares(Transaction& transaction, ContextId context, bool is_group, std::int64_t entity) {
  sql::Connection& connection = transaction.connection();
  for (const ObjectId id : store::shared_items_of(connection, context, is_group, entity))
    write_tombstone(connection, context, ObjectModule::Infostore, kSharedFiles, id, transaction.stamp());
  store::remove_permissions_of(connection, context, is_group, entity);
}

}  // namespace

Usage usage_of(UnitOfWork& work) {
  sql::Connection& connection = work.connection();
  const ContextId context = work.context();
  const files::FileOwner owner = files::owner_of_files(connection, context, work.caller().user);
  const files::Space space = files::load_space(connection, context, owner);
  return {space.limit, space.used, store::count_context(connection, context)};
}

void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir) {
  sql::Connection& connection = transaction.connection();
  forget_shares(transaction, context, false, user.value);
  const auto inherited = store::folders_created_by(connection, context, user);
  store::change_creator(connection, context, user, heir, transaction.stamp());
  for (const FolderId folder : inherited) {
    Event event{.module = ObjectModule::Infostore, .kind = ChangeKind::Updated, .folder = folder};
    event.tell(folder, folders::viewers(connection, context, folder));
    transaction.raise(std::move(event));
  }
  store::remove_locks_of_user(connection, context, user);
}

void delete_group_permissions(Transaction& transaction, ContextId context, GroupId group) {
  forget_shares(transaction, context, true, group.value);
}

}  // namespace gw::model::infostore
