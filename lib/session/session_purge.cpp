// What has run out and may go: sessions, tokens, counters of failed logins, devices nobody signed in from for
// long.
#include <chrono>
#include <string>
#include <vector>

#include "session/session_rows.hpp"
#include "session/session_store.hpp"
#include "session/session_tokens.hpp"
#include "session/throttle.hpp"

namespace gw::session {
namespace {

constexpr std::size_t kBatch = 500;

/// Over all contexts on purpose: expiry does not depend on the tenant.
constexpr std::string_view kExpired =
    "SELECT id,cid,user_id FROM sessions WHERE (persistent=0 AND last_active<=?) OR (persistent=1 AND "
    "last_active<=?) OR "
    "(pending=1 AND created<=?) LIMIT 500";
constexpr std::string_view kPurge =
    "DELETE FROM sessions WHERE id=? AND cid=? AND ((persistent=0 AND last_active<=?) OR "
    "(persistent=1 AND last_active<=?) OR (pending=1 AND created<=?))";
constexpr std::string_view kPurgeTokens = "DELETE FROM session_tokens WHERE valid_until<=?";

struct Horizon {
  std::int64_t short_term;
  std::int64_t long_term;
  std::int64_t pending;
};

std::vector<Session> list_expired(sql::Connection& connection, const Horizon& horizon) {
  std::vector<Session> expired;
  sql::Query row = connection.query(kExpired, horizon.short_term, horizon.long_term, horizon.pending);
  while (row.next()) {
    expired.emplace_back();
    expired.back().id = row.string(0);
    expired.back().context = row.id<ContextId>(1);
    expired.back().user = row.id<UserId>(2);
  }
  return expired;
}

/// Returns: those that are gone; others came to life again meanwhile.
std::vector<Session> delete_expired(sql::Connection& connection, const std::vector<Session>& expired,
                                    const Horizon& horizon) {
  std::vector<Session> gone;
  for (const Session& session : expired)
    if (connection.execute(kPurge, session.id, session.context, horizon.short_term, horizon.long_term,
                           horizon.pending) > 0)
      gone.push_back(session);
  return gone;
}

}  // namespace

std::int64_t SessionStore::purge_expired(sql::Scope& database) {
  const Millis now = clock_.now();
  const Horizon horizon{now.value - idle_of(settings_.session, false).lifetime,
                        now.value - idle_of(settings_.session, true).lifetime,
                        now.value - std::chrono::milliseconds(kTokenLifetime).count()};
  std::int64_t count = 0;
  for (int batch = 0; batch < 20; ++batch) {
    const std::vector<Session> expired = list_expired(database.connection(), horizon);
    std::vector<Session> gone;
    if (!expired.empty())
      database.write(
          [&](sql::Connection& connection) { gone = delete_expired(connection, expired, horizon); });
    for (const Session& session : gone) tell_end(database, session);
    count += static_cast<std::int64_t>(gone.size());
    if (expired.size() < kBatch || gone.empty()) break;
  }
  database.write([&](sql::Connection& connection) { connection.execute(kPurgeTokens, now); });
  purge_login_records(database, now);
  return count;
}

}  // namespace gw::session
