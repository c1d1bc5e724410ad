// Ends the streams of sessions that ended: looks at the database in a thread of its own, so that neither the
// streams nor any request waits for it. Free of httpd.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

#include "push/stream.hpp"
#include "session/session.hpp"

namespace gw::apache {

/// Threads: any.
class SessionWatch {
 public:
  struct Callbacks {
    /// True when the session is certainly over. Runs in the watch's own thread.
    std::function<bool(const session::Session&)> has_ended;
    /// A counter that moves whenever something happens to the session anywhere on this machine; nullptr:
    /// there is none.
    std::function<std::atomic<std::uint32_t>*(std::string_view session_id)> generation;
    /// Told once per stream.
    std::function<void(push::StreamId)> ended;
  };
  /// `rhythm`: how often the counters are looked at.
  SessionWatch(Callbacks callbacks, std::chrono::milliseconds rhythm);
  /// Ends the thread; waits for the look under way.
  ~SessionWatch();
  SessionWatch(const SessionWatch&) = delete;
  SessionWatch& operator=(const SessionWatch&) = delete;

  void start();
  void stop() noexcept;

  void add(push::StreamId stream, const session::Session& session);
  void remove(push::StreamId stream);
  /// Looks at the sessions of these streams soon.
  void check(std::span<const push::StreamId> streams);
  /// Something else for the thread that may wait for the database. Limits: kMostJobs wait; more are dropped.
  void run_soon(std::function<void()> job);
  static constexpr std::size_t kMostJobs = 1'000;

 private:
  struct Watched {
    session::Session session;
    std::atomic<std::uint32_t>* generation = nullptr;
    std::uint32_t seen = 0;
  };
  void run();
  void run_jobs(std::unique_lock<std::mutex>& lock);
  void collect_changed();
  void look_at(push::StreamId stream);

  const Callbacks callbacks_;
  const std::chrono::milliseconds rhythm_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<push::StreamId, Watched> watched_;
  std::set<push::StreamId> due_;
  std::deque<std::function<void()>> jobs_;
  bool stops_ = false;
  std::thread thread_;
};

}  // namespace gw::apache
