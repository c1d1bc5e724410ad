// Step 26: updates and searches of calendars read by indexes, and tell nothing of what is private. Source:
// spec chronos sections 6 and 7.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// search_fold: all texts that events are searched by, folded; attachments.filename_fold: the name in that
// form, NULL in rows of before. event_attendees_stamp: what changed for a user, over all his calendars.
// private_tombstones: an object left a folder, or was taken from a user; only whoever knew of it has a row.
const SchemaStep kStepCalendarReading{26, "calendar reading", R"(
ALTER TABLE events RENAME COLUMN summary_fold TO search_fold;
ALTER TABLE attachments ADD COLUMN filename_fold $TEXT;
CREATE INDEX event_attendees_stamp ON event_attendees (cid, kind, entity, stamp);
CREATE TABLE private_tombstones (
  cid $ID NOT NULL, user_id $ID NOT NULL, module $INT NOT NULL, folder $ID NOT NULL, object $ID NOT NULL,
  stamp $ID NOT NULL,
  PRIMARY KEY (cid, module, folder, object, user_id)) $KEYED;
CREATE INDEX private_tombstones_stamp ON private_tombstones (cid, user_id, module, stamp);
)"};

}  // namespace gw::sql
