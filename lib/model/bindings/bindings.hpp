// What came from a directory: which user, group, resource or contact is which of its objects, by the id that
// no change of name or place changes. And the report of the last import. Not for what the objects are: users,
// groups and resources have their own services. Source: users p24.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/unit_of_work.hpp"
#include "sql/connection.hpp"

namespace gw::model::bindings {

/// Stored: never renumber.
enum class Kind : int { User = 1, Group = 2, Resource = 3, Contact = 4, Folder = 5 };
enum class State : int {
  Present = 0,
  Disabled = 1,  ///< disabled in the directory, so suspended here
  Gone = 2,      ///< not in the directory any more, so suspended here
};

struct Binding {
  Kind kind = Kind::User;
  std::string uuid;
  std::int64_t object = 0;
  State state = State::Present;
  Millis since;  ///< of the state
  std::string mark, digest;
  std::string dn;  ///< directory/dn.hpp, normalise_dn
};

/// All of one kind, ascending by uuid. Cost: one query.
std::vector<Binding> list_bindings(sql::Connection& connection, ContextId context, std::string_view directory,
                                   Kind kind);
std::optional<Binding> find_binding(sql::Connection& connection, ContextId context,
                                    std::string_view directory, Kind kind, std::string_view uuid);
/// Which directory an object came from; empty: none.
struct Origin {
  std::string directory;
  Binding binding;
};
std::optional<Origin> find_origin(sql::Connection& connection, ContextId context, Kind kind,
                                  std::int64_t object);

/// Adds it or takes the place of that with the same uuid. Errors: SqlError Duplicate when the object came
/// from elsewhere.
void store_binding(Transaction& transaction, ContextId context, std::string_view directory,
                   const Binding& binding);
void remove_binding(Transaction& transaction, ContextId context, std::string_view directory, Kind kind,
                    std::string_view uuid);

struct Run {
  Millis started, ended;
  std::string outcome;  ///< at most 16 characters
  std::string report;   ///< JSON
};
std::optional<Run> find_run(sql::Connection& connection, ContextId context, std::string_view directory);
void store_run(Transaction& transaction, ContextId context, std::string_view directory, const Run& run);

}  // namespace gw::model::bindings
