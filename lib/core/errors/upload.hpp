// UPL: files that are too large to be taken. Source: spec infostore section 6.
#pragma once
#include "core/error.hpp"

namespace gw::errors::upl {
inline constexpr ErrorCode kTooLarge{"UPL", 5, Category::UserInput,
                                     "The file \"%1$s\" is larger than the allowed %2$s bytes."};
inline constexpr const ErrorCode* kAll[] = {&kTooLarge};
}  // namespace gw::errors::upl
