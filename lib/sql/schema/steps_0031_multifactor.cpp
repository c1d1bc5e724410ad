// Step 31: the second factor. Source: spec settings section "multifactor"; RFC 6238 section 5.2.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// multifactor_devices: secret is sealed, of backup codes empty; last_step: of the last code that was taken,
// none of it or before it is taken again. multifactor_codes: backup codes that are left, as keyed digests.
// multifactor_attempts: wrong codes in a row; until next_try no code is looked at. sessions.factor: see
// session/session.hpp.
const SchemaStep kStepMultifactor{31, "multifactor", R"(
CREATE TABLE multifactor_devices (
  cid $ID NOT NULL, user_id $ID NOT NULL, id $KEY(36) NOT NULL, provider $KEY(32) NOT NULL, name $TEXT NOT NULL,
  is_enabled $INT NOT NULL, created $ID NOT NULL, secret $TEXT NOT NULL, last_step $ID NOT NULL,
  PRIMARY KEY (cid, user_id, id)) $TABLE;
CREATE TABLE multifactor_codes (
  cid $ID NOT NULL, user_id $ID NOT NULL, device $KEY(36) NOT NULL, digest $KEY(64) NOT NULL,
  PRIMARY KEY (cid, user_id, digest)) $TABLE;
CREATE TABLE multifactor_attempts (
  cid $ID NOT NULL, user_id $ID NOT NULL, failures $INT NOT NULL, next_try $ID NOT NULL,
  PRIMARY KEY (cid, user_id)) $TABLE;
ALTER TABLE sessions ADD COLUMN factor $INT NOT NULL DEFAULT 0;
)"};

}  // namespace gw::sql
