#include "loop.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

namespace oxpush {
namespace {

using std::chrono::milliseconds;

constexpr int kMostReady = 64;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

int as_timeout(milliseconds left) {
  return static_cast<int>(std::clamp<milliseconds::rep>(left.count(), 0, std::numeric_limits<int>::max()));
}

void control(int epoll, int operation, int descriptor, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = descriptor;
  if (epoll_ctl(epoll, operation, descriptor, &event) != 0) fail("epoll_ctl");
}

/// One wait with every signal let through. Returns: how many are ready; none when a signal came.
int wait(int epoll, epoll_event* ready, int timeout) {
  sigset_t none;
  sigemptyset(&none);
  const int count = epoll_pwait(epoll, ready, kMostReady, timeout, &none);
  if (count < 0 && errno != EINTR) fail("epoll_pwait");
  return std::max(count, 0);
}

}  // namespace

SteadyClock system_steady_clock() {
  return [] {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
  };
}

Loop::Loop(const volatile std::sig_atomic_t& stop, SteadyClock clock)
    : stop_(stop), clock_(std::move(clock)), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_ < 0) fail("epoll_create1");
}

Loop::~Loop() { close(epoll_); }

bool Loop::pause(milliseconds duration) {
  const milliseconds end = clock_() + duration;
  // A set of its own: nothing that is watched may end the pause.
  const int nothing = epoll_create1(EPOLL_CLOEXEC);
  if (nothing < 0) fail("epoll_create1");
  std::array<epoll_event, kMostReady> ready{};
  bool is_over = false;
  while (stop_ == 0 && !is_over) {
    const milliseconds left = end - clock_();
    is_over = left.count() <= 0;
    if (!is_over) wait(nothing, ready.data(), as_timeout(left));
  }
  close(nothing);
  return is_over;
}

void Loop::watch(int descriptor, std::uint32_t events, std::function<void(std::uint32_t)> ready) {
  control(epoll_, EPOLL_CTL_ADD, descriptor, events);
  ready_[descriptor] = std::make_shared<std::function<void(std::uint32_t)>>(std::move(ready));
}

void Loop::change(int descriptor, std::uint32_t events) {
  control(epoll_, EPOLL_CTL_MOD, descriptor, events);
}

void Loop::forget(int descriptor) {
  epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
  ready_.erase(descriptor);
}

void Loop::every(milliseconds interval, std::function<void()> act) {
  timers_.push_back({interval, clock_() + interval, std::move(act)});
}

void Loop::run_timers() {
  const milliseconds now = clock_();
  for (Timer& timer : timers_) {
    if (timer.due > now) continue;
    timer.due = now + timer.interval;
    timer.act();
  }
}

void Loop::turn(std::optional<milliseconds> wanted) {
  std::optional<milliseconds> due = wanted;
  for (const Timer& timer : timers_) due = std::min(due.value_or(timer.due), timer.due);
  const int timeout = due ? as_timeout(*due - clock_()) : -1;
  std::array<epoll_event, kMostReady> ready{};
  const int count = wait(epoll_, ready.data(), timeout);
  for (int i = 0; i < count; ++i) {
    const auto found = ready_.find(ready[static_cast<std::size_t>(i)].data.fd);
    if (found == ready_.end()) continue;  // an earlier one of this turn forgot it
    const auto keep = found->second;
    (*keep)(ready[static_cast<std::size_t>(i)].events);
  }
  run_timers();
}

void Loop::run() {
  std::optional<milliseconds> wanted;
  while (stop_ == 0) {
    turn(wanted);
    if (after_turn_) wanted = after_turn_();
  }
}

}  // namespace oxpush
