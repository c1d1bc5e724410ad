// A task as the API knows it: a plain struct, one member per field. Rules: task_service.hpp; table:
// task_fields.hpp. Source: spec tasks-reminders-attachments section 1, columns 1, 3 and 4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace gw::model::tasks {

using Text = std::optional<std::string>;
using Number = std::optional<std::int64_t>;

/// Numbers of the API, which are stored.
enum class ParticipantType : int { User = 1, Group = 2, External = 5 };
enum class Status : std::int64_t { NotStarted = 1, InProgress = 2, Done = 3, Waiting = 4, Deferred = 5 };

/// What a client named: a user, a group as a whole, or somebody outside by his mail address.
struct Participant {
  ParticipantType type = ParticipantType::User;
  std::int64_t id = 0;  ///< 0 for somebody outside
  Text mail;
  Text display_name;  ///< of somebody outside
  bool operator==(const Participant&) const = default;
};

/// One internal participant, groups expanded.
struct TaskUser {
  std::int64_t id = 0;
  Text display_name;  ///< filled by reading
  std::int64_t confirmation = 0;
  Text message;
  /// He was a participant, and no more: his group does not bring him back.
  bool is_removed = false;
};

/// Where a task appears and for whom.
struct Place {
  UserId user;  ///< 0 in a public folder
  FolderId folder;
  bool is_home = false;  ///< the task itself lies here; else it is shown to a participant
  bool operator==(const Place&) const = default;
};

/// Absent text means "no value"; the empty string is never stored. Ids are plain numbers because the field
/// table binds them.
struct Task {
  std::int64_t id = 0;
  /// The folder that it was read through: each participant sees it in his own.
  std::int64_t folder_id = 0;
  bool is_home = true;  ///< of that folder, as Place says
  std::int64_t created_by = 0;
  std::int64_t modified_by = 0;
  Millis creation_date;
  Millis last_modified;
  Text uid;
  Text categories;
  bool private_flag = false;
  std::int64_t color_label = 0;
  std::int64_t number_of_attachments = 0;
  Millis newest_attachment;
  Text title;
  Text note;
  /// With `full_time` midnight UTC of the first and the last day, else instants. Units: ms.
  Number start;
  Number due;
  bool full_time = false;
  Millis alarm;  ///< the reader's own; 0 = none. Kept by model/reminders
  std::int64_t status = 1;
  std::int64_t percent_completed = 0;
  Millis date_completed;
  Number priority;
  Number actual_costs;  ///< hundredths
  Number target_costs;  ///< hundredths
  Text actual_duration;
  Text target_duration;
  Text billing_information;
  Text currency;
  Text trip_meter;
  Text companies;
  std::int64_t recurrence_type = 0;
  Number days;
  Number day_in_month;
  Number month;
  Number interval;
  std::optional<Date> until;
  Number occurrences;
  /// Of both lists together; tells whether there is something to read.
  std::int64_t number_of_participants = 0;
  std::vector<Participant> participants;
  std::vector<TaskUser> users;
};

}  // namespace gw::model::tasks
