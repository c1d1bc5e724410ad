// DATA: module conversion. The specification tells no codes; clients show the text only.
#pragma once
#include "core/error.hpp"

namespace gw::errors::conversion {

inline constexpr ErrorCode kMissing{"DATA", 2, Category::Error, "The argument \"%1$s\" is missing."};
inline constexpr ErrorCode kBadArgument{"DATA", 3, Category::Error,
                                        "\"%2$s\" is not a valid value of the argument \"%1$s\"."};
inline constexpr ErrorCode kUnknownSource{"DATA", 4, Category::Error, "There is no data source \"%1$s\"."};
inline constexpr ErrorCode kUnknownHandler{"DATA", 5, Category::Error, "There is no data handler \"%1$s\"."};
inline constexpr ErrorCode kNoMatch{"DATA", 6, Category::Error,
                                    "The data handler \"%2$s\" does not take what \"%1$s\" gives."};
inline constexpr ErrorCode kNotOffered{"DATA", 7, Category::Error,
                                       "Appointments and tasks are not offered by this server: %1$s"};

inline constexpr const ErrorCode* kAll[] = {&kMissing,        &kBadArgument, &kUnknownSource,
                                            &kUnknownHandler, &kNoMatch,     &kNotOffered};

}  // namespace gw::errors::conversion
