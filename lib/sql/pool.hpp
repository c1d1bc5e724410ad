// A bounded set of connections per process, filled lazily. Rules: craft 2.4.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "core/time.hpp"
#include "sql/driver.hpp"

namespace gw::sql {

class Pool;

/// A borrowed connection; goes back at the end of its life (or is closed when broken). Movable only.
class Lease {
 public:
  Lease() = default;
  Lease(Pool& pool, std::unique_ptr<Connection> connection)
      : pool_(&pool), connection_(std::move(connection)) {}
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
  Pool(std::unique_ptr<Driver> driver, const DatabaseSettings& settings);
  ~Pool();

  /// Waits at most settings.pool_wait. Errors: gw::Unavailable when none came free or the database is down (logged
  /// once per outage, not per request).
  Lease acquire();
  /// Closes connections unused for longer than settings.pool_idle. Call it now and then.
  void purge_idle();
  /// Makes every connection that exists now close when it comes back (configuration or server changed).
  void new_generation();
  [[nodiscard]] PoolStatus status() const;
  [[nodiscard]] Engine engine() const { return driver_->engine(); }

 private:
  friend class Lease;
  struct Idle;
  void give_back(std::unique_ptr<Connection> connection) noexcept;

  std::unique_ptr<Driver> driver_;
  const DatabaseSettings& settings_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<Idle> idle_;
  PoolStatus status_;
  std::uint64_t generation_ = 0;
  bool outage_logged_ = false;
};

}  // namespace gw::sql
