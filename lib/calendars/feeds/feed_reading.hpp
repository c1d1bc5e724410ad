// Reading a feed: the document from the web, and what went wrong. Source: spec chronos section 14, users p27.
#pragma once

#include <optional>

#include "calendars/feeds/feed_config.hpp"
#include "calendars/feeds/feed_document.hpp"
#include "mail/web/fetch.hpp"
#include "model/calendar/calendar_accounts.hpp"

namespace gw::calendars::feeds {

inline constexpr std::size_t kMaxFeed = 5 * 1'048'576;  ///< bytes
inline constexpr std::int64_t kNormalMinutes = 10'080, kShortestMinutes = 15, kLongestMinutes = 525'600;
inline constexpr std::int64_t kRetryMillis = 3'600'000;  ///< after a failure

/// Stored as numbers: never renumber.
enum class FeedFailure {
  None = 0,
  Unreachable = 1,  ///< nobody answers, or with an error
  Login = 2,        ///< another login or password is wanted
  Denied = 3,       ///< no such address, or one that users may not reach
  NoCalendar = 4,
  TooLarge = 5,
};
/// Errors: CAL-5031, 4010, 4004, 4006. Never for None.
[[noreturn]] void throw_failure(FeedFailure failure, const std::string& uri);

struct FeedReading {
  FeedFailure failure = FeedFailure::None;
  bool is_unchanged = false;  ///< the server says so; there is no document
  std::optional<FeedDocument> document;
  std::string etag, modified;
};
/// `rules` say what may be reached; size, time and redirects are set here. Hold no database connection.
/// Errors: none. Cost: at most 35 seconds, but for the system's resolver.
FeedReading read_from_web(const FeedConfig& config, const std::string& password,
                          const model::calendar::Freshness& known, const TimeZone& zone,
                          mail::web::FetchRules rules);

/// When it is due again after this reading.
Millis next_reading(const FeedConfig& config, std::int64_t asked_minutes, FeedFailure failure, Millis now);

}  // namespace gw::calendars::feeds
