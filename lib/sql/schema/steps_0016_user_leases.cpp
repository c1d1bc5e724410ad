// Step 16: who works on something of a user that lies on another server. Source: spec mailfilter section 5,
// "per-user lock".
#include "sql/schema/steps.hpp"

namespace gw::sql {

// token: of the holder. expires 0, or in the past: nobody holds it.
const SchemaStep kStepUserLeases{16, "user leases", R"(
CREATE TABLE user_leases (
  cid $ID NOT NULL, user_id $ID NOT NULL, name $KEY(32) NOT NULL, token $KEY(36) NOT NULL, expires $ID NOT NULL,
  PRIMARY KEY (cid, user_id, name)) $TABLE;
)"};

}  // namespace gw::sql
