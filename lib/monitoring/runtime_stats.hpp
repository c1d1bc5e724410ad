// The figures as the reference's command `showruntimestats` prints them, for check scripts that exist: lines
// `domain:name=bean,Attribute = value`. Source: spec monitoring 1 and 2.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "monitoring/slot_table.hpp"

namespace gw::monitoring {

/// Sessions by the name of their client.
struct ClientSessions {
  std::string client;
  std::int64_t active = 0, short_term = 0, long_term = 0;
};

/// What is not in the table of counters.
struct RuntimeFigures {
  std::vector<ClientSessions> sessions;
  std::int64_t processes = 0;
  std::int64_t threads = 0;          ///< of all processes, busy or not
  std::int64_t pool_size = 0;        ///< of all processes
  std::int64_t push_waiting = 0;     ///< notifications
  std::int64_t push_clients = 0;     ///< of UDP push
  std::int64_t open_files = 0;       ///< of the process that answers
  std::int64_t most_open_files = 0;  ///< of one process
};

std::string format_runtime_stats(const SlotTable& table, bool (*runs)(int pid),
                                 const RuntimeFigures& figures);

}  // namespace gw::monitoring
