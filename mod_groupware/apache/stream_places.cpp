#include "apache/stream_places.hpp"

#include <algorithm>
#include <chrono>
#include <functional>

namespace gw::apache {
namespace {

/// The machine's steady clock is the same for all of its processes; the number within the process tells two
/// of one moment apart.
std::uint64_t next_order(push::StreamId stream) {
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
  return static_cast<std::uint64_t>(now.count() + 1) << 16 | (stream & 0xFFFF);
}

}  // namespace

StreamPlaces::StreamPlaces(std::span<StreamPlace> places, int pid, bool (*runs)(int pid))
    : places_(places), pid_(pid), runs_(runs) {
  for (StreamPlace& place : places_)
    if (place.pid.load() == pid_) free_place(place);
}

StreamPlaces::~StreamPlaces() {
  for (const auto& [stream, place] : own_) free_place(*place);
}

void StreamPlaces::free_place(StreamPlace& place) {
  place.order = 0;
  place.ends = 0;
  place.pid = 0;
}

/// A free one, else one whose process is gone: `kill -9` frees nothing.
StreamPlace* StreamPlaces::take_place() {
  for (const bool from_the_dead : {false, true}) {
    for (StreamPlace& place : places_) {
      int owner = place.pid.load(std::memory_order_relaxed);
      if (owner != 0 && (!from_the_dead || owner == pid_ || runs_(owner))) continue;
      if (!place.pid.compare_exchange_strong(owner, pid_)) continue;
      place.order = 0;
      place.ends = 0;
      return &place;
    }
  }
  return nullptr;
}

void StreamPlaces::add(push::StreamId stream, push::UserKey user, std::string_view connection,
                       std::size_t most) {
  StreamPlace* place = take_place();
  if (place == nullptr) return;
  place->context = user.context;
  place->user = user.user;
  place->connection = std::hash<std::string_view>()(connection);
  place->stream = stream;
  place->order.store(next_order(stream), std::memory_order_release);
  {
    const std::lock_guard lock(mutex_);
    own_[stream] = place;
  }
  mark_others(*place, most);
}

/// Two processes that open at the same moment both see both, and mark the same ones.
void StreamPlaces::mark_others(const StreamPlace& fresh, std::size_t most) {
  std::vector<std::pair<std::uint64_t, StreamPlace*>> running;
  for (StreamPlace& place : places_) {
    const std::uint64_t order = place.order.load(std::memory_order_acquire);
    if (order == 0 || place.user != fresh.user || place.context != fresh.context || place.ends != 0) continue;
    const int owner = place.pid.load();
    if (owner == 0) continue;
    if (owner != pid_ && !runs_(owner)) {
      free_place(place);
    } else if (place.connection == fresh.connection && order < fresh.order) {
      place.ends = 1 + static_cast<std::uint32_t>(push::EndReason::Superseded);
    } else {
      running.emplace_back(order, &place);
    }
  }
  if (running.size() <= most) return;
  std::sort(running.begin(), running.end());
  for (std::size_t i = 0; i + most < running.size(); ++i)
    running[i].second->ends = 1 + static_cast<std::uint32_t>(push::EndReason::Replaced);
}

void StreamPlaces::remove(push::StreamId stream) {
  const std::lock_guard lock(mutex_);
  const auto known = own_.find(stream);
  if (known == own_.end()) return;
  free_place(*known->second);
  own_.erase(known);
}

std::vector<std::pair<push::StreamId, push::EndReason>> StreamPlaces::take_ending() {
  std::vector<std::pair<push::StreamId, push::EndReason>> ending;
  const std::lock_guard lock(mutex_);
  for (const auto& [stream, place] : own_)
    if (const std::uint32_t ends = place->ends.load(); ends != 0)
      ending.emplace_back(stream, static_cast<push::EndReason>(ends - 1));
  return ending;
}

}  // namespace gw::apache
