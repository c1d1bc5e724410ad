// I_E: import and export. Source: spec export-import section 8. The prefix has an underscore.
#pragma once
#include "core/error.hpp"

namespace gw::errors::ie {

inline constexpr auto kInput = Category::UserInput;

inline constexpr ErrorCode kNotExportable{"I_E", 100, Category::PermissionDenied,
                                          "The folder %1$s cannot be exported as %2$s."};
inline constexpr ErrorCode kNoCreate{"I_E", 500, Category::Error, "You may not import into folder %1$s."};
inline constexpr ErrorCode kCalendarDisabled{"I_E", 507, Category::PermissionDenied,
                                             "The module calendar is not enabled for you."};
inline constexpr ErrorCode kResourceConflict{"I_E", 513, kInput,
                                             "A resource of the appointment is booked already at that time."};
inline constexpr ErrorCode kWarnings{"I_E", 514, Category::Warning,
                                     "The file was imported with %1$s warnings."};
inline constexpr ErrorCode kTasksDisabled{"I_E", 508, Category::PermissionDenied,
                                          "The module tasks is not enabled for you."};
inline constexpr ErrorCode kVcardUnknownFormat{"I_E", 605, kInput,
                                               "The file is no vCard of a known version."};
inline constexpr ErrorCode kContactsDisabled{"I_E", 607, Category::PermissionDenied,
                                             "The module contacts is not enabled for you."};
inline constexpr ErrorCode kNoVcard{"I_E", 608, kInput, "No vCard was found in the file."};
inline constexpr ErrorCode kVcardParse{"I_E", 609, kInput, "The vCard could not be parsed: %1$s"};
inline constexpr ErrorCode kVcardConversion{"I_E", 610, kInput, "The vCard could not be converted: %1$s"};
inline constexpr ErrorCode kSeveralFolders{"I_E", 800, kInput, "Only one folder can be imported into."};
inline constexpr ErrorCode kUnknownTitles{"I_E", 803, Category::Warning,
                                          "These columns are unknown and were ignored: %1$s"};
inline constexpr ErrorCode kNoKnownTitle{"I_E", 804, kInput, "No column title of the file is known."};
inline constexpr ErrorCode kRowWithoutValue{"I_E", 805, kInput, "Row %1$s has no known value."};
inline constexpr ErrorCode kNoNamingColumn{"I_E", 807, kInput, "No column of the file names the contacts."};
inline constexpr ErrorCode kRowWithoutName{"I_E", 808, kInput,
                                           "Row %1$s has no value that names the contact."};
inline constexpr ErrorCode kNoImporter{"I_E", 1100, Category::ServiceDown,
                                       "Nothing can import %1$s into folder %2$s."};
inline constexpr ErrorCode kNoExporter{"I_E", 1101, Category::ServiceDown,
                                       "Nothing can export folder %2$s as %1$s."};
inline constexpr ErrorCode kSeveralFiles{"I_E", 1300, kInput, "Only one file can be imported at once."};
inline constexpr ErrorCode kUnknownFormat{"I_E", 1301, kInput, "The format \"%1$s\" is unknown."};
inline constexpr ErrorCode kEmptyFile{"I_E", 1303, kInput, "The file is empty."};
inline constexpr ErrorCode kNoFile{"I_E", 1304, kInput, "The request contains no file."};
inline constexpr ErrorCode kValueIgnored{"I_E", 1306, Category::Warning,
                                         "The value of \"%1$s\" could not be read and was ignored: %2$s"};
inline constexpr ErrorCode kNotCreated{"I_E", 1310, kInput, "The element could not be created."};
inline constexpr ErrorCode kTooLong{"I_E", 1311, Category::Truncated, "A value is too long: %1$s"};
inline constexpr ErrorCode kFileLost{"I_E", 1312, Category::Error,
                                     "The uploaded file was lost. Please try again."};
inline constexpr ErrorCode kFolderMissing{"I_E", 1313, kInput, "The folder is missing."};
inline constexpr ErrorCode kBadColumn{"I_E", 1314, kInput, "The column \"%1$s\" is not a number."};
inline constexpr ErrorCode kNoContent{"I_E", 1315, kInput, "The file has no content."};
inline constexpr ErrorCode kLimitReached{"I_E", 1317, Category::Warning,
                                         "Only the first %1$s of %2$s elements were imported."};
inline constexpr ErrorCode kBadCharset{"I_E", 1318, kInput, "The charset \"%1$s\" is not supported."};

inline constexpr const ErrorCode* kAll[] = {
    &kNotExportable,    &kNoCreate,     &kCalendarDisabled, &kResourceConflict, &kVcardUnknownFormat,
    &kContactsDisabled, &kNoVcard,      &kVcardParse,       &kVcardConversion,  &kSeveralFolders,
    &kUnknownTitles,    &kNoKnownTitle, &kRowWithoutValue,  &kNoNamingColumn,   &kRowWithoutName,
    &kNoImporter,       &kNoExporter,   &kSeveralFiles,     &kUnknownFormat,    &kEmptyFile,
    &kNoFile,           &kValueIgnored, &kNotCreated,       &kTooLong,          &kFileLost,
    &kFolderMissing,    &kBadColumn,    &kNoContent,        &kLimitReached,     &kBadCharset,
    &kTasksDisabled,    &kWarnings};

}  // namespace gw::errors::ie
