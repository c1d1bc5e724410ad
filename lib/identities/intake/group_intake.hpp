// Groups of a directory become groups of a context. A group that is gone loses its members at once, so that
// nobody keeps what it was given, and is deleted with the users that went with it.
#pragma once

#include <functional>
#include <vector>

#include "identities/intake/user_plan.hpp"

namespace gw::identities::intake {

/// What the runs over groups and resources are given.
struct ObjectRun {
  model::UnitOfWork& work;
  const directory::Directory& directory;
  const KnownBindings& known;
  const std::vector<Listed>& listed;  ///< with their entries
  bool is_preview = false;
  const std::function<bool()>& goes_on;
};

/// Does it, or in a preview adds the differences to the report. Gives false when it was told to end. Errors:
/// those of the database. Cost: two queries and a transaction for each group that changes.
bool take_groups(const ObjectRun& run, const UserPlan& users, Report& report);

}  // namespace gw::identities::intake
