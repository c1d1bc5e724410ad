// IFO, FLS: files and where their bytes live. Source: spec infostore section 11; the letters after the
// numbers there are the categories.
#pragma once
#include "core/error.hpp"

namespace gw::errors::ifo {

inline constexpr auto kDenied = Category::PermissionDenied;
inline constexpr auto kInput = Category::UserInput;

inline constexpr ErrorCode kTooLong{"IFO", 100, Category::Truncated,
                                    "A value is too long: \"%1$s\" may have %2$s characters, but has %3$s."};
inline constexpr ErrorCode kNotFound{"IFO", 300, kInput, "The file %1$s does not exist."};
inline constexpr ErrorCode kNotLoaded{"IFO", 301, kInput, "The file could not be loaded."};
inline constexpr ErrorCode kNoFileFolder{"IFO", 302, Category::Error, "Folder %1$s keeps no files."};
inline constexpr ErrorCode kNoRead{"IFO", 400, kDenied, "You may not read this file."};
inline constexpr ErrorCode kNoCreate{"IFO", 402, kDenied, "You may not create files in folder %1$s."};
inline constexpr ErrorCode kNoWrite{"IFO", 403, kDenied, "You may not change this file."};
inline constexpr ErrorCode kNoCreateTarget{"IFO", 404, kDenied, "You may not put files into folder %1$s."};
inline constexpr ErrorCode kNotAllDeleted{"IFO", 405, Category::Conflict, "Not all files could be deleted."};
inline constexpr ErrorCode kNoDeleteVersion{"IFO", 406, kDenied, "You may not delete versions of this file."};
inline constexpr ErrorCode kLocked{"IFO", 415, Category::Conflict, "The file is locked."};
inline constexpr ErrorCode kLockedByOther{"IFO", 416, Category::Conflict,
                                          "The file is locked by another user."};
inline constexpr ErrorCode kNoUnlock{"IFO", 417, kDenied, "You may not unlock this file."};
inline constexpr ErrorCode kNoLock{"IFO", 418, kDenied, "You may not lock this file."};
inline constexpr ErrorCode kNoDeleteSource{"IFO", 421, kDenied, "You may not take files out of folder %1$s."};
inline constexpr ErrorCode kGone{"IFO", 438, kInput, "The document does not exist any more."};
inline constexpr ErrorCode kNameTaken{"IFO", 441, kInput, "A file named \"%1$s\" already exists here."};
inline constexpr ErrorCode kNoDelete{"IFO", 445, kDenied, "You may not delete this file."};
inline constexpr ErrorCode kNoFile{"IFO", 500, Category::Error, "This item has no file."};
inline constexpr ErrorCode kPatternTooShort{"IFO", 602, kInput, "Please enter at least %1$s characters."};
inline constexpr ErrorCode kChanged{"IFO", 1302, Category::Conflict,
                                    "The file was changed in the meantime. Please reload it."};
inline constexpr ErrorCode kVirtualFolder{"IFO", 1700, kInput, "The folder %1$s cannot hold files."};
inline constexpr ErrorCode kInvalid{"IFO", 2100, kInput, "The value of \"%1$s\" is not valid: %2$s"};
inline constexpr ErrorCode kBadCharacter{
    "IFO", 2101, kInput, "The value of \"%1$s\" contains a slash or a character that is not allowed."};

inline constexpr const ErrorCode* kAll[] = {
    &kTooLong,  &kNotFound,      &kNotLoaded,      &kNoFileFolder,  &kNoRead,
    &kNoCreate, &kNoWrite,       &kNoCreateTarget, &kNotAllDeleted, &kNoDeleteVersion,
    &kLocked,   &kLockedByOther, &kNoUnlock,       &kNoLock,        &kNoDeleteSource,
    &kGone,     &kNameTaken,     &kNoDelete,       &kNoFile,        &kPatternTooShort,
    &kChanged,  &kVirtualFolder, &kInvalid,        &kBadCharacter};

}  // namespace gw::errors::ifo

namespace gw::errors::fls {

inline constexpr ErrorCode kIo{"FLS", 3, Category::ServiceDown,
                               "The file store has an input or output problem."};
inline constexpr ErrorCode kUnavailable{"FLS", 4, Category::ServiceDown,
                                        "The file store is not available. Please try again later."};
inline constexpr ErrorCode kFull{"FLS", 11, Category::Capacity, "The file store is full."};
inline constexpr ErrorCode kMissing{"FLS", 17, Category::Error, "The file is missing in the file store."};
inline constexpr ErrorCode kRange{"FLS", 18, Category::UserInput,
                                  "The requested part of the file does not exist."};
inline constexpr ErrorCode kOffset{"FLS", 19, Category::UserInput,
                                   "The offset %1$s is not the length of the file, which is %2$s bytes."};
inline constexpr ErrorCode kQuota{"FLS", 24, Category::Capacity,
                                  "The files need more space than the quota of %1$s bytes leaves."};

inline constexpr const ErrorCode* kAll[] = {&kIo,    &kUnavailable, &kFull, &kMissing,
                                            &kRange, &kOffset,      &kQuota};

}  // namespace gw::errors::fls
