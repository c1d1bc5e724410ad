// SVL: the dispatcher and its parameters. Two old enumerations share the prefix (spec conventions section
// 11).
#pragma once
#include "core/error.hpp"

namespace gw::errors::svl {

inline constexpr ErrorCode kUnknownLoginAction{"SVL", 1, Category::Error,
                                               "Unknown value in parameter action: %1$s."};
inline constexpr ErrorCode kMissing{"SVL", 2, Category::Error,
                                    "Missing the following request parameter: %1$s"};
inline constexpr ErrorCode kImageMissing{"SVL", 3, Category::Error, "The request contains no image."};
inline constexpr ErrorCode kAutologinCookie{"SVL", 3, Category::TryAgain, "Please sign in again."};
inline constexpr ErrorCode kBadValue{"SVL", 4, Category::Error,
                                     "Invalid value \"%2$s\" in parameter \"%1$s\"."};
inline constexpr ErrorCode kNoHandler{"SVL", 6, Category::Error, "There is no handler for this request."};
inline constexpr ErrorCode kUnknownModule{"SVL", 7, Category::Error, "Unknown module: %1$s."};
inline constexpr ErrorCode kJson{"SVL", 9, Category::Error,
                                 "The JSON of the request cannot be processed: %1$s"};
inline constexpr ErrorCode kBadParameter{"SVL", 10, Category::Error,
                                         "Invalid value \"%2$s\" in parameter \"%1$s\"."};
inline constexpr ErrorCode kUnexpected{"SVL", 11, Category::Error,
                                       "An unexpected error occurred. Error id: %1$s"};
inline constexpr ErrorCode kExclusive{"SVL", 12, Category::Error,
                                      "The parameters %1$s and %2$s exclude each other."};
inline constexpr ErrorCode kHttpsNeeded{"SVL", 14, Category::Error,
                                        "This request needs an encrypted connection."};
inline constexpr ErrorCode kDisabled{"SVL", 15, Category::PermissionDenied,
                                     "The action \"%1$s\" is disabled."};
inline constexpr ErrorCode kNoPermission{"SVL", 16, Category::PermissionDenied,
                                         "You have no permission to use the module \"%1$s\"."};
inline constexpr ErrorCode kChanged{"SVL", 17, Category::Conflict, "The object was changed in the meantime."};
inline constexpr ErrorCode kTooManyRequests{"SVL", 19, Category::TryAgain,
                                            "Too many requests at the same time. Please try again later."};
inline constexpr ErrorCode kBadRequest{"SVL", 20, Category::Error, "Bad request: %1$s"};
inline constexpr ErrorCode kUnknownAction{"SVL", 21, Category::Error,
                                          "The action \"%1$s\" is unknown in the module \"%2$s\"."};
inline constexpr ErrorCode kNoImage{"SVL", 22, Category::UserInput, "The file \"%1$s\" is not an image."};
inline constexpr ErrorCode kBodyMissing{"SVL", 23, Category::Error, "The request has no body."};
inline constexpr ErrorCode kBodyType{"SVL", 28, Category::Error, "The body of the request must be %1$s."};
inline constexpr ErrorCode kBodyNotJson{"SVL", 29, Category::Error,
                                        "The body of the request is no valid JSON: %1$s"};
inline constexpr ErrorCode kParameterInUrl{"SVL", 30, Category::Error,
                                           "The parameter \"%1$s\" is not allowed in the URL."};
inline constexpr ErrorCode kBodyIllegal{"SVL", 31, Category::Error,
                                        "The body of the request is not acceptable: %1$s"};

inline constexpr const ErrorCode* kAll[] = {
    &kUnknownLoginAction, &kMissing,       &kImageMissing,   &kAutologinCookie, &kBadValue,
    &kNoHandler,          &kUnknownModule, &kJson,           &kBadParameter,    &kUnexpected,
    &kExclusive,          &kHttpsNeeded,   &kDisabled,       &kNoPermission,    &kChanged,
    &kTooManyRequests,    &kBadRequest,    &kUnknownAction,  &kNoImage,         &kBodyMissing,
    &kBodyType,           &kBodyNotJson,   &kParameterInUrl, &kBodyIllegal};

}  // namespace gw::errors::svl
