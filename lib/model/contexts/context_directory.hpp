// Tenants: which context a login name or mapping means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/caller.hpp"
#include "sql/connection.hpp"

namespace gw::model::contexts {

struct Context {
  ContextId id;
  std::string name;
  bool enabled = true;
  UserId admin;
  std::int64_t file_quota = -1;
  std::vector<std::string> mappings;
  Millis created;
  /// Where its data are, as the home database says; 0: in the database that was asked.
  std::int64_t database = 0;
};

/// By mapping, by name, or by decimal id, in this order.
std::optional<Context> find_context(sql::Connection& connection, std::string_view name);
std::optional<Context> find_context(sql::Connection& connection, ContextId id);
/// Units: bytes, -1 unlimited. Empty when there is no such context. Cost: none when this process has asked
/// under the same `marks`, if they are known.
std::optional<std::int64_t> find_file_quota(sql::Connection& connection, ContextId context,
                                            const Marks& marks = {});
std::vector<Context> list_contexts(sql::Connection& connection);

}  // namespace gw::model::contexts
