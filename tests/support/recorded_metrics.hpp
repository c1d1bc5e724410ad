// Records what the program counts and times while it lives.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/metric.hpp"

namespace gw::test {

class RecordedMetrics final : public MetricSink {
 public:
  RecordedMetrics() { set_metric_sink(this); }
  ~RecordedMetrics() { set_metric_sink(nullptr); }
  RecordedMetrics(const RecordedMetrics&) = delete;
  RecordedMetrics& operator=(const RecordedMetrics&) = delete;

  void add(Metric metric, MetricLabels labels, std::int64_t amount) noexcept override {
    const std::lock_guard lock(mutex_);
    sums_[{metric, {labels.begin(), labels.end()}}] += amount;
  }
  void observe(Metric metric, MetricLabels labels, std::chrono::nanoseconds) noexcept override {
    add(metric, labels, 1);
  }

  /// What was added, or how often something was timed.
  [[nodiscard]] std::int64_t of(Metric metric, const std::vector<std::string>& labels) const {
    const std::lock_guard lock(mutex_);
    const auto found = sums_.find({metric, labels});
    return found == sums_.end() ? 0 : found->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<Metric, std::vector<std::string>>, std::int64_t> sums_;
};

}  // namespace gw::test
