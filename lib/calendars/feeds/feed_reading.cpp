#include "calendars/feeds/feed_reading.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"

namespace gw::calendars::feeds {
namespace {

namespace web = mail::web;

constexpr mail::net::Timeout kFeedConnectTimeout{5'000}, kFeedTimeout{35'000};
constexpr int kFeedRedirects = 5;
constexpr long kNotModified = 304, kUnauthorized = 401, kForbidden = 403;
constexpr std::int64_t kMillisOfMinute = 60'000;

FeedFailure failure_of(const web::Fetched& fetched) {
  switch (fetched.failure) {
    case web::FetchFailure::None:
      return FeedFailure::None;
    case web::FetchFailure::BadAddress:
    case web::FetchFailure::Denied:
      return FeedFailure::Denied;
    case web::FetchFailure::TooLarge:
      return FeedFailure::TooLarge;
    case web::FetchFailure::Status:
      if (fetched.status == kUnauthorized || fetched.status == kForbidden) return FeedFailure::Login;
      break;
    case web::FetchFailure::Unreachable:
      break;
  }
  return FeedFailure::Unreachable;
}

}  // namespace

void throw_failure(FeedFailure failure, const std::string& uri) {
  namespace cal = errors::cal;
  switch (failure) {
    case FeedFailure::Login:
      throw ApiError(cal::kFeedAuthFailed, {uri});
    case FeedFailure::Denied:
      throw ApiError(cal::kBadConfiguration, {uri});
    case FeedFailure::NoCalendar:
      throw ApiError(cal::kBadData, {"uri", "no calendar lies there, or not a whole one"});
    case FeedFailure::TooLarge:
      throw ApiError(cal::kBadData, {"uri", "the calendar has more than 5 MB"});
    case FeedFailure::None:
    case FeedFailure::Unreachable:
      break;
  }
  throw ApiError(cal::kAccountUnavailable, {uri});
}

FeedReading read_from_web(const FeedConfig& config, const std::string& password,
                          const model::calendar::Freshness& known, const TimeZone& zone,
                          web::FetchRules rules) {
  rules.connect_timeout = kFeedConnectTimeout;
  rules.timeout = kFeedTimeout;
  rules.max_bytes = kMaxFeed;
  rules.max_redirects = kFeedRedirects;
  const bool has_events = known.fetched.value > 0;
  const web::Fetched fetched = web::fetch_one({.url = fetched_uri(config),
                                               .login = config.login,
                                               .password = password,
                                               .etag = has_events ? known.etag : "",
                                               .modified = has_events ? known.modified : ""},
                                              rules);
  FeedReading reading;
  if (has_events && fetched.failure == web::FetchFailure::Status && fetched.status == kNotModified) {
    reading.is_unchanged = true;
    return reading;
  }
  reading.failure = failure_of(fetched);
  if (reading.failure != FeedFailure::None) return reading;
  reading.document = read_feed(fetched.bytes, zone);
  if (!reading.document) reading.failure = FeedFailure::NoCalendar;
  reading.etag = fetched.etag;
  reading.modified = fetched.modified;
  return reading;
}

Millis next_reading(const FeedConfig& config, std::int64_t asked_minutes, FeedFailure failure, Millis now) {
  if (failure != FeedFailure::None) return {now.value + kRetryMillis};
  const std::int64_t wanted =
      config.refresh_minutes.value_or(asked_minutes > 0 ? asked_minutes : kNormalMinutes);
  return {now.value + std::clamp(wanted, kShortestMinutes, kLongestMinutes) * kMillisOfMinute};
}

}  // namespace gw::calendars::feeds
