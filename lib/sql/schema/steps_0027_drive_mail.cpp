// Step 27: folders whose mail nobody has yet. Source: spec mail-compose section 6, step 5.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// user_id: of the sender. given_up: when the mail must have gone; a row that is there then is of one that was
// never sent, because its process died.
const SchemaStep kStepDriveMail{27, "drive mail", R"(
CREATE TABLE drive_mail_unsent (
  cid $ID NOT NULL, folder $ID NOT NULL, user_id $ID NOT NULL, given_up $ID NOT NULL,
  PRIMARY KEY (cid, folder)) $TABLE;
CREATE INDEX drive_mail_unsent_given_up ON drive_mail_unsent (given_up);
)"};

}  // namespace gw::sql
