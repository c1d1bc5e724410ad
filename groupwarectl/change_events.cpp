#include "groupwarectl/change_events.hpp"

#include <chrono>
#include <thread>

namespace groupwarectl {
namespace {

/// The push child takes what waits within a turn of its loop.
constexpr std::chrono::milliseconds kFlushPause{5};

}  // namespace

ChangeEvents::~ChangeEvents() {
  const auto end = std::chrono::steady_clock::now() + kLongestEnd;
  while (publisher_ && publisher_->flush() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(kFlushPause);
}

void ChangeEvents::publish(const gw::model::Event& event) noexcept {
  if (publisher_) publisher_->publish(event);
}

void ChangeEvents::tell_session_end(gw::ContextId context, gw::UserId user, std::string_view session,
                                    bool was_last) {
  const auto end = gw::events::to_session_end(context, user, session, was_last);
  if (publisher_ && end) publisher_->tell(*end);
}

}  // namespace groupwarectl
