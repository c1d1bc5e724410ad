// Steps 32 and 33: what provisioning keeps beside accounts, and answers that a repeated request gets again.
// Source: spec provisioning sections 1, 3, 5, 9 and 10.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// account_attributes: user_id 0 is the context itself. Names have a prefix each, see
// model/administration/account_attributes.hpp. administrators: of the whole installation.
const SchemaStep kStepProvisioning{32, "provisioning", R"(
CREATE TABLE account_attributes (
  cid $ID NOT NULL, user_id $ID NOT NULL, name $KEY(255) NOT NULL, value $TEXT NOT NULL,
  PRIMARY KEY (cid, user_id, name)) $TABLE;
CREATE TABLE administrators (
  login $KEY(128) NOT NULL, password $TEXT NOT NULL, changed $ID NOT NULL,
  PRIMARY KEY (login)) $TABLE;
CREATE TABLE server_names (
  id $ID NOT NULL, name $KEY(128) NOT NULL,
  PRIMARY KEY (id)) $TABLE;
CREATE UNIQUE INDEX server_names_name ON server_names (name);
CREATE TABLE maintenance_reasons (
  id $ID NOT NULL, reason $TEXT NOT NULL,
  PRIMARY KEY (id)) $TABLE;
CREATE TABLE registered_stores (
  id $ID NOT NULL, uri $KEY(255) NOT NULL, size $ID NOT NULL, max_contexts $ID NOT NULL,
  PRIMARY KEY (id)) $TABLE;
CREATE UNIQUE INDEX registered_stores_uri ON registered_stores (uri);
)"};

// subject: digest of who asked for what under which key; request: digest of what was sent. status 0: the
// first request is still being worked on.
const SchemaStep kStepProvisioningAnswers{33, "provisioning answers", R"(
CREATE TABLE provisioning_answers (
  subject $KEY(64) NOT NULL, request $KEY(64) NOT NULL, status $INT NOT NULL, body $TEXT NOT NULL,
  made $ID NOT NULL,
  PRIMARY KEY (subject)) $TABLE;
CREATE INDEX provisioning_answers_made ON provisioning_answers (made);
)"};

}  // namespace gw::sql
