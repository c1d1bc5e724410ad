// Any bytes as a feed: what is read is text within the limits, and its HTML can be cleaned.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mail/feeds/feed.hpp"
#include "mail/html/cleaner.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gw;
  using fuzz::require;
  // The first line is the media type.
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const auto feed =
      mail::feeds::parse_feed(input.substr(std::min(end + 1, input.size())), input.substr(0, end));
  mail::feeds::parse_feed_date(input);
  if (!feed) return 0;
  require(feed->articles.size() <= mail::feeds::kMaxArticles);
  require(is_valid_utf8(feed->title) && feed->title.find('\n') == std::string::npos);
  for (const auto& article : feed->articles) {
    for (const std::string* text :
         {&article.subject, &article.url, &article.author, &article.body, &article.image_url})
      require(is_valid_utf8(*text));
    require(article.subject.find('\n') == std::string::npos && !has_control_characters(article.url));
  }
  if (!feed->articles.empty()) mail::html::clean_html(feed->articles.front().body, {});
  return 0;
}
