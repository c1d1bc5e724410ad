// The figures of this server in memory that all of its processes share (lib/monitoring), and what belongs to
// it: which process is alive. They live from the first start to the stop of httpd, over every restart.
#pragma once

#include <apr_pools.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "apache/stream_places.hpp"
#include "monitoring/process_counters.hpp"
#include "monitoring/slot_table.hpp"
#include "sql/pool.hpp"

namespace gw::apache {

using monitoring::ProcessCounters;

/// Finds the memory of an earlier configuration, or makes it for `processes` processes; children inherit it.
/// False: there is no memory. Threads: parent only.
bool open_counters(std::size_t processes);
/// Forgets where it is. Threads: parent only.
void reset_counters();

/// Makes the memory for as many event streams, zeroed; children inherit it. It lives as long as the pool, and
/// processes of an earlier configuration keep their own. Errors: APR's status. Threads: parent only.
apr_status_t create_stream_places(apr_pool_t* pool, std::size_t streams);
/// Empty before create_stream_places.
std::span<StreamPlace> shared_stream_places();

/// Empty before open_counters.
const monitoring::SlotTable& all_counters();
/// Units: bytes.
std::size_t counters_size();
/// Takes a slot for this process, and what the parts of the program count goes there. Threads: child_init
/// only.
void claim_own_counters();
/// Those of this process. Always valid: without claim or shared memory they are private ones.
ProcessCounters& own_counters();
/// For a total that this process counts elsewhere from 0 on: its slot may hold those of earlier processes.
void set_own_total(monitoring::Cell ProcessCounters::*member, std::uint64_t value);
/// Gives the slot back at the end of a child; its totals stay.
void release_own_counters();

void note_pool_status(const sql::PoolStatus& status);

/// Whether there is such a process.
bool is_running(int pid);

}  // namespace gw::apache
