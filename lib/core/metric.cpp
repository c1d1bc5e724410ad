#include "core/metric.hpp"

#include <atomic>

namespace gw {
namespace {

std::atomic<MetricSink*> metric_sink{nullptr};

MetricLabels to_span(std::initializer_list<std::string_view> labels) {
  return {labels.begin(), labels.size()};
}

}  // namespace

void set_metric_sink(MetricSink* sink) noexcept { metric_sink.store(sink, std::memory_order_release); }

void count(Metric metric, std::initializer_list<std::string_view> labels, std::int64_t amount) noexcept {
  if (MetricSink* sink = metric_sink.load(std::memory_order_acquire))
    sink->add(metric, to_span(labels), amount);
}

void observe(Metric metric, std::initializer_list<std::string_view> labels,
             std::chrono::nanoseconds time) noexcept {
  if (MetricSink* sink = metric_sink.load(std::memory_order_acquire))
    sink->observe(metric, to_span(labels), time);
}

Stopwatch::Stopwatch() noexcept {
  if (metric_sink.load(std::memory_order_relaxed) != nullptr) begin_ = std::chrono::steady_clock::now();
}

void Stopwatch::tell(Metric metric, std::initializer_list<std::string_view> labels) const noexcept {
  if (begin_ == std::chrono::steady_clock::time_point{}) return;
  observe(metric, labels, std::chrono::steady_clock::now() - begin_);
}

}  // namespace gw
