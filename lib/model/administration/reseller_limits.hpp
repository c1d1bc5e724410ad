// What a reseller and a context may have at most, judged inside the transaction of the change. The one place:
// users::create_user, change_user and delete_user, contexts::create_context, change_context and
// delete_context call it, so it holds for every face and every import.
//
// Each context of a reseller has its users counted in the home database (reseller_users), by what they may
// use. A change counts its own context anew, so a wrong count mends itself with the next one; sums over
// contexts are taken under the lock of the reseller's row, the parent's first. Two who grow at once thus wait
// for each other. A limit stops only what grows. Source: spec provisioning section 3.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/administration/resellers.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::administration {

/// Of one user: nothing before is a new one, nothing after one that goes.
struct UserChange {
  std::optional<ModuleSet> before, after;
};
/// Call it after the user's row was written, with the stamp taken. Guests are not counted. Errors:
/// ProvisioningError Invalid with the name of the restriction. Cost: two queries for a context without
/// reseller and restrictions; about ten more for one with.
void settle_user(Transaction& transaction, ContextId context, UserId user, const UserChange& change);

/// Gives a context to a reseller; 0 takes it away. Errors: ProvisioningError Invalid (a restriction),
/// NotFound (the reseller).
void settle_owner(Transaction& transaction, ContextId context, std::int64_t reseller);
/// The context's quota is another one now. Units: bytes, -1 unlimited. Errors: ProvisioningError Invalid.
void settle_quota(Transaction& transaction, ContextId context, std::int64_t quota);
/// The context goes.
void forget_context(Transaction& transaction, ContextId context);

/// Of one context: names begin with `Context.`. Ascending by name.
std::vector<Restriction> context_restrictions(sql::Connection& connection, ContextId context);
/// Becomes the whole list. Errors: ProvisioningError Invalid (more than 100).
void store_context_restrictions(Transaction& transaction, ContextId context,
                                std::span<const Restriction> restrictions);

}  // namespace gw::model::administration
