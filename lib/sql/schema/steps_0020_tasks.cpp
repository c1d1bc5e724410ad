// Step 20: tasks with their participants, and reminders. Source: spec tasks-reminders-attachments sections 1
// and 4.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// tasks: start_date, end_date: instants, or midnight UTC of days when full_time. Costs in hundredths.
// task_folders: where a task appears and for whom; user_id 0: in a public folder. is_home: the folder that
// the task itself lies in. last_modified is that of the task, so that pollers read one index.
// task_users: the internal participants, groups expanded. is_removed: he was, through a group or by name.
// reminders: module 4 task, 1 appointment; at most one of a user for an object.
const SchemaStep kStepTasks{20, "tasks", R"(
CREATE TABLE tasks (
  cid $ID NOT NULL, id $ID NOT NULL, created_by $ID NOT NULL, modified_by $ID NOT NULL,
  creation_date $ID NOT NULL, last_modified $ID NOT NULL, uid $KEY(255), categories $TEXT,
  private_flag $INT NOT NULL, color_label $INT NOT NULL, number_of_attachments $INT NOT NULL,
  newest_attachment $ID NOT NULL, number_of_participants $INT NOT NULL, search_fold $TEXT,
  title $TEXT, note $TEXT, start_date $ID, end_date $ID, full_time $INT NOT NULL, status $INT NOT NULL,
  percent_completed $INT NOT NULL, date_completed $ID NOT NULL, priority $INT, actual_costs $ID,
  actual_duration $TEXT, target_costs $ID, target_duration $TEXT, billing_information $TEXT, currency $TEXT,
  trip_meter $TEXT, companies $TEXT, recurrence_type $INT NOT NULL, recurrence_days $INT,
  recurrence_day_in_month $INT, recurrence_month $INT, recurrence_interval $INT, recurrence_until $ID,
  recurrence_occurrences $INT,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX tasks_creator ON tasks (cid, created_by);
CREATE INDEX tasks_uid ON tasks (cid, uid);
CREATE TABLE task_folders (
  cid $ID NOT NULL, task $ID NOT NULL, user_id $ID NOT NULL, folder $ID NOT NULL, is_home $INT NOT NULL,
  last_modified $ID NOT NULL,
  PRIMARY KEY (cid, task, user_id)) $KEYED;
CREATE INDEX task_folders_folder ON task_folders (cid, folder, last_modified);
CREATE INDEX task_folders_user ON task_folders (cid, user_id);
CREATE TABLE task_participants (
  cid $ID NOT NULL, task $ID NOT NULL, position $INT NOT NULL, type $INT NOT NULL, entity $ID NOT NULL,
  mail $TEXT, display_name $TEXT,
  PRIMARY KEY (cid, task, position)) $KEYED;
CREATE TABLE task_users (
  cid $ID NOT NULL, task $ID NOT NULL, user_id $ID NOT NULL, confirmation $INT NOT NULL, message $TEXT,
  is_removed $INT NOT NULL,
  PRIMARY KEY (cid, task, user_id)) $KEYED;
CREATE INDEX task_users_user ON task_users (cid, user_id);
CREATE TABLE reminders (
  cid $ID NOT NULL, id $ID NOT NULL, user_id $ID NOT NULL, module $INT NOT NULL, target $ID NOT NULL,
  folder $ID NOT NULL, alarm $ID NOT NULL, recurrence_position $INT NOT NULL, last_modified $ID NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE UNIQUE INDEX reminders_user ON reminders (cid, user_id, module, target);
CREATE INDEX reminders_target ON reminders (cid, module, target);
CREATE INDEX reminders_alarm ON reminders (cid, alarm);
)"};

}  // namespace gw::sql
