// Where feeds come from: the web, and for a while what was read there lately.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/time.hpp"
#include "mail/feeds/feed.hpp"
#include "mail/web/fetch.hpp"

namespace gw::mail::feeds {

/// What became of one URL. A feed that is there has no failure.
struct LoadedFeed {
  web::FetchFailure failure = web::FetchFailure::None;
  long status = 0;  ///< of HTTP
  /// Addresses in it are whole, or empty. Null: there is none; without a failure the document was no feed.
  std::shared_ptr<const Feed> feed;
};

/// Threads: any.
class FeedSource {
 public:
  static constexpr std::int64_t kKeptMillis = 600'000;
  static constexpr std::size_t kMaxFeeds = 100;
  /// Bytes of the documents. Their articles take about as much again.
  static constexpr std::size_t kMaxBytes = 4 * 1'048'576, kMaxBytesOfOne = 512 * 1'024;

  /// `rules` say what may be reached; size, time and redirects are set here. `clock` must outlive this.
  FeedSource(web::FetchRules rules, const Clock& clock);

  /// In the order of the URLs. What is kept is given without asking; the rest is fetched at the same time.
  /// Errors: none, see LoadedFeed. Cost: at most 10 seconds, but for the system's resolver. Hold no database
  /// connection.
  std::vector<LoadedFeed> load(std::span<const std::string> urls);
  [[nodiscard]] std::size_t kept() const;

 private:
  struct Entry {
    std::string url;
    std::shared_ptr<const Feed> feed;
    std::size_t bytes = 0;
    Millis until;
  };
  std::shared_ptr<const Feed> find(const std::string& url);
  void keep(const std::string& url, std::shared_ptr<const Feed> feed, std::size_t bytes);
  void drop(std::list<Entry>::iterator entry);

  web::FetchRules rules_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  ///< the oldest first
  std::unordered_map<std::string, std::list<Entry>::iterator> places_;
  std::size_t bytes_ = 0;
};

}  // namespace gw::mail::feeds
