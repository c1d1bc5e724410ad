// Step 12: the file stores that a context names for itself, and files on their way from one to another.
// Source: spec infostore 12 "Registration"; design section 7.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// Rows name a file of store 7 by `7:<id of the store>`, and one of the server's own store by the id alone.
// The stores of a context are its own rows, so that they go with it to another database.
const SchemaStep kStepFileStores{12, "file stores", R"(
CREATE TABLE file_stores (
  cid $ID NOT NULL, number $ID NOT NULL, uri $TEXT NOT NULL, takes_new $INT NOT NULL,
  PRIMARY KEY (cid, number)) $KEYED;
CREATE TABLE file_moves (
  cid $ID NOT NULL, new_id $KEY(255) NOT NULL, owner $ID NOT NULL, old_id $TEXT NOT NULL, moved $ID NOT NULL,
  PRIMARY KEY (cid, new_id)) $KEYED;
)"};

}  // namespace gw::sql
