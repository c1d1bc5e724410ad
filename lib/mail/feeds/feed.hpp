// Articles of a news feed, read from the bytes of one. Formats: RSS 0.90, 0.91 to 0.94, 1.0, 2.0 with the
// elements of the modules content, dc, media and itunes that carry the same things; Atom 0.3 and 1.0. Nothing
// here talks to the network. Source: spec mail-push-and-extras section 7; RFC 4287; the published
// descriptions of RSS.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace gw::mail::feeds {

struct Article {
  std::string subject;  ///< plain text, one line
  std::string url;      ///< as in the feed: may be relative, may be no address at all
  std::string author;   ///< plain text, one line
  std::optional<Millis> date;
  /// HTML of a stranger: clean it before anybody sees it (html/cleaner.hpp).
  std::string body;
  std::string image_url;  ///< as in the feed
};

struct Feed {
  std::string title;      ///< plain text, one line
  std::string image_url;  ///< as in the feed
  std::vector<Article> articles;
};

inline constexpr std::size_t kMaxFeed = 2 * 1'024 * 1'024, kMaxArticles = 500;
/// Bytes of one value; what is behind is dropped.
inline constexpr std::size_t kMaxValue = 256 * 1'024;

/// Reads a feed. `content_type` of the answer tells the charset where the bytes have no mark of their own;
/// then the XML declaration does, then UTF-8. Articles behind the first kMaxArticles are not read. Entities
/// that the document declares are never used. Errors: empty when it is no well-formed XML, no feed, over
/// kMaxFeed or nested deeper than 100.
std::optional<Feed> parse_feed(std::string_view bytes, std::string_view content_type);

/// A date of RSS (RFC 822 with what senders make of it) or of Atom and dc (W3C profile of ISO 8601; what is
/// missing is the beginning of the period, UTC). Errors: empty when it is neither.
std::optional<Millis> parse_feed_date(std::string_view text);

}  // namespace gw::mail::feeds
