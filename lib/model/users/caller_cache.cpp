#include "model/users/caller_cache.hpp"

namespace gw::model::users {

std::optional<Caller> CallerCache::find(ContextId context, UserId user, AccountStamp stamp, Millis& ends) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find({context, user});
  if (place == places_.end() || place->second->stamp != stamp) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, place->second);
  ends = place->second->ends;
  return place->second->caller;
}

void CallerCache::store(const Caller& caller, AccountStamp stamp, Millis ends) {
  const std::lock_guard lock(mutex_);
  const Key key{caller.context, caller.user};
  if (const auto place = places_.find(key); place != places_.end()) {
    *place->second = {caller, stamp, ends};
    entries_.splice(entries_.begin(), entries_, place->second);
    return;
  }
  if (entries_.size() >= capacity_) {
    const Caller& oldest = entries_.back().caller;
    places_.erase({oldest.context, oldest.user});
    entries_.pop_back();
  }
  entries_.push_front({caller, stamp, ends});
  places_.emplace(key, entries_.begin());
}

std::size_t CallerCache::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace gw::model::users
