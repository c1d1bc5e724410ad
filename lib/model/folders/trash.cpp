#include "model/folders/trash.hpp"

#include "core/errors/folder.hpp"
#include "core/text.hpp"
#include "model/folders/erase.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/node_id.hpp"
#include "model/folders/own_rights.hpp"
#include "model/folders/permission_rules.hpp"
#include "model/folders/target.hpp"
#include "model/shares/guests.hpp"

namespace gw::model::folders {
namespace {

using Entries = std::vector<PermissionEntry>;
constexpr int kMaxTrashDepth = 100;

/// "31/30/10": the parent first, then its ancestors up to the storage.
std::string origin_of(Transaction& transaction, const Folder& folder) {
  std::string origin;
  FolderId id = folder.parent;
  for (int depth = 0; id && id != system_folder::kInfostore && depth < kMaxTrashDepth; ++depth) {
    if (!origin.empty()) origin += '/';
    origin += std::to_string(id.value);
    const auto parent = find_folder(transaction.connection(), transaction.work().context(), id);
    id = parent ? parent->parent : FolderId(0);
  }
  return origin;
}

void store_as(Transaction& transaction, Folder folder, FolderType type, const Entries& entries) {
  const UnitOfWork& work = transaction.work();
  folder.type = type;
  folder.modified_by = work.caller().user;
  folder.last_modified = transaction.stamp();
  update_folder(transaction, work.context(), folder);
  const Entries before = list_permissions(transaction.connection(), work.context(), folder.id);
  replace_permissions(transaction, work.context(), folder.id, entries);
  release_guests(transaction, folder, before, entries);
}

/// The nearest place of origin that still takes folders, else the caller's own file folder.
VisibleFolder find_home(Transaction& transaction, const Folder& folder) {
  const UnitOfWork& work = transaction.work();
  const std::string_view origin = folder.origin ? std::string_view(*folder.origin) : std::string_view();
  for (const std::string_view part : split(origin, '/')) {
    const FolderId id(parse_integer(part).value_or(0));
    const auto found = find_for_caller(transaction.connection(), work.caller(), id);
    if (!found || found->folder.type == FolderType::Trash) continue;
    if (!own_rights(found->folder, found->entries, work.caller()).may_create_subfolders()) continue;
    return load_target(transaction, id);
  }
  const auto own =
      find_default(transaction.connection(), work.context(), work.caller().user, DefaultKind::Infostore);
  if (!own) throw ApiError(errors::fld::kNoDefaultFolder, {"infostore"});
  return load_target(transaction, own->id);
}

SavedFolder restore_in(Transaction& transaction, FolderId id) {
  const UnitOfWork& work = transaction.work();
  sql::Connection& connection = transaction.connection();
  const VisibleFolder target = load_target(transaction, id);
  if (target.folder.type != FolderType::Trash || target.folder.default_kind != DefaultKind::None)
    throw ApiError(errors::fld::kTypeBelowParent, {std::to_string(target.folder.parent.value)});
  if (!target.rights.admin) throw ApiError(errors::fld::kNoAdmin, {std::to_string(id.value)});
  const VisibleFolder home = find_home(transaction, target.folder);
  Entries entries = list_permissions(connection, work.context(), home.folder.id);
  std::erase_if(entries, [&](const PermissionEntry& entry) {
    return !entry.is_group && entry.entity == work.caller().user.value;
  });
  entries.push_back({work.caller().user.value, false, kOwnerRights});
  shares::drop_own_links(connection, work.context(), entries);

  const auto subtree = list_subtree(connection, work.context(), id);
  const FolderId old_parent = target.folder.parent;
  Folder folder = target.folder;
  folder.parent = home.folder.id;
  folder.origin.reset();
  folder.title =
      free_title(transaction, work.context(), {folder.parent, folder.owner, folder.id}, folder.title);
  store_as(transaction, folder, FolderType::Public, entries);
  touch_parent(transaction, old_parent);
  touch_parent(transaction, folder.parent);
  raise_folder_event(transaction, folder, {ChangeKind::Moved, old_parent, {}});
  for (const Folder& below : subtree) {
    store_as(transaction, below, FolderType::Public, entries);
    raise_folder_event(transaction, below, {ChangeKind::Updated, {}, {}});
  }
  SavedFolder saved;
  saved.id = id;
  saved.stamp = transaction.stamp();
  return saved;
}

}  // namespace

std::optional<Folder> find_trash_for(Transaction& transaction, const Folder& folder) {
  if (folder.module != ObjectModule::Infostore || folder.type == FolderType::Trash) return std::nullopt;
  const UnitOfWork& work = transaction.work();
  return find_default(transaction.connection(), work.context(), work.caller().user, DefaultKind::Trash);
}

void move_to_trash(Transaction& transaction, const Folder& folder, const std::vector<Folder>& subtree,
                   const Folder& trash) {
  UnitOfWork& work = transaction.work();
  const Entries only_caller{{work.caller().user.value, false, kOwnerRights}};
  Folder moved = folder;
  moved.origin = origin_of(transaction, folder);
  moved.parent = trash.id;
  moved.title = free_title(transaction, work.context(), {trash.id, folder.owner, folder.id}, folder.title);
  // For everybody else they are deleted; the trash is the caller's own.
  raise_folder_event(transaction, folder, {ChangeKind::Deleted, trash.id, {}});
  for (const Folder& below : subtree) raise_folder_event(transaction, below, {ChangeKind::Deleted, {}, {}});
  const FolderContent* content = find_content(work.environment().contents, folder.module);
  const auto trash_one = [&](const Folder& trashed, const Folder& stored) {
    if (content != nullptr) content->drop_shares(transaction, trashed.id);
    store_as(transaction, stored, FolderType::Trash, only_caller);
  };
  trash_one(folder, moved);
  for (const Folder& below : subtree) trash_one(below, below);
  touch_parent(transaction, trash.id);
}

SavedFolder restore_folder(UnitOfWork& work, std::string_view id) {
  const FolderId folder = parse_stored_id(id);
  SavedFolder saved;
  work.write([&](Transaction& transaction) { saved = restore_in(transaction, folder); });
  return saved;
}

}  // namespace gw::model::folders
