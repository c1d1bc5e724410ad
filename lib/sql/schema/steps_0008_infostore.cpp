// Step 8: files, their versions, locks, shares, dead properties and the space they take. Source: spec
// infostore.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// title and filename of the current version stand in infostore_items too: lists, name checks and DAV look-ups
// are one index read. Version 0 is the item's metadata without a file.
const SchemaStep kStepInfostore{8, "infostore", R"(
CREATE TABLE infostore_items (
  cid $ID NOT NULL, id $ID NOT NULL, folder_id $ID NOT NULL, created_by $ID NOT NULL, modified_by $ID NOT NULL,
  creation_date $ID NOT NULL, last_modified $ID NOT NULL, categories $TEXT, color_label $INT NOT NULL, meta $TEXT,
  current_version $ID NOT NULL, number_of_versions $ID NOT NULL, highest_version $ID NOT NULL, origin $TEXT,
  title $TEXT, filename $KEY(255), search_fold $TEXT,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX infostore_items_folder ON infostore_items (cid, folder_id, last_modified);
CREATE INDEX infostore_items_name ON infostore_items (cid, folder_id, filename);
CREATE INDEX infostore_items_creator ON infostore_items (cid, created_by);
CREATE TABLE infostore_versions (
  cid $ID NOT NULL, item $ID NOT NULL, version $ID NOT NULL, title $TEXT, url $TEXT, filename $TEXT, file_mimetype $TEXT,
  file_size $ID NOT NULL, description $TEXT, version_comment $TEXT, file_md5sum $TEXT, file_id $TEXT,
  file_owner $ID NOT NULL, created_by $ID NOT NULL, created $ID NOT NULL,
  PRIMARY KEY (cid, item, version)) $KEYED;
CREATE TABLE infostore_locks (
  cid $ID NOT NULL, token $KEY(128) NOT NULL, folder $ID NOT NULL, item $ID NOT NULL, owner $ID NOT NULL, owner_xml $TEXT,
  is_shared $INT NOT NULL, is_deep $INT NOT NULL, valid_until $ID NOT NULL,
  PRIMARY KEY (cid, token)) $KEYED;
CREATE INDEX infostore_locks_item ON infostore_locks (cid, item, valid_until);
CREATE TABLE infostore_object_permissions (
  cid $ID NOT NULL, item $ID NOT NULL, is_group $INT NOT NULL, entity $ID NOT NULL, bits $INT NOT NULL,
  granted_by $ID NOT NULL,
  PRIMARY KEY (cid, item, is_group, entity)) $KEYED;
CREATE INDEX infostore_object_permissions_entity ON infostore_object_permissions (cid, is_group, entity);
CREATE INDEX infostore_object_permissions_granter ON infostore_object_permissions (cid, granted_by);
CREATE TABLE infostore_properties (
  cid $ID NOT NULL, folder $ID NOT NULL, item $ID NOT NULL, namespace $KEY(255) NOT NULL, name $KEY(255) NOT NULL,
  value $TEXT NOT NULL,
  PRIMARY KEY (cid, folder, item, namespace, name)) $KEYED;
CREATE TABLE file_usage (
  cid $ID NOT NULL, owner $ID NOT NULL, bytes $ID NOT NULL,
  PRIMARY KEY (cid, owner)) $KEYED;
)"};

}  // namespace gw::sql
