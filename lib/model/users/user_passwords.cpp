#include "model/users/user_passwords.hpp"

namespace gw::model::users {
namespace {

constexpr std::string_view kByLogin =
    "SELECT id,enabled,guest_created_by,password FROM users WHERE cid=? AND login=?";
constexpr std::string_view kById =
    "SELECT id,enabled,guest_created_by,password FROM users WHERE cid=? AND id=?";
constexpr std::string_view kRenew = "UPDATE users SET password=? WHERE cid=? AND id=? AND password=?";

std::optional<LoginAccount> read_account(sql::Query row) {
  if (!row.next()) return std::nullopt;
  LoginAccount account;
  account.id = row.id<UserId>(0);
  account.is_enabled = row.integer(1) != 0;
  account.is_guest = row.integer(2) != 0;
  account.password_hash = row.optional_string(3);
  return account;
}

}  // namespace

std::optional<LoginAccount> find_login_account(sql::Connection& connection, ContextId context,
                                               std::string_view login) {
  return read_account(connection.query(kByLogin, context, login));
}

std::optional<LoginAccount> find_login_account(sql::Connection& connection, ContextId context, UserId user) {
  return read_account(connection.query(kById, context, user));
}

void renew_password_hash(sql::Connection& connection, ContextId context, UserId user,
                         const std::string& old_hash, const std::string& new_hash) {
  connection.execute(kRenew, new_hash, context, user, old_hash);
}

}  // namespace gw::model::users
