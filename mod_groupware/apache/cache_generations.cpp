#include "apache/cache_generations.hpp"

#include <apr_shm.h>

#include <functional>
#include <new>

namespace gw::apache {
namespace {

using Counter = std::atomic<std::uint32_t>;
static_assert(Counter::is_always_lock_free, "a lock would not work between processes");

constexpr std::size_t kCounters = 4'096;

Counter* counters = nullptr;

}  // namespace

apr_status_t create_generations(apr_pool_t* pool) {
  apr_shm_t* memory = nullptr;
  const apr_status_t status = apr_shm_create(&memory, kCounters * sizeof(Counter), nullptr, pool);
  if (status != APR_SUCCESS) return status;
  counters = static_cast<Counter*>(apr_shm_baseaddr_get(memory));
  for (std::size_t index = 0; index < kCounters; ++index) new (&counters[index]) Counter(0);
  return APR_SUCCESS;
}

void reset_generations() { counters = nullptr; }

Counter* generation_of(std::string_view key) {
  return counters == nullptr ? nullptr : &counters[std::hash<std::string_view>()(key) % kCounters];
}

}  // namespace gw::apache
