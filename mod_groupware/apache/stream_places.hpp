// Counts the event streams of each user over all processes of this server, in shared memory: a process that
// opens one marks the user's oldest too many, and the process that has it ends it. Free of httpd.
// Source: spec push-modern 7.1, "8 streams/user".
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "push/stream.hpp"

namespace gw::apache {

/// One stream of one process. Zero bytes are a free place.
struct StreamPlace {
  std::atomic<int> pid{0};
  std::atomic<std::uint32_t> ends{0};   ///< 1 + push::EndReason: its process shall end it
  std::atomic<std::uint64_t> order{0};  ///< greater ones are younger; 0: not filled yet
  std::atomic<std::int64_t> context{0};
  std::atomic<std::int32_t> user{0};
  std::atomic<std::uint64_t> connection{0};  ///< hash of the client's name for it
  std::atomic<std::uint64_t> stream{0};
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "a lock would not work between processes");

/// One process's view. Threads: any
class StreamPlaces {
 public:
  /// `places` may be empty: then nothing is counted. They outlive this, and other processes use them, too.
  /// `pid`: of this process; what one of that number left is freed. `runs`: whether a process is alive.
  StreamPlaces(std::span<StreamPlace> places, int pid, bool (*runs)(int pid));
  /// Frees what is left.
  ~StreamPlaces();
  StreamPlaces(const StreamPlaces&) = delete;
  StreamPlaces& operator=(const StreamPlaces&) = delete;

  /// A stream was opened: older ones of the same name end, and the oldest of the user above `most`.
  /// Without a free place it is not counted.
  /// Cost: looks at all places
  void add(push::StreamId stream, push::UserKey user, std::string_view connection, std::size_t most);
  void remove(push::StreamId stream);
  /// The streams of this process that shall end. Call it once a second. Cost: its own streams
  [[nodiscard]] std::vector<std::pair<push::StreamId, push::EndReason>> take_ending();

 private:
  StreamPlace* take_place();
  void mark_others(const StreamPlace& fresh, std::size_t most);
  static void free_place(StreamPlace& place);

  const std::span<StreamPlace> places_;
  const int pid_;
  bool (*const runs_)(int pid);
  std::mutex mutex_;
  std::unordered_map<push::StreamId, StreamPlace*> own_;
};

}  // namespace gw::apache
