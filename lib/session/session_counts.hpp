// How many sessions there are, by client: for monitoring.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/settings.hpp"
#include "core/time.hpp"
#include "sql/connection.hpp"

namespace gw::session {

struct SessionCount {
  std::string client;
  std::int64_t active = 0;      ///< used within the last ten minutes
  std::int64_t short_term = 0;  ///< used within the short lifetime
  std::int64_t long_term = 0;   ///< kept by a cookie since
};

/// Those of the `most` clients with the most sessions; all others together as `other`.
/// Cost: one query that reads every session of the cluster.
std::vector<SessionCount> count_by_client(sql::Connection& connection, const SessionSettings& settings,
                                          Millis now, std::size_t most = 20);

}  // namespace gw::session
