// Step 4: folders and their permissions. Source: spec folders.
#include "sql/schema/steps.hpp"

namespace gw::sql {

const SchemaStep kStepFolders{4, "folders", R"(
CREATE TABLE folders (
  cid $ID NOT NULL, id $ID NOT NULL, parent $ID NOT NULL, module $INT NOT NULL, type $INT NOT NULL,
  title $TEXT NOT NULL, title_fold $KEY(255) NOT NULL, owner $ID NOT NULL, default_kind $INT NOT NULL,
  subscribed $INT NOT NULL, meta $TEXT, origin $TEXT, created_by $ID NOT NULL, modified_by $ID NOT NULL,
  created $ID NOT NULL, last_modified $ID NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX folders_parent ON folders (cid, parent, title_fold);
CREATE INDEX folders_stamp ON folders (cid, last_modified);
CREATE INDEX folders_owner ON folders (cid, owner);
CREATE TABLE folder_permissions (
  cid $ID NOT NULL, folder $ID NOT NULL, is_group $INT NOT NULL, entity $ID NOT NULL, bits $ID NOT NULL,
  PRIMARY KEY (cid, folder, is_group, entity)) $KEYED;
CREATE INDEX folder_permissions_entity ON folder_permissions (cid, is_group, entity);
CREATE TABLE folder_subscriptions (
  cid $ID NOT NULL, user_id $ID NOT NULL, folder $ID NOT NULL, subscribed $INT NOT NULL, last_modified $ID NOT NULL,
  PRIMARY KEY (cid, user_id, folder)) $KEYED;
)"};

}  // namespace gw::sql
