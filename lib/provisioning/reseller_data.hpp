// Resellers, restrictions and the owner of a context, on the wire to and from the model. Source: spec
// provisioning section 3.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "model/administration/resellers.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/unit_of_work.hpp"
#include "provisioning/call.hpp"

namespace gw::provisioning {

enum class RestrictionOf { Reseller, Context };
/// A list of `{name, value}`. Errors: Fault InvalidData for a name that is none of that kind, or whose
/// combination does not exist, and for a value that is neither a number from 0 on nor (CanCreateSubadmin)
/// true or false.
std::vector<model::administration::Restriction> read_restrictions(const AccessCombinations& combinations,
                                                                  const Json& list, RestrictionOf kind);
model::administration::Restriction read_restriction(const AccessCombinations& combinations,
                                                    const std::string& name, const std::string& value,
                                                    RestrictionOf kind);
Json write_restrictions(const std::vector<model::administration::Restriction>& restrictions);
/// Everything that can be restricted, with a number each and without value.
Json write_available_restrictions(const AccessCombinations& combinations);

/// Without password. Cost: two queries.
Json write_reseller(sql::Connection& connection, const model::administration::Reseller& reseller);
/// By id when there is one, else by name. Errors: Fault NoSuchReseller, also for one whom the caller may not
/// see; InvalidData with neither.
model::administration::Reseller load_named_reseller(Call& call, const Json& named);
/// A reseller sees himself and those below him.
bool may_see(const Call& call, const model::administration::Reseller& reseller);

/// A password as it is kept. The slow hash is made here: no connection may be held. Errors: those of the
/// password rules.
std::string hash_administrator_password(const Settings& settings, const std::string& password);

// What a ResellerContext has beside a Context.

/// Who shall have it; a reseller who names nobody means himself. Empty: nobody is named. Errors: Fault
/// NoSuchReseller.
std::optional<std::int64_t> choose_owner(Call& call, const Json& data);
struct Ownership {
  std::optional<std::string> custom_id;
  std::optional<std::vector<model::administration::Restriction>> restrictions;
};
/// Only members that are there. Errors: Fault InvalidData.
Ownership read_ownership(Call& call, const Json& data);
void store_ownership(model::Transaction& transaction, ContextId context, const Ownership& ownership);
/// Errors: ProvisioningError of a restriction of the new owner.
void change_owner(model::Transaction& transaction, ContextId context, std::optional<std::int64_t> owner);
/// Adds owner, restriction and customid. Cost: up to five queries.
void add_ownership(sql::Connection& connection, ContextId context, Json& out);

/// Errors: Fault InvalidData when a reseller chooses a file store or a database.
void require_no_places(const Call& call, const Json& data);
/// All that the caller may see, ascending by id.
std::vector<model::contexts::Context> visible_contexts(Call& call);

}  // namespace gw::provisioning
