// FILE_STORAGE: services and accounts that keep files. Source: http-api.json, modules fileservice and
// fileaccount; the numbers are our choice, as no published source gives them.
#pragma once
#include "core/error.hpp"

namespace gw::errors::filestorage {

inline constexpr ErrorCode kUnknownService{"FILE_STORAGE", 4, Category::UserInput,
                                           "There is no file storage service \"%1$s\"."};
inline constexpr ErrorCode kUnknownAccount{"FILE_STORAGE", 5, Category::UserInput,
                                           "The file storage service \"%2$s\" has no account \"%1$s\"."};
inline constexpr ErrorCode kNotSupported{
    "FILE_STORAGE", 6, Category::PermissionDenied,
    "Accounts of the file storage service \"%1$s\" cannot be created, changed or deleted."};

inline constexpr const ErrorCode* kAll[] = {&kUnknownService, &kUnknownAccount, &kNotSupported};

}  // namespace gw::errors::filestorage
