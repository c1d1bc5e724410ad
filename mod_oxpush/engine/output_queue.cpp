#include "output_queue.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace oxpush {
namespace {

bool are_equal(const Change& a, const Change& b) {
  return a.context == b.context && a.folder == b.folder && a.module == b.module && a.origin == b.origin &&
         a.users == b.users;
}

std::size_t hash_of(const Change& change) {
  std::size_t hash = std::hash<std::string_view>{}(
      {reinterpret_cast<const char*>(change.users.data()), change.users.size() * sizeof(std::int32_t)});
  for (const std::int32_t part :
       {change.context, change.folder, change.module, static_cast<std::int32_t>(change.origin)})
    hash = hash * 1'000'003 + static_cast<std::size_t>(part);
  return hash;
}

}  // namespace

OutputQueue::ByHash::iterator OutputQueue::find_equal(std::size_t hash, const Change& change) {
  const auto [begin, end] = by_hash_.equal_range(hash);
  const auto found =
      std::find_if(begin, end, [&](const auto& pair) { return are_equal(pair.second->change, change); });
  return found == end ? by_hash_.end() : found;
}

OutputQueue::Outcome OutputQueue::add(Change change, milliseconds delay, milliseconds now) {
  const std::size_t hash = hash_of(change);
  if (const auto known = find_equal(hash, change); known != by_hash_.end()) {
    const auto entry = known->second;
    entry->change.stamp = std::max(entry->change.stamp, change.stamp);
    by_due_.erase(entry->due);
    entry->due = by_due_.emplace(std::min(now + delay, entry->latest), entry);
    return Outcome::Merged;
  }
  const bool is_full = entries_.size() >= limit_;
  if (is_full && !entries_.empty()) take(entries_.begin());
  const auto entry =
      entries_.insert(entries_.end(), Entry{std::move(change), now, now + kMostDelays * delay, {}, {}});
  entry->due = by_due_.emplace(now + delay, entry);
  entry->hash = by_hash_.emplace(hash, entry);
  return is_full ? Outcome::Overflowed : Outcome::Added;
}

Change OutputQueue::take(Entries::iterator entry) {
  Change change = std::move(entry->change);
  by_due_.erase(entry->due);
  by_hash_.erase(entry->hash);
  entries_.erase(entry);
  return change;
}

std::optional<Change> OutputQueue::pop_due(milliseconds now) {
  if (by_due_.empty() || by_due_.begin()->first > now) return std::nullopt;
  return take(by_due_.begin()->second);
}

std::optional<Change> OutputQueue::pop() {
  if (by_due_.empty()) return std::nullopt;
  return take(by_due_.begin()->second);
}

std::optional<milliseconds> OutputQueue::next_due() const {
  if (by_due_.empty()) return std::nullopt;
  return by_due_.begin()->first;
}

std::optional<milliseconds> OutputQueue::oldest() const {
  if (entries_.empty()) return std::nullopt;
  return entries_.front().since;
}

}  // namespace oxpush
