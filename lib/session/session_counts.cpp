#include "session/session_counts.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "session/session_rows.hpp"

namespace gw::session {
namespace {

constexpr std::chrono::milliseconds kActive{600'000};

/// Of the whole cluster on purpose: what is counted belongs to no tenant.
constexpr std::string_view kCountByClient =
    "SELECT client,COUNT(CASE WHEN last_active>? THEN 1 END),COUNT(CASE WHEN last_active>? THEN 1 END),"
    "COUNT(CASE WHEN last_active<=? THEN 1 END) FROM sessions WHERE pending=0 AND last_active>? GROUP BY "
    "client";

}  // namespace

std::vector<SessionCount> count_by_client(sql::Connection& connection, const SessionSettings& settings,
                                          Millis now, std::size_t most) {
  const std::int64_t short_horizon = now.value - idle_of(settings, false).lifetime;
  const std::int64_t long_horizon = now.value - idle_of(settings, true).lifetime;
  std::vector<SessionCount> counts;
  {
    sql::Query row = connection.query(kCountByClient, now.value - kActive.count(), short_horizon,
                                      short_horizon, long_horizon);
    while (row.next()) counts.push_back({row.string(0), row.integer(1), row.integer(2), row.integer(3)});
  }
  std::sort(counts.begin(), counts.end(), [](const SessionCount& a, const SessionCount& b) {
    return a.short_term + a.long_term > b.short_term + b.long_term;
  });
  if (counts.size() <= most) return counts;
  SessionCount others{"other"};
  for (std::size_t i = most; i < counts.size(); ++i) {
    others.active += counts[i].active;
    others.short_term += counts[i].short_term;
    others.long_term += counts[i].long_term;
  }
  counts.resize(most);
  counts.push_back(std::move(others));
  return counts;
}

}  // namespace gw::session
