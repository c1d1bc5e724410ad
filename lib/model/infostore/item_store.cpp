// Reading rows of items and versions. The list of columns follows the field table, the rest is fixed.
#include "model/infostore/item_store.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/field_sql.hpp"
#include "model/infostore/infostore_service.hpp"
#include "model/infostore/item_fields.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::infostore::store {
namespace {

constexpr std::string_view kSelect = "SELECT ";
constexpr std::string_view kInner =
    ",i.highest_version,i.origin,v.file_id,v.file_owner,v.created_by,v.created,"
    "(SELECT MAX(l.valid_until) FROM infostore_locks l WHERE l.cid=i.cid AND l.item=i.id AND "
    "l.valid_until>?)";
constexpr std::string_view kFromCurrent =
    " FROM infostore_items i JOIN infostore_versions v ON v.cid=i.cid AND v.item=i.id AND "
    "v.version=i.current_version WHERE i.cid=?";
constexpr std::string_view kFromVersion =
    " FROM infostore_items i JOIN infostore_versions v ON v.cid=i.cid AND v.item=i.id WHERE i.cid=? AND "
    "i.id=? "
    "AND v.version=?";
constexpr std::string_view kFromVersions =
    " FROM infostore_items i JOIN infostore_versions v ON v.cid=i.cid AND v.item=i.id WHERE i.cid=? AND "
    "i.id=? "
    "ORDER BY v.version";
constexpr std::string_view kNamed = " AND i.folder_id=? AND i.filename=? ORDER BY i.id LIMIT 1";
constexpr std::string_view kEntries =
    "SELECT id,created_by,creation_date,last_modified,current_version,filename,file_size,file_mimetype FROM "
    "infostore_items WHERE cid=? AND folder_id=? AND filename IS NOT NULL ORDER BY filename";
constexpr std::string_view kChangedAfter = " AND i.last_modified>?";
constexpr std::string_view kHasPiece = " AND i.search_fold LIKE ?";
constexpr std::string_view kMediaType = "LOWER(COALESCE(v.file_mimetype,'')) LIKE ?";

std::string head() {
  const auto table = item_fields();
  return std::string(kSelect) + select_list(table, stored_fields(table)) + std::string(kInner);
}

void read_item(Item& item, const sql::Query& row) {
  static const FieldSet stored = stored_fields(item_fields());
  int next = read_row(item, row, item_fields(), stored);
  item.highest_version = row.integer(next++);
  item.origin = row.optional_string(next++);
  item.file_id = row.optional_string(next++);
  item.file_owner = row.integer(next++);
  item.version_created_by = row.integer(next++);
  item.version_created = row.millis(next++);
  item.locked_until = row.millis(next);
}

void add_media_types(sql::StatementText& statement, const Condition& condition) {
  if (condition.media_types.empty()) return;
  std::string_view before = condition.no_media_type ? " AND NOT (" : " AND (";
  for (const std::string& type : condition.media_types) {
    statement.add(before);
    statement.add(kMediaType, type);
    before = " OR ";
  }
  statement.add(")");
}

void scan_slice(sql::Connection& connection, ContextId context, Millis now, const Condition& condition,
                std::span<const FolderId> folders, std::span<const ObjectId> ids,
                const std::function<void(const Item&)>& visit) {
  sql::StatementText statement{head(), {sql::to_value(now)}};
  statement.add(kFromCurrent, context);
  statement.add_list("i.id", ids);
  statement.add_list("i.folder_id", folders);
  if (condition.changed_after) statement.add(kChangedAfter, *condition.changed_after);
  const std::string like = "%" + sql::escape_like(condition.piece) + "%";
  if (!condition.piece.empty()) {
    statement.add(kHasPiece, like);
    statement.add(sql::like_escape(connection.engine()));
  }
  add_media_types(statement, condition);
  Item item;
  sql::Query row = statement.run(connection);
  while (row.next()) {
    read_item(item, row);
    visit(item);
  }
}

}  // namespace

void scan(sql::Connection& connection, ContextId context, Millis now, const Condition& condition,
          const std::function<void(const Item&)>& visit) {
  const auto read = [&](std::span<const FolderId> folders, std::span<const ObjectId> ids) {
    scan_slice(connection, context, now, condition, folders, ids, visit);
  };
  if (condition.ids.size() > 1)
    sql::each_slice(condition.ids, [&](std::span<const ObjectId> ids) { read(condition.folders, ids); });
  else if (condition.folders.size() > 1)
    sql::each_slice(condition.folders, [&](std::span<const FolderId> some) { read(some, condition.ids); });
  else
    read(condition.folders, condition.ids);
}

std::deque<Item> list_entries(sql::Connection& connection, ContextId context, FolderId folder) {
  std::deque<Item> found;
  sql::Query row = connection.query(kEntries, context, folder);
  while (row.next()) {
    Item& item = found.emplace_back();
    item.id = row.integer(0);
    item.folder_id = folder.value;
    item.created_by = row.integer(1);
    item.creation_date = row.millis(2);
    item.last_modified = row.millis(3);
    item.version = item.current_version = row.integer(4);
    item.filename = row.optional_string(5);
    item.file_size = row.integer(6);
    item.file_mimetype = row.optional_string(7);
  }
  return found;
}

std::optional<Item> find(sql::Connection& connection, ContextId context, Millis now, ObjectId id,
                         std::int64_t version) {
  std::optional<Item> found;
  if (version == kCurrentVersion) {
    scan(connection, context, now, {.folders = {}, .ids = {id}, .changed_after = {}, .piece = {}},
         [&](const Item& item) { found = item; });
    return found;
  }
  sql::Query row = connection.query(head() + std::string(kFromVersion), now, context, id, version);
  if (row.next()) read_item(found.emplace(), row);
  return found;
}

std::optional<Item> find_in_folder(sql::Connection& connection, ContextId context, Millis now,
                                   FolderId folder, std::string_view filename) {
  std::optional<Item> found;
  sql::Query row = connection.query(head() + std::string(kFromCurrent) + std::string(kNamed), now, context,
                                    folder, filename);
  if (row.next()) read_item(found.emplace(), row);
  return found;
}

std::vector<Item> list_versions(sql::Connection& connection, ContextId context, Millis now, ObjectId id) {
  std::vector<Item> versions;
  sql::Query row = connection.query(head() + std::string(kFromVersions), now, context, id);
  while (row.next()) read_item(versions.emplace_back(), row);
  return versions;
}

}  // namespace gw::model::infostore::store
