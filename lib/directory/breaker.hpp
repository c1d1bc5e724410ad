// Keeps everybody from waiting for a server that does not answer: after three failures it is left out for
// half a minute, then one may try again.
#pragma once

#include <chrono>

namespace gw::directory {

/// Threads: one at a time. Times are those of a steady clock.
class Breaker {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr int kFailures = 3;
  static constexpr std::chrono::seconds kPause{30};

  [[nodiscard]] bool lets_through(Time now) const { return failures_ < kFailures || now >= closed_until_; }
  /// Gives whether the server is left out from now on.
  bool note_failure(Time now) {
    if (failures_ < kFailures) ++failures_;
    if (failures_ < kFailures) return false;
    closed_until_ = now + kPause;
    return true;
  }
  void note_success() { failures_ = 0; }

 private:
  int failures_ = 0;
  Time closed_until_{};
};

}  // namespace gw::directory
