// APP: appointments in the classic calendar, and the recurrence of appointments and tasks. Source: spec
// calendar sections 4 and 10; the letters after the numbers there are the categories.
#pragma once
#include "core/error.hpp"

namespace gw::errors::app {

inline constexpr auto kInput = Category::UserInput;

inline constexpr ErrorCode kExternalWithoutMail{"APP", 8, kInput,
                                                "An external participant needs a mail address."};
inline constexpr ErrorCode kIdOnInsert{"APP", 14, Category::Error, "A new appointment has no id yet."};
inline constexpr ErrorCode kBusyType{"APP", 19, Category::Error,
                                     "Free and busy times are known of users (1) and resources (3) only."};
inline constexpr ErrorCode kEndBeforeStart{"APP", 20, kInput, "The end must not be before the start."};
inline constexpr ErrorCode kBadLabel{"APP", 21, kInput, "The color label %1$s is not valid."};
inline constexpr ErrorCode kBadPrivateFlag{"APP", 24, kInput, "The private flag is not valid."};
inline constexpr ErrorCode kBadShownAs{"APP", 25, kInput, "The value %1$s of \"shown as\" is not valid."};
inline constexpr ErrorCode kNoStart{"APP", 26, kInput, "The start date is missing."};
inline constexpr ErrorCode kNoEnd{"APP", 27, kInput, "The end date is missing."};
inline constexpr ErrorCode kNoPosition{"APP", 38, Category::Error,
                                       "The position of the occurrence is missing."};
inline constexpr ErrorCode kBadMonthlyDay{"APP", 45, Category::Error,
                                          "The day of a monthly recurrence is not valid."};
inline constexpr ErrorCode kBadYearlyDay{"APP", 48, Category::Error,
                                         "The day of a yearly recurrence is not valid."};
inline constexpr ErrorCode kBadMonth{"APP", 49, Category::Error,
                                     "The month of a yearly recurrence is not valid."};
inline constexpr ErrorCode kBadInterval{"APP", 55, kInput,
                                        "The interval of a recurrence must be greater than 0."};
inline constexpr ErrorCode kBadDays{"APP", 56, kInput, "The weekdays of the recurrence are not valid."};
inline constexpr ErrorCode kBadPosition{"APP", 74, kInput, "The series has no occurrence %1$s."};
inline constexpr ErrorCode kForeignExceptionDate{"APP", 75, kInput,
                                                 "No occurrence of the series is on %1$s."};
inline constexpr ErrorCode kTooLarge{"APP", 78, kInput, "A value of the recurrence is too large."};
inline constexpr ErrorCode kUntilBeforeStart{"APP", 86, kInput, "The recurrence ends before it starts."};
inline constexpr ErrorCode kNoInterval{"APP", 87, kInput, "The interval of the recurrence is missing."};
inline constexpr ErrorCode kNoWeekdays{"APP", 89, kInput, "The weekdays of the recurrence are missing."};
inline constexpr ErrorCode kNoDayInMonth{"APP", 90, kInput,
                                         "The day in the month of the recurrence is missing."};
inline constexpr ErrorCode kNoMonth{"APP", 91, kInput, "The month of the recurrence is missing."};
inline constexpr ErrorCode kNoRecurrenceType{"APP", 92, kInput,
                                             "The type of the recurrence is missing or not known."};
inline constexpr ErrorCode kPatternTooShort{"APP", 94, kInput, "Please enter at least %1$s characters."};
inline constexpr ErrorCode kUntilAndOccurrences{
    "APP", 95, kInput, "A recurrence ends by a day or after a number of times, not both."};
inline constexpr ErrorCode kUnnecessaryRecurrence{
    "APP", 96, kInput, "An appointment that does not recur has no values of a recurrence."};
inline constexpr ErrorCode kUnnecessaryMember{"APP", 97, kInput,
                                              "The recurrence has values that its type does not know."};

inline constexpr ErrorCode kSeriesFromException{"APP", 99, kInput,
                                                "An occurrence of a series cannot become a series itself."};
inline constexpr ErrorCode kDuplicateExternal{"APP", 106, kInput,
                                              "The external participant %1$s is there twice."};
inline constexpr ErrorCode kNoSeries{"APP", 107, kInput, "The appointment %1$s is no series."};
inline constexpr ErrorCode kUnknownParticipantType{"APP", 109, kInput,
                                                   "Participants of the type %1$s are not possible."};

inline constexpr const ErrorCode* kAll[] = {&kExternalWithoutMail,
                                            &kIdOnInsert,
                                            &kBusyType,
                                            &kEndBeforeStart,
                                            &kBadLabel,
                                            &kBadPrivateFlag,
                                            &kBadShownAs,
                                            &kNoStart,
                                            &kNoEnd,
                                            &kNoPosition,
                                            &kBadMonthlyDay,
                                            &kBadYearlyDay,
                                            &kBadMonth,
                                            &kBadInterval,
                                            &kBadDays,
                                            &kBadPosition,
                                            &kForeignExceptionDate,
                                            &kTooLarge,
                                            &kUntilBeforeStart,
                                            &kNoInterval,
                                            &kNoWeekdays,
                                            &kNoDayInMonth,
                                            &kNoMonth,
                                            &kNoRecurrenceType,
                                            &kPatternTooShort,
                                            &kUntilAndOccurrences,
                                            &kUnnecessaryRecurrence,
                                            &kUnnecessaryMember,
                                            &kSeriesFromException,
                                            &kDuplicateExternal,
                                            &kNoSeries,
                                            &kUnknownParticipantType};

}  // namespace gw::errors::app
