// Who proved his password a moment ago, so that a client which sends it with every request does not cost a
// slow hash each time. Free of httpd.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace gw::apache {

/// Whose password it was, and the state of the context's accounts under which it was right
/// (users/user_directory.hpp): a changed password, or any other change of accounts, ends the entry.
struct ProvenUser {
  ContextId context;
  UserId user;
  std::int64_t account_stamp = 0;
};

/// Keeps neither names nor passwords: keys are keyed digests, under a key of this process alone. Threads:
/// any.
class AuthCache {
 public:
  static constexpr std::chrono::seconds kLifetime{60};
  static constexpr std::size_t kMaxEntries = 10'000;

  AuthCache();
  /// Empty when unknown or too old.
  std::optional<ProvenUser> find(std::string_view name, std::string_view password, Millis now);
  void store(std::string_view name, std::string_view password, const ProvenUser& proven, Millis now);
  void forget(std::string_view name, std::string_view password);

 private:
  struct Entry {
    ProvenUser proven;
    Millis until;
  };
  [[nodiscard]] std::string key_of(std::string_view name, std::string_view password) const;

  const std::string secret_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace gw::apache
