// SHR: guests and links. The prefix is the API's; its numbers are not published, so these are our own.
#pragma once
#include "core/error.hpp"

namespace gw::errors::shr {

inline constexpr ErrorCode kNoLink{"SHR", 1, Category::UserInput, "There is no link for this target."};
inline constexpr ErrorCode kBadTarget{"SHR", 2, Category::UserInput, "This target cannot be shared: %1$s"};
inline constexpr ErrorCode kBadAddress{"SHR", 3, Category::UserInput,
                                       "The mail address \"%1$s\" of the guest is not valid."};
inline constexpr ErrorCode kBadExpiry{"SHR", 4, Category::UserInput,
                                      "The date on which the link ends lies in the past."};
inline constexpr ErrorCode kBadPassword{"SHR", 5, Category::UserInput,
                                        "The password of the link is too long or contains a NUL byte."};

inline constexpr ErrorCode kNobodyToTell{"SHR", 6, Category::UserInput,
                                         "%1$s has no mail address and was not told."};

inline constexpr const ErrorCode* kAll[] = {&kNoLink,    &kBadTarget,   &kBadAddress,
                                            &kBadExpiry, &kBadPassword, &kNobodyToTell};

}  // namespace gw::errors::shr
