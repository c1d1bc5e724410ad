// All streams of one process: who gets which event, limits, heartbeats, ends, and what a client that comes
// back has missed. Knows nothing of sockets, requests and sessions; its caller moves bytes and asks sessions.
// Source: spec push-modern 7.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "push/event_log.hpp"
#include "push/stream.hpp"

namespace gw::push {

struct HubOptions {
  /// The same for all processes of one start of the server.
  std::string epoch;
  /// Named in `ready`, for people who look for the machine that answers.
  std::string server;
  std::size_t streams = 10'000;  ///< of the process
  int streams_per_user = 8;      ///< in the process
  std::chrono::milliseconds heartbeat{25'000};
  std::chrono::milliseconds retry{5'000};
  EventLog::Limits log;
  std::size_t resumed_events = 256;  ///< more than these behind a client's id: it reloads
  std::uint32_t seed = 1;
};

/// Sums since the start, but for the first three.
struct HubCounters {
  std::uint64_t streams = 0;
  std::uint64_t polls = 0;
  std::int64_t lag = 0;  ///< ms from the change to its arrival here, of the newest local event
  std::uint64_t opened = 0;
  std::uint64_t events = 0;
  std::uint64_t messages = 0;
  std::uint64_t merged = 0;
  std::uint64_t suppressed = 0;  ///< own changes
  std::uint64_t resyncs = 0;
  std::uint64_t replaced = 0;
  std::uint64_t slow = 0;
  std::uint64_t invalid = 0;
  std::uint64_t refused = 0;  ///< above the limit of the process
};

/// Threads: any; one lock, never held while anything is called.
class StreamHub {
 public:
  StreamHub(HubOptions options, const Clock& clock);
  StreamHub(const StreamHub&) = delete;
  StreamHub& operator=(const StreamHub&) = delete;

  /// Life and heartbeat vary by a fifth around their middle, so that clients do not come in herds.
  /// Errors: empty above the limit of the process, and while the server stops.
  std::optional<StreamId> open(StreamRequest request);
  void publish(EventRecord&& event);
  /// Events were lost, or may have been: every client reloads.
  void lose();
  /// Heartbeats, lives, age of the log: call it once a second. Gives the streams whose session must be asked
  /// again.
  std::vector<StreamId> tick();

  /// The streams that got something to send since the last call, each once.
  std::vector<StreamId> take_ready();
  /// Errors: nothing for an unknown stream.
  Output take(StreamId id, std::size_t most);
  [[nodiscard]] bool has_output(StreamId id) const;
  /// Waits until the stream has output, or it is gone, or the time is over. For threads that serve one
  /// stream.
  void wait(StreamId id, std::chrono::milliseconds longest);

  void end(StreamId id, EndReason reason);
  /// Why it ends, if it does; what waits may still have to be sent.
  [[nodiscard]] std::optional<EndReason> end_of(StreamId id) const;
  /// No stream opens any more.
  void stop();
  /// Its client is gone, or its answer has ended.
  void close(StreamId id);
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] HubCounters counters() const;

 private:
  struct Held {
    Stream stream;
    Millis next_heartbeat;
    Millis ends;
    Position told = 0;  ///< the position the client has
    bool is_queued = false;
  };
  struct UserHash {
    std::size_t operator()(const UserKey& key) const noexcept;
  };
  using Streams = std::map<StreamId, Held>;

  void greet(Held& held);
  /// False when the client must reload.
  bool replay(Held& held, Position from);
  void resync(StreamId id, Held& held);
  void make_room(const StreamRequest& request);
  /// Ascending, each once. Cost: with kEverybody all streams of the process are looked at.
  [[nodiscard]] std::vector<StreamId> concerned_by(const EventRecord& event) const;
  void offer(StreamId id, Held& held, const std::shared_ptr<const EventRecord>& event, Position position);
  void end_locked(StreamId id, Held& held, EndReason reason);
  void note_output(StreamId id, Held& held);
  std::chrono::milliseconds vary(std::chrono::milliseconds middle);
  Position random_position();

  const HubOptions options_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::minstd_rand random_;
  EventLog log_;
  Streams streams_;
  /// Oldest first.
  std::unordered_map<UserKey, std::vector<StreamId>, UserHash> of_user_;
  std::vector<StreamId> ready_;
  StreamId next_id_ = 1;
  bool stops_ = false;
  HubCounters counters_;
};

}  // namespace gw::push
