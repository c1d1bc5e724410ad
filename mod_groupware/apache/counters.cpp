#include "apache/counters.hpp"

#include <httpd.h>

#include <apr_shm.h>
#include <http_config.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

namespace gw::apache {
namespace {

constexpr const char* kRetainedCounters = "mod_groupware_counters";

/// Plain numbers: what lies in httpd's retained data outlives this library.
struct RetainedCounters {
  void* memory;
  std::size_t size;
};

monitoring::SlotTable counter_table;
std::size_t table_size = 0;
StreamPlace* stream_places = nullptr;
std::size_t stream_place_count = 0;
std::atomic<monitoring::Slot*> own{nullptr};
/// What the own slot held when it was taken.
constinit ProcessCounters inherited;
/// Stands in when there is no shared memory or no free slot.
constinit ProcessCounters spare;

/// What the parts of the program count goes to the own slot.
class SlotSink final : public MetricSink {
 public:
  void add(Metric metric, MetricLabels labels, std::int64_t amount) noexcept override {
    if (monitoring::Slot* slot = own.load(std::memory_order_acquire))
      counter_table.add(*slot, metric, labels, amount);
  }
  void observe(Metric metric, MetricLabels labels, std::chrono::nanoseconds time) noexcept override {
    if (monitoring::Slot* slot = own.load(std::memory_order_acquire))
      counter_table.observe(*slot, metric, labels, time);
  }
};
constinit SlotSink slot_sink;

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

RetainedCounters& retained_counters() {
  if (void* known = ap_retained_data_get(kRetainedCounters)) return *static_cast<RetainedCounters*>(known);
  return *static_cast<RetainedCounters*>(
      ap_retained_data_create(kRetainedCounters, sizeof(RetainedCounters)));
}

}  // namespace

bool open_counters(std::size_t processes) {
  RetainedCounters& kept = retained_counters();
  if (kept.memory != nullptr) {
    table_size = kept.size;
    counter_table =
        monitoring::SlotTable::attach({static_cast<std::byte*>(kept.memory), kept.size}, processes);
    if (counter_table) return true;
    // Of another version of this module, or for fewer processes. Those that still run keep their mapping.
    munmap(kept.memory, kept.size);
    kept.memory = nullptr;
  }
  const std::size_t size = monitoring::SlotTable::size(processes);
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return false;
  kept = {memory, size};
  table_size = size;
  counter_table = monitoring::SlotTable::create({static_cast<std::byte*>(memory), size}, processes);
  return true;
}

apr_status_t create_stream_places(apr_pool_t* pool, std::size_t streams) {
  apr_status_t status = APR_SUCCESS;
  stream_places = share_objects<StreamPlace>(pool, streams, status);
  stream_place_count = stream_places == nullptr ? 0 : streams;
  return status;
}

std::span<StreamPlace> shared_stream_places() { return {stream_places, stream_place_count}; }

void reset_counters() {
  set_metric_sink(nullptr);
  counter_table = {};
  table_size = 0;
  stream_places = nullptr;
  stream_place_count = 0;
  own = nullptr;
}

const monitoring::SlotTable& all_counters() { return counter_table; }
std::size_t counters_size() { return table_size; }

ProcessCounters& own_counters() {
  monitoring::Slot* slot = own.load(std::memory_order_acquire);
  return slot != nullptr ? slot->counters : spare;
}

void claim_own_counters() {
  monitoring::Slot* slot = counter_table.take(getpid(), is_running);
  if (slot == nullptr) return;
  for (const monitoring::CounterRow& row : monitoring::kCounterRows)
    inherited.*row.member = (slot->counters.*row.member).load();
  own.store(slot, std::memory_order_release);
  set_metric_sink(&slot_sink);
}

void set_own_total(monitoring::Cell ProcessCounters::*member, std::uint64_t value) {
  (own_counters().*member)
      .store((inherited.*member).load(std::memory_order_relaxed) + value, std::memory_order_relaxed);
}

void release_own_counters() {
  set_metric_sink(nullptr);
  if (monitoring::Slot* slot = own.exchange(nullptr)) monitoring::SlotTable::release(*slot);
}

void note_pool_status(const sql::PoolStatus& status) {
  ProcessCounters& line = own_counters();
  line.pool_open.store(static_cast<std::uint64_t>(status.open), std::memory_order_relaxed);
  line.pool_idle.store(static_cast<std::uint64_t>(status.idle), std::memory_order_relaxed);
  line.pool_waiting.store(static_cast<std::uint64_t>(status.waiting), std::memory_order_relaxed);
  set_own_total(&ProcessCounters::pool_timeouts, static_cast<std::uint64_t>(status.waits_timed_out));
  set_own_total(&ProcessCounters::connects_failed, static_cast<std::uint64_t>(status.connects_failed));
}

bool is_running(int pid) { return pid > 0 && (kill(pid, 0) == 0 || errno != ESRCH); }

}  // namespace gw::apache
