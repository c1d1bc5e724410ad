#include "monitoring/slot_table.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <new>
#include <tuple>

namespace gw::monitoring {

struct SlotTable::Header {
  std::uint64_t magic = 0;
  std::uint64_t layout = 0;
  std::uint64_t slots = 0;
};

namespace {

constexpr std::uint64_t kMagic = 0x6777'736c'6f74'7331;
constexpr std::size_t kHeaderSize = 64;
constexpr std::size_t kNoSeries = kMostSeries;
/// Another process is just writing the entry: it takes nanoseconds, unless it was killed there.
constexpr int kPatience = 1'000;

constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  return (hash ^ value) * 0x0000'0100'0000'01b3;
}

/// Two programs whose tables differ must not share memory. It is a graceful restart with a new module that
/// would bring them together.
std::uint64_t layout_of_program() {
  std::uint64_t hash = mix(mix(0xcbf2'9ce4'8422'2325, sizeof(Slot)), sizeof(Series));
  for (const MetricRow& row : kMetricRows) {
    for (const char c : row.name) hash = mix(hash, static_cast<unsigned char>(c));
    hash = mix(hash, static_cast<std::uint64_t>(row.kind));
  }
  for (const CounterRow& row : kCounterRows)
    for (const char* c = row.key; *c != '\0'; ++c) hash = mix(hash, static_cast<unsigned char>(*c));
  return hash;
}

/// Letters, digits and what stands in host names and names of modules.
bool is_plain_label(std::string_view label) {
  return !label.empty() && label.size() <= kLongestLabel &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view("-_.:/ +").find(c) != std::string_view::npos;
         });
}

struct SeriesKey {
  Metric metric{};
  std::size_t length = 0;
  std::uint32_t hash = 0;
  std::array<char, kMostLabels*(kLongestLabel + 1)> bytes;

  SeriesKey(Metric of, MetricLabels labels) : metric(of) {
    const std::size_t count = label_count(row_of(metric));
    std::uint64_t sum = mix(0xcbf2'9ce4'8422'2325, static_cast<std::uint64_t>(metric));
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view label = i < labels.size() && is_plain_label(labels[i]) ? labels[i] : kOther;
      std::memcpy(bytes.data() + length, label.data(), label.size());
      length += label.size();
      bytes[length++] = '\0';
    }
    for (std::size_t i = 0; i < length; ++i) sum = mix(sum, static_cast<unsigned char>(bytes[i]));
    hash = static_cast<std::uint32_t>(sum ^ (sum >> 32));
  }
  [[nodiscard]] std::string_view text() const { return {bytes.data(), length}; }
  [[nodiscard]] bool is(const Series& series) const {
    return series.hash == hash && series.metric == metric && series.text() == text();
  }
};

std::uint32_t wait_until_written(const Series& series) {
  std::uint32_t state = series.state.load(std::memory_order_acquire);
  for (int i = 0; state == Series::kTaken && i < kPatience; ++i)
    state = series.state.load(std::memory_order_acquire);
  return state;
}

void write_series(Series& series, const SeriesKey& key) {
  series.hash = key.hash;
  series.metric = key.metric;
  series.length = static_cast<std::uint8_t>(key.length);
  std::memcpy(series.key.data(), key.bytes.data(), key.length);
  series.state.store(Series::kReady, std::memory_order_release);
}

std::vector<std::string> split_labels(std::string_view text) {
  std::vector<std::string> labels;
  while (!text.empty()) {
    const std::size_t end = text.find('\0');
    labels.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return labels;
}

void add_to(Cell& cell, std::uint64_t amount) { cell.fetch_add(amount, std::memory_order_relaxed); }

}  // namespace

SlotTable::SlotTable(std::byte* memory)
    : header_(reinterpret_cast<Header*>(memory)),
      series_(reinterpret_cast<Series*>(memory + kHeaderSize)),
      slots_(reinterpret_cast<Slot*>(memory + kHeaderSize + (sizeof(Series) * kMostSeries + 63) / 64 * 64)) {}

std::size_t SlotTable::size(std::size_t slots) {
  return kHeaderSize + (sizeof(Series) * kMostSeries + 63) / 64 * 64 + sizeof(Slot) * slots;
}

SlotTable SlotTable::create(std::span<std::byte> memory, std::size_t slots) {
  // Zero bytes are what every member begins with, so the pages of slots that nobody takes are never touched.
  SlotTable table(memory.data());
  *table.header_ = {kMagic, layout_of_program(), slots};
  return table;
}

SlotTable SlotTable::attach(std::span<std::byte> memory, std::size_t slots) {
  if (memory.size() < size(slots)) return {};
  SlotTable table(memory.data());
  const bool is_ours = table.header_->magic == kMagic && table.header_->layout == layout_of_program() &&
                       table.header_->slots >= slots;
  return is_ours ? table : SlotTable();
}

std::span<Slot> SlotTable::slots() const {
  return header_ == nullptr ? std::span<Slot>() : std::span<Slot>(slots_, header_->slots);
}

Slot* SlotTable::take(int pid, bool (*runs)(int pid)) const {
  for (const bool from_the_dead : {false, true}) {
    for (Slot& slot : slots()) {
      int owner = slot.pid.load();
      if (owner != 0 && (!from_the_dead || runs(owner))) continue;
      if (!slot.pid.compare_exchange_strong(owner, pid)) continue;
      slot.was_used = 1;
      for (const CounterRow& row : kCounterRows)
        if (!row.is_total) slot.counters.*row.member = 0;
      for (std::size_t i = 0; i < kMostSeries; ++i)
        if (series_[i].state.load(std::memory_order_acquire) == Series::kReady &&
            row_of(series_[i].metric).kind == Kind::Gauge)
          slot.cells[i][0] = 0;
      return &slot;
    }
  }
  return nullptr;
}

void SlotTable::release(Slot& slot) { slot.pid = 0; }

bool SlotTable::is_full(Metric metric) const noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < kMostSeries; ++i)
    if (series_[i].state.load(std::memory_order_acquire) == Series::kReady && series_[i].metric == metric)
      ++count;
  return count >= row_of(metric).most_series;
}

/// Two processes that meet a set of labels at the same moment may make two entries when one of them is
/// killed: readers add up what is the same. kNoSeries: the table is full.
std::size_t SlotTable::find_or_add(Metric metric, MetricLabels labels) const noexcept {
  SeriesKey key(metric, labels);
  bool may_add = false;
  for (std::size_t step = 0, at = key.hash % kMostSeries; step < kMostSeries;) {
    Series& series = series_[at];
    const std::uint32_t state = wait_until_written(series);
    if (state == Series::kReady && key.is(series)) return at;
    if (state == Series::kFree) {
      if (!may_add && is_full(metric) && key.text() != SeriesKey(metric, {}).text()) {
        // From the beginning, with all labels `other`.
        key = SeriesKey(metric, {});
        may_add = true;
        step = 0;
        at = key.hash % kMostSeries;
        continue;
      }
      may_add = true;
      std::uint32_t expected = Series::kFree;
      if (series.state.compare_exchange_strong(expected, Series::kTaken)) {
        write_series(series, key);
        return at;
      }
      continue;  // somebody else took it, perhaps for the same labels
    }
    ++step;
    at = (at + 1) % kMostSeries;
  }
  return kNoSeries;
}

void SlotTable::add(Slot& slot, Metric metric, MetricLabels labels, std::int64_t amount) const noexcept {
  const std::size_t at = find_or_add(metric, labels);
  if (at == kNoSeries) return add_to(slot.counters.metrics_lost, 1);
  add_to(slot.cells[at][0], static_cast<std::uint64_t>(amount));
}

void SlotTable::observe(Slot& slot, Metric metric, MetricLabels labels,
                        std::chrono::nanoseconds time) const noexcept {
  const std::size_t at = find_or_add(metric, labels);
  if (at == kNoSeries) return add_to(slot.counters.metrics_lost, 1);
  const std::int64_t micros =
      std::max<std::int64_t>(std::chrono::duration_cast<std::chrono::microseconds>(time).count(), 0);
  std::size_t bucket = 0;
  while (bucket < kBuckets.size() && micros > kBuckets[bucket]) ++bucket;
  add_to(slot.cells[at][bucket], 1);
  add_to(slot.cells[at][kCells - 1], static_cast<std::uint64_t>(micros));
}

std::vector<SeriesSum> SlotTable::sums(bool (*runs)(int pid)) const {
  std::map<std::tuple<Metric, std::string>, SeriesSum> found;
  std::vector<std::pair<const Slot*, bool>> used;
  for (const Slot& slot : slots())
    if (slot.was_used != 0) used.emplace_back(&slot, slot.pid != 0 && runs(slot.pid));
  for (std::size_t i = 0; header_ != nullptr && i < kMostSeries; ++i) {
    const Series& series = series_[i];
    if (series.state.load(std::memory_order_acquire) != Series::kReady) continue;
    SeriesSum& sum = found[{series.metric, std::string(series.text())}];
    sum.metric = series.metric;
    if (sum.labels.empty()) sum.labels = split_labels(series.text());
    const bool is_gauge = row_of(series.metric).kind == Kind::Gauge;
    for (const auto& [slot, is_alive] : used)
      for (std::size_t cell = 0; cell < kCells && (!is_gauge || is_alive); ++cell)
        sum.cells[cell] += slot->cells[i][cell].load(std::memory_order_relaxed);
  }
  std::vector<SeriesSum> sums;
  sums.reserve(found.size());
  for (auto& [key, sum] : found) sums.push_back(std::move(sum));
  return sums;
}

std::uint64_t SlotTable::sum(const CounterRow& row, bool (*runs)(int pid)) const {
  std::uint64_t sum = 0;
  for (const Slot& slot : slots())
    if (slot.was_used != 0 && (row.is_total || (slot.pid != 0 && runs(slot.pid))))
      sum += (slot.counters.*row.member).load(std::memory_order_relaxed);
  return sum;
}

std::size_t SlotTable::series_count() const {
  std::size_t count = 0;
  for (std::size_t i = 0; header_ != nullptr && i < kMostSeries; ++i)
    if (series_[i].state.load(std::memory_order_acquire) == Series::kReady) ++count;
  return count;
}

}  // namespace gw::monitoring
