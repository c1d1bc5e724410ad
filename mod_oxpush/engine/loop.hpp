// The push child's event loop: descriptors, timers, and signals that end it. Knows no httpd and takes a
// clock, so it is tested alone.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace oxpush {

/// Time since any fixed point, never running back.
using SteadyClock = std::function<std::chrono::milliseconds()>;

/// The machine's steady clock.
SteadyClock system_steady_clock();

/// Threads: one
class Loop {
 public:
  /// `stop` is raised by a signal handler. The signals that raise it must be blocked by the caller; they are
  /// let through only while the loop waits, so none is missed between a look at `stop` and the wait. Errors:
  /// std::system_error when the kernel gives no epoll
  Loop(const volatile std::sig_atomic_t& stop, SteadyClock clock);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Returns early, with false, when `stop` was raised.
  /// Errors: std::system_error when the kernel refuses to wait
  bool pause(std::chrono::milliseconds duration);

  /// `ready` gets EPOLL… bits. Level-triggered: it may leave work for the next turn, and should take a
  /// bounded part. Errors: std::system_error
  void watch(int descriptor, std::uint32_t events, std::function<void(std::uint32_t)> ready);
  void change(int descriptor, std::uint32_t events);
  /// Before the descriptor is closed. May be called from its own `ready`.
  void forget(int descriptor);

  /// Calls `act` each `interval`, the first time after one.
  void every(std::chrono::milliseconds interval, std::function<void()> act);
  /// Called after each turn; says when, at the latest, the next turn must be.
  void after_each_turn(std::function<std::optional<std::chrono::milliseconds>()> act) {
    after_turn_ = std::move(act);
  }

  /// Runs until `stop` is raised.
  /// Errors: std::system_error when the kernel refuses to wait; what callbacks throw
  void run();

 private:
  struct Timer {
    std::chrono::milliseconds interval;
    std::chrono::milliseconds due;
    std::function<void()> act;
  };

  void turn(std::optional<std::chrono::milliseconds> wanted);
  void run_timers();

  const volatile std::sig_atomic_t& stop_;
  SteadyClock clock_;
  int epoll_ = -1;
  std::unordered_map<int, std::shared_ptr<std::function<void(std::uint32_t)>>> ready_;
  std::vector<Timer> timers_;
  std::function<std::optional<std::chrono::milliseconds>()> after_turn_;
};

}  // namespace oxpush
