#include "model/folders/permission_rules.hpp"

#include <algorithm>
#include <set>

#include "core/errors/folder.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/own_rights.hpp"
#include "model/groups/membership.hpp"
#include "model/shares/guests.hpp"
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

shares::Target target_of(const Folder& folder) { return {folder.module, folder.id, {}}; }

/// Guests administer nothing, links only read, and a link stays with its own folder.
void check_guest(Transaction& transaction, const Folder& folder, const PermissionEntry& entry) {
  const Rights& rights = entry.rights;
  const bool reads_only = rights.folder <= 1 && rights.write == 0 && rights.remove == 0;
  const std::string id = std::to_string(entry.entity);
  switch (shares::admit(transaction, UserId(entry.entity), target_of(folder), reads_only, rights.admin)) {
    case shares::Admission::Granted:
      return;
    case shares::Admission::OtherTarget:
      throw ApiError(errors::fld::kBadEntity, {id});
    case shares::Admission::TooManyRights:
      throw ApiError(errors::fld::kEntityLacksModule, {id});
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
  // An account of a guest without a share is none that could be admitted to more.
  if (is_guest && entry.rights.admin) throw ApiError(errors::fld::kEntityLacksModule, {user->display_name});
  if (is_guest)
    check_guest(transaction, folder, entry);
  else if (!may_use(user->modules, folder.module))
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
  for (const PermissionEntry& entry : wanted) {
    const PermissionEntry* old = find_entry(before, entry.entity, entry.is_group);
    if (old == nullptr)
      check_new_entity(transaction, folder, entry);
    else if (!entry.is_group && old->rights != entry.rights)
      check_guest(transaction, folder, entry);
  }
  return wanted;
}

Entries with_guests(Transaction& transaction, const Folder& folder, Entries entries,
                    const std::vector<FolderInvitation>& invitations, std::vector<UserId>& invited) {
  for (const FolderInvitation& invitation : invitations) {
    const UserId guest = shares::invite(transaction, invitation.guest, target_of(folder));
    std::erase_if(entries, [&](const PermissionEntry& entry) {
      return !entry.is_group && entry.entity == guest.value;
    });
    entries.push_back({guest.value, false, invitation.rights});
    if (!invitation.guest.is_link) invited.push_back(guest);
  }
  return entries;
}

void release_guests(Transaction& transaction, const Folder& folder, const Entries& before,
                    const Entries& after) {
  std::vector<UserId> gone;
  for (const PermissionEntry& entry : before)
    if (!entry.is_group && entry.entity != folder.owner.value &&
        find_entry(after, entry.entity, false) == nullptr)
      gone.emplace_back(entry.entity);
  shares::release(transaction, gone, target_of(folder));
}

}  // namespace gw::model::folders
