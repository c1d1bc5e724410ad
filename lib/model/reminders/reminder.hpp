// A reminder as the API knows it: when to remind whom of what. Rules: reminder_service.hpp. Source: spec
// tasks-reminders-attachments section 4.
#pragma once

#include <cstdint>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace gw::model::reminders {

/// What somebody is reminded of: the numbers of the API, which are stored.
enum class TargetModule : std::int64_t { Appointment = 1, Task = 4 };

/// Ids are plain numbers because the field table binds them.
struct Reminder {
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  std::int64_t module = 0;
  std::int64_t target_id = 0;
  std::int64_t folder = 0;  ///< where the user sees the target
  Millis alarm;
  std::int64_t recurrence_position = 0;  ///< of a series: the occurrence; else 0
  Millis last_modified;
  Millis server_time;  ///< of the answer; not stored
};

}  // namespace gw::model::reminders
