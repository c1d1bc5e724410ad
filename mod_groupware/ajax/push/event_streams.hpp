// Where the API module `events` opens its streams; apache/ implements it, tests record it.
#pragma once

#include <chrono>
#include <optional>

#include "push/control_record.hpp"
#include "push/stream.hpp"
#include "session/session.hpp"

namespace gw::ajax {

/// What an answer of the module `events` stands for: its bytes come later.
struct OpenEvents {
  push::StreamId stream = 0;
  push::Transport transport = push::Transport::Events;
};

/// Threads: any.
class EventStreams {
 public:
  virtual ~EventStreams() = default;
  /// `request.life` 0: the usual one. The session is watched as long as the stream lives.
  /// Errors: empty when the process has too many, or ends.
  virtual std::optional<push::StreamId> open(push::StreamRequest request,
                                             const session::Session& session) = 0;
  /// Whether the push child wants to know of INBOXes to listen to.
  [[nodiscard]] virtual bool listens_to_mail() const = 0;
  /// The stream's user shall hear of his new mail as long as the stream lives. `watch.listener` is filled in,
  /// and its secret wiped.
  virtual void listen_to_mail(push::StreamId stream, push::MailWatch&& watch) = 0;
};

}  // namespace gw::ajax
