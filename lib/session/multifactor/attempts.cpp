#include "session/multifactor/attempts.hpp"

#include <algorithm>

namespace gw::session::multifactor {
namespace {

constexpr std::string_view kFindAttempts =
    "SELECT failures,next_try FROM multifactor_attempts WHERE cid=? AND user_id=?";
constexpr std::string_view kInsertAttempts =
    "INSERT INTO multifactor_attempts (cid,user_id,failures,next_try) VALUES (?,?,0,0)";
constexpr std::string_view kEnter =
    "UPDATE multifactor_attempts SET failures=failures+1 WHERE cid=? AND user_id=? AND next_try<=?";
constexpr std::string_view kSetNextTry =
    "UPDATE multifactor_attempts SET next_try=? WHERE cid=? AND user_id=?";
constexpr std::string_view kClearAttempts =
    "UPDATE multifactor_attempts SET failures=0,next_try=0 WHERE cid=? AND user_id=?";

struct Attempts {
  std::int64_t failures = 0;
  std::int64_t next_try = 0;
};

std::optional<Attempts> find_attempts(sql::Connection& connection, const Owner& owner) {
  sql::Query row = connection.query(kFindAttempts, owner.context, owner.user);
  if (!row.next()) return std::nullopt;
  return Attempts{row.integer(0), row.integer(1)};
}

std::int64_t wait_after(std::int64_t failures) {
  if (failures < kFreeFailures) return 0;
  const std::int64_t doublings = std::min<std::int64_t>(failures - kFreeFailures, 16);
  return std::min(kFirstWait << doublings, kLongestWait);
}

}  // namespace

void prepare_attempts(sql::Connection& connection, const Owner& owner) {
  if (!find_attempts(connection, owner)) connection.execute(kInsertAttempts, owner.context, owner.user);
}

std::int64_t enter_attempt(sql::Connection& connection, const Owner& owner, Millis now) {
  if (connection.execute(kEnter, owner.context, owner.user, now) > 0) return 0;
  const auto attempts = find_attempts(connection, owner);
  // Without a row there is no device that could be right.
  return attempts ? std::max<std::int64_t>(attempts->next_try - now.value, 1) : 0;
}

void fail_attempt(sql::Connection& connection, const Owner& owner, Millis now) {
  const auto attempts = find_attempts(connection, owner);
  const std::int64_t wait = attempts ? wait_after(attempts->failures) : 0;
  if (wait > 0) connection.execute(kSetNextTry, now.value + wait, owner.context, owner.user);
}

void clear_attempts(sql::Connection& connection, const Owner& owner) {
  connection.execute(kClearAttempts, owner.context, owner.user);
}

}  // namespace gw::session::multifactor
