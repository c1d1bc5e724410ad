#include "sql/server_facts.hpp"

#include <string_view>

#include "core/text.hpp"
#include "sql/schema/schema.hpp"

namespace gw::sql {
namespace {

constexpr std::string_view kServerTime = "SELECT CAST(UNIX_TIMESTAMP(NOW(3))*1000 AS SIGNED)";
constexpr std::string_view kVariables = "SHOW VARIABLES";
constexpr std::string_view kIsGalera = "SHOW VARIABLES LIKE 'wsrep\\_on'";
constexpr std::string_view kGaleraStatus = "SHOW STATUS LIKE 'wsrep\\_%'";

std::map<std::string, std::string> read_pairs(Connection& connection, std::string_view sql) {
  std::map<std::string, std::string> pairs;
  Query row = connection.query(sql);
  while (row.next()) pairs[to_lower_ascii(row.text(0))] = row.string(1);
  return pairs;
}

std::map<std::string, std::string> read_pragmas(Connection& connection) {
  std::map<std::string, std::string> pragmas;
  for (const char* name : {"journal_mode", "synchronous", "encoding", "page_size"}) {
    Query row = connection.query("PRAGMA " + std::string(name));
    if (row.next()) pragmas[name] = row.string(0);
  }
  Query row = connection.query("SELECT sqlite_version()");
  if (row.next()) pragmas["version"] = row.string(0);
  return pragmas;
}

}  // namespace

std::optional<Millis> read_server_time(Connection& connection) {
  if (connection.engine() == Engine::Sqlite) return std::nullopt;
  Query row = connection.query(kServerTime);
  if (!row.next()) return std::nullopt;
  return row.millis(0);
}

std::map<std::string, std::string> read_server_variables(Connection& connection) {
  return connection.engine() == Engine::Sqlite ? read_pragmas(connection)
                                               : read_pairs(connection, kVariables);
}

std::map<std::string, std::string> read_galera_status(Connection& connection) {
  if (connection.engine() == Engine::Sqlite) return {};
  // MariaDB without a cluster has the figures, too: wsrep_ready is OFF there.
  const auto is_galera = read_pairs(connection, kIsGalera);
  if (is_galera.empty() || !equal_ignoring_ascii_case(is_galera.begin()->second, "ON")) return {};
  return read_pairs(connection, kGaleraStatus);
}

void try_write(Connection& connection) {
  connection.begin(TransactionMode::Write);
  try {
    current_version(connection);
    if (connection.engine() == Engine::Mysql) {
      Query row = connection.query("SELECT @@global.read_only");
      if (row.next() && row.integer(0) != 0) throw SqlError(ErrorKind::Other, 0, "the database is read-only");
    }
  } catch (const std::exception&) {
    connection.rollback();
    throw;
  }
  connection.rollback();
}

}  // namespace gw::sql
