// The database side of one unit of work: one connection, leased at first use, kept until released.
#pragma once

#include <functional>

#include "sql/pool.hpp"

namespace gw::sql {

/// Used by one thread. Release it before any network or client I/O.
class Scope {
 public:
  explicit Scope(Pool& pool) : pool_(&pool) {}

  /// Leases at first use. Errors: gw::Unavailable.
  Connection& connection();
  void release() noexcept { lease_.release(); }
  [[nodiscard]] Pool& pool() const { return *pool_; }
  [[nodiscard]] bool in_transaction() const { return in_transaction_; }
  /// From here on connections come from that pool. Not inside a transaction.
  void use(Pool& pool) {
    if (&pool == pool_) return;
    lease_.release();
    pool_ = &pool;
  }

  /// Runs `body` in one write transaction and commits. Replays the whole body after Conflict, up to 12 times
  /// with growing jitter (1 ms … 200 ms), also when COMMIT reports it, and once after a connection that broke
  /// before COMMIT. So the body must have no effect outside the database. Nested calls are a programming
  /// error and assert. Errors: SqlError UnknownOutcome is never replayed and reaches the caller; Unavailable
  /// becomes gw::Unavailable.
  void write(const std::function<void(Connection&)>& body);

  /// Several reads that see one state of the database. Inside `write` it runs in that transaction.
  void snapshot(const std::function<void(Connection&)>& body);

 private:
  enum class Retry { No, SameConnection, FreshConnection };
  Retry judge(const SqlError& error, int conflicts, int breaks) const;

  Pool* pool_;
  Lease lease_;
  bool in_transaction_ = false;
};

}  // namespace gw::sql
