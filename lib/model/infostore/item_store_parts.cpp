// Object permissions, names, counts, files.
#include <algorithm>

#include "model/infostore/item_store.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::infostore::store {
namespace {

constexpr std::string_view kNamesWithPrefix =
    "SELECT filename FROM infostore_items WHERE cid=? AND folder_id=? AND id<>? AND filename LIKE ?";
constexpr std::string_view kFindNamed =
    "SELECT id FROM infostore_items WHERE cid=? AND folder_id=? AND filename=? ORDER BY +id LIMIT 1";
constexpr std::string_view kLoadPermissions =
    "SELECT item,is_group,entity,bits FROM infostore_object_permissions WHERE cid=? AND item IN (";
constexpr std::string_view kInsertPermission =
    "INSERT INTO infostore_object_permissions (cid,item,is_group,entity,bits,granted_by) VALUES "
    "(?,?,?,?,?,?)";
constexpr std::string_view kRemovePermission =
    "DELETE FROM infostore_object_permissions WHERE cid=? AND item=? AND is_group=? AND entity=?";
constexpr std::string_view kSharedItems =
    "SELECT item FROM infostore_object_permissions WHERE cid=? AND is_group=? AND entity=? ORDER BY item";
constexpr std::string_view kSharedBy =
    "SELECT DISTINCT item FROM infostore_object_permissions WHERE cid=? AND granted_by=? ORDER BY item";
constexpr std::string_view kSharedIn =
    "SELECT DISTINCT p.item FROM infostore_object_permissions p JOIN infostore_items i ON i.cid=p.cid AND "
    "i.id=p.item WHERE i.cid=? AND i.folder_id=? ORDER BY p.item";
constexpr std::string_view kRemovePermissionsOf =
    "DELETE FROM infostore_object_permissions WHERE cid=? AND is_group=? AND entity=?";
constexpr std::string_view kCountFolder =
    "SELECT COUNT(*),COUNT(CASE WHEN created_by=? THEN 1 END) FROM infostore_items WHERE cid=? AND "
    "folder_id=?";
constexpr std::string_view kIdsOfFolder =
    "SELECT id FROM infostore_items WHERE cid=? AND folder_id=? ORDER BY +id";
constexpr std::string_view kIdsCreatedBy =
    "SELECT id FROM infostore_items WHERE cid=? AND created_by=? ORDER BY +id";
constexpr std::string_view kFoldersCreatedBy =
    "SELECT DISTINCT folder_id FROM infostore_items WHERE cid=? AND created_by=? ORDER BY folder_id";
constexpr std::string_view kCountContext = "SELECT COUNT(*) FROM infostore_items WHERE cid=?";
constexpr std::string_view kFilesOfItem =
    "SELECT item,version,file_id,file_owner,file_size FROM infostore_versions WHERE cid=? AND item=? AND "
    "file_id "
    "IS NOT NULL ORDER BY version";
constexpr std::string_view kFilesOfFolder =
    "SELECT v.item,v.version,v.file_id,v.file_owner,v.file_size FROM infostore_items i JOIN "
    "infostore_versions v "
    "ON v.cid=i.cid AND v.item=i.id WHERE i.cid=? AND i.folder_id=? AND v.file_id IS NOT NULL";
constexpr std::string_view kFilesOfOwner =
    "SELECT item,version,file_id,file_owner,file_size FROM infostore_versions WHERE cid=? AND file_owner=? "
    "AND "
    "file_id IS NOT NULL ORDER BY item,version";

constexpr std::string_view kReplaceFile =
    "UPDATE infostore_versions SET file_id=?,file_owner=? WHERE cid=? AND item=? AND version=? AND file_id=?";

std::vector<ObjectId> read_ids(sql::Query row) {
  std::vector<ObjectId> ids;
  while (row.next()) ids.push_back(row.id<ObjectId>(0));
  return ids;
}

FileRow read_file(const sql::Query& row) {
  return {row.id<ObjectId>(0), row.integer(1), {row.integer(3), row.string(2), row.integer(4)}};
}

std::vector<FileRow> read_files(sql::Query row) {
  std::vector<FileRow> files;
  while (row.next()) files.push_back(read_file(row));
  return files;
}

}  // namespace

std::vector<std::string> names_with_prefix(sql::Connection& connection, ContextId context, FolderId folder,
                                           std::string_view prefix, ObjectId except) {
  std::vector<std::string> names;
  const std::string like = sql::escape_like(prefix) + "%";
  sql::Query row =
      connection.query(std::string(kNamesWithPrefix) + std::string(sql::like_escape(connection.engine())),
                       context, folder, except, like);
  while (row.next()) names.push_back(row.string(0));
  return names;
}

std::optional<ObjectId> find_named(sql::Connection& connection, ContextId context, FolderId folder,
                                   std::string_view filename) {
  sql::Query row = connection.query(kFindNamed, context, folder, filename);
  return row.next() ? std::optional(row.id<ObjectId>(0)) : std::nullopt;
}

PermissionsOf load_permissions(sql::Connection& connection, ContextId context,
                               std::span<const ObjectId> ids) {
  PermissionsOf found;
  sql::each_slice(ids, [&](std::span<const ObjectId> slice) {
    sql::StatementText statement;
    statement.add(kLoadPermissions, context);
    statement.add_marks(slice);
    statement.add(" ORDER BY item,is_group,entity");
    sql::Query row = statement.run(connection);
    while (row.next()) found[row.integer(0)].push_back({row.integer(2), row.integer(1) != 0, row.integer(3)});
  });
  return found;
}

void replace_permissions(sql::Connection& connection, ContextId context, ObjectId item, UserId granter,
                         std::span<const ObjectPermission> entries) {
  const PermissionsOf stored = load_permissions(connection, context, std::span(&item, 1));
  const auto before = stored.find(item.value);
  const std::span<const ObjectPermission> old_entries =
      before == stored.end() ? std::span<const ObjectPermission>{} : std::span(before->second);
  for (const ObjectPermission& old : old_entries) {
    const bool stays = std::any_of(entries.begin(), entries.end(), [&](const ObjectPermission& entry) {
      return entry.entity == old.entity && entry.is_group == old.is_group;
    });
    if (!stays) connection.enqueue(kRemovePermission, context, item, old.is_group, old.entity);
  }
  const std::string upsert =
      sql::upsert(connection.engine(), kInsertPermission, "cid,item,is_group,entity", "bits");
  for (const ObjectPermission& entry : entries)
    connection.enqueue(upsert, context, item, entry.is_group, entry.entity, entry.bits, granter);
}

std::vector<ObjectId> shared_items_of(sql::Connection& connection, ContextId context, bool is_group,
                                      std::int64_t entity) {
  return read_ids(connection.query(kSharedItems, context, is_group, entity));
}

std::vector<ObjectId> shared_with(sql::Connection& connection, const Caller& caller) {
  std::vector<ObjectId> ids = shared_items_of(connection, caller.context, false, caller.user.value);
  for (const GroupId group : caller.groups) {
    const auto more = shared_items_of(connection, caller.context, true, group.value);
    ids.insert(ids.end(), more.begin(), more.end());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::vector<ObjectId> shared_by(sql::Connection& connection, ContextId context, UserId granter) {
  return read_ids(connection.query(kSharedBy, context, granter));
}

std::vector<ObjectId> shared_items_in(sql::Connection& connection, ContextId context, FolderId folder) {
  return read_ids(connection.query(kSharedIn, context, folder));
}

void remove_permissions_of(sql::Connection& connection, ContextId context, bool is_group,
                           std::int64_t entity) {
  connection.enqueue(kRemovePermissionsOf, context, is_group, entity);
}

FolderCount count_folder(sql::Connection& connection, ContextId context, FolderId folder, UserId user) {
  sql::Query row = connection.query(kCountFolder, user, context, folder);
  if (!row.next()) return {};
  return {row.integer(0), row.integer(1)};
}

std::vector<ObjectId> ids_of_folder(sql::Connection& connection, ContextId context, FolderId folder) {
  return read_ids(connection.query(kIdsOfFolder, context, folder));
}

std::vector<ObjectId> ids_created_by(sql::Connection& connection, ContextId context, UserId user) {
  return read_ids(connection.query(kIdsCreatedBy, context, user));
}

std::vector<FolderId> folders_created_by(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<FolderId> folders;
  sql::Query row = connection.query(kFoldersCreatedBy, context, user);
  while (row.next()) folders.push_back(row.id<FolderId>(0));
  return folders;
}

std::int64_t count_context(sql::Connection& connection, ContextId context) {
  sql::Query row = connection.query(kCountContext, context);
  return row.next() ? row.integer(0) : 0;
}

std::vector<files::FileName> names_of(const std::vector<FileRow>& rows) {
  std::vector<files::FileName> names;
  names.reserve(rows.size());
  for (const FileRow& row : rows) names.push_back(row.file);
  return names;
}

std::vector<FileRow> files_of_item(sql::Connection& connection, ContextId context, ObjectId id) {
  return read_files(connection.query(kFilesOfItem, context, id));
}

bool replace_file(sql::Connection& connection, ContextId context, const FileRow& row,
                  const files::FileName& file) {
  return connection.execute(kReplaceFile, file.id, file.owner, context, row.item, row.version, row.file.id) >
         0;
}

std::vector<FileRow> files_of_folder(sql::Connection& connection, ContextId context, FolderId folder) {
  return read_files(connection.query(kFilesOfFolder, context, folder));
}

void scan_files(sql::Connection& connection, ContextId context, std::int64_t owner,
                const std::function<void(const FileRow&)>& visit) {
  sql::Query row = connection.query(kFilesOfOwner, context, owner);
  while (row.next()) visit(read_file(row));
}

}  // namespace gw::model::infostore::store
