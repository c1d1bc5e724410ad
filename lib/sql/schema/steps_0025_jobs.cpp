// Step 25: work that one process of the cluster does for all, and which reminders went out by mail. Source:
// spec chronos section 9, users p25.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// job_leases: owner has the job until lease_until; next_run is when it is due again; progress is what the job
// keeps for its next run. alarm_ledger: one row for each due time of an event for a user, whichever of his
// alarms it was: outcome 0 open, 1 sent, 2 given up. An open one is nobody's once next_try has come.
// event_triggers_action: what is due now, over all contexts.
const SchemaStep kStepJobs{25, "jobs", R"(
CREATE TABLE job_leases (
  name $KEY(32) NOT NULL, owner $KEY(36) NOT NULL, lease_until $ID NOT NULL, next_run $ID NOT NULL,
  progress $KEY(100) NOT NULL,
  PRIMARY KEY (name)) $TABLE;
CREATE TABLE alarm_ledger (
  cid $ID NOT NULL, user_id $ID NOT NULL, event $ID NOT NULL, due_at $ID NOT NULL, outcome $INT NOT NULL,
  tries $INT NOT NULL, first_try $ID NOT NULL, next_try $ID NOT NULL, token $KEY(36) NOT NULL,
  message_id $KEY(64) NOT NULL,
  PRIMARY KEY (cid, user_id, event, due_at)) $TABLE;
CREATE INDEX alarm_ledger_age ON alarm_ledger (first_try);
CREATE INDEX event_triggers_action ON event_triggers (action, due_at);
)"};

}  // namespace gw::sql
