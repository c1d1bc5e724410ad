// Tells every process when a shared cache entry has changed, without a lock: counters in shared memory,
// chosen by the key. What a process has read may be used again as long as the counter of its key stands
// still.
#pragma once

#include <apr_pools.h>

#include <atomic>
#include <cstdint>
#include <string_view>

namespace gw::apache {

/// Makes the counters; children inherit them. They live as long as the pool. Errors: APR's status; then there
/// are none. Threads: parent, post_config.
apr_status_t create_generations(apr_pool_t* pool);
/// Forgets the counters of an earlier configuration. Threads: parent only.
void reset_generations();

/// The counter of a key; keys may share one, which only costs a needless look-up. nullptr: no shared memory.
std::atomic<std::uint32_t>* generation_of(std::string_view key);

}  // namespace gw::apache
