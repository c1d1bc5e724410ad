// Reading rows of items and versions. The list of columns follows the field table, the rest is fixed.
#include "model/infostore/item_store.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/field_sql.hpp"
#include "model/infostore/infostore_service.hpp"
#include "model/infostore/item_fields.hpp"
#include "sql/dialect.hpp"

namespace gw::model::infostore::store {
namespace {

/// Marks of one IN list: a few fixed sizes, so that the statement cache sees few texts.

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

void bind_media_types(std::string& sql, std::vector<sql::Value>& arguments, const Condition& condition) {
  if (condition.media_types.empty()) return;
  std::string_view before = condition.no_media_type ? " AND NOT (" : " AND (";
  for (const std::string& type : condition.media_types) {
    sql += before;
    sql += kMediaType;
    arguments.push_back(sql::to_value(type));
    before = " OR ";
  }
  sql += ')';
}

template <class T>
void bind_list(std::string& sql, std::vector<sql::Value>& arguments, std::string_view column,
               std::span<const T> values) {
  if (values.empty()) return;
  std::size_t marks = 1;
  while (marks < values.size()) marks *= 4;
  sql += " AND ";
  sql += column;
  sql += " IN (" + sql::placeholders(marks) + ")";
  for (std::size_t i = 0; i < marks; ++i)
    arguments.push_back(sql::to_value(values[std::min(i, values.size() - 1)]));
}

void scan_slice(sql::Connection& connection, ContextId context, Millis now, const Condition& condition,
                std::span<const FolderId> folders, std::span<const ObjectId> ids,
                const std::function<void(const Item&)>& visit) {
  std::string sql = head() + std::string(kFromCurrent);
  std::vector<sql::Value> arguments{sql::to_value(now), sql::to_value(context)};
  bind_list(sql, arguments, "i.id", ids);
  bind_list(sql, arguments, "i.folder_id", folders);
  if (condition.changed_after) {
    sql += kChangedAfter;
    arguments.push_back(sql::to_value(*condition.changed_after));
  }
  const std::string like = "%" + sql::escape_like(condition.piece) + "%";
  if (!condition.piece.empty()) {
    sql += kHasPiece;
    sql += sql::like_escape(connection.engine());
    arguments.push_back(sql::to_value(like));
  }
  bind_media_types(sql, arguments, condition);
  Item item;
  sql::Query row = connection.query_values(sql, arguments);
  while (row.next()) {
    read_item(item, row);
    visit(item);
  }
}

template <class T>
std::span<const T> slice_at(const std::vector<T>& values, std::size_t start) {
  return std::span(values).subspan(start, std::min(sql::kMaxMarks, values.size() - start));
}

}  // namespace

void scan(sql::Connection& connection, ContextId context, Millis now, const Condition& condition,
          const std::function<void(const Item&)>& visit) {
  if (condition.ids.size() > 1) {
    for (std::size_t start = 0; start < condition.ids.size(); start += sql::kMaxMarks)
      scan_slice(connection, context, now, condition, condition.folders, slice_at(condition.ids, start),
                 visit);
    return;
  }
  for (std::size_t start = 0; start == 0 || start < condition.folders.size(); start += sql::kMaxMarks)
    scan_slice(connection, context, now, condition, slice_at(condition.folders, start), condition.ids, visit);
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
