// What this process read lately and may use again for as long as the marks it was read under stand still. The
// marks come with a statement that every request needs anyway, so other processes and nodes need not tell us
// of their changes.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "model/caller.hpp"

namespace gw::model {

/// A key of up to three numbers; the last ones may stay 0.
struct CacheKey {
  ContextId context;
  std::int64_t first = 0;
  std::int64_t second = 0;
  bool operator==(const CacheKey&) const = default;
};

/// Bounded: least recently used entries go first. Threads: any.
template <class Value>
class MarkedCache {
 public:
  explicit MarkedCache(std::size_t capacity) : capacity_(capacity) {}

  /// nullptr when absent or of another state. What is given stays valid whatever others store.
  [[nodiscard]] std::shared_ptr<const Value> find(const CacheKey& key, const Marks& marks) {
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(key);
    if (place == places_.end() || place->second->marks != marks) return nullptr;
    entries_.splice(entries_.begin(), entries_, place->second);
    return place->second->value;
  }

  /// `marks` were read by the statement that read the value, or before it: never after.
  void store(const CacheKey& key, const Marks& marks, Value value) {
    Entry entry{key, marks, std::make_shared<const Value>(std::move(value))};
    const std::lock_guard lock(mutex_);
    if (const auto place = places_.find(key); place != places_.end()) {
      // Swapped, so that the old value is freed after the lock.
      std::swap(*place->second, entry);
      entries_.splice(entries_.begin(), entries_, place->second);
      return;
    }
    if (entries_.size() >= capacity_) {
      places_.erase(entries_.back().key);
      entries_.pop_back();
    }
    entries_.push_front(std::move(entry));
    places_.emplace(key, entries_.begin());
  }

  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
  }

 private:
  struct Entry {
    CacheKey key;
    Marks marks;
    std::shared_ptr<const Value> value;
  };
  struct KeyHash {
    std::size_t operator()(const CacheKey& key) const noexcept {
      std::uint64_t hash = static_cast<std::uint64_t>(key.context.value);
      for (const std::int64_t part : {key.first, key.second})
        hash = (hash ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15ULL;
      return static_cast<std::size_t>(hash ^ hash >> 32);
    }
  };

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  /// Most recently used first.
  std::list<Entry> entries_;
  std::unordered_map<CacheKey, typename std::list<Entry>::iterator, KeyHash> places_;
};

}  // namespace gw::model
