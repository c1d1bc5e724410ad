#include "model/folders/folder_move.hpp"

#include <algorithm>

#include "core/errors/folder.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/node_id.hpp"

namespace gw::model::folders {
namespace {

void check_movable(const VisibleFolder& moved) {
  const std::string id = stored_id(moved.folder.id);
  if (moved.folder.type == FolderType::System) throw ApiError(errors::fld::kMoveSystem, {id});
  if (moved.type == FolderType::Shared) throw ApiError(errors::fld::kMoveShared, {id});
  if (moved.folder.default_kind != DefaultKind::None) throw ApiError(errors::fld::kMoveDefault, {id});
  if (!moved.rights.admin) throw ApiError(errors::fld::kNoAdmin, {id});
}

FolderId target_id(std::string_view text) {
  const NodeId id = parse_node_id(text);
  if (id.kind == NodeKind::Foreign) throw ApiError(errors::fld::kNoStorage, {id.text});
  if (id.kind == NodeKind::Sharer || id.folder == system_folder::kShared)
    throw ApiError(errors::fld::kMoveIntoShared, {id.text});
  if (id.kind != NodeKind::Stored) throw ApiError(errors::fld::kNoCreateSubfolder, {id.text});
  return id.folder;
}

bool is_public_place(const VisibleFolder& target) {
  const FolderId id = target.folder.id;
  return id == system_folder::kPublic || id == system_folder::kUserInfostore ||
         id == system_folder::kPublicInfostore || target.folder.type == FolderType::Public;
}

void check_kind(const VisibleFolder& moved, const VisibleFolder& target) {
  if (target.type == FolderType::Shared)
    throw ApiError(errors::fld::kMoveIntoShared, {stored_id(target.folder.id)});
  const bool into_private =
      target.folder.id == system_folder::kPrivate || target.folder.type == FolderType::Private;
  if (moved.folder.type == FolderType::Private && !into_private) throw ApiError(errors::fld::kMovePrivate);
  if (moved.folder.type == FolderType::Public && !is_public_place(target))
    throw ApiError(errors::fld::kMovePublic);
  if (moved.folder.type == FolderType::Trash)
    throw ApiError(errors::fld::kParentChange, {stored_id(moved.folder.id)});
  const bool takes_any_pim =
      target.folder.id == system_folder::kPrivate || target.folder.id == system_folder::kPublic;
  const bool fits = takes_any_pim ? is_pim(moved.folder.module) : target.folder.module == moved.folder.module;
  if (!fits) throw ApiError(errors::fld::kMoveModule);
}

/// The subtree goes along, so its every folder must be the caller's to administer.
void check_subtree(Transaction& transaction, const VisibleFolder& moved, FolderId target) {
  const auto subtree = list_subtree(transaction.connection(), transaction.work().context(), moved.folder.id);
  const bool inside =
      target == moved.folder.id ||
      std::any_of(subtree.begin(), subtree.end(), [&](const Folder& below) { return below.id == target; });
  if (inside) throw ApiError(errors::fld::kMoveIntoSubtree);
  if (subtree.empty()) return;
  const Forest forest = Forest::load(transaction.connection(), transaction.work().caller());
  for (const Folder& below : subtree) {
    const VisibleFolder* visible = forest.find(below.id);
    if (visible == nullptr || !visible->rights.admin)
      throw ApiError(errors::fld::kMoveSubtreeRights, {stored_id(moved.folder.id)});
  }
}

}  // namespace

bool is_present_parent(const VisibleFolder& moved, std::string_view parent) {
  return parent == stored_id(moved.folder.parent) || parent == sharer_id(moved.folder.owner);
}

FolderId check_move(Transaction& transaction, const VisibleFolder& moved, std::string_view new_parent) {
  check_movable(moved);
  if (new_parent == stored_id(moved.folder.parent)) throw ApiError(errors::fld::kMoveSameParent);
  const FolderId id = target_id(new_parent);
  const VisibleFolder target = load_target(transaction, id);
  check_subtree(transaction, moved, id);
  check_kind(moved, target);
  check_may_hold_subfolders(target, transaction.work().caller());
  check_title_free(transaction, transaction.work().context(), {id, moved.folder.owner, moved.folder.id},
                   moved.folder.title);
  return id;
}

}  // namespace gw::model::folders
