// What mails tell of a task: as it was when somebody did something with it. Source: spec
// tasks-reminders-attachments section 1 (notification), settings (modules/tasks).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "model/calendar/event_data.hpp"
#include "model/tasks/task.hpp"

namespace gw::model::scheduling {

/// Stored in the outbox: never renumber.
enum class TaskChange { New = 0, Changed = 1, Deleted = 2, Confirmed = 3 };

/// People named in a mail; the others are not.
inline constexpr std::size_t kMostTaskPeople = 50;

struct TaskNotice {
  TaskChange change = TaskChange::New;
  std::int64_t id = 0;
  std::string uid, title, note;
  std::int64_t created_by = 0;
  tasks::Number start, due, priority;
  bool full_time = false;
  std::int64_t status = 1, percent_completed = 0;
  /// Users by their number alone; people elsewhere by address and name.
  std::vector<calendar::CalendarUser> people;
  /// Of Confirmed: what whoever acts has said.
  std::int64_t confirmation = 0;
  std::string message;
};

TaskNotice make_notice(TaskChange change, const tasks::Task& task);
/// Who takes part: users, and addresses elsewhere.
std::vector<calendar::CalendarUser> people_of(const tasks::Task& task);

Json write_notice(const TaskNotice& notice);
/// What write_notice wrote. Members that are missing or of another kind keep their defaults.
TaskNotice read_notice(const Json& json);

}  // namespace gw::model::scheduling
