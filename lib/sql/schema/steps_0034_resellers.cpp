// Step 34: resellers, what they may have at most, and which contexts are theirs. Source: spec provisioning
// sections 1 and 3.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// resellers: parent_id 0 is one of the installation. Its row is the guard of all sums of that reseller.
// reseller_restrictions: modules are the rights of the combination that a name ends with; 0 without.
// reseller_contexts, reseller_users: of contexts that belong to a reseller; they lie in the home database, so
// their column is no `cid`. quota: bytes, as the context has it. is_admin 1: the administrator of the
// context.
const SchemaStep kStepResellers{34, "resellers", R"(
CREATE TABLE resellers (
  id $ID NOT NULL, parent_id $ID NOT NULL, login $KEY(128) NOT NULL, display_name $KEY(255) NOT NULL,
  password $TEXT NOT NULL, changed $ID NOT NULL,
  PRIMARY KEY (id)) $TABLE;
CREATE UNIQUE INDEX resellers_login ON resellers (login);
CREATE INDEX resellers_parent ON resellers (parent_id, id);
CREATE TABLE reseller_restrictions (
  reseller_id $ID NOT NULL, name $KEY(255) NOT NULL, value $ID NOT NULL, modules $ID NOT NULL,
  PRIMARY KEY (reseller_id, name)) $TABLE;
CREATE TABLE reseller_contexts (
  context_id $ID NOT NULL, reseller_id $ID NOT NULL, quota $ID NOT NULL,
  PRIMARY KEY (context_id)) $TABLE;
CREATE INDEX reseller_contexts_owner ON reseller_contexts (reseller_id, context_id);
CREATE TABLE reseller_users (
  context_id $ID NOT NULL, modules $ID NOT NULL, is_admin $INT NOT NULL, users $ID NOT NULL,
  PRIMARY KEY (context_id, modules, is_admin)) $TABLE;
)"};

}  // namespace gw::sql
