#include "model/users/user_store.hpp"

#include <algorithm>

namespace gw::model::users {
namespace {

constexpr std::string_view kReadNextId = "SELECT next_user_id FROM context_sequence WHERE cid=?";
constexpr std::string_view kMaxId = "SELECT MAX(id) FROM users WHERE cid=?";
constexpr std::string_view kSetNextId = "UPDATE context_sequence SET next_user_id=? WHERE cid=?";
constexpr std::string_view kInsert =
    "INSERT INTO users "
    "(cid,id,login,enabled,modules,locale,timezone,mail,display_name,contact_id,guest_created_by,"
    "password,password_changed,calendar_folder,contacts_folder,tasks_folder,infostore_folder,infostore_trash,"
    "collected_folder,file_quota,imap_login,created,last_modified,expires) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kUpdate =
    "UPDATE users SET login=?,enabled=?,modules=?,locale=?,timezone=?,mail=?,display_name=?,contact_id=?,"
    "calendar_folder=?,contacts_folder=?,tasks_folder=?,infostore_folder=?,infostore_trash=?,collected_"
    "folder=?,"
    "file_quota=?,imap_login=?,last_modified=?,expires=? WHERE cid=? AND id=?";
constexpr std::string_view kUpdatePassword =
    "UPDATE users SET password=?,password_changed=?,last_modified=? WHERE cid=? AND id=?";
constexpr std::string_view kDeleteAliases = "DELETE FROM user_aliases WHERE cid=? AND user_id=?";
constexpr std::string_view kInsertAlias = "INSERT INTO user_aliases (cid,user_id,alias) VALUES (?,?,?)";
constexpr std::string_view kDeleteUser = "DELETE FROM users WHERE cid=? AND id=?";
constexpr std::string_view kLoginOwner = "SELECT id FROM users WHERE cid=? AND login=?";
constexpr std::string_view kDisplayNameOwner =
    "SELECT id FROM users WHERE cid=? AND display_name=? AND id<>? AND guest_created_by=0";
constexpr std::string_view kAliasOwner =
    "SELECT user_id FROM user_aliases WHERE cid=? AND alias=? AND user_id<>?";

std::optional<UserId> first_id(sql::Query row) {
  return row.next() ? std::optional(row.id<UserId>(0)) : std::nullopt;
}

}  // namespace

UserId reserve_user_id(sql::Connection& connection, ContextId context) {
  std::int64_t next = 2;
  if (const auto stored = first_id(connection.query(kReadNextId, context))) next = stored->value;
  // Rows that came another way (an import, a moved context) count too.
  if (const auto highest = first_id(connection.query(kMaxId, context)))
    next = std::max(next, highest->value + 1);
  connection.execute(kSetNextId, next + 1, context);
  return UserId(next);
}

void insert_user(sql::Connection& connection, ContextId context, const User& user) {
  const Millis password_changed = user.password_hash ? user.created : Millis{};
  connection.execute(kInsert, context, user.id, user.login, user.enabled ? 1 : 0, user.modules.bits,
                     user.locale, user.timezone, user.mail, user.display_name, user.contact,
                     user.guest_created_by, user.password_hash, password_changed, user.calendar_folder,
                     user.contacts_folder, user.tasks_folder, user.infostore_folder, user.infostore_trash,
                     user.collected_folder, user.file_quota, user.imap_login, user.created,
                     user.last_modified, user.expires);
}

void update_user(sql::Connection& connection, ContextId context, const User& user) {
  connection.execute(kUpdate, user.login, user.enabled ? 1 : 0, user.modules.bits, user.locale, user.timezone,
                     user.mail, user.display_name, user.contact, user.calendar_folder, user.contacts_folder,
                     user.tasks_folder, user.infostore_folder, user.infostore_trash, user.collected_folder,
                     user.file_quota, user.imap_login, user.last_modified, user.expires, context, user.id);
}

void update_password(sql::Connection& connection, ContextId context, UserId user,
                     const std::optional<std::string>& hash, Millis stamp) {
  connection.execute(kUpdatePassword, hash, stamp, stamp, context, user);
}

void replace_aliases(sql::Connection& connection, ContextId context, const User& user) {
  connection.execute(kDeleteAliases, context, user.id);
  for (const std::string& alias : user.aliases) connection.execute(kInsertAlias, context, user.id, alias);
}

void delete_user_row(sql::Connection& connection, ContextId context, UserId user) {
  connection.execute(kDeleteUser, context, user);
}

std::optional<UserId> find_login_owner(sql::Connection& connection, ContextId context,
                                       std::string_view login) {
  return first_id(connection.query(kLoginOwner, context, login));
}

std::optional<UserId> find_display_name_owner(sql::Connection& connection, ContextId context,
                                              std::string_view name, UserId except) {
  return first_id(connection.query(kDisplayNameOwner, context, name, except));
}

std::optional<UserId> find_alias_owner(sql::Connection& connection, ContextId context, std::string_view alias,
                                       UserId except) {
  return first_id(connection.query(kAliasOwner, context, alias, except));
}

}  // namespace gw::model::users
