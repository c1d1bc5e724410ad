// What the status page shows: counters in shared memory, one line per server process, so that every process
// sees all.
#pragma once

#include <apr_pools.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "apache/stream_places.hpp"
#include "sql/pool.hpp"

namespace gw::apache {

/// The figures of one process. A cache line of its own: processes never wait for each other's counting.
struct alignas(64) ProcessCounters {
  std::atomic<int> pid{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> running{0};
  std::atomic<std::uint64_t> failed{0};       ///< answered 500 and above, but 503
  std::atomic<std::uint64_t> unavailable{0};  ///< answered 503
  std::atomic<std::uint64_t> refused{0};      ///< answered 400 to 499
  std::atomic<std::uint64_t> uploads{0};      ///< files received
  std::atomic<std::uint64_t> cache_hits{0};
  std::atomic<std::uint64_t> cache_misses{0};
  std::atomic<int> pool_open{0};
  std::atomic<int> pool_idle{0};
  std::atomic<int> pool_waiting{0};
  std::atomic<std::uint64_t> pool_timeouts{0};
  std::atomic<std::uint64_t> connects_failed{0};
  std::atomic<std::uint64_t> event_streams{0};
  std::atomic<std::uint64_t> event_polls{0};
  std::atomic<std::uint64_t> event_lag{0};  ///< ms from the newest change to its arrival here
  std::atomic<std::uint64_t> events_published{0};
  std::atomic<std::uint64_t> events_lost{0};  ///< the push child did not take them
  std::atomic<std::uint64_t> events_received{0};
  std::atomic<std::uint64_t> event_messages{0};
  std::atomic<std::uint64_t> event_merged{0};
  std::atomic<std::uint64_t> event_suppressed{0};  ///< own changes
  std::atomic<std::uint64_t> event_resyncs{0};
  std::atomic<std::uint64_t> event_replaced{0};
  std::atomic<std::uint64_t> event_slow{0};
  std::atomic<std::uint64_t> event_invalid{0};  ///< ended with their session
  std::atomic<std::uint64_t> event_refused{0};  ///< too many streams
  std::atomic<std::uint64_t> event_denied{0};   ///< answered 400 to 403
  std::atomic<std::uint64_t> event_failed_writes{0};
  std::atomic<std::uint64_t> event_gaps{0};
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "a lock would not work between processes");

/// Makes the memory for `processes` processes, zeroed; children inherit it. It lives as long as the pool, and
/// processes of an earlier configuration keep their own. Errors: APR's status. Threads: parent only.
apr_status_t create_counters(apr_pool_t* pool, std::size_t processes);
/// Forgets the memory of an earlier configuration. Threads: parent only.
void reset_counters();

/// Makes the memory for as many event streams, zeroed, as above.
apr_status_t create_stream_places(apr_pool_t* pool, std::size_t streams);
/// Empty before create_stream_places.
std::span<StreamPlace> shared_stream_places();

/// All lines; empty before create_counters. Lines of ended processes keep their sums until another process
/// takes them over.
std::span<ProcessCounters> all_counters();
/// Takes a line for this process. Threads: child_init only.
void claim_own_counters();
/// The line of this process. Always valid: without claim or shared memory it is a private one.
ProcessCounters& own_counters();
/// Gives the line back at the end of a child; its sums stay.
void release_own_counters();

void note_pool_status(const sql::PoolStatus& status);

/// Whether there is such a process.
bool is_running(int pid);
/// Whether the process that has this line still runs.
bool is_alive(const ProcessCounters& counters);

}  // namespace gw::apache
