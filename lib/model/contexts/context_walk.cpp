#include "model/contexts/context_walk.hpp"

namespace gw::model::contexts {
namespace {

constexpr std::string_view kNext = "SELECT cid FROM contexts WHERE cid>? ORDER BY cid LIMIT 1";

}  // namespace

std::optional<ContextId> next_context(sql::Connection& connection, ContextId after) {
  sql::Query row = connection.query(kNext, after);
  return row.next() ? std::optional(row.id<ContextId>(0)) : std::nullopt;
}

}  // namespace gw::model::contexts
