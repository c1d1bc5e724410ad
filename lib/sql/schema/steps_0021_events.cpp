// Step 21: events of calendars, who takes part, alarms, and what is booked. Source: spec chronos, calendar.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// Local times with their zones are the truth (start_local, end_local: seconds on the wall); range_from and
// range_until are an index of instants made from them with the zone data of `tzdata`. is_long: the range
// spans more than eight days, so that a range of short ones is bounded on both sides. folder_id 0: the
// folders of the attendees count; their rows repeat range and stamp, for the lists of one user. kind: 0
// outside, 1 user, 2 group, 3 resource. resource_guards: whoever books a resource writes its row first.
const SchemaStep kStepEvents{21, "events", R"(
CREATE TABLE events (
  cid $ID NOT NULL, id $ID NOT NULL, folder_id $ID NOT NULL, series_id $ID NOT NULL, recurrence_id $KEY(100),
  uid $KEY(760) NOT NULL, filename $KEY(255), calendar_user $ID NOT NULL, created_by $ID NOT NULL,
  modified_by $ID NOT NULL, created $ID NOT NULL, last_modified $ID NOT NULL, stamp $ID NOT NULL,
  sequence_number $ID NOT NULL, start_kind $INT NOT NULL, start_local $ID NOT NULL, start_zone $KEY(64) NOT NULL,
  end_kind $INT NOT NULL, end_local $ID NOT NULL, end_zone $KEY(64) NOT NULL, range_from $ID NOT NULL,
  range_until $ID NOT NULL, is_long $INT NOT NULL, last_hit $ID, tzdata $KEY(32) NOT NULL, rrule $TEXT,
  recurrence_dates $TEXT, delete_exceptions $TEXT, summary $TEXT, summary_fold $TEXT, location $TEXT,
  description $TEXT, color $KEY(64), url $TEXT, categories $TEXT, geo $KEY(64), classification $INT NOT NULL,
  event_status $INT NOT NULL, is_transparent $INT NOT NULL, attendees_may_modify $INT NOT NULL,
  organizer_entity $ID, organizer_uri $TEXT, organizer_cn $TEXT, organizer_email $TEXT,
  organizer_sent_by $ID NOT NULL, organizer_sent_by_uri $TEXT, related_to $TEXT, extended $TEXT,
  number_of_attachments $INT NOT NULL, newest_attachment $ID NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX events_range ON events (cid, folder_id, is_long, range_until, range_from);
CREATE INDEX events_stamp ON events (cid, folder_id, stamp);
CREATE UNIQUE INDEX events_series ON events (cid, series_id, recurrence_id);
CREATE INDEX events_uid ON events (cid, uid);
CREATE TABLE event_attendees (
  cid $ID NOT NULL, event $ID NOT NULL, position $INT NOT NULL, kind $INT NOT NULL, entity $ID NOT NULL,
  folder_id $ID NOT NULL, is_hidden $INT NOT NULL, part_stat $INT NOT NULL, is_transparent $INT,
  range_from $ID NOT NULL, range_until $ID NOT NULL, is_long $INT NOT NULL, stamp $ID NOT NULL,
  cu_type $INT NOT NULL, attendee_role $INT NOT NULL, uri $TEXT, cn $TEXT, email $TEXT, sent_by_entity $ID NOT NULL,
  sent_by_uri $TEXT, comment $TEXT, rsvp $INT, member_of $TEXT, parameters $TEXT,
  PRIMARY KEY (cid, event, position)) $KEYED;
CREATE INDEX event_attendees_range ON event_attendees (cid, kind, entity, is_long, range_until, range_from);
CREATE INDEX event_attendees_status ON event_attendees (cid, kind, entity, part_stat, range_until);
CREATE INDEX event_attendees_folder ON event_attendees (cid, folder_id, stamp);
CREATE TABLE event_alarms (
  cid $ID NOT NULL, id $ID NOT NULL, event $ID NOT NULL, user_id $ID NOT NULL, uid $KEY(255) NOT NULL,
  action $KEY(64) NOT NULL, offset_seconds $ID, is_related_to_end $INT NOT NULL, fixed_at $ID, acknowledged $ID,
  related_uid $KEY(255) NOT NULL, description $TEXT, summary $TEXT, attendees $TEXT, rest $TEXT,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX event_alarms_event ON event_alarms (cid, event, user_id);
CREATE TABLE event_triggers (
  cid $ID NOT NULL, user_id $ID NOT NULL, alarm $ID NOT NULL, event $ID NOT NULL, recurrence_id $KEY(100) NOT NULL,
  due_at $ID NOT NULL, action $KEY(64) NOT NULL, folder_id $ID NOT NULL,
  PRIMARY KEY (cid, user_id, alarm)) $KEYED;
CREATE INDEX event_triggers_due ON event_triggers (cid, user_id, due_at);
CREATE INDEX event_triggers_event ON event_triggers (cid, event);
CREATE TABLE event_originals (
  cid $ID NOT NULL, event $ID NOT NULL, content $BLOB NOT NULL,
  PRIMARY KEY (cid, event)) $TABLE;
CREATE TABLE resource_guards (
  cid $ID NOT NULL, resource $ID NOT NULL, stamp $ID NOT NULL,
  PRIMARY KEY (cid, resource)) $KEYED;
)"};

}  // namespace gw::sql
