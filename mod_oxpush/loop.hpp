// The push child's wait: sleeps until a signal ends it. Knows no httpd and takes a clock, so it is tested
// alone.
#pragma once

#include <chrono>
#include <csignal>
#include <functional>

namespace oxpush {

/// Time since any fixed point, never running back.
using SteadyClock = std::function<std::chrono::milliseconds()>;

/// The machine's steady clock.
SteadyClock system_steady_clock();

class Loop {
 public:
  /// `stop` is raised by a signal handler. The signals that raise it must be blocked by the caller; they are
  /// let through only while the loop waits, so none is missed between a look at `stop` and the wait.
  Loop(const volatile std::sig_atomic_t& stop, SteadyClock clock);

  /// Returns early, with false, when `stop` was raised.
  /// Errors: std::system_error when the kernel refuses to wait
  bool pause(std::chrono::milliseconds duration);

  /// Runs until `stop` is raised.
  /// Errors: std::system_error when the kernel refuses to wait
  void run();

 private:
  const volatile std::sig_atomic_t& stop_;
  SteadyClock clock_;
};

}  // namespace oxpush
