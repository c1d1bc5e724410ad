// How often a session may send (GroupwareMailInterval), over all processes and nodes. Source: spec mail
// section 8.3.
#pragma once

#include <memory>

#include "mailbox/mailbox.hpp"
#include "model/user_lease.hpp"

namespace gw::mailbox {

/// The right of a session to send one mail. Threads: one.
class SendPace {
 public:
  /// Errors: MSG-0075 the last mail of the session is too young. Cost: a write transaction, where the
  /// administrator wants an interval.
  explicit SendPace(Mailbox& mailbox);
  /// The mail went, or may have gone: the next one has to wait. Without it nothing was sent, and nobody
  /// waits.
  void keep() noexcept {
    if (lease_) lease_->keep();
  }

 private:
  std::unique_ptr<model::UserLease> lease_;
};

}  // namespace gw::mailbox
