// APP: what is wrong with the recurrence of appointments and tasks. Source: spec calendar sections 4 and 10;
// the letters after the numbers there are the categories.
#pragma once
#include "core/error.hpp"

namespace gw::errors::app {

inline constexpr auto kInput = Category::UserInput;

inline constexpr ErrorCode kBadMonthlyDay{"APP", 45, Category::Error,
                                          "The day of a monthly recurrence is not valid."};
inline constexpr ErrorCode kBadYearlyDay{"APP", 48, Category::Error,
                                         "The day of a yearly recurrence is not valid."};
inline constexpr ErrorCode kBadMonth{"APP", 49, Category::Error,
                                     "The month of a yearly recurrence is not valid."};
inline constexpr ErrorCode kBadInterval{"APP", 55, kInput,
                                        "The interval of a recurrence must be greater than 0."};
inline constexpr ErrorCode kBadDays{"APP", 56, kInput, "The weekdays of the recurrence are not valid."};
inline constexpr ErrorCode kTooLarge{"APP", 78, kInput, "A value of the recurrence is too large."};
inline constexpr ErrorCode kUntilBeforeStart{"APP", 86, kInput, "The recurrence ends before it starts."};
inline constexpr ErrorCode kNoInterval{"APP", 87, kInput, "The interval of the recurrence is missing."};
inline constexpr ErrorCode kNoWeekdays{"APP", 89, kInput, "The weekdays of the recurrence are missing."};
inline constexpr ErrorCode kNoDayInMonth{"APP", 90, kInput,
                                         "The day in the month of the recurrence is missing."};
inline constexpr ErrorCode kNoMonth{"APP", 91, kInput, "The month of the recurrence is missing."};
inline constexpr ErrorCode kUntilAndOccurrences{
    "APP", 95, kInput, "A recurrence ends by a day or after a number of times, not both."};
inline constexpr ErrorCode kUnnecessaryMember{"APP", 97, kInput,
                                              "The recurrence has values that its type does not know."};

inline constexpr const ErrorCode* kAll[] = {
    &kBadMonthlyDay, &kBadYearlyDay,        &kBadMonth,         &kBadInterval, &kBadDays,
    &kTooLarge,      &kNoInterval,          &kNoWeekdays,       &kNoMonth,     &kUntilBeforeStart,
    &kNoDayInMonth,  &kUntilAndOccurrences, &kUnnecessaryMember};

}  // namespace gw::errors::app
