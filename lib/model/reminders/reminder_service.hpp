// Reminders of the caller: what is due, put off, dismissed. They are made and moved by the modules whose
// objects they belong to (alarms.hpp). Source: spec tasks-reminders-attachments section 4.
#pragma once

#include <span>
#include <vector>

#include "core/error.hpp"
#include "model/reminders/reminder.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::reminders {

struct ReminderList {
  std::vector<Reminder> items;  ///< by time; server_time is filled in
  Millis timestamp;             ///< greatest last change among them; without any the context's last stamp
};

/// Those due until `end`. `modules`: numbers of the API; empty: all. Reminders of what the caller cannot read
/// any more are left out. Cost: one query, and one look-up of the targets per module; of appointments at most
/// 1,000.
ReminderList list_due(UnitOfWork& work, Millis end, std::span<const std::int64_t> modules);
/// Those that changed after `since`, for old clients; the deleted ones are not told.
ReminderList list_changed(UnitOfWork& work, Millis since);

struct Dismissed {
  std::vector<ObjectId> kept;  ///< there is no such reminder of the caller
  Millis timestamp;
};
/// One that is gone already is no error. Of a series of appointments the next occurrence follows.
Dismissed dismiss(UnitOfWork& work, std::span<const ObjectId> ids);

/// Puts it off; of an appointment the answer has another id. Errors: REM-0009.
Reminder remind_again(UnitOfWork& work, ObjectId id, Millis alarm);

}  // namespace gw::model::reminders
