// The prepared statements of one connection, least recently used first out. Looking up a text allocates
// nothing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <list>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace gw::sql {

/// Hashes the length and some eight-byte samples: statements of wide tables have kilobytes of text, and
/// equality compares all of it anyway.
struct SqlTextHash {
  std::size_t operator()(std::string_view text) const noexcept {
    constexpr std::size_t kSamples = 12;
    std::uint64_t hash = text.size() * 0x9E3779B97F4A7C15ULL;
    if (text.size() <= kSamples * 8) return std::hash<std::string_view>{}(text);
    const std::size_t last = text.size() - 8;
    for (std::size_t i = 0; i < kSamples; ++i) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + last * i / (kSamples - 1), 8);
      hash = (hash ^ word) * 0xFF51AFD7ED558CCDULL;
      hash ^= hash >> 32;
    }
    return hash;
  }
};

/// `StatementType` gives its own text as `sql()` and tells by `is_active()` that rows of it are being read.
/// Threads: one at a time, like its connection.
template <class StatementType>
class StatementCache {
 public:
  explicit StatementCache(int limit) : limit_(static_cast<std::size_t>(std::max(limit, 1))) {}

  /// The statement for this text; `prepare` makes it (a unique_ptr) when it is not there.
  /// Owns: the reference lives until the statement is evicted, which happens only in this call and never
  /// while it is active.
  template <class Prepare>
  StatementType& get(std::string_view sql, const Prepare& prepare) {
    if (const auto found = index_.find(sql); found != index_.end()) {
      used_.splice(used_.begin(), used_, found->second);
      return *used_.front();
    }
    std::unique_ptr<StatementType> made = prepare();
    while (used_.size() >= limit_ && evict_one()) {
    }
    used_.push_front(std::move(made));
    index_.emplace(used_.front()->sql(), used_.begin());
    return *used_.front();
  }

  [[nodiscard]] std::size_t size() const { return used_.size(); }
  void clear() {
    index_.clear();
    used_.clear();
  }

 private:
  using Entries = std::list<std::unique_ptr<StatementType>>;

  /// False when every statement is in use; then the cache grows by as many as are read at once.
  bool evict_one() {
    for (auto entry = used_.rbegin(); entry != used_.rend(); ++entry) {
      if ((*entry)->is_active()) continue;
      index_.erase((*entry)->sql());
      used_.erase(std::next(entry).base());
      return true;
    }
    return false;
  }

  std::size_t limit_;
  Entries used_;
  std::unordered_map<std::string_view, typename Entries::iterator, SqlTextHash> index_;
};

}  // namespace gw::sql
