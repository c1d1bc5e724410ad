// A session cache inside one process: for tests, groupwarectl, and httpd without a socache provider.
#pragma once

#include <array>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "core/time.hpp"
#include "session/session_cache.hpp"

namespace gw::session {

/// Bounded; the least recently used entry goes first. Threads: any (split into sixteen parts with a lock
/// each).
class MemoryCache final : public SessionCache {
 public:
  /// Units: `capacity` in entries over all parts, at least one per part. The clock must outlive the cache.
  explicit MemoryCache(const Clock& clock, std::size_t capacity = 20'000);

  std::optional<std::string> get(std::string_view key) noexcept override;
  void put(std::string_view key, std::string_view value, std::chrono::seconds lifetime) noexcept override;
  void remove(std::string_view key) noexcept override;
  [[nodiscard]] std::size_t size() const;

 private:
  struct Entry {
    std::string key;
    std::string value;
    std::int64_t until;
  };
  struct Part {
    mutable std::mutex mutex;
    std::list<Entry>
        entries;  ///< most recently used first; nodes never move, so the keys of `places` stay valid
    std::unordered_map<std::string_view, std::list<Entry>::iterator> places;
  };

  Part& part_of(std::string_view key);
  void store(Part& part, std::string_view key, std::string_view value, std::int64_t until);

  const Clock& clock_;
  const std::size_t part_capacity_;
  std::array<Part, 16> parts_;
};

}  // namespace gw::session
