#include "model/folders/folder_shares.hpp"

#include <algorithm>

#include "core/errors/folder.hpp"
#include "core/errors/share.hpp"
#include "model/folders/erase.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/target.hpp"

namespace gw::model::folders {
namespace {

using Entries = std::vector<PermissionEntry>;

Entries without(Entries entries, const PermissionEntry& gone) {
  std::erase_if(entries, [&](const PermissionEntry& entry) {
    return entry.entity == gone.entity && entry.is_group == gone.is_group;
  });
  return entries;
}

}  // namespace

std::vector<FolderId> shared_with(sql::Connection& connection, ContextId context, UserId user) {
  return folders_of_entity(connection, context, false, user.value);
}

void check_shareable(Transaction& transaction, FolderId folder, ObjectModule module) {
  const VisibleFolder target = load_target(transaction, folder);
  const std::string id = std::to_string(folder.value);
  if (target.type == FolderType::Shared) throw ApiError(errors::fld::kSharedUpdate, {id});
  if (target.type == FolderType::System || target.type == FolderType::Trash ||
      target.folder.module != module || folder == system_folder::kGlobalAddressBook)
    throw ApiError(errors::shr::kBadTarget, {"folder " + id});
  if (!target.rights.admin) throw ApiError(errors::fld::kNoAdmin, {id});
  if (!transaction.work().caller().modules.has(Module::ReadCreateSharedFolders))
    throw ApiError(errors::fld::kSharingForbidden);
}

void grant(Transaction& transaction, FolderId folder, const PermissionEntry& entry) {
  FolderChange change;
  change.permissions =
      without(list_permissions(transaction.connection(), transaction.work().context(), folder), entry);
  change.permissions->push_back(entry);
  change_folder(transaction, folder, change);
}

void spread(Transaction& transaction, FolderId root, const PermissionEntry& entry, bool is_granted) {
  const UnitOfWork& work = transaction.work();
  sql::Connection& connection = transaction.connection();
  const auto subtree = list_subtree(connection, work.context(), root);
  if (subtree.empty()) return;
  const Forest forest = Forest::load(connection, work.caller());
  for (const Folder& below : subtree) {
    const VisibleFolder* visible = forest.find(below.id);
    if (visible == nullptr || !visible->rights.admin) continue;
    auto also = viewers(connection, work.context(), below.id);
    Entries entries = without(list_permissions(connection, work.context(), below.id), entry);
    if (is_granted) entries.push_back(entry);
    replace_permissions(transaction, work.context(), below.id, entries);
    touch_folder(transaction, work.context(), below.id, transaction.stamp(), work.caller().user);
    raise_folder_event(transaction, below, {ChangeKind::Updated, {}, std::move(also)});
  }
}

}  // namespace gw::model::folders
