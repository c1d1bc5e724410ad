// One browser that listens: what waits for it and the bytes to send next. Knows nothing of sockets; the hub
// decides what it is offered.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "core/time.hpp"
#include "push/framing.hpp"
#include "push/message.hpp"
#include "push/topics.hpp"

namespace gw::push {

/// Of one process. Never 0.
using StreamId = std::uint64_t;

struct UserKey {
  std::int64_t context = 0;
  std::int32_t user = 0;
  bool operator==(const UserKey&) const = default;
};

enum class Transport {
  Events,  ///< Server-Sent Events
  Poll,    ///< one answer: ends with the first message, or when its life is over
};

struct StreamRequest {
  UserKey user;
  bool is_guest = false;  ///< what is for everybody is not for him
  /// The client's own name of the stream, or a made-up one: events with this source token are not sent to it,
  /// and a newer stream of the same name takes its place.
  std::string connection;
  Interests interests;
  /// Last-Event-ID, or `since` of a poll. Empty: from now on.
  std::string last_id;
  Transport transport = Transport::Events;
  std::chrono::milliseconds life{0};
};

enum class EndReason {
  Life,            ///< it has lasted long enough; the client comes again
  Stopping,        ///< the server ends; the client comes again
  Replaced,        ///< the user has newer ones
  SessionInvalid,  ///< logout, expiry, locked account
  Superseded,      ///< the same client came again
  Slow,            ///< the client does not read
};

/// One piece of output.
struct Output {
  std::string bytes;
  bool is_last = false;  ///< nothing follows: end the answer
};

/// Threads: one at a time.
class Stream {
 public:
  static constexpr std::size_t kLargestUnsent = 64 * 1024;

  Stream(StreamRequest request, std::string epoch) : request_(std::move(request)), epoch_(std::move(epoch)) {}

  [[nodiscard]] const StreamRequest& request() const { return request_; }

  /// Bytes that are sent as they are, behind what waits.
  void add_frame(std::string_view frame);
  /// A message of the server itself: `ready`, `resync`.
  void add_notice(std::string_view event, std::string_view data, Position position);
  /// Gives false when more would wait than a client may leave unread: then end it.
  bool add(Message&& message);
  /// What waited no longer matters.
  void forget_waiting();
  /// What waits is still sent, but for Slow and Superseded. `jitter`: of the retry, 1 to 10 s.
  void end(EndReason reason, std::chrono::milliseconds jitter);

  [[nodiscard]] bool is_ended() const { return end_.has_value(); }
  [[nodiscard]] std::optional<EndReason> end_reason() const { return end_; }
  [[nodiscard]] bool has_output() const;
  [[nodiscard]] bool is_quiet() const { return waiting_.empty() && frames_.empty(); }
  [[nodiscard]] std::size_t unsent() const { return unsent_; }
  [[nodiscard]] std::uint64_t merged() const { return merged_; }
  [[nodiscard]] std::uint64_t sent() const { return sent_; }

  /// At most `most` bytes. A poll gives its whole answer at once, when it has one.
  Output take(std::size_t most, Millis now);

 private:
  void format_next();
  void append(const std::string& frame);
  std::string take_answer(Millis now);
  void append_end();

  StreamRequest request_;
  std::string epoch_;
  std::deque<Message> waiting_;
  /// Formatted: of a poll the elements of its array.
  std::string frames_;
  std::size_t unsent_ = 0;
  std::uint64_t merged_ = 0;
  std::uint64_t sent_ = 0;
  std::optional<EndReason> end_;
  std::chrono::milliseconds retry_{0};
  bool is_answered_ = false;
};

}  // namespace gw::push
