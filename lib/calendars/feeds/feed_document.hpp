// From the bytes of a feed to what is stored of it. Pure. Source: RFC 5545, RFC 7986; spec chronos
// section 14.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "model/calendar/feed_events.hpp"

namespace gw::calendars::feeds {

struct FeedDocument {
  std::optional<std::string> title, description, color;
  std::int64_t refresh_minutes = 0;  ///< 0: it does not say
  std::vector<model::calendar::FeedSeries> series;
  std::size_t left_out = 0;  ///< components that cannot be kept
};

/// `zone`: of times in zones that nobody knows. What has no uid gets one that is made from all it says, so it
/// is the same the next time; when it was exported (DTSTAMP) makes no difference. Errors: empty when it is no
/// calendar, or none that is whole, or holds more than model::calendar::kMostFeedEvents events.
std::optional<FeedDocument> read_feed(std::string_view text, const TimeZone& zone);

}  // namespace gw::calendars::feeds
