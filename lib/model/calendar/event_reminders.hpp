// Alarms of events as reminders of the module `reminder`, for clients that do not know chronos. Source: spec
// tasks-reminders-attachments section 4.
#pragma once

#include "model/reminders/reminder_parent.hpp"

namespace gw::model::calendar {

/// A reminder is an alarm of kind DISPLAY or AUDIO that is due, and has its id: one that is put off is
/// another alarm, with an id of its own. Of a series it is the next occurrence; dismissing it acknowledges
/// this one, even before its time.
const reminders::ReminderSource& event_reminder_source();

}  // namespace gw::model::calendar
