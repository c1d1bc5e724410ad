// Step 11: locks on names that nothing bears yet. Source: spec dav 2, "lock-null".
#include "sql/schema/steps.hpp"

namespace gw::sql {

// item 0 and a name: the lock of whatever will be called so in the folder. MySQL allows no text default on
// long types, but on this one.
const SchemaStep kStepLockNames{11, "lock names", R"(
ALTER TABLE infostore_locks ADD COLUMN name $KEY(255) NOT NULL DEFAULT '';
)"};

}  // namespace gw::sql
