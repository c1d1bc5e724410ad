// LGI: login. Wrong user, wrong context and wrong password must look the same (0006).
#pragma once
#include "core/error.hpp"

namespace gw::errors::lgi {

inline constexpr ErrorCode kLocked{"LGI", 1, Category::PermissionDenied, "The account is locked."};
inline constexpr ErrorCode kUnknown{"LGI", 3, Category::Error, "The login failed for an unknown reason."};
inline constexpr ErrorCode kBackendDown{"LGI", 5, Category::ServiceDown,
                                        "The login service is not reachable. Please try again later."};
inline constexpr ErrorCode kInvalidCredentials{"LGI", 6, Category::UserInput,
                                               "The user name or password is incorrect."};
inline constexpr ErrorCode kConfiguration{"LGI", 9, Category::Configuration,
                                          "The login is not configured completely."};
inline constexpr ErrorCode kDatabaseDown{"LGI", 10, Category::ServiceDown,
                                         "The database is not reachable. Please try again later."};
inline constexpr ErrorCode kPasswordExpired{"LGI", 11, Category::PermissionDenied,
                                            "Your password expired. Please change it."};
inline constexpr ErrorCode kUserDisabled{"LGI", 13, Category::PermissionDenied, "The user is disabled."};
inline constexpr ErrorCode kClientDenied{"LGI", 14, Category::PermissionDenied,
                                         "The client \"%1$s\" is not permitted."};
inline constexpr ErrorCode kScheme{"LGI", 15, Category::Error, "The authorization scheme is not supported."};
inline constexpr ErrorCode kNoServerToken{"LGI", 20, Category::Error, "No server token could be made."};
inline constexpr ErrorCode kClientIsUserAgent{"LGI", 21, Category::UserInput,
                                              "The parameter client must not equal the User-Agent."};
inline constexpr ErrorCode kMethodDisabled{"LGI", 24, Category::PermissionDenied,
                                           "This way to sign in is disabled."};
inline constexpr ErrorCode kGuestPassword{"LGI", 25, Category::UserInput, "The password is incorrect."};
inline constexpr ErrorCode kDenied{"LGI", 26, Category::PermissionDenied, "The login was denied."};
inline constexpr ErrorCode kTooManyAttempts{"LGI", 28, Category::PermissionDenied,
                                            "Too many failed attempts. Please try again later."};

inline constexpr const ErrorCode* kAll[] = {
    &kLocked,         &kUnknown,       &kBackendDown,     &kInvalidCredentials,
    &kConfiguration,  &kDatabaseDown,  &kPasswordExpired, &kUserDisabled,
    &kClientDenied,   &kScheme,        &kNoServerToken,   &kClientIsUserAgent,
    &kMethodDisabled, &kGuestPassword, &kDenied,          &kTooManyAttempts};

}  // namespace gw::errors::lgi
