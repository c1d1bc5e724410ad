// What users of a context may use and how much it may hold: the part of OXContextService about rights. What
// is said of a context holds for each of its users, and for those made later.
#pragma once

#include "provisioning/call.hpp"

namespace gw::provisioning {

// Each is the body of the operation of that name (context_operations.cpp). Changes of rights take one
// transaction for each user, first of all for what new users get: repeating one mends what a killed server
// left half done.
Json get_context_access(Call& call);
Json change_context_access(Call& call);
Json change_context_access_by_name(Call& call);
Json get_context_combination(Call& call);
Json change_context_capabilities(Call& call);
Json get_context_capabilities(Call& call);
Json change_context_quota(Call& call);
Json list_context_quota(Call& call);

/// Gives every user of the open context this access.
void change_access_of_all(Call& call, model::ModuleSet access);
/// Of one user, in one transaction; the administrator keeps the rights that he always has.
void change_access_of(Call& call, UserId user, model::ModuleSet access);

}  // namespace gw::provisioning
