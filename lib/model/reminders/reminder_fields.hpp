// The field table of reminders. They have no column numbers: only objects are given out.
#pragma once

#include <span>

#include "model/field.hpp"
#include "model/reminders/reminder.hpp"

namespace gw::model::reminders {

/// Proof: tests/unit/lib/model/reminders/reminder_service_test.cpp.
std::span<const Field<Reminder>> reminder_fields();

}  // namespace gw::model::reminders
