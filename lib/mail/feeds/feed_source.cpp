#include "mail/feeds/feed_source.hpp"

#include <iterator>
#include <utility>

namespace gw::mail::feeds {
namespace {

constexpr int kMaxRedirects = 5;
constexpr net::Timeout kConnectTimeout{5'000}, kTimeout{10'000};

/// Makes the addresses whole, as seen from where the feed lies.
std::shared_ptr<const Feed> with_whole_addresses(Feed feed, const std::string& base) {
  const auto resolve = [&](std::string& address) {
    if (!address.empty()) address = web::resolve_reference(base, address).value_or("");
  };
  resolve(feed.image_url);
  for (Article& article : feed.articles) {
    resolve(article.url);
    resolve(article.image_url);
  }
  return std::make_shared<const Feed>(std::move(feed));
}

}  // namespace

FeedSource::FeedSource(web::FetchRules rules, const Clock& clock) : rules_(std::move(rules)), clock_(clock) {
  rules_.connect_timeout = kConnectTimeout;
  rules_.timeout = kTimeout;
  rules_.max_bytes = kMaxFeed;
  rules_.max_redirects = kMaxRedirects;
}

std::vector<LoadedFeed> FeedSource::load(std::span<const std::string> urls) {
  std::vector<LoadedFeed> loaded(urls.size());
  std::vector<std::string> wanted;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < urls.size(); ++i) {
    loaded[i].feed = find(urls[i]);
    if (loaded[i].feed) continue;
    wanted.push_back(urls[i]);
    places.push_back(i);
  }
  if (wanted.empty()) return loaded;
  const auto fetched = web::fetch_all(wanted, rules_);
  for (std::size_t i = 0; i < fetched.size(); ++i) {
    LoadedFeed& one = loaded[places[i]];
    one.failure = fetched[i].failure;
    one.status = fetched[i].status;
    if (one.failure != web::FetchFailure::None) continue;
    auto feed = parse_feed(fetched[i].bytes, fetched[i].content_type);
    if (!feed) continue;
    one.feed = with_whole_addresses(std::move(*feed), fetched[i].url);
    keep(wanted[i], one.feed, fetched[i].bytes.size());
  }
  return loaded;
}

std::size_t FeedSource::kept() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::shared_ptr<const Feed> FeedSource::find(const std::string& url) {
  const Millis now = clock_.now();
  const std::lock_guard lock(mutex_);
  while (!entries_.empty() && entries_.front().until <= now) drop(entries_.begin());
  const auto place = places_.find(url);
  return place == places_.end() ? nullptr : place->second->feed;
}

void FeedSource::keep(const std::string& url, std::shared_ptr<const Feed> feed, std::size_t bytes) {
  if (bytes > kMaxBytesOfOne) return;
  const Millis until{clock_.now().value + kKeptMillis};
  const std::lock_guard lock(mutex_);
  if (const auto old = places_.find(url); old != places_.end()) drop(old->second);
  while (entries_.size() >= kMaxFeeds || bytes_ + bytes > kMaxBytes) drop(entries_.begin());
  entries_.push_back({url, std::move(feed), bytes, until});
  places_.emplace(url, std::prev(entries_.end()));
  bytes_ += bytes;
}

void FeedSource::drop(std::list<Entry>::iterator entry) {
  bytes_ -= entry->bytes;
  places_.erase(entry->url);
  entries_.erase(entry);
}

}  // namespace gw::mail::feeds
