// The modules of a user as provisioning sees them: what access he was given, and capabilities that were
// forced on or off beside it. A forced one outlives changes of access until it is dropped. Source: spec
// provisioning section 3 (capabilities) and 4.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/unit_of_work.hpp"
#include "model/users/user.hpp"

namespace gw::provisioning {

/// What he was given, without what is forced.
model::ModuleSet given_access(sql::Connection& connection, ContextId context, const model::users::User& user);
/// What `access` comes to with what is forced, and keeps note of it. Inside the transaction that stores it.
model::ModuleSet effective_access(model::Transaction& transaction, ContextId context, UserId user,
                                  model::ModuleSet access);

/// Comma lists of capability ids.
struct CapabilityChange {
  std::vector<std::string> add;     ///< forced on
  std::vector<std::string> remove;  ///< forced off
  std::vector<std::string> drop;    ///< as the access says again
  [[nodiscard]] bool is_empty() const { return add.empty() && remove.empty() && drop.empty(); }
};
/// Errors: Fault InvalidData for an id that stands for no module.
CapabilityChange parse_capability_change(std::string_view add, std::string_view remove,
                                         std::string_view drop);

/// Errors: ApiError USR-0010.
void change_capabilities(model::Transaction& transaction, ContextId context, UserId user,
                         const CapabilityChange& change);
/// What new users of the context get.
void store_context_capabilities(model::Transaction& transaction, ContextId context,
                                const CapabilityChange& change);
CapabilityChange context_capabilities(sql::Connection& connection, ContextId context);

/// What users of the context get who are given nothing of their own. Errors: ApiError USR-0010 (no admin).
model::ModuleSet context_access(sql::Connection& connection, ContextId context, UserId admin);
void store_context_access(model::Transaction& transaction, ContextId context, model::ModuleSet access);

}  // namespace gw::provisioning
