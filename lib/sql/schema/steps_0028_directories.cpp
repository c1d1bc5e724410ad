// Steps 29 and 30: what came from a directory, and how its last import went. Source: spec
// ldap-and-subscriptions section 6, users p24.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// directory_objects: kind 1 user, 2 group, 3 resource, 4 contact, 5 folder of contacts; uuid is the immutable
// id; user_id is object_id for users, else 0. state 0 present, 1 disabled in the directory, 2 gone from it;
// since is when that began (ms UTC). mark changes with every change of the entry, digest with those of the
// values that are taken. dn is normalised.
const SchemaStep kStepDirectories{28, "directories", R"(
CREATE TABLE directory_objects (
  cid $ID NOT NULL, directory $KEY(32) NOT NULL, kind $INT NOT NULL, uuid $KEY(64) NOT NULL, object_id $ID NOT NULL,
  user_id $ID NOT NULL, state $INT NOT NULL, since $ID NOT NULL, mark $KEY(128) NOT NULL, digest $KEY(64) NOT NULL,
  dn $TEXT NOT NULL,
  PRIMARY KEY (cid, directory, kind, uuid)) $TABLE;
CREATE UNIQUE INDEX directory_objects_object ON directory_objects (cid, kind, object_id);
CREATE INDEX directory_objects_user ON directory_objects (cid, user_id);
)"};

// report is JSON (docs/directory.md).
const SchemaStep kStepDirectoryRuns{29, "directory runs", R"(
CREATE TABLE directory_runs (
  cid $ID NOT NULL, directory $KEY(32) NOT NULL, started $ID NOT NULL, ended $ID NOT NULL, outcome $KEY(16) NOT NULL,
  report $TEXT NOT NULL,
  PRIMARY KEY (cid, directory)) $TABLE;
)"};

}  // namespace gw::sql
