#include "model/databases/database_registry.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "model/administration/registry.hpp"
#include "model/server_secret.hpp"
#include "model/users/provisioning_error.hpp"
#include "sql/driver.hpp"

namespace gw::model::databases {
namespace {

using Kind = ProvisioningError::Kind;

constexpr std::size_t kMaxName = 128;
constexpr std::size_t kMaxUrl = 4'096;
constexpr std::int64_t kMostConnections = 1'000;
/// Their numbers are part of session ids (session/session_place.hpp).
constexpr std::int64_t kMostDatabases = 65'535;
constexpr std::string_view kSecretName = "databases";

constexpr std::string_view kList =
    "SELECT id,name,url,max_units,pool_max FROM registered_databases WHERE url<>'' ORDER BY id";
constexpr std::string_view kUnits =
    "SELECT database_id,COUNT(*) FROM contexts WHERE database_id<>0 GROUP BY database_id";
constexpr std::string_view kGreatest = "SELECT MAX(id) FROM registered_databases";
constexpr std::string_view kInsert =
    "INSERT INTO registered_databases (id,name,url,max_units,pool_max) VALUES (?,?,?,?,?)";
constexpr std::string_view kUpdate =
    "UPDATE registered_databases SET name=?,url=?,max_units=?,pool_max=? WHERE id=?";
/// The row stays, so that its number is never given again: for some seconds other processes, and for as long
/// as they live session ids, lead where it was. No registered name has a control character.
constexpr std::string_view kForget = "UPDATE registered_databases SET name=?,url='',max_units=0 WHERE id=?";
constexpr std::string_view kDatabaseOf = "SELECT database_id FROM contexts WHERE cid=?";

std::string purpose_of(std::int64_t id) { return "database " + std::to_string(id); }

/// Empty: the row was sealed by another server key. Such a database cannot be reached until it is changed.
std::string open_url(std::string_view secret, std::int64_t id, std::string_view sealed) {
  const auto bytes = from_base64(sealed);
  return bytes ? unseal(secret, purpose_of(id), *bytes).value_or("") : std::string();
}

std::string close_url(std::string_view secret, std::int64_t id, const std::string& url) {
  return to_base64(seal(secret, purpose_of(id), url));
}

void require_unique(const std::vector<RegisteredDatabase>& all, const RegisteredDatabase& wanted) {
  for (const RegisteredDatabase& each : all) {
    if (each.id == wanted.id) continue;
    if (each.name == wanted.name)
      throw ProvisioningError(Kind::AlreadyExists, "A database of this name is registered already");
    if (public_url(each.url) == public_url(wanted.url))
      throw ProvisioningError(Kind::AlreadyExists, "This database is registered already");
  }
}

const RegisteredDatabase& require_known(const std::vector<RegisteredDatabase>& all, std::int64_t id) {
  for (const RegisteredDatabase& each : all)
    if (each.id == id) return each;
  throw ProvisioningError(Kind::NotFound, "Database " + std::to_string(id) + " does not exist");
}

/// Full is below empty; without a limit a database is as empty as one of a million places.
bool has_more_room(const RegisteredDatabase& left, const RegisteredDatabase& right) {
  constexpr double kUnlimited = 1'000'000;
  const auto free_part = [](const RegisteredDatabase& each) {
    const double most = each.max_units < 0 ? kUnlimited : static_cast<double>(each.max_units);
    return (most - static_cast<double>(each.units)) / most;
  };
  return free_part(left) > free_part(right);
}

}  // namespace

std::string public_url(std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) return std::string(url);
  const std::size_t end = std::min(url.find('/', begin + 3), url.size());
  const std::size_t at = url.substr(0, end).rfind('@');
  if (at == std::string_view::npos) return std::string(url);
  const std::size_t colon = url.find(':', begin + 3);
  if (colon > at) return std::string(url);
  return std::string(url.substr(0, colon)) + std::string(url.substr(at));
}

void check_database(const RegisteredDatabase& database) {
  const std::string& name = database.name;
  if (name.empty() || !is_valid_utf8(name) || count_characters(name) > kMaxName ||
      has_control_characters(name) || trim(name) != name)
    throw ProvisioningError(Kind::Invalid, "The name of a database has 1 to 128 characters");
  if (database.max_units < -1 || database.pool_max < 0 || database.pool_max > kMostConnections)
    throw ProvisioningError(Kind::Invalid, "A database has maxUnits of -1 or more, and poolMax of 0 to 1000");
  if (database.url.size() > kMaxUrl) throw ProvisioningError(Kind::Invalid, "The address is too long");
  if (const std::string wrong = sql::check_database_url(database.url); !wrong.empty())
    throw ProvisioningError(Kind::Invalid, wrong);
}

std::vector<RegisteredDatabase> list_databases(sql::Connection& home) {
  std::vector<RegisteredDatabase> all;
  {
    sql::Query row = home.query(kList);
    while (row.next())
      all.push_back({row.integer(0), row.string(1), row.string(2), row.integer(3), row.integer(4), 0});
  }
  if (all.empty()) return all;
  const std::string secret = server_secret(home, kSecretName);
  std::map<std::int64_t, std::int64_t> units;
  {
    sql::Query row = home.query(kUnits);
    while (row.next()) units[row.integer(0)] = row.integer(1);
  }
  for (RegisteredDatabase& each : all) {
    each.url = open_url(secret, each.id, each.url);
    each.units = units[each.id];
  }
  return all;
}

std::optional<RegisteredDatabase> find_database(sql::Connection& home, std::int64_t id) {
  for (RegisteredDatabase& each : list_databases(home))
    if (each.id == id) return std::move(each);
  return std::nullopt;
}

RegisteredDatabase add_database(sql::Scope& home, const RegisteredDatabase& wanted) {
  check_database(wanted);
  const std::string secret = server_secret(home.connection(), kSecretName);
  RegisteredDatabase added = wanted;
  home.write([&](sql::Connection& connection) {
    added.id = 0;
    const std::int64_t id = administration::next_number(connection, kGreatest);
    if (id > kMostDatabases) throw ProvisioningError(Kind::Invalid, "There are no more numbers of databases");
    require_unique(list_databases(connection), added);
    added.id = id;
    connection.execute(kInsert, added.id, added.name, close_url(secret, added.id, added.url), added.max_units,
                       added.pool_max);
  });
  added.units = 0;
  return added;
}

void change_database(sql::Scope& home, const RegisteredDatabase& changed) {
  check_database(changed);
  const std::string secret = server_secret(home.connection(), kSecretName);
  home.write([&](sql::Connection& connection) {
    const auto all = list_databases(connection);
    require_known(all, changed.id);
    require_unique(all, changed);
    connection.execute(kUpdate, changed.name, close_url(secret, changed.id, changed.url), changed.max_units,
                       changed.pool_max, changed.id);
  });
}

void remove_database(sql::Scope& home, std::int64_t id) {
  home.write([&](sql::Connection& connection) {
    // The row that new contexts lock as well: nobody comes in meanwhile.
    administration::next_number(connection, kGreatest);
    if (require_known(list_databases(connection), id).units > 0)
      throw ProvisioningError(Kind::Protected, "Contexts lie in this database");
    connection.execute(kForget, "\x01" + std::to_string(id), id);
  });
}

std::vector<std::int64_t> rank_databases(std::vector<RegisteredDatabase> all) {
  std::erase_if(all, [](const RegisteredDatabase& each) {
    return each.max_units >= 0 && each.units >= each.max_units;
  });
  std::stable_sort(all.begin(), all.end(), has_more_room);
  std::vector<std::int64_t> ids;
  for (const RegisteredDatabase& each : all) ids.push_back(each.id);
  return ids;
}

std::optional<std::int64_t> database_of(sql::Connection& home, ContextId context) {
  sql::Query row = home.query(kDatabaseOf, context);
  return row.next() ? std::optional(row.integer(0)) : std::nullopt;
}

}  // namespace gw::model::databases
