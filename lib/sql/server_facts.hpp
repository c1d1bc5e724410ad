// What a database server says of itself: for health checks and `groupwarectl check`, not for requests.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/time.hpp"
#include "sql/connection.hpp"

namespace gw::sql {

/// The clock of the server; empty where it is this machine's own (SQLite).
std::optional<Millis> read_server_time(Connection& connection);

/// Variables as they hold for this connection, in lower case; SQLite: some of its pragmas.
std::map<std::string, std::string> read_server_variables(Connection& connection);

/// Figures whose names begin with `wsrep_`, in lower case; empty where there is no Galera.
std::map<std::string, std::string> read_galera_status(Connection& connection);

/// Takes the write lock, reads, and gives it back: proves that the database can be read and written.
/// Errors: SqlError, also when it is read-only.
void try_write(Connection& connection);

}  // namespace gw::sql
