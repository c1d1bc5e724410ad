#include "session/app_passwords/app_password_rows.hpp"

namespace gw::session::app_passwords {
namespace {

constexpr std::string_view kInsertPassword =
    "INSERT INTO app_passwords (cid,user_id,id,scope,name,digest,created,last_used,address,client) "
    "VALUES (?,?,?,?,?,?,?,0,'','')";
constexpr std::string_view kListPasswords =
    "SELECT id,scope,name,created,last_used,address,client FROM app_passwords "
    "WHERE cid=? AND user_id=? ORDER BY created,id";
constexpr std::string_view kFindPassword =
    "SELECT id,scope,name,created,last_used,address,client FROM app_passwords "
    "WHERE cid=? AND user_id=? AND scope=? AND digest=?";
constexpr std::string_view kHasPassword = "SELECT 1 FROM app_passwords WHERE cid=? AND user_id=? AND id=?";
constexpr std::string_view kDeletePassword = "DELETE FROM app_passwords WHERE cid=? AND user_id=? AND id=?";
constexpr std::string_view kNoteUse =
    "UPDATE app_passwords SET last_used=?,address=?,client=? WHERE cid=? AND user_id=? AND id=?";

AppPassword read_password(const sql::Query& row) {
  AppPassword password;
  password.id = row.string(0);
  if (const AppScopeRow* scope = find_app_scope(row.text(1))) password.scope = scope->scope;
  password.name = row.string(2);
  password.created = row.millis(3);
  password.last_used = row.millis(4);
  password.address = row.string(5);
  password.client = row.string(6);
  return password;
}

}  // namespace

void insert_app_password(sql::Connection& connection, ContextId context, UserId user,
                         const AppPassword& password, std::string_view digest) {
  connection.execute(kInsertPassword, context, user, password.id, app_scope(password.scope).name,
                     password.name, digest, password.created);
}

std::vector<AppPassword> list_app_passwords(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<AppPassword> passwords;
  sql::Query row = connection.query(kListPasswords, context, user);
  while (row.next()) passwords.push_back(read_password(row));
  return passwords;
}

std::optional<AppPassword> find_app_password(sql::Connection& connection, ContextId context, UserId user,
                                             AppScope scope, std::string_view digest) {
  sql::Query row = connection.query(kFindPassword, context, user, app_scope(scope).name, digest);
  if (!row.next()) return std::nullopt;
  return read_password(row);
}

bool has_app_password(sql::Connection& connection, ContextId context, UserId user, std::string_view id) {
  return connection.query(kHasPassword, context, user, id).next();
}

bool delete_app_password(sql::Connection& connection, ContextId context, UserId user, std::string_view id) {
  return connection.execute(kDeletePassword, context, user, id) > 0;
}

void note_app_password_use(sql::Connection& connection, ContextId context, UserId user,
                           const AppPassword& password) {
  connection.execute(kNoteUse, password.last_used, password.address, password.client, context, user,
                     password.id);
}

}  // namespace gw::session::app_passwords
