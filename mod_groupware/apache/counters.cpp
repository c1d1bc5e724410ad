#include "apache/counters.hpp"

#include <apr_shm.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <new>

namespace gw::apache {
namespace {

ProcessCounters* lines = nullptr;
std::size_t line_count = 0;
StreamPlace* stream_places = nullptr;
std::size_t stream_place_count = 0;
std::atomic<ProcessCounters*> own{nullptr};
/// Stands in when there is no shared memory or no free line. Constant-initialised and trivially destroyed.
constinit ProcessCounters spare;

/// New objects in memory that all children inherit; nullptr when there is none. It lives as long as the pool.
template <class Object>
Object* share_objects(apr_pool_t* pool, std::size_t count, apr_status_t& status) {
  apr_shm_t* memory = nullptr;
  // One more, so that the start can be aligned. Without a file name it is an anonymous mapping.
  status = apr_shm_create(&memory, (count + 1) * sizeof(Object), nullptr, pool);
  if (status != APR_SUCCESS) return nullptr;
  const auto address = reinterpret_cast<std::uintptr_t>(apr_shm_baseaddr_get(memory));
  const std::uintptr_t aligned = (address + alignof(Object) - 1) / alignof(Object) * alignof(Object);
  auto* const objects = reinterpret_cast<Object*>(aligned);
  for (std::size_t index = 0; index < count; ++index) new (&objects[index]) Object;
  return objects;
}

/// A free line, else one whose process is gone: `kill -9` releases nothing.
ProcessCounters* take_line() {
  const int self = getpid();
  for (const bool from_the_dead : {false, true}) {
    for (ProcessCounters& line : all_counters()) {
      int owner = line.pid.load();
      if (owner != 0 && (!from_the_dead || is_running(owner))) continue;
      if (line.pid.compare_exchange_strong(owner, self)) return &line;
    }
  }
  return &spare;
}

}  // namespace

apr_status_t create_counters(apr_pool_t* pool, std::size_t processes) {
  apr_status_t status = APR_SUCCESS;
  lines = share_objects<ProcessCounters>(pool, processes, status);
  line_count = lines == nullptr ? 0 : processes;
  return status;
}

apr_status_t create_stream_places(apr_pool_t* pool, std::size_t streams) {
  apr_status_t status = APR_SUCCESS;
  stream_places = share_objects<StreamPlace>(pool, streams, status);
  stream_place_count = stream_places == nullptr ? 0 : streams;
  return status;
}

std::span<StreamPlace> shared_stream_places() { return {stream_places, stream_place_count}; }

void reset_counters() {
  lines = nullptr;
  line_count = 0;
  stream_places = nullptr;
  stream_place_count = 0;
  own = nullptr;
}

std::span<ProcessCounters> all_counters() { return {lines, line_count}; }

ProcessCounters& own_counters() {
  ProcessCounters* line = own.load(std::memory_order_acquire);
  return line != nullptr ? *line : spare;
}

void claim_own_counters() { own.store(take_line(), std::memory_order_release); }

void release_own_counters() {
  ProcessCounters* line = own.exchange(nullptr);
  if (line == nullptr) return;
  line->running = 0;
  line->event_streams = line->event_polls = line->event_lag = 0;
  line->pool_open = line->pool_idle = line->pool_waiting = 0;
  line->pid = 0;
}

void note_pool_status(const sql::PoolStatus& status) {
  ProcessCounters& line = own_counters();
  line.pool_open.store(status.open, std::memory_order_relaxed);
  line.pool_idle.store(status.idle, std::memory_order_relaxed);
  line.pool_waiting.store(status.waiting, std::memory_order_relaxed);
  line.pool_timeouts.store(static_cast<std::uint64_t>(status.waits_timed_out), std::memory_order_relaxed);
  line.connects_failed.store(static_cast<std::uint64_t>(status.connects_failed), std::memory_order_relaxed);
}

bool is_running(int pid) { return pid > 0 && (kill(pid, 0) == 0 || errno != ESRCH); }

bool is_alive(const ProcessCounters& counters) { return is_running(counters.pid.load()); }

}  // namespace gw::apache
