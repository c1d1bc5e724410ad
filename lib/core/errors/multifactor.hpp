// MFA: the second factor of a sign-in. Web clients ask for it when they get 0001 or 0015; the other numbers
// are ours.
#pragma once
#include "core/error.hpp"

namespace gw::errors::mfa {

inline constexpr ErrorCode kRequired{"MFA", 1, Category::PermissionDenied,
                                     "Please prove your second factor first."};
inline constexpr ErrorCode kUnknownProvider{"MFA", 2, Category::UserInput,
                                            "There is no second factor of the kind \"%1$s\"."};
inline constexpr ErrorCode kUnknownDevice{"MFA", 3, Category::UserInput,
                                          "This device of your second factor does not exist."};
inline constexpr ErrorCode kWrongCode{"MFA", 4, Category::UserInput,
                                      "The code is wrong, or was used before. Please try the next one."};
inline constexpr ErrorCode kTooManyAttempts{
    "MFA", 5, Category::PermissionDenied,
    "There were too many wrong codes. Please try again in %1$s seconds."};
inline constexpr ErrorCode kTooManyDevices{"MFA", 6, Category::UserInput,
                                           "More than %1$s devices are not possible."};
inline constexpr ErrorCode kNotStarted{"MFA", 7, Category::UserInput,
                                       "This took too long. Please start the set-up again."};
inline constexpr ErrorCode kNeedsDevice{"MFA", 8, Category::UserInput,
                                        "Backup codes need another second factor. Please set that up first."};
inline constexpr ErrorCode kBadName{"MFA", 9, Category::UserInput,
                                    "The name of a device has at most %1$s characters."};
/// Not for the HTTP API: what protocols answer that know no second factor.
inline constexpr ErrorCode kNeedsAppPassword{
    "MFA", 10, Category::PermissionDenied,
    "This account has a second factor, so its password is for the web client only. Make an app password "
    "there "
    "(Settings, Security, Application passwords) and enter it here instead."};

inline constexpr const ErrorCode* kAll[] = {
    &kRequired,       &kUnknownProvider, &kUnknownDevice, &kWrongCode, &kTooManyAttempts,
    &kTooManyDevices, &kNotStarted,      &kNeedsDevice,   &kBadName,   &kNeedsAppPassword};

}  // namespace gw::errors::mfa
