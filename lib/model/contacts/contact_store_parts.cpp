// Members of distribution lists, pictures, and counting.
#include <algorithm>

#include "model/contacts/contact_store.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::contacts::store {
namespace {

constexpr std::string_view kSelectMembers =
    "SELECT contact,member,member_folder,mail_field,display_name,sort_name,mail FROM contact_list_members "
    "WHERE cid=? AND contact IN (";
constexpr std::string_view kMembersInOrder = " ORDER BY contact,position";
constexpr std::string_view kDeleteMembers = "DELETE FROM contact_list_members WHERE cid=? AND contact=?";
constexpr std::string_view kInsertMember =
    "INSERT INTO contact_list_members "
    "(cid,contact,position,member,member_folder,mail_field,display_name,sort_name,mail) "
    "VALUES (?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kInsertPicture =
    "INSERT INTO contact_images (cid,contact,mime_type,content,last_modified) VALUES (?,?,?,?,?)";
constexpr std::string_view kDeletePicture = "DELETE FROM contact_images WHERE cid=? AND contact=?";
constexpr std::string_view kSelectPicture =
    "SELECT mime_type,content,last_modified FROM contact_images WHERE cid=? AND contact=?";
constexpr std::string_view kCountContext =
    "SELECT COUNT(*) FROM (SELECT 1 FROM contacts WHERE cid=? LIMIT ?) counted";
constexpr std::string_view kCountFolder =
    "SELECT COUNT(*),COUNT(CASE WHEN created_by=? THEN 1 END),COUNT(CASE WHEN private_flag=0 THEN 1 END),"
    "COUNT(CASE WHEN created_by=? AND private_flag=0 THEN 1 END) FROM contacts WHERE cid=? AND folder_id=?";
constexpr std::string_view kIdsOfFolder = "SELECT id FROM contacts WHERE cid=? AND folder_id=? ORDER BY +id";
constexpr std::string_view kIdsCreatedBy =
    "SELECT id FROM contacts WHERE cid=? AND created_by=? AND private_flag>=? AND user_id=0 ORDER BY id";
constexpr std::string_view kFoldersCreatedBy =
    "SELECT DISTINCT folder_id FROM contacts WHERE cid=? AND created_by=? AND user_id=0 ORDER BY folder_id";
constexpr std::string_view kNameTaken =
    "SELECT id FROM contacts WHERE cid=? AND user_id>0 AND user_id<>? AND display_name=? LIMIT 1";

std::vector<ObjectId> read_ids(sql::Query row) {
  std::vector<ObjectId> ids;
  while (row.next()) ids.push_back(row.id<ObjectId>(0));
  return ids;
}

}  // namespace

MembersOf load_members(sql::Connection& connection, ContextId context, std::span<const ObjectId> lists) {
  MembersOf members;
  sql::each_slice(lists, [&](std::span<const ObjectId> slice) {
    sql::StatementText statement;
    statement.add(kSelectMembers, context);
    statement.add_marks(slice);
    statement.add(kMembersInOrder);
    sql::Query row = statement.run(connection);
    while (row.next())
      members[row.integer(0)].push_back({row.integer(1), row.integer(2), row.optional_string(4),
                                         row.optional_string(5), row.optional_string(6), row.integer(3)});
  });
  return members;
}

void replace_members(sql::Connection& connection, ContextId context, ObjectId list,
                     std::span<const ListMember> members) {
  connection.enqueue(kDeleteMembers, context, list);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const ListMember& member = members[i];
    connection.enqueue(kInsertMember, context, list, i, member.id, member.folder_id, member.mail_field,
                       member.display_name, member.sort_name, member.mail);
  }
}

void store_picture(sql::Connection& connection, ContextId context, ObjectId contact, const Picture& picture) {
  connection.enqueue(kDeletePicture, context, contact);
  connection.enqueue(kInsertPicture, context, contact, picture.mime_type, sql::Blob{picture.bytes},
                     picture.last_modified);
}

void remove_picture(sql::Connection& connection, ContextId context, ObjectId contact) {
  connection.enqueue(kDeletePicture, context, contact);
}

std::optional<Picture> find_picture(sql::Connection& connection, ContextId context, ObjectId contact) {
  sql::Query row = connection.query(kSelectPicture, context, contact);
  if (!row.next()) return std::nullopt;
  return Picture{row.string(1), row.string(0), row.millis(2)};
}

std::int64_t count_context(sql::Connection& connection, ContextId context, std::int64_t limit) {
  sql::Query row = connection.query(kCountContext, context, limit);
  return row.next() ? row.integer(0) : 0;
}

folders::ClassifiedCount count_folder(sql::Connection& connection, ContextId context, FolderId folder,
                                      UserId user) {
  sql::Query row = connection.query(kCountFolder, user, user, context, folder);
  if (!row.next()) return {};
  return {row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
}

std::vector<ObjectId> ids_of_folder(sql::Connection& connection, ContextId context, FolderId folder) {
  return read_ids(connection.query(kIdsOfFolder, context, folder));
}

std::vector<ObjectId> ids_created_by(sql::Connection& connection, ContextId context, UserId user,
                                     bool private_only) {
  return read_ids(connection.query(kIdsCreatedBy, context, user, private_only));
}

std::vector<FolderId> folders_created_by(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<FolderId> folders;
  sql::Query row = connection.query(kFoldersCreatedBy, context, user);
  while (row.next()) folders.push_back(row.id<FolderId>(0));
  return folders;
}

bool display_name_is_taken(sql::Connection& connection, ContextId context, std::string_view name,
                           UserId except) {
  sql::Query row = connection.query(kNameTaken, context, except, name);
  return row.next();
}

}  // namespace gw::model::contacts::store
