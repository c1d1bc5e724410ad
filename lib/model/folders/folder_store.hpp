// All SQL on folders, their permissions and subscriptions. No rules here: rights and checks are the services'
// business.
#pragma once

#include <span>
#include <unordered_map>

#include "model/folders/folder.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

std::optional<Folder> find_folder(sql::Connection& connection, ContextId context, FolderId id);

/// The folder with the caller's own entry and every group entry: what own_rights needs, without the other
/// users' rows (folder 6 has one per user), and the mark of the folders that belongs to them. Cost: one query
/// of primary key lookups.
std::optional<FolderWithEntries> find_for_caller(sql::Connection& connection, const Caller& caller,
                                                 FolderId id);

/// Every folder with an entry that concerns the caller, and those entries; ascending by id. `module` System =
/// all modules. Cost: one query over the caller's entries (one more per 400 groups of his).
std::vector<FolderWithEntries> list_for_caller(sql::Connection& connection, const Caller& caller,
                                               ObjectModule module);

/// All entries of one folder: users first, then groups, ascending.
std::vector<PermissionEntry> list_permissions(sql::Connection& connection, ContextId context, FolderId id);

/// The same for many folders. Cost: one query per 400.
std::unordered_map<FolderId, std::vector<PermissionEntry>> list_permissions_of(sql::Connection& connection,
                                                                               ContextId context,
                                                                               std::span<const FolderId> ids);

/// Whether a group has an entry in the folder, or this user. Cost: one query of key lookups, however many
/// entries there are.
bool has_entry_for(sql::Connection& connection, ContextId context, FolderId id, UserId user);

/// Direct subfolders, whoever may see them; ascending by id.
std::vector<Folder> list_children(sql::Connection& connection, ContextId context, FolderId parent);
/// The folder's whole subtree without itself, parents before children. Cost: one query per level.
/// Limits: 10,000 folders, then FLD-0046.
std::vector<Folder> list_subtree(sql::Connection& connection, ContextId context, FolderId root);
/// Subfolders whose folded title is this one.
std::vector<Folder> list_children_named(sql::Connection& connection, ContextId context, FolderId parent,
                                        std::string_view title);
std::vector<Folder> list_owned(sql::Connection& connection, ContextId context, UserId owner);
std::optional<Folder> find_default(sql::Connection& connection, ContextId context, UserId owner,
                                   DefaultKind kind);

struct ChangedFolder {
  FolderId id;
  Millis created;
  Millis last_modified;
};
/// Folders changed after `since`, whoever may see them, ascending by stamp.
std::vector<ChangedFolder> list_changed(sql::Connection& connection, ContextId context, Millis since);

// Every change of folders and permissions is one of these (repairs and the end of a whole context aside):
// they make the transaction move the mark of the folders.

/// Writes the row and all entries.
void insert_folder(Transaction& transaction, ContextId context, const Folder& folder,
                   std::span<const PermissionEntry> entries);
/// Rewrites every changeable column.
void update_folder(Transaction& transaction, ContextId context, const Folder& folder);
void change_owner(Transaction& transaction, ContextId context, FolderId id, UserId owner);
/// Removes the row, its entries and its subscriptions.
void erase_folder(Transaction& transaction, ContextId context, FolderId id);
/// Sets last_modified and modified_by.
void touch_folder(Transaction& transaction, ContextId context, FolderId id, Millis stamp, UserId by);
void replace_permissions(Transaction& transaction, ContextId context, FolderId id,
                         std::span<const PermissionEntry> entries);
void insert_permission(Transaction& transaction, ContextId context, FolderId id,
                       const PermissionEntry& entry);
void erase_permission(Transaction& transaction, ContextId context, FolderId id, bool is_group,
                      std::int64_t entity);
/// Folders in which the user or group has an entry.
std::vector<FolderId> folders_of_entity(sql::Connection& connection, ContextId context, bool is_group,
                                        std::int64_t entity);

struct Subscription {
  FolderId folder;
  bool subscribed = true;
  Millis last_modified;
};
std::vector<Subscription> list_subscriptions(sql::Connection& connection, ContextId context, UserId user);
void store_subscription(sql::Connection& connection, ContextId context, UserId user,
                        const Subscription& subscription);
void erase_subscriptions(sql::Connection& connection, ContextId context, UserId user);

}  // namespace gw::model::folders
