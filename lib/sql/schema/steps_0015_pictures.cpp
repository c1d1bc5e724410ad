// Step 15: what is told of files that are pictures. Versions stored before it have none of it. Source: spec
// infostore 2, "media members".
#include "sql/schema/steps.hpp"

namespace gw::sql {

const SchemaStep kStepPictures{15, "pictures", R"(
ALTER TABLE infostore_versions ADD COLUMN width $ID NOT NULL DEFAULT 0;
ALTER TABLE infostore_versions ADD COLUMN height $ID NOT NULL DEFAULT 0;
ALTER TABLE infostore_versions ADD COLUMN capture_date $ID NOT NULL DEFAULT 0;
ALTER TABLE infostore_versions ADD COLUMN camera_iso_speed $ID NOT NULL DEFAULT 0;
ALTER TABLE infostore_versions ADD COLUMN camera_model $TEXT;
)"};

}  // namespace gw::sql
