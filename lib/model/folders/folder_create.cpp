// New folders. Source: spec folders section 12.
#include <algorithm>

#include "core/errors/folder.hpp"
#include "core/text.hpp"
#include "model/folders/erase.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/meta.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/node.hpp"
#include "model/folders/node_id.hpp"
#include "model/folders/own_rights.hpp"
#include "model/folders/target.hpp"
#include "model/shares/guests.hpp"

namespace gw::model::folders {
namespace {

using Entries = std::vector<PermissionEntry>;

/// Virtual nodes are no parents; what belongs to other storages is theirs.
FolderId parent_id(std::string_view text) {
  const NodeId id = parse_node_id(text);
  if (id.kind == NodeKind::Foreign) throw ApiError(errors::fld::kNoStorage, {id.text});
  if (id.kind != NodeKind::Stored) throw ApiError(errors::fld::kNoCreateSubfolder, {id.text});
  return id.folder;
}

ObjectModule module_below(const VisibleFolder& parent, std::optional<ObjectModule> wanted,
                          const Caller& caller) {
  const FolderId id = parent.folder.id;
  const bool is_top = id == system_folder::kPrivate || id == system_folder::kPublic;
  const ObjectModule module = wanted.value_or(parent.folder.module);
  if (module == ObjectModule::Mail && type_for(parent.folder, caller) != FolderType::Private &&
      id != system_folder::kPrivate)
    throw ApiError(errors::fld::kMailBelowPublic);
  const bool fits =
      is_top || is_pim(parent.folder.module)
          ? is_pim(module)
          : module == ObjectModule::Infostore && parent.folder.module == ObjectModule::Infostore;
  if (!fits)
    throw ApiError(errors::fld::kModuleBelowParent,
                   {std::string(module_name(module)), std::to_string(id.value)});
  if (!may_use(caller.modules, module))
    throw ApiError(errors::fld::kNoModuleAccess, {std::string(module_name(module))});
  return module;
}

FolderType type_below(const VisibleFolder& parent) {
  if (parent.folder.type == FolderType::Trash)
    throw ApiError(errors::fld::kTypeBelowParent, {std::to_string(parent.folder.id.value)});
  const bool is_private =
      parent.folder.id == system_folder::kPrivate || parent.folder.type == FolderType::Private;
  return is_private ? FolderType::Private : FolderType::Public;
}

void grant_all(Entries& entries, UserId user) {
  std::erase_if(entries, [user](const PermissionEntry& entry) {
    return !entry.is_group && entry.entity == user.value;
  });
  entries.insert(entries.begin(), {user.value, false, kOwnerRights});
}

/// The parent's list with the new folder's administrator; directly below 1 and 2 nobody else.
Entries inherited(Transaction& transaction, const Folder& parent, const Folder& folder) {
  Entries entries;
  if (parent.id != system_folder::kPrivate && parent.id != system_folder::kPublic)
    entries = list_permissions(transaction.connection(), transaction.work().context(), parent.id);
  shares::drop_own_links(transaction.connection(), transaction.work().context(), entries);
  if (folder.type == FolderType::Private)
    for (PermissionEntry& entry : entries) entry.rights.admin = false;
  grant_all(entries, folder.owner);
  return entries;
}

/// Below somebody else's folder its owner stays the only administrator, named in the list or not.
Entries below_shared(const Folder& folder, Entries wanted) {
  for (const PermissionEntry& entry : wanted)
    if (entry.rights.admin && (entry.is_group || entry.entity != folder.owner.value))
      throw ApiError(errors::fld::kSharedSubfolderAdmin);
  grant_all(wanted, folder.owner);
  return wanted;
}

Entries permissions_for(Transaction& transaction, const VisibleFolder& parent, const Folder& folder,
                        const FolderChange& change, SavedFolder& saved) {
  if (!change.permissions) return inherited(transaction, parent.folder, folder);
  Entries wanted =
      parent.type == FolderType::Shared ? below_shared(folder, *change.permissions) : *change.permissions;
  wanted = with_guests(transaction, folder, std::move(wanted), change.invitations, saved.invited);
  wanted = checked_permissions(transaction, folder, {}, std::move(wanted), saved.warnings);
  const std::int64_t self = transaction.work().caller().user.value;
  std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(saved.added),
               [&](const PermissionEntry& entry) {
                 return entry.is_group || (entry.entity != self && entry.entity != folder.owner.value);
               });
  return wanted;
}

}  // namespace

SavedFolder create_folder(Transaction& transaction, FolderId parent_folder, const FolderChange& change) {
  const UnitOfWork& work = transaction.work();
  const Caller& caller = work.caller();
  sql::Connection& connection = transaction.connection();
  const VisibleFolder parent = load_target(transaction, parent_folder);
  Folder folder;
  check_may_hold_subfolders(parent, caller);
  folder.module = module_below(parent, change.module, caller);
  folder.type = type_below(parent);
  const bool has_owner = folder.type == FolderType::Private && parent.folder.id != system_folder::kPrivate;
  folder.owner = has_owner ? parent.folder.owner : caller.user;
  folder.parent = parent_folder;
  folder.title = checked_title(change.title.value_or(""), folder.module);
  check_title_free(transaction, work.context(), {folder.parent, folder.owner, {}}, folder.title);
  if (change.meta) folder.meta = checked_meta(*change.meta);
  folder.created_by = folder.modified_by = caller.user;
  folder.created = folder.last_modified = transaction.stamp();

  SavedFolder saved;
  folder.id = saved.id = FolderId(transaction.next_id());
  const Entries entries = permissions_for(transaction, parent, folder, change, saved);
  saved.stamp = transaction.stamp();
  insert_folder(transaction, work.context(), folder, entries);
  if (!change.subscribed.value_or(true))
    store_subscription(connection, work.context(), caller.user, {folder.id, false, saved.stamp});
  touch_parent(transaction, folder.parent);
  raise_folder_event(transaction, folder, {ChangeKind::Created, {}, {}});
  return saved;
}

SavedFolder create_folder(UnitOfWork& work, std::string_view parent, const FolderChange& change) {
  const FolderId parent_folder = parent_id(parent);
  SavedFolder saved;
  work.write([&](Transaction& transaction) { saved = create_folder(transaction, parent_folder, change); });
  return saved;
}

}  // namespace gw::model::folders
