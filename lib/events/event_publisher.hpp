// Hands the services' events to the push child, which gives them to clients of UDP and to every server
// process.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/event.hpp"
#include "push/control_record.hpp"
#include "push/event_record.hpp"
#include "push/sender.hpp"

namespace gw::events {

/// The record of an event; empty for modules that the push protocol has no number for (users, groups and
/// resources). Source: spec udp-push sections 3 and 9.
std::optional<push::EventRecord> to_record(const model::Event& event);

/// Threads: any. Never blocks.
class EventPublisher final : public model::EventSink {
 public:
  explicit EventPublisher(std::string socket_path) : sender_(std::move(socket_path)) {}
  void publish(const model::Event& event) noexcept override;
  /// What the child should know besides.
  void tell(const push::Control& control) noexcept { sender_.send(control); }

  /// Tries again what the kernel did not take at once. Gives true while there is something left: call it
  /// again after 50 ms.
  bool flush() noexcept;
  [[nodiscard]] std::uint64_t published() const noexcept {
    return published_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t lost() const noexcept { return lost_.load(std::memory_order_relaxed); }

 private:
  push::Sender sender_;
  std::atomic<std::uint64_t> published_{0};
  std::atomic<std::uint64_t> lost_{0};
};

/// The record of a session's end; empty for ids that the push protocol cannot name.
std::optional<push::SessionEnd> to_session_end(ContextId context, UserId user, std::string_view session_id,
                                               bool was_last);

/// Where there is no push child.
class NoEvents final : public model::EventSink {
 public:
  void publish(const model::Event&) noexcept override {}
};

}  // namespace gw::events
