// Tells the running server of what this program writes, so that browsers and UDP clients hear of it at once.
// Where no server runs, nobody hears, and nothing fails.
#pragma once

#include <optional>

#include "events/event_publisher.hpp"
#include "groupwarectl/push_place.hpp"
#include "model/event.hpp"

namespace groupwarectl {

/// Threads: any
class ChangeEvents final : public gw::model::EventSink {
 public:
  ChangeEvents() = default;
  /// Gives the kernel what it did not take at once. Limits: kLongestEnd.
  ~ChangeEvents() override;
  ChangeEvents(const ChangeEvents&) = delete;
  ChangeEvents& operator=(const ChangeEvents&) = delete;
  static constexpr std::chrono::seconds kLongestEnd{2};

  /// Before the first event.
  void tell_at(const PushPlace& place) { publisher_.emplace(place.events); }
  void publish(const gw::model::Event& event) noexcept override;
  void tell_session_end(gw::ContextId context, gw::UserId user, std::string_view session, bool was_last);

 private:
  std::optional<gw::events::EventPublisher> publisher_;
};

}  // namespace groupwarectl
