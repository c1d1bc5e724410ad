// Work on something of a user that lies on another server, one at a time over all processes and nodes: a
// database transaction must not last while one talks to that server, so the right to work is a row that ends
// by itself.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/unit_of_work.hpp"

namespace gw::model {

/// What is wanted of a lease. The clocks of nodes may differ by less than `life` minus the work's own limit.
struct LeaseTerms {
  UserId user;
  /// Of the work, at most 32 bytes. Those that begin alike up to a slash are many: a new one takes away the
  /// user's that are over.
  std::string_view name;
  Milliseconds life{60'000};  ///< the work must end before
  Milliseconds patience{0};   ///< how long to wait for another holder
};

/// Given back when it is destroyed; one whose holder died ends after its life. Threads: one.
class UserLease {
 public:
  /// Waits without a connection. Errors: null when another one holds it for longer than `patience`; SqlError.
  /// Cost: one write transaction, one more for each 10 to 200 ms of waiting.
  static std::unique_ptr<UserLease> acquire(UnitOfWork& work, const LeaseTerms& terms);
  ~UserLease();
  UserLease(const UserLease&) = delete;
  UserLease& operator=(const UserLease&) = delete;

  /// It lasts until its life is over, whatever happens to this object.
  void keep() noexcept { name_.clear(); }
  /// Whether it lasts for that long yet. False: somebody else may get it meanwhile, so nothing may be begun
  /// that takes so long.
  [[nodiscard]] bool is_held_for(Milliseconds time) const {
    return work_.now().value + time.count() < expires_.value;
  }

 private:
  UserLease(UnitOfWork& work, const LeaseTerms& terms);
  bool take(Milliseconds life);

  UnitOfWork& work_;
  UserId user_;
  std::string name_, token_;
  Millis expires_;
};

}  // namespace gw::model
