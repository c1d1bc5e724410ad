// The fast copy of sessions that all workers share. Apache gives httpd's socache, tests a map.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gw::session {

/// Losing an entry is always allowed: the database is the truth. Threads: any. Must not throw.
class SessionCache {
 public:
  virtual ~SessionCache() = default;
  /// Limits: keys 64 bytes, values 8 KiB (larger ones are not kept).
  virtual std::optional<std::string> get(std::string_view key) noexcept = 0;
  virtual void put(std::string_view key, std::string_view value, std::chrono::seconds lifetime) noexcept = 0;
  virtual void remove(std::string_view key) noexcept = 0;
};

}  // namespace gw::session
