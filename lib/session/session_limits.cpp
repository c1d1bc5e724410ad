#include "session/session_limits.hpp"

#include "core/errors/session.hpp"
#include "session/session_rows.hpp"

namespace gw::session {
namespace {

constexpr std::int64_t kCountLifetime = 10'000;
/// Many people stand behind one link.
constexpr int kGuestAllowance = 10;

constexpr std::string_view kCountAll = "SELECT COUNT(*) FROM sessions WHERE last_active>?";
constexpr std::string_view kClientsOfUser =
    "SELECT client,persistent,last_active FROM sessions WHERE cid=? AND user_id=?";
/// Ids of authentication come from outside and are unique over all contexts.
constexpr std::string_view kByAuthId = "SELECT persistent,last_active FROM sessions WHERE auth_id=?";

bool is_live(const SessionSettings& settings, const sql::Query& row, int persistent_column, Millis now) {
  Session session;
  session.persistent = row.integer(persistent_column) != 0;
  session.last_active = row.millis(persistent_column + 1);
  return !is_expired(settings, session, now);
}

}  // namespace

void SessionLimits::check(sql::Connection& connection, const Session& session, Millis now) {
  check_total(connection, now);
  check_user(connection, session, now);
  check_auth_id(connection, session, now);
}

void SessionLimits::check_total(sql::Connection& connection, Millis now) {
  if (settings_.max_sessions_per_node <= 0) return;
  const std::lock_guard lock(mutex_);
  const std::int64_t age = now.value - counted_at_.value;
  const bool full = total_ >= settings_.max_sessions_per_node;
  if (full || age >= kCountLifetime || age < 0) {
    sql::Query row = connection.query(kCountAll, now.value - idle_of(settings_, true).lifetime);
    total_ = row.next() ? row.integer(0) : 0;
    counted_at_ = now;
  }
  if (total_ >= settings_.max_sessions_per_node) throw ApiError(errors::ses::kTooManySessions);
  ++total_;
}

void SessionLimits::check_user(sql::Connection& connection, const Session& session, Millis now) const {
  const int user_limit = settings_.max_sessions_per_user * (session.is_guest ? kGuestAllowance : 1);
  const int client_limit = settings_.max_sessions_per_client;
  if (user_limit <= 0 && client_limit <= 0) return;
  int of_user = 0;
  int of_client = 0;
  {
    sql::Query row = connection.query(kClientsOfUser, session.context, session.user);
    while (row.next()) {
      if (!is_live(settings_, row, 1, now)) continue;
      ++of_user;
      if (row.text(0) == session.client) ++of_client;
    }
  }
  if (user_limit > 0 && of_user >= user_limit) throw ApiError(errors::ses::kTooManyUserSessions);
  if (client_limit > 0 && of_client >= client_limit) throw ApiError(errors::ses::kTooManyClientSessions);
}

void SessionLimits::check_auth_id(sql::Connection& connection, const Session& session, Millis now) const {
  if (session.auth_id.empty()) return;
  sql::Query row = connection.query(kByAuthId, session.auth_id);
  while (row.next())
    if (is_live(settings_, row, 0, now)) throw ApiError(errors::ses::kAuthIdInUse, {session.auth_id});
}

}  // namespace gw::session
