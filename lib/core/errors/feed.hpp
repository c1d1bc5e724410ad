// RSS: news feeds. The contract names no numbers for them: numbers and texts are ours. All but the last are
// warnings beside the articles of other feeds.
#pragma once
#include "core/error.hpp"

namespace gw::errors::rss {

inline constexpr ErrorCode kUnreachable{"RSS", 1, Category::Warning,
                                        "The server of the feed %1$s does not answer."};
inline constexpr ErrorCode kBadStatus{"RSS", 2, Category::Warning,
                                      "The server of the feed %1$s answered with status %2$s."};
inline constexpr ErrorCode kNoFeed{"RSS", 3, Category::Warning, "There is no feed at %1$s."};
inline constexpr ErrorCode kTooLarge{"RSS", 4, Category::Warning, "The feed %1$s is too large."};
inline constexpr ErrorCode kDenied{"RSS", 5, Category::Warning,
                                   "The feed %1$s may not be read by this server."};
inline constexpr ErrorCode kBadAddress{"RSS", 6, Category::Warning,
                                       "\"%1$s\" is not a valid address of a feed."};
inline constexpr ErrorCode kTooMany{"RSS", 7, Category::UserInput,
                                    "More than %1$s feeds cannot be read at once."};

inline constexpr const ErrorCode* kAll[] = {&kUnreachable, &kBadStatus,  &kNoFeed, &kTooLarge,
                                            &kDenied,      &kBadAddress, &kTooMany};

}  // namespace gw::errors::rss
