// What an entry of a directory changes in a user, and the one place that makes and changes users of
// directories.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "identities/mapped_user.hpp"
#include "model/bindings/bindings.hpp"
#include "model/users/provisioning.hpp"

namespace gw::identities {

struct FieldChange {
  std::string field, before, after;
};

struct UserDifference {
  std::vector<FieldChange> fields;
  model::users::UserChanges changes;
  [[nodiscard]] bool is_empty() const { return fields.empty(); }
};

/// Whether somebody may sign in is not compared.
UserDifference compare(const model::users::User& user, const model::contacts::Contact& contact,
                       const MappedUser& mapped);
/// The same with what is stored. Cost: three queries.
UserDifference compare_stored(sql::Connection& connection, ContextId context, UserId user,
                              const MappedUser& mapped);

model::bindings::Binding binding_of(const MappedUser& mapped, UserId user);

/// Makes the user and binds him to his entry, in one transaction. Somebody whose display name is taken is
/// called by his login as well, where GroupwareUniqueDisplayNames is on. Errors: ProvisioningError Invalid,
/// AlreadyExists; ApiError.
UserId create_bound_user(model::UnitOfWork& work, std::string_view directory, const MappedUser& mapped);
/// Changes what differs and stores the binding. Errors: as above, USR-0010.
void change_bound_user(model::UnitOfWork& work, std::string_view directory,
                       const model::bindings::Binding& binding, const UserDifference& difference,
                       const MappedUser& mapped);

}  // namespace gw::identities
