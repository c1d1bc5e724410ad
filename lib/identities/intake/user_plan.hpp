// What an import has to do to the users of a context, found without changing anything.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "identities/intake/listing.hpp"
#include "model/users/user.hpp"

namespace gw::identities::intake {

/// A first import has one for each entry, so it keeps of a new user no more than the directory tells.
struct UserStep {
  Difference difference;
  std::optional<directory::Entry> entry;  ///< of Create: mapped when he is made
  model::bindings::Binding binding;       ///< as it is stored afterwards
  /// Of all but Create: of what is in the directory, and what differs.
  std::unique_ptr<MappedUser> mapped;
  std::unique_ptr<UserDifference> changes;
};

struct UserPlan {
  std::vector<UserStep> steps;
  /// Whose marks or names alone are stored anew.
  std::vector<model::bindings::Binding> touched;
  std::size_t active = 0;     ///< bound and not suspended
  std::size_t suspended = 0;  ///< by this run
  /// For groups: the logins of those in the directory by the ids of their entries, as they are here now or
  /// will be made, and the ids by the names of the entries.
  std::map<std::string, std::string> login_of_uuid;
  std::map<std::string, std::string> uuid_of_dn;
};

struct PlanInput {
  model::UnitOfWork& work;
  const directory::Directory& directory;
  UserId admin;  ///< of the context
  const KnownBindings& known;
  std::vector<Listed> listed;
};

/// Cost: a query for all users, three for each that changed.
UserPlan plan_users(PlanInput input, Report& report);

}  // namespace gw::identities::intake
