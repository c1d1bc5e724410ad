// Writing rows of items and versions.
#include "core/text.hpp"
#include "model/field_sql.hpp"
#include "model/infostore/item_fields.hpp"
#include "model/infostore/item_store.hpp"
#include "sql/dialect.hpp"

namespace gw::model::infostore::store {
namespace {

constexpr std::string_view kInsertItem =
    "INSERT INTO infostore_items "
    "(cid,id,folder_id,created_by,modified_by,creation_date,last_modified,categories,"
    "color_label,meta,current_version,number_of_versions,highest_version,origin,title,filename,search_fold,"
    "file_size,file_mimetype) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kUpdateItem =
    "UPDATE infostore_items SET folder_id=?,created_by=?,modified_by=?,creation_date=?,last_modified=?,"
    "categories=?,color_label=?,meta=?,current_version=?,number_of_versions=?,highest_version=?,origin=?,"
    "title=?,"
    "filename=?,search_fold=?,file_size=?,file_mimetype=? WHERE cid=? AND id=?";
constexpr std::string_view kInsertVersion =
    "INSERT INTO infostore_versions (cid,item,version,title,url,filename,file_mimetype,file_size,description,"
    "version_comment,file_md5sum,file_id,file_owner,created_by,created,width,height,capture_date,"
    "camera_iso_speed,camera_model) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kUpdateVersion =
    "UPDATE infostore_versions SET title=?,url=?,filename=?,file_mimetype=?,file_size=?,description=?,"
    "version_comment=?,file_md5sum=?,file_id=?,file_owner=?,width=?,height=?,capture_date=?,"
    "camera_iso_speed=?,camera_model=? WHERE cid=? AND item=? AND version=?";
constexpr std::string_view kRemoveVersion =
    "DELETE FROM infostore_versions WHERE cid=? AND item=? AND version=?";
constexpr std::string_view kRemoveItem = "DELETE FROM infostore_items WHERE cid=? AND id=?";
constexpr std::string_view kRemoveVersions = "DELETE FROM infostore_versions WHERE cid=? AND item=?";
constexpr std::string_view kRemovePermissions =
    "DELETE FROM infostore_object_permissions WHERE cid=? AND item=?";
constexpr std::string_view kRemoveProperties =
    "DELETE FROM infostore_properties WHERE cid=? AND folder=0 AND item=?";
constexpr std::string_view kRemoveLocks = "DELETE FROM infostore_locks WHERE cid=? AND item=?";
constexpr std::string_view kCopyProperties =
    "INSERT INTO infostore_properties (cid,folder,item,namespace,name,value) SELECT "
    "cid,0,?,namespace,name,value "
    "FROM infostore_properties WHERE cid=? AND folder=0 AND item=?";
constexpr std::string_view kCopyFolderProperties =
    "INSERT INTO infostore_properties (cid,folder,item,namespace,name,value) SELECT "
    "cid,?,0,namespace,name,value FROM infostore_properties WHERE cid=? AND folder=? AND item=0";
constexpr std::string_view kRemoveFolderProperties =
    "DELETE FROM infostore_properties WHERE cid=? AND item=0 AND folder=?";
constexpr std::string_view kChangeCreator =
    "UPDATE infostore_items SET created_by=?,last_modified=? WHERE cid=? AND created_by=?";

/// The folded searchable texts of the version that the object shows, each between two separators.
std::string search_text(const Item& item) {
  constexpr char kSeparator = '\x1f';
  std::string text(1, kSeparator);
  for (const Field<Item>& field : item_fields()) {
    if (!(field.flags & kSearchable)) continue;
    const auto member = std::get<Text Item::*>(field.member);
    if (!(item.*member)) continue;
    text += fold(*(item.*member));
    text += kSeparator;
  }
  return text;
}

}  // namespace

void insert_item(sql::Connection& connection, ContextId context, const Item& item) {
  const std::string folded = search_text(item);
  connection.enqueue(kInsertItem, context, item.id, item.folder_id, item.created_by, item.modified_by,
                     item.creation_date, item.last_modified, item.categories, item.color_label, item.meta,
                     item.current_version, item.number_of_versions, item.highest_version, item.origin,
                     item.title, item.filename, folded, item.file_size, item.file_mimetype);
}

void update_item(sql::Connection& connection, ContextId context, const Item& item) {
  const std::string folded = search_text(item);
  connection.enqueue(kUpdateItem, item.folder_id, item.created_by, item.modified_by, item.creation_date,
                     item.last_modified, item.categories, item.color_label, item.meta, item.current_version,
                     item.number_of_versions, item.highest_version, item.origin, item.title, item.filename,
                     folded, item.file_size, item.file_mimetype, context, item.id);
}

void insert_version(sql::Connection& connection, ContextId context, const Item& item) {
  connection.enqueue(kInsertVersion, context, item.id, item.version, item.title, item.url, item.filename,
                     item.file_mimetype, item.file_size, item.description, item.version_comment,
                     item.file_md5sum, item.file_id, item.file_owner, item.version_created_by,
                     item.version_created, item.width, item.height, item.capture_date, item.camera_iso_speed,
                     item.camera_model);
}

void update_version(sql::Connection& connection, ContextId context, const Item& item) {
  connection.enqueue(kUpdateVersion, item.title, item.url, item.filename, item.file_mimetype, item.file_size,
                     item.description, item.version_comment, item.file_md5sum, item.file_id, item.file_owner,
                     item.width, item.height, item.capture_date, item.camera_iso_speed, item.camera_model,
                     context, item.id, item.version);
}

void remove_version(sql::Connection& connection, ContextId context, ObjectId id, std::int64_t version) {
  connection.enqueue(kRemoveVersion, context, id, version);
}

void remove(sql::Connection& connection, ContextId context, ObjectId id) {
  for (const std::string_view statement :
       {kRemoveItem, kRemoveVersions, kRemovePermissions, kRemoveProperties, kRemoveLocks})
    connection.enqueue(statement, context, id);
}

void remove_properties_of_folder(sql::Connection& connection, ContextId context, FolderId folder) {
  connection.enqueue(kRemoveFolderProperties, context, folder);
}

void copy_folder_properties(sql::Connection& connection, ContextId context, FolderId from, FolderId to) {
  connection.enqueue(kCopyFolderProperties, to, context, from);
}

void copy_properties(sql::Connection& connection, ContextId context, ObjectId from, ObjectId to) {
  connection.enqueue(kCopyProperties, to, context, from);
}

void change_creator(sql::Connection& connection, ContextId context, UserId from, UserId to, Millis stamp) {
  connection.enqueue(kChangeCreator, to, stamp, context, from);
}

}  // namespace gw::model::infostore::store
