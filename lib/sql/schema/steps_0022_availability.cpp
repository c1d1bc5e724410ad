// Step 22: when users can be reached at all. Source: spec chronos section 13.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// start_time, end_time: local time with its zone, as model/calendar/event_time writes it.
const SchemaStep kStepAvailability{22, "available times", R"(
CREATE TABLE available_times (
  cid $ID NOT NULL, user_id $ID NOT NULL, id $ID NOT NULL, uid $KEY(255) NOT NULL, start_time $KEY(100) NOT NULL,
  end_time $KEY(100) NOT NULL, rrule $TEXT, created $ID NOT NULL, modified $ID NOT NULL,
  PRIMARY KEY (cid, user_id, id)) $TABLE;
)"};

}  // namespace gw::sql
