#include "sql/scope.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "core/error.hpp"

namespace gw::sql {
namespace {

constexpr int kMostReplays = 12;

/// Rolls back unless it was told that the transaction has ended.
class RollbackGuard {
 public:
  RollbackGuard(Connection& connection, bool& in_transaction)
      : connection_(connection), in_transaction_(in_transaction) {
    in_transaction_ = true;
  }
  RollbackGuard(const RollbackGuard&) = delete;
  RollbackGuard& operator=(const RollbackGuard&) = delete;
  ~RollbackGuard() {
    if (!is_done_) connection_.rollback();
    in_transaction_ = false;
  }
  void dismiss() { is_done_ = true; }

 private:
  Connection& connection_;
  bool& in_transaction_;
  bool is_done_ = false;
};

/// Growing from 1 to 200 ms, of which a random half: two that collided must not meet again. The low digits of
/// the clock are random enough for that.
void pause_before_replay(int replay) {
  constexpr std::int64_t kLongest = 200'000;
  const std::int64_t limit = std::min<std::int64_t>(kLongest, std::int64_t{1'000} << std::min(replay, 10));
  const std::int64_t ticks = std::chrono::steady_clock::now().time_since_epoch().count();
  std::this_thread::sleep_for(std::chrono::microseconds(limit / 2 + ticks / 64 % (limit / 2)));
}

void run_transaction(Connection& connection, bool& in_transaction, TransactionMode mode,
                     const std::function<void(Connection&)>& body) {
  RollbackGuard guard(connection, in_transaction);
  connection.begin(mode);
  body(connection);
  connection.commit();
  guard.dismiss();
}

}  // namespace

Connection& Scope::connection() {
  if (lease_ && lease_->broken() && !in_transaction_) lease_.release();
  if (!lease_) lease_ = pool_->acquire();
  return *lease_;
}

Scope::Retry Scope::judge(const SqlError& error, int conflicts, int breaks) const {
  if (error.kind() == ErrorKind::Conflict) {
    if (conflicts > kMostReplays) return Retry::No;
    return lease_->broken() ? Retry::FreshConnection : Retry::SameConnection;
  }
  if (error.kind() == ErrorKind::Unavailable && lease_->broken() && breaks <= 1)
    return Retry::FreshConnection;
  return Retry::No;
}

void Scope::write(const std::function<void(Connection&)>& body) {
  assert(!in_transaction_ && "write must not be nested");
  if (in_transaction_) throw std::logic_error("a write transaction inside another one");
  // Each try may itself have waited for a lock as long as a statement may take.
  const auto give_up = std::chrono::steady_clock::now() + 2 * pool_->settings().statement_timeout;
  int conflicts = 0;
  int breaks = 0;
  for (;;) {
    Connection& current = connection();
    try {
      run_transaction(current, in_transaction_, TransactionMode::Write, body);
      return;
    } catch (const SqlError& error) {
      if (error.kind() == ErrorKind::Conflict) ++conflicts;
      if (error.kind() == ErrorKind::Unavailable) ++breaks;
      const Retry retry = judge(error, conflicts, breaks);
      if (current.broken()) lease_.release();
      if (retry == Retry::No || std::chrono::steady_clock::now() >= give_up) {
        if (error.kind() == ErrorKind::Unavailable) throw Unavailable(error.what());
        throw;
      }
    }
    if (conflicts > 0) pause_before_replay(conflicts - 1);
  }
}

void Scope::snapshot(const std::function<void(Connection&)>& body) {
  if (in_transaction_) return body(*lease_);
  for (int tries = 1;; ++tries) {
    Connection& current = connection();
    bool has_begun = false;
    try {
      run_transaction(current, in_transaction_, TransactionMode::Snapshot, [&](Connection& reading) {
        has_begun = true;
        body(reading);
      });
      return;
    } catch (const SqlError& error) {
      const bool is_broken = current.broken();
      if (is_broken) lease_.release();
      // Only the start may be tried again: the body may have handed rows on already.
      if (is_broken && !has_begun && tries == 1) continue;
      if (error.kind() == ErrorKind::Unavailable) throw Unavailable(error.what());
      throw;
    }
  }
}

}  // namespace gw::sql
