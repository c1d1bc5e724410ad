#include "model/folders/folder_store.hpp"

#include <algorithm>
#include <map>

#include "core/errors/folder.hpp"
#include "core/text.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/folders/folder_access.hpp"
#include "sql/dialect.hpp"

// Every statement that gives whole folders names the same columns in the same order; read_folder reads them.
#define GW_FOLDER_COLUMNS                                                                                   \
  "f.id,f.parent,f.module,f.type,f.title,f.owner,f.default_kind,f.subscribed,f.meta,f.origin,f.created_by," \
  "f.modified_by,f.created,f.last_modified"

namespace gw::model::folders {
namespace {

constexpr int kFolderColumns = 14;
constexpr std::size_t kMaxSubtree = 10'000;
constexpr std::size_t kGroupsPerQuery = 400;
constexpr std::size_t kIdsPerQuery = 400;

Folder read_folder(const sql::Query& row) {
  Folder folder;
  folder.id = row.id<FolderId>(0);
  folder.parent = row.id<FolderId>(1);
  folder.module = static_cast<ObjectModule>(row.integer(2));
  folder.type = static_cast<FolderType>(row.integer(3));
  folder.title = row.string(4);
  folder.owner = row.id<UserId>(5);
  folder.default_kind = static_cast<DefaultKind>(row.integer(6));
  folder.subscribed = row.integer(7) != 0;
  folder.meta = row.optional_string(8);
  folder.origin = row.optional_string(9);
  folder.created_by = row.id<UserId>(10);
  folder.modified_by = row.id<UserId>(11);
  folder.created = row.millis(12);
  folder.last_modified = row.millis(13);
  return folder;
}

std::vector<Folder> read_folders(sql::Query rows) {
  std::vector<Folder> folders;
  while (rows.next()) folders.push_back(read_folder(rows));
  return folders;
}

/// A row with an unknown level grants nothing rather than something else.
PermissionEntry read_entry(const sql::Query& row, int first) {
  return {row.integer(first + 1), row.integer(first) != 0,
          rights_from_bits(row.integer(first + 2)).value_or(Rights{})};
}

/// Key of the duplicate search. Folding can lengthen a text, the column cannot.
std::string title_key(std::string_view title) {
  return std::string(first_characters(fold(title), kMaxTitle));
}

}  // namespace

constexpr std::string_view kFindFolder =
    "SELECT " GW_FOLDER_COLUMNS " FROM folders f WHERE f.cid=? AND f.id=?";

std::optional<Folder> find_folder(sql::Connection& connection, ContextId context, FolderId id) {
  sql::Query row = connection.query(kFindFolder, context, id);
  return row.next() ? std::optional(read_folder(row)) : std::nullopt;
}

constexpr std::string_view kFindForCaller =
    "SELECT " GW_FOLDER_COLUMNS
    ",(SELECT u.bits FROM folder_permissions u WHERE u.cid=f.cid AND u.folder=f.id AND u.is_group=0 AND "
    "u.entity=?),"
    "(SELECT s.folder_stamp FROM context_sequence s WHERE s.cid=f.cid),"
    "p.is_group,p.entity,p.bits FROM folders f LEFT JOIN folder_permissions p "
    "ON p.cid=f.cid AND p.folder=f.id AND p.is_group=1 WHERE f.cid=? AND f.id=?";

std::optional<FolderWithEntries> find_for_caller(sql::Connection& connection, const Caller& caller,
                                                 FolderId id) {
  std::optional<FolderWithEntries> found;
  sql::Query row = connection.query(kFindForCaller, caller.user, caller.context, id);
  while (row.next()) {
    if (!found) {
      found.emplace().folder = read_folder(row);
      found->mark = row.integer(kFolderColumns + 1);
      if (!row.is_null(kFolderColumns))
        found->entries.push_back(
            {caller.user.value, false, rights_from_bits(row.integer(kFolderColumns)).value_or(Rights{})});
    }
    if (!row.is_null(kFolderColumns + 2)) found->entries.push_back(read_entry(row, kFolderColumns + 2));
  }
  return found;
}

constexpr std::string_view kListForUser =
    "SELECT " GW_FOLDER_COLUMNS
    ",p.is_group,p.entity,p.bits FROM folder_permissions p JOIN folders f ON f.cid=p.cid AND f.id=p.folder "
    "WHERE p.cid=? AND p.is_group=0 AND p.entity=? AND (?=5 OR f.module=?) UNION ALL ";
constexpr std::string_view kListForGroups =
    "SELECT " GW_FOLDER_COLUMNS
    ",p.is_group,p.entity,p.bits FROM folder_permissions p JOIN folders f ON f.cid=p.cid AND f.id=p.folder "
    "WHERE p.cid=? AND p.is_group=1 AND (?=5 OR f.module=?) AND p.entity IN (";

namespace {

void collect(std::map<FolderId, FolderWithEntries>& found, sql::Query rows) {
  while (rows.next()) {
    auto [entry, is_new] = found.try_emplace(rows.id<FolderId>(0));
    if (is_new) entry->second.folder = read_folder(rows);
    entry->second.entries.push_back(read_entry(rows, kFolderColumns));
  }
}

}  // namespace

std::vector<FolderWithEntries> list_for_caller(sql::Connection& connection, const Caller& caller,
                                               ObjectModule module) {
  std::map<FolderId, FolderWithEntries> found;
  const auto number = sql::to_value(static_cast<int>(module));
  for (std::size_t begin = 0; begin == 0 || begin < caller.groups.size(); begin += kGroupsPerQuery) {
    const std::size_t count = std::min(kGroupsPerQuery, caller.groups.size() - begin);
    std::string text;
    std::vector<sql::Value> values;
    if (begin == 0) {
      text = kListForUser;
      values = {caller.context.value, caller.user.value, number, number};
    }
    text += kListForGroups;
    values.insert(values.end(), {caller.context.value, number, number});
    for (std::size_t i = begin; i < begin + count; ++i) values.emplace_back(caller.groups[i].value);
    // An empty IN list is no SQL; -1 is no group.
    text += count == 0 ? std::string("-1)") : sql::placeholders(count) + ")";
    collect(found, connection.query_values(text, values));
  }
  std::vector<FolderWithEntries> folders;
  folders.reserve(found.size());
  for (auto& [id, folder] : found) folders.push_back(std::move(folder));
  return folders;
}

constexpr std::string_view kListPermissions =
    "SELECT is_group,entity,bits FROM folder_permissions WHERE cid=? AND folder=? ORDER BY is_group,entity";

std::vector<PermissionEntry> list_permissions(sql::Connection& connection, ContextId context, FolderId id) {
  std::vector<PermissionEntry> entries;
  sql::Query rows = connection.query(kListPermissions, context, id);
  while (rows.next()) entries.push_back(read_entry(rows, 0));
  return entries;
}

constexpr std::string_view kHasEntryFor =
    "SELECT 1 FROM folder_permissions WHERE cid=? AND folder=? AND is_group=0 AND entity=? UNION ALL "
    "SELECT 1 FROM folder_permissions WHERE cid=? AND folder=? AND is_group=1 LIMIT 1";

bool has_entry_for(sql::Connection& connection, ContextId context, FolderId id, UserId user) {
  return connection.query(kHasEntryFor, context, id, user, context, id).next();
}

constexpr std::string_view kListPermissionsOf =
    "SELECT folder,is_group,entity,bits FROM folder_permissions WHERE cid=? AND folder IN (";

std::unordered_map<FolderId, std::vector<PermissionEntry>> list_permissions_of(
    sql::Connection& connection, ContextId context, std::span<const FolderId> ids) {
  std::unordered_map<FolderId, std::vector<PermissionEntry>> entries;
  for (std::size_t begin = 0; begin < ids.size(); begin += kIdsPerQuery) {
    const std::size_t count = std::min(kIdsPerQuery, ids.size() - begin);
    std::vector<sql::Value> values{context.value};
    for (const FolderId id : ids.subspan(begin, count)) values.emplace_back(id.value);
    sql::Query rows = connection.query_values(
        std::string(kListPermissionsOf) + sql::placeholders(count) + ") ORDER BY folder,is_group,entity",
        values);
    while (rows.next()) entries[rows.id<FolderId>(0)].push_back(read_entry(rows, 1));
  }
  return entries;
}

constexpr std::string_view kListChildren =
    "SELECT " GW_FOLDER_COLUMNS " FROM folders f WHERE f.cid=? AND f.parent=? ORDER BY +f.id";

std::vector<Folder> list_children(sql::Connection& connection, ContextId context, FolderId parent) {
  return read_folders(connection.query(kListChildren, context, parent));
}

constexpr std::string_view kListLevel =
    "SELECT " GW_FOLDER_COLUMNS " FROM folders f WHERE f.cid=? AND f.parent IN (";

std::vector<Folder> list_subtree(sql::Connection& connection, ContextId context, FolderId root) {
  std::vector<Folder> subtree;
  std::vector<FolderId> level{root};
  while (!level.empty()) {
    std::vector<FolderId> below;
    for (std::size_t begin = 0; begin < level.size(); begin += kIdsPerQuery) {
      const std::size_t count = std::min(kIdsPerQuery, level.size() - begin);
      std::vector<sql::Value> values{context.value};
      for (std::size_t i = begin; i < begin + count; ++i) values.emplace_back(level[i].value);
      const std::string text = std::string(kListLevel) + sql::placeholders(count) + ") ORDER BY f.id";
      for (Folder& folder : read_folders(connection.query_values(text, values))) {
        below.push_back(folder.id);
        subtree.push_back(std::move(folder));
      }
      if (subtree.size() > kMaxSubtree) throw ApiError(errors::fld::kUnexpected, {"too many subfolders"});
    }
    level = std::move(below);
  }
  return subtree;
}

constexpr std::string_view kListChildrenNamed =
    "SELECT " GW_FOLDER_COLUMNS
    " FROM folders f WHERE f.cid=? AND f.parent=? AND f.title_fold=? ORDER BY +f.id";

std::vector<Folder> list_children_named(sql::Connection& connection, ContextId context, FolderId parent,
                                        std::string_view title) {
  return read_folders(connection.query(kListChildrenNamed, context, parent, title_key(title)));
}

constexpr std::string_view kListOwned =
    "SELECT " GW_FOLDER_COLUMNS " FROM folders f WHERE f.cid=? AND f.owner=? ORDER BY +f.id";

std::vector<Folder> list_owned(sql::Connection& connection, ContextId context, UserId owner) {
  return read_folders(connection.query(kListOwned, context, owner));
}

constexpr std::string_view kFindDefault =
    "SELECT " GW_FOLDER_COLUMNS " FROM folders f WHERE f.cid=? AND f.owner=? AND f.default_kind=?";

std::optional<Folder> find_default(sql::Connection& connection, ContextId context, UserId owner,
                                   DefaultKind kind) {
  sql::Query row = connection.query(kFindDefault, context, owner, static_cast<int>(kind));
  return row.next() ? std::optional(read_folder(row)) : std::nullopt;
}

constexpr std::string_view kListChanged =
    "SELECT id,created,last_modified FROM folders WHERE cid=? AND last_modified>? ORDER BY last_modified,id";

std::vector<ChangedFolder> list_changed(sql::Connection& connection, ContextId context, Millis since) {
  std::vector<ChangedFolder> changed;
  sql::Query rows = connection.query(kListChanged, context, since);
  while (rows.next()) changed.push_back({rows.id<FolderId>(0), rows.millis(1), rows.millis(2)});
  return changed;
}

constexpr std::string_view kInsertFolder =
    "INSERT INTO folders "
    "(cid,id,parent,module,type,title,title_fold,owner,default_kind,subscribed,meta,origin,"
    "created_by,modified_by,created,last_modified) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

void insert_folder(Transaction& transaction, ContextId context, const Folder& folder,
                   std::span<const PermissionEntry> entries) {
  transaction.note_folder_change();
  sql::Connection& connection = transaction.connection();
  const std::string key = title_key(folder.title);
  connection.enqueue(kInsertFolder, context, folder.id, folder.parent, static_cast<int>(folder.module),
                     static_cast<int>(folder.type), folder.title, key, folder.owner,
                     static_cast<int>(folder.default_kind), folder.subscribed, folder.meta, folder.origin,
                     folder.created_by, folder.modified_by, folder.created, folder.last_modified);
  for (const PermissionEntry& entry : entries) insert_permission(transaction, context, folder.id, entry);
}

constexpr std::string_view kUpdateFolder =
    "UPDATE folders SET "
    "parent=?,module=?,type=?,title=?,title_fold=?,meta=?,origin=?,modified_by=?,last_modified=? "
    "WHERE cid=? AND id=?";

void update_folder(Transaction& transaction, ContextId context, const Folder& folder) {
  transaction.note_folder_change();
  const std::string key = title_key(folder.title);
  transaction.connection().enqueue(kUpdateFolder, folder.parent, static_cast<int>(folder.module),
                                   static_cast<int>(folder.type), folder.title, key, folder.meta,
                                   folder.origin, folder.modified_by, folder.last_modified, context,
                                   folder.id);
}

constexpr std::string_view kChangeOwner = "UPDATE folders SET owner=? WHERE cid=? AND id=?";

void change_owner(Transaction& transaction, ContextId context, FolderId id, UserId owner) {
  transaction.note_folder_change();
  transaction.connection().enqueue(kChangeOwner, owner, context, id);
}

constexpr std::string_view kEraseFolder = "DELETE FROM folders WHERE cid=? AND id=?";
constexpr std::string_view kEraseFolderSubscriptions =
    "DELETE FROM folder_subscriptions WHERE cid=? AND folder=?";
constexpr std::string_view kErasePermissions = "DELETE FROM folder_permissions WHERE cid=? AND folder=?";

void erase_folder(Transaction& transaction, ContextId context, FolderId id) {
  transaction.note_folder_change();
  sql::Connection& connection = transaction.connection();
  connection.enqueue(kErasePermissions, context, id);
  connection.enqueue(kEraseFolderSubscriptions, context, id);
  connection.enqueue(kEraseFolder, context, id);
}

constexpr std::string_view kTouchFolder =
    "UPDATE folders SET last_modified=?,modified_by=? WHERE cid=? AND id=?";

void touch_folder(Transaction& transaction, ContextId context, FolderId id, Millis stamp, UserId by) {
  transaction.note_folder_change();
  transaction.connection().enqueue(kTouchFolder, stamp, by, context, id);
}

void replace_permissions(Transaction& transaction, ContextId context, FolderId id,
                         std::span<const PermissionEntry> entries) {
  transaction.note_folder_change();
  if (id == system_folder::kGlobalAddressBook)
    administration::store_note(transaction, context, kBookSeenByAll, {});
  transaction.connection().enqueue(kErasePermissions, context, id);
  for (const PermissionEntry& entry : entries) insert_permission(transaction, context, id, entry);
}

constexpr std::string_view kInsertPermission =
    "INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (?,?,?,?,?)";

void insert_permission(Transaction& transaction, ContextId context, FolderId id,
                       const PermissionEntry& entry) {
  transaction.note_folder_change();
  transaction.connection().enqueue(kInsertPermission, context, id, entry.is_group, entry.entity,
                                   to_bits(entry.rights));
}

constexpr std::string_view kErasePermission =
    "DELETE FROM folder_permissions WHERE cid=? AND folder=? AND is_group=? AND entity=?";

void erase_permission(Transaction& transaction, ContextId context, FolderId id, bool is_group,
                      std::int64_t entity) {
  transaction.note_folder_change();
  transaction.connection().enqueue(kErasePermission, context, id, is_group, entity);
}

constexpr std::string_view kFoldersOfEntity =
    "SELECT folder FROM folder_permissions WHERE cid=? AND is_group=? AND entity=? ORDER BY folder";

std::vector<FolderId> folders_of_entity(sql::Connection& connection, ContextId context, bool is_group,
                                        std::int64_t entity) {
  std::vector<FolderId> ids;
  sql::Query rows = connection.query(kFoldersOfEntity, context, is_group, entity);
  while (rows.next()) ids.push_back(rows.id<FolderId>(0));
  return ids;
}

constexpr std::string_view kListSubscriptions =
    "SELECT folder,subscribed,last_modified FROM folder_subscriptions WHERE cid=? AND user_id=?";

std::vector<Subscription> list_subscriptions(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<Subscription> subscriptions;
  sql::Query rows = connection.query(kListSubscriptions, context, user);
  while (rows.next()) subscriptions.push_back({rows.id<FolderId>(0), rows.integer(1) != 0, rows.millis(2)});
  return subscriptions;
}

constexpr std::string_view kInsertSubscription =
    "INSERT INTO folder_subscriptions (cid,user_id,folder,subscribed,last_modified) VALUES (?,?,?,?,?)";

void store_subscription(sql::Connection& connection, ContextId context, UserId user,
                        const Subscription& subscription) {
  connection.enqueue(
      sql::upsert(connection.engine(), kInsertSubscription, "cid,user_id,folder", "subscribed,last_modified"),
      context, user, subscription.folder, subscription.subscribed, subscription.last_modified);
}

constexpr std::string_view kEraseSubscriptions = "DELETE FROM folder_subscriptions WHERE cid=? AND user_id=?";

void erase_subscriptions(sql::Connection& connection, ContextId context, UserId user) {
  connection.enqueue(kEraseSubscriptions, context, user);
}

}  // namespace gw::model::folders
