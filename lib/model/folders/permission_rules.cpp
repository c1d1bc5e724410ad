#include "model/folders/permission_rules.hpp"

#include <algorithm>
#include <set>

#include "core/errors/folder.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/own_rights.hpp"
#include "model/groups/membership.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::folders {
namespace {

using Entries = std::vector<PermissionEntry>;

const PermissionEntry* find_entry(const Entries& entries, std::int64_t entity, bool is_group) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const PermissionEntry& entry) {
    return entry.entity == entity && entry.is_group == is_group;
  });
  return found == entries.end() ? nullptr : &*found;
}

void check_unique(const Entries& wanted) {
  if (wanted.size() > kMaxPermissions)
    throw ApiError(errors::fld::kInvalidData, {"too many permission entries"});
  std::set<std::pair<bool, std::int64_t>> seen;
  for (const PermissionEntry& entry : wanted)
    if (!seen.emplace(entry.is_group, entry.entity).second)
      throw ApiError(entry.is_group ? errors::fld::kDuplicateGroup : errors::fld::kDuplicateUser,
                     {std::to_string(entry.entity)});
}

/// Default folders never lose their owner: a list without him gets him back, one that demotes him is refused.
void keep_default_owner(const Folder& folder, Entries& wanted, std::vector<FolderWarning>& warnings) {
  if (folder.default_kind == DefaultKind::None) return;
  const PermissionEntry* owner = find_entry(wanted, folder.owner.value, false);
  if (owner == nullptr) {
    wanted.insert(wanted.begin(), {folder.owner.value, false, kOwnerRights});
    warnings.push_back({&errors::fld::kOwnerRestored, {}});
  } else if (!owner->rights.admin) {
    throw ApiError(errors::fld::kOwnerMustAdmin);
  }
}

void check_admins(const Folder& folder, const Entries& wanted) {
  const auto is_admin = [](const PermissionEntry& entry) { return entry.rights.admin; };
  const auto admins = std::count_if(wanted.begin(), wanted.end(), is_admin);
  if (admins == 0) throw ApiError(errors::fld::kNoAdminLeft);
  if (folder.type != FolderType::Private) return;
  if (std::any_of(wanted.begin(), wanted.end(),
                  [](const PermissionEntry& entry) { return entry.is_group && entry.rights.admin; }))
    throw ApiError(errors::fld::kPrivateNoGroupAdmin);
  if (admins > 1) throw ApiError(errors::fld::kPrivateOneAdmin);
  if (std::find_if(wanted.begin(), wanted.end(), is_admin)->entity != folder.owner.value)
    throw ApiError(errors::fld::kPrivateOwnerAdmin);
}

/// Somebody who has two folders of one name below "u:<owner>" could not tell them apart.
void check_same_name_shared(Transaction& transaction, const Folder& folder, std::int64_t user) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  for (const FolderId id : folders_of_entity(connection, context, false, user)) {
    if (id == folder.id) continue;
    const auto other = find_folder(connection, context, id);
    if (other && other->type == FolderType::Private && other->owner == folder.owner &&
        other->module == folder.module && titles_equal(other->title, folder.title))
      throw ApiError(errors::fld::kSameNameShared, {std::to_string(user)});
  }
}

void check_new_entity(Transaction& transaction, const Folder& folder, const PermissionEntry& entry) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  if (entry.is_group) {
    if (!groups::group_exists(connection, context, GroupId(entry.entity)))
      throw ApiError(errors::fld::kBadEntity, {std::to_string(entry.entity)});
    return;
  }
  const auto user = users::find_user(connection, context, UserId(entry.entity));
  if (!user) throw ApiError(errors::fld::kBadEntity, {std::to_string(entry.entity)});
  const bool is_guest = static_cast<bool>(user->guest_created_by);
  if ((!is_guest && !may_use(user->modules, folder.module)) || (is_guest && entry.rights.admin))
    throw ApiError(errors::fld::kEntityLacksModule, {user->display_name});
  if (folder.type == FolderType::Private && user->id != folder.owner)
    check_same_name_shared(transaction, folder, entry.entity);
}

/// Only who sees the global address book may change, and the list keeps its kind: single users or one group.
void check_address_book(const Entries& before, const Entries& wanted) {
  const bool by_group =
      std::any_of(before.begin(), before.end(), [](const PermissionEntry& entry) { return entry.is_group; });
  for (const PermissionEntry& entry : wanted) {
    const PermissionEntry* old = find_entry(before, entry.entity, entry.is_group);
    if (old == nullptr && entry.is_group && !by_group) throw ApiError(errors::fld::kGlobalBookIndividual);
    if (old == nullptr && !entry.is_group && by_group) throw ApiError(errors::fld::kGlobalBookGroup);
    if (old == nullptr || entry.rights.folder > 1) throw ApiError(errors::fld::kGlobalBookPermission);
    Rights same = entry.rights;
    same.folder = old->rights.folder;
    if (same != old->rights) throw ApiError(errors::fld::kGlobalBookPermission);
  }
  if (wanted.size() != before.size()) throw ApiError(errors::fld::kGlobalBookPermission);
}

}  // namespace

std::vector<PermissionEntry> checked_permissions(Transaction& transaction, const Folder& folder,
                                                 const std::vector<PermissionEntry>& before,
                                                 std::vector<PermissionEntry> wanted,
                                                 std::vector<FolderWarning>& warnings) {
  check_unique(wanted);
  if (folder.id == system_folder::kGlobalAddressBook) {
    check_address_book(before, wanted);
    return wanted;
  }
  keep_default_owner(folder, wanted, warnings);
  check_admins(folder, wanted);
  const bool shares = std::any_of(wanted.begin(), wanted.end(), [&](const PermissionEntry& entry) {
    return find_entry(before, entry.entity, entry.is_group) == nullptr &&
           (entry.is_group || entry.entity != folder.owner.value);
  });
  if (shares && folder.type == FolderType::Private &&
      !transaction.work().caller().modules.has(Module::ReadCreateSharedFolders))
    throw ApiError(errors::fld::kSharingForbidden);
  for (const PermissionEntry& entry : wanted)
    if (find_entry(before, entry.entity, entry.is_group) == nullptr)
      check_new_entity(transaction, folder, entry);
  return wanted;
}

}  // namespace gw::model::folders
