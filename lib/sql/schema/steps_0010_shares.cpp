// Step 10: guests and links. A guest is a row of users; what makes him one is here. Source: spec settings
// section "share and guests".
#include "sql/schema/steps.hpp"

namespace gw::sql {

// token_hash finds a share and opens nothing; sealed_token shows the link again to whoever may share.
// folder and item are the one target of a link; 0 for named guests, whose targets are their permissions.
// The last statement: guests see the view "Shared files" (folder 10), where single files are found.
const SchemaStep kStepShares{10, "shares", R"(
CREATE TABLE shares (
  cid $ID NOT NULL, user_id $ID NOT NULL, is_link $INT NOT NULL, token_hash $KEY(64) NOT NULL,
  sealed_token $KEY(255) NOT NULL, mail_fold $KEY(255), module $INT NOT NULL, folder $ID NOT NULL, item $ID NOT NULL,
  with_subfolders $INT NOT NULL, meta $TEXT, created_by $ID NOT NULL, created $ID NOT NULL,
  last_modified $ID NOT NULL, last_use $ID NOT NULL,
  PRIMARY KEY (cid, user_id)) $TABLE;
CREATE UNIQUE INDEX shares_token ON shares (cid, token_hash);
CREATE INDEX shares_mail ON shares (cid, mail_fold);
CREATE INDEX shares_target ON shares (cid, folder, item);
CREATE INDEX shares_creator ON shares (cid, created_by);
ALTER TABLE users ADD COLUMN expires $ID NOT NULL DEFAULT 0;
CREATE INDEX users_expires ON users (expires);
ALTER TABLE sessions ADD COLUMN is_guest $INT NOT NULL DEFAULT 0;
INSERT INTO folder_permissions (cid,folder,is_group,entity,bits)
  SELECT f.cid,10,1,2147483647,1 FROM folders f WHERE f.id=10 AND NOT EXISTS (SELECT 1 FROM folder_permissions p
  WHERE p.cid=f.cid AND p.folder=10 AND p.is_group=1 AND p.entity=2147483647);
)"};

}  // namespace gw::sql
