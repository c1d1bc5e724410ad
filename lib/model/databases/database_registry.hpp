// The further databases of an installation as the home database knows them: rows, not connections.
// Source: spec provisioning sections 5 and 9.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "sql/scope.hpp"

namespace gw::model::databases {

struct RegisteredDatabase {
  std::int64_t id = 0;
  std::string name;
  std::string url;              ///< with its password: never shown, never logged
  std::int64_t max_units = -1;  ///< contexts that may lie there; -1 unlimited, 0 takes no new ones
  std::int64_t pool_max = 0;    ///< connections per process; 0: as many as to the home database
  std::int64_t units = 0;       ///< contexts that lie there
};

// All of it is asked of the home database.

/// Ascending by id. Cost: three queries.
std::vector<RegisteredDatabase> list_databases(sql::Connection& home);
std::optional<RegisteredDatabase> find_database(sql::Connection& home, std::int64_t id);
/// Gives it a number. Errors: ProvisioningError Invalid, AlreadyExists (a database of that name or address).
RegisteredDatabase add_database(sql::Scope& home, const RegisteredDatabase& wanted);
/// Errors: ProvisioningError Invalid, NotFound, AlreadyExists.
void change_database(sql::Scope& home, const RegisteredDatabase& changed);
/// Errors: ProvisioningError NotFound, Protected (contexts lie there).
void remove_database(sql::Scope& home, std::int64_t id);

/// Checks what a row may hold. Errors: ProvisioningError Invalid; its text holds no password.
void check_database(const RegisteredDatabase& database);
/// The address without its password, to be shown.
std::string public_url(std::string_view url);

/// Where new contexts go: those with room, the one with the greatest part of its places free first. Empty:
/// the home database takes them.
std::vector<std::int64_t> rank_databases(std::vector<RegisteredDatabase> all);

/// Which database has the data of a context; empty: there is no such context.
std::optional<std::int64_t> database_of(sql::Connection& home, ContextId context);

}  // namespace gw::model::databases
