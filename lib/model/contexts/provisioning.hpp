// Making, changing and deleting tenants: for groupwarectl and other administration faces.
// Source: spec provisioning sections 6 and 7.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/contexts/context_directory.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/provisioning.hpp"

namespace gw::model::contexts {

struct NewContext {
  std::optional<ContextId> id;        ///< absent: one more than the greatest
  std::string name;                   ///< absent (empty): `context<id>`
  std::vector<std::string> mappings;  ///< further names that logins may use after the `@`
  std::int64_t file_quota = -1;       ///< bytes, -1 unlimited
  users::NewUser admin;               ///< gets the rights to edit groups and resources as well
  std::int64_t reseller = 0;          ///< whose it is; 0: of the installation
};

struct ContextChanges {
  std::optional<std::string> name;
  std::optional<std::int64_t> file_quota;
  std::optional<bool> enabled;
  std::vector<std::string> add_mappings;
  std::vector<std::string> remove_mappings;
};

/// The caller of administrative work: every right in that context, acting as its administrator.
Caller provisioning_caller(ContextId context, UserId admin = UserId(2));

/// As it is kept: lower case. Errors: ProvisioningError Invalid for what cannot name that context.
std::string check_context_name(std::string_view name, ContextId context);

/// Stores the context, its sequence, the system folders, the groups 0 and 1 and the administrator, in one
/// transaction. Afterwards `work` speaks for the new context (provisioning_caller). Errors: ProvisioningError
/// Invalid (or more than its reseller may have), AlreadyExists (id, name, mapping). Cost: about 60
/// statements.
Context create_context(UnitOfWork& work, const NewContext& wanted);
/// The same inside a transaction that runs already, and has no stamp yet.
Context create_context(Transaction& transaction, const NewContext& wanted);

/// Errors: ApiError CTX-0002; ProvisioningError NotFound (mapping), Invalid, AlreadyExists. Disabling ends
/// every session at its next request. `work` must speak for the context.
Context change_context(UnitOfWork& work, const ContextChanges& changes);
/// The same inside a transaction that runs already.
Context change_context(Transaction& transaction, const ContextChanges& changes);

/// Removes every row of the context from every table. Errors: ApiError CTX-0002.
void delete_context(UnitOfWork& work);

}  // namespace gw::model::contexts
