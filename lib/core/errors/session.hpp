// SES: sessions. Every code with this prefix makes web clients show the login dialog: use it for nothing
// else.
#pragma once
#include "core/error.hpp"

namespace gw::errors::ses {

inline constexpr ErrorCode kInternal{"SES", 1, Category::Error, "The session could not be processed."};
inline constexpr ErrorCode kTooManySessions{"SES", 2, Category::Error,
                                            "The server's session limit is reached. Please try again later."};
inline constexpr ErrorCode kTooManyUserSessions{
    "SES", 7, Category::UserInput, "You are signed in too many times. Please sign out elsewhere first."};
inline constexpr ErrorCode kAuthIdInUse{"SES", 8, Category::Error,
                                        "The authentication identifier \"%1$s\" is already in use."};
inline constexpr ErrorCode kIdCollision{"SES", 10, Category::Error, "Please sign in again."};
inline constexpr ErrorCode kParameterMissing{"SES", 201, Category::Error,
                                             "The session parameter is missing."};
inline constexpr ErrorCode kExpired{"SES", 203, Category::TryAgain,
                                    "Your session %1$s expired. Please sign in again."};
inline constexpr ErrorCode kContextLocked{"SES", 204, Category::TryAgain, "Your account is locked."};
inline constexpr ErrorCode kWrongAddress{"SES", 205, Category::PermissionDenied,
                                         "Your network address changed. Please sign in again."};
inline constexpr ErrorCode kWrongSecret{"SES", 206, Category::TryAgain,
                                        "Your session was invalidated. Please sign in again."};
inline constexpr ErrorCode kTooManyClientSessions{"SES", 207, Category::Error,
                                                  "You are signed in too many times with this application."};
inline constexpr ErrorCode kStoreNotReady{"SES", 208, Category::Error,
                                          "Sessions are not available at the moment."};
inline constexpr ErrorCode kServerTokenUnknown{"SES", 210, Category::UserInput,
                                               "The server token is unknown or was used before."};
inline constexpr ErrorCode kClientTokenDiffers{"SES", 211, Category::UserInput,
                                               "The client token does not match."};

inline constexpr const ErrorCode* kAll[] = {&kInternal,
                                            &kTooManySessions,
                                            &kTooManyUserSessions,
                                            &kAuthIdInUse,
                                            &kIdCollision,
                                            &kParameterMissing,
                                            &kExpired,
                                            &kContextLocked,
                                            &kWrongAddress,
                                            &kWrongSecret,
                                            &kTooManyClientSessions,
                                            &kStoreNotReady,
                                            &kServerTokenUnknown,
                                            &kClientTokenDiffers};

}  // namespace gw::errors::ses
