// Counters of many processes in memory that they share: one slot for each process, summed by whoever reads.
// A slot keeps its totals when its process ends, however it ends, and the next process goes on with them, so
// no sum ever falls. Knows nothing of where the memory comes from. Source: spec monitoring 7.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/metric.hpp"
#include "monitoring/metric_table.hpp"
#include "monitoring/process_counters.hpp"

namespace gw::monitoring {

/// Different sets of labels of all metrics together.
inline constexpr std::size_t kMostSeries = 1'536;
/// A histogram's buckets and its sum. Others use the first cell.
inline constexpr std::size_t kCells = kBuckets.size() + 2;
/// Of a single label; longer ones count as `other`. Units: bytes.
inline constexpr std::size_t kLongestLabel = 64;
/// What stands for labels that are too many, too long or too strange.
inline constexpr std::string_view kOther = "other";

/// One set of labels of one metric. Written once, by the process that met it first.
struct Series {
  enum State : std::uint32_t { kFree, kTaken, kReady };
  std::atomic<std::uint32_t> state{kFree};
  std::uint32_t hash = 0;
  Metric metric{};
  std::uint8_t length = 0;
  std::array<char, kMostLabels*(kLongestLabel + 1)> key{};  ///< the labels, a NUL behind each
  [[nodiscard]] std::string_view text() const { return {key.data(), length}; }
};

struct alignas(64) Slot {
  std::atomic<int> pid{0};
  std::atomic<std::uint32_t> was_used{0};
  alignas(64) ProcessCounters counters;
  alignas(64) std::array<std::array<Cell, kCells>, kMostSeries> cells;
};

/// Values of one set of labels, over all processes.
struct SeriesSum {
  Metric metric{};
  std::vector<std::string> labels;
  std::array<std::uint64_t, kCells> cells{};
  /// Of a counter or gauge.
  [[nodiscard]] std::int64_t value() const { return static_cast<std::int64_t>(cells[0]); }
};

/// A view of the memory; copies see the same. Threads: any, processes too.
class SlotTable {
 public:
  SlotTable() = default;
  /// Units: bytes, for so many processes.
  static std::size_t size(std::size_t slots);
  /// Makes the table in memory of size(slots) zero bytes that begins at a multiple of 64.
  static SlotTable create(std::span<std::byte> memory, std::size_t slots);
  /// A table that is there. Empty when another version of the program made it, or for fewer slots.
  static SlotTable attach(std::span<std::byte> memory, std::size_t slots);

  [[nodiscard]] explicit operator bool() const { return header_ != nullptr; }
  [[nodiscard]] std::span<Slot> slots() const;

  /// A free slot, else one whose process is gone: `kill -9` frees nothing. What exists now is set to 0,
  /// totals stay. nullptr: there is none.
  Slot* take(int pid, bool (*runs)(int pid)) const;
  static void release(Slot& slot);

  /// Adds to a counter or gauge in `slot`.
  void add(Slot& slot, Metric metric, MetricLabels labels, std::int64_t amount) const noexcept;
  void observe(Slot& slot, Metric metric, MetricLabels labels, std::chrono::nanoseconds time) const noexcept;

  /// Ordered by metric and labels; gauges count processes that run only.
  [[nodiscard]] std::vector<SeriesSum> sums(bool (*runs)(int pid)) const;
  [[nodiscard]] std::uint64_t sum(const CounterRow& row, bool (*runs)(int pid)) const;
  [[nodiscard]] std::size_t series_count() const;

 private:
  struct Header;
  explicit SlotTable(std::byte* memory);
  [[nodiscard]] std::size_t find_or_add(Metric metric, MetricLabels labels) const noexcept;
  [[nodiscard]] bool is_full(Metric metric) const noexcept;

  Header* header_ = nullptr;
  Series* series_ = nullptr;
  Slot* slots_ = nullptr;
};

}  // namespace gw::monitoring
