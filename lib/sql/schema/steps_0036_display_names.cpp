// Step 36: who has a display name is asked for each user that is made.
#include "sql/schema/steps.hpp"

namespace gw::sql {

const SchemaStep kStepDisplayNames{36, "display names", R"(
CREATE INDEX users_display_name ON users (cid, display_name$HEAD(190));
)"};

}  // namespace gw::sql
