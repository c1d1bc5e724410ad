// Tasks as VTODO and back: the few properties that both know. Participants, recurrence and files do not
// travel. Source: spec tasks-reminders-attachments section 3.
#pragma once

#include <vector>

#include "formats/ical/calendar_object.hpp"
#include "formats/ical/zone_resolver.hpp"
#include "model/tasks/task.hpp"

namespace gw::formats::ical {

/// Times are written in UTC. The alarm is the reader's own.
Component todo_of_task(const model::tasks::Task& task);

/// What a VTODO says. `columns` are the API columns that it gave a value for.
struct TaskOfTodo {
  model::tasks::Task task;
  std::vector<int> columns;
};
/// A relative alarm counts from the start, or with RELATED=END from the end; the first one that displays
/// wins.
TaskOfTodo task_of_todo(const Item& item, ZoneResolver& zones, std::vector<Warning>& warnings);

}  // namespace gw::formats::ical
