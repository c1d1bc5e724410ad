// The table of metrics that have labels: names, kinds and bounds. What has none is in process_counters.hpp.
// Source: spec monitoring 4 and 7.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/metric.hpp"

namespace gw::monitoring {

enum class Kind : std::uint8_t { Counter, Gauge, Histogram };

inline constexpr std::size_t kMostLabels = 3;

struct MetricRow {
  Metric metric;
  Kind kind;
  std::string_view name;
  std::string_view help;
  std::array<std::string_view, kMostLabels> labels;  ///< empty from the first empty one on
  /// So many different sets of labels; whatever comes after them counts as `other`.
  std::size_t most_series;
  /// As dashboards of the reference know it; empty: they do not.
  std::string_view reference_name;
  std::array<std::string_view, kMostLabels> reference_labels;
};

/// In the order of Metric.
extern const std::array<MetricRow, kMetricCount> kMetricRows;

inline const MetricRow& row_of(Metric metric) { return kMetricRows[static_cast<std::size_t>(metric)]; }
std::size_t label_count(const MetricRow& row);

/// Upper bounds of the buckets of every histogram; one more takes the rest. Units: microseconds.
inline constexpr std::array<std::int64_t, 15> kBuckets = {
    50'000,  100'000,   150'000,   200'000,   250'000,    300'000,    400'000,   500'000,
    750'000, 1'000'000, 2'000'000, 5'000'000, 10'000'000, 30'000'000, 60'000'000};

}  // namespace gw::monitoring
