#include "restart_delay.hpp"

#include <algorithm>

namespace oxpush {

std::chrono::milliseconds RestartDelay::after_death(std::chrono::milliseconds lived,
                                                    std::chrono::milliseconds min,
                                                    std::chrono::milliseconds max) noexcept {
  const bool is_first = last_.count() == 0 || lived >= max;
  last_ = std::min(is_first ? min : std::max(last_ * 2, min), max);
  return last_;
}

}  // namespace oxpush
