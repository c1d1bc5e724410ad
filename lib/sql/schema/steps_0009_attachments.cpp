// Step 9: files bound to objects, and files that clients only park here. Source: spec
// tasks-reminders-attachments section 5; http-api.json, module file.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// The folder is the object's own, so it stands there alone: an object that is moved keeps its files.
const SchemaStep kStepAttachments{9, "attachments", R"(
CREATE TABLE attachments (
  cid $ID NOT NULL, id $ID NOT NULL, module $INT NOT NULL, object $ID NOT NULL, created_by $ID NOT NULL,
  creation_date $ID NOT NULL, filename $TEXT NOT NULL, file_size $ID NOT NULL, file_mimetype $TEXT NOT NULL,
  rtf_flag $INT NOT NULL, file_id $TEXT NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX attachments_object ON attachments (cid, module, object);
CREATE INDEX attachments_creator ON attachments (cid, created_by);
CREATE TABLE managed_files (
  cid $ID NOT NULL, id $KEY(32) NOT NULL, user_id $ID NOT NULL, valid_until $ID NOT NULL, filename $TEXT NOT NULL,
  file_size $ID NOT NULL, file_mimetype $TEXT NOT NULL, file_id $TEXT NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX managed_files_end ON managed_files (cid, valid_until);
)"};

}  // namespace gw::sql
