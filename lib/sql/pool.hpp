// A bounded set of connections per process, filled lazily. Rules: craft 2.4.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/metric.hpp"
#include "core/time.hpp"
#include "sql/driver.hpp"

namespace gw::sql {

class Pool;

/// A borrowed connection; goes back at the end of its life (or is closed when broken). Movable only.
class Lease {
 public:
  Lease() = default;
  Lease(Pool& pool, std::unique_ptr<Connection> connection, std::uint64_t generation)
      : pool_(&pool), connection_(std::move(connection)), generation_(generation), taken_(Stopwatch()) {}
  Lease(Lease&& other) noexcept = default;
  Lease& operator=(Lease&& other) noexcept;
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() { release(); }
  [[nodiscard]] explicit operator bool() const { return connection_ != nullptr; }
  Connection& operator*() const { return *connection_; }
  Connection* operator->() const { return connection_.get(); }
  void release() noexcept;

 private:
  Pool* pool_ = nullptr;
  std::unique_ptr<Connection> connection_;
  std::uint64_t generation_ = 0;
  std::optional<Stopwatch> taken_;
};

struct PoolStatus {
  int open = 0;
  int idle = 0;
  int waiting = 0;
  std::int64_t waits_timed_out = 0;
  std::int64_t connects_failed = 0;
};

/// Threads: any. Must not be made before fork (child_init).
class Pool {
 public:
  /// `settings` must outlive the pool, and the pool all leases.
  Pool(std::unique_ptr<Driver> driver, const DatabaseSettings& settings);
  ~Pool();

  /// Waits at most settings.pool_wait. Errors: gw::Unavailable when none came free or the database is down
  /// (logged once per outage, not per request).
  Lease acquire();
  /// Closes connections unused for longer than settings.pool_idle. Call it now and then.
  void purge_idle();
  /// Makes every connection that exists now close when it comes back (configuration or server changed).
  void new_generation();
  [[nodiscard]] PoolStatus status() const;
  [[nodiscard]] Engine engine() const { return driver_->engine(); }
  [[nodiscard]] const DatabaseSettings& settings() const { return settings_; }

 private:
  friend class Lease;
  using Clock = std::chrono::steady_clock;
  struct Idle;
  void give_back(std::unique_ptr<Connection> connection, std::uint64_t generation) noexcept;
  std::unique_ptr<Connection> take_idle(std::unique_lock<std::mutex>& lock);
  Lease connect_new(std::unique_lock<std::mutex>& lock);
  void wait_for_turn(std::unique_lock<std::mutex>& lock, Clock::time_point deadline);
  [[nodiscard]] bool must_probe(const Idle& entry) const;

  std::unique_ptr<Driver> driver_;
  const DatabaseSettings& settings_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<Idle> idle_;
  PoolStatus status_;
  std::uint64_t generation_ = 0;
  /// Set from the first failed connect to the next successful one.
  bool in_outage_ = false;
  bool is_probing_ = false;
  int connecting_ = 0;
  std::string outage_text_;
  Clock::time_point next_probe_{};
  /// A connection broke at this time: what was idle before it is suspect.
  Clock::time_point suspect_until_{};
  Clock::time_point next_busy_log_{};
};

}  // namespace gw::sql
