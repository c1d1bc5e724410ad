// SNIPPET: signatures and other pieces of text. The specification tells no codes; clients show the text only.
#pragma once
#include "core/error.hpp"

namespace gw::errors::snippet {

inline constexpr ErrorCode kNotFound{"SNIPPET", 4, Category::UserInput, "There is no snippet %1$s."};
inline constexpr ErrorCode kNoAttachment{"SNIPPET", 5, Category::UserInput,
                                         "There is no attachment %1$s in the snippet %2$s."};
inline constexpr ErrorCode kNotYours{"SNIPPET", 7, Category::PermissionDenied,
                                     "Only its creator may change the snippet %1$s."};
inline constexpr ErrorCode kTooManyFiles{"SNIPPET", 8, Category::UserInput,
                                         "A snippet can have at most %1$s files."};
inline constexpr ErrorCode kTooLong{"SNIPPET", 10, Category::UserInput,
                                    "The value of \"%1$s\" is too long; %2$s bytes are allowed."};

inline constexpr const ErrorCode* kAll[] = {&kNotFound, &kNoAttachment, &kNotYours, &kTooManyFiles,
                                            &kTooLong};

}  // namespace gw::errors::snippet
