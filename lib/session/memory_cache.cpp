#include "session/memory_cache.hpp"

#include <algorithm>
#include <exception>
#include <functional>

namespace gw::session {
namespace {

constexpr std::size_t kMaxKey = 64;
constexpr std::size_t kMaxValue = 8'192;

}  // namespace

MemoryCache::MemoryCache(const Clock& clock, std::size_t capacity)
    : clock_(clock),
      part_capacity_(std::max<std::size_t>(1, capacity / std::tuple_size_v<decltype(parts_)>)) {}

MemoryCache::Part& MemoryCache::part_of(std::string_view key) {
  return parts_[std::hash<std::string_view>{}(key) % parts_.size()];
}

std::optional<std::string> MemoryCache::get(std::string_view key) noexcept try {
  const std::int64_t now = clock_.now().value;
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  const auto place = part.places.find(key);
  if (place == part.places.end()) return std::nullopt;
  const auto entry = place->second;
  if (entry->until <= now) {
    part.places.erase(place);
    part.entries.erase(entry);
    return std::nullopt;
  }
  part.entries.splice(part.entries.begin(), part.entries, entry);
  return entry->value;
} catch (const std::exception&) {
  return std::nullopt;
}

void MemoryCache::put(std::string_view key, std::string_view value, std::chrono::seconds lifetime) noexcept
    try {
  remove(key);
  if (key.size() > kMaxKey || value.size() > kMaxValue) return;
  const std::int64_t until = clock_.now().value + std::chrono::milliseconds(lifetime).count();
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  store(part, key, value, until);
} catch (const std::exception&) {
  // Losing an entry is allowed.
}

void MemoryCache::store(Part& part, std::string_view key, std::string_view value, std::int64_t until) {
  if (const auto place = part.places.find(key); place != part.places.end()) {
    place->second->value = value;
    place->second->until = until;
    return;
  }
  if (part.entries.size() >= part_capacity_) {
    part.places.erase(part.entries.back().key);
    part.entries.pop_back();
  }
  part.entries.push_front({std::string(key), std::string(value), until});
  part.places.emplace(part.entries.front().key, part.entries.begin());
}

void MemoryCache::remove(std::string_view key) noexcept try {
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  const auto place = part.places.find(key);
  if (place == part.places.end()) return;
  const auto entry = place->second;
  part.places.erase(place);
  part.entries.erase(entry);
} catch (const std::exception&) {
}

std::size_t MemoryCache::size() const {
  std::size_t total = 0;
  for (const Part& part : parts_) {
    const std::lock_guard lock(part.mutex);
    total += part.entries.size();
  }
  return total;
}

}  // namespace gw::session
