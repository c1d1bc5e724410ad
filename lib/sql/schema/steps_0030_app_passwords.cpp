// Step 30: passwords of one program each. Source: users p18.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// scope: what the password opens. digest: keyed, of context, user and password. last_used 0: never; address
// and client are those of the last use.
const SchemaStep kStepAppPasswords{30, "app passwords", R"(
CREATE TABLE app_passwords (
  cid $ID NOT NULL, user_id $ID NOT NULL, id $KEY(36) NOT NULL, scope $KEY(16) NOT NULL, name $TEXT NOT NULL,
  digest $KEY(64) NOT NULL, created $ID NOT NULL, last_used $ID NOT NULL, address $KEY(64) NOT NULL,
  client $TEXT NOT NULL,
  PRIMARY KEY (cid, user_id, id)) $TABLE;
)"};

}  // namespace gw::sql
