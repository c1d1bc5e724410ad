// UPL, FLS: files that are too large. Source: spec infostore sections 4 and 10.
#pragma once
#include "core/error.hpp"

namespace gw::errors::upl {
inline constexpr ErrorCode kTooLarge{"UPL", 5, Category::UserInput,
                                     "The file \"%1$s\" is larger than the allowed %2$s bytes."};
inline constexpr const ErrorCode* kAll[] = {&kTooLarge};
}  // namespace gw::errors::upl

namespace gw::errors::fls {
inline constexpr ErrorCode kQuota{"FLS", 24, Category::Capacity,
                                  "The files need more space than the quota of %1$s bytes leaves."};
inline constexpr const ErrorCode* kAll[] = {&kQuota};
}  // namespace gw::errors::fls
