// APP_PASSWORD: passwords of one program each. The numbers are ours.
#pragma once
#include "core/error.hpp"

namespace gw::errors::app_password {

inline constexpr ErrorCode kUnknownScope{"APP_PASSWORD", 1, Category::UserInput,
                                         "There are no app passwords for \"%1$s\"."};
inline constexpr ErrorCode kBadName{"APP_PASSWORD", 2, Category::UserInput,
                                    "The name of an app password has 1 to %1$s characters."};
inline constexpr ErrorCode kTooMany{
    "APP_PASSWORD", 3, Category::UserInput,
    "You have %1$s app passwords. Please remove one before you make another."};
inline constexpr ErrorCode kNotFound{"APP_PASSWORD", 4, Category::UserInput,
                                     "This app password does not exist."};

inline constexpr const ErrorCode* kAll[] = {&kUnknownScope, &kBadName, &kTooMany, &kNotFound};

}  // namespace gw::errors::app_password
