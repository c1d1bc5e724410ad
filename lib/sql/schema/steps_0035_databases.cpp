// Step 35: further databases of the installation, and which contexts lie in them. Source: spec provisioning
// section 9.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// registered_databases is read in the home database only. url: sealed, as it holds a password; empty: a
// number that was given back, which is not used again. contexts.database_id: 0 where the data of the context
// are in this very database; in the home database the number of the one that has them. contexts.store_id: of
// contexts elsewhere, the registered file store that they were given, or 0.
const SchemaStep kStepDatabases{35, "databases", R"(
CREATE TABLE registered_databases (
  id $ID NOT NULL, name $KEY(128) NOT NULL, url $TEXT NOT NULL, max_units $ID NOT NULL, pool_max $ID NOT NULL,
  PRIMARY KEY (id)) $TABLE;
CREATE UNIQUE INDEX registered_databases_name ON registered_databases (name);
ALTER TABLE contexts ADD COLUMN database_id $ID NOT NULL DEFAULT 0;
ALTER TABLE contexts ADD COLUMN store_id $ID NOT NULL DEFAULT 0;
)"};

}  // namespace gw::sql
