// REM: reminders. Source: spec tasks-reminders-attachments section 4.
#pragma once
#include "core/error.hpp"

namespace gw::errors::rem {

inline constexpr ErrorCode kNoAlarm{"REM", 3, Category::UserInput, "The time of the reminder is missing."};
inline constexpr ErrorCode kNotFound{"REM", 9, Category::Error, "The reminder %1$s was not found."};
inline constexpr ErrorCode kNoId{"REM", 16, Category::UserInput, "The id of the reminder is missing."};

inline constexpr const ErrorCode* kAll[] = {&kNoAlarm, &kNotFound, &kNoId};

}  // namespace gw::errors::rem
