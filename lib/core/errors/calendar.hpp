// CAL: events, in every face of the calendar. Source: spec chronos section 11; the letters after the numbers
// there are the categories.
#pragma once
#include "core/error.hpp"

namespace gw::errors::cal {

inline constexpr auto kDenied = Category::PermissionDenied;
inline constexpr auto kInput = Category::UserInput;

inline constexpr ErrorCode kIgnoredData{"CAL", 1990, Category::Warning, "\"%1$s\" was ignored: %2$s"};
inline constexpr ErrorCode kUnsupportedMethod{"CAL", 1992, kInput,
                                              "\"%1$s\" is not possible with this message."};
inline constexpr ErrorCode kNothingChanged{"CAL", 3040, Category::Warning, "Nothing was changed."};

inline constexpr ErrorCode kBadZone{"CAL", 4001, kInput, "The time zone \"%1$s\" is not known."};
inline constexpr ErrorCode kBadRule{"CAL", 4002, kInput, "The recurrence rule \"%1$s\" is not valid."};
inline constexpr ErrorCode kBadGeo{"CAL", 4003, kInput, "The geographic position \"%1$s\" is not valid."};
inline constexpr ErrorCode kBadConfiguration{"CAL", 4004, kInput, "The configuration \"%1$s\" is not valid."};
inline constexpr ErrorCode kBadAlarm{"CAL", 4005, kInput, "The reminder is not valid: %1$s"};
inline constexpr ErrorCode kBadData{"CAL", 4006, kInput, "The value of \"%1$s\" is not valid: %2$s"};

inline constexpr ErrorCode kFeedAuthFailed{
    "CAL", 4010, kInput, "The calendar at \"%1$s\" does not accept the login and password."};

inline constexpr ErrorCode kNoRead{"CAL", 4030, kDenied, "You may not read appointments in folder %1$s."};
inline constexpr ErrorCode kNoWrite{"CAL", 4031, kDenied, "You may not change appointments in folder %1$s."};
inline constexpr ErrorCode kNoDelete{"CAL", 4032, kDenied, "You may not delete appointments in folder %1$s."};
inline constexpr ErrorCode kForbiddenAttendeeChange{"CAL", 4033, kDenied,
                                                    "You may not change the attendee %2$s of event %1$s so."};
inline constexpr ErrorCode kBadCalendarUser{"CAL", 4034, kInput,
                                            "\"%1$s\" is not a valid calendar user. A mail address or an "
                                            "existing user, group or resource is needed."};
inline constexpr ErrorCode kForbiddenChange{"CAL", 4035, kDenied,
                                            "\"%2$s\" of event %1$s cannot be changed so."};
inline constexpr ErrorCode kCapabilityMissing{"CAL", 4036, kDenied, "You lack the capability \"%1$s\"."};
inline constexpr ErrorCode kRestrictedByClass{"CAL", 4037, kDenied,
                                              "The event %1$s is private and cannot be shown to you."};
inline constexpr ErrorCode kNotOrganizer{"CAL", 4038, kDenied,
                                         "Only the organizer may change event %1$s in folder %2$s so."};
inline constexpr ErrorCode kOrganizerNotAttendee{"CAL", 4039, kInput, "The organizer must be an attendee."};
inline constexpr ErrorCode kDifferentOrganizers{"CAL", 40310, kInput,
                                                "All parts of a series must have one organizer."};

inline constexpr ErrorCode kNotFound{"CAL", 4040, kInput, "The event %1$s was not found."};
inline constexpr ErrorCode kNotInFolder{"CAL", 4041, kInput, "The event %1$s was not found in folder %2$s."};
inline constexpr ErrorCode kOccurrenceNotFound{"CAL", 4042, kInput,
                                               "The series %1$s has no occurrence at %2$s."};
inline constexpr ErrorCode kAttendeeNotFound{"CAL", 4043, kInput, "Event %2$s has no attendee %1$s."};
inline constexpr ErrorCode kAccountNotFound{"CAL", 4044, kInput, "The calendar account %1$s was not found."};
inline constexpr ErrorCode kFolderNotFound{"CAL", 4045, kInput, "The calendar %1$s was not found."};
inline constexpr ErrorCode kBadAuthConfiguration{"CAL", 4046, kInput,
                                                 "The login or password of the calendar is not usable: %1$s"};
inline constexpr ErrorCode kAttachmentNotFound{"CAL", 4047, kInput,
                                               "Event %2$s in folder %3$s has no attachment %1$s."};
inline constexpr ErrorCode kAlarmNotFound{"CAL", 4049, kInput, "Event %2$s has no reminder %1$s."};

inline constexpr ErrorCode kFolderUnsupported{"CAL", 4060, kInput,
                                              "This is not possible in folder %1$s of type \"%2$s\"."};
inline constexpr ErrorCode kBadRecurrenceId{"CAL", 4061, kInput,
                                            "\"%1$s\" is not an occurrence of the series \"%2$s\"."};
inline constexpr ErrorCode kQueryTooShort{"CAL", 4062, kInput, "The search needs at least %1$s characters."};
inline constexpr ErrorCode kBadSplit{"CAL", 4063, kInput, "The series %1$s cannot be split at %2$s."};

inline constexpr ErrorCode kUidConflict{"CAL", 4090, Category::Conflict,
                                        "An event with the UID \"%1$s\" exists already."};
inline constexpr ErrorCode kSoftConflict{"CAL", 4091, Category::Conflict,
                                         "The event conflicts with other events."};
inline constexpr ErrorCode kHardConflict{"CAL", 4092, Category::Conflict,
                                         "A resource is booked already at that time."};
inline constexpr ErrorCode kChanged{"CAL", 4120, Category::Conflict,
                                    "The event %1$s was changed in the meantime. Please reload it."};
inline constexpr ErrorCode kOutOfSequence{"CAL", 4121, Category::Conflict,
                                          "The event %1$s has a newer sequence number than the one sent."};

inline constexpr ErrorCode kMandatory{"CAL", 4220, kInput, "\"%1$s\" is mandatory."};
inline constexpr ErrorCode kEndBeforeStart{"CAL", 4221, kInput, "The end must not be before the start."};
inline constexpr ErrorCode kClassNotHere{"CAL", 4222, kInput,
                                         "\"%1$s\" is possible in your own calendars only."};
inline constexpr ErrorCode kClassWithResources{"CAL", 42210, kInput,
                                               "\"%1$s\" is not possible for events with resources."};
inline constexpr ErrorCode kRuleUnsupported{"CAL", 4223, kInput,
                                            "The recurrence rule \"%1$s\" is not supported: %2$s"};
inline constexpr ErrorCode kSeriesMove{"CAL", 4224, kInput,
                                       "A series cannot be moved from folder %2$s to %3$s."};
inline constexpr ErrorCode kOccurrenceMove{
    "CAL", 4225, kInput, "A single occurrence of a series cannot be moved to another folder."};
inline constexpr ErrorCode kClassMove{
    "CAL", 4226, kInput, "An event of this classification cannot be moved from folder %1$s to %2$s."};
inline constexpr ErrorCode kClassDiffers{"CAL", 4227, kInput,
                                         "Occurrences have the classification of their series."};
inline constexpr ErrorCode kNotByProvider{"CAL", 4228, kInput,
                                          "The calendars of provider \"%1$s\" do not offer this."};
inline constexpr ErrorCode kKindsDiffer{"CAL", 4229, kInput, "Start and end must be of the same kind."};

inline constexpr ErrorCode kUnexpected{"CAL", 5000, Category::Error, "Unexpected error: %1$s"};
inline constexpr ErrorCode kProviderUnavailable{"CAL", 5030, Category::ServiceDown,
                                                "Calendars of provider \"%1$s\" are not available here."};
inline constexpr ErrorCode kAccountUnavailable{"CAL", 5031, Category::ServiceDown,
                                               "The calendar \"%1$s\" cannot be reached at the moment."};
inline constexpr ErrorCode kTooLong{"CAL", 5070, Category::Truncated,
                                    "A value is too long: \"%1$s\" may have %2$s characters, but has %3$s."};
inline constexpr ErrorCode kBadCharacter{"CAL", 5071, kInput,
                                         "The value of \"%1$s\" contains a character that is not allowed."};
inline constexpr ErrorCode kTooManyEvents{"CAL", 5072, kInput,
                                          "There are more events than %1$s. Please ask for a shorter time."};
inline constexpr ErrorCode kTooManyAttendees{"CAL", 5073, kInput,
                                             "An event may have %1$s attendees, not more."};
inline constexpr ErrorCode kTooManyAlarms{"CAL", 5074, kInput, "An event may have %1$s reminders, not more."};

inline constexpr ErrorCode kTooManyAccounts{"CAL", 5075, kInput,
                                            "You may have %2$s calendars of provider \"%1$s\", not more."};

inline constexpr const ErrorCode* kAll[] = {&kIgnoredData,
                                            &kUnsupportedMethod,
                                            &kNothingChanged,
                                            &kBadZone,
                                            &kBadRule,
                                            &kBadGeo,
                                            &kBadConfiguration,
                                            &kBadAlarm,
                                            &kBadData,
                                            &kFeedAuthFailed,
                                            &kNoRead,
                                            &kNoWrite,
                                            &kNoDelete,
                                            &kForbiddenAttendeeChange,
                                            &kBadCalendarUser,
                                            &kForbiddenChange,
                                            &kCapabilityMissing,
                                            &kRestrictedByClass,
                                            &kNotOrganizer,
                                            &kOrganizerNotAttendee,
                                            &kDifferentOrganizers,
                                            &kNotFound,
                                            &kNotInFolder,
                                            &kOccurrenceNotFound,
                                            &kAttendeeNotFound,
                                            &kAccountNotFound,
                                            &kFolderNotFound,
                                            &kBadAuthConfiguration,
                                            &kAttachmentNotFound,
                                            &kAlarmNotFound,
                                            &kFolderUnsupported,
                                            &kBadRecurrenceId,
                                            &kQueryTooShort,
                                            &kBadSplit,
                                            &kUidConflict,
                                            &kSoftConflict,
                                            &kHardConflict,
                                            &kChanged,
                                            &kOutOfSequence,
                                            &kMandatory,
                                            &kEndBeforeStart,
                                            &kClassNotHere,
                                            &kClassWithResources,
                                            &kRuleUnsupported,
                                            &kSeriesMove,
                                            &kOccurrenceMove,
                                            &kClassMove,
                                            &kClassDiffers,
                                            &kNotByProvider,
                                            &kKindsDiffer,
                                            &kUnexpected,
                                            &kProviderUnavailable,
                                            &kAccountUnavailable,
                                            &kTooLong,
                                            &kBadCharacter,
                                            &kTooManyEvents,
                                            &kTooManyAttendees,
                                            &kTooManyAlarms,
                                            &kTooManyAccounts};

}  // namespace gw::errors::cal
