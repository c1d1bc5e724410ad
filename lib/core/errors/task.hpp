// TSK: tasks. Source: spec tasks-reminders-attachments section 2; the letters after the numbers there are the
// categories.
#pragma once
#include "core/error.hpp"

namespace gw::errors::tsk {

inline constexpr auto kDenied = Category::PermissionDenied;
inline constexpr auto kInput = Category::UserInput;

inline constexpr ErrorCode kNoTaskFolder{"TSK", 6, kDenied, "Folder %1$s is not a task folder."};
inline constexpr ErrorCode kChanged{"TSK", 7, Category::Conflict,
                                    "The task was changed in the meantime. Please reload it."};
inline constexpr ErrorCode kPrivateElsewhere{"TSK", 8, kInput,
                                             "Private tasks are possible in your private folders only."};
inline constexpr ErrorCode kNoDelete{"TSK", 14, kDenied, "You may not delete tasks in folder %1$s."};
inline constexpr ErrorCode kNoParticipant{"TSK", 18, Category::Error, "The participant %1$s was not found."};
inline constexpr ErrorCode kNotFound{"TSK", 19, Category::Error, "The task %1$s was not found."};
inline constexpr ErrorCode kBadRange{"TSK", 21, kInput, "The range of dates is not valid."};
inline constexpr ErrorCode kNoRead{"TSK", 23, kDenied, "You may not read tasks in folder %1$s."};
inline constexpr ErrorCode kNoCreate{"TSK", 25, kDenied, "You may not create tasks in folder %1$s."};
inline constexpr ErrorCode kNoDelegation{"TSK", 26, kDenied, "You may not give tasks to others."};
inline constexpr ErrorCode kNoFolder{"TSK", 27, Category::Error, "The folder of the task is missing."};
inline constexpr ErrorCode kPrivateDelegated{"TSK", 28, kInput, "A private task cannot be given to others."};
inline constexpr ErrorCode kBadPercent{"TSK", 30, kInput,
                                       "The progress must be between 0 and 100, not %1$s."};
inline constexpr ErrorCode kPercentNotStarted{
    "TSK", 31, kInput, "The progress of a task that is not started must be 0, not %1$s."};
inline constexpr ErrorCode kNoWrite{"TSK", 33, kDenied, "You may not change tasks in folder %1$s."};
inline constexpr ErrorCode kSharedMove{"TSK", 34, kDenied,
                                       "Tasks cannot be moved from or into shared folders."};
inline constexpr ErrorCode kNoRecurrenceType{"TSK", 36, kInput, "The type of the recurrence is missing."};
inline constexpr ErrorCode kNoRecurrenceDates{"TSK", 37, kInput,
                                              "A task that recurs needs a start and an end."};
inline constexpr ErrorCode kBadStatus{"TSK", 39, Category::Error, "The status %1$s is not known."};
inline constexpr ErrorCode kStartAfterEnd{"TSK", 40, kInput, "The task starts after its end."};
inline constexpr ErrorCode kTooLong{"TSK", 41, Category::Truncated,
                                    "A value is too long: \"%1$s\" may have %2$s characters, but has %3$s."};
inline constexpr ErrorCode kPrivateMove{"TSK", 42, kDenied,
                                        "A private task cannot be moved to a public folder."};
inline constexpr ErrorCode kPrivateForeign{"TSK", 43, kInput, "Only its creator may make a task private."};
inline constexpr ErrorCode kExternalWithoutMail{"TSK", 44, kInput,
                                                "An external participant needs a mail address."};
inline constexpr ErrorCode kNotInFolder{"TSK", 48, kDenied, "The task %1$s is not in folder %2$s."};
inline constexpr ErrorCode kParticipantType{"TSK", 49, Category::Error,
                                            "Participants of the type %1$s are not possible."};
inline constexpr ErrorCode kPatternTooShort{"TSK", 51, kInput, "Please enter at least %1$s characters."};
inline constexpr ErrorCode kEmptyGroup{"TSK", 52, kInput, "The group %1$s has no members."};
inline constexpr ErrorCode kUidChanged{"TSK", 53, Category::Error,
                                       "The unique id of a task cannot be changed."};
inline constexpr ErrorCode kNotDigits{"TSK", 55, kInput, "The duration \"%1$s\" is not a number."};
inline constexpr ErrorCode kBadPriority{"TSK", 57, kInput, "The priority %1$s is not known."};
inline constexpr ErrorCode kBadCharacter{"TSK", 58, kInput,
                                         "The value of \"%1$s\" contains a character that is not allowed."};

inline constexpr const ErrorCode* kAll[] = {
    &kNoTaskFolder,      &kChanged,           &kPrivateElsewhere, &kNoDelete,
    &kNoParticipant,     &kNotFound,          &kBadRange,         &kNoRead,
    &kNoCreate,          &kNoDelegation,      &kNoFolder,         &kBadPercent,
    &kPercentNotStarted, &kPrivateDelegated,  &kNoWrite,          &kSharedMove,
    &kBadStatus,         &kNoRecurrenceDates, &kStartAfterEnd,    &kTooLong,
    &kPrivateMove,       &kNotInFolder,       &kPrivateForeign,   &kExternalWithoutMail,
    &kParticipantType,   &kPatternTooShort,   &kEmptyGroup,       &kUidChanged,
    &kNotDigits,         &kBadPriority,       &kBadCharacter,     &kNoRecurrenceType};

}  // namespace gw::errors::tsk
