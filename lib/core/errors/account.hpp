// CTX, USR, GRP, RES, QUOTA: tenants and who is in them. Source: spec conventions 11,
// contacts-users-groups-resources 11, 12.
#pragma once
#include "core/error.hpp"

namespace gw::errors {

namespace ctx {
inline constexpr ErrorCode kNoAdmin{"CTX", 1, Category::Configuration,
                                    "The context %1$s has no administrator."};
inline constexpr ErrorCode kNotFound{"CTX", 2, Category::Configuration, "The context %1$s does not exist."};
inline constexpr ErrorCode kDatabase{"CTX", 5, Category::ServiceDown,
                                     "The database is not reachable. Please try again later."};
inline constexpr ErrorCode kStatement{"CTX", 6, Category::Error,
                                      "A database statement failed. Error id: %1$s"};
inline constexpr ErrorCode kUpdateRunning{"CTX", 7, Category::TryAgain,
                                          "The database is being updated. Please try again later."};
inline constexpr ErrorCode kNoMapping{"CTX", 10, Category::Error,
                                      "There is no context for the login \"%1$s\"."};
inline constexpr ErrorCode kOutcomeUnknown{"CTX", 11, Category::Connectivity,
                                           "The connection to the database broke while saving. It is not "
                                           "known whether the change was stored. Please reload and check."};
inline constexpr const ErrorCode* kAll[] = {&kNoAdmin,       &kNotFound,  &kDatabase,      &kStatement,
                                            &kUpdateRunning, &kNoMapping, &kOutcomeUnknown};
}  // namespace ctx

namespace usr {
inline constexpr ErrorCode kNotFound{"USR", 10, Category::Error, "The user %1$s does not exist."};
inline constexpr ErrorCode kAmbiguous{"USR", 11, Category::Error, "The user %1$s is not unique."};
inline constexpr ErrorCode kNoPermission{"USR", 13, Category::PermissionDenied,
                                         "You have no permission to do this."};
inline constexpr ErrorCode kPasswordCharacters{"USR", 15, Category::UserInput,
                                               "The new password contains characters that are not allowed."};
inline constexpr ErrorCode kConcurrent{"USR", 19, Category::Error,
                                       "The attribute \"%1$s\" was changed at the same time."};
inline constexpr ErrorCode kPasswordTooShort{
    "USR", 20, Category::UserInput, "The new password is too short. It needs at least %1$s characters."};
inline constexpr ErrorCode kPasswordTooLong{
    "USR", 21, Category::UserInput, "The new password is too long. It may have at most %1$s characters."};
inline constexpr ErrorCode kMissing{"USR", 22, Category::UserInput, "The value of \"%1$s\" is missing."};
inline constexpr ErrorCode kBadLocale{"USR", 23, Category::UserInput, "The language \"%1$s\" is not valid."};
inline constexpr ErrorCode kBadTimeZone{"USR", 24, Category::UserInput,
                                        "The time zone \"%1$s\" is not valid."};
inline constexpr ErrorCode kPasswordWrong{"USR", 27, Category::UserInput, "The current password is wrong."};
inline constexpr ErrorCode kOldPasswordMissing{"USR", 28, Category::UserInput,
                                               "Please enter your current password."};
inline constexpr ErrorCode kNewPasswordMissing{"USR", 29, Category::UserInput,
                                               "Please enter a new password."};
inline constexpr const ErrorCode* kAll[] = {
    &kNotFound,         &kAmbiguous,          &kNoPermission,      &kPasswordCharacters, &kConcurrent,
    &kPasswordTooShort, &kPasswordTooLong,    &kMissing,           &kBadLocale,          &kBadTimeZone,
    &kPasswordWrong,    &kOldPasswordMissing, &kNewPasswordMissing};
}  // namespace usr

namespace grp {
inline constexpr ErrorCode kNotFound{"GRP", 3, Category::Error, "The group %1$s does not exist."};
inline constexpr ErrorCode kMandatory{"GRP", 4, Category::UserInput, "The value of \"%1$s\" is missing."};
inline constexpr ErrorCode kBadName{"GRP", 5, Category::UserInput,
                                    "The group name \"%1$s\" contains characters that are not allowed."};
inline constexpr ErrorCode kNameTaken{"GRP", 6, Category::UserInput,
                                      "A group with this name already exists."};
inline constexpr ErrorCode kBadMember{"GRP", 7, Category::UserInput, "The user %1$s does not exist."};
inline constexpr ErrorCode kInvalid{"GRP", 8, Category::UserInput, "The group data is not valid: %1$s"};
inline constexpr ErrorCode kNoCreate{"GRP", 9, Category::PermissionDenied, "You may not create groups."};
inline constexpr ErrorCode kChanged{"GRP", 10, Category::Conflict,
                                    "The group was changed in the meantime. Please reload it."};
inline constexpr ErrorCode kNoChange{"GRP", 11, Category::PermissionDenied, "You may not change groups."};
inline constexpr ErrorCode kNoDelete{"GRP", 12, Category::PermissionDenied, "You may not delete groups."};
inline constexpr ErrorCode kNotDeletable{"GRP", 13, Category::UserInput,
                                         "The group \"%1$s\" cannot be deleted."};
inline constexpr ErrorCode kNotChangeable{"GRP", 14, Category::UserInput,
                                          "The group \"%1$s\" cannot be changed."};
inline constexpr ErrorCode kReservedName{"GRP", 15, Category::UserInput,
                                         "The group name \"%1$s\" is reserved."};
inline constexpr ErrorCode kGuestMember{"GRP", 16, Category::UserInput,
                                        "The guest %1$s cannot be member of a group."};
inline constexpr const ErrorCode* kAll[] = {
    &kNotFound, &kMandatory, &kBadName,  &kNameTaken,    &kBadMember,     &kInvalid,      &kNoCreate,
    &kChanged,  &kNoChange,  &kNoDelete, &kNotDeletable, &kNotChangeable, &kReservedName, &kGuestMember};
}  // namespace grp

namespace res {
inline constexpr ErrorCode kNotFound{"RES", 5, Category::UserInput, "The resource %1$s does not exist."};
inline constexpr ErrorCode kNameTaken{"RES", 6, Category::UserInput,
                                      "A resource named \"%1$s\" already exists."};
inline constexpr ErrorCode kNoneGiven{"RES", 7, Category::Error, "No resource was given."};
inline constexpr ErrorCode kMandatory{"RES", 8, Category::UserInput, "The value of \"%1$s\" is missing."};
inline constexpr ErrorCode kNoPermission{"RES", 9, Category::PermissionDenied,
                                         "You have no permission to change resources."};
inline constexpr ErrorCode kAddressTaken{"RES", 10, Category::UserInput,
                                         "The mail address \"%1$s\" belongs to another resource."};
inline constexpr ErrorCode kBadName{"RES", 11, Category::UserInput,
                                    "The resource value \"%1$s\" is too long or contains "
                                    "characters that are not allowed."};
inline constexpr ErrorCode kBadAddress{"RES", 12, Category::UserInput,
                                       "The mail address \"%1$s\" is not valid."};
inline constexpr ErrorCode kChanged{"RES", 13, Category::Conflict,
                                    "The resource was changed in the meantime. Please reload it."};
inline constexpr const ErrorCode* kAll[] = {&kNotFound,  &kNameTaken,    &kNoneGiven,
                                            &kMandatory, &kNoPermission, &kAddressTaken,
                                            &kBadName,   &kBadAddress,   &kChanged};
}  // namespace res

namespace quota {
inline constexpr ErrorCode kExceeded{"QUOTA", 3, Category::UserInput,
                                     "The quota of %1$s is reached: %2$s of %3$s are in use."};
inline constexpr ErrorCode kUnknownAccount{"QUOTA", 4, Category::Error,
                                           "The account \"%1$s\" is unknown in module \"%2$s\"."};
inline constexpr const ErrorCode* kAll[] = {&kExceeded, &kUnknownAccount};
}  // namespace quota

}  // namespace gw::errors
