#include "model/server_secret.hpp"

#include "core/random.hpp"

namespace gw::model {
namespace {

constexpr std::string_view kSelect = "SELECT secret FROM server_secrets WHERE name=?";
constexpr std::string_view kInsert = "INSERT INTO server_secrets (name,secret) VALUES (?,?)";

std::string find_secret(sql::Connection& connection, std::string_view name) {
  sql::Query row = connection.query(kSelect, name);
  return row.next() ? row.string(0) : std::string();
}

}  // namespace

std::string server_secret(sql::Connection& connection, std::string_view name) {
  std::string secret = find_secret(connection, name);
  if (!secret.empty()) return secret;
  try {
    secret = random_hex(32);
    connection.execute(kInsert, name, secret);
    return secret;
  } catch (const sql::SqlError& error) {
    if (error.kind() != sql::ErrorKind::Duplicate) throw;
    return find_secret(connection, name);
  }
}

}  // namespace gw::model
