// Making, changing and deleting tenants: for groupwarectl and other administration faces.
// Source: spec provisioning sections 6 and 7.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/contexts/context_directory.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/provisioning.hpp"

namespace gw::model::contexts {

struct NewContext {
  std::optional<ContextId> id;           ///< absent: one more than the greatest
  std::string name;                      ///< absent (empty): `context<id>`
  std::vector<std::string> mappings;     ///< further names that logins may use after the `@`
  std::int64_t file_quota = -1;          ///< bytes, -1 unlimited
  users::NewUser admin;                  ///< gets the rights to edit groups and resources as well
  std::int64_t reseller = 0;             ///< whose it is; 0: of the installation
  std::optional<std::int64_t> database;  ///< registered number, 0 at home; absent: where there is most room
  std::int64_t store = 0;  ///< the registered file store that `complete` gives it, to be counted
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

/// What else belongs to the change, where the data of the context are.
using InSameTransaction = std::function<void(Transaction&, const Context&)>;

/// Stores the context, its sequence, the system folders, the groups 0 and 1 and the administrator, in one
/// transaction of the database it goes to; for one beside the home database a transaction at home comes first
/// that keeps number and names. Afterwards `work`, which was at home, speaks for the new context
/// (provisioning_caller). Killed between the two, names are kept for a context without data: deleting it
/// gives them back. Errors: ProvisioningError Invalid (or more than its reseller may have), AlreadyExists
/// (id, name, mapping), NotFound (database). Cost: about 60 statements.
Context create_context(UnitOfWork& work, const NewContext& wanted, const InSameTransaction& complete = {});

/// Errors: ApiError CTX-0002; ProvisioningError NotFound (mapping), Invalid, AlreadyExists. Disabling ends
/// every session at its next request. `work` must speak for the context. Beside the home database it takes a
/// transaction at home before and after: cut off between them, names lead to the context that it does not
/// have yet, or not any more, and the same change again mends it.
Context change_context(UnitOfWork& work, const ContextChanges& changes,
                       const InSameTransaction& complete = {});

/// Removes every row of the context from every table; cut off, it is finished by the next try. Errors:
/// ApiError CTX-0002.
void delete_context(UnitOfWork& work);

}  // namespace gw::model::contexts
