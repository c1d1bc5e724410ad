// What becomes of folders and permission entries when a user or a group goes. Source: spec folders section 9,
// provisioning.
#include <algorithm>
#include <set>

#include "model/contexts/context_directory.hpp"
#include "model/folders/erase.hpp"
#include "model/folders/folder_access.hpp"
#include "model/folders/folder_content.hpp"
#include "model/folders/folder_setup.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/own_rights.hpp"

namespace gw::model::folders {
namespace {

using Entries = std::vector<PermissionEntry>;

/// The context admin; none when it is the admin who goes.
std::optional<UserId> find_heir(Transaction& transaction, ContextId context, UserId leaving) {
  const auto found = contexts::find_context(transaction.connection(), context);
  if (!found || !found->admin || found->admin == leaving) return std::nullopt;
  return found->admin;
}

bool has_admin(const Entries& entries) {
  return std::any_of(entries.begin(), entries.end(),
                     [](const PermissionEntry& entry) { return entry.rights.admin; });
}

void erase_owned(Transaction& transaction, ContextId context, UserId user) {
  sql::Connection& connection = transaction.connection();
  std::set<FolderId> erased;
  const auto erase_once = [&](const Folder& folder) {
    if (erased.insert(folder.id).second) erase_with_content(transaction, folder);
  };
  for (const Folder& folder : list_owned(connection, context, user)) {
    if (!goes_with_owner(folder)) continue;
    for (const Folder& below : list_subtree(connection, context, folder.id)) erase_once(below);
    erase_once(folder);
  }
}

/// Takes one entity out of a folder; what it alone could administer goes to the heir.
void remove_entity(Transaction& transaction, ContextId context, FolderId id, bool is_group,
                   std::int64_t entity, std::optional<UserId> heir) {
  sql::Connection& connection = transaction.connection();
  auto also = viewers(connection, context, id);
  erase_permission(transaction, context, id, is_group, entity);
  touch_folder(transaction, context, id, transaction.stamp(), transaction.work().caller().user);
  const auto folder = find_folder(connection, context, id);
  if (!folder) return;
  if (folder->type == FolderType::Public && heir && !has_admin(list_permissions(connection, context, id))) {
    erase_permission(transaction, context, id, false, heir->value);
    insert_permission(transaction, context, id, {heir->value, false, kOwnerRights});
  }
  raise_folder_event(transaction, *folder, {ChangeKind::Updated, {}, std::move(also)});
}

}  // namespace

void delete_public_entries(Transaction& transaction, ContextId context, UserId creator) {
  sql::Connection& connection = transaction.connection();
  for (const FolderId root : {system_folder::kPublic, system_folder::kPublicInfostore}) {
    auto all = list_subtree(connection, context, root);
    if (const auto folder = find_folder(connection, context, root)) all.push_back(*folder);
    for (const Folder& folder : all)
      if (const auto* content = find_content(transaction.work().environment().contents, folder.module))
        content->delete_made_by(transaction, folder.id, creator);
  }
}

void delete_user_folders(Transaction& transaction, ContextId context, UserId user) {
  sql::Connection& connection = transaction.connection();
  transaction.stamp();
  const auto heir = find_heir(transaction, context, user);
  erase_owned(transaction, context, user);
  for (const FolderId id : folders_of_entity(connection, context, false, user.value))
    remove_entity(transaction, context, id, false, user.value, heir);
  for (const Folder& folder : list_owned(connection, context, user))
    change_owner(transaction, context, folder.id, heir.value_or(UserId(0)));
  erase_subscriptions(connection, context, user);
}

void delete_group_permissions(Transaction& transaction, ContextId context, GroupId group) {
  sql::Connection& connection = transaction.connection();
  transaction.stamp();
  const auto heir = find_heir(transaction, context, UserId(0));
  for (const FolderId id : folders_of_entity(connection, context, true, group.value))
    remove_entity(transaction, context, id, true, group.value, heir);
}

}  // namespace gw::model::folders
