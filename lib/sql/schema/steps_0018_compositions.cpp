// Step 18: mails that somebody writes at the moment, and their files. Source: spec mail-compose sections 1
// and 4.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// message: the members that the client may change, as JSON. meta: what the mail is, and which mails it comes
// from. send_token, send_until: who sends it; 0: nobody. message_id: of the mail, once sending was tried.
// Attachments are listed by position, which grows. source: the part of a mail that it was taken from.
const SchemaStep kStepCompositions{18, "compositions", R"(
CREATE TABLE composition_spaces (
  cid $ID NOT NULL, id $KEY(32) NOT NULL, user_id $ID NOT NULL, created $ID NOT NULL, changed $ID NOT NULL,
  message $TEXT NOT NULL, meta $TEXT NOT NULL, send_token $KEY(36) NOT NULL, send_until $ID NOT NULL,
  message_id $TEXT NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX composition_spaces_user ON composition_spaces (cid, user_id, changed);
CREATE INDEX composition_spaces_changed ON composition_spaces (changed);
CREATE TABLE composition_attachments (
  cid $ID NOT NULL, space $KEY(32) NOT NULL, id $KEY(32) NOT NULL, user_id $ID NOT NULL, position $ID NOT NULL,
  name $TEXT NOT NULL, mimetype $TEXT NOT NULL, content_id $TEXT NOT NULL, is_inline $INT NOT NULL,
  origin $KEY(16) NOT NULL, source $TEXT NOT NULL, file_id $KEY(255) NOT NULL, file_size $ID NOT NULL,
  PRIMARY KEY (cid, space, id)) $TABLE;
CREATE INDEX composition_attachments_file ON composition_attachments (cid, file_id);
)"};

}  // namespace gw::sql
