#include "loop.hpp"

#include <poll.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace oxpush {
namespace {

/// One wait with every signal let through; nullptr waits for a signal only.
void wait_for_signal(const timespec* limit) {
  sigset_t none;
  sigemptyset(&none);
  if (ppoll(nullptr, 0, limit, &none) < 0 && errno != EINTR) {
    throw std::system_error(errno, std::generic_category(), "ppoll");
  }
}

}  // namespace

SteadyClock system_steady_clock() {
  return [] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
  };
}

Loop::Loop(const volatile std::sig_atomic_t& stop, SteadyClock clock)
    : stop_(stop), clock_(std::move(clock)) {}

bool Loop::pause(std::chrono::milliseconds duration) {
  const std::chrono::milliseconds end = clock_() + duration;
  while (stop_ == 0) {
    const auto left = (end - clock_()).count();
    if (left <= 0) return true;
    const timespec limit{.tv_sec = left / 1'000, .tv_nsec = left % 1'000 * 1'000'000};
    wait_for_signal(&limit);
  }
  return false;
}

void Loop::run() {
  while (stop_ == 0) wait_for_signal(nullptr);
}

}  // namespace oxpush
