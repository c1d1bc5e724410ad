// From a token to what it opens: for signing in, which decides about passwords and throttling.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/caller.hpp"
#include "model/shares/target.hpp"
#include "sql/connection.hpp"

namespace gw::model::shares {

struct OpenShare {
  ContextId context;
  UserId guest;
  bool is_link = false;
  std::string mail;  ///< of a named guest: what he signs in as
  std::string display_name;
  std::optional<std::string> password_hash;
  Target target;  ///< of a link; the folder of a file is that of the view "Shared files"
};
/// Empty for an unknown or ended share, and when the context is locked. Cost: three queries.
std::optional<OpenShare> find_share(sql::Connection& connection, Millis now, std::string_view token);

/// Where a guest begins: the target of a link; of a named guest `wanted` if he has it, else his first folder
/// or file. `caller` is the guest. Errors: empty when nothing is left.
std::optional<Target> find_start(sql::Connection& connection, const Caller& caller, const OpenShare& share,
                                 const std::optional<Target>& wanted);

/// Call inside a write transaction.
void mark_used(sql::Connection& connection, const OpenShare& share, Millis now);

}  // namespace gw::model::shares
