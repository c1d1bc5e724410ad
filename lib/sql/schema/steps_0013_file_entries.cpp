// Step 13: size and type of the current version beside its name, so that a list of a folder for a network
// drive reads one table. Source: spec dav 2, "Tree".
#include "sql/schema/steps.hpp"

namespace gw::sql {

const SchemaStep kStepFileEntries{13, "file entries", R"(
ALTER TABLE infostore_items ADD COLUMN file_size $ID NOT NULL DEFAULT 0;
ALTER TABLE infostore_items ADD COLUMN file_mimetype $TEXT;
UPDATE infostore_items SET
  file_size=COALESCE((SELECT v.file_size FROM infostore_versions v WHERE v.cid=infostore_items.cid AND
    v.item=infostore_items.id AND v.version=infostore_items.current_version),0),
  file_mimetype=(SELECT v.file_mimetype FROM infostore_versions v WHERE v.cid=infostore_items.cid AND
    v.item=infostore_items.id AND v.version=infostore_items.current_version);
)"};

}  // namespace gw::sql
