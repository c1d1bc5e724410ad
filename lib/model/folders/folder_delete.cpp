// Deleting and clearing. PIM folders vanish with their objects; file folders go to the trash first. Spec
// folders 14 and 15.
#include <algorithm>

#include "core/errors/folder.hpp"
#include "model/folders/account_folders.hpp"
#include "model/folders/erase.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/node_id.hpp"
#include "model/folders/target.hpp"
#include "model/folders/trash.hpp"

namespace gw::model::folders {
namespace {

void check_content(Transaction& transaction, const Folder& folder, const Rights& rights) {
  const FolderContent* content = find_content(transaction.work().environment().contents, folder.module);
  if (content != nullptr && !content->may_delete_all(transaction, folder.id, rights))
    throw ApiError(errors::fld::kDeleteContent, {stored_id(folder.id)});
  if (content != nullptr && content->is_locked(transaction, folder.id))
    throw ApiError(errors::fld::kLockedFiles, {stored_id(folder.id)});
}

void check_deletable(Transaction& transaction, const VisibleFolder& target) {
  const std::string id = stored_id(target.folder.id);
  if (target.folder.type == FolderType::System) throw ApiError(errors::fld::kNotDeletable, {id});
  if (target.folder.default_kind != DefaultKind::None) throw ApiError(errors::fld::kDeleteDefault, {id});
  if (target.type == FolderType::Shared) throw ApiError(errors::fld::kDeleteShared, {id});
  if (!target.rights.admin) throw ApiError(errors::fld::kNoAdmin, {id});
  check_content(transaction, target.folder, target.rights);
}

void check_subtree(Transaction& transaction, const std::vector<Folder>& subtree) {
  if (subtree.empty()) return;
  const Forest forest = Forest::load(transaction.connection(), transaction.work().caller());
  for (const Folder& below : subtree) {
    const VisibleFolder* visible = forest.find(below.id);
    if (visible == nullptr) throw ApiError(errors::fld::kHiddenSubfolder);
    check_deletable(transaction, *visible);
  }
}

DeletedFolder delete_in(Transaction& transaction, FolderId id, std::optional<Millis> read_at, bool for_good) {
  const VisibleFolder target = load_target(transaction, id);
  check_unchanged(target, read_at);
  check_deletable(transaction, target);
  const auto subtree = list_subtree(transaction.connection(), transaction.work().context(), id);
  check_subtree(transaction, subtree);
  const FolderId parent = target.folder.parent;
  DeletedFolder deleted{id, false, transaction.stamp()};
  const auto trash = for_good ? std::nullopt : find_trash_for(transaction, target.folder);
  if (trash) {
    move_to_trash(transaction, target.folder, subtree, *trash);
    deleted.is_trashed = true;
  } else {
    // Children first: nobody may ever see a folder whose parent is gone.
    for (auto below = subtree.rbegin(); below != subtree.rend(); ++below)
      erase_with_content(transaction, *below);
    erase_with_content(transaction, target.folder);
  }
  touch_parent(transaction, parent);
  return deleted;
}

}  // namespace

DeletedFolder delete_folder(Transaction& transaction, FolderId folder) {
  return delete_in(transaction, folder, {}, false);
}

DeletedFolder delete_folder(UnitOfWork& work, std::string_view id, std::optional<Millis> read_at,
                            bool for_good) {
  const FolderId folder = parse_stored_id(id);
  DeletedFolder deleted;
  work.write([&](Transaction& transaction) { deleted = delete_in(transaction, folder, read_at, for_good); });
  return deleted;
}

Millis clear_folder(UnitOfWork& work, std::string_view id) {
  const FolderId folder = parse_stored_id(id);
  Millis stamp;
  work.write([&](Transaction& transaction) {
    const VisibleFolder target = load_target(transaction, folder);
    if (target.folder.type == FolderType::System || is_account_folder(folder))
      throw ApiError(errors::fld::kNotDeletable, {stored_id(folder)});
    stamp = transaction.stamp();
    const FolderContent* content =
        find_content(transaction.work().environment().contents, target.folder.module);
    if (content == nullptr || content->is_empty(transaction, folder)) return;
    check_content(transaction, target.folder, target.rights);
    content->delete_all(transaction, folder);
  });
  return stamp;
}

}  // namespace gw::model::folders
