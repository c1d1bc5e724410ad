// A driver around another one that fails where a test wants it to. No URL leads here: only tests make one.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "sql/driver.hpp"

namespace gw::sql::fault {

/// Where a fault can happen.
enum class Point {
  Connect,
  Prepare,
  Begin,
  Execute,
  CommitBefore,  ///< nothing was committed
  CommitAfter,   ///< the database has committed, only the answer is lost
  Rollback,      ///< always breaks the connection
};

struct Fault {
  Point point = Point::Execute;
  /// The first call from now on that fails; 1 = the next one.
  int nth = 1;
  /// How many calls in a row fail from there.
  int times = 1;
  ErrorKind kind = ErrorKind::Unavailable;
  bool breaks_connection = false;
};

/// The faults to come, shared by a test and its driver. Threads: any.
class Plan {
 public:
  void add(const Fault& fault);
  void clear();
  /// Every connection that exists now is as dead as after a restart of its server: calls and pings fail.
  void break_connections();
  /// Calls that reached the point so far, failed ones too.
  [[nodiscard]] int calls(Point point) const;

  // For the driver.
  /// Counts the call. Gives true and the fault when it has to fail.
  bool reach(Point point, Fault& due);
  [[nodiscard]] std::uint64_t epoch() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Fault> faults_;
  std::array<int, 7> calls_{};
  std::uint64_t epoch_ = 0;
};

/// Threads: as the wrapped driver.
class FaultDriver final : public Driver {
 public:
  FaultDriver(std::unique_ptr<Driver> wrapped, std::shared_ptr<Plan> plan)
      : wrapped_(std::move(wrapped)), plan_(std::move(plan)) {}
  [[nodiscard]] Engine engine() const override { return wrapped_->engine(); }
  std::unique_ptr<Connection> connect() override;

 private:
  std::unique_ptr<Driver> wrapped_;
  std::shared_ptr<Plan> plan_;
};

}  // namespace gw::sql::fault
