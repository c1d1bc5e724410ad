#include "model/user_lease.hpp"

#include <algorithm>
#include <thread>

#include "core/random.hpp"
#include "sql/error.hpp"

namespace gw::model {
namespace {

constexpr std::string_view kTakeFree =
    "UPDATE user_leases SET token=?, expires=? WHERE cid=? AND user_id=? AND name=? AND expires<=?";
constexpr std::string_view kTakeFirst =
    "INSERT INTO user_leases (cid, user_id, name, token, expires) VALUES (?,?,?,?,?)";
constexpr std::string_view kGiveBack =
    "UPDATE user_leases SET expires=0 WHERE cid=? AND user_id=? AND name=? AND token=?";
constexpr std::string_view kForgetOver =
    "DELETE FROM user_leases WHERE cid=? AND user_id=? AND name LIKE ? AND expires<=?";

constexpr Milliseconds kFirstWait{10}, kLongestWait{200};

}  // namespace

UserLease::UserLease(UnitOfWork& work, const LeaseTerms& terms)
    : work_(work), user_(terms.user), name_(terms.name), token_(random_uuid()) {}

bool UserLease::take(Milliseconds life) {
  const Millis now = work_.now();
  expires_ = {now.value + life.count()};
  const ContextId context = work_.context();
  try {
    work_.database().write([&](sql::Connection& connection) {
      if (connection.execute(kTakeFree, token_, expires_, context, user_, name_, now) > 0) return;
      if (const std::size_t slash = name_.find('/'); slash != name_.npos)
        connection.execute(kForgetOver, context, user_, name_.substr(0, slash + 1) + '%', now);
      connection.execute(kTakeFirst, context, user_, name_, token_, expires_);
    });
    return true;
  } catch (const sql::SqlError& error) {
    // The row is there, and its time is not over.
    if (error.kind() != sql::ErrorKind::Duplicate) throw;
    return false;
  }
}

std::unique_ptr<UserLease> UserLease::acquire(UnitOfWork& work, const LeaseTerms& terms) {
  std::unique_ptr<UserLease> lease(new UserLease(work, terms));
  const auto end = std::chrono::steady_clock::now() + terms.patience;
  for (Milliseconds wait = kFirstWait; !lease->take(terms.life); wait = std::min(2 * wait, kLongestWait)) {
    work.release();
    if (std::chrono::steady_clock::now() + wait > end) {
      lease->name_.clear();
      return nullptr;
    }
    std::this_thread::sleep_for(wait);
  }
  work.release();
  return lease;
}

UserLease::~UserLease() {
  if (name_.empty()) return;
  try {
    work_.database().write([&](sql::Connection& connection) {
      connection.execute(kGiveBack, work_.context(), user_, name_, token_);
    });
    work_.release();
  } catch (const std::exception&) {
    // The database is away; the lease ends by itself.
  }
}

}  // namespace gw::model
