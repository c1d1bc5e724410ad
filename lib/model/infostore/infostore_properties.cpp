#include "model/infostore/infostore_properties.hpp"

#include <algorithm>

#include "core/errors/infostore.hpp"
#include "core/text.hpp"
#include "model/infostore/item_access.hpp"
#include "model/infostore/item_locks.hpp"
#include "model/infostore/item_store.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::infostore {
namespace {

constexpr std::string_view kList =
    "SELECT namespace,name,value FROM infostore_properties WHERE cid=? AND folder=? AND item=? ORDER BY "
    "namespace,name";
constexpr std::string_view kListOfItems =
    "SELECT p.namespace,p.name,p.value,p.item FROM infostore_items i JOIN infostore_properties p ON "
    "p.cid=i.cid AND p.folder=0 AND p.item=i.id WHERE i.cid=? AND i.folder_id=? ORDER BY "
    "p.item,p.namespace,p.name";
constexpr std::string_view kListOfFolders =
    "SELECT namespace,name,value,folder FROM infostore_properties WHERE cid=? AND item=0 AND folder IN (";
constexpr std::string_view kCount =
    "SELECT COUNT(*) FROM infostore_properties WHERE cid=? AND folder=? AND item=?";
constexpr std::string_view kStore =
    "INSERT INTO infostore_properties (cid,folder,item,namespace,name,value) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kRemove =
    "DELETE FROM infostore_properties WHERE cid=? AND folder=? AND item=? AND namespace=? AND name=?";

FolderId key_folder(TreeEntry entry) { return entry.item ? FolderId(0) : entry.folder; }

Property read_property(const sql::Query& row) { return {row.string(0), row.string(1), row.string(2)}; }

void check_may_write(UnitOfWork& work, sql::Connection& connection, TreeEntry entry) {
  LockView locks(connection, work.caller(), work.now());
  if (!entry.item) {
    const auto folder = load_file_folder(connection, work.caller(), entry.folder);
    if (!folder.rights.admin && folder.rights.write == 0) throw ApiError(errors::ifo::kNoWrite);
    locks.check_members(entry.folder);
    return;
  }
  auto item = store::find(connection, work.context(), work.now(), entry.item, kCurrentVersion);
  if (!item) throw ApiError(errors::ifo::kNotFound, {std::to_string(entry.item.value)});
  item->object_permissions =
      store::load_permissions(connection, work.context(), std::span(&entry.item, 1))[entry.item.value];
  FolderLookup folders(connection, work.caller());
  if (!folders.access(*item).write) throw ApiError(errors::ifo::kNoWrite);
  locks.check(*item);
}

void check_length(const char* what, std::size_t length, std::size_t limit) {
  if (length > limit)
    throw ApiError(errors::ifo::kTooLong, {what, std::to_string(limit), std::to_string(length)});
}

void check_size(const Property& property) {
  check_length("namespace", count_characters(property.space), kMaxPropertyName);
  check_length("property", count_characters(property.name), kMaxPropertyName);
  check_length("value", property.value.size(), kMaxPropertyValue);
}

}  // namespace

Properties list_properties(UnitOfWork& work, TreeEntry entry) {
  Properties found;
  sql::Query row = work.connection().query(kList, work.context(), key_folder(entry), entry.item);
  while (row.next()) found.push_back(read_property(row));
  return found;
}

MemberProperties list_member_properties(UnitOfWork& work, FolderId folder,
                                        std::span<const FolderId> subfolders) {
  MemberProperties found;
  {
    sql::Query row = work.connection().query(kListOfItems, work.context(), folder);
    while (row.next()) found.of_items[row.id<ObjectId>(3)].push_back(read_property(row));
  }
  sql::each_slice(subfolders, [&](std::span<const FolderId> slice) {
    sql::StatementText statement;
    statement.add(kListOfFolders, work.context());
    statement.add_marks(slice);
    statement.add(" ORDER BY folder,namespace,name");
    sql::Query row = statement.run(work.connection());
    while (row.next()) found.of_folders[row.id<FolderId>(3)].push_back(read_property(row));
  });
  return found;
}

void check_may_change_properties(UnitOfWork& work, TreeEntry entry) {
  check_may_write(work, work.connection(), entry);
}

void change_properties(UnitOfWork& work, TreeEntry entry, const std::vector<PropertyChange>& changes) {
  work.write([&](Transaction& transaction) {
    transaction.stamp();  // waits for other writers: the number of properties holds until COMMIT
    sql::Connection& connection = transaction.connection();
    check_may_write(work, connection, entry);
    const ContextId context = work.context();
    const FolderId folder = key_folder(entry);
    const std::string upsert =
        sql::upsert(connection.engine(), kStore, "cid,folder,item,namespace,name", "value");
    for (const auto& [property, is_removal] : changes) {
      if (is_removal) {
        connection.execute(kRemove, context, folder, entry.item, property.space, property.name);
        continue;
      }
      check_size(property);
      connection.execute(upsert, context, folder, entry.item, property.space, property.name, property.value);
    }
    sql::Query count = connection.query(kCount, context, folder, entry.item);
    if (count.next() && count.integer(0) > static_cast<std::int64_t>(kMaxProperties))
      throw ApiError(errors::fls::kQuota, {std::to_string(kMaxProperties)});
  });
}

}  // namespace gw::model::infostore
