// ATT: files bound to objects. Source: spec tasks-reminders-attachments section 5; the letters after the
// numbers there are the categories.
#pragma once
#include "core/error.hpp"

namespace gw::errors::att {

inline constexpr ErrorCode kNoFile{"ATT", 401, Category::UserInput, "The request contains no file."};
inline constexpr ErrorCode kNotFound{"ATT", 405, Category::UserInput, "The attachment %1$s does not exist."};
inline constexpr ErrorCode kBadCharacter{
    "ATT", 418, Category::UserInput,
    "The value of \"%1$s\" is too long or contains characters that are not allowed."};
inline constexpr ErrorCode kNoNumber{"ATT", 701, Category::UserInput,
                                     "The value \"%2$s\" of \"%1$s\" is not a number."};

inline constexpr const ErrorCode* kAll[] = {&kNoFile, &kNotFound, &kBadCharacter, &kNoNumber};

}  // namespace gw::errors::att
