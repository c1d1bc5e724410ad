// The list of the modules whose objects have reminders.
#include "model/calendar/event_reminders.hpp"
#include "model/reminders/reminder_parent.hpp"
#include "model/tasks/task_reminders.hpp"

namespace gw::model::reminders {

const ReminderParent* find_parent(std::int64_t module) {
  const ReminderParent& tasks = tasks::task_reminder_parent();
  return static_cast<std::int64_t>(tasks.module()) == module ? &tasks : nullptr;
}

std::array<const ReminderSource*, 1> reminder_sources() { return {&calendar::event_reminder_source()}; }

}  // namespace gw::model::reminders
