// Until when something may take.
#pragma once

#include <algorithm>
#include <chrono>

namespace gw::directory {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Deadline(std::chrono::milliseconds duration) : end_(Clock::now() + duration) {}

  /// Never negative.
  [[nodiscard]] std::chrono::milliseconds left() const {
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - Clock::now());
    return std::max(rest, std::chrono::milliseconds(0));
  }
  /// The earlier one of this and `duration` from now on.
  [[nodiscard]] Deadline within(std::chrono::milliseconds duration) const {
    return Deadline(std::min(duration, left()));
  }
  [[nodiscard]] Clock::time_point end() const { return end_; }

 private:
  Clock::time_point end_;
};

}  // namespace gw::directory
