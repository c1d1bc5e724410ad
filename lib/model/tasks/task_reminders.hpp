// Tasks as objects that people are reminded of.
#pragma once

#include "model/reminders/reminder_parent.hpp"

namespace gw::model::tasks {

/// Lives as long as the process.
const reminders::ReminderParent& task_reminder_parent();

}  // namespace gw::model::tasks
