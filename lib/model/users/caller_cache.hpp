// The callers this process met lately, so that a request costs one cheap query. Used by user_directory only.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "model/caller.hpp"

namespace gw::model::users {

/// Which state of a context's accounts a cached caller belongs to (context_sequence.account_stamp).
using AccountStamp = std::int64_t;

/// Least recently used entries go first. Threads: any.
class CallerCache {
 public:
  explicit CallerCache(std::size_t capacity) : capacity_(capacity) {}
  /// Empty when absent or of another state. `ends` gets what was stored with it.
  std::optional<Caller> find(ContextId context, UserId user, AccountStamp stamp, Millis& ends);
  void store(const Caller& caller, AccountStamp stamp, Millis ends);
  [[nodiscard]] std::size_t size() const;

 private:
  struct Key {
    ContextId context;
    UserId user;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
      return std::hash<ContextId>{}(key.context) * 1'000'003U ^ std::hash<UserId>{}(key.user);
    }
  };
  struct Entry {
    Caller caller;
    AccountStamp stamp;
    Millis ends;
  };
  const std::size_t capacity_;
  mutable std::mutex mutex_;
  /// Most recently used first.
  std::list<Entry> entries_;
  std::unordered_map<Key, std::list<Entry>::iterator, KeyHash> places_;
};

}  // namespace gw::model::users
