#include "model/contexts/context_walk.hpp"

namespace gw::model::contexts {
namespace {

constexpr std::string_view kNext =
    "SELECT cid FROM contexts WHERE cid>? AND database_id=0 ORDER BY cid LIMIT 1";
constexpr std::string_view kNextAnywhere = "SELECT cid FROM contexts WHERE cid>? ORDER BY cid LIMIT 1";

std::optional<ContextId> find_next(sql::Connection& connection, std::string_view statement, ContextId after) {
  sql::Query row = connection.query(statement, after);
  return row.next() ? std::optional(row.id<ContextId>(0)) : std::nullopt;
}

}  // namespace

std::optional<ContextId> next_context(sql::Connection& connection, ContextId after) {
  return find_next(connection, kNext, after);
}

std::optional<ContextId> next_context_anywhere(sql::Connection& home, ContextId after) {
  return find_next(home, kNextAnywhere, after);
}

}  // namespace gw::model::contexts
