// Steps 1-3: contexts, the change sequence, users, groups, resources. Never edit a step that was released.
#include "sql/schema/steps.hpp"

namespace gw::sql {

const SchemaStep kStepContexts{1, "contexts", R"(
CREATE TABLE contexts (
  cid $ID NOT NULL, name $KEY(128) NOT NULL, enabled $INT NOT NULL, admin $ID NOT NULL,
  database_url $TEXT, file_store $TEXT, file_quota $ID NOT NULL, created $ID NOT NULL,
  PRIMARY KEY (cid)) $TABLE;
CREATE UNIQUE INDEX contexts_name ON contexts (name);
CREATE TABLE context_mappings (
  mapping $KEY(128) NOT NULL, cid $ID NOT NULL,
  PRIMARY KEY (mapping)) $TABLE;
CREATE TABLE context_sequence (
  cid $ID NOT NULL, last_stamp $ID NOT NULL, next_id $ID NOT NULL, account_stamp $ID NOT NULL,
  folder_stamp $ID NOT NULL, tombstone_horizon $ID NOT NULL, next_user_id $ID NOT NULL DEFAULT 2,
  PRIMARY KEY (cid)) $KEYED;
CREATE TABLE tombstones (
  cid $ID NOT NULL, module $INT NOT NULL, folder $ID NOT NULL, object $ID NOT NULL, stamp $ID NOT NULL,
  PRIMARY KEY (cid, module, folder, object)) $KEYED;
CREATE INDEX tombstones_stamp ON tombstones (cid, module, folder, stamp);
CREATE TABLE server_secrets (
  name $KEY(64) NOT NULL, secret $TEXT NOT NULL,
  PRIMARY KEY (name)) $TABLE;
)"};

const SchemaStep kStepUsers{2, "users", R"(
CREATE TABLE users (
  cid $ID NOT NULL, id $ID NOT NULL, login $KEY(128) NOT NULL, enabled $INT NOT NULL, modules $ID NOT NULL,
  locale $KEY(16) NOT NULL, timezone $KEY(64) NOT NULL, mail $TEXT NOT NULL, display_name $TEXT NOT NULL,
  contact_id $ID NOT NULL, guest_created_by $ID NOT NULL, password $TEXT, password_changed $ID NOT NULL,
  calendar_folder $ID NOT NULL, contacts_folder $ID NOT NULL, tasks_folder $ID NOT NULL,
  infostore_folder $ID NOT NULL, infostore_trash $ID NOT NULL, collected_folder $ID NOT NULL,
  file_quota $ID NOT NULL, imap_login $TEXT, created $ID NOT NULL, last_modified $ID NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE UNIQUE INDEX users_login ON users (cid, login);
CREATE TABLE user_aliases (
  cid $ID NOT NULL, user_id $ID NOT NULL, alias $KEY(255) NOT NULL,
  PRIMARY KEY (cid, user_id, alias)) $KEYED;
CREATE INDEX user_aliases_alias ON user_aliases (cid, alias);
CREATE TABLE user_attributes (
  cid $ID NOT NULL, user_id $ID NOT NULL, name $KEY(128) NOT NULL, value $TEXT NOT NULL,
  PRIMARY KEY (cid, user_id, name)) $TABLE;
)"};

const SchemaStep kStepGroups{3, "groups_and_resources", R"(
CREATE TABLE user_groups (
  cid $ID NOT NULL, id $ID NOT NULL, name $KEY(128) NOT NULL, display_name $KEY(255) NOT NULL, last_modified $ID NOT NULL,
  created $ID NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE UNIQUE INDEX user_groups_name ON user_groups (cid, name);
CREATE TABLE group_members (
  cid $ID NOT NULL, group_id $ID NOT NULL, user_id $ID NOT NULL,
  PRIMARY KEY (cid, group_id, user_id)) $KEYED;
CREATE INDEX group_members_user ON group_members (cid, user_id);
CREATE TABLE resources (
  cid $ID NOT NULL, id $ID NOT NULL, name $KEY(128) NOT NULL, display_name $KEY(255) NOT NULL, mail $KEY(255) NOT NULL,
  available $INT NOT NULL, description $TEXT, last_modified $ID NOT NULL, created $ID NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE UNIQUE INDEX resources_name ON resources (cid, name);
CREATE UNIQUE INDEX resources_mail ON resources (cid, mail);
)"};

}  // namespace gw::sql
