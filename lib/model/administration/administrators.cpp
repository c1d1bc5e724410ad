#include "model/administration/administrators.hpp"

#include "model/users/account_rules.hpp"
#include "model/users/provisioning_error.hpp"

namespace gw::model::administration {
namespace {

constexpr std::string_view kFindAdministrator = "SELECT password FROM administrators WHERE login=?";
constexpr std::string_view kListAdministrators = "SELECT login FROM administrators ORDER BY login";
constexpr std::string_view kInsertAdministrator =
    "INSERT INTO administrators (login,password,changed) VALUES (?,?,?)";
constexpr std::string_view kDeleteAdministrator = "DELETE FROM administrators WHERE login=?";

}  // namespace

std::optional<std::string> find_administrator(sql::Connection& connection, std::string_view login) {
  sql::Query row = connection.query(kFindAdministrator, login);
  return row.next() ? std::optional(row.string(0)) : std::nullopt;
}

std::vector<std::string> list_administrators(sql::Connection& connection) {
  std::vector<std::string> logins;
  sql::Query row = connection.query(kListAdministrators);
  while (row.next()) logins.push_back(row.string(0));
  return logins;
}

void store_administrator(sql::Scope& database, std::string_view login, const std::string& hash, Millis now) {
  const auto name = users::normalise_login(login);
  if (!name)
    throw ProvisioningError(ProvisioningError::Kind::Invalid,
                            "The login is not valid: use 1 to 128 of a-z 0-9 $ % . + _ -");
  database.write([&](sql::Connection& connection) {
    connection.execute(kDeleteAdministrator, *name);
    connection.execute(kInsertAdministrator, *name, hash, now);
  });
}

bool remove_administrator(sql::Scope& database, std::string_view login) {
  bool was_there = false;
  database.write(
      [&](sql::Connection& connection) { was_there = connection.execute(kDeleteAdministrator, login) > 0; });
  return was_there;
}

}  // namespace gw::model::administration
